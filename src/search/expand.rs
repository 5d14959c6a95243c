//! The words that a wildcard or a fuzzy word stands for, from the term dictionaries: the exact forms of a field, over all
//! segments, each once. Serves matching, explanations and advice. Never gives some of the words for all of them.

use std::ops::ControlFlow;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::termdict::TermStreamer;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;

use super::pattern::Pattern;
use crate::error::{Error, Result};
use crate::index::terms;

/// How many words are taken one by one, as the sides of a proximity are.
pub(crate) const MOST_WORDS: usize = 50_000;

/// What words are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted<'a> {
    /// Those that fit a pattern of exact form, with `*` (any run of characters) and `?` (one character).
    Pattern(&'a str),
    /// Those that differ from an exact form by so many edits at most: insertions, deletions, substitutions of a
    /// character, or swaps of neighbours (optimal string alignment).
    Fuzzy {
        /// The exact form.
        word: &'a str,
        /// 0 to 2.
        edits: u8,
    },
}

/// The words that `wanted` stands for in `field`, in the order of their bytes, each with the articles that have it (deleted ones
/// are counted until their segment is merged).
///
/// # Errors
/// [`Error::Invalid`] when there are more than [`MOST_WORDS`].
pub(crate) fn expand(
    searcher: &Searcher,
    field: Field,
    wanted: &Wanted<'_>,
) -> Result<Vec<(String, u64)>> {
    let mut found = Vec::new();
    let all = each(searcher, field, wanted, &mut |word, articles| {
        if found.len() == MOST_WORDS {
            return ControlFlow::Break(());
        }
        found.push((word.to_owned(), articles));
        ControlFlow::Continue(())
    })?;
    if all.is_break() {
        let (Wanted::Pattern(typed) | Wanted::Fuzzy { word: typed, .. }) = *wanted;
        return Err(Error::Invalid {
            what: typed.to_owned(),
            why: "stands for more than 50,000 words; put more letters".into(),
        });
    }
    Ok(found)
}

/// Gives each of these words once, with its articles, until it is told to stop; says whether it was.
///
/// # Errors
/// What the engine says.
pub(crate) fn each(
    searcher: &Searcher,
    field: Field,
    wanted: &Wanted<'_>,
    give: &mut dyn FnMut(&str, u64) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    match *wanted {
        Wanted::Pattern(pattern) => walk(searcher, field, &Pattern::new(pattern), give),
        Wanted::Fuzzy { word, edits } => {
            let term = Term::from_field_text(field, word);
            let automaton = FuzzyTermQuery::new(term, edits, true).automaton()?;
            walk(searcher, field, &automaton, give)
        }
    }
}

/// Walks the dictionaries of all segments at once: they are sorted, so a word is met in all of them at the same time.
fn walk<A: Automaton<State: Clone>>(
    searcher: &Searcher,
    field: Field,
    automaton: &A,
    give: &mut dyn FnMut(&str, u64) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let mut indexes = Vec::new();
    for segment in searcher.segment_readers() {
        indexes.push(segment.inverted_index(field)?);
    }
    let mut streams: Vec<TermStreamer<'_, &A>> = Vec::new();
    for index in &indexes {
        let mut stream = index.terms().search(automaton).into_stream()?;
        if stream.advance() {
            streams.push(stream);
        }
    }
    let mut word = Vec::new();
    while let Some(least) = streams.iter().map(TermStreamer::key).min() {
        word.clear();
        word.extend_from_slice(least);
        let mut articles = 0;
        streams.retain_mut(|stream| {
            if stream.key() != word {
                return true;
            }
            articles += u64::from(stream.value().doc_freq);
            stream.advance()
        });
        let word = std::str::from_utf8(&word).unwrap_or_default();
        if word.is_empty() || word.starts_with([terms::STEM, terms::MARK]) {
            continue;
        }
        if give(word, articles).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::indexer::NoMergePolicy;
    use tantivy::schema::{STRING, Schema};
    use tantivy::{Index, TantivyDocument};

    use super::*;

    /// Words of a field, one segment for each list.
    fn dictionary(segments: &[&[&str]]) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", STRING);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for words in segments {
            for word in *words {
                let mut document = TantivyDocument::new();
                document.add_text(field, word);
                writer.add_document(document).unwrap();
            }
            writer.commit().unwrap();
        }
        (index.reader().unwrap().searcher(), field)
    }

    /// Optimal string alignment, by its definition.
    fn distance(a: &[char], b: &[char]) -> usize {
        let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                rows[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let same = usize::from(a[i - 1] != b[j - 1]);
                    let mut least = (rows[i - 1][j - 1] + same)
                        .min(rows[i - 1][j] + 1)
                        .min(rows[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        least = least.min(rows[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        rows[a.len()][b.len()]
    }

    const STEMS: &[&str] = &["\u{1}en:talk", "\u{2}s", "\u{2}p"];

    #[test]
    fn gives_each_word_once_with_the_articles_of_all_segments() {
        let (searcher, field) = dictionary(&[
            &["talk", "talks", "walk", STEMS[0], STEMS[1]],
            &["talk", "talk", "tall", STEMS[2]],
        ]);
        let check = |wanted, expected: &[(&str, u64)]| {
            let found = expand(&searcher, field, &wanted).unwrap();
            let found: Vec<_> = found.iter().map(|(word, n)| (word.as_str(), *n)).collect();
            assert_eq!(found, expected, "{wanted:?}");
        };
        check(
            Wanted::Pattern("tal*"),
            &[("talk", 3), ("talks", 1), ("tall", 1)],
        );
        check(Wanted::Pattern("?alk"), &[("talk", 3), ("walk", 1)]);
        check(Wanted::Pattern("talk"), &[("talk", 3)]);
        check(Wanted::Pattern("*z"), &[]);
        let fuzzy = |word, edits| Wanted::Fuzzy { word, edits };
        check(fuzzy("tlak", 1), &[("talk", 3)]);
        check(fuzzy("s", 1), &[]);
        check(fuzzy("tlaks", 2), &[("talk", 3), ("talks", 1)]);
    }

    #[test]
    fn too_many_words_are_an_error_and_not_some_of_them() {
        let words: Vec<String> = (0..=MOST_WORDS).map(|n| format!("w{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (searcher, field) = dictionary(&[&words[1..], &words[..2]]);
        let error = expand(&searcher, field, &Wanted::Pattern("w*")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "w*: stands for more than 50,000 words; put more letters"
        );
        let (searcher, field) = dictionary(&[&words[1..]]);
        let all = expand(&searcher, field, &Wanted::Pattern("w*")).unwrap();
        assert_eq!(all.len(), MOST_WORDS);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn fuzzy_words_are_those_within_the_distance(
            words in prop::collection::btree_set("[abé石]{1,6}", 1..40),
            word in "[abé石]{1,6}",
            edits in 0u8..=2,
        ) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let (searcher, field) = dictionary(&[&words]);
            let near = |other: &&&str| {
                let (a, b): (Vec<_>, Vec<_>) = (word.chars().collect(), other.chars().collect());
                distance(&a, &b) <= usize::from(edits)
            };
            let expected: Vec<String> = words.iter().filter(near).map(|w| (*w).to_owned()).collect();
            let found = expand(&searcher, field, &Wanted::Fuzzy { word: &word, edits }).unwrap();
            let found: Vec<String> = found.into_iter().map(|(word, _)| word).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
