//! The words, numbers and marks of a text, as the shapes of dates need them.
//!
//! Words are compared without case and accents, numbers are read in any script's digits. Nothing here knows a date.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Decimal digits: their value, and how many there are.
    Number(u64, usize),
    /// Letters; the folded form is in [`Token::word`].
    Word,
    /// Any other character that is no blank.
    Mark(char),
}

/// One token and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The folded word; empty for numbers and marks.
    pub(super) word: String,
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether a blank precedes it, or nothing does.
    pub(super) spaced: bool,
}

/// Splits a text into its tokens, at most `most` of them. Characters that only steer writing direction or joining are
/// left out.
pub(super) fn tokens(text: &str, most: usize) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut spaced = true;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if tokens.len() == most {
            break;
        }
        if c.is_whitespace() || c == '\u{200b}' {
            spaced = true;
            continue;
        }
        if is_ignored(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        let mut word = String::new();
        let kind = if let Some(digit) = digit(c) {
            let (mut value, mut count) = (digit, 1);
            while let Some(digit) = chars.peek().and_then(|(_, c)| self::digit(*c)) {
                value = value.saturating_mul(10).saturating_add(digit);
                count += 1;
                end = chars.next().map_or(end, |(at, c)| at + c.len_utf8());
            }
            Kind::Number(value, count)
        } else if is_letter(c) {
            // A Han character or a Thai-like run is a word of its own or a long one; both are looked up whole.
            while let Some((at, next)) = chars.next_if(|(_, next)| {
                (is_letter(*next) && !is_han(c) && !is_han(*next)) || is_ignored(*next)
            }) {
                end = at + next.len_utf8();
            }
            word = fold(&text[start..end]);
            Kind::Word
        } else {
            Kind::Mark(c)
        };
        tokens.push(Token {
            kind,
            word,
            start,
            end,
            spaced,
        });
        spaced = false;
    }
    tokens
}

/// Lower case, without the accents of Latin, Cyrillic and Greek or the vowel points of Arabic and Hebrew, with one form
/// of letters that are written in several ways.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let lower = word.to_lowercase();
    lower
        .nfkd()
        .filter(|c| {
            !is_ignored(*c)
                && !matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}')
        })
        .map(|c| match c {
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ς' => 'σ',
            'ی' | 'ى' => 'ي',
            'ک' => 'ك',
            'ة' => 'ه',
            _ => c,
        })
        .nfc()
        .collect()
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

/// Direction marks, joiners, soft hyphens, byte-order marks.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}')
}

/// The value of a decimal digit of the scripts that news is written in.
fn digit(c: char) -> Option<u64> {
    const ZEROS: [char; 10] = ['0', '٠', '۰', '०', '০', '௦', '๐', '၀', '០', '０'];
    if c.is_ascii() {
        return c.to_digit(10).map(u64::from);
    }
    ZEROS.iter().find_map(|zero| {
        let value = u64::from(u32::from(c)).checked_sub(u64::from(u32::from(*zero)))?;
        (value < 10).then_some(value)
    })
}
