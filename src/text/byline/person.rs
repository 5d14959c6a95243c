//! Whether a piece of a byline is a person, and how that person's name is written.

use super::case;
use super::without_lead_in;
use super::words::{
    AGENCIES, AGENCIES_AND_NAMES, ARTICLES, CJK_AFTER, CJK_BEFORE, CJK_ORGANISATIONS, HONORIFICS,
    MAYBE_ORGANISATIONS, ORGANISATIONS, OTHER_CREDITS, PARTICLES, PLACES, QUALIFIERS, ROLES, STOPS,
};

/// Where a piece stands in its byline.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// It is the first.
    pub(super) first: bool,
    /// "By" precedes it.
    pub(super) lead_in: bool,
    /// It is one of several that "and" joins, so that a single word is a name, too.
    pub(super) several: bool,
}

/// The person that the words of a piece name, if they do.
pub(super) fn person(words: &[&str], place: Place) -> Option<String> {
    let whole = words.join(" ");
    if whole.chars().any(is_cjk) {
        return cjk_person(&whole);
    }
    let (rest, _) = without_lead_in(&whole);
    let words: Vec<&str> = rest
        .split_whitespace()
        .map(trimmed)
        .filter(|word| !word.is_empty())
        .collect();
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let start = folded
        .iter()
        .take_while(|word| has(HONORIFICS, word))
        .count();
    let (words, folded) = (&words[start..], &folded[start..]);
    let whole = folded.join(" ");
    if words.is_empty()
        || is_agency(&whole)
        || has(PLACES, &whole)
        || (place.first && has(OTHER_CREDITS, &folded[0]))
    {
        return None;
    }
    let (named, folded) = without_role(words, folded)?;
    let beside_a_role = named.len() < words.len();
    let small = place.lead_in
        && place.first
        && (2..=3).contains(&named.len())
        && named.iter().all(|word| is_small(word));
    let is_part = |n: usize| small || is_name_word(named[n]) || has(PARTICLES, &folded[n]);
    let mut length = (0..named.len())
        .take_while(|n| is_part(*n) && (*n == 0 || !has(STOPS, &folded[*n])))
        .count();
    while !small && length > 0 && !is_name_word(named[length - 1]) {
        length -= 1;
    }
    // One capital at the beginning of something else is no name.
    let enough = length > 1 || (length == 1 && named.len() == 1 && is_mononym(named[0], place));
    let (name, folded) = (&named[..length], &folded[..length]);
    let certain = place.first && !beside_a_role;
    let people = enough && length <= 7 && !is_organisation(folded, certain);
    (people && name.iter().any(|word| word.chars().nth(1).is_some()))
        .then(|| case::as_written(name))
}

/// Whether a word alone is somebody: not an acronym, and not the place after a name.
fn is_mononym(word: &str, place: Place) -> bool {
    let acronym = word.chars().count() <= 4 && !word.chars().any(char::is_lowercase);
    !acronym && (place.first || place.several)
}

/// Whether the words of a piece name an organisation. `certain`: they stand where a person is expected.
fn is_organisation(folded: &[String], certain: bool) -> bool {
    let any = |table: &[&str]| folded.iter().any(|word| has(table, word));
    any(ORGANISATIONS)
        || (!certain && any(MAYBE_ORGANISATIONS))
        || (folded.len() == 2 && has(ARTICLES, &folded[0]))
        || folded.first().is_some_and(|word| word == "the")
}

/// The words before a role or an agency, or those after it; nothing when neither can be a name.
fn without_role<'a, 'b>(
    words: &'a [&'b str],
    folded: &'a [String],
) -> Option<(&'a [&'b str], &'a [String])> {
    let special = |word: &String| is_special(word);
    let Some(first) = folded.iter().position(special) else {
        return Some((words, folded));
    };
    let last = folded.iter().rposition(special)?;
    let mut before = first;
    while before > 2 && has(QUALIFIERS, &folded[before - 1]) {
        before -= 1;
    }
    let is_name = |range: std::ops::Range<usize>| {
        range.len() >= 2
            && words[range.clone()].iter().all(|word| is_name_word(word))
            && !folded[range].iter().all(|word| has(QUALIFIERS, word))
    };
    if is_name(0..before) && !has(QUALIFIERS, &folded[0]) {
        Some((&words[..before], &folded[..before]))
    } else if is_name(last + 1..words.len()) {
        Some((&words[last + 1..], &folded[last + 1..]))
    } else {
        None
    }
}

