//! "Did you mean": the known name that a mistyped one is nearest to. Serves the hints of errors; corrects nothing by itself.

/// The longest name worth comparing, in characters: a distance costs the product of both lengths.
const LONGEST: usize = 24;

/// The one of `known` that `typed` is a misspelling of, whatever the case, if there is one.
pub(super) fn nearest<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let typed: Vec<char> = typed
        .chars()
        .flat_map(char::to_lowercase)
        .take(LONGEST + 1)
        .collect();
    // One slip in a short name, two in a longer one; with two slips a name of three letters is any other.
    let slips = match typed.len() {
        0..=2 => return None,
        3..=5 => 1,
        6..=LONGEST => 2,
        _ => return None,
    };
    known
        .into_iter()
        .map(|name| (distance(&typed, name), name))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many insertions, deletions, substitutions or swaps of neighbours lead from one to the other
/// (optimal string alignment: no stretch is edited twice).
fn distance(a: &[char], b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substituted = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substituted.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_of_the_finger_are_recognised_and_other_words_are_not() {
        let known = ["headline", "byline", "date", "in"];
        let check = |typed, expected| assert_eq!(nearest(typed, known), expected, "{typed}");
        check("headlin", Some("headline"));
        check("HEADLNIE", Some("headline"));
        check("bylin", Some("byline"));
        check("dtae", Some("date"));
        check("data", Some("date"));
        check("covid", None);
        check("on", None);
        check("", None);
        check(&"x".repeat(10_000), None);
    }
}
