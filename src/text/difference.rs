//! What differs between two texts, word by word.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp};

use super::analysis::words;

/// A stretch of the texts that were compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
    let mut stretches = Stretches::default();
    for step in steps {
        let (old, new) = (&old[step.old_range()], &new[step.new_range()]);
        match step {
            DiffOp::Equal { .. } => stretches.same(old),
            _ => stretches.change(&old.concat(), &new.concat()),
        }
    }
    stretches.end();
    stretches.done
}

/// Fewer common words than this between two changes are a part of one change: nobody reads a text that is torn to shreds.
const COMMON: usize = 3;

/// Stretches in the making: a change is open as long as the next common words are few.
#[derive(Default)]
struct Stretches {
    done: Vec<Stretch>,
    removed: String,
    added: String,
    /// Common words behind the open change.
    common: String,
}

impl Stretches {
    fn change(&mut self, removed: &str, added: &str) {
        let common = std::mem::take(&mut self.common);
        self.removed += &common;
        self.removed += removed;
        self.added += &common;
        self.added += added;
    }

    fn same(&mut self, tokens: &[&str]) {
        let is_open = !self.removed.is_empty() || !self.added.is_empty();
        let words = tokens
            .iter()
            .filter(|token| token.contains(char::is_alphanumeric));
        if is_open && words.count() < COMMON && !tokens.iter().any(|token| token.contains('\n')) {
            self.common = tokens.concat();
            return;
        }
        self.end();
        self.done.push(Stretch::Same(tokens.concat()));
    }

    /// Closes the open change.
    fn end(&mut self) {
        let take = |text: &mut String| Some(std::mem::take(text)).filter(|text| !text.is_empty());
        self.done
            .extend(take(&mut self.removed).map(Stretch::Removed));
        self.done.extend(take(&mut self.added).map(Stretch::Added));
        self.done.extend(take(&mut self.common).map(Stretch::Same));
    }
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
        check(
            "The cause was not known.",
            "The channel has understood something, but not the task.",
            "The [-cause was not known-]{+channel has understood something, but not the task+}.",
        );
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
