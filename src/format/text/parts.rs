//! Tells which of the lines of a text are headline, deck, byline, caption, dateline and body.
//!
//! A page copied as text has lines of furniture (a byline, a date) between headline and text: what stands before them is
//! section, headline and deck, what stands behind them captions, dateline and body. Without furniture the first line is
//! the headline and the rest the body.

use super::super::layout::Unit;
use super::super::mapping::{recognise, split_dateline};
use super::super::{Draft, MapField, story};
use super::foot::foot;
use super::line::{
    Furniture, ends_sentence, furniture, is_caption, is_label, is_name, is_paragraph,
};
use super::prose::words;
use crate::text::{byline, date, dateline};

/// Among how many lines at the beginning furniture is looked for.
const SEARCHED: usize = 10;

/// How many paragraphs may stand before it: a deck can be as long as one.
const BEFORE: usize = 2;

/// The article that the lines make.
pub(super) fn draft(mut units: Vec<Unit>) -> Draft {
    let mut draft = Draft::default();
    take_named(&mut units, &mut draft);
    take_furniture(&mut units, 0, &mut draft);
    let foot = foot(&units);
    units.truncate(units.len() - foot.units);
    let copyright = draft.origins.told(
        MapField::Copyright,
        "line of rights at the foot of the text",
        foot.copyright,
    );
    draft.article.copyright = copyright.or(draft.article.copyright);
    match furniture_at(&units) {
        Some(at) => copied_page(units, at, &mut draft),
        None => bare_text(units, &mut draft),
    }
    let printed = split_dateline(&mut draft);
    if draft.date.is_none() {
        draft.date = printed.and_then(|date| date::read(&date, None));
        draft.origins.note(MapField::Date, "date in the dateline");
    }
    draft
}

/// Where the first line of furniture is.
fn furniture_at(units: &[Unit]) -> Option<usize> {
    let mut paragraphs = 0;
    for (at, unit) in units.iter().enumerate().take(SEARCHED) {
        if furniture(&unit.text).is_some() {
            return Some(at);
        }
        paragraphs += usize::from(is_paragraph(&unit.text));
        if paragraphs > BEFORE {
            return None;
        }
    }
    None
}

/// Takes lines of furniture out from `at` on, as many as stand there.
fn take_furniture(units: &mut Vec<Unit>, at: usize, draft: &mut Draft) {
    while let Some(found) = units.get(at).and_then(|unit| furniture(&unit.text)) {
        units.remove(at);
        fill(draft, found);
    }
}

/// Sets what a line of furniture says, unless it is known.
fn fill(draft: &mut Draft, found: Furniture) {
    const LINE: &str = "line of a byline or a date near the beginning";
    if draft.date.is_some() && draft.updated.is_none() {
        draft.updated = found.updated.or(found.date);
        draft.origins.note(MapField::Updated, LINE);
    } else {
        if draft.date.is_none() {
            draft.origins.note(MapField::Date, LINE);
        }
        if draft.updated.is_none() {
            draft.origins.note(MapField::Updated, LINE);
        }
        draft.date = draft.date.or(found.date);
        draft.updated = draft.updated.or(found.updated);
    }
    if let (Some(line), None) = (found.byline, &draft.article.byline_line) {
        draft.article.byline = byline::names(&line);
        draft.article.byline_line = Some(line);
        draft.origins.note(MapField::Byline, LINE);
    }
}

/// A text without furniture: its first line is the headline, when it can be one.
fn bare_text(mut units: Vec<Unit>, draft: &mut Draft) {
    let labelled = units.len() > 2
        && is_label(&units[0].text)
        && !is_label(&units[1].text)
        && is_headline(&units[1].text)
        && units[0].gap + units[1].gap > 0;
    if labelled && draft.article.section.is_none() {
        draft.article.section = Some(units.remove(0).text);
        let at = "first line: a label above the headline";
        draft.origins.note(MapField::Section, at);
    }
    let alone = units.len() == 1;
    if draft.article.headline.is_empty()
        && units
            .first()
            .is_some_and(|first| is_headline(&first.text) || !alone && is_short_sentence(&units))
    {
        draft.article.headline = units.remove(0).text;
        let labelled = draft.article.section.is_some();
        let at = if labelled {
            "first line of the text under its label"
        } else {
            "first line of the text"
        };
        draft.origins.note(MapField::Headline, at);
    }
    set_body(units, draft);
}

