//! What stands at the foot of one article after the other of a source ("Follow us on …", "© The Courier", "Reporting by the
//! newsroom") is no part of any of them: told by its recurrence, not by a list of phrases.
//!
//! Articles stand in a line until enough that follow them have been seen. What was learned of a source is kept with the index, so
//! that an article that comes in later loses the same foot.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_hash::FxHashMap;

use super::dates::source_of;
use super::pipeline::Delivery;
use crate::article::Article;
use crate::text::analysis::words;

/// How many paragraphs at the end of an article may be its foot.
const PARAGRAPHS: usize = 4;
/// The longest paragraph of a foot, in bytes.
const LONGEST: usize = 1_500;
/// In how many articles of a source it has to recur, at least. Articles with the same headline and beginning are one.
const RECURS: usize = 5;
/// In one of how many articles of its source it has to recur: what a running story repeats in its updates stays.
const SHARE: usize = 5;
/// How many paragraphs of one source are counted at a time; those that were met once are forgotten then.
const COUNTED: usize = 4_096;
/// How many articles stand in the line, and how many bytes of text they may have.
const ARTICLES: usize = 1_000;
const BYTES: usize = 16 << 20;

/// The paragraphs that are feet, by source, as their hashes.
pub type KnownFeet = BTreeMap<String, BTreeSet<u64>>;

/// What is known of the feet of articles, source by source.
#[derive(Debug, Default)]
pub struct Feet {
    known: KnownFeet,
    sources: FxHashMap<String, Source>,
    /// How many articles have lost one.
    pub removed: u64,
}

#[derive(Debug, Default)]
struct Source {
    articles: usize,
    paragraphs: FxHashMap<u64, Counted>,
}

/// A paragraph that was met at the foot of articles.
#[derive(Debug, Default)]
struct Counted {
    articles: usize,
    /// Of the first of them, what they begin with: as many as must differ.
    beginnings: Vec<u64>,
}

fn hash(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    let (first, _) = hash
        .as_bytes()
        .split_first_chunk()
        .expect("a hash is longer");
    u64::from_le_bytes(*first)
}

/// The paragraphs that may be the foot of a body, from the last up; never its first.
fn candidates(body: &str) -> impl Iterator<Item = &str> {
    let mut rest = body;
    let next = move || {
        let (before, paragraph) = rest.rsplit_once("\n\n")?;
        rest = before;
        (paragraph.len() <= LONGEST).then_some(paragraph)
    };
    std::iter::from_fn(next).take(PARAGRAPHS)
}

impl Feet {
    /// Goes on with what an earlier run has learned.
    pub fn with_known(known: KnownFeet) -> Self {
        Feet {
            known,
            ..Feet::default()
        }
    }

    /// What is known, for the next run.
    pub fn known(&self) -> &KnownFeet {
        &self.known
    }

    fn observe(&mut self, article: &Article) {
        let source = self.sources.entry(source_of(article).name).or_default();
        source.articles += 1;
        let first = article.body.split("\n\n").next().unwrap_or_default();
        let beginning = hash(&format!("{}\n{first}", article.headline));
        for paragraph in candidates(&article.body) {
            let counted = source.paragraphs.entry(hash(paragraph)).or_default();
            if counted.beginnings.len() < RECURS {
                if counted.beginnings.contains(&beginning) {
                    continue;
                }
                counted.beginnings.push(beginning);
            }
            counted.articles += 1;
        }
        if source.paragraphs.len() > COUNTED {
            source.paragraphs.retain(|_, counted| counted.articles > 1);
        }
    }

    /// Takes the foot from an article, when it has one.
    fn remove(&mut self, article: &mut Article) {
        let name = source_of(article).name;
        let source = self.sources.get(&name);
        let recurs = |paragraph: u64| {
            source.is_some_and(|source| {
                let counted = source.paragraphs.get(&paragraph);
                counted.is_some_and(|counted| {
                    counted.articles >= RECURS && counted.articles * SHARE >= source.articles
                })
            })
        };
        let mut cut = Vec::new();
        for paragraph in candidates(&article.body) {
            let hash = hash(paragraph);
            let is_known = || {
                let known = self.known.get(&name);
                known.is_some_and(|known| known.contains(&hash))
            };
            if !is_known() && !recurs(hash) {
                break;
            }
            cut.push((hash, paragraph.len(), words(paragraph).count()));
        }
        if cut.is_empty() {
            return;
        }
        let bytes: usize = cut.iter().map(|(_, bytes, _)| bytes + "\n\n".len()).sum();
        let count: usize = cut.iter().map(|(_, _, words)| words).sum();
        article.body.truncate(article.body.len() - bytes);
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        article.word_count = article.word_count.saturating_sub(count);
        let known = self.known.entry(name).or_default();
        known.extend(cut.iter().map(|(hash, _, _)| hash));
        self.removed += 1;
    }
}

/// What is to be delivered, in its order, and not yet: articles wait for those that follow them.
#[derive(Default)]
pub(super) struct DelayLine {
    waiting: VecDeque<Delivery>,
    articles: usize,
    bytes: usize,
}

impl DelayLine {
    /// Takes what is to be delivered.
    pub(super) fn push(&mut self, delivery: Delivery, feet: &mut Feet) {
        if let Delivery::Article(_, article) = &delivery {
            feet.observe(article);
            self.articles += 1;
            self.bytes += article.body.len();
        }
        self.waiting.push_back(delivery);
    }

    /// Gives what need not wait longer; all of it when nothing more comes.
    pub(super) fn pop(&mut self, feet: &mut Feet, at_end: bool) -> Option<Delivery> {
        let full = self.articles > ARTICLES || self.bytes > BYTES;
        let at_front = self.waiting.front()?;
        if matches!(at_front, Delivery::Article(..)) && !full && !at_end {
            return None;
        }
        let mut delivery = self.waiting.pop_front()?;
        if let Delivery::Article(_, article) = &mut delivery {
            self.articles -= 1;
            self.bytes -= article.body.len();
            feet.remove(article);
        }
        Some(delivery)
    }
}
