//! Advice from the archive: what a query asks for that the archive does not hold, and what it may have meant. Warnings only;
//! no query is changed, and nothing is looked up that the query does not name.
//!
//! A word that occurs costs a look-up in the dictionary. Only for words that do not are others compared with it.

mod names;
mod vocabulary;

use std::ops::ControlFlow;

use tantivy::Searcher;
use tantivy::schema::Field as IndexField;

use super::expand::{self, Wanted as Words};
use super::leaf::{self, Wanted};
use super::response::Warning;
use crate::error::Result;
use crate::index::schema::Fields;
use crate::query::tree::{Field, Kind, Node, Span};
use crate::text::analysis::{is_unspaced, words};
use vocabulary::Vocabulary;

/// How many pieces of advice of one kind are given: who mistypes more has another trouble.
const MOST: usize = 8;
/// A wildcard that stands for more words than this is told.
const MANY_WORDS: u64 = 1_000;

/// A query that was answered, and what advice may ask.
pub(crate) struct Asked<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) searcher: &'a Searcher,
    /// The codes of the stems that occur.
    pub(crate) stems: &'a [&'static str],
    /// The query as typed.
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Node,
    /// Whether it found nothing.
    pub(crate) nothing: bool,
    /// How many articles a node finds, in a field.
    pub(crate) articles: &'a dyn Fn(&Node, Option<Field>) -> Result<u64>,
}

/// What the user should know about the query, in the order of its text.
///
/// # Errors
/// What the engine says.
pub(crate) fn advise(asked: &Asked<'_>) -> Result<Vec<Warning>> {
    let mut advisor = Advisor {
        asked,
        text: asked.text.chars().collect(),
        vocabulary: Vocabulary::new(asked),
        missing: 0,
        untold: None,
        named: Vec::new(),
        compared: 0,
        warnings: Vec::new(),
    };
    advisor.node(asked.tree, At::default())?;
    if let Some(span) = advisor.untold {
        let message = match advisor.missing - MOST {
            1 => "this word too occurs nowhere".into(),
            rest => format!("{rest} more words occur nowhere"),
        };
        advisor.warn(span, message);
    }
    advisor.warnings.sort_by_key(|warning| warning.start);
    Ok(advisor.warnings)
}

/// Where a node stands in the tree.
#[derive(Debug, Clone, Copy, Default)]
struct At {
    field: Option<Field>,
    negated: bool,
}

struct Advisor<'a> {
    asked: &'a Asked<'a>,
    text: Vec<char>,
    vocabulary: Vocabulary<'a>,
    /// How many words occur nowhere.
    missing: usize,
    /// The first of them that is not told.
    untold: Option<Span>,
    /// Words that belong to a name: of them that is said, and no more.
    named: Vec<Span>,
    /// How many phrases were looked for by themselves.
    compared: usize,
    warnings: Vec<Warning>,
}

