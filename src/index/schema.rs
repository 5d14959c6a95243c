//! The fields of the index, as one table. A row here, a member of [`crate::Article`] and a line in
//! [`super::document`] make a field; every change raises [`VERSION`].

use std::fmt::Write;

use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenizer;
use crate::text::analysis;

/// The version of the index layout. An index of another version is refused, with the command that rebuilds it.
pub const VERSION: u32 = 5;

/// How a field is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As words with their positions, by [`super::tokenizer`].
    Words,
    /// As words, and each value whole in a column for facets.
    WordsAndValues,
    /// Each value whole: to be looked up, and in a column.
    Values,
    /// Each value whole: to be looked up.
    Keys,
    /// A number in a column.
    Number,
    /// A number in a column, and to be looked up.
    KeyNumber,
    /// The bytes of the whole article.
    Stored,
}

/// One row of the table of fields.
pub struct Row {
    /// The name in the index.
    pub name: &'static str,
    /// How it is kept.
    pub kept: Kept,
    /// What is in it.
    pub help: &'static str,
}

const fn row(name: &'static str, kept: Kept, help: &'static str) -> Row {
    Row { name, kept, help }
}

/// Every field of the index.
pub const FIELDS: &[Row] = &[
    row("id", Kept::Values, "the article's id"),
    row("file", Kept::Values, "the file it came from, with its root"),
    row(
        "text",
        Kept::Words,
        "headline, deck, byline, body and captions, each where it stands",
    ),
    row("headline", Kept::Words, "the headline"),
    row("byline", Kept::WordsAndValues, "the authors"),
    row("section", Kept::WordsAndValues, "the section"),
    row("source", Kept::WordsAndValues, "the publication"),
    row("topic", Kept::WordsAndValues, "the topics"),
    row("place", Kept::WordsAndValues, "the places by name"),
    row("within", Kept::Keys, "what the places are and lie in"),
    row("language", Kept::Values, "the language, as a BCP 47 tag"),
    row(
        "first_day",
        Kept::Number,
        "the first day of its date, in days since 1970-01-01",
    ),
    row(
        "last_day",
        Kept::Number,
        "the last day of its date, in days since 1970-01-01",
    ),
    row(
        "second",
        Kept::Number,
        "the second of its day, in local time, when it is known",
    ),
    row(
        "instant",
        Kept::Number,
        "the instant of its date, in seconds since 1970-01-01 UTC, when it is known",
    ),
    row(
        "words",
        Kept::Number,
        "the words of headline, deck and body",
    ),
    row(
        "follows",
        Kept::Keys,
        "the id that it continues or corrects",
    ),
    row(
        "item",
        Kept::KeyNumber,
        "the item that it is a record of, as a hash",
    ),
    row(
        "withdraws",
        Kept::KeyNumber,
        "the item that it takes back, as a hash",
    ),
    row("content", Kept::Number, "what it says, as a hash"),
    row("print", Kept::Number, "all that came in, as a hash"),
    row(
        "shown",
        Kept::Number,
        "the second before which it must not be seen",
    ),
    row(
        "since",
        Kept::Number,
        "the day from which it is the version to be read, where that is not first_day",
    ),
    row("until", Kept::Number, "the day from which it is no longer"),
    row(
        "yields",
        Kept::Number,
        "the second until which it is still read, where what comes after it is held back",
    ),
    row(
        "version",
        Kept::Number,
        "its place among the versions of its item",
    ),
    row("article", Kept::Stored, "the whole article, as JSON"),
];

