//! Where words begin in scripts that put no spaces between them: Han, kana, Thai, Lao, Khmer, Burmese.
//!
//! The dictionaries of the Unicode Consortium's ICU4X (`icu_segmenter`), which divide all of these scripts, whatever the
//! language of the article is said to be. A dictionary errs (`南京市|长江` as much as `南京|市长`), so its words are not
//! what is indexed: letters are, and a bare word has only to begin where a word begins.

use std::ops::Range;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

/// How many bytes are divided at a time; a run of letters has seldom more than a hundred.
const AT_ONCE: usize = 4096;

/// The words of one run of letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Segments {
    /// Where they begin, in bytes of the text; those that were passed are gone over.
    starts: Vec<usize>,
    next: usize,
    end: usize,
}

fn segmenter() -> WordSegmenterBorrowed<'static> {
    WordSegmenter::new_dictionary(WordBreakInvariantOptions::default())
}

impl Segments {
    /// Where the run ends that was divided last.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Divides the run of letters at `range` of `text`, or as much of it as is divided at once.
    pub(super) fn find(&mut self, text: &str, range: Range<usize>) {
        self.end = range.end.min(range.start + AT_ONCE);
        while !text.is_char_boundary(self.end) {
            self.end -= 1;
        }
        let run = &text[range.start..self.end];
        self.next = 0;
        self.starts.clear();
        self.starts
            .extend(segmenter().segment_str(run).map(|at| range.start + at));
        // The last two are the end and the word before it, which may have been cut.
        if self.end < range.end
            && let [_, .., last, _] = self.starts[..]
        {
            self.end = last;
        }
    }

    /// Whether a word begins at `at`. Asked of one letter after the other.
    pub(super) fn begins(&mut self, at: usize) -> bool {
        while self.starts.get(self.next).is_some_and(|start| *start < at) {
            self.next += 1;
        }
        self.starts.get(self.next) == Some(&at)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::analysis::words;

    /// The text with a bar before each word that begins inside a run of letters.
    fn divided(text: &str) -> String {
        let (mut found, mut words) = (String::new(), words(text));
        let mut end = 0;
        while let Some(word) = words.next() {
            found.push_str(&text[end..word.start]);
            if !words.is_inside() {
                found.push('|');
            }
            found.push_str(&text[word.clone()]);
            end = word.end;
        }
        found + &text[end..]
    }

    #[test]
    fn words_begin_where_the_dictionaries_say() {
        for expected in [
            "|東京|都|は|京都|へ。|大統領",
            "|北京|大学|的|学生，|G7|峰会",
            "|印尼|雅加达|共和国|大选",
            "|ประเทศไทย|มี|การ|เลือก|ตั้ง|ทั่วไป",
            "|Tokyo, |U.S.",
        ] {
            assert_eq!(divided(&expected.replace('|', "")), expected);
        }
    }

    #[test]
    fn a_run_without_end_is_divided_piece_by_piece() {
        let text = "新闻".repeat(10_000);
        assert_eq!(divided(&text).matches('|').count(), 10_000);
    }
}
