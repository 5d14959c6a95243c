//! How alike two texts are.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::LazyLock;

use regex::Regex;

/// A word as Python's `\w+` sees it.
static WORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("the pattern is right"));

fn words(text: &str) -> Vec<&str> {
    WORD.find_iter(text).map(|word| word.as_str()).collect()
}

fn counts<T: Hash + Eq>(items: impl IntoIterator<Item = T>) -> HashMap<T, u32> {
    let mut counts = HashMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// How many items two bags share, and how many each has.
fn shared<T: Hash + Eq>(one: &HashMap<T, u32>, other: &HashMap<T, u32>) -> (f64, f64, f64) {
    let both: u32 = one
        .iter()
        .map(|(item, count)| (*count).min(other.get(item).copied().unwrap_or_default()))
        .sum();
    let size = |bag: &HashMap<T, u32>| f64::from(bag.values().sum::<u32>());
    (f64::from(both), size(one), size(other))
}

/// Precision (where anything was found) and recall (where anything was to be found) over shingles of four words, with
/// their counts; a text of fewer words is one shingle.
pub fn shingle_scores(truth: &str, found: &str) -> (Option<f64>, Option<f64>) {
    let bag = |text| {
        let words = words(text);
        let shingles: Vec<Vec<&str>> = if words.len() < 4 {
            vec![words]
                .into_iter()
                .filter(|words| !words.is_empty())
                .collect()
        } else {
            words.windows(4).map(<[&str]>::to_vec).collect()
        };
        counts(shingles)
    };
    let (both, truth, found) = shared(&bag(truth), &bag(found));
    (
        (found > 0.0).then(|| both / found),
        (truth > 0.0).then(|| both / truth),
    )
}

/// F1 over words with their counts.
pub fn token_f1(truth: &str, found: &str) -> f64 {
    let (both, truth, found) = shared(&counts(words(truth)), &counts(words(found)));
    if truth + found == 0.0 {
        1.0
    } else {
        2.0 * both / (truth + found)
    }
}

/// The share of the words of the truth that were found.
pub fn token_recall(truth: &str, found: &str) -> f64 {
    let (both, truth, _) = shared(&counts(words(truth)), &counts(words(found)));
    if truth == 0.0 { 1.0 } else { both / truth }
}

/// The mean; 0 of nothing.
pub fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_u32), |(sum, count), value| (sum + value, count + 1));
    if count == 0 {
        0.0
    } else {
        sum / f64::from(count)
    }
}

#[test]
fn shingles_are_counted_as_in_the_benchmark() {
    assert_eq!(
        shingle_scores("a b c d e", "a b c d"),
        (Some(1.0), Some(0.5))
    );
    assert_eq!(shingle_scores("a b c", "a b c"), (Some(1.0), Some(1.0)));
    assert_eq!(
        shingle_scores("a a a a a a", "a a a a"),
        (Some(1.0), Some(1.0 / 3.0))
    );
    assert_eq!(shingle_scores("a b c d", ""), (None, Some(0.0)));
    assert!((token_f1("a a b", "a b b") - 2.0 / 3.0).abs() < 1e-9);
}