/// A name in Chinese, Japanese or Korean, as it is.
fn cjk_person(piece: &str) -> Option<String> {
    let mut name = piece
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '=' | '。' | '/'));
    while let Some(rest) = CJK_BEFORE
        .iter()
        .find_map(|before| name.strip_prefix(before))
    {
        name = rest.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '：' | '/' | '／')
        });
    }
    // Kim Cheolsu 기자 외 1명: and one more.
    if let Some((before, _)) = name.split_once(" 기자 ") {
        name = before;
    }
    while let Some(rest) = CJK_AFTER.iter().find_map(|after| name.strip_suffix(after)) {
        name = rest.trim_end();
    }
    let organisation = CJK_ORGANISATIONS.iter().any(|end| name.ends_with(end));
    let length = name.chars().count();
    (!organisation && (2..=20).contains(&length) && !name.chars().any(char::is_numeric))
        .then(|| name.to_string())
}

/// Whether it is an agency, a paper, a newsroom, the domain of one.
pub(crate) fn is_agency(piece: &str) -> bool {
    let folded = fold(piece);
    has(AGENCIES, folded.trim_start_matches("the ")) || is_domain(&folded)
}

fn is_domain(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(name, domain)| {
        name.len() > 2
            && (2..=4).contains(&domain.len())
            && !word.contains(' ')
            && domain.bytes().all(|byte| byte.is_ascii_lowercase())
            // J.R.R. and Dr.med. are none.
            && name.split('.').all(|part| part.len() > 2)
    })
}

/// Whether a folded word is a role or an agency.
pub(super) fn is_special(folded: &str) -> bool {
    has(ROLES, folded) || (is_agency(folded) && !has(AGENCIES_AND_NAMES, folded))
}

/// Whether a word can be part of a name: it begins with a capital, or its script has none, and holds letters only.
pub(super) fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return false;
    };
    let begins = word
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '‘'));
    // d'Arc, al-Sisi, O’Neill: a later capital does as well.
    let capital = !first.is_lowercase()
        || (word.contains(['\'', '’', '-']) && letters.clone().any(char::is_uppercase));
    let allowed = |c: char| {
        c.is_alphabetic()
            || matches!(
                c,
                '\'' | '’' | '‘' | '-' | '‐' | '‑' | '.' | '\u{200c}' | '\u{200d}'
            )
            || unicode_normalization::char::is_combining_mark(c)
    };
    begins && capital && word.chars().all(allowed)
}

fn is_small(word: &str) -> bool {
    word.chars()
        .all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-' | '.'))
        && word.chars().count() > 1
}

/// A word without the marks around it. A dot stays: it may belong to initials.
fn trimmed(word: &str) -> &str {
    let word = word.trim_matches(|c: char| {
        matches!(
            c,
            ',' | ':' | '=' | '*' | '"' | '“' | '”' | '„' | '…' | '_' | '«' | '!' | '?'
        )
    });
    let dots_inside = word.trim_end_matches('.').contains('.');
    let short = word.chars().count() <= 3;
    if dots_inside || short {
        word
    } else {
        word.trim_end_matches('.')
    }
}

/// Lower case, no dots at the end.
pub(super) fn fold(word: &str) -> String {
    word.trim()
        .trim_end_matches(['.', ',', ':', '='])
        .to_lowercase()
}

pub(super) fn has(table: &[&str], word: &str) -> bool {
    table.contains(&word)
}

pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{1100}'..='\u{11ff}')
}