impl Advisor<'_> {
    fn node(&mut self, node: &Node, at: At) -> Result<()> {
        match &node.kind {
            Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Fuzzy { .. } => {
                self.leaf(node, at)
            }
            Kind::Place(name) => self.words(node, &leaf::exact(name), at, self.asked.fields.place),
            Kind::Field {
                field: Field::Language,
                node,
            } => self.languages(node),
            Kind::And(members) => {
                if !at.negated {
                    self.names(members)?;
                    self.neighbours(members, at)?;
                }
                self.members(members, at)
            }
            Kind::Or(members) => self.members(members, at),
            Kind::Not(inner) => self.node(
                inner,
                At {
                    negated: true,
                    ..at
                },
            ),
            Kind::Near {
                left,
                right,
                negated,
                ..
            } => {
                self.node(left, at)?;
                let negated = at.negated || *negated;
                self.node(right, At { negated, ..at })
            }
            Kind::AtLeast { node, .. } => self.node(node, at),
            Kind::Field { field, node } => {
                let field = Some(*field);
                self.node(node, At { field, ..at })
            }
            Kind::In(name) => {
                if !at.negated && self.articles(&node.kind, None)? == 0 {
                    self.tell_missing(node.span, format!("no article is placed in `{name}`"));
                }
                Ok(())
            }
            Kind::All | Kind::Date(_) | Kind::Words { .. } | Kind::Versions(_) => Ok(()),
        }
    }

    fn members(&mut self, members: &[Node], at: At) -> Result<()> {
        members.iter().try_for_each(|member| self.node(member, at))
    }

    fn leaf(&mut self, node: &Node, at: At) -> Result<()> {
        let field = self.vocabulary.dictionary(at.field);
        let wanted = leaf::wanted(node, is_inflected(at.field));
        if let Kind::Word(text) = &node.kind
            && !at.negated
            && self.inside_longer_words(node, text, at)?
        {
            return Ok(());
        }
        let missing = self.missing;
        self.words(node, &wanted, at, field)?;
        let whole = wanted.len() > 1 && missing == self.missing;
        if whole && self.asked.nothing && !at.negated && self.compared < MOST {
            self.compared += 1;
            self.phrase(node, &wanted, at)?;
        }
        Ok(())
    }

    /// Tells of a bare word without spaces (Han, kana, Thai) that stands inside longer words too.
    fn inside_longer_words(&mut self, node: &Node, text: &str, at: At) -> Result<bool> {
        let unspaced = is_inflected(at.field) && words(text).any(|word| is_unspaced(&text[word]));
        if !unspaced || self.compared >= MOST {
            return Ok(false);
        }
        self.compared += 1;
        let all = self.articles(&Kind::Phrase(text.to_owned()), at.field)?;
        let more = all.saturating_sub(self.articles(&node.kind, at.field)?);
        if more > 0 {
            let more = articles(more);
            let message = format!(
                "`{text}` also stands inside longer words, in {more}; in quotes it is found there too"
            );
            self.warn(node.span, message);
        }
        Ok(more > 0)
    }

    /// The words of a leaf, one by one.
    fn words(&mut self, node: &Node, wanted: &[Wanted], at: At, field: IndexField) -> Result<()> {
        for (number, word) in wanted.iter().enumerate() {
            let Some(expansion) = expansion(word) else {
                let occurs = match word {
                    Wanted::Inflected(word) => self.vocabulary.occurs_inflected(field, word)?,
                    Wanted::Exact(form) => self.vocabulary.occurs(field, form)?,
                    _ => true,
                };
                if !occurs {
                    self.missing_word(node, number, wanted, at, field)?;
                }
                continue;
            };
            let count = count(self.asked.searcher, field, &expansion)?;
            let (span, typed) = self.place_of(node, number, wanted.len());
            if count == 0 {
                let inside = inside(node, at.field);
                self.tell_missing(span, format!("`{typed}` stands for no word{inside}"));
            } else if count > MANY_WORDS && !at.negated {
                let count = grouped(count);
                self.warn(span, format!("`{typed}` stands for {count} words"));
            }
        }
        Ok(())
    }

    /// A word that occurs nowhere, with what may have been meant.
    fn missing_word(
        &mut self,
        node: &Node,
        number: usize,
        wanted: &[Wanted],
        at: At,
        field: IndexField,
    ) -> Result<()> {
        let (span, typed) = self.place_of(node, number, wanted.len());
        if self
            .named
            .iter()
            .any(|name| name.start <= span.start && span.end <= name.end)
        {
            return Ok(());
        }
        let inside = inside(node, at.field);
        let mut message = format!("`{typed}` occurs nowhere{inside}");
        // What is told of a whole address is not the spelling of one of its words.
        let told_whole = words(&typed).nth(1).is_some();
        if !at.negated && !told_whole && self.missing < MOST {
            let inflected = matches!(wanted[number], Wanted::Inflected(_));
            let form = form_of(&wanted[number]);
            let elsewhere = if inside.is_empty() {
                0
            } else {
                self.articles(&Kind::Word(typed.clone()), None)?
            };
            if elsewhere > 0 {
                message += "; elsewhere it does, in ";
                message += &articles(elsewhere);
            } else if let Some(meant) = self.vocabulary.meant(field, &form)? {
                let kind = match (&node.kind, inflected || meant.contains(' ')) {
                    (Kind::Place(_), _) => Kind::Place(meant.clone()),
                    (_, true) if !meant.contains(' ') => Kind::Word(meant.clone()),
                    _ => Kind::Phrase(meant.clone()),
                };
                let found = self.articles(&kind, at.field)?;
                if found > 0 {
                    message += &did_you_mean(&meant, found);
                }
            }
        }
        self.tell_missing(span, message);
        Ok(())
    }

    /// A phrase that occurs nowhere, though each of its words does.
    fn phrase(&mut self, node: &Node, wanted: &[Wanted], at: At) -> Result<()> {
        if self.articles(&node.kind, at.field)? > 0 {
            return Ok(());
        }
        let span = node.span;
        let typed: String = self.text[span.start..span.end].iter().collect();
        let inside = inside(node, at.field);
        let mut message =
            format!("{typed} occurs nowhere{inside} as a phrase, though its words do");
        if let [first, second] = wanted {
            let joined = form_of(first) + &form_of(second);
            let found = self.articles(&Kind::Phrase(joined.clone()), at.field)?;
            if found > 0 {
                message += &did_you_mean(&joined, found);
            }
        }
        self.warn(span, message);
        Ok(())
    }

    /// Words side by side that nothing has together, and that are one word elsewhere: `cease fire`.
    fn neighbours(&mut self, members: &[Node], at: At) -> Result<()> {
        if !self.asked.nothing {
            return Ok(());
        }
        for pair in members.windows(2) {
            let (Kind::Word(first), Kind::Word(second)) = (&pair[0].kind, &pair[1].kind) else {
                continue;
            };
            let joined = format!("{first}{second}");
            let field = self.vocabulary.dictionary(at.field);
            let forms = leaf::exact(&joined);
            let [Wanted::Exact(form)] = &forms[..] else {
                continue;
            };
            if self.compared < MOST && self.vocabulary.occurs(field, form)? {
                self.compared += 1;
                let found = self.articles(&Kind::Word(joined.clone()), at.field)?;
                let span = Span::new(pair[0].span.start, pair[1].span.end);
                self.warn(
                    span,
                    format!("`{joined}` is one word in {}", articles(found)),
                );
            }
        }
        Ok(())
    }

    /// How many articles this alone finds.
    fn articles(&self, kind: &Kind, field: Option<Field>) -> Result<u64> {
        let node = Node {
            kind: kind.clone(),
            span: Span::default(),
        };
        (self.asked.articles)(&node, field)
    }

    /// The place of a word of a leaf in the query, and what stands there.
    fn place_of(&self, node: &Node, number: usize, count: usize) -> (Span, String) {
        let Span { start, end } = node.span;
        let end = end.min(self.text.len());
        let typed: String = self.text[start.min(end)..end].iter().collect();
        // What stands for other words is more than letters.
        if typed.contains(['*', '?', '~']) {
            return (node.span, typed);
        }
        // Of a field without a node of its own, only the value.
        let value = match node.kind {
            Kind::Place(_) => typed.find(':').map_or(0, |colon| colon + 1),
            _ => 0,
        };
        let found: Vec<_> = words(&typed[value..]).collect();
        if found.len() != count {
            return (node.span, typed);
        }
        let word = value + found[number].start..value + found[number].end;
        let start = start + typed[..word.start].chars().count();
        let word = typed[word].to_owned();
        (Span::new(start, start + word.chars().count()), word)
    }

    fn tell_missing(&mut self, span: Span, message: String) {
        self.missing += 1;
        if self.missing <= MOST {
            self.warn(span, message);
        } else {
            self.untold.get_or_insert(span);
        }
    }

    fn warn(&mut self, span: Span, message: String) {
        if self.warnings.iter().all(|known| known.message != message) {
            self.warnings.push(Warning {
                start: span.start,
                end: span.end,
                message,
            });
        }
    }
}

