//! Bylines → the names of people: `By ANN LEE and Bo Ek, AP Business Writers` → Ann Lee, Bo Ek.
//!
//! A byline is cut at its separators, and each piece is a person, or is not: a role, an agency, a place, a date. In doubt a piece
//! of two or more capitalised words is a person and a single word after others is not. No dictionary of names is asked.

mod case;
mod person;
mod words;

pub(crate) use self::person::is_agency;
use self::person::{Place, fold, has, is_cjk, is_name_word, is_special, person};
use self::words::{
    ALSO_IN_NAMES, AND, AND_OR_PART, AROUND_LEAD_INS, HONORIFICS, LEAD_INS, ORGANISATIONS,
    OTHER_CREDITS, PARTICLES, PLACES, ROLES, STOPS, SUFFIXES,
};
use super::{clean, date};

/// Longer lines are no bylines; what lies beyond is not looked at, in bytes.
const LONGEST: usize = 600;

/// The names of the people in a byline, as people write them, in its order, each once.
///
/// Without "By", roles, agencies, places, dates, addresses and handles; an agency alone gives nothing, initials alone
/// (`gr/bp`) neither. Names in capitals get small letters. `Last, First` is turned round where nothing else fits.
#[must_use]
pub fn names(line: &str) -> Vec<String> {
    let line = clean::printable(line);
    let line = without_asides(head(&line, LONGEST));
    let mut people: Vec<String> = Vec::new();
    for part in parts(&labels_apart(&without_dates(&line))) {
        for name in people_in(part, people.is_empty()) {
            if !people.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
                people.push(name);
            }
        }
    }
    people
}

/// Whether a short line looks like a byline: it begins with "By" (Von, Par, Por …) and what follows is a name, a
/// role or an agency, not a sentence.
#[must_use]
pub fn is_byline(line: &str) -> bool {
    let line = clean::line(head(line, LONGEST));
    let (rest, lead_in) = without_lead_in(&line);
    if !lead_in || line.len() > 160 {
        return false;
    }
    let before_comma = rest
        .split([',', ';', '|', '(', '/'])
        .next()
        .unwrap_or_default();
    let mut words: Vec<&str> = before_comma.split_whitespace().collect();
    if let Some(end) = words
        .iter()
        .position(|word| has(STOPS, word))
        .filter(|end| *end >= 2)
    {
        words.truncate(end);
    }
    let in_names = |word: &&str| {
        let folded = fold(word);
        is_name_word(word)
            || has(AND, &folded)
            || has(AND_OR_PART, &folded)
            || has(PARTICLES, &folded)
            || is_special(&folded)
    };
    let known = || {
        is_agency(before_comma)
            || words
                .iter()
                .any(|word| has(ROLES, &fold(word)) || has(ORGANISATIONS, &fold(word)))
    };
    (1..=12).contains(&words.len())
        && !line.trim_end_matches("Jr.").ends_with(['.', '!', '?'])
        && words.iter().all(in_names)
        && (!names(&line).is_empty() || known())
}

