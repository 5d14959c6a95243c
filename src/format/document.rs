//! What documents (PDF, DOCX) share: lines of furniture under their headline, and what the programs that made them say of them.
//!
//! When a file was made is no day of publication: it is [`Draft::updated`] at best.

use chrono::Datelike;

use super::prose::Piece;
use super::text::furniture;
use super::{Draft, MapField};
use crate::text::byline;
use crate::text::date::Reading;

/// In so many pieces at the beginning byline and date may stand alone.
const OPENING: usize = 8;

/// Where they stand.
const LINE: &str = "a line of its own at the head of the text";

/// A title has so many words.
const WORDS: std::ops::RangeInclusive<usize> = 3..=40;

/// Whether the title of a file is one of a text: programs write the name of a file there, or their own.
pub(super) fn is_sensible(title: &str) -> bool {
    const OURS: &[&str] = &[
        "untitled",
        "microsoft",
        "powerpoint",
        "print",
        "document",
        "layout",
    ];
    const ENDS: &[&str] = &[
        ".doc", ".docx", ".pdf", ".indd", ".qxd", ".qxp", ".pmd", ".rtf", ".txt", ".odt", ".tex",
        ".dvi", ".ps", ".html", ".htm", ".pages", ".tif", ".jpg",
    ];
    let small = title.to_lowercase();
    let words = title.split_whitespace().count();
    WORDS.contains(&words)
        && !OURS.iter().any(|it| small.starts_with(it))
        && !ENDS.iter().any(|it| small.ends_with(it))
        && !small.contains(['\\', '_', '�'])
}

/// Takes lines that are nothing but a byline or a date.
pub(super) fn opening(pieces: &mut Vec<Piece>, draft: &mut Draft) {
    let mut at = 0;
    while at < pieces.len().min(OPENING) {
        let Some(found) = furniture(&pieces[at].text).filter(|_| pieces.len() > 1) else {
            at += 1;
            continue;
        };
        let origins = &mut draft.origins;
        draft.date = draft
            .date
            .or_else(|| origins.told(MapField::Date, LINE, found.date));
        let updated = origins.told(MapField::Updated, LINE, found.updated);
        draft.updated = updated.or(draft.updated);
        if let (Some(line), None) = (found.byline, &draft.article.byline_line) {
            draft.article.byline = byline::names(&line);
            draft.article.byline_line = Some(line);
            origins.note(MapField::Byline, LINE);
        }
        pieces.remove(at);
    }
}

/// What was published years before the file was made is not changed by that.
pub(super) fn drop_late_change(draft: &mut Draft) {
    let year = |reading: Option<Reading>| Some(reading?.settle(None)?.first_day().year());
    if let (Some(date), Some(updated)) = (year(draft.date), year(draft.updated))
        && updated > date + 1
    {
        draft.updated = None;
        draft.origins.forget(MapField::Updated);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_told_from_names_of_files() {
        let check = |title: &str, expected| assert_eq!(is_sensible(title), expected, "{title}");
        check("Ferry to run again", true);
        check("Microsoft Word - ferry final.doc", false);
        check("ferry to run.indd", false);
        check("A1 front_page final", false);
        check("Untitled", false);
        check("Layout 1", false);
    }
}
