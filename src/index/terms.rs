//! The terms of the word fields: what the tokenizer writes and queries look for.
//!
//! One field holds three kinds of terms at the same positions, told apart by their first byte:
//!
//! | term | means | asked for by |
//! |---|---|---|
//! | `talks` | the exact form | quoted words, wildcards |
//! | `\u{1}en:talk` | the stem, in the language of the article | bare words; words that have one form only are kept once, as exact forms |
//! | `\u{2}s` | a sentence begins here (`p` a paragraph; `h`, `b`, `f` a part of the article): the widest of them | same sentence, same paragraph, the lead |

use tantivy::Searcher;
use tantivy::schema::Field;

use crate::text::analysis::stem::Stemmer;

/// The first byte of stems.
pub const STEM: char = '\u{1}';
/// The first byte of marks.
pub const MARK: char = '\u{2}';

/// What begins at a position: the widest thing that does, and with it all that is less wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// The headline.
    Headline,
    /// The body.
    Body,
    /// Another part of the article: the deck, a name of the byline, a caption; or a value of a field.
    Part,
}

impl Mark {
    /// Those that begin a part.
    pub const PARTS: [Mark; 3] = [Mark::Headline, Mark::Body, Mark::Part];

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
