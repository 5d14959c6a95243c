//! Cuts a text at its highlights, for every output that shows matches in its own way.

use crate::search::{Hit, Passage, Snippet, SnippetField};

/// A run of text that is a match, or is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether it is a match.
    pub marked: bool,
}

impl<'a> Piece<'a> {
    /// Text without a match.
    #[must_use]
    pub fn plain(text: &'a str) -> Self {
        Piece {
            text,
            marked: false,
        }
    }
}

/// The pieces of `text`; joined, they are `text` again. `highlights` count characters, half-open; what lies outside the
/// text, is empty, or comes before its predecessor's end is passed over.
#[must_use]
pub fn pieces<'a>(text: &'a str, highlights: &[(usize, usize)]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::with_capacity(highlights.len() * 2 + 1);
    let mut rest = text;
    // How many characters stand before `rest`.
    let mut passed = 0;
    for &(start, end) in highlights {
        if start < passed || end <= start {
            continue;
        }
        let (Some(from), Some(to)) = (byte_of(rest, start - passed), byte_of(rest, end - passed))
        else {
            continue;
        };
        if from > 0 {
            pieces.push(Piece::plain(&rest[..from]));
        }
        pieces.push(Piece {
            text: &rest[from..to],
            marked: true,
        });
        rest = &rest[to..];
        passed = end;
    }
    if !rest.is_empty() {
        pieces.push(Piece::plain(rest));
    }
    pieces
}

/// Which of these marks, in the order of the article, lie in one of its texts: as highlights of that text.
#[must_use]
pub fn highlights(marks: &[Passage], field: SnippetField, part: usize) -> Vec<(usize, usize)> {
    let first = marks.partition_point(|mark| (mark.field, mark.part) < (field, part));
    let here = marks[first..]
        .iter()
        .take_while(|mark| (mark.field, mark.part) == (field, part));
    here.map(|mark| (mark.start, mark.end)).collect()
}

/// The paragraphs of a body, cut at its highlights; one that goes on in the next paragraph is marked in both.
#[must_use]
pub fn paragraphs<'a>(body: &'a str, highlights: &[(usize, usize)]) -> Vec<Vec<Piece<'a>>> {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for paragraph in body.split("\n\n") {
        let end = start + paragraph.chars().count();
        let first = highlights.partition_point(|&(_, to)| to <= start);
        let here = highlights[first..]
            .iter()
            .take_while(|&&(from, _)| from < end)
            .map(|&(from, to)| (from.max(start) - start, to.min(end) - start));
        if !paragraph.trim().is_empty() {
            paragraphs.push(pieces(paragraph, &here.collect::<Vec<_>>()));
        }
        start = end + 2;
    }
    paragraphs
}

/// Where in `text` its character number `count` begins, or its end when it has exactly so many.
fn byte_of(text: &str, count: usize) -> Option<usize> {
    text.char_indices()
        .map(|(byte, _)| byte)
        .chain([text.len()])
        .nth(count)
}

/// The headline of a hit, with its matches where a snippet of it tells them.
#[must_use]
pub fn headline(hit: &Hit) -> Vec<Piece<'_>> {
    match hit
        .snippets
        .iter()
        .find(|snippet| snippet.field == SnippetField::Headline)
    {
        Some(snippet) => pieces(&snippet.text, &snippet.highlights),
        None => vec![Piece::plain(&hit.headline)],
    }
}

/// The snippets that stand below the headline: all but the one of the headline itself.
pub fn below_headline(hit: &Hit) -> impl Iterator<Item = &Snippet> {
    hit.snippets
        .iter()
        .filter(|snippet| snippet.field != SnippetField::Headline)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pieces: &[Piece<'_>]) -> String {
        let shown = |piece: &Piece<'_>| {
            if piece.marked {
                format!("[{}]", piece.text)
            } else {
                piece.text.into()
            }
        };
        pieces.iter().map(shown).collect()
    }

    fn check(text: &str, highlights: &[(usize, usize)], expected: &str) {
        let pieces = pieces(text, highlights);
        let joined: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(joined, text);
        assert_eq!(shown(&pieces), expected);
    }

    #[test]
    fn a_paragraph_has_its_own_highlights() {
        let check = |body: &str, highlights: &[(usize, usize)], expected: &[&str]| {
            let paragraphs = paragraphs(body, highlights);
            assert_eq!(
                paragraphs
                    .iter()
                    .map(|pieces| shown(pieces))
                    .collect::<Vec<_>>(),
                expected
            );
        };
        check("kůň\n\na kůň", &[(0, 3), (7, 10)], &["[kůň]", "a [kůň]"]);
        check(
            "the ferry\n\nstrike ends",
            &[(4, 17)],
            &["the [ferry]", "[strike] ends"],
        );
        check("a\n\n \n\nb", &[(0, 7)], &["[a]", "[b]"]);
        check("a\n\n\nb", &[], &["a", "\nb"]);
        check("", &[(0, 1)], &[]);
    }

    #[test]
    fn marks_belong_to_their_text() {
        let mark = |field, part, start| Passage {
            field,
            part,
            start,
            end: start + 1,
        };
        let marks = [
            mark(SnippetField::Headline, 0, 3),
            mark(SnippetField::Body, 0, 5),
            mark(SnippetField::Body, 0, 9),
            mark(SnippetField::Caption, 1, 2),
        ];
        let check = |field, part, expected: &[(usize, usize)]| {
            assert_eq!(highlights(&marks, field, part), expected);
        };
        check(SnippetField::Headline, 0, &[(3, 4)]);
        check(SnippetField::Byline, 0, &[]);
        check(SnippetField::Body, 0, &[(5, 6), (9, 10)]);
        check(SnippetField::Caption, 0, &[]);
        check(SnippetField::Caption, 1, &[(2, 3)]);
    }

    #[test]
    fn cuts_at_characters() {
        check(
            "a truce in Cairo",
            &[(2, 7), (11, 16)],
            "a [truce] in [Cairo]",
        );
        check("žluťoučký kůň", &[(10, 13)], "žluťoučký [kůň]");
        check("停戰協議", &[(0, 2), (2, 4)], "[停戰][協議]");
        check("", &[], "");
    }

    #[test]
    fn passes_over_impossible_highlights() {
        check("truce", &[(3, 9)], "truce");
        check("truce", &[(usize::MAX - 1, usize::MAX)], "truce");
        check("truce", &[(2, 2), (3, 1)], "truce");
        check("truce", &[(0, 3), (2, 4), (4, 5)], "[tru]c[e]");
    }
}
