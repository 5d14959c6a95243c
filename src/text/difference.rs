//! What differs between two texts, word by word.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp};

use super::analysis::words;

/// A stretch of the texts that were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "change", content = "text")]
pub enum Stretch {
    /// In both.
    Same(String),
    /// In the earlier one only.
    Removed(String),
    /// In the later one only.
    Added(String),
}

/// How long the shortest difference is looked for; then one is given that is right, but longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The stretches that lead from `old` to `new`: those that are not added make the one, those that are not removed the
/// other. By the algorithm of Myers (1986), over words and what stands between them.
pub fn difference(old: &str, new: &str) -> Vec<Stretch> {
    let (old, new) = (tokens(old), tokens(new));
    let deadline = Instant::now() + PATIENCE;
    let steps = similar::capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline));
    let mut stretches = Vec::new();
    for step in steps {
        let removed = || Stretch::Removed(old[step.old_range()].concat());
        let added = || Stretch::Added(new[step.new_range()].concat());
        match step {
            DiffOp::Equal { .. } => stretches.push(Stretch::Same(old[step.old_range()].concat())),
            DiffOp::Delete { .. } => stretches.push(removed()),
            DiffOp::Insert { .. } => stretches.push(added()),
            DiffOp::Replace { .. } => stretches.extend([removed(), added()]),
        }
    }
    stretches
}

/// The words of a text, and what stands between them.
fn tokens(text: &str) -> Vec<&str> {
    let (mut tokens, mut end) = (Vec::new(), 0);
    for word in words(text) {
        tokens.extend([&text[end..word.start], &text[word.clone()]]);
        end = word.end;
    }
    tokens.push(&text[end..]);
    tokens.retain(|token| !token.is_empty());
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let written: String = difference(old, new)
            .into_iter()
            .map(|stretch| match stretch {
                Stretch::Same(text) => text,
                Stretch::Removed(text) => format!("[-{text}-]"),
                Stretch::Added(text) => format!("{{+{text}+}}"),
            })
            .collect();
        assert_eq!(written, expected);
    }

    #[test]
    fn words_are_whole() {
        check("Ferry waits.", "Ferry sails.", "Ferry [-waits-]{+sails+}.");
        check(
            "The ferry sails.",
            "The old ferry sails.",
            "The {+old +}ferry sails.",
        );
        check("東京の船", "大阪の船", "[-東京-]{+大阪+}の船");
        check("", "Ferry", "{+Ferry+}");
        check("same", "same", "same");
    }

    proptest! {
        #[test]
        fn both_texts_come_out_again(old in "[ab .\n]{0,60}", new in "[ab .\n]{0,60}") {
            let (mut left, mut right) = (String::new(), String::new());
            for stretch in difference(&old, &new) {
                match stretch {
                    Stretch::Same(text) => { left += &text; right += &text; }
                    Stretch::Removed(text) => left += &text,
                    Stretch::Added(text) => right += &text,
                }
            }
            prop_assert_eq!((left, right), (old, new));
        }
    }
}
