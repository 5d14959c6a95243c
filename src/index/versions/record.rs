//! What of a record decides which item it is of, whether it says something new, and where it stands among the others.

use crate::article::{Article, Status};
use crate::error::Result;
use crate::text::analysis::{form, words};
use crate::text::edtf::{Edtf, day_number};

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// The numbers by which a record is known. They are hashes: what is equal by them is compared again when it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    /// What it is a record of.
    pub(crate) item: i64,
    /// What it says, as far as a reader would call it the same text.
    pub(crate) content: i64,
    /// The item that it takes back, where it is a notice that does so.
    pub(crate) withdraws: Option<i64>,
    /// All that came in, with where it came from: only the very same record has it.
    pub(crate) print: i64,
}

impl Identity {
    /// The identity of `article`. Without an id, the same article again in one file is another item: `repeats` tells how often
    /// a number has come before, and is told.
    pub(crate) fn of(article: &mut Article, repeats: impl FnOnce(i64) -> u32) -> Result<Self> {
        let item = if has_id(article) {
            item_of_id(source_id(article))
        } else {
            let said = item_of_text(article)?;
            match repeats(said) {
                0 => said,
                repeat => hash(&[&said.to_le_bytes(), &repeat.to_le_bytes()]),
            }
        };
        let whole = serde_json::to_vec(article).map_err(std::io::Error::from)?;
        Ok(Identity {
            item,
            content: content(article),
            withdraws: withdraws(article).filter(|other| *other != item),
            print: hash(&[b"whole", &whole]),
        })
    }
}

/// Whether the source calls the article by an id: otherwise its id was made of its file and record.
pub(crate) fn has_id(article: &Article) -> bool {
    let made = format!("{}#{}", article.file, article.record);
    article.source_id.is_some() || !article.id.ends_with(&made)
}

/// The id that the source gives it.
pub(super) fn source_id(article: &Article) -> &str {
    article.source_id.as_deref().unwrap_or(&article.id)
}

/// The item that a source calls by this id.
pub(crate) fn item_of_id(id: &str) -> i64 {
    hash(&[b"id", id.as_bytes()])
}

/// The item of an article without an id: all that it says, wherever it says it.
fn item_of_text(article: &mut Article) -> Result<i64> {
    let from = (
        std::mem::take(&mut article.id),
        std::mem::take(&mut article.file),
        std::mem::take(&mut article.record),
    );
    let said = serde_json::to_vec(article);
    (article.id, article.file, article.record) = from;
    Ok(hash(&[b"text", &said.map_err(std::io::Error::from)?]))
}

/// The item that is taken back by a notice with an id of its own.
fn withdraws(article: &Article) -> Option<i64> {
    let other = article.follows.as_deref()?;
    (article.status != Status::Usable).then(|| item_of_id(other))
}

fn content(article: &Article) -> i64 {
    let Article {
        headline,
        deck,
        body,
        byline,
        status,
        version,
        embargo,
        updated,
        ..
    } = article;
    // What orders the versions counts as well: a text that is sent again as the third version is no copy of the first.
    let rest = format!("{byline:?} {status:?} {version:?} {embargo:?} {updated:?}");
    let deck = deck.as_deref().unwrap_or_default();
    let parts = [headline, deck, body, rest.as_str()];
    hash(&parts.map(str::as_bytes))
}

fn hash(parts: &[&[u8]]) -> i64 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let bytes = hasher.finalize();
    i64::from_le_bytes(bytes.as_bytes()[..8].try_into().expect("eight bytes"))
}

/// What decides where a record stands among those of its item.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) identity: Identity,
    /// The id that the source gives it.
    pub(crate) id: String,
    /// File, record and key of the file: no other record has them.
    pub(crate) origin: (String, u32, String),
    pub(crate) version: Option<u32>,
    pub(crate) times: Times,
    /// Whether it says itself when it was changed last.
    pub(crate) updated: bool,
    pub(crate) status: Status,
    pub(crate) wording: Wording,
}

/// When a record counts from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// The second of its last change, or else of its date.
    pub(crate) instant: Option<i64>,
    /// The day of the same.
    pub(crate) day: Option<i64>,
    /// The first day of its date.
    pub(crate) dated: Option<i64>,
    /// The second before which it must not be seen.
    pub(crate) embargo: Option<i64>,
    /// The day of that.
    pub(crate) released: Option<i64>,
}

impl Times {
    /// The day from which it can be read.
    pub(crate) fn begins(&self) -> Option<i64> {
        self.day.max(self.released)
    }

    pub(crate) fn of(article: &Article) -> Self {
        let changed = article.updated.or(article.date);
        let day = |date: Option<Edtf>| date.map(|date| day_number(date.first_day()));
        Times {
            instant: changed.map(|date| second(&date)),
            day: day(changed),
            dated: day(article.date),
            embargo: article.embargo.map(|date| second(&date)),
            released: day(article.embargo),
        }
    }
}

/// The first second of a date.
fn second(date: &Edtf) -> i64 {
    let midnight = day_number(date.first_day()) * SECONDS_A_DAY;
    date.instant().unwrap_or(midnight)
}

impl Facts {
    pub(crate) fn of(article: &Article, identity: Identity, file_key: &str) -> Self {
        Facts {
            identity,
            id: source_id(article).to_owned(),
            origin: (article.file.clone(), article.record, file_key.to_owned()),
            version: article.version,
            times: Times::of(article),
            updated: article.updated.is_some(),
            status: effective(article),
            wording: Wording::of(article),
        }
    }
}

/// What a publisher holds back until a time that it tells may be used from then on.
pub(super) fn effective(article: &Article) -> Status {
    match article.status {
        Status::Withheld if article.embargo.is_some() => Status::Usable,
        status => status,
    }
}

/// How a story is worded: by it, two records with one id are told to be one story or two.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wording {
    headline: String,
    url: Option<String>,
    source: Option<String>,
    /// Pairs of neighbouring words at the beginning, as hashes, in their order.
    pairs: Vec<u32>,
}

/// How many words of a text are looked at: stories begin with what they are about.
const WORDS: usize = 150;
/// Of the pairs of words of the shorter text, this share (one in so many) is in the longer one when they are one story.
const SHARED: usize = 7;

impl Wording {
    fn of(article: &Article) -> Self {
        let mut pairs = Vec::new();
        for text in [&article.headline, &article.body] {
            let forms: Vec<String> = words(text)
                .take(WORDS)
                .map(|word| form::exact_of(&text[word]))
                .collect();
            for pair in forms.windows(2) {
                let number = hash(&[pair[0].as_bytes(), pair[1].as_bytes()]);
                pairs.push(u32::try_from(number & i64::from(u32::MAX)).expect("four bytes"));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Wording {
            headline: article.headline.to_lowercase(),
            url: article.url.clone(),
            source: article.source.clone(),
            pairs,
        }
    }

    /// Whether two texts are worded like one story.
    pub(super) fn is_like(&self, other: &Wording) -> bool {
        if self.url.is_some() && self.url == other.url {
            return true;
        }
        if !self.headline.is_empty() && self.headline == other.headline {
            return true;
        }
        let fewer = self.pairs.len().min(other.pairs.len());
        let is_shared = |pair: &&u32| other.pairs.binary_search(pair).is_ok();
        fewer > 0 && self.pairs.iter().filter(is_shared).count() * SHARED >= fewer
    }

    /// Whether two records name different publications.
    pub(super) fn is_of_another_source(&self, other: &Wording) -> bool {
        self.source.is_some() && other.source.is_some() && self.source != other.source
    }
}