/// A page copied as text, with furniture at `at`.
fn copied_page(mut units: Vec<Unit>, at: usize, draft: &mut Draft) {
    let mut body = units.split_off(at);
    take_furniture(&mut body, 0, draft);
    let mut above = units;
    // A name on a line of its own, right above the date.
    if draft.article.byline_line.is_none() && above.len() > 1 {
        let last = &above[above.len() - 1].text;
        if is_name(last)
            && (2..=4).contains(&words(last))
            && !is_label(&above[above.len() - 2].text)
        {
            draft.article.byline = byline::names(last);
            draft.article.byline_line = above.pop().map(|unit| unit.text);
            let at = "a name on the line above the date";
            draft.origins.note(MapField::Byline, at);
        }
    }
    if above.len() > 1
        && is_label(&above[0].text)
        && words(&above[1].text) > words(&above[0].text)
        && draft.article.section.is_none()
    {
        draft.article.section = Some(above.remove(0).text);
        let at = "first line: a label above the headline";
        draft.origins.note(MapField::Section, at);
    }
    if draft.article.headline.is_empty() && !above.is_empty() {
        draft.article.headline = above.remove(0).text;
        let at = "first line above the byline or date";
        draft.origins.note(MapField::Headline, at);
    } else if draft.article.headline.is_empty() && body.len() > 1 && is_headline(&body[0].text) {
        draft.article.headline = body.remove(0).text;
        let at = "first line below the byline or date";
        draft.origins.note(MapField::Headline, at);
        take_furniture(&mut body, 0, draft);
    }
    let deck: Vec<String> = above.into_iter().map(|unit| unit.text).collect();
    if !deck.is_empty() && draft.article.deck.is_none() {
        draft.article.deck = Some(deck.join(" "));
        let at = "lines between headline and byline or date";
        draft.origins.note(MapField::Deck, at);
    }
    take_captions(&mut body, draft);
    set_body(body, draft);
}

/// Takes out what stands between furniture and text: captions, the headline once more.
fn take_captions(body: &mut Vec<Unit>, draft: &mut Draft) {
    let headline = draft.article.headline.clone();
    // Everything before a city on a line of its own is above the text.
    let city = body
        .iter()
        .take(4)
        .position(|unit| is_dateline(&unit.text))
        .filter(|at| {
            body[..*at]
                .iter()
                .all(|unit| !is_paragraph(&unit.text) || repeats(&unit.text, &headline).is_some())
        });
    let mut left = city.unwrap_or(0);
    while body.len() > 1 {
        let text = &body[0].text;
        let repeated = repeats(text, &headline).map(str::to_owned);
        let above = left > 0
            || is_caption(text)
            || !ends_sentence(text) && !is_dateline(text) && !is_paragraph(text);
        if !above && repeated.is_none() || left == 0 && is_dateline(text) {
            break;
        }
        left = left.saturating_sub(1);
        let text = body.remove(0).text;
        let caption = repeated.unwrap_or(text);
        if !caption.is_empty() && draft.article.captions.len() < 4 {
            draft.article.captions.push(caption);
            let at = "lines between byline or date and text";
            draft.origins.also(MapField::Captions, at);
        }
        take_furniture(body, 0, draft);
    }
}

/// What follows when a line begins with the headline once more.
fn repeats<'a>(line: &'a str, headline: &str) -> Option<&'a str> {
    let begin = line.get(..headline.len())?;
    let same = !headline.is_empty() && begin.eq_ignore_ascii_case(headline);
    same.then(|| line[headline.len()..].trim_start_matches([' ', ':', '-', '–', '|']))
}