/// Handles to the fields of an opened index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// `id`
    pub id: Field,
    /// `file`
    pub file: Field,
    /// `text`
    pub text: Field,
    /// `headline`
    pub headline: Field,
    /// `byline`
    pub byline: Field,
    /// `section`
    pub section: Field,
    /// `source`
    pub source: Field,
    /// `topic`
    pub topic: Field,
    /// `place`
    pub place: Field,
    /// `within`
    pub within: Field,
    /// `language`
    pub language: Field,
    /// `first_day`
    pub first_day: Field,
    /// `last_day`
    pub last_day: Field,
    /// `second`
    pub second: Field,
    /// `instant`
    pub instant: Field,
    /// `words`
    pub words: Field,
    /// `follows`
    pub follows: Field,
    /// `item`
    pub item: Field,
    /// `withdraws`
    pub withdraws: Field,
    /// `content`
    pub content: Field,
    /// `print`
    pub print: Field,
    /// `shown`
    pub shown: Field,
    /// `since`
    pub since: Field,
    /// `until`
    pub until: Field,
    /// `yields`
    pub yields: Field,
    /// `version`
    pub version: Field,
    /// `article`
    pub article: Field,
}

/// The tantivy schema of the table.
pub fn schema() -> Schema {
    let indexed = |tokenizer: &str, record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record),
        )
    };
    let words = || indexed(tokenizer::NAME, IndexRecordOption::WithFreqsAndPositions);
    // Keys have no length to be normalised by.
    let keys = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        )
    };
    let mut builder = Schema::builder();
    for row in FIELDS {
        match row.kept {
            Kept::Words => builder.add_text_field(row.name, words()),
            Kept::WordsAndValues => {
                builder.add_text_field(row.name, words().set_fast(tokenizer::VALUES))
            }
            Kept::Values => builder.add_text_field(row.name, keys().set_fast("raw")),
            Kept::Keys => builder.add_text_field(row.name, keys()),
            Kept::Number => builder.add_i64_field(row.name, NumericOptions::default().set_fast()),
            Kept::KeyNumber => {
                builder.add_i64_field(row.name, NumericOptions::default().set_fast().set_indexed())
            }
            Kept::Stored => builder.add_bytes_field(row.name, tantivy::schema::STORED),
        };
    }
    builder.build()
}

impl Fields {
    /// The handles of `schema`, which is one that [`schema`] made.
    ///
    /// # Panics
    /// When it is not.
    pub fn of(schema: &Schema) -> Self {
        let field = |name| {
            schema
                .get_field(name)
                .expect("the table of fields declares it")
        };
        Fields {
            id: field("id"),
            file: field("file"),
            text: field("text"),
            headline: field("headline"),
            byline: field("byline"),
            section: field("section"),
            source: field("source"),
            topic: field("topic"),
            place: field("place"),
            within: field("within"),
            language: field("language"),
            first_day: field("first_day"),
            last_day: field("last_day"),
            second: field("second"),
            instant: field("instant"),
            words: field("words"),
            follows: field("follows"),
            item: field("item"),
            withdraws: field("withdraws"),
            content: field("content"),
            print: field("print"),
            shown: field("shown"),
            since: field("since"),
            until: field("until"),
            yields: field("yields"),
            version: field("version"),
            article: field("article"),
        }
    }
}

/// What an index says of itself, and what this program must find there to open it.
pub fn fingerprint() -> String {
    let mut text = format!("{VERSION}; {}; ", analysis::FINGERPRINT);
    for row in FIELDS {
        write!(text, "{} {:?}, ", row.name, row.kept).expect("writing to a string does not fail");
    }
    format!("{VERSION}-{}", &blake3::hash(text.as_bytes()).to_hex()[..8])
}

/// Whether an index with this fingerprint is of a later version than this program.
pub(super) fn is_newer(fingerprint: &str) -> bool {
    let version = fingerprint.split('-').next().unwrap_or_default();
    version.parse().is_ok_and(|version: u32| version > VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_layout_has_another_fingerprint() {
        // When this fails, the layout or the analysis has changed: raise VERSION, then write the new value here.
        assert_eq!(fingerprint(), "5-99548d8a");
    }

    #[test]
    fn every_row_has_a_handle_and_help() {
        let schema = schema();
        Fields::of(&schema);
        assert_eq!(schema.num_fields(), FIELDS.len());
        assert!(FIELDS.iter().all(|row| !row.help.is_empty()));
    }
}