/// How many words a leaf stands for, when it is one wildcard or one fuzzy word.
///
/// # Errors
/// What the engine says.
pub(crate) fn words_of(
    asked: &Asked<'_>,
    node: &Node,
    field: Option<Field>,
) -> Result<Option<u64>> {
    let wanted = leaf::wanted(node, false);
    let [word] = &wanted[..] else {
        return Ok(None);
    };
    let field = Vocabulary::new(asked).dictionary(field);
    expansion(word)
        .map(|words| count(asked.searcher, field, &words))
        .transpose()
}

/// What is looked up in the dictionary for a word that is not known exactly.
fn expansion(wanted: &Wanted) -> Option<Words<'_>> {
    match wanted {
        Wanted::Pattern(pattern) => Some(Words::Pattern(pattern)),
        Wanted::Fuzzy(word, edits) => Some(Words::Fuzzy {
            word,
            edits: *edits,
        }),
        Wanted::Inflected(_) | Wanted::Exact(_) | Wanted::Any => None,
    }
}

fn count(searcher: &Searcher, field: IndexField, words: &Words<'_>) -> Result<u64> {
    let mut count = 0;
    let all = expand::each(searcher, field, words, &mut |_, _| {
        count += 1;
        ControlFlow::Continue(())
    })?;
    debug_assert!(all.is_continue());
    Ok(count)
}

/// Whether bare words in a field stand for their inflections.
fn is_inflected(field: Option<Field>) -> bool {
    super::lower::scored(field)
}

/// Where a word is missing, when that is not everywhere.
fn inside(node: &Node, field: Option<Field>) -> String {
    let name = match (&node.kind, field) {
        (Kind::Place(_), _) => "place",
        // The lead has no dictionary of its own: what is missing is missing everywhere.
        (_, None | Some(Field::Lead)) => return String::new(),
        (_, Some(field)) => crate::query::name_of(field),
    };
    format!(" in `{name}:`")
}

fn form_of(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Inflected(word) => crate::text::analysis::form::exact_of(word),
        Wanted::Exact(form) | Wanted::Pattern(form) | Wanted::Fuzzy(form, _) => form.clone(),
        Wanted::Any => String::new(),
    }
}

fn did_you_mean(meant: &str, found: u64) -> String {
    let quoted = if meant.contains(' ') {
        format!("\"{meant}\"")
    } else {
        format!("`{meant}`")
    };
    format!("; did you mean {quoted} ({})?", articles(found))
}

fn articles(count: u64) -> String {
    match count {
        1 => "1 article".into(),
        _ => format!("{} articles", grouped(count)),
    }
}

/// A number with commas: 12,345.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped() {
        let numbers = [0, 999, 1_000, 12_345, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }
}
