//! Several threads parse, one delivers, in the order of the files: the same files give the same archive on any machine.

use std::collections::VecDeque;
use std::ops::ControlFlow;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use super::dates::{DateOrders, Settled, Waiting};
use super::parse::{Event, parse};
use super::ReadOptions;
use crate::article::Article;
use crate::error::Result;
use crate::format::Rejection;
use crate::source::Found;

/// A file to be parsed.
pub(crate) struct Job {
    /// Its number: files are delivered in this order.
    pub(crate) number: usize,
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
/// How many files are parsed ahead, for each thread.
const AHEAD: usize = 8;

/// Parses `jobs` and delivers what comes out. `Break` ends the work.
pub(crate) fn deliver(
    jobs: Vec<Job>,
    options: &ReadOptions,
    orders: &mut DateOrders,
    to: &mut dyn FnMut(Delivery) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let threads = match options.threads {
        0 => std::thread::available_parallelism().map_or(2, usize::from),
        threads => threads,
    };
    std::thread::scope(|scope| {
        let (work, queue) = unbounded::<(Job, Sender<Event>)>();
        for _ in 0..threads.min(jobs.len()) {
            let queue: Receiver<(Job, Sender<Event>)> = queue.clone();
            scope.spawn(move || {
                for (job, events) in queue {
                    // A failed send means that nobody wants the rest.
                    parse(&job.found, options, &mut |event| match events.send(event) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(_) => ControlFlow::Break(()),
                    });
                }
            });
        }
        drop(queue);
        let mut line = Line { orders, waiting: Waiting::default(), unfinished: Vec::new(), to };
        let mut jobs = jobs.into_iter();
        let mut ahead: VecDeque<(usize, Receiver<Event>)> = VecDeque::new();
        loop {
            for job in jobs.by_ref().take(threads * AHEAD - ahead.len()) {
                let (sender, receiver) = bounded(EVENTS);
                ahead.push_back((job.number, receiver));
                work.send((job, sender)).expect("the threads wait for work while this end lives");
            }
            let Some((number, events)) = ahead.pop_front() else { break };
            if line.file(number, &events)?.is_break() {
                return Ok(());
            }
        }
        line.finish()
    })
}

/// The end of the line, where one thread delivers.
struct Line<'a> {
    orders: &'a mut DateOrders,
    waiting: Waiting,
    /// Files that have ended, but for articles whose dates wait.
    unfinished: Vec<usize>,
    to: &'a mut dyn FnMut(Delivery) -> Result<ControlFlow<()>>,
}

/// Goes on unless the flow is broken.
macro_rules! flow {
    ($flow:expr) => {
        if $flow?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    };
}

impl Line<'_> {
    fn file(&mut self, number: usize, events: &Receiver<Event>) -> Result<ControlFlow<()>> {
        for event in events {
            match event {
                Event::Member(file, format) => flow!((self.to)(Delivery::Member(number, file, format))),
                Event::Rejected(file, record, rejection) => {
                    flow!((self.to)(Delivery::Rejected(number, file, record, rejection)));
                }
                Event::Draft(draft) => {
                    let settled = self.waiting.push(number, draft, self.orders);
                    flow!(self.articles(settled));
                }
            }
        }
        let (settled, waits) = self.waiting.end_of_file(self.orders);
        flow!(self.articles(settled));
        if waits {
            self.unfinished.push(number);
            return Ok(ControlFlow::Continue(()));
        }
        (self.to)(Delivery::Done(number))
    }

    fn finish(mut self) -> Result<()> {
        let settled = self.waiting.finish(self.orders);
        if self.articles(settled)?.is_break() {
            return Ok(());
        }
        for number in std::mem::take(&mut self.unfinished) {
            if (self.to)(Delivery::Done(number))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn articles(&mut self, settled: Vec<Settled>) -> Result<ControlFlow<()>> {
        for (number, article) in settled {
            flow!((self.to)(Delivery::Article(number, article)));
        }
        Ok(ControlFlow::Continue(()))
    }
}
