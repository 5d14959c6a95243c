//! In which language a text is, and what the names of languages mean.
//!
//! Two models are asked: the small words of some thirty languages, many of Africa, that are missing in whatlang or mixed up by
//! it, then whatlang's trigrams for the others. Only the first [`SAMPLE`] characters are looked at. What a source states, or
//! the neighbours of a text in its file, is weighed against that by [`amid`], [`prevailing`] and [`contradicted`]; who asks them is not
//! known here.

mod function_words;
mod names;
mod scripts;
mod votes;

use self::votes::Votes;
use whatlang::{Lang, Script};

pub(crate) use names::of_folder;
pub use names::{english_name, normalise};

/// So many characters tell the language; more would cost time at indexing.
const SAMPLE: usize = 1000;

/// Fewer letters tell nothing.
const FEWEST_LETTERS: usize = 24;

/// Fewer characters tell nothing in scripts of one language, or where a character is a word.
const FEWEST_CHARACTERS: usize = 4;

/// So many letters may say that a statement is wrong.
const MANY_LETTERS: usize = 200;

/// So many characters of short texts are looked at together, and so many of a hundred such pieces must agree.
const PIECE: usize = 500;
const NEARLY_ALL: usize = 80;

/// Scripts that tell the language, as far as we tell languages apart.
const ONE_LANGUAGE: [Script; 5] = [
    Script::Ethiopic,
    Script::Mandarin,
    Script::Hiragana,
    Script::Katakana,
    Script::Hangul,
];

/// The percentage of their usual share that makes small words decide alone, the one that is enough where trigrams
/// are unsure, and the one without which trigrams are not believed: tables and lists of names have none.
const SURE: u32 = 40;
const PERHAPS: u32 = 15;
const LEAST: u32 = 6;

/// Languages that are taken for each other, by readers and by statistics.
const NEIGHBOURS: &[&[&str]] = &[
    &["no", "nb", "nn", "da"],
    &["sr", "hr", "bs", "sh", "sl"],
    &["id", "ms"],
    &["zu", "xh"],
    &["rn", "rw"],
    &["pcm", "en"],
    &["pt", "gl"],
    &["cs", "sk"],
    &["hi", "mr", "ne"],
    &["ku", "ckb"],
];

/// The language that a text seems to be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Guess {
    language: &'static str,
    strength: Strength,
}

/// How much a guess is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// It falls to any other evidence.
    Weak,
    /// Enough where nothing else is known.
    Fair,
    /// Enough to say that a statement is wrong, but not to tell neighbours.
    Strong,
}

/// The language of a text as a BCP 47 tag (`en`, `pcm`, `zh`), when that is sure; nothing for a text too short to tell.
#[must_use]
pub fn detect(text: &str) -> Option<&'static str> {
    guess(sample(text))
        .filter(|guess| guess.strength >= Strength::Fair)
        .map(|guess| guess.language)
}

/// The language of a text that tells it without any knowledge of its neighbours.
#[must_use]
pub(crate) fn plain(text: &str) -> Option<&'static str> {
    guess(sample(text))
        .filter(|guess| guess.strength == Strength::Strong)
        .map(|guess| guess.language)
}

/// The language of a text among texts that are in the language `expected`: a headline has theirs, a long text its own.
#[must_use]
pub(crate) fn amid(text: &str, expected: &'static str) -> Option<&'static str> {
    let sample = sample(text);
    let guess = guess(sample);
    match guess {
        Some(Guess { language, strength }) if language != expected => {
            let strong = strength == Strength::Strong && outweighs(sample, language, expected);
            if strong || !scripts::can_be(sample, expected) {
                Some(language).filter(|_| strength >= Strength::Fair)
            } else {
                Some(expected)
            }
        }
        _ => scripts::can_be(sample, expected).then_some(expected),
    }
}

/// Whether a text speaks more for a language than for the expected one: a neighbour needs twice as many small words, and
/// trigrams alone say nothing against small words of a language that whatlang does not know.
fn outweighs(sample: &str, language: &str, expected: &str) -> bool {
    let votes = Votes::of(sample);
    let spoken_for = votes.percent_of(expected) >= Some(PERHAPS);
    if votes.percent_of(language).is_none() {
        !spoken_for && !are_neighbours(language, expected)
    } else {
        !are_neighbours(language, expected) || votes.leads(language, expected)
    }
}

/// The language that texts are in, one after another, when nearly all of them are in one: they are cut into pieces that are
/// long enough to tell, where the single texts are not.
#[must_use]
pub(crate) fn prevailing(texts: &str) -> Option<&'static str> {
    let ends: Vec<usize> = texts
        .char_indices()
        .map(|(at, _)| at)
        .step_by(PIECE)
        .collect();
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for (at, start) in ends.iter().enumerate() {
        let end = ends.get(at + 1).copied().unwrap_or(texts.len());
        if let Some(language) = detect(&texts[*start..end]) {
            match found.iter_mut().find(|(known, _)| *known == language) {
                Some((_, count)) => *count += 1,
                None => found.push((language, 1)),
            }
        }
    }
    let all: usize = found.iter().map(|(_, count)| count).sum();
    let (language, most) = found.into_iter().max_by_key(|(_, count)| *count)?;
    (most * 100 >= all * NEARLY_ALL).then_some(language)
}

