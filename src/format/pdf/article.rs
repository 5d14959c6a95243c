//! Blocks of print → headline, date, text. The title that the file states is the headline where it is one; else the largest
//! print of the first page is.
//!
//! The day is the one that is printed, or that the file states as the day of publication. When the file was made or changed
//! is [`Draft::updated`], and not even that where the day is years before: then the file is a scan or a copy.

use super::cmap::utf16;
use super::file::File;
use super::lines::Block;
use super::object::{Dict, Object};
use crate::article::Article;
use crate::format::prose::{Piece, Prose};
use crate::format::scan::{self, Paragraph};
use crate::format::{Draft, MapField, Record};
use crate::format::{document, story};
use crate::text::date::{self, Reading};
use crate::text::{byline, clean};

/// Print that is so much larger than that of the text is a heading.
const LARGER: f64 = 1.15;

/// Headings have so many words at most, those in bold letters of the size of the text fewer.
const WORDS: usize = 40;
const BOLD_WORDS: usize = 12;

/// A piece of the text, and the size of its print.
struct Sized {
    text: String,
    size: f64,
    heading: bool,
    page: usize,
}

/// The record of a file.
pub(super) fn record(file: &File<'_>, pages: &[Vec<Block>], heads: &[String]) -> Record {
    let mut pieces = pieces(pages);
    let mut draft = Draft::default();
    let info = match file.trailer("Info") {
        Object::Dict(info) => info.clone(),
        _ => Dict::default(),
    };
    stated(file, &info, &mut draft);
    let title = text(file.get(&info, "Title"));
    draft.article.headline = headline(&title, &mut pieces);
    let at = if document::is_sensible(&title) {
        "Title of the file"
    } else {
        "the largest print of the first page"
    };
    draft.origins.note(MapField::Headline, at);
    let mut pieces: Vec<Piece> = pieces
        .into_iter()
        .map(|piece| Piece {
            text: piece.text,
            heading: piece.heading,
        })
        .collect();
    document::opening(&mut pieces, &mut draft);
    if draft.date.is_none() {
        let mut found = heads.iter().filter_map(|head| date::find(head, None));
        let found = found.next().map(|(_, reading)| reading);
        let at = "the line at the head of the pages";
        draft.date = draft.origins.told(MapField::Date, at, found);
    }
    document::drop_late_change(&mut draft);
    let prose = Prose {
        pieces,
        ..Prose::default()
    };
    let author = text(file.get(&info, "Author"));
    draft.origins.note(MapField::Body, "the print of the pages");
    story::record(draft, prose).map(|mut draft| {
        // Most authors are names of accounts, or of programs.
        if draft.article.byline_line.is_none() && author.contains(' ') {
            draft.article.byline = byline::names(&author);
            draft.origins.note(MapField::Byline, "Author of the file");
        }
        draft
    })
}

/// Paragraphs and headings; what goes on in the next column or on the next page is one.
fn pieces(pages: &[Vec<Block>]) -> Vec<Sized> {
    let usual = usual_size(pages);
    let lines = || pages.iter().flatten().flat_map(|block| &block.lines);
    let bold = lines().filter(|line| line.bold).count() * 2 > lines().count();
    let mut pieces: Vec<Sized> = Vec::new();
    let mut open = Paragraph::default();
    let mut close = |open: &mut Paragraph, size: f64, page: usize, heading: bool| {
        let text = std::mem::take(open).into_text();
        if !text.is_empty() {
            pieces.push(Sized {
                heading: heading && !byline::is_byline(&text),
                text,
                size,
                page,
            });
        }
    };
    let mut last = (0.0, 0, false);
    for (number, page) in pages.iter().enumerate() {
        for block in page {
            let size = block.size();
            let words: usize = block
                .lines
                .iter()
                .map(|line| line.text.split(' ').count())
                .sum();
            let large = size > usual * LARGER && words <= WORDS;
            let heading = large || !bold && block.is_bold() && words <= BOLD_WORDS;
            let words: Vec<_> = block
                .lines
                .iter()
                .map(|line| scan::Line::of(&line.text))
                .collect();
            let goes_on = words.first().is_some_and(|first| open.goes_on_in(first));
            let same = (last.0 / size - 1.0_f64).abs() < 0.05 && heading == last.2;
            if !(same && goes_on) {
                close(&mut open, last.0, last.1, last.2);
                last = (size, number, heading);
            }
            for line in &words {
                open.push(line);
            }
        }
    }
    close(&mut open, last.0, last.1, last.2);
    pieces
}

