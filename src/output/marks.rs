//! Cuts a text at its highlights, for every output that shows matches in its own way.

use crate::search::{Hit, Snippet, SnippetField};

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

    fn check(text: &str, highlights: &[(usize, usize)], expected: &str) {
        let pieces = pieces(text, highlights);
        let joined: String = pieces.iter().map(|piece| piece.text).collect();
        assert_eq!(joined, text);
        let shown: String = pieces
            .iter()
            .map(|piece| {
                if piece.marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.into()
                }
            })
            .collect();
        assert_eq!(shown, expected);
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