/// Whether a line is nothing but a dateline. It is one only with a story under it.
fn is_dateline(line: &str) -> bool {
    const STORY: &str = "\n\nThere is more of it in the lines below.";
    line.chars().any(char::is_uppercase)
        && dateline::split(&format!("{line}{STORY}"))
            .is_some_and(|found| found.length >= line.len())
}

/// The rest is the body.
fn set_body(units: Vec<Unit>, draft: &mut Draft) {
    let paragraphs: Vec<String> = units.into_iter().map(|unit| unit.text).collect();
    let body = paragraphs.join("\n\n");
    if !body.is_empty() {
        let at = "the lines that are nothing else";
        draft.origins.also(MapField::Body, at);
    }
    if draft.article.body.is_empty() {
        draft.article.body = body;
    } else if !body.is_empty() {
        draft.article.body.push_str("\n\n");
        draft.article.body.push_str(&body);
    }
}

/// Whether a line can be a headline: not too long, and no sentence with a full stop.
fn is_headline(line: &str) -> bool {
    let stopped =
        line.ends_with(['.', '。', '।']) && !line.ends_with("..") && !line.ends_with("U.S.");
    words(line) <= 25 && line.chars().take(201).count() <= 200 && !stopped
}

/// Whether the first line, though it has a full stop, is set apart as a headline is: short, and a longer paragraph
/// follows after an empty line.
fn is_short_sentence(units: &[Unit]) -> bool {
    words(&units[0].text) <= 12
        && units[1].gap > 0
        && is_paragraph(&units[1].text)
        && units[0].text.len() * 2 < units[1].text.len()
}

/// Takes lines like `Title: …` and `Date: …` from the beginning: one of a headline, a date, an author or a source, or
/// two of any field.
fn take_named(units: &mut Vec<Unit>, draft: &mut Draft) {
    let named = |unit: &Unit| {
        let (name, value) = unit.text.split_once(':')?;
        let short = name.chars().take(21).count() <= 20 && words(name) <= 2;
        let field = short.then(|| recognise(name)).flatten()?.field;
        Some((field, value.trim().to_owned())).filter(|(_, value)| !value.is_empty())
    };
    let found: Vec<_> = units.iter().map_while(named).collect();
    let sure = |field: MapField| {
        matches!(
            field,
            MapField::Headline | MapField::Date | MapField::Byline | MapField::Source
        )
    };
    if found.len() < 2 && !found.iter().any(|(field, _)| sure(*field))
        || found.len() == units.len() && found.len() < 2
    {
        return;
    }
    units.drain(..found.len());
    let article = &mut draft.article;
    for (field, value) in found {
        draft
            .origins
            .note(field, "line `name: value` at the beginning");
        match field {
            MapField::Headline => article.headline = value,
            MapField::Deck => article.deck = Some(value),
            MapField::Body => article.body = value,
            MapField::Byline => {
                article.byline = byline::names(&value);
                article.byline_line = Some(value);
            }
            MapField::Date => draft.date = date::read(&value, None),
            MapField::Updated => draft.updated = date::read(&value, None),
            MapField::Embargo => draft.embargo = story::embargo(&value, None),
            MapField::Section => article.section = Some(value),
            MapField::Source => article.source = Some(value),
            MapField::Language => article.language = super::super::mapping::language_tag(&value),
            MapField::Url => article.url = Some(value),
            MapField::Id => article.id = value,
            MapField::Dateline => article.dateline = Some(value),
            MapField::Copyright => article.copyright = Some(value),
            MapField::Captions => article.captions.push(value),
            MapField::Topics => {
                article.topics = value
                    .split([',', ';'])
                    .map(|topic| topic.trim().to_owned())
                    .filter(|topic| !topic.is_empty())
                    .collect();
            }
            MapField::Places => article.places.push(crate::article::Place::named(
                value,
                crate::article::PlaceFrom::Metadata,
            )),
        }
    }
}
