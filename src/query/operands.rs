//! What may stand inside a proximity, an `ATLEAST` or a field. A part that has no places in the text (a date, a negation)
//! cannot be near another, and is refused with the form that says what was meant.

use super::Dialect;
use super::error::Problem;
use super::filters;
use super::parse::{DEEPEST, too_deep};
use super::token::{Lexed, Nearness};
use super::tree::{Field, Kind, Node, Span, Within};

/// What the part stands in.
#[derive(Clone, Copy)]
pub(super) enum Whole {
    Near(Nearness),
    AtLeast(u32),
    Field,
}

/// Refuses a part that cannot stand there; the hint is written in `dialect`.
pub(super) fn check(part: &Node, whole: Whole, dialect: Dialect) -> Lexed<()> {
    let refused = |what: &str, hint: String| {
        Err(Problem::new(
            part.span,
            format!("{what} cannot stand inside {}", name(whole, dialect)),
        )
        .hint(hint))
    };
    match (&part.kind, whole) {
        (Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) | Kind::Fuzzy { .. }, _) => Ok(()),
        (Kind::All, _) => refused(
            "`*` alone",
            "a word or part of one must stand beside it: oil*".into(),
        ),
        (Kind::Or(members), _) => members
            .iter()
            .try_for_each(|member| check(member, whole, dialect)),
        // What it is made of has been checked when it was joined.
        (Kind::Near { .. }, _) => Ok(()),
        (Kind::And(members), Whole::Field) => members
            .iter()
            .try_for_each(|member| check(member, whole, dialect)),
        (Kind::Not(node), Whole::Field) => check(node, whole, dialect),
        (Kind::AtLeast { .. }, Whole::Field) => Ok(()),
        (Kind::And(_), _) => refused("AND", and_hint(part, whole)),
        (Kind::Not(_), Whole::Near(nearness)) => refused(
            "NOT",
            format!(
                "for what is not near write {}",
                dialect.operator(Nearness {
                    negated: true,
                    ..nearness
                })
            ),
        ),
        (Kind::Not(_), _) => refused("NOT", "write it outside, with AND".into()),
        (Kind::AtLeast { .. }, _) => refused("ATLEAST", "write it outside, with AND".into()),
        (Kind::Field { .. }, Whole::Near(nearness)) => refused(
            "a field",
            format!(
                "write {}",
                dialect.in_headline(&format!("a {} b", dialect.operator(nearness)))
            ),
        ),
        (Kind::Field { .. }, Whole::AtLeast(count)) => refused(
            "a field",
            match dialect {
                Dialect::Morgue => format!("write the field outside: headline:ATLEAST{count}(…)"),
                _ => "write the field outside".into(),
            },
        ),
        (Kind::Field { .. }, Whole::Field) => refused("a field", "join them with AND".into()),
        (
            Kind::Date(_) | Kind::In(_) | Kind::Place(_) | Kind::Words { .. } | Kind::Versions(_),
            _,
        ) => refused("a filter", "write it outside, with AND".into()),
    }
}

fn name(whole: Whole, dialect: Dialect) -> String {
    match whole {
        Whole::Near(nearness) => dialect.operator(nearness),
        Whole::AtLeast(_) => "ATLEAST".into(),
        Whole::Field => "a field".into(),
    }
}

/// Two words in a row were most likely meant as a phrase.
fn and_hint(part: &Node, whole: Whole) -> String {
    let words = part.kind.words_in_a_row();
    match (words, whole) {
        (Some(words), _) => format!("for a phrase write \"{words}\"; for either word write OR"),
        (None, Whole::AtLeast(count)) => {
            format!("count them apart: ATLEAST{count}(a) AND ATLEAST{count}(b)")
        }
        (None, _) => "write a phrase, or an OR-group".into(),
    }
}

impl Kind {
    /// The words of an AND of nothing else.
    fn words_in_a_row(&self) -> Option<String> {
        let Kind::And(members) = self else {
            return None;
        };
        let words: Option<Vec<&str>> = members
            .iter()
            .map(|member| match &member.kind {
                Kind::Word(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        words
            .filter(|words| words.len() < 6)
            .map(|words| words.join(" "))
    }
}

/// The operator as queries write it.
pub(super) fn operator(nearness: Nearness) -> String {
    let Nearness {
        within,
        ordered,
        negated,
    } = nearness;
    let not = if negated { "NOT " } else { "" };
    let name = if ordered { "PRE" } else { "W" };
    match within {
        Within::Words(n) => format!("{not}{name}/{n}"),
        Within::Sentence => format!("{not}{name}/S"),
        Within::Paragraph => format!("{not}{name}/P"),
    }
}

/// Refuses names of places side by side: `in:(new york)` means one place, and the two words are not even near each other.
pub(super) fn check_names(neighbours: &[Node]) -> Lexed<()> {
    for pair in neighbours.windows(2) {
        if let (Kind::In(a) | Kind::Place(a), Kind::In(b) | Kind::Place(b)) =
            (&pair[0].kind, &pair[1].kind)
        {
            let span = Span::new(pair[0].span.start, pair[1].span.end);
            return Err(
                Problem::new(span, "two names of places stand side by side").hint(format!(
                    "quote a name of several words: \"{a} {b}\"; for either place write OR"
                )),
            );
        }
    }
    Ok(())
}

/// Refuses what cannot be a language wherever one is asked for, and words that would stand near each other there.
pub(super) fn check_languages(tree: &Node) -> Lexed<()> {
    let mut open = vec![(tree, false)];
    while let Some((node, language)) = open.pop() {
        let language = match &node.kind {
            Kind::Field { field, .. } => *field == Field::Language,
            Kind::Near { .. } | Kind::AtLeast { .. } if language => {
                let problem = Problem::new(node.span, "a language has no place in the text");
                return Err(problem.hint("write lang:(en OR fr)"));
            }
            _ => language,
        };
        let parts = node.parts();
        if language && parts.is_empty() {
            filters::check_language(node)?;
        }
        open.extend(parts.into_iter().map(|part| (part, language)));
    }
    Ok(())
}

/// Refuses a tree that is nested too deeply, though its brackets may not be: `a W/1 b W/1 c` is.
pub(super) fn check_depth(tree: &Node) -> Lexed<()> {
    let mut open = vec![(tree, 1)];
    while let Some((node, depth)) = open.pop() {
        let parts = node.parts();
        if depth > DEEPEST && !parts.is_empty() {
            return Err(too_deep(node.span));
        }
        open.extend(parts.into_iter().map(|part| (part, depth + 1)));
    }
    Ok(())
}
