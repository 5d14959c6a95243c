//! The tool `verify_quote`: [`Archive::verify_quote`], told so that whoever reads it cannot take an altered quote for an exact one.

use rmcp::schemars::{self, JsonSchema};
use serde::Serialize;

use super::answers::{self, Passage, QUOTED, shortened, some_of};
use super::arguments::Verifying;
use crate::search::{Source, Verdict};
use crate::text::difference::Stretch;
use crate::text::quote::{Reading, Tolerance};
use crate::{Archive, Result};

/// The answer of `verify_quote`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
pub(super) struct Checked {
    /// How to take what is quoted.
    notice: &'static str,
    /// exact: printed so, but for what `tolerated` names. altered: printed with other words. absent: nothing like it was found.
    #[schemars(schema_with = "verdicts")]
    verdict: Verdict,
    /// The same in a sentence.
    meaning: String,
    /// What was printed; absent when nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<Passage>,
    /// The headline of that article.
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<String>,
    /// Its date.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// Its publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Whether the archive reads so now; false for a version that was replaced or withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    current: Option<bool>,
    /// In what an exact quote differs all the same: quotation marks, dashes, white space.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tolerated: Vec<&'static str>,
    /// How often an exact quote stands in that text.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<usize>,
    /// What differs in an altered quote, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    difference: Vec<Change>,
    /// The ids of other articles that have it exactly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_in: Vec<String>,
    /// How many articles and versions were read.
    read: usize,
}

/// A stretch of an altered quote.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "schemars")]
struct Change {
    /// both: in both. printed: in the article only. quoted: in the quote only.
    only: &'static str,
    /// The words.
    text: String,
}

fn verdicts(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
    schemars::json_schema!({ "type": "string", "enum": ["exact", "altered", "absent"] })
}

pub(super) fn verify(archive: &Archive, asked: Verifying) -> Result<Checked> {
    let Verifying { quote, id, version } = asked;
    let verified = archive.verify_quote(&quote, id.as_deref(), version)?;
    let meaning = meaning(verified.source.as_ref(), id.is_some());
    let mut checked = Checked {
        notice: QUOTED,
        verdict: verified.verdict,
        meaning,
        passage: None,
        headline: None,
        date: None,
        source: None,
        current: None,
        tolerated: Vec::new(),
        times: None,
        difference: Vec::new(),
        also_in: some_of(verified.also_in.iter()),
        read: verified.read,
    };
    let Some(source) = verified.source else {
        return Ok(checked);
    };
    checked.headline = Some(shortened(&source.article.headline));
    checked.date = source.article.date.map(|date| date.to_string());
    checked.source = source.article.source.as_deref().map(shortened);
    checked.current = Some(source.current);
    let place = source.place;
    checked.passage = Some(answers::passage(
        &source.article.id,
        source.version,
        (place.field, place.part),
        place.start..place.end,
        source.hash,
        source.text,
    ));
    match source.reading {
        Reading::Exact {
            tolerated, times, ..
        } => {
            checked.tolerated = tolerated.into_iter().map(Tolerance::name).collect();
            checked.times = Some(times);
        }
        Reading::Altered { difference, .. } => {
            checked.difference = difference.into_iter().map(change).collect();
        }
    }
    Ok(checked)
}

fn change(stretch: Stretch) -> Change {
    let (only, text) = match stretch {
        Stretch::Same(text) => ("both", text),
        Stretch::Removed(text) => ("printed", text),
        Stretch::Added(text) => ("quoted", text),
    };
    Change { only, text }
}

/// The verdict in a sentence.
fn meaning(source: Option<&Source>, is_one: bool) -> String {
    let Some(source) = source else {
        let place = if is_one {
            "this article"
        } else {
            "the archive"
        };
        return format!("Nothing like it was found in {place}: it must not be quoted from there.");
    };
    let mut text = match &source.reading {
        Reading::Exact {
            tolerated,
            inside_word,
            ..
        } => {
            let names: Vec<_> = tolerated.iter().map(|tolerance| tolerance.name()).collect();
            let mut text = match names.as_slice() {
                [] => "It was printed so, character for character.".to_owned(),
                names => format!(
                    "It was printed so, word for word; only {} differ.",
                    names.join(" and ")
                ),
            };
            if *inside_word {
                text += " But it begins or ends inside a word of the article: look at what stands around it.";
            }
            text
        }
        Reading::Altered { kept, of, .. } => {
            format!("It was not printed so: {kept} of {of} words agree. Quote the passage instead.")
        }
    };
    if !source.current {
        text += " The archive no longer reads so: that version was replaced or withdrawn.";
    }
    text
}
