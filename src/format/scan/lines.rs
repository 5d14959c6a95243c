//! Lines of print → paragraphs: words that were divided at the end of a line are one again, also across columns.

/// A line as the machine read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::format) struct Line {
    /// Its words; the last has its hyphen where it is divided.
    pub(super) words: Vec<String>,
    /// The whole of the word whose beginning is the last one.
    pub(super) begun: Option<String>,
    /// The whole of the word whose end is the first one.
    pub(super) ended: Option<String>,
}

impl Line {
    /// A line of which nothing is known but its text.
    pub(in crate::format) fn of(text: &str) -> Line {
        Line {
            words: text.split_whitespace().map(str::to_owned).collect(),
            ..Line::default()
        }
    }
}

/// Marks that divide a word at the end of a line; Fraktur has two strokes.
pub(super) const HYPHENS: &[char] = &['-', '\u{ad}', '\u{2010}', '\u{2011}', '¬', '⸗', '='];

/// The text of lines, without paragraphs.
#[derive(Debug, Default)]
pub(in crate::format) struct Paragraph {
    text: String,
    /// What the last line left open.
    begun: Option<String>,
    hyphen: bool,
}

impl Paragraph {
    /// Adds a line.
    pub(in crate::format) fn push(&mut self, line: &Line) {
        let mut words = line.words.iter().map(String::as_str);
        let begun = self.begun.take();
        if begun.is_some() && begun == line.ended {
            let whole = begun.unwrap_or_default();
            self.replace_last_word(&whole);
            words.next();
        } else if self.hyphen
            && let Some(first) = words.next()
        {
            self.join(first);
        }
        for word in words {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if !line.words.is_empty() {
            self.begun.clone_from(&line.begun);
            let last = line.words.last().map_or("", String::as_str);
            self.hyphen = is_divided(last);
        }
    }

    /// Whether the words go on in this line, though it stands in another block: in the next column, say.
    pub(in crate::format) fn goes_on_in(&self, line: &Line) -> bool {
        if self.text.is_empty() {
            return false;
        }
        if self.begun.is_some() && self.begun == line.ended {
            return true;
        }
        let small = line
            .words
            .first()
            .is_some_and(|word| word.starts_with(char::is_lowercase));
        let ended = self
            .text
            .trim_end_matches(['"', '\'', '»', '«', '”', '’', ')', ' '])
            .ends_with(['.', '!', '?', ':', ';', '—']);
        small && (self.hyphen || !ended)
    }

    /// Its text.
    pub(in crate::format) fn into_text(self) -> String {
        crate::text::clean::line(&self.text)
    }

    fn replace_last_word(&mut self, word: &str) {
        let begin = self.text.rfind(' ').map_or(0, |blank| blank + 1);
        self.text.truncate(begin);
        self.text.push_str(word);
    }

    /// Goes on with a word that was divided. Before a capital or a figure the hyphen is part of the word.
    fn join(&mut self, rest: &str) {
        if rest.starts_with(char::is_lowercase) {
            let kept = self.text.trim_end_matches(HYPHENS).len();
            self.text.truncate(kept);
        }
        self.text.push_str(rest);
    }
}

/// Whether a word breaks off: letters and a hyphen. A dash alone is none.
fn is_divided(word: &str) -> bool {
    let stem = word.trim_end_matches(HYPHENS);
    stem.len() < word.len() && stem.ends_with(char::is_alphabetic)
}

/// Paragraphs divided by one empty line; each item is the lines of a block. Blocks whose words go on are one paragraph.
pub(super) fn paragraphs<'a>(blocks: impl Iterator<Item = &'a [Line]>) -> String {
    let mut done: Vec<String> = Vec::new();
    let mut open = Paragraph::default();
    for block in blocks {
        let Some(first) = block.iter().find(|line| !line.words.is_empty()) else {
            continue;
        };
        if !open.goes_on_in(first) {
            done.push(std::mem::take(&mut open).into_text());
        }
        for line in block {
            open.push(line);
        }
    }
    done.push(open.into_text());
    done.retain(|text| !text.is_empty());
    done.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::of(text)
    }

    fn check(blocks: &[&[&str]], expected: &str) {
        let blocks: Vec<Vec<Line>> = blocks
            .iter()
            .map(|lines| lines.iter().map(|text| line(text)).collect())
            .collect();
        assert_eq!(paragraphs(blocks.iter().map(Vec::as_slice)), expected);
    }

    #[test]
    fn divided_words_are_joined() {
        check(
            &[&["The har-", "bour was", "shut."]],
            "The harbour was shut.",
        );
        check(
            &[&["At Saint-", "Malo - as", "1914-", "18 showed"]],
            "At Saint-Malo - as 1914- 18 showed",
        );
        check(&[&["Die Ueber⸗", "fahrt"]], "Die Ueberfahrt");
        check(&[&["a -", "b"]], "a - b");
    }

    #[test]
    fn words_go_on_in_the_next_column() {
        check(
            &[&["It was shut by the"], &["mayor. Then"], &["The end."]],
            "It was shut by the mayor. Then\n\nThe end.",
        );
        check(
            &[&["All was well."], &["the end."]],
            "All was well.\n\nthe end.",
        );
        check(&[&["The har-"], &["bour."]], "The harbour.");
        check(&[&[], &[""]], "");
    }

    #[test]
    fn what_the_source_says_of_a_word_goes_first() {
        let mut one = line("a well-");
        one.begun = Some("well-known".to_owned());
        let mut other = line("known man");
        other.ended = Some("well-known".to_owned());
        let mut text = Paragraph::default();
        text.push(&one);
        text.push(&other);
        assert_eq!(text.into_text(), "a well-known man");
    }
}
