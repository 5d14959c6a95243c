//! Quotation marks as people and their programs type them, and the text between them as a phrase.
//! Decides where a quotation ends; what the phrase matches is decided in `search`.

/// Where a quotation ends.
pub(super) struct Quotation {
    /// The place of the closing mark.
    pub close: usize,
    /// Whether it is the mark that belongs to the opening one.
    pub matched: bool,
}

/// Marks that quote wherever they stand, and the marks that close them; the first of `likely` in the text does.
/// Swedish closes with what it opens with, German with what English opens with, Danish turns the angles round.
const PAIRS: &[(char, &[char])] = &[
    ('"', &['"']),
    ('“', &['”', '“']),
    ('„', &['“', '”', '„']),
    ('”', &['”', '“']),
    ('‟', &['”', '‟']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('‹', &['›']),
    ('›', &['‹', '›']),
    ('＂', &['＂']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
];

/// Words that begin with an apostrophe of their own: `rock 'n' roll`, `'til dawn`.
const ELIDED: &[&str] = &[
    "n", "em", "til", "tis", "twas", "cause", "bout", "round", "neath",
];

/// Whether the mark opens or closes quotations and is nothing else.
pub(super) fn is_quote(c: char) -> bool {
    PAIRS
        .iter()
        .any(|(open, close)| *open == c || close.contains(&c))
}

/// Whether the mark is an apostrophe or a single quotation mark.
pub(super) fn is_single(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '‚' | '‛')
}

/// The end of the quotation that is opened at `open`. Without the mark that belongs there, the next mark of any shape
/// closes it, as phones mix them: `“oil price"`.
pub(super) fn end_of_quotation(text: &[char], open: usize) -> Option<Quotation> {
    let likely = PAIRS.iter().find(|(mark, _)| *mark == text[open])?.1;
    let mut any = None;
    for (at, c) in text.iter().enumerate().skip(open + 1) {
        if likely.contains(c) {
            return Some(Quotation {
                close: at,
                matched: true,
            });
        }
        // An opening mark of the same shape begins another quotation; nor does a look for the right mark go on for ever.
        if *c == text[open] {
            break;
        }
        if any.is_none() && is_quote(*c) {
            any = Some(Quotation {
                close: at,
                matched: false,
            });
        }
    }
    any
}

/// The end of the quotation that a single mark at `open` begins, if it is no apostrophe.
///
/// It is one when it stands before a word and a closing mark stands behind a later one, with no bracket or double quote between.
/// `last` is the last place where a closing mark stands: it saves the look where there is none.
pub(super) fn end_of_single(text: &[char], open: usize, last: usize) -> Option<Quotation> {
    let rest = &text[open + 1..];
    if open >= last || !rest.first()?.is_alphanumeric() || is_elided(rest) {
        return None;
    }
    let straight = text[open] == '\'';
    for at in open + 1..text.len() {
        let c = text[at];
        if matches!(c, '(' | ')') || is_quote(c) {
            return None;
        }
        if closes_single(text, at) {
            return Some(Quotation {
                close: at,
                matched: straight == (c == '\''),
            });
        }
    }
    None
}

/// Whether a single mark stands at `at`, behind a word and not inside one.
pub(super) fn closes_single(text: &[char], at: usize) -> bool {
    is_single(text[at])
        && at > 0
        && !text[at - 1].is_whitespace()
        && !text.get(at + 1).is_some_and(|next| next.is_alphanumeric())
}

/// Whether the word that an apostrophe begins is a shortened one: `'til`, `'90s`.
pub(super) fn is_elided(rest: &[char]) -> bool {
    let word: String = rest
        .iter()
        .take_while(|c| c.is_alphanumeric())
        .take(6)
        .collect();
    let word = word.to_lowercase();
    let decade = word.strip_suffix('s').unwrap_or(&word);
    ELIDED.contains(&word.as_str())
        || decade.len() == 2 && decade.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands behind a word without belonging to it.
const BEHIND_A_WORD: &[char] = &[
    '?', '!', '.', ',', ';', ':', ')', ']', '”', '“', '’', '‘', '\'', '»', '«', '…',
];

/// A quoted text as a phrase: single spaces, no straight double quotes, no comma at its end, no `?` behind a word, where it ends a question.
/// The second value says whether there was such a `?`. The phrase is empty when there is no letter or digit in it.
pub(super) fn phrase(text: &str) -> (String, bool) {
    let mut question = false;
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control() || c == '"')
        .filter_map(|word| {
            let core = word.trim_end_matches(BEHIND_A_WORD);
            let asks = word[core.len()..].contains('?');
            question |= asks;
            Some(if asks { core } else { word }).filter(|word| !word.is_empty())
        })
        .collect();
    let phrase = words.join(" ");
    let phrase = phrase.trim_end_matches([' ', ',', ';', ':']).to_owned();
    if phrase.chars().any(char::is_alphanumeric) {
        (phrase, question)
    } else {
        (String::new(), false)
    }
}
