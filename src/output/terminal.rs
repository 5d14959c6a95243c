//! Text of the archive on a terminal: made harmless, measured, wrapped, and pointed at.
//!
//! An article can hold anything, so it can hold what a terminal obeys: escape sequences that move the cursor, rename the
//! window or fill the clipboard, and marks that turn the order of letters round. None of that reaches the screen.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::marks::Piece;

/// Text of one line that a terminal only prints: line ends and tabs are blanks; escape sequences (ECMA-48), all other
/// control characters, and bidirectional embeddings, overrides and isolates (UAX 9) are gone.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            '\u{1b}' | '\u{90}' | '\u{9b}' | '\u{9d}' => escape_length(rest),
            _ => letter.len_utf8(),
        };
        match letter {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push(' '),
            letter if is_unsafe(letter) => {}
            letter => clean.push(letter),
        }
        rest = &rest[length..];
    }
    Cow::Owned(clean)
}

/// Whether a terminal may do something else with the character than print it.
pub(crate) fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

/// How many bytes the escape sequence at the beginning of `text` has; of one that is not finished, only its first
/// character. It never reaches over another control character, so cleaning stays linear.
fn escape_length(text: &str) -> usize {
    let mut letters = text.char_indices();
    let introducer = letters.next().map_or(' ', |(_, letter)| letter);
    let only = introducer.len_utf8();
    let kind = match introducer {
        '\u{1b}' => match letters.next() {
            Some((_, kind)) => kind,
            None => return only,
        },
        '\u{9b}' => '[',
        _ => ']',
    };
    match kind {
        // A control sequence: parameters, then one final letter.
        '[' => letters
            .find(|(_, letter)| !matches!(letter, '\u{20}'..='\u{3f}'))
            .filter(|(_, letter)| matches!(letter, '\u{40}'..='\u{7e}'))
            .map_or(only, |(at, letter)| at + letter.len_utf8()),
        // A string for the terminal, up to a bell or a string terminator.
        ']' | 'P' | 'X' | '^' | '_' => match letters.find(|(_, letter)| letter.is_control()) {
            Some((at, '\u{7}')) => at + 1,
            Some((at, '\u{9c}')) => at + '\u{9c}'.len_utf8(),
            Some((at, '\u{1b}')) if text[at..].starts_with("\u{1b}\\") => at + 2,
            _ => only,
        },
        _ => only,
    }
}

/// How many columns a text takes.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks cleaned pieces into lines of at most `width` columns: at blanks, between wide characters (Chinese, Japanese),
/// and inside a word only where it is longer than a line. Without a width there is one line.
#[must_use]
pub fn wrap(pieces: &[Piece<'_>], width: Option<usize>) -> Vec<Vec<(String, bool)>> {
    let Some(width) = width else {
        let whole = |piece: &Piece<'_>| (piece.text.to_owned(), piece.marked);
        return vec![pieces.iter().map(whole).collect()];
    };
    let width = width.max(1);
    let clusters: Vec<Cluster> = pieces
        .iter()
        .flat_map(|piece| {
            piece
                .text
                .graphemes(true)
                .map(|text| Cluster::new(text, piece.marked))
        })
        .collect();
    let mut lines = Vec::new();
    let (mut start, mut column) = (0, 0);
    // Where the line can end, and where the next one would then start.
    let mut gap: Option<(usize, usize)> = None;
    for (at, cluster) in clusters.iter().enumerate() {
        if cluster.is_blank() {
            gap = Some((at, at + 1));
        } else if at > start && (cluster.columns == 2 || clusters[at - 1].columns == 2) {
            gap = Some((at, at));
        }
        column += cluster.columns;
        if column > width && at > start && !cluster.is_blank() {
            let (end, next) = gap.filter(|&(end, _)| end > start).unwrap_or((at, at));
            lines.push(runs(&clusters[start..end]));
            start = next;
            column = clusters[start..=at]
                .iter()
                .map(|cluster| cluster.columns)
                .sum();
            gap = None;
        }
    }
    lines.push(runs(&clusters[start..]));
    lines
}

/// What the reader sees as one character.
struct Cluster<'a> {
    text: &'a str,
    marked: bool,
    columns: usize,
}

impl<'a> Cluster<'a> {
    fn new(text: &'a str, marked: bool) -> Self {
        Cluster {
            text,
            marked,
            columns: columns(text),
        }
    }

    /// Whether a line may end here; a no-break space is none.
    fn is_blank(&self) -> bool {
        matches!(self.text, " " | "\u{3000}")
    }
}

/// Joins neighbours that are marked alike; blanks at the end of the line are dropped.
fn runs(clusters: &[Cluster<'_>]) -> Vec<(String, bool)> {
    let end = clusters
        .iter()
        .rposition(|cluster| !cluster.is_blank())
        .map_or(0, |last| last + 1);
    let mut runs: Vec<(String, bool)> = Vec::new();
    for cluster in &clusters[..end] {
        match runs.last_mut() {
            Some((text, marked)) if *marked == cluster.marked => text.push_str(cluster.text),
            _ => runs.push((cluster.text.to_owned(), cluster.marked)),
        }
    }
    runs
}
