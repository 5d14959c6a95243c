//! How files are read, told instead of done: which format and why, and where each field of an article was found.
//!
//! One thread, one file after another, by the same [`parse`] as always. Only the first records of a file are kept; all of
//! them are read, so that numeric dates are settled by the evidence of the whole file. Nothing is printed here.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dates::DateOrders;
use super::parse::{Event, parse};
use super::{Job, ReadOptions, check_roots};
use crate::article::Article;
use crate::error::Result;
use crate::format::{Draft, MapField, Origins, Rejection, Verdict};
use crate::source;
use crate::text::date::{Order, Reading};

/// How a file, or a member of an archive, was recognised.
#[derive(Debug, Clone)]
pub struct Recognition {
    /// Its name, as in [`Article::file`].
    pub file: String,
    /// The format that reads it.
    pub format: &'static str,
    /// Whether the user said so.
    pub said: bool,
    /// All formats that take it for their own, the surest first.
    pub verdicts: Vec<(&'static str, Verdict)>,
    /// The encoding of its first bytes, as the WHATWG names it.
    pub encoding: &'static str,
    /// Whether these are valid UTF-8, or begin with a byte-order mark: then no declaration can say otherwise.
    pub sure_of_encoding: bool,
}

/// What is told of files, in their order.
#[derive(Debug)]
pub enum Explained {
    /// A file begins.
    File(Box<Recognition>),
    /// An article of it, and where its fields were found.
    Article(Box<Article>, Origins),
    /// A file, or a record of one, that is no article.
    Rejected(String, Option<u32>, Rejection),
    /// So many more records of the file were read and are not told.
    More(u64),
}

/// Tells how the files at `paths` are read: a file, a folder, or a member of an archive (`1987.zip!/march/001.txt`).
/// Of each, `limit` records are told. Gives back how many articles there were.
///
/// # Errors
/// [`Error::Read`](crate::Error::Read) when a path does not exist.
pub fn explain(
    paths: &[PathBuf],
    options: &ReadOptions,
    limit: usize,
    each: &mut dyn FnMut(Explained) -> Result<()>,
) -> Result<u64> {
    let mut articles = 0;
    for path in paths {
        let (root, member) = member_of(path);
        check_roots(std::slice::from_ref(&root))?;
        for found in source::walk(&root) {
            let found = match found {
                Ok(found) => found,
                Err((file, rejection)) => {
                    each(Explained::Rejected(file, None, rejection))?;
                    continue;
                }
            };
            let job = Job {
                number: 0,
                home: Arc::from(""),
                found,
            };
            let mut account = Account {
                orders: DateOrders::new(options.date_order),
                forced: options.date_order,
                told: Vec::new(),
                limit,
                of_member: 0,
                more: 0,
                articles: 0,
            };
            parse(&job, options, true, &mut |event| {
                if member
                    .as_deref()
                    .is_none_or(|member| event.file() == member)
                {
                    account.take(event);
                }
                ControlFlow::Continue(())
            });
            articles += account.articles;
            account.tell(each)?;
        }
    }
    Ok(articles)
}

/// The file to open, and the name of the member in it that is meant, if one is.
fn member_of(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.split_once("!/") {
        Some((archive, member)) if !path.exists() => {
            let archive = PathBuf::from(archive);
            let name = archive.file_name().unwrap_or_default().to_string_lossy();
            let member = format!("{name}!/{member}");
            (archive, Some(member))
        }
        _ => (path.to_owned(), None),
    }
}

/// What waits to be told.
enum Told {
    Draft(Box<Draft>),
    Other(Explained),
}

/// What comes out of one file.
struct Account {
    orders: DateOrders,
    forced: Option<Order>,
    told: Vec<Told>,
    limit: usize,
    /// How many records of the member at hand have come.
    of_member: usize,
    /// How many of them are not told.
    more: u64,
    articles: u64,
}

impl Account {
    fn take(&mut self, event: Event) {
        let told = match event {
            Event::Recognised(recognition) => {
                self.end_member();
                self.told.push(Told::Other(Explained::File(recognition)));
                return;
            }
            Event::Member(..) => return,
            Event::Draft(draft) => {
                self.articles += 1;
                self.orders.observe(&draft);
                Told::Draft(draft)
            }
            Event::Rejected(file, None, rejection) => {
                let rejected = Explained::Rejected(file, None, rejection);
                self.told.push(Told::Other(rejected));
                return;
            }
            Event::Rejected(file, record, rejection) => {
                Told::Other(Explained::Rejected(file, record, rejection))
            }
        };
        self.of_member += 1;
        if self.of_member > self.limit {
            self.more += 1;
        } else {
            self.told.push(told);
        }
    }

    fn end_member(&mut self) {
        self.of_member = 0;
        let more = std::mem::take(&mut self.more);
        if more > 0 {
            self.told.push(Told::Other(Explained::More(more)));
        }
    }

    fn tell(mut self, each: &mut dyn FnMut(Explained) -> Result<()>) -> Result<()> {
        self.end_member();
        for told in std::mem::take(&mut self.told) {
            each(match told {
                Told::Other(explained) => explained,
                Told::Draft(draft) => self.settled(draft),
            })?;
        }
        Ok(())
    }

    /// Settles the dates of an article, and says by what where they could be read in two ways.
    fn settled(&mut self, mut draft: Box<Draft>) -> Explained {
        let mut origins = std::mem::take(&mut draft.origins);
        let open = [
            (MapField::Date, draft.date.is_some_and(is_open)),
            (MapField::Updated, draft.updated.is_some_and(is_open)),
        ];
        let before = self.orders.undecided;
        let article = self.orders.settle(draft);
        let decided = match (self.forced, self.orders.undecided > before) {
            (Some(_), _) => "day and month in the order of --date-order",
            (None, false) => "day and month in the order that its source shows",
            (None, true) => "day and month cannot be told apart, the year is kept",
        };
        for (field, _) in open.into_iter().filter(|(_, open)| *open) {
            origins.also(field, decided);
        }
        Explained::Article(article, origins)
    }
}

/// Whether a date can be read in two ways.
fn is_open(reading: Reading) -> bool {
    matches!(reading, Reading::Numeric { dmy: Some(dmy), mdy: Some(mdy), .. } if dmy != mdy)
}
