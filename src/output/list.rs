//! The list for people: each hit with its headline, where and when it was printed, and the stretches that match; then
//! the counts as bars. Wrapped and coloured on a terminal, plain in a pipe.

use std::io::{self, Write};

use anstyle::Style;

use super::marks::{self, Piece};
use super::terminal::{clean, columns, wrap};
use super::{Look, Render, bars, ink};
use crate::search::{Hit, Response, Snippet, SnippetField};

/// What stands before the lines below a headline.
const INDENT: &str = "   ";
/// Between the facts of a hit.
const DOT: &str = " · ";
/// How many authors are named before the rest is counted.
const NAMES: usize = 3;

/// The output `list`.
pub(super) struct List<'a> {
    out: &'a mut dyn Write,
    look: Look,
    /// Whether something stands above, so that an empty line divides it from what comes.
    begun: bool,
}

impl<'a> List<'a> {
    pub(super) fn new(out: &'a mut dyn Write, look: Look) -> Self {
        List {
            out,
            look,
            begun: false,
        }
    }

    /// Writes pieces below the headline, broken into lines, matches in their own style.
    fn lines(&mut self, first: &str, pieces: &[Piece<'_>], style: Style) -> io::Result<()> {
        let width = self
            .look
            .width
            .map(|width| width.saturating_sub(columns(INDENT)).max(20));
        let mut lead = first;
        for line in wrap(pieces, width) {
            self.out.write_all(lead.as_bytes())?;
            lead = INDENT;
            for (text, marked) in line {
                let style = if marked { ink::MATCH } else { style };
                ink::paint(self.out, self.look.color, style, &text)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn snippet(&mut self, snippet: &Snippet) -> io::Result<()> {
        let label = match snippet.field {
            SnippetField::Headline | SnippetField::Body => "",
            SnippetField::Deck => "deck: ",
            SnippetField::Byline => "byline: ",
            SnippetField::Caption => "caption: ",
        };
        let mut pieces = marks::pieces(&snippet.text, &snippet.highlights);
        if !label.is_empty() {
            pieces.insert(0, Piece::plain(label));
        }
        self.cleaned(INDENT, &pieces, Style::new())
    }

    /// As [`List::lines`], of text as it stands in the archive.
    fn cleaned(&mut self, first: &str, pieces: &[Piece<'_>], style: Style) -> io::Result<()> {
        let texts: Vec<_> = pieces
            .iter()
            .map(|piece| (clean(piece.text), piece.marked))
            .collect();
        let pieces: Vec<_> = texts
            .iter()
            .map(|(text, marked)| Piece {
                text,
                marked: *marked,
            })
            .collect();
        self.lines(first, &pieces, style)
    }
}

impl Render for List<'_> {
    fn begin(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        if self.begun {
            writeln!(self.out)?;
        }
        self.begun = true;
        let mut headline = marks::headline(hit);
        if headline.iter().all(|piece| piece.text.trim().is_empty()) {
            headline = vec![Piece::plain("(no headline)")];
        }
        self.cleaned(&format!("{}. ", hit.rank), &headline, ink::BOLD)?;
        self.lines(INDENT, &[Piece::plain(&facts(hit))], ink::DIM)?;
        marks::below_headline(hit).try_for_each(|snippet| self.snippet(snippet))
    }

    fn end(&mut self, head: &Response) -> io::Result<()> {
        if let Some(timeline) = head.timeline.as_ref().filter(|buckets| !buckets.is_empty()) {
            self.begin_part()?;
            bars::timeline(self.out, self.look, timeline)?;
        }
        let counted = head.facets.iter().filter(|(_, counts)| !counts.is_empty());
        for (facet, counts) in counted {
            self.begin_part()?;
            let others = head.others.get(facet).copied().unwrap_or(0);
            bars::facet(self.out, self.look, facet.name(), counts, others)?;
        }
        Ok(())
    }
}

impl List<'_> {
    /// Divides what comes from what stands above.
    fn begin_part(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            writeln!(self.out)
        } else {
            Ok(())
        }
    }
}

/// When, by whom, where, in which publication, from which file, on one line; the last is the id, for `morgue show`.
fn facts(hit: &Hit) -> String {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(hit.date.map(|date| date.to_string()));
    if !hit.byline.is_empty() {
        facts.push(names(&hit.byline));
    }
    facts.extend(hit.places.first().map(|place| place.name.clone()));
    facts.extend(hit.source.clone());
    facts.extend(hit.section.clone());
    // An id that was made from the file already tells it.
    if !hit.id.starts_with(&hit.file) {
        facts.push(hit.file.clone());
    }
    // Where all versions are asked for, several hits have one id.
    facts.extend(hit.version.map(|number| format!("version {number}")));
    facts.push(hit.id.clone());
    facts.retain(|fact| !fact.trim().is_empty());
    clean(&facts.join(DOT)).into_owned()
}

/// The authors in words: `Ann Roe, Bo Lund and 4 more`.
pub(super) fn names(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= NAMES => format!("{} and {last}", first.join(", ")),
        _ => format!(
            "{} and {} more",
            names[..NAMES - 1].join(", "),
            names.len() - (NAMES - 1)
        ),
    }
}
