//! Several threads parse, one delivers, in the order of the files: the same files give the same archive on any machine.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::ReadOptions;
use super::budget::{Budget, Closing};
use super::dates::{DateOrders, Settled, Waiting};
use super::feet::{DelayLine, Feet};
use super::parse::{Event, parse};
use crate::article::Article;
use crate::error::Result;
use crate::format::Rejection;
use crate::source::{Found, SkipReason};

/// A file to be parsed.
pub(crate) struct Job {
    /// Its number: files are delivered in this order.
    pub(crate) number: usize,
    /// What the ids that are made of its name begin with: see [`super::home_of`].
    pub(crate) home: Arc<str>,
    /// Where it is.
    pub(crate) found: Found,
}

/// What is delivered; the number is the job's.
pub(crate) enum Delivery {
    /// A member of the file begins, read by the format of this name.
    Member(usize, String, &'static str),
    /// An article.
    Article(usize, Box<Article>),
    /// A member of the file or a record of it that is no article.
    Rejected(usize, String, Option<u32>, Rejection),
    /// Nothing more comes from this file.
    Done(usize),
}

/// How many events of a file may wait to be delivered.
const EVENTS: usize = 256;
/// How many bytes of all files may wait, where nobody says otherwise.
const WAITING: usize = 64 << 20;
/// How many files are parsed ahead, for each thread.
const AHEAD: usize = 8;

/// What is learned of sources while their articles are read: it decides about single articles.
#[derive(Default)]
pub(crate) struct Habits {
    /// How they write numeric dates.
    pub(crate) orders: DateOrders,
    /// What they put under every article.
    pub(crate) feet: Feet,
}

/// Where articles are delivered, and what is known of their sources by then. `Break` ends the work.
pub(crate) type Receive<'a> = dyn FnMut(Delivery, &Habits) -> Result<ControlFlow<()>> + 'a;

/// Parses `jobs` and delivers what comes out.
pub(crate) fn deliver(
    mut jobs: impl ExactSizeIterator<Item = Job>,
    options: &ReadOptions,
    habits: &mut Habits,
    to: &mut Receive<'_>,
) -> Result<()> {
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        threads => threads,
    };
    let budget = &Budget::new(match options.waiting {
        0 => WAITING,
        bytes => bytes,
    });
    std::thread::scope(|scope| {
        let _closing = Closing(budget);
        let (work, queue) = unbounded::<(Job, Sender<Event>)>();
        for _ in 0..threads.min(jobs.len()) {
            let queue: Receiver<(Job, Sender<Event>)> = queue.clone();
            scope.spawn(move || {
                for (job, events) in queue {
                    // A failed send means that nobody wants the rest.
                    let send = &mut |event: Event| {
                        budget.take(job.number, event.bytes());
                        match events.send(event) {
                            Ok(()) => ControlFlow::Continue(()),
                            Err(_) => ControlFlow::Break(()),
                        }
                    };
                    // A mistake of ours in reading one file must not cost the others, nor pass for the file's end.
                    if catch_unwind(AssertUnwindSafe(|| parse(&job, options, false, send))).is_err()
                    {
                        let rejection = Rejection::new(
                            SkipReason::Malformed,
                            "the program failed on it: a mistake to be reported",
                        );
                        let _ = send(Event::Rejected(job.found.file.clone(), None, rejection));
                    }
                }
            });
        }
        drop(queue);
        let mut line = Line {
            habits,
            waiting: Waiting::default(),
            delayed: DelayLine::default(),
            unfinished: Vec::new(),
            to,
            budget,
        };
        let mut ahead: VecDeque<(usize, Receiver<Event>)> = VecDeque::new();
        loop {
            for job in jobs.by_ref().take(threads * AHEAD - ahead.len()) {
                let (sender, receiver) = bounded(EVENTS);
                ahead.push_back((job.number, receiver));
                work.send((job, sender))
                    .expect("the threads wait for work while this end lives");
            }
            let Some((number, events)) = ahead.pop_front() else {
                break;
            };
            if line.file(number, &events)?.is_break() {
                return Ok(());
            }
        }
        line.finish()
    })
}

/// The end of the line, where one thread delivers.
struct Line<'a, 'r> {
    habits: &'a mut Habits,
    waiting: Waiting,
    delayed: DelayLine,
    /// Files that have ended, but for articles whose dates wait.
    unfinished: Vec<usize>,
    to: &'a mut Receive<'r>,
    budget: &'a Budget,
}

/// Goes on unless the flow is broken.
macro_rules! flow {
    ($flow:expr) => {
        if $flow?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    };
}

impl Line<'_, '_> {
    fn deliver(&mut self, delivery: Delivery) -> Result<ControlFlow<()>> {
        self.delayed.push(delivery, &mut self.habits.feet);
        self.pass(false)
    }

    /// Delivers what has waited long enough, or all.
    fn pass(&mut self, at_end: bool) -> Result<ControlFlow<()>> {
        while let Some(delivery) = self.delayed.pop(&mut self.habits.feet, at_end) {
            flow!((self.to)(delivery, self.habits));
        }
        Ok(ControlFlow::Continue(()))
    }

    fn file(&mut self, number: usize, events: &Receiver<Event>) -> Result<ControlFlow<()>> {
        self.budget.deliver(number);
        for event in events {
            self.budget.give(number, event.bytes());
            match event {
                Event::Member(file, format) => {
                    flow!(self.deliver(Delivery::Member(number, file, format)));
                }
                // Nobody has asked here.
                Event::Recognised(_) => {}
                Event::Rejected(file, record, rejection) => {
                    flow!(self.deliver(Delivery::Rejected(number, file, record, rejection)));
                }
                Event::Draft(draft) => {
                    let settled = self.waiting.push(number, draft, &mut self.habits.orders);
                    flow!(self.articles(settled));
                }
            }
        }
        let (settled, waits) = self.waiting.end_of_file(&mut self.habits.orders);
        flow!(self.articles(settled));
        if waits {
            self.unfinished.push(number);
            return Ok(ControlFlow::Continue(()));
        }
        self.deliver(Delivery::Done(number))
    }

    fn finish(mut self) -> Result<()> {
        let settled = self.waiting.finish(&mut self.habits.orders);
        if self.articles(settled)?.is_break() {
            return Ok(());
        }
        for number in std::mem::take(&mut self.unfinished) {
            if self.deliver(Delivery::Done(number))?.is_break() {
                return Ok(());
            }
        }
        self.pass(true).map(|_| ())
    }

    fn articles(&mut self, settled: Vec<Settled>) -> Result<ControlFlow<()>> {
        for (number, article) in settled {
            flow!(self.deliver(Delivery::Article(number, article)));
        }
        Ok(ControlFlow::Continue(()))
    }
}
