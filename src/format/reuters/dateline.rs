//! Parts what the collection marks as a dateline: place, date, and a first line of the text that was swallowed.
//!
//! The general reader of datelines is [`crate::text::dateline`]. Here the element says already that there is one, so
//! misspelt months (`Narch 2`), missing commas and places in small letters are understood too.

/// A dateline in its parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The place as printed: `RICHMOND, Va.`
    pub(super) place: Option<String>,
    /// What belongs to the text: it stood behind the dash, up to a dash of its own.
    pub(super) swallowed: Option<String>,
}

/// Parts the decoded text of a `<DATELINE>`.
pub(super) fn parts(line: &str) -> Parts {
    let line = crate::text::clean::line(line);
    let words = words(&line);
    let Some(number) = words
        .iter()
        .position(|word| word.text.bytes().any(|byte| byte.is_ascii_digit()))
    else {
        return undated(&line);
    };
    // The day stands behind its month, or before it: `2 March`.
    let day_first = words
        .get(number + 1)
        .is_some_and(|next| is_month(next.text))
        && !number
            .checked_sub(1)
            .is_some_and(|before| is_month(words[before].text));
    let (begin, mut last) = if day_first {
        (number, number + 1)
    } else {
        (number.saturating_sub(1), number)
    };
    if words.get(last + 1).is_some_and(|word| is_agency(word.text)) {
        last += 1;
    }
    let place = place(&line[..words[begin].from]);
    let rest = line[words[last].from + words[last].text.len()..]
        .trim_start_matches([',', '.', ' '])
        .trim_start_matches('-')
        .trim_start();
    Parts {
        place,
        swallowed: (!rest.is_empty()).then(|| rest.to_owned()),
    }
}

/// Without a date it is a place when it is in capitals; else the text's own beginning was taken for a dateline.
fn undated(line: &str) -> Parts {
    let first = line.split_whitespace().next().unwrap_or_default();
    let letters = |upper: bool| {
        first
            .chars()
            .filter(|c| c.is_alphabetic() && c.is_uppercase() == upper)
            .count()
    };
    if letters(true) > 1 && letters(false) == 0 {
        return Parts {
            place: place(line),
            swallowed: None,
        };
    }
    Parts {
        place: None,
        swallowed: (!line.is_empty()).then(|| line.to_owned()),
    }
}

/// A place without the marks before it (`****`, `RPT --`) and the punctuation behind it.
fn place(text: &str) -> Option<String> {
    let text = text.rsplit("--").next().unwrap_or(text);
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    // A single small letter before a wide gap was a slip of the keyboard: `c    CHICAGO`.
    let text = match text.split_once(' ') {
        Some((slip, rest)) if slip.len() == 1 && slip.chars().all(char::is_lowercase) => rest,
        _ => text,
    };
    let mut text = text.trim_end_matches([',', ' ', '-']);
    if text.ends_with(",.") {
        text = text.trim_end_matches([',', '.']);
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// A word of a line, without the commas and dashes around it, and where it stands.
struct Word<'a> {
    from: usize,
    text: &'a str,
}

/// The words of a line; commas divide too (`PARIS,March 16`), and so does a dash at the end of a word (`26-`).
fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut from = 0;
    for piece in line.split_inclusive([' ', ',']) {
        let text = piece.trim_end_matches([' ', ',', '-']);
        if !text.is_empty() {
            words.push(Word { from, text });
        }
        from += piece.len();
    }
    words
}

/// Whether the word is the name of a month, or its beginning.
fn is_month(word: &str) -> bool {
    const MONTHS: &[&str] = &[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    word.get(..3)
        .is_some_and(|begin| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(begin)))
}

/// Whether the word is the agency's own name.
fn is_agency(word: &str) -> bool {
    word.eq_ignore_ascii_case("Reuter") || word.eq_ignore_ascii_case("Reuters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_place_date_and_sometimes_text() {
        let check = |line: &str, place: &str, swallowed: &str| {
            let parts = parts(line);
            assert_eq!(parts.place.as_deref().unwrap_or(""), place, "{line}");
            assert_eq!(
                parts.swallowed.as_deref().unwrap_or(""),
                swallowed,
                "{line}"
            );
        };
        check("    OSLO, March  2 -", "OSLO", "");
        check("    TULSA, Okla. Feb 26 -\n    ", "TULSA, Okla.", "");
        check("    Hull, N.Y,. March 13 - ", "Hull, N.Y", "");
        check("    BERGEN, 2 March - ", "BERGEN", "");
        check("    OSLO,March 16-\n", "OSLO", "");
        check("    MESA, Ariz., - March 4 - ", "MESA, Ariz.", "");
        check(
            "    RPT --BASEL, Switzerland, March 30 - ",
            "BASEL, Switzerland",
            "",
        );
        check("    ****LIMA, Narch 2 - ", "LIMA", "");
        check("    OSLO, March 4, - ", "OSLO", "");
        check("    OSLO, March 20, Reuter - ", "OSLO", "");
        check("    MALMO, March 2O - ", "MALMO", "");
        check(
            "    LEEDS, March 8 - Two men were seen on the half-",
            "LEEDS",
            "Two men were seen on the half-",
        );
        check("    MALMO, Sweden - ", "MALMO, Sweden", "");
        check(" Miller/Sons - ", "", "Miller/Sons -");
        check("c    BOISE, March 9 - ", "BOISE", "");
        check("", "", "");
        check("March 9", "", "");
    }
}
