//! In what two writings of one text may differ: each is brought to one form, and what stands there
//! is led back to where it came from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::text::analysis::is_unspaced;

/// A difference that makes no other quote of a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tolerance {
    /// Straight, curved, low and angled quotation marks and apostrophes; two single marks for a double one.
    QuotationMarks,
    /// Hyphens, dashes of any length, two or three hyphens for one dash.
    Dashes,
    /// How many blanks and line ends, and of which kind; blanks around dashes; characters that are not seen.
    WhiteSpace,
}

impl Tolerance {
    /// All of them.
    pub const ALL: [Tolerance; 3] = [
        Tolerance::QuotationMarks,
        Tolerance::Dashes,
        Tolerance::WhiteSpace,
    ];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Tolerance::QuotationMarks => "quotation marks",
            Tolerance::Dashes => "dashes",
            Tolerance::WhiteSpace => "white space",
        }
    }
}

/// What a character is to a tolerance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Single,
    Double,
    Dash,
    Blank,
    Unseen,
    Other,
}

const fn kind(c: char) -> Kind {
    match c {
        '\'' | '`' | '´' | 'ʼ' | '‘'..='‛' | '′' | '‹' | '›' | '＇' => Kind::Single,
        '"' | '“'..='‟' | '″' | '«' | '»' | '＂' | '״' => Kind::Double,
        '-' | '‐'..='―' | '−' | '﹘' | '﹣' | '－' => Kind::Dash,
        '\u{ad}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => Kind::Unseen,
        ' '
        | '\0'..='\u{1f}'
        | '\u{7f}'..='\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Kind::Blank,
        _ => Kind::Other,
    }
}

/// Whether a character opens or closes a quotation, or is an apostrophe.
pub(super) const fn is_quotation_mark(c: char) -> bool {
    matches!(kind(c), Kind::Single | Kind::Double)
}

/// Whether a character stands in a word together with its neighbours.
pub(super) fn is_of_word(c: char) -> bool {
    (c.is_alphanumeric() || canonical_combining_class(c) != 0)
        && !is_unspaced(c.encode_utf8(&mut [0; 4]))
}

/// `text` with all that is `tolerated` made alike, and no blanks at its ends where white space is. A letter and its accents are
/// one character where Unicode calls them the same (NFC), whatever is tolerated.
pub(super) fn folded(text: &str, tolerated: &[Tolerance]) -> String {
    let mut folded = String::with_capacity(text.len());
    fold(text, tolerated, &mut |c, _| folded.push(c));
    folded
}

/// The characters of `text` that a range of bytes of its folded form was made of. The way is gone a second time rather than
/// noted the first time: a text may be as long as a file.
pub(super) fn origin(text: &str, tolerated: &[Tolerance], bytes: &Range<usize>) -> Range<usize> {
    let (mut at, mut origin) = (0, None::<Range<usize>>);
    fold(text, tolerated, &mut |c, from| {
        if bytes.contains(&at) {
            let start = origin.as_ref().map_or(from.start, |origin| origin.start);
            origin = Some(start..from.end);
        }
        at += c.len_utf8();
    });
    origin.unwrap_or_default()
}

/// Gives each character of the folded form, with the range of characters of `text` that it was made of.
fn fold(text: &str, tolerated: &[Tolerance], each: &mut dyn FnMut(char, Range<usize>)) {
    let tolerates = |tolerance| tolerated.contains(&tolerance);
    let (marks, dashes, blanks) = (
        tolerates(Tolerance::QuotationMarks),
        tolerates(Tolerance::Dashes),
        tolerates(Tolerance::WhiteSpace),
    );
    let mut chars = text.chars().enumerate().peekable();
    // Where blanks began that are still to be written, and whether what was written last takes none.
    let (mut blank, mut closed) = (None, true);
    while let Some((at, c)) = chars.next() {
        let mut to = at + 1;
        let mut same = |c: char| chars.next_if(|(_, next)| *next == c).is_some();
        let (written, is_dash) = match kind(c) {
            Kind::Unseen if blanks => continue,
            Kind::Blank if blanks => {
                blank.get_or_insert(at);
                continue;
            }
            Kind::Single if marks => {
                let is_double = matches!(c, '\'' | '`') && same(c);
                to += usize::from(is_double);
                (if is_double { '"' } else { '\'' }, false)
            }
            Kind::Double if marks => ('"', false),
            Kind::Dash if dashes => {
                while c == '-' && same(c) {
                    to += 1;
                }
                ('-', true)
            }
            kind => (c, kind == Kind::Dash),
        };
        if let Some(from) = blank.take()
            && !closed
            && !is_dash
        {
            each(' ', from..at);
        }
        closed = is_dash && blanks;
        let mut letter = String::from(written);
        while let Some((_, mark)) = chars.next_if(|(_, next)| joins(*next)) {
            letter.push(mark);
            to += 1;
        }
        for c in letter.nfc() {
            each(c, at..to);
        }
    }
}

/// Whether Unicode may compose a character with the one before it: accents, and the inner letters of Korean syllables.
fn joins(c: char) -> bool {
    canonical_combining_class(c) != 0 || matches!(c, '\u{1160}'..='\u{11ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(folded(text, &Tolerance::ALL), expected);
    }

    #[test]
    fn one_form_of_many() {
        check("“It’s «so» ‘now’”", "\"It's \"so\" 'now'\"");
        check("``So,'' he said", "\"So,\" he said");
        check("1914–18 — a war--and more", "1914-18-a war-and more");
        check(
            "  one\u{a0}two \n\n three\u{200b}\u{ad}four ",
            "one two threefour",
        );
        check("cafe\u{301}", "café");
        check("\u{1112}\u{1161}\u{11ab}", "한");
        check("", "");
    }

    #[test]
    fn a_stretch_is_led_back() {
        let text = " A --  b";
        assert_eq!(folded(text, &Tolerance::ALL), "A-b");
        let origin = |bytes| origin(text, &Tolerance::ALL, &bytes);
        assert_eq!(
            [origin(0..1), origin(1..2), origin(1..3)],
            [1..2, 3..5, 3..8]
        );
    }
}
