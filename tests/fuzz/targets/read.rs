//! Whatever a file holds: no reader panics or hangs, none makes more of it than there is, and every article has a text.
//!
//! `MORGUE_FORMAT` names the reader; without it the first byte chooses the row of the table of formats.
#![no_main]

use std::ops::ControlFlow;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use morgue::Article;
use morgue::format::{FORMATS, Format, Head, Input, Options, by_name, sniff};
use morgue::source::{Beside, decode};

/// Longer inputs find nothing that shorter ones do not.
const MOST: usize = 64 * 1024;

/// How many times longer than its file the text of an article may be: a reference of five bytes is a character of three or
/// six, a byte that is not UTF-8 one of three.
const GROWTH: usize = 8;

/// Formats whose files hold compressed parts, which grow.
const PACKED: &[&str] = &["warc", "mail", "pdf", "docx"];

static NAMED: LazyLock<Option<&Format>> = LazyLock::new(|| {
    let name = std::env::var("MORGUE_FORMAT").ok()?;
    Some(by_name(&name).expect("MORGUE_FORMAT is a format"))
});

fuzz_target!(|bytes: &[u8]| {
    let (format, bytes) = match (*NAMED, bytes) {
        (Some(format), bytes) => (format, bytes),
        (None, [first, rest @ ..]) => (&FORMATS[usize::from(*first) % FORMATS.len()], rest),
        (None, []) => return,
    };
    let bytes = &bytes[..bytes.len().min(MOST)];
    let text = decode(bytes.to_vec(), None).text;
    sniff(&Head {
        bytes,
        text: &text,
        whole: true,
        name: "file",
    });

    let mut reader = bytes;
    let mut input = Input {
        bytes: &mut reader,
        file: "1987/03/story",
        options: &Options::default(),
        beside: &Beside::default(),
    };
    let mut records = 0;
    let end = (format.read)(&mut input, &mut |record| {
        records += 1;
        match record {
            Ok(draft) => check(format, &draft.article, bytes.len()),
            Err(rejection) => assert!(!rejection.detail.is_empty(), "{}", rejection.reason),
        }
        ControlFlow::Continue(())
    });
    if let Err(rejection) = end {
        assert!(!rejection.detail.is_empty(), "{}", rejection.reason);
    }
    assert!(records <= bytes.len() + 1, "{records} records of {} bytes", bytes.len());
});

/// An article of a file of so many bytes.
fn check(format: &Format, article: &Article, bytes: usize) {
    let texts = [
        Some(&article.headline),
        article.deck.as_ref(),
        Some(&article.body),
    ];
    let length: usize = texts.into_iter().flatten().map(String::len).sum();
    assert!(length > 0, "an article without text");
    assert!(
        PACKED.contains(&format.name) || length <= GROWTH * bytes,
        "{length} bytes of text from {bytes}"
    );
    assert!(!article.headline.contains('\n'), "a headline of two lines");
    assert!(article.file.is_empty() && article.record == 0 && article.word_count == 0);
    // What is done with every article next.
    let _ = morgue::text::language::detect(&article.body);
}
