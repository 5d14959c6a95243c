//! Names in capitals → names as people write them: TED D'AFFLISIO → Ted D'Afflisio.

use super::words::{LOWERED, PARTICLES, SUFFIXES};

/// The words of a name, those in capitals rewritten. A word in capitals among others is a surname as the French write it
/// (`Jean DUPONT`), and is rewritten too when it has four letters; a shorter one may be initials.
pub(super) fn as_written(words: &[&str]) -> String {
    let all_capitals = words
        .iter()
        .all(|word| !word.chars().any(char::is_lowercase));
    let all_small = words
        .iter()
        .all(|word| !word.chars().any(char::is_uppercase));
    let mut name = String::new();
    for (n, word) in words.iter().enumerate() {
        if n > 0 {
            name.push(' ');
        }
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let capitals = !word.chars().any(char::is_lowercase);
        let particle = letters > 1 && PARTICLES.contains(&word.to_lowercase().as_str());
        if all_small || (capitals && (all_capitals || letters >= 4 || particle)) {
            push_word(&mut name, word, n == 0);
        } else {
            name.push_str(word);
        }
    }
    name
}

fn push_word(name: &mut String, word: &str, first: bool) {
    let lower: String = word
        .to_lowercase()
        .chars()
        .filter(|c| *c != '\u{307}')
        .collect();
    let bare = lower.trim_end_matches('.');
    if !first && LOWERED.contains(&bare) {
        name.push_str(&lower);
    } else if is_initials(word, bare) || (SUFFIXES.contains(&bare) && bare.starts_with('i')) {
        name.push_str(&word.to_uppercase());
    } else {
        push_capitalised(name, &lower);
    }
}

/// One letter, letters with dots between them, or two consonants: `J`, `J.R.`, `TJ`. `NG` and `DR` are words.
fn is_initials(word: &str, bare: &str) -> bool {
    let letters: Vec<char> = bare.chars().collect();
    match letters[..] {
        [_] => true,
        [a, b] => {
            let vowel = |c: char| "aeiouyäöüøåéèíóú".contains(c);
            !matches!(bare, "ng" | "dr" | "jr" | "sr" | "st")
                && !vowel(a)
                && !vowel(b)
                && bare.is_ascii()
        }
        _ => {
            word.chars().nth(1) == Some('.')
                && letters.iter().filter(|c| **c == '.').count() * 2 + 1 >= letters.len()
        }
    }
}

/// Capitals at the beginning, after a hyphen, after the apostrophe of a prefix (O', D', N', Dell'), and after Mc.
fn push_capitalised(name: &mut String, lower: &str) {
    let mut capital = true;
    let mut part = 0;
    let has_apostrophe_prefix = lower
        .split_once(['\'', '’'])
        .is_some_and(|(before, after)| {
            (before.chars().count() == 1 || before == "dell" || before == "dall")
                && after.chars().count() > 1
        });
    for (at, c) in lower.char_indices() {
        if capital && c.is_alphabetic() {
            name.extend(c.to_uppercase());
            capital = false;
        } else {
            name.push(c);
        }
        match c {
            '-' | '‐' | '‑' => (capital, part) = (true, at + c.len_utf8()),
            '\'' | '’' => capital = has_apostrophe_prefix,
            'c' if lower[part..].starts_with("mc") && at == part + 1 && lower.len() > at + 3 => {
                capital = true;
            }
            _ => {}
        }
    }
}
