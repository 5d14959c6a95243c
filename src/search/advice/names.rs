//! Names of several words that were typed without quotes (`in:new york` is the place `new` and the word `york`), and languages
//! that no article is in. Part of the advice.

use super::{Advisor, articles};
use crate::error::Result;
use crate::query::tree::{Field, Kind, Node, Span};
use crate::search::leaf::{self, Wanted};
use crate::text::language;

/// How many words more than the first a name may have.
const LONGEST_NAME: usize = 3;
/// How many languages are listed.
const LANGUAGES: usize = 12;

impl Advisor<'_> {
    /// Looks for a field with a name whose other words stand behind it.
    pub(super) fn names(&mut self, members: &[Node]) -> Result<()> {
        for (at, member) in members.iter().enumerate() {
            let (name, first) = match &member.kind {
                Kind::In(first) => ("in", first),
                Kind::Place(first) => ("place", first),
                Kind::Field { field, node } => match (field, &node.kind) {
                    (
                        Field::Byline | Field::Section | Field::Source | Field::Topic,
                        Kind::Word(first),
                    ) => (crate::query::name_of(*field), first),
                    _ => continue,
                },
                _ => continue,
            };
            let mut whole = vec![first.as_str()];
            whole.extend(self.words_behind(&members[at..]));
            for length in (2..=whole.len()).rev() {
                let meant = whole[..length].join(" ");
                let found = self.named(member, &whole[..length], &meant)?;
                if found == 0 {
                    continue;
                }
                let last = members[at + length - 1].span;
                let rest = whole[1..length].join(" ");
                let message = format!(
                    "`{rest}` is looked for anywhere; for the name write {name}:\"{meant}\" ({})",
                    articles(found)
                );
                let rest = Span::new(members[at + 1].span.start, last.end);
                self.named.push(rest);
                self.warn(rest, message);
                break;
            }
        }
        Ok(())
    }

    /// The words that stand directly behind the first of these members.
    fn words_behind<'m>(&self, members: &'m [Node]) -> Vec<&'m str> {
        let mut found = Vec::new();
        for pair in members.windows(2).take(LONGEST_NAME) {
            let (Kind::Word(word), end) = (&pair[1].kind, pair[0].span.end) else {
                break;
            };
            let between = self.text.get(end..pair[1].span.start).unwrap_or_default();
            if between.is_empty() || !between.iter().all(|c| c.is_whitespace()) {
                break;
            }
            found.push(word.as_str());
        }
        found
    }

    /// How many articles have the name in the field of `member`. A word that the field has nowhere saves the look.
    fn named(&self, member: &Node, words: &[&str], meant: &str) -> Result<u64> {
        let (field, dictionary) = match &member.kind {
            Kind::Field { field, .. } => (Some(*field), self.vocabulary.dictionary(Some(*field))),
            _ => (None, self.asked.fields.place),
        };
        for word in &words[1..] {
            for form in leaf::exact(word) {
                if let Wanted::Exact(form) = form
                    && !self.vocabulary.occurs(dictionary, &form)?
                {
                    return Ok(0);
                }
            }
        }
        let meant = meant.to_owned();
        let kind = match &member.kind {
            Kind::In(_) => Kind::In(meant),
            Kind::Place(_) => Kind::Place(meant),
            _ => Kind::Phrase(meant),
        };
        self.articles(&kind, field)
    }

    /// Languages that no article is in.
    pub(super) fn languages(&mut self, node: &Node) -> Result<()> {
        let (Kind::Word(typed) | Kind::Phrase(typed)) = &node.kind else {
            return node
                .parts()
                .iter()
                .try_for_each(|part| self.languages(part));
        };
        let Some(tag) = language::normalise(typed) else {
            return Ok(());
        };
        let mut tags = Vec::new();
        for segment in self.asked.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.asked.fields.language)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                tags.push(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        tags.sort_unstable();
        tags.dedup();
        let lies_in = |known: &String| {
            let rest = known.strip_prefix(tag.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        if tags.iter().any(lies_in) {
            return Ok(());
        }
        let more = if tags.len() > LANGUAGES { ", …" } else { "" };
        tags.truncate(LANGUAGES);
        let message = match &tags[..] {
            [] => format!("no article is in `{typed}`, or says so"),
            _ => format!(
                "no article is in `{typed}`; there is {}{more}",
                tags.join(", ")
            ),
        };
        self.tell_missing(node.span, message);
        Ok(())
    }
}
