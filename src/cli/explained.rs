//! `morgue read --explain`: how files were recognised, and where each field of their articles was found, for people.
//!
//! A line a field: its name, its value cut to one line, its origin. What is told is decided by [`intake::explain`].

use std::io::Write;
use std::path::PathBuf;

use morgue::Article;
use morgue::format::{MapField, Origins, Part};
use morgue::intake::{self, Explained, ReadOptions, Recognition};
use morgue::output::terminal::clean;

use super::{Exit, Printer};

/// How many characters of a value are shown.
const VALUE: usize = 44;

/// Tells how the files at `paths` are read, `limit` records of each.
pub(super) fn run(
    paths: &[PathBuf],
    options: &ReadOptions,
    limit: usize,
    printer: &Printer,
) -> anyhow::Result<Exit> {
    let mut out = printer.data();
    let articles = intake::explain(paths, options, limit, &mut |explained| {
        tell(&mut out, &explained)?;
        Ok(())
    })?;
    out.flush()?;
    Ok(Exit::found(articles > 0))
}

fn tell(out: &mut impl Write, explained: &Explained) -> std::io::Result<()> {
    match explained {
        Explained::File(recognition) => file(out, recognition),
        Explained::Article(article, origins) => fields(out, article, origins),
        Explained::Rejected(file, record, rejection) => {
            let what = match record {
                Some(record) => format!("  record {record}"),
                None => clean(file).into_owned(),
            };
            let reason = rejection.reason.sentence();
            writeln!(
                out,
                "{what}: rejected, {reason}: {}",
                clean(&rejection.detail)
            )
        }
        Explained::More(1) => writeln!(out, "  and 1 record more (--limit)"),
        Explained::More(more) => writeln!(out, "  and {more} records more (--limit)"),
    }
}

fn file(out: &mut impl Write, recognition: &Recognition) -> std::io::Result<()> {
    writeln!(out, "{}", clean(&recognition.file))?;
    let format = recognition.format;
    if recognition.said {
        writeln!(out, "  format    {format}, as --format says")?;
    }
    for (at, (name, verdict)) in recognition.verdicts.iter().enumerate() {
        let label = match (at, recognition.said) {
            (0, false) => "format",
            (1, false) | (0, true) => "also",
            _ => "",
        };
        let (sure, because) = (verdict.sure, verdict.because);
        writeln!(out, "  {label:9} {name} ({sure} of 100): {because}")?;
    }
    let encoding = recognition.encoding;
    let sure = if recognition.sure_of_encoding {
        "by its bytes"
    } else {
        "guessed; what the file declares goes first"
    };
    writeln!(out, "  {:9} {encoding}, {sure}", "encoding")
}

fn fields(out: &mut impl Write, article: &Article, origins: &Origins) -> std::io::Result<()> {
    writeln!(out, "  record {}", article.record)?;
    for (part, value) in values(article) {
        let found: Vec<String> = origins.of(part).map(ToString::to_string).collect();
        let found = found.join(" + ");
        let value = shortened(&value);
        let room = " ".repeat(VALUE.saturating_sub(value.chars().count()));
        writeln!(
            out,
            "    {:9} {value}{room}  {}",
            part.name(),
            clean(&found)
        )?;
    }
    Ok(())
}

/// The fields of an article that hold something, as texts.
fn values(article: &Article) -> Vec<(Part, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |value: &Option<_>| value.as_ref().map(ToString::to_string).unwrap_or_default();
    let number = |value: Option<u32>| value.map(|number| number.to_string()).unwrap_or_default();
    let names: Vec<_> = article
        .places
        .iter()
        .map(|place| place.name.as_str())
        .collect();
    let byline = match (article.byline.is_empty(), &article.byline_line) {
        (true, Some(line)) => line.clone(),
        _ => article.byline.join("; "),
    };
    let status = match article.status {
        morgue::article::Status::Usable => String::new(),
        status => format!("{status:?}").to_lowercase(),
    };
    let fields = [
        (MapField::Id, article.id.clone()),
        (MapField::Headline, article.headline.clone()),
        (MapField::Deck, text(&article.deck)),
        (MapField::Body, article.body.clone()),
        (MapField::Byline, byline),
        (MapField::Date, date(&article.date)),
        (MapField::Updated, date(&article.updated)),
        (MapField::Embargo, date(&article.embargo)),
        (MapField::Places, names.join("; ")),
        (MapField::Dateline, text(&article.dateline)),
        (MapField::Section, text(&article.section)),
        (MapField::Source, text(&article.source)),
        (MapField::Language, text(&article.language)),
        (MapField::Url, text(&article.url)),
        (MapField::Topics, article.topics.join("; ")),
        (MapField::Captions, article.captions.join("; ")),
        (MapField::Copyright, text(&article.copyright)),
    ]
    .map(|(field, value)| (Part::Field(field), value));
    let others = [
        (Part::Status, status),
        (Part::Version, number(article.version)),
        (Part::Follows, text(&article.follows)),
        (
            Part::Stub,
            if article.stub {
                "yes".into()
            } else {
                String::new()
            },
        ),
        (Part::Ocr, number(article.ocr.map(u32::from))),
    ];
    let mut all: Vec<(Part, String)> = fields.into_iter().chain(others).collect();
    all.retain(|(_, value)| !value.is_empty());
    all
}

/// A value on one line, cut where it is long.
fn shortened(value: &str) -> String {
    let line = clean(value)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().count() <= VALUE {
        return line;
    }
    let mut short: String = line.chars().take(VALUE - 1).collect();
    short.push('…');
    short
}
