//! Tells prose from everything else that is text: source code, logs, tables, lists of words, licences.
//!
//! Measures shares of lines and letters. Knows no words but the few by which licences and read-me files are known.

use super::super::Head;
use super::super::layout;
use super::line::is_paragraph;
use crate::text::sentence::is_end;

/// Names of files that speak of other files.
const ABOUT: &[&str] = &[
    "readme",
    "license",
    "licence",
    "copying",
    "changelog",
    "changes",
    "notice",
    "contributing",
    "authors",
    "install",
    "todo",
    "makefile",
    "robots",
    "requirements",
    "manifest",
    "dockerfile",
    "cmakelists",
    "code_of_conduct",
    "security",
];

/// Endings of names of files that are written for programs.
const PROGRAMS: &[&str] = &[
    ".rs",
    ".py",
    ".js",
    ".ts",
    ".java",
    ".c",
    ".h",
    ".cpp",
    ".hpp",
    ".go",
    ".rb",
    ".sh",
    ".css",
    ".scss",
    ".yaml",
    ".yml",
    ".toml",
    ".ini",
    ".cfg",
    ".conf",
    ".log",
    ".sql",
    ".lock",
    ".tex",
    ".bib",
    ".rst",
    ".srt",
    ".vtt",
    ".ipynb",
    ".dtd",
    ".xsd",
    ".patch",
    ".diff",
    ".json",
    ".xml",
    ".html",
    ".htm",
    ".csv",
    ".tsv",
    ".svg",
    ".po",
    ".properties",
];

/// Two of these make a licence.
const LICENCES: &[&str] = &[
    "permission is hereby granted",
    "without warranty",
    "redistribution and use",
    "licensed under",
    "as is\"",
    "this license",
    "this licence",
    "the software",
    "shall be included in all copies",
    "creative commons",
    "general public license",
];

/// Whether the file reads like prose.
pub(super) fn is_prose(head: &Head<'_>) -> bool {
    let text = head.text.trim_start_matches('\u{feff}');
    let start = text.trim_start();
    // Telex marks, and marks of collections of many articles: `ZCZC`, `*TEXT 017`, `.I 1`.
    let telex = start
        .get(..4)
        .is_some_and(|mark| mark.eq_ignore_ascii_case("zczc"));
    let collected = start.starts_with(|c: char| "*%#^~.:/=|+@_\\;!".contains(c));
    let marked = telex
        || collected
        || start.starts_with(['<', '{', '\u{1}', '\u{16}'])
        || ["#!", "%PDF", "---\n", "WARC/"]
            .iter()
            .any(|mark| start.starts_with(mark));
    !marked
        && !is_named_otherwise(head.name)
        && mostly_letters(text)
        && !is_code_or_list(text)
        && !is_licence(text)
        && has_sentences(text, head.whole)
}

/// Whether a text is a table as wires print it: nearly all of its lines are columns divided by strokes.
pub(super) fn is_columns(text: &str) -> bool {
    const COLUMNS: usize = 4;
    const ROWS: usize = 5;
    let (mut lines, mut rows) = (0usize, 0usize);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        lines += 1;
        rows += usize::from(line.matches('|').count() + 1 >= COLUMNS);
    }
    rows >= ROWS && rows * 3 >= lines * 2
}

/// Whether a file is named as one that speaks of other files, or is written for programs.
pub(super) fn is_named_otherwise(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    ABOUT.iter().any(|about| {
        stem == *about
            || stem.starts_with(&format!("{about}_"))
            || stem.starts_with(&format!("{about}-"))
    }) || PROGRAMS.iter().any(|end| name.ends_with(end))
}

/// At least seven of ten characters that are seen are letters, and next to none are unprintable.
fn mostly_letters(text: &str) -> bool {
    let (mut seen, mut letters, mut unprintable) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        // Quotes and dashes of Windows-1252 that were taken for those of Latin-1 have become controls.
        let misread = ('\u{80}'..='\u{9f}').contains(&c);
        if c.is_control() && !c.is_whitespace() && !misread || c == '\u{fffd}' {
            unprintable += 1;
        } else if !c.is_whitespace() {
            seen += 1;
            // Vowel signs of Indian and other scripts are no letters to Unicode; all of theirs lie above Latin.
            letters +=
                usize::from(c.is_alphabetic() || c >= '\u{300}' && !c.is_ascii_punctuation());
        }
    }
    letters * 10 >= seen * 7 && letters > 0 && unprintable * 200 <= seen
}

