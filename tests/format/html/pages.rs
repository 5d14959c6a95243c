//! Every page of `pages/`, with what is read in it beside it.

use std::fmt::Write;
use std::path::Path;

use morgue::format::Draft;
use morgue::text::date::Reading;

use super::read;

#[test]
fn invented_pages_are_read_as_noted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/format/html/pages");
    let mut pages: Vec<_> = std::fs::read_dir(&folder)
        .expect("the folder is part of the repository")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    pages.sort();
    assert!(!pages.is_empty());
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        for page in pages {
            let name = page.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            let bytes = std::fs::read(&page).expect("the page can be read");
            let noted = match read(&bytes) {
                Ok(draft) => noted(&draft),
                Err(rejection) => format!("{}: {}", rejection.reason, rejection.detail),
            };
            insta::assert_snapshot!(name, noted);
        }
    });
}

/// The members that say something, one a line, the body last.
fn noted(draft: &Draft) -> String {
    let article = &draft.article;
    let mut out = String::new();
    let mut note = |name: &str, value: &str| {
        if !value.is_empty() {
            writeln!(out, "{name}: {value}").expect("a string takes everything");
        }
    };
    let optional = |value: &Option<String>| value.clone().unwrap_or_default();
    note("id", &article.id);
    note("headline", &article.headline);
    note("deck", &optional(&article.deck));
    note("byline", &article.byline.join(" | "));
    note("byline line", &optional(&article.byline_line));
    note("date", &draft.date.map(date).unwrap_or_default());
    note("updated", &draft.updated.map(date).unwrap_or_default());
    note("dateline", &optional(&article.dateline));
    note(
        "places",
        &article
            .places
            .iter()
            .map(|place| place.name.as_str())
            .collect::<Vec<_>>()
            .join(" | "),
    );
    note("section", &optional(&article.section));
    note("source", &optional(&article.source));
    note("language", &optional(&article.language));
    note("url", &optional(&article.url));
    note("topics", &article.topics.join(" | "));
    note("captions", &article.captions.join(" | "));
    note("copyright", &optional(&article.copyright));
    out + "\n" + &article.body
}

fn date(reading: Reading) -> String {
    match reading {
        Reading::Settled(date) => date.to_string(),
        Reading::Numeric { dmy, mdy, .. } => {
            let either = |date: Option<_>| {
                date.map_or_else(
                    || "-".to_owned(),
                    |date: morgue::text::edtf::Edtf| date.to_string(),
                )
            };
            format!("{} or {}", either(dmy), either(mdy))
        }
    }
}
