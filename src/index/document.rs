//! Article → document, and back: the only code that converts.

use tantivy::schema::Value;
use tantivy::{TantivyDocument, schema::Field};

use super::schema::Fields;
use super::terms::Mark;
use super::tokenizer::Part;
use super::versions::Standing;
use super::versions::record::Identity;
use crate::article::Article;
use crate::places;
use crate::text::edtf::day_number;

/// How often a word of a headline counts for relevance, against one of the body.
const HEADLINE: u8 = 3;
/// How often a word of a deck counts.
const DECK: u8 = 2;
/// How often all others count.
const PLAIN: u8 = 1;
/// For fields that are searched in exact forms only.
const EXACT_ONLY: u8 = 0;

/// The document of `article`, which came from the file with this key (see [`super::manifest::file_key`]) and is stored as
/// these bytes (see [`super::store`]); `identity` and `standing` place it among the records of its item.
pub(crate) fn document(
    fields: &Fields,
    article: &Article,
    file_key: &str,
    packed: &[u8],
    identity: &Identity,
    standing: &Standing,
) -> TantivyDocument {
    // Taken apart without `..`, so that the compiler names what a new member has forgotten here.
    let Article {
        id,
        source_id: _,
        headline,
        deck,
        body,
        byline,
        byline_line: _,
        date,
        updated: _,
        places,
        dateline: _,
        section,
        source,
        language,
        url: _,
        topics,
        captions,
        copyright: _,
        status: _,
        version: _,
        embargo: _,
        follows,
        stub: _,
        ocr: _,
        word_count,
        file: _,
        record: _,
    } = article;

    let mut document = TantivyDocument::default();
    document.add_text(fields.id, id);
    document.add_text(fields.file, file_key);
    document.add_bytes(fields.article, packed);
    document.add_i64(fields.item, identity.item);
    document.add_i64(fields.content, identity.content);
    document.add_i64(fields.print, identity.print);
    let numbers = [
        (fields.withdraws, identity.withdraws),
        (fields.shown, standing.shown),
        (fields.since, standing.since),
        (fields.until, standing.until),
        (fields.yields, standing.yields),
        (fields.version, standing.version.map(i64::from)),
    ];
    for (field, number) in numbers {
        if let Some(number) = number {
            document.add_i64(field, number);
        }
    }
    // A copy is never searched: it is kept for the day on which the other is gone.
    if standing.is_duplicate() {
        return document;
    }
    if let Some(follows) = follows {
        document.add_text(fields.follows, follows);
    }

    let mut parts = Parts {
        document: &mut document,
        language: language.as_deref().unwrap_or_default(),
    };
    parts.add(fields.text, Mark::Headline, HEADLINE, headline);
    parts.add(fields.headline, Mark::Headline, PLAIN, headline);
    if let Some(deck) = deck {
        parts.add(fields.text, Mark::Part, DECK, deck);
    }
    for name in byline {
        parts.add(fields.text, Mark::Part, PLAIN, name);
        parts.add(fields.byline, Mark::Part, PLAIN, name);
    }
    parts.add(fields.text, Mark::Body, PLAIN, body);
    for caption in captions {
        parts.add(fields.text, Mark::Part, PLAIN, caption);
    }
    for (field, value) in section
        .iter()
        .map(|value| (fields.section, value))
        .chain(source.iter().map(|value| (fields.source, value)))
        .chain(topics.iter().map(|value| (fields.topic, value)))
        .chain(places.iter().map(|place| (fields.place, &place.name)))
    {
        parts.add(field, Mark::Part, EXACT_ONLY, value);
    }

    for key in places.iter().flat_map(places::keys) {
        document.add_text(fields.within, key);
    }
    if let Some(language) = language {
        document.add_text(fields.language, language);
    }
    if let Some(date) = date {
        document.add_i64(fields.first_day, day_number(date.first_day()));
        document.add_i64(fields.last_day, day_number(date.last_day()));
        if let Some(second) = date.second_of_day() {
            document.add_i64(fields.second, i64::from(second));
        }
        if let Some(instant) = date.instant() {
            document.add_i64(fields.instant, instant);
        }
    }
    document.add_i64(fields.words, i64::from(*word_count));
    document
}

struct Parts<'a> {
    document: &'a mut TantivyDocument,
    language: &'a str,
}

impl Parts<'_> {
    fn add(&mut self, field: Field, opens: Mark, emphasis: u8, text: &str) {
        if !text.is_empty() {
            let language = self.language;
            self.document.add_text(
                field,
                Part {
                    opens,
                    emphasis,
                    language,
                    text,
                }
                .encode(),
            );
        }
    }
}

/// The bytes as which the article of a document is stored.
pub fn packed<'a>(fields: &Fields, document: &'a TantivyDocument) -> Option<&'a [u8]> {
    document
        .get_first(fields.article)
        .and_then(|value| value.as_bytes())
}