/// Many lines that begin or end as lines of code, logs and lists do.
fn is_code_or_list(text: &str) -> bool {
    const BEGINS: &[&str] = &[
        "import ",
        "#include",
        "//",
        "/*",
        "def ",
        "class ",
        "var ",
        "let ",
        "const ",
        "return ",
        "function ",
        "@",
        "$ ",
    ];
    let (mut lines, mut code, mut list, mut bytes) = (0usize, 0usize, 0usize, 0usize);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lines += 1;
        let count = words(line);
        let first = line.split_whitespace().next().unwrap_or_default();
        let stamp = |c: char| c.is_ascii_digit() || ":-/.,[]()TZ".contains(c);
        let stamped = line.starts_with(['[', '(']) && first.contains(|c: char| c.is_ascii_digit())
            || first.starts_with(|c: char| c.is_ascii_digit())
                && first.chars().all(stamp)
                && first.contains([':', '-', '/', '.', ')']);
        // News has lists too, with dashes or stars.
        let listed = line.starts_with(['|', '#', '=', '>', '+', '~']);
        bytes += line.len();
        if stamped || listed {
            list += line.len();
        }
        // A sentence of some length is none of code, though it may speak of it.
        let begins = BEGINS.iter().any(|begin| line.starts_with(begin));
        let ends = line.ends_with([';', '{', '}', '\\']);
        let inside = line.contains("();") || line.contains(" = ");
        code += usize::from(count < 12 && (begins || ends || inside));
    }
    code >= 2 && code * 8 > lines || lines > 1 && list * 5 > bytes * 2
}

fn is_licence(text: &str) -> bool {
    let begin: String = text
        .chars()
        .take(4000)
        .flat_map(char::to_lowercase)
        .collect();
    LICENCES
        .iter()
        .filter(|phrase| begin.contains(**phrase))
        .count()
        >= 2
}

/// At least two fifths of the text are in sentences: short news has much around it. A file of one line may be a headline.
fn has_sentences(text: &str, whole: bool) -> bool {
    let units = layout::units(text);
    if let ([only], true) = (units.as_slice(), whole) {
        return words(&only.text) >= 4;
    }
    // What begins with a paragraph and does not end soon is a collection of articles, or a book.
    if !whole && units.first().is_some_and(|first| is_paragraph(&first.text)) {
        return false;
    }
    let (mut all, mut in_sentences) = (0, 0);
    for unit in &units {
        all += unit.text.len();
        if is_sentence(&unit.text) {
            in_sentences += unit.text.len();
        }
    }
    in_sentences * 5 >= all * 2 && in_sentences > 0
}

/// So many letters in a row of Thai or Lao, which have no mark for the end of a sentence, are no list.
const UNENDED: usize = 45;

/// Whether there is a sentence of some length in a line.
fn is_sentence(line: &str) -> bool {
    // On the keyboards of India a stroke stands for the danda.
    let indic = |c: char| ('\u{900}'..'\u{e00}').contains(&c);
    let ended = line.contains(is_end) || line.ends_with('|') && line.contains(indic);
    let thai = |c: &char| ('\u{e00}'..'\u{f00}').contains(c);
    words(line) >= 6 && ended || line.chars().filter(thai).count() >= UNENDED
}

