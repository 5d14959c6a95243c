//! The history of an article: its versions, and what differs between two of them.

use std::io::{self, Write};

use anstyle::Style;

use super::terminal::clean;
use super::{Look, ink};
use crate::article::{Difference, Status, Version};
use crate::text::difference::Stretch;

/// Writes two lines for each version: its number, from when to when it was read and its headline; below, where it is from.
pub fn write_versions(out: &mut dyn Write, versions: &[Version], look: Look) -> io::Result<()> {
    for version in versions {
        let day = |day: Option<chrono::NaiveDate>| {
            day.map_or_else(|| "?".to_owned(), |day| day.to_string())
        };
        let until = match version.until {
            None if version.current => "now".to_owned(),
            until => day(until),
        };
        let status = match (version.embargo, version.article.status) {
            (Some(_), _) => "(embargoed)",
            (None, Status::Usable) => "",
            (None, Status::Withheld) => "(withheld) ",
            (None, Status::Canceled) => "(canceled) ",
        };
        let (number, since) = (version.number, day(version.since));
        write!(out, "{number:>3}  {since:<10} – {until:<10}  {status}")?;
        let headline = clean(&version.article.headline);
        ink::paint(out, look.color, ink::BOLD, &headline)?;
        writeln!(out)?;
        let mut from = format!(
            "     {}, record {}",
            clean(&version.article.file),
            version.article.record
        );
        for also in &version.also_in {
            from.push_str("; also in ");
            from.push_str(&clean(also));
        }
        ink::paint(out, look.color, ink::DIM, &from)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes headline, deck and body of two versions as one text: `[-what is gone-]`, `{+what is new+}`.
pub fn write_difference(
    out: &mut dyn Write,
    difference: &Difference,
    look: Look,
) -> io::Result<()> {
    let texts = [&difference.headline, &difference.deck, &difference.body];
    for (number, text) in texts
        .into_iter()
        .filter(|text| !text.is_empty())
        .enumerate()
    {
        if number > 0 {
            writeln!(out)?;
        }
        for stretch in text {
            let (open, text, close, style) = match stretch {
                Stretch::Same(text) => ("", text, "", Style::new()),
                Stretch::Removed(text) => ("[-", text, "-]", ink::MATCH),
                Stretch::Added(text) => ("{+", text, "+}", ink::BOLD),
            };
            // Line ends are the text's own.
            let lines: Vec<_> = text.split('\n').map(clean).collect();
            let text = format!("{open}{}{close}", lines.join("\n"));
            ink::paint(out, look.color, style, &text)?;
        }
        writeln!(out)?;
    }
    Ok(())
}
