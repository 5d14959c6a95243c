//! Tells tables and lists from stories: results, prices, weather, the teams of a match.
//!
//! Given the paragraphs of a text, by all formats of the wire. It knows no sport and no market: rows have many numbers or
//! nothing but names, and sentences have neither.

use crate::text::sentence::is_end;

/// Whether the text is a table of results, prices or weather: hardly a sentence in it, and many numbers.
pub(crate) fn is_table(paragraphs: &[String]) -> bool {
    let (mut all, mut prose, mut words, mut numbers, mut rows) =
        (0usize, 0usize, 0usize, 0usize, 0usize);
    for paragraph in paragraphs {
        let mut count = 0;
        let mut digits = 0;
        for word in paragraph
            .split([' ', ';', '\t', '|', '^'])
            .filter(|word| !word.is_empty())
        {
            count += 1;
            digits += usize::from(word.bytes().any(|byte| byte.is_ascii_digit()));
        }
        let row = paragraph.starts_with(|c: char| c.is_ascii_digit())
            && paragraph
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start()
                .starts_with(['.', '_', '-', ')', ':']);
        let sentence = count >= 8 && paragraph.contains(is_end);
        all += paragraph.len();
        words += count;
        numbers += digits;
        rows += usize::from(row);
        // Chinese, Japanese and Thai put no blanks between words.
        let unspaced = paragraph.chars().take(count * 15 + 1).count() > count * 15;
        if unspaced || sentence && !row && digits * 4 < count {
            prose += paragraph.len();
        }
    }
    prose * 3 < all && (numbers * 5 >= words || rows * 2 >= paragraphs.len()) && numbers > 2
}

/// How many words a list of names has at least.
const ROLL: usize = 20;

/// Whether the text is a list of names, as the teams of a match are: nearly all words begin with a capital and go on in small
/// letters, and commas divide them. Texts in capitals and scripts that have none are never taken for one.
pub(crate) fn is_roll(paragraphs: &[String]) -> bool {
    let (mut words, mut names, mut commas) = (0usize, 0usize, 0usize);
    for word in paragraphs.iter().flat_map(|text| text.split_whitespace()) {
        commas += usize::from(word.ends_with([',', ';']));
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else {
            continue;
        };
        words += 1;
        let rest: Vec<char> = letters.collect();
        let small = rest.is_empty() || rest.iter().any(|c| c.is_lowercase());
        names += usize::from(first.is_uppercase() && small);
    }
    words >= ROLL && names * 20 >= words * 17 && commas * 4 >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_told_from_stories() {
        let check = |text: &str, expected: bool| {
            let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
            assert_eq!(is_table(&paragraphs), expected, "{text}");
        };
        check("Oslo;42;50;rn;0.08\nBergen;60;69;rn;0.00", true);
        check(
            "Grey Lady (AUS) 58.0\nOld Boat (NZ) 57.5\nThird Man (AUS) 57.0",
            true,
        );
        check("A lobster died.", false);
        check(
            "渡轮公司周一表示，将于2013年8月起每天从港口开出12班船，较去年增加3班，票价不变。",
            false,
        );
        check(
            "The fund rose 3.4 percent in March, its owner said on Monday, after 2 bad years.",
            false,
        );
    }

    #[test]
    fn lists_of_names_are_told_from_stories() {
        let check = |text: &str, expected: bool| {
            let paragraphs: Vec<String> = text.lines().map(str::to_owned).collect();
            assert_eq!(is_roll(&paragraphs), expected, "{text}");
        };
        let teams = "International Match\nMercury v Venus\nMercury: Able, B. Baker, Charlie, Dog, Easy, Fox, George, How, \
                     Item, Jig, King.\nReplacements: Love, Mike, Nan, Oboe, Peter, Queen, Roger, Sugar.";
        check(teams, true);
        check(&teams.to_uppercase(), false);
        check(
            "Able, Baker, Charlie, Dog and Easy won their games on Monday, while Fox, George, How and Item lost theirs after \
             a long night in the rain.",
            false,
        );
    }
}
