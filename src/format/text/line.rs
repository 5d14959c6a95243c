//! Tells what a single line near the headline is: a byline, a date, a caption, the name of a section.
//!
//! By shape: separators, dates, capitals, length. The few words that are known (by, updated, photo) are known in several
//! languages. Which line stands where is the work of [`super::parts`].

use super::prose::words;
use crate::text::date::{self, Reading};
use crate::text::edtf::Edtf;
use crate::text::sentence::is_end;

/// What a line between headline and text says of the article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::format) struct Furniture {
    /// The byline as printed.
    pub(in crate::format) byline: Option<String>,
    /// When it was published.
    pub(in crate::format) date: Option<Reading>,
    /// When it was changed.
    pub(in crate::format) updated: Option<Reading>,
}

/// Words before the name of an author.
const BY: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "door",
    "av",
    "af",
    "od",
    "yazan",
    "haber",
    "text",
    "story by",
    "written by",
    "reported by",
    "автор",
    "author",
    "autor",
    "auteur",
    "autore",
    "记者",
    "記者",
];

/// Beginnings of words that say that a date is that of a change.
const CHANGED: &[&str] = &[
    "updat",
    "modif",
    "last",
    "aktual",
    "geänd",
    "mis à jour",
    "mise à jour",
    "actualiz",
    "güncel",
    "guncel",
    "обновл",
    "aggiorn",
    "upprep",
    "uppdat",
    "opdat",
    "oppdat",
    "bijgew",
    "更新",
    "تحديث",
    "آخر",
];

/// Words before a date.
const BEFORE: &[&str] = &[
    "published",
    "posted",
    "publié le",
    "veröffentlicht am",
    "publicado el",
    "last updated",
    "last modified",
    "updated",
    "mis à jour le",
    "aktualisiert am",
    "actualizado el",
    "on",
];

/// Words at the beginning of a caption.
const PICTURE: &[&str] = &[
    "photo",
    "file photo",
    "picture",
    "pictured",
    "image",
    "caption",
    "foto",
    "bild",
    "imagen",
    "fotoğraf",
    "illustration",
    "(photo",
    "[photo",
    "фото",
    "图",
    "圖",
];

/// Words in small letters that belong to names and titles.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "dos", "van", "von", "der", "den", "bin", "ibn", "al", "el",
    "la", "le", "and", "und", "et", "y", "e", "ve", "och", "og", "in", "for", "of", "with", "at",
];

/// Reads a line as byline, date or both; `None` when it is something else.
pub(in crate::format) fn furniture(line: &str) -> Option<Furniture> {
    if line.chars().take(161).count() > 160 {
        return None;
    }
    let mut found = Furniture::default();
    let mut names: Vec<&str> = Vec::new();
    let mut unknown = 0;
    for part in split(line) {
        let (label, rest) = labelled(part);
        if let Some(date) = whole_date(rest) {
            let changed = label.is_some_and(is_changed) || found.date.is_some();
            let place = if changed {
                &mut found.updated
            } else {
                &mut found.date
            };
            place.get_or_insert(date);
        } else if is_signed(part) || is_name(part) {
            names.push(part);
        } else if !is_clock(rest) {
            unknown += 1;
        }
    }
    let dated = found.date.is_some() || found.updated.is_some();
    let signed = names.iter().any(|name| is_signed(name));
    if unknown > usize::from(dated) || !dated && (!signed || unknown > 0) {
        return None;
    }
    // A date line may begin with the name of the publication, a byline never comes after one.
    found.byline = names.first().map(|_| names.join(", "));
    Some(found)
}

