//! The terms of the word fields: what the tokenizer writes and queries look for.
//!
//! One field holds three kinds of terms at the same positions, told apart by their first byte:
//!
//! | term | means | asked for by |
//! |---|---|---|
//! | `talks` | the exact form | quoted words, wildcards |
//! | `\u{1}en:talk` | the stem, in the language of the article | bare words; words that have one form only are kept once, as exact forms |
//! | `\u{2}s` | a sentence begins here (`p` a paragraph, `f` a part of the article, `h` the headline, `b` the body) | same sentence, same paragraph, the lead |

use tantivy::Searcher;
use tantivy::schema::Field;

use crate::text::analysis::stem::Stemmer;

/// The first byte of stems.
pub const STEM: char = '\u{1}';
/// The first byte of marks.
pub const MARK: char = '\u{2}';

/// What begins at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A sentence.
    Sentence,
    /// A paragraph, and a sentence with it.
    Paragraph,
    /// A part of the article (headline, deck, each name of the byline, body, each caption) or a value of a field, and a paragraph with it.
    Part,
    /// The headline, and a part with it.
    Headline,
    /// The body, and a part with it.
    Body,
}

impl Mark {
    /// What begins with it: each has a term of its own, so that one kind is found in one list of postings.
    pub const fn includes(self) -> Option<Mark> {
        match self {
            Mark::Headline | Mark::Body => Some(Mark::Part),
            Mark::Part => Some(Mark::Paragraph),
            Mark::Paragraph => Some(Mark::Sentence),
            Mark::Sentence => None,
        }
    }

    /// The term that is written where it begins.
    pub const fn term(self) -> &'static str {
        match self {
            Mark::Sentence => "\u{2}s",
            Mark::Paragraph => "\u{2}p",
            Mark::Headline => "\u{2}h",
            Mark::Body => "\u{2}b",
            Mark::Part => "\u{2}f",
        }
    }
}

/// Writes the term of a stem.
pub fn write_stem(code: &str, stem: &str, term: &mut String) {
    term.clear();
    term.push(STEM);
    term.push_str(code);
    term.push(':');
    term.push_str(stem);
}

/// The term of a stem.
pub fn stem_term(code: &str, stem: &str) -> String {
    let mut term = String::new();
    write_stem(code, stem, &mut term);
    term
}

/// The codes of the stems that can occur: those of the languages of the articles, and the one of no language.
pub(crate) fn stem_codes(
    searcher: &Searcher,
    language: Field,
) -> tantivy::Result<Vec<&'static str>> {
    let mut codes = vec![""];
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(language)?;
        let mut tags = inverted.terms().stream()?;
        while tags.advance() {
            let tag = std::str::from_utf8(tags.key()).unwrap_or_default();
            codes.push(Stemmer::for_language(Some(tag)).code());
        }
    }
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}
