//! PDF that is no article, PDF that means harm, and PDF that was damaged on its way.

use morgue::format::Record;
use morgue::source::SkipReason;
use proptest::prelude::*;

use super::read_as;
use crate::support::within;

/// A file of one page with these contents, and more objects.
fn page(contents: &str, more: &str) -> String {
    format!(
        "%PDF-1.4\n1 0 obj <</Pages 2 0 R>> endobj 2 0 obj <</Kids [3 0 R]>> endobj \
         3 0 obj <</Contents 4 0 R /Resources 5 0 R>> endobj \
         4 0 obj <</Length {}>> stream\n{contents}\nendstream endobj \
         5 0 obj <</Font <</F 6 0 R>> /XObject <</X 7 0 R>>>> endobj \
         6 0 obj <</Subtype /Type1>> endobj {more} trailer <</Root 1 0 R>>",
        contents.len()
    )
}

fn only(bytes: &[u8]) -> Record {
    let mut records = read_as("pdf", bytes);
    assert_eq!(records.len(), 1);
    records.remove(0)
}

fn body(file: &str) -> String {
    only(file.as_bytes()).unwrap().article.body
}

#[test]
fn what_has_no_text_is_told_apart() {
    let check = |file: &str, reason: SkipReason, words: &str| {
        let rejection = only(file.as_bytes()).unwrap_err();
        assert_eq!(rejection.reason, reason, "{}", rejection.detail);
        assert!(rejection.detail.contains(words), "{}", rejection.detail);
    };
    let image = "7 0 obj <</Subtype /Image>> endobj";
    check(
        &page("/X Do", image),
        SkipReason::NoText,
        "scanned images only",
    );
    check(
        &page("BI /W 1 ID x EI", ""),
        SkipReason::NoText,
        "scanned images only",
    );
    check(
        &page("0 0 m", ""),
        SkipReason::NoText,
        "no text on its pages",
    );
    let glyphs = "8 0 obj 9 endobj 6 0 obj <</Subtype /Type0 /Encoding /Identity-H>> endobj";
    check(
        &page("/F 9 Tf <00010002> Tj", glyphs),
        SkipReason::NoText,
        "which letters",
    );
    check("%PDF-1.4\n", SkipReason::Malformed, "without pages");
    let encrypted = "8 0 obj <<>> endobj trailer <</Encrypt 8 0 R>>";
    check(
        &page("/F 9 Tf (A word) Tj", encrypted),
        SkipReason::Encrypted,
        "encrypted",
    );
}

#[test]
fn damaged_files_are_read_as_far_as_they_go() {
    let text = "/F 9 Tf 9 9 Td (The ferry runs.) Tj";
    assert_eq!(body(&page(text, "")), "The ferry runs.");
    // Without trailer, without the tree of pages.
    let file = page(text, "");
    let file = file
        .replace("trailer", "")
        .replace("/Kids", "/Type /Pages /Lost");
    let file = file.replace("/Contents", "/Type /Page /Contents");
    assert_eq!(body(&file), "The ferry runs.");
    // Cut off in its contents.
    let file = page(text, "");
    let cut = file.find("Tj").unwrap();
    let file = format!(
        "{} {}",
        &file[file.find("5 0 obj").unwrap()..],
        &file[..cut + 2]
    );
    assert_eq!(body(&file.replace("%PDF", "")), "The ferry runs.");
}

#[test]
fn nothing_draws_or_unpacks_without_end() {
    let form = |number: u32, contents: &str| {
        format!(
            "{number} 0 obj <</Subtype /Form /Resources 5 0 R /Length {}>> stream\n{contents}\nendstream endobj ",
            contents.len()
        )
    };
    let many = |piece: &str| piece.repeat((1 << 16) / piece.len());
    let text = "/F 9 Tf 9 9 Td (The ferry runs.) Tj ";
    let files = [
        // A form that draws itself, once and often.
        page("/X Do", &form(7, &format!("{text} /X Do"))),
        page("/X Do", &form(7, &many("/X Do "))),
        page(&many("/X Do "), &form(7, &many("(a) Tj "))),
        // Pages in a loop, pages that are their own, kids without end.
        page(text, "2 0 obj <</Kids [2 0 R 3 0 R]>> endobj"),
        page(text, "3 0 obj <</Kids [2 0 R]>> endobj"),
        page(
            text,
            &format!("2 0 obj <</Kids [{}]>> endobj", many("3 0 R ")),
        ),
        page(
            text,
            &format!("3 0 obj <</Contents [{}]>> endobj", many("4 0 R ")),
        ),
        // References to references, depth.
        page(
            text,
            "6 0 obj 6 0 R endobj 5 0 obj 8 0 R endobj 8 0 obj 5 0 R endobj",
        ),
        page(&many("["), &many("<<")),
        page(&many("q "), &many("1 0 obj [ ")),
        page(&many("BMC "), &many("9 0 obj <</Length 9>> stream ")),
        // Letters everywhere.
        page(&format!("/F 9 Tf {}", many("7 -3 Td (ab) Tj ")), ""),
        page(
            &format!("/F 9 Tf {}", many("(a) Tj 40 0 Td (b) Tj -40 -9 Td ")),
            "",
        ),
        page(
            &format!("/F 1e30 Tf 1e30 0 0 -1e30 0 0 Tm {}", many("(a) Tj ")),
            "",
        ),
        // Ranges of all that there is.
        page(
            &format!("/F 9 Tf {text}"),
            &format!(
                "6 0 obj <</ToUnicode 8 0 R>> endobj {}",
                form(
                    8,
                    &format!("{} endbfrange", many("<00000000> <FFFFFFFF> <0041> "))
                )
            ),
        ),
        page(
            text,
            "6 0 obj <</Subtype /Type0 /DescendantFonts [<</W [0 4000000000 9]>>]>> endobj",
        ),
    ];
    for file in files {
        let what = format!("{}…", &file[..400.min(file.len())]);
        within(5, &what, || read_as("pdf", file.as_bytes()));
    }
}

const FIXTURES: &[&[u8]] = &[include_bytes!("story.pdf"), include_bytes!("columns.pdf")];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damage_breaks_nothing(
        fixture in prop::sample::select(FIXTURES),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        doubled in any::<prop::sample::Index>(),
    ) {
        let mut bytes = fixture.to_vec();
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        prop_assert_eq!(read_as("pdf", &bytes).len(), 1);
        let at = doubled.index(bytes.len());
        bytes.extend_from_within(at..);
        prop_assert_eq!(read_as("pdf", &bytes).len(), 1);
        bytes.truncate(cut.index(bytes.len()));
        prop_assert_eq!(read_as("pdf", &bytes).len(), 1);
    }
}