/// The size that most letters have.
fn usual_size(pages: &[Vec<Block>]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = pages
        .iter()
        .flatten()
        .flat_map(|block| &block.lines)
        .map(|line| (line.size, line.text.len()))
        .collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut passed = 0;
    for (size, letters) in sizes {
        passed += letters;
        if passed >= half {
            return size;
        }
    }
    1.0
}

/// The headline; where it is printed it is taken out of the text.
fn headline(title: &str, pieces: &mut Vec<Sized>) -> String {
    let largest = pieces
        .iter()
        .enumerate()
        .filter(|(_, it)| it.heading && it.page == 0)
        .filter(|(_, it)| it.text.chars().filter(|c| c.is_alphabetic()).count() >= 4)
        .fold(None::<(usize, f64)>, |best, (at, it)| match best {
            Some((_, size)) if size >= it.size * 0.97 => best,
            _ => Some((at, it.size)),
        });
    let printed = pieces
        .iter()
        .position(|it| it.page == 0 && it.text.eq_ignore_ascii_case(title));
    if document::is_sensible(title) {
        if let Some(at) = printed {
            take_out(at, pieces);
        }
        return title.to_owned();
    }
    match largest {
        Some((at, _)) if pieces.len() > 1 => take_out(at, pieces),
        _ => String::new(),
    }
}

/// Takes the headline out. What stands above it is no deck.
fn take_out(at: usize, pieces: &mut Vec<Sized>) -> String {
    for piece in &mut pieces[..at] {
        piece.heading = false;
    }
    pieces.remove(at).text
}

/// What the file states of itself.
fn stated(file: &File<'_>, info: &Dict, draft: &mut Draft) {
    let Draft {
        article, origins, ..
    } = draft;
    let Article {
        topics, language, ..
    } = article;
    let keywords = text(file.get(info, "Keywords"));
    topics.extend(
        keywords
            .split([',', ';'])
            .map(clean::line)
            .filter(|it| !it.is_empty()),
    );
    origins.note(MapField::Topics, "Keywords of the file");
    for member in ["ModDate", "CreationDate"] {
        draft.updated = draft.updated.or_else(|| {
            let day = day(&text(file.get(info, member)));
            origins.told(MapField::Updated, member, day)
        });
    }
    let Object::Dict(root) = file.trailer("Root") else {
        return;
    };
    *language = crate::text::language::normalise(&text(file.get(root, "Lang")));
    origins.note(MapField::Language, "Lang of the document");
    let metadata = file.stream(root.get("Metadata")).unwrap_or_default();
    let metadata = String::from_utf8_lossy(&metadata);
    let members = ["prism:publicationDate", "prism:coverDate", "dc:date"];
    draft.date = members.iter().find_map(|name| {
        let day = member(&metadata, name);
        origins.told(MapField::Date, ("metadata", *name), day)
    });
}

/// The date that a member of the metadata (XMP) is, an element or an attribute.
fn member(metadata: &str, name: &str) -> Option<Reading> {
    let (_, rest) = metadata.split_once(name)?;
    let value: String = rest.chars().take(200).collect();
    // `="2024-05-03"`, `>2024-05-03<`, and in a list of one.
    let begin = value.find(|c: char| c.is_ascii_digit())?;
    let value = &value[begin..];
    let end = value.find(['<', '"', '\'']).unwrap_or(0);
    date::read(&value[..end], None)
}

/// `D:20240503101500+02'00'`: its day.
fn day(text: &str) -> Option<Reading> {
    let digits = text.strip_prefix("D:").unwrap_or(text).get(..8)?;
    let iso = format!(
        "{}-{}-{}",
        digits.get(..4)?,
        digits.get(4..6)?,
        digits.get(6..8)?
    );
    date::read(&iso, None)
}

/// A string of text: UTF-16 or UTF-8 by its mark, else near enough to Windows-1252.
fn text(object: &Object) -> String {
    let text = match object.bytes().unwrap_or_default() {
        [0xfe, 0xff, rest @ ..] => utf16(rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    };
    clean::line(&text)
}