/// How many words there are; in scripts that do not divide them, every three letters are taken for one.
pub(in crate::format) fn words(text: &str) -> usize {
    // Thai to Burmese, Khmer, and the scripts of East Asia.
    let undivided = |c: &char| {
        ('\u{e00}'..'\u{10a0}').contains(c)
            || ('\u{1780}'..'\u{1800}').contains(c)
            || ('\u{2e80}'..'\u{d7b0}').contains(c)
    };
    text.split_whitespace().count() + text.chars().filter(undivided).count() / 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, text: &str, expected: bool) {
        let head = Head {
            bytes: text.as_bytes(),
            text,
            whole: true,
            name,
        };
        assert_eq!(is_prose(&head), expected, "{text}");
    }

    #[test]
    fn news_is_prose() {
        check(
            "1.txt",
            "Ferry to run again\n\nThe ferry between the islands will run again from Monday, its owner said.",
            true,
        );
        check(
            "1.txt",
            "渡轮恢复运行\n\n渡轮公司周五表示，两岛之间的渡轮将于周一恢复运行，维修工作持续了整个冬天。",
            true,
        );
        check("1.txt", "Ferry between the islands to run again", true);
        // Quotes of Windows-1252 read as Latin-1.
        check(
            "1.txt",
            "Ferry\n\nHe said \u{93}no\u{94}. It\u{92}s over.\n\n\u{93}Never again,\u{94} said the owner of the ferry.",
            true,
        );
    }

    #[test]
    fn news_is_prose_in_every_script() {
        for text in [
            "フェリー運航再開へ\n\nフェリー会社は金曜日、二つの島を結ぶ便を月曜日から再開すると発表した。修理は冬の間続いていた。",
            "เรือข้ามฟากกลับมาให้บริการ\n\nบริษัทเรือข้ามฟากกล่าวเมื่อวันศุกร์ว่าเรือระหว่างสองเกาะจะกลับมาให้บริการในวันจันทร์หลังการซ่อมแซมตลอดฤดูหนาว",
            "العبارة تعود إلى العمل\n\nقال مالك العبارة يوم الجمعة إن الرحلات بين الجزيرتين ستعود يوم الاثنين بعد إصلاحات دامت طوال الشتاء.",
            "नाव फिर चलेगी\n\nनाव के मालिक ने शुक्रवार को कहा कि दोनों द्वीपों के बीच नाव सोमवार से फिर चलेगी।",
            "नाव फिर चलेगी\n\nनाव के मालिक ने शुक्रवार को कहा कि दोनों द्वीपों के बीच नाव सोमवार से फिर चलेगी |",
            "کشتی دوبارہ چلے گی\n\nکشتی کے مالک نے جمعہ کو کہا کہ دونوں جزیروں کے درمیان کشتی پیر سے دوبارہ چلے گی۔",
            "ბორანი ისევ ივლის\n\nბორნის მფლობელმა პარასკევს თქვა, რომ ორ კუნძულს შორის ბორანი ორშაბათიდან ისევ ივლის.",
            "ជិះសាឡាង\n\nម្ចាស់សាឡាងបាននិយាយនៅថ្ងៃសុក្រថាសាឡាងរវាងកោះទាំងពីរនឹងដំណើរការឡើងវិញនៅថ្ងៃច័ន្ទ។",
        ] {
            check("1.txt", text, true);
        }
        for list in [
            "北京\n上海\n广州\n深圳\n天津\n重庆\n",
            "กรุงเทพ\nเชียงใหม่\nภูเก็ต\nขอนแก่น\n",
            "القاهرة\nالإسكندرية\nالجيزة\nأسوان\n",
            "दिल्ली\nमुंबई\nकोलकाता\nचेन्नई\n",
        ] {
            check("1.txt", list, false);
        }
    }

    #[test]
    fn other_text_is_not() {
        check("stop.txt", "a\nthe\nand\nof\nto\nin\n", false);
        check(
            "x.txt",
            "fn main() {\n    let a = 1;\n    call(a);\n}\n",
            false,
        );
        check(
            "x.txt",
            "2024-05-03 10:00:01 INFO started the server at the port.\n2024-05-03 10:00:02 INFO all is well with the server.\n",
            false,
        );
        check(
            "x.txt",
            "MIT License\n\nPermission is hereby granted, free of charge, to any person who obtains a copy.\n\nThe software is provided as it is, without warranty of any kind.\n",
            false,
        );
        check(
            "readme.txt",
            "This folder holds the stories of two years. They are sorted by section.",
            false,
        );
        check("x.txt", "12 45 67 89\n1.5 2.5 3.5\n", false);
        check("x.txt", "", false);
    }

    #[test]
    fn columns_are_told() {
        let race = "Race 1|GREY LADY CUP|06:58PM|\nGrade 7|311M\n1|GREY LADY|2|2|$2.80\n2|OLD BOAT|1|1|$3.10\n\
                    3|THIRD MAN|4|4|$3.60\n4|FOURTH|7|7|$9.20\n5|FIFTH|3|3|$7.50\nTIME: 18.04\n";
        assert!(is_columns(race));
        assert!(!is_columns(
            "Ferry | Harbour | 3 May | By Ada Byron\n\nThe ferry will run again.\n"
        ));
        assert!(!is_columns(""));
    }
}