/// The parts of a line between bars, bullets and free-standing dashes.
fn split(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·', '●', '\t'])
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" — "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A label before a colon, or a word like "Updated" before a date, and what follows.
fn labelled(part: &str) -> (Option<&str>, &str) {
    if let Some((label, rest)) = part.split_once(':') {
        let short = label.chars().count() <= 24 && !label.bytes().any(|byte| byte.is_ascii_digit());
        if short && !rest.trim().is_empty() {
            return (Some(label.trim()), rest.trim());
        }
    }
    let digit = part.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let lower = part[..digit].to_lowercase();
    let label = BEFORE
        .iter()
        .find(|label| lower.starts_with(**label) && lower[label.len()..].starts_with([' ', ',']));
    match label.and_then(|label| Some((part.get(..label.len())?, part.get(label.len()..)?))) {
        Some((label, rest)) => (
            Some(label),
            rest.trim_start_matches([' ', ','])
                .trim_start_matches("on "),
        ),
        None => (None, part),
    }
}

/// The date that the whole of a short text is. A bare year is none: `1945 GMT` is a time.
fn whole_date(text: &str) -> Option<Reading> {
    let short = (6..=48).contains(&text.len()) && text.split_whitespace().count() <= 8;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let read = (short && digits >= 4)
        .then(|| date::read(text, None))
        .flatten()?;
    (!matches!(read, Reading::Settled(Edtf::Year(_)))).then_some(read)
}

fn is_changed(label: &str) -> bool {
    let label = label.to_lowercase();
    CHANGED.iter().any(|begin| label.contains(begin))
}

/// A time of the day, or how long reading takes: nothing that an article keeps.
fn is_clock(text: &str) -> bool {
    let clock = text.split_whitespace().next().is_some_and(|first| {
        let first = first.trim_end_matches(|c: char| c.is_alphabetic());
        first.contains([':', '.'])
            && first
                .bytes()
                .all(|byte| byte.is_ascii_digit() || b":.".contains(&byte))
    });
    let reading = text.starts_with(|c: char| c.is_ascii_digit())
        && words(text) <= 4
        && text.to_lowercase().contains("min");
    clock && words(text) <= 3 || reading
}

/// Whether a part begins with "by", in some language, before a name.
fn is_signed(part: &str) -> bool {
    let lower = part.to_lowercase();
    BY.iter().any(|by| {
        let rest = lower
            .strip_prefix(by)
            .and_then(|rest| rest.strip_prefix([' ', ':']));
        rest.is_some_and(|rest| {
            // Lower-casing may change lengths: the name is taken by its number of characters.
            let skip = lower.chars().count() - rest.chars().count();
            let from = part
                .char_indices()
                .nth(skip)
                .map_or(part.len(), |(at, _)| at);
            is_name(part[from..].trim().trim_end_matches('.'))
        })
    })
}

/// One to nine words that begin with capitals, without numbers: names, perhaps with a title or an agency.
pub(super) fn is_name(part: &str) -> bool {
    let mut capitals = 0;
    let mut count = 0;
    for word in part
        .split([' ', ',', '/', '&'])
        .filter(|word| !word.is_empty())
    {
        count += 1;
        let Some(first) = word.trim_start_matches(['(', '"', '“']).chars().next() else {
            return false;
        };
        if first.is_uppercase() || first.is_alphabetic() && !first.is_lowercase() {
            capitals += 1;
        } else if !PARTICLES.contains(&word) {
            return false;
        }
    }
    let plain = !part.contains(|c: char| c.is_ascii_digit() || "!?:;=<>".contains(c))
        && !part.ends_with('.');
    (1..=9).contains(&count) && capitals > 0 && plain
}

/// Whether a line says that it stands under a picture.
pub(super) fn is_caption(line: &str) -> bool {
    let lower = line.to_lowercase();
    let begins = PICTURE.iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            rest.starts_with([':', ' ', ')', '/', '：'])
                && (rest.contains(':')
                    || rest.contains('：')
                    || rest.contains(" by ")
                    || word.starts_with(['(', '[']))
        })
    });
    let credited = [
        "getty images",
        "/ afp",
        "/afp",
        "/reuters",
        "/ reuters",
        "(ap photo",
        "[photo",
        "(photo",
        "/ap",
    ]
    .iter()
    .any(|credit| lower.contains(credit));
    begins || credited && words(line) <= 60
}

/// Whether a line may name a section: a few words with no mark at their end.
pub(super) fn is_label(line: &str) -> bool {
    let short = line.chars().take(31).count() <= 30 && words(line) <= 3;
    let plain = !line.ends_with(['.', '!', '?', ':', ',', '"'])
        && !line.bytes().any(|byte| byte.is_ascii_digit());
    short && plain && line.chars().any(char::is_alphabetic)
}

/// Whether a line ends as sentences do.
pub(in crate::format) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', '»', '」', '』', '）'])
        .ends_with(is_end)
}

/// Whether a line can only be a paragraph: long, or a whole sentence of some length.
pub(super) fn is_paragraph(line: &str) -> bool {
    let count = words(line);
    count >= 30 || count >= 12 && ends_sentence(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_and_dates_are_told_by_their_shape() {
        let check = |line: &str, byline: Option<&str>, dates: (bool, bool)| {
            let found = furniture(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.byline.as_deref(), byline, "{line}");
            assert_eq!(
                (found.date.is_some(), found.updated.is_some()),
                dates,
                "{line}"
            );
        };
        check(
            "Ada Byron  | 18.09.2024 - Update : 19.09.2024",
            Some("Ada Byron"),
            (true, true),
        );
        check(
            "By Ada Byron and Jo March",
            Some("By Ada Byron and Jo March"),
            (false, false),
        );
        check(
            "Von Jo March | 3.10.2023",
            Some("Von Jo March"),
            (true, false),
        );
        check("2024-05-03", None, (true, false));
        check(
            "Published: 2024-05-03 | Updated: 2024-05-04",
            None,
            (true, true),
        );
        check("May 3, 2024 • 4 min read", None, (true, false));
        for line in [
            "By noon the ferry had gone, and nobody knew why.",
            "Bridge | Ferry | Boats",
            "Ferry to run again",
            "The 3 boats",
            "1945 GMT",
            "",
        ] {
            assert_eq!(furniture(line), None, "{line}");
        }
    }

    #[test]
    fn captions_labels_and_paragraphs() {
        assert!(is_caption("Photo: the ferry at noon"));
        assert!(is_caption("The ferry at noon (Photo by Jo March)"));
        assert!(!is_caption("Photos of the ferry were shown."));
        assert!(is_label("Middle East"));
        assert!(!is_label("Is it?"));
        assert!(is_paragraph(
            "The ferry between the two islands will run again from Monday, its owner said."
        ));
        assert!(!is_paragraph("The ferry will run again."));
    }
}
