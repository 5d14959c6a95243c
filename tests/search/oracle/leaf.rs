//! Where a word, a phrase, a pattern or a fuzzy word is met: words side by side, each in a form.

use std::ops::Range;

use morgue::query::tree::{Field, Kind};
use morgue::text::analysis::stem::Stemmer;
use morgue::text::analysis::{form, is_unspaced, words};

use super::Oracle;
use super::near::{Match, Run};
use super::words::{Stretch, Word, is_text};

/// Words to be met side by side.
pub struct Leaf(Vec<Form>);

/// How one word is met. None: no article has it.
enum Form {
    Exact(Option<u32>),
    /// In any language; words of another one have other numbers.
    Stem(Vec<u32>),
    /// Any of the exact forms with these numbers.
    AnyOf(Vec<bool>),
}

impl Leaf {
    /// Every match.
    pub fn all(&self, stretch: &Stretch<'_>) -> Vec<Match> {
        let Range { start, end } = stretch.within;
        let len = self.0.len();
        if len == 0 {
            return Vec::new();
        }
        (start..(end + 1).saturating_sub(len))
            .filter(|&first| {
                let run = &stretch.words[first..first + len];
                let mut pairs = self.0.iter().zip(run);
                pairs.all(|(form, word)| form.is_met(word))
            })
            .map(|first| {
                Match::of(Run {
                    first,
                    last: first + len - 1,
                })
            })
            .collect()
    }
}

impl Form {
    fn is_met(&self, word: &Word) -> bool {
        match self {
            Form::Exact(wanted) => *wanted == Some(word.exact),
            Form::Stem(wanted) => wanted.contains(&word.stem),
            Form::AnyOf(fits) => fits[word.exact as usize],
        }
    }
}

impl Oracle {
    /// What a leaf of the tree looks for. Sections, sources and topics are not stemmed.
    pub(super) fn leaf(&self, leaf: &Kind, field: Option<Field>) -> Leaf {
        let each = |text: &str, form: &dyn Fn(&str) -> Form| {
            Leaf(words(text).map(|word| form(&text[word])).collect())
        };
        match leaf {
            Kind::Word(text) if is_text(field) => self.bare(text),
            Kind::Word(text) => each(text, &|word| self.exact(word)),
            Kind::Phrase(text) | Kind::Wildcard(text) => Leaf(
                pieces(text)
                    .into_iter()
                    .map(|piece| self.like(piece))
                    .collect(),
            ),
            Kind::Fuzzy { word, edits } => each(word, &|word| self.fuzzy(word, *edits)),
            _ => unreachable!("the parser refuses {leaf:?} here"),
        }
    }

    /// Inflections; of letters that stand together only the first begins a word.
    fn bare(&self, text: &str) -> Leaf {
        let ranges: Vec<Range<usize>> = words(text).collect();
        let is_letter = |at: usize| is_unspaced(&text[ranges[at].clone()]);
        let form = |at: usize| {
            let joined = at > 0 && ranges[at - 1].end == ranges[at].start;
            let word = &text[ranges[at].clone()];
            if joined && is_letter(at - 1) && is_letter(at) {
                self.exact(word)
            } else {
                self.stem(word)
            }
        };
        Leaf((0..ranges.len()).map(form).collect())
    }

    fn exact(&self, word: &str) -> Form {
        Form::Exact(self.exact.0.get(&form::exact_of(word)).copied())
    }

    fn stem(&self, word: &str) -> Form {
        let in_language = |stemmer: Stemmer| {
            let mut stem = String::new();
            stemmer.stem(word, &mut stem);
            self.stems
                .0
                .get(&format!("{} {stem}", stemmer.code()))
                .copied()
        };
        Form::Stem(Stemmer::all().filter_map(in_language).collect())
    }

    /// `*` is any run of characters, `?` one; what is between them is folded as words are.
    fn like(&self, pattern: &str) -> Form {
        if !pattern.contains(['*', '?']) {
            return self.exact(pattern);
        }
        let mut regex = String::from("(?s)^");
        for piece in pattern.split_inclusive(['*', '?']) {
            let literal = piece.trim_end_matches(['*', '?']);
            regex.push_str(&regex::escape(&form::exact_of(literal)));
            regex.push_str(match &piece[literal.len()..] {
                "*" => ".*",
                "?" => ".",
                _ => "",
            });
        }
        let regex = regex::Regex::new(&format!("{regex}$")).unwrap();
        self.any_of(|form| regex.is_match(form))
    }

    fn fuzzy(&self, word: &str, most: u8) -> Form {
        let (wanted, most) = (form::exact_of(word), usize::from(most));
        let length = wanted.chars().count();
        self.any_of(|form| {
            // Each edit makes a word longer or shorter by one at most.
            form.chars().count().abs_diff(length) <= most && edits(form, &wanted) <= most
        })
    }

    fn any_of(&self, fits: impl Fn(&str) -> bool) -> Form {
        let mut numbers = vec![false; self.exact.0.len()];
        for (form, number) in &self.exact.0 {
            numbers[*number as usize] = fits(form);
        }
        Form::AnyOf(numbers)
    }
}

/// The words of a text with wildcards, which stand for letters. A `*` that is a word by itself is any word; at either end it
/// asks for nothing, nor does it beside a letter that is a word by itself: `港*` is `港`.
fn pieces(text: &str) -> Vec<&str> {
    let letters = text.replace(['*', '?'], "x");
    let ranges: Vec<Range<usize>> = words(&letters).collect();
    let is_any = |range: &Range<usize>| text[range.clone()].bytes().all(|byte| byte == b'*');
    let is_joined = |range: &Range<usize>| {
        let mut others = ranges.iter();
        others.any(|other| other.end == range.start || other.start == range.end)
    };
    let first = ranges.iter().position(|range| !is_any(range));
    let last = ranges.iter().rposition(|range| !is_any(range));
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    let asked = ranges[first..=last].iter();
    asked
        .filter(|range| !(is_any(range) && is_joined(range)))
        .map(|range| &text[range.clone()])
        .collect()
}

/// How many characters must be put in, left out, replaced, or exchanged with their neighbour to make `a` of `b`, none of
/// them touched twice (optimal string alignment).
fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

#[test]
fn edits_are_counted() {
    for (a, b, count) in [
        ("oil", "oil", 0),
        ("oil", "oils", 1),
        ("oil", "il", 1),
        ("oil", "oel", 1),
        ("oil", "iol", 1),
        ("ca", "abc", 3),
        ("müde", "mude", 1),
        ("", "oil", 3),
        ("netanyahu", "netanjahou", 2),
    ] {
        assert_eq!(edits(a, b), count, "{a} {b}");
        assert_eq!(edits(b, a), count, "{b} {a}");
    }
}
