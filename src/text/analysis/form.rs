//! The exact form of a word: what quoted words match.
//!
//! NFKC, lower case, accents folded; a possessive `'s` and apostrophes inside the word are dropped (`Blinken's` →
//! `blinken`, `O'Brien` → `obrien`), the separators of thousands too (`41,200` → `41200`). Dots of acronyms stay
//! (`U.S.` → `u.s.`), so that a quoted `"U.S."` does not mean the pronoun.

use unicode_normalization::UnicodeNormalization;

use super::words::is_apostrophe;

/// The longest form in characters; what is longer is cut, in texts and in queries alike.
pub const MAX_CHARS: usize = 100;

/// The exact form of `word`, written into `form`.
pub fn exact(word: &str, form: &mut String) {
    lower(word, form);
    if !form.is_ascii() {
        let folded = fold(form);
        *form = folded;
    }
}

/// The exact form of `word`.
pub fn exact_of(word: &str) -> String {
    let mut form = String::new();
    exact(word, &mut form);
    form
}

/// `word` in lower case with its accents, as stemmers want it; possessive, apostrophes and separators dropped as in
/// the exact form.
pub(super) fn lower(word: &str, form: &mut String) {
    form.clear();
    if word.is_ascii() {
        form.extend(
            word.bytes()
                .take(MAX_CHARS)
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
    } else {
        form.extend(
            word.nfkc()
                .filter(|&c| !is_unseen(c))
                .flat_map(char::to_lowercase)
                .take(MAX_CHARS),
        );
    }
    if form.as_bytes()[..form.len().min(1)]
        .iter()
        .all(u8::is_ascii_digit)
    {
        drop_thousands(form);
    } else if form.contains(is_apostrophe) {
        drop_apostrophes(form);
    } else if form.contains('.') {
        // `U.S` and `U.S.` are the same.
        if !form.ends_with('.') {
            form.push('.');
        }
    }
}

/// Characters without a shape of their own, which take part in no comparison.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}

fn drop_apostrophes(form: &mut String) {
    if let Some(stem) = form.strip_suffix('s')
        && let Some(last) = stem.chars().next_back()
        && is_apostrophe(last)
    {
        form.truncate(stem.len() - last.len_utf8());
    }
    form.retain(|c| !is_apostrophe(c));
}

/// `41,200` and `1.000.000` lose their separators; `3.5` and `1.200` keep theirs: one point may be a decimal one.
fn drop_thousands(form: &mut String) {
    let groups = |separator: char| {
        let mut parts = form.split(separator);
        parts.next();
        let (mut count, mut whole) = (0, true);
        for part in parts {
            count += 1;
            whole &= part.len() == 3;
        }
        if whole { count } else { 0 }
    };
    if groups(',') >= 1 && !form.contains('.') {
        form.retain(|c| c != ',');
    } else if groups('.') >= 2 && !form.contains(',') {
        form.retain(|c| c != '.');
    }
}

/// Folds accents and ligatures of Latin, Greek and Cyrillic letters and the vowel points of Arabic and Hebrew, one
/// character at a time; all else stays. Folding twice is folding once.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, &mut folded));
    folded
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        _ if c.is_ascii() => folded.push(c),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'þ' => folded.push_str("th"),
        'ı' => folded.push('i'),
        'ħ' => folded.push('h'),
        'ς' => folded.push('σ'),
        // Arabic: short vowels and the stroke that lengthens; alef, yeh and teh marbuta in their variants.
        '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
        'ى' | 'ی' => folded.push('ي'),
        'ک' => folded.push('ك'),
        'ة' => folded.push('ه'),
        // Hebrew points.
        '\u{591}'..='\u{5C7}' => {}
        // Combining marks after Latin, Greek and Cyrillic letters.
        '\u{300}'..='\u{36F}' => {}
        '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => {
            // What is left may be a ligature: ǽ is æ with an accent.
            unicode_normalization::char::decompose_canonical(c, |part| {
                if part == c {
                    folded.push(c);
                } else {
                    fold_char(part, folded);
                }
            });
        }
        _ => folded.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_what_people_write_in_different_ways() {
        for (word, form) in [
            ("Blinken’s", "blinken"),
            ("O'Brien", "obrien"),
            ("DON'T", "dont"),
            ("U.S", "u.s."),
            ("U.S.", "u.s."),
            ("AT&T's", "at&t"),
            ("41,200", "41200"),
            ("1.000.000", "1000000"),
            ("3.5", "3.5"),
            ("1,5", "1,5"),
            ("Café", "cafe"),
            ("Cafe\u{301}", "cafe"),
            ("ＦＵＬＬ", "full"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("Łódź", "lodz"),
            ("Ǽ ǿ", "ae o"),
            ("ﬁnance", "finance"),
            ("Ёлка", "елка"),
            ("Ἀθῆναι", "αθηναι"),
            ("مُحَمَّد", "محمد"),
            ("が", "が"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(exact_of(word), form, "{word}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,30}") {
            let once = exact_of(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
