//! What the small words of a text say: one row of [`FUNCTION_WORDS`] a language, counted and weighed.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::function_words::{FUNCTION_WORDS, PIDGIN};

/// Fewer small words may be chance.
const FEWEST_HITS: u32 = 4;

/// So many of a hundred words are Pidgin's own where a text is in it; English quotes a few.
const PIDGIN_PERCENT: u32 = 4;

/// Word → the rows of [`FUNCTION_WORDS`] that have it.
static ROWS_BY_WORD: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
    for (row, (_, _, words)) in FUNCTION_WORDS.iter().enumerate() {
        for word in words.split(' ') {
            rows.entry(word).or_default().push(row);
        }
    }
    rows
});

/// What the small words of a text say about each row of [`FUNCTION_WORDS`].
pub(super) struct Votes {
    /// Words of the text.
    words: u32,
    /// How many of them a row has.
    hits: [u32; FUNCTION_WORDS.len()],
    /// The same, where a word that few rows have counts more.
    weight: [u32; FUNCTION_WORDS.len()],
    /// Words of [`PIDGIN`].
    pidgin: u32,
}

impl Votes {
    pub(super) fn of(sample: &str) -> Self {
        let mut votes = Votes {
            words: 0,
            hits: [0; FUNCTION_WORDS.len()],
            weight: [0; FUNCTION_WORDS.len()],
            pidgin: 0,
        };
        let sample = sample.to_lowercase().replace('’', "'");
        let between = |c: char| !c.is_alphabetic() && c != '\'' && !is_combining_mark(c);
        for word in sample
            .split(between)
            .map(|word| word.trim_matches('\''))
            .filter(|word| !word.is_empty())
        {
            votes.words += 1;
            votes.pidgin += u32::from(PIDGIN.contains(&word));
            let rows = ROWS_BY_WORD.get(word).map_or(&[][..], Vec::as_slice);
            for row in rows {
                votes.hits[*row] += 1;
                votes.weight[*row] += [0, 12, 6, 4][rows.len().min(3)];
            }
        }
        votes
    }

    /// Whether a language has a row.
    pub(super) fn has(language: &str) -> bool {
        row_of(language).is_some()
    }

    /// The language whose small words weigh most, when they have so much of their usual share.
    pub(super) fn winner(&self, least_percent: u32) -> Option<&'static str> {
        let best = (0..self.weight.len())
            .max_by_key(|row| (self.weight[*row], std::cmp::Reverse(*row)))?;
        let enough = self.hits[best] >= FEWEST_HITS && self.percent(best) >= least_percent;
        enough.then(|| match FUNCTION_WORDS[best].0 {
            "en" | "pcm" => self.english_or_pidgin(),
            language => language,
        })
    }

    /// How much of the usual share of small words the text has for a language, in percent; nothing for one without a row.
    pub(super) fn percent_of(&self, language: &str) -> Option<u32> {
        row_of(language).map(|row| self.percent(row))
    }

    /// Whether the small words of one language weigh twice as much as those of another, or more.
    pub(super) fn leads(&self, language: &str, other: &str) -> bool {
        let weight = |language| row_of(language).map_or(0, |row| self.weight[row]);
        weight(language) >= 2 * weight(other)
    }

    /// Which of two neighbours it is rather: whatlang knows only the first.
    pub(super) fn rather(&self, known: &'static str, neighbour: &'static str) -> &'static str {
        let weight = |tag| row_of(tag).map_or(0, |row| self.weight[row]);
        if weight(neighbour) > weight(known) {
            neighbour
        } else {
            known
        }
    }

    fn english_or_pidgin(&self) -> &'static str {
        if self.pidgin >= 2 && self.pidgin * 100 >= self.words * PIDGIN_PERCENT {
            "pcm"
        } else {
            "en"
        }
    }

    fn percent(&self, row: usize) -> u32 {
        self.hits[row] * 10_000 / (self.words.max(1) * FUNCTION_WORDS[row].1)
    }
}

fn row_of(language: &str) -> Option<usize> {
    FUNCTION_WORDS.iter().position(|row| row.0 == language)
}
