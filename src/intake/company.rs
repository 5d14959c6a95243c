//! The languages of articles whose source states none: their own text, and the company they are in.
//!
//! A headline of six words does not tell its language, but ten thousand of them in one file do. So articles whose text is
//! no plain evidence wait for up to [`BATCH`] records of their file, and have the language in which nearly all of those
//! are. Each batch is judged alone, so that a file sorted by language is read right. It knows one file; what is in another
//! has no say, and files can be read in any order.

use super::parse::Event;
use crate::article::Article;
use crate::format::{Draft, MapField};
use crate::text::language;

/// So many records are judged together.
const BATCH: usize = 64;
/// So many bytes of text wait at most.
const WAITING_BYTES: usize = 8 << 20;
/// So many characters of a record are evidence: a long one says no more than a short one.
const EVIDENCE: usize = 200;

/// What tells a language.
const FOLDER: &str = "a folder's name, which the text does not contradict";
const TEXT: &str = "told from the text";
const COMPANY: &str = "told from the text and from the records beside it";

/// The records of a file that are judged together.
pub(super) struct Company {
    /// What the folders call the language, where texts do not tell it.
    folder: Option<&'static str>,
    /// In their order, from the first one that waits.
    waiting: Vec<Event>,
    bytes: usize,
    /// How many records have been taken, and the beginnings of those without a statement.
    records: usize,
    evidence: String,
}

impl Company {
    pub(super) fn of(file: &str) -> Self {
        Company {
            folder: language::of_folder(file),
            waiting: Vec::new(),
            bytes: 0,
            records: 0,
            evidence: String::new(),
        }
    }

    /// Takes a record; gives what need not wait.
    pub(super) fn take(&mut self, mut event: Event) -> Vec<Event> {
        self.records += 1;
        let mut settled = true;
        if let Event::Draft(draft) = &mut event
            && draft.article.language.is_none()
        {
            settled = self.is_settled(draft);
            self.bytes += draft.article.body.len();
        }
        if self.waiting.is_empty() && settled {
            if self.records >= BATCH {
                return self.part_with(Some(event));
            }
            return vec![event];
        }
        self.waiting.push(event);
        if self.records >= BATCH || self.bytes >= WAITING_BYTES {
            self.part()
        } else {
            Vec::new()
        }
    }

    /// The batch or the file has ended: all that waits.
    pub(super) fn part(&mut self) -> Vec<Event> {
        self.part_with(None)
    }

    fn part_with(&mut self, last: Option<Event>) -> Vec<Event> {
        let mut events = std::mem::take(&mut self.waiting);
        if !events.is_empty() {
            let expected = language::prevailing(&self.evidence);
            for event in &mut events {
                if let Event::Draft(draft) = event
                    && draft.article.language.is_none()
                {
                    let text = text_of(&draft.article);
                    let (found, origin) = match expected {
                        Some(expected) => (language::amid(&text, expected), COMPANY),
                        None => (language::detect(&text), TEXT),
                    };
                    let found = draft.origins.told(MapField::Language, origin, found);
                    draft.article.language = found.map(str::to_owned);
                }
            }
        }
        events.extend(last);
        self.records = 0;
        self.bytes = 0;
        self.evidence.clear();
        events
    }

    /// Whether an article needs no company; its beginning is evidence for others.
    fn is_settled(&mut self, draft: &mut Draft) -> bool {
        let Draft {
            article, origins, ..
        } = draft;
        let text = text_of(article);
        if let Some(named) = self.folder.filter(|named| language::can_be(&text, named)) {
            article.language = Some(named.to_owned());
            origins.note(MapField::Language, FOLDER);
            return true;
        }
        self.evidence.extend(text.chars().take(EVIDENCE));
        self.evidence.push('\n');
        if self.records == 1 {
            // The first of a file, which is often the only one, waits for nobody when it is plain.
            let plain = origins.told(MapField::Language, TEXT, language::plain(&text));
            article.language = plain.map(str::to_owned);
        }
        article.language.is_some()
    }
}

/// Headline and text: either may be missing or in the language of a form.
fn text_of(article: &Article) -> String {
    let body: String = article.body.chars().take(1000).collect();
    format!("{}\n{body}", article.headline)
}