/// Whether a text has letters in which a language is written.
#[must_use]
pub(crate) fn can_be(text: &str, language: &str) -> bool {
    scripts::can_be(sample(text), language)
}

/// The language that a long text is plainly in, where that is not the one that is `stated` for it (a tag) and not one so
/// near that the statement knows better.
#[must_use]
pub(crate) fn contradicted(text: &str, stated: &str) -> Option<&'static str> {
    let primary = stated.split('-').next().unwrap_or_default();
    let language = plain(text)?;
    if language == primary || are_neighbours(language, primary) {
        return None;
    }
    // A long text may begin with a quotation: all of it has to be in the other language.
    let length = text.chars().count();
    let later = [length / 2, length.saturating_sub(SAMPLE)];
    later
        .into_iter()
        .filter(|_| length > 2 * SAMPLE)
        .filter_map(|from| text.char_indices().nth(from))
        .filter_map(|(at, _)| plain(&text[at..]))
        .all(|other| other == language || are_neighbours(other, language))
        .then_some(language)
}

fn sample(text: &str) -> &str {
    let end = text.char_indices().nth(SAMPLE);
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether small words or letters tell a language; trigrams tell those that whatlang has.
fn is_told_by_texts(language: &str) -> bool {
    Votes::has(language) || scripts::has(language)
}

fn are_neighbours(one: &str, other: &str) -> bool {
    NEIGHBOURS
        .iter()
        .any(|near| near.contains(&one) && near.contains(&other))
}

fn guess(sample: &str) -> Option<Guess> {
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let script = whatlang::detect_script(sample)?;
    let of = |language: &'static str, strength| Some(Guess { language, strength });
    let long = if letters >= MANY_LETTERS {
        Strength::Strong
    } else {
        Strength::Fair
    };
    if ONE_LANGUAGE.contains(&script) {
        if letters < FEWEST_CHARACTERS {
            return None;
        }
    } else if letters < FEWEST_LETTERS {
        return of(trigrams(sample)?.0, Strength::Weak);
    }
    if script == Script::Ethiopic {
        return of(scripts::of_ethiopia(sample), long);
    }
    if script == Script::Arabic
        && let Some(language) = scripts::of_arabic_letters(sample, letters)
    {
        return of(language, long);
    }
    if script != Script::Latin {
        let (language, reliable) = trigrams(sample)?;
        return match (reliable, letters > 60) {
            (true, _) => of(language, long),
            (false, true) => of(language, Strength::Fair),
            (false, false) => of(language, Strength::Weak),
        };
    }
    let votes = Votes::of(sample);
    if let Some(language) = votes.winner(SURE) {
        return of(language, long);
    }
    let perhaps = votes.winner(PERHAPS);
    let Some((language, reliable)) = trigrams(sample) else {
        return of(perhaps?, Strength::Fair);
    };
    if !reliable && let Some(language) = perhaps {
        return of(language, Strength::Fair);
    }
    let language = match language {
        "zu" => votes.rather("zu", "xh"),
        other => other,
    };
    let share = votes.percent_of(language);
    if share.is_some_and(|percent| percent < LEAST) {
        return of(language, Strength::Weak);
    }
    match (reliable, letters > MANY_LETTERS) {
        // A language without a row has nothing but trigrams for it, and those alone do not say that others are wrong.
        (true, true) if share.is_some() || perhaps.is_none() => of(language, Strength::Strong),
        (true, _) | (_, true) => of(language, Strength::Fair),
        _ => of(language, Strength::Weak),
    }
}

/// What whatlang says, and whether it is sure of it.
fn trigrams(sample: &str) -> Option<(&'static str, bool)> {
    let info = whatlang::detect(sample)?;
    Some((tag_of(info.lang())?, info.is_reliable()))
}

/// The tag of one of whatlang's languages. Esperanto and Latin are left out: no newspaper is in them, but headlines, names and
/// lists are taken for them.
fn tag_of(language: Lang) -> Option<&'static str> {
    match language {
        Lang::Epo | Lang::Lat => None,
        Lang::Cmn => Some("zh"),
        Lang::Pes => Some("fa"),
        other => names::two_letters(other.code()).or(Some(other.code())),
    }
}