/// The beginning of a text, at most so many bytes.
fn head(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The line without what stands in brackets.
fn without_asides(line: &str) -> String {
    let mut depth = 0u32;
    let mut kept = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '(' | '[' | '（' | '<' => depth += 1,
            ')' | ']' | '）' | '>' => {
                depth = depth.saturating_sub(1);
                kept.push(' ');
            }
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The line with each full date replaced by a line end.
fn without_dates(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    // A byline has a date or two; more are no reason to go on for long.
    for _ in 0..4 {
        let Some((range, _)) = date::find(rest, None) else {
            break;
        };
        kept.push_str(&rest[..range.start]);
        kept.push('\n');
        rest = &rest[range.end..];
    }
    kept.push_str(rest);
    kept
}

/// The line with a line end before each word that announces another credit (`Text: Ann Lee Photo: Bo Ek`), and after
/// each that ends a sentence.
fn labels_apart(line: &str) -> String {
    let mut kept = String::with_capacity(line.len() + 8);
    let mut ended = false;
    for word in line.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if ended || (bare.ends_with(':') && bare.len() > 2) {
            kept.push('\n');
        }
        kept.push_str(word);
        ended = bare.strip_suffix('.').is_some_and(|bare| {
            bare.len() > 2 && !bare.contains('.') && !has(HONORIFICS, &fold(bare))
        });
    }
    kept
}

/// Cuts at the marks that always divide.
fn parts(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    for mark in [
        "\n", ";", "|", "/", "•", "·", "–", "—", " - ", "--", "；", "、", "／", "｜", "»",
    ] {
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(mark))
            .collect();
    }
    // Between katakana the middle dot joins first and last name.
    let divides =
        |part: &str| part.contains('・') && !part.chars().any(|c| matches!(c, 'ァ'..='ヺ'));
    parts
        .into_iter()
        .flat_map(|part| {
            if divides(part) {
                part.split('・').collect()
            } else {
                vec![part]
            }
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The people in a part that commas and "and" divide. `first`: nobody has been found before it.
fn people_in(part: &str, first: bool) -> Vec<String> {
    let (part, lead_in) = without_lead_in(part);
    let first_word = part.split_whitespace().next().unwrap_or_default();
    let unknown_label = first_word.ends_with(':') && !has(ROLES, &fold(first_word));
    if unknown_label || has(OTHER_CREDITS, &fold(first_word)) {
        return Vec::new();
    }
    // Analysis by Ann Lee.
    if !lead_in && let Some((_, after)) = part.split_once(" by ") {
        return people_in(after, first);
    }
    let pieces: Vec<&str> = part
        .split([',', '，', '،'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    if !lead_in && let Some(people) = inverted(&pieces) {
        return people;
    }
    let mut people: Vec<String> = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let folded = fold(piece);
        if n > 0 && has(SUFFIXES, &folded) {
            if let Some(last) = people.last_mut() {
                *last = format!("{last} {}", piece.trim_end_matches('='));
            }
            continue;
        }
        let divided = divided(piece);
        let several = divided.len() > 1;
        for (m, words) in divided.iter().enumerate() {
            let first = first && n == 0 && m == 0;
            people.extend(person(
                words,
                Place {
                    first,
                    lead_in,
                    several: several && n == 0,
                },
            ));
        }
    }
    people
}

/// `Last, First`: two single words, or pairs of them, none of which is a role, an agency or a known place.
fn inverted(pieces: &[&str]) -> Option<Vec<String>> {
    if pieces.is_empty()
        || !pieces.len().is_multiple_of(2)
        || pieces.iter().any(|piece| is_agency(piece))
    {
        return None;
    }
    let mut people = Vec::new();
    for pair in pieces.chunks(2) {
        let last: Vec<&str> = pair[0].split_whitespace().collect();
        let first: Vec<&str> = pair[1].split_whitespace().collect();
        let (_, particles) = last.split_last()?;
        let fits = particles.iter().all(|word| has(PARTICLES, &fold(word)))
            && (1..=2).contains(&first.len())
            && (first.len() == 1 || first[1].trim_end_matches('.').chars().count() == 1)
            && last.iter().chain(&first).all(|word| {
                (is_name_word(word) || has(PARTICLES, &fold(word)))
                    && !is_special(&fold(word))
                    && !word.chars().any(is_cjk)
            })
            && !has(PLACES, &fold(pair[1]));
        if !fits || !is_name_word(first[0]) {
            return None;
        }
        let words: Vec<&str> = first.into_iter().chain(last).collect();
        people.push(case::as_written(&words));
    }
    Some(people)
}

/// The words of a piece, divided at "and" and its like.
fn divided(piece: &str) -> Vec<Vec<&str>> {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let mut groups = vec![Vec::new()];
    for (n, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let here = groups.last().map_or(0, Vec::len);
        // A capital E or I between names is an initial.
        let divides = match lower.as_str() {
            "&" | "+" => true,
            _ if has(AND, &lower) => n > 0,
            _ if has(AND_OR_PART, word)
                || (has(AND_OR_PART, &lower) && lower.chars().count() > 1) =>
            {
                let people = here >= 2 && words.len() - n > 2;
                people || is_agency(words[n + 1..].first().unwrap_or(&""))
            }
            _ => false,
        };
        if divides {
            groups.push(Vec::new());
        } else if let Some(group) = groups.last_mut() {
            group.push(*word);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// The text after "By", and whether there was one.
fn without_lead_in(text: &str) -> (&str, bool) {
    let mut rest = text.trim();
    let mut found = false;
    for _ in 0..4 {
        let (word, after) = rest
            .split_once([' ', ':', '\u{a0}', '\n'])
            .unwrap_or((rest, ""));
        let folded = fold(word);
        let colon = rest[word.len()..].starts_with(':') || after.trim_start().starts_with(':');
        let names_after = || {
            let mut words = after.split_whitespace();
            words.next().is_some_and(is_name_word) && words.next().is_some()
        };
        let is_lead_in = if has(ALSO_IN_NAMES, &folded) {
            colon || after.is_empty() || found || names_after()
        } else {
            has(LEAD_INS, &folded)
                || (has(AROUND_LEAD_INS, &folded)
                    && (found || has(LEAD_INS, &fold(after.split(' ').next().unwrap_or_default()))))
        };
        if !is_lead_in {
            break;
        }
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        found = true;
    }
    (rest, found)
}
