//! Files that are damaged, cut short or nothing at all now, and had articles before.

use morgue::intake::Entry;
use morgue::source::SkipReason;

use super::failures::{desk, numbered};
use super::{Desk, text};
use crate::source::{bzip2, gzip, tar, xz, zstd};

/// What a crash leaves of a file is no file of its maker's: it is told, and what was stays. One that never gave anything is
/// just left out.
#[test]
fn a_file_that_is_nothing_now_keeps_its_articles() {
    let noise: Vec<u8> = (0..4_000_u32).map(|n| (n * n % 251) as u8).collect();
    let words = "foo bar\n".repeat(20);
    for (bytes, reason) in [
        (&b""[..], SkipReason::Empty),
        (b" \n\n", SkipReason::Empty),
        (&[0; 5_000], SkipReason::Empty),
        (&noise, SkipReason::Binary),
        (words.as_bytes(), SkipReason::UnknownFormat),
    ] {
        for name in ["b.txt", "b.txt.gz"] {
            let packed = |bytes: &[u8]| match name {
                "b.txt" => bytes.to_vec(),
                _ => gzip(bytes),
            };
            let desk = desk();
            desk.write("never.txt", bytes);
            desk.write(name, packed(text("Second").as_bytes()));
            desk.sync(&[""]);
            let both = desk.listing();
            assert_eq!(both.len(), 2);
            desk.write(name, packed(bytes));
            let run = desk.sync(&[""]);
            assert_eq!(desk.listing(), both, "{name}: {reason}");
            let told: Vec<_> = run
                .entries
                .iter()
                .map(|it| (&*it.file, it.reason))
                .collect();
            assert_eq!(told, [(name, Some(reason))]);
            assert_eq!((desk.status().articles, desk.status().rejected), (2, 2));
            assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
            desk.remove(name);
            desk.sync(&[""]);
            assert_eq!(desk.listing(), ["x: First"]);
        }
    }
}

/// A text with a headline and words that no packing makes much smaller, so that a cut hits one of several.
fn long_text(number: u32) -> String {
    let mut state = number;
    let mut word = || {
        let mut letter = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'a' + (state >> 24) as u8 % 26)
        };
        (0..6).map(|_| letter()).collect::<String>()
    };
    let lines = (0..300).map(|_| format!("{}.\n\n", [(); 8].map(|()| word()).join(" ")));
    format!("Story {number}\n\n{}", lines.collect::<String>())
}

/// What lies in an archive behind the place where it breaks off is kept, however it is packed, and the archive is told of.
#[test]
fn an_archive_that_breaks_off_keeps_what_was_not_reached() {
    let texts: Vec<(String, String)> = (1..=9)
        .map(|number| (format!("{number}.txt"), long_text(number)))
        .collect();
    let members = texts.iter().map(|(name, text)| (&**name, text.as_bytes()));
    let tar = tar(&members.collect::<Vec<_>>());
    let last = text("Last");
    let inside =
        |bytes: &[u8]| crate::source::tar(&[("in.tar.gz", bytes), ("z.txt", last.as_bytes())]);
    let cut = |bytes: &[u8]| bytes[..bytes.len() * 6 / 10].to_vec();
    let packed = gzip(&tar);
    for (name, broken, whole, damaged) in [
        ("a.tar", "a.tar", tar.clone(), cut(&tar)),
        ("a.tgz", "a.tgz", gzip(&tar), cut(&gzip(&tar))),
        ("a.tar.xz", "a.tar.xz", xz(&tar), cut(&xz(&tar))),
        ("a.tar.zst", "a.tar.zst", zstd(&tar), cut(&zstd(&tar))),
        ("a.tar.bz2", "a.tar.bz2", bzip2(&tar), cut(&bzip2(&tar))),
        ("a.tar", "a.tar", inside(&packed), cut(&inside(&packed))),
        // The archive around it is whole.
        (
            "a.tar",
            "a.tar!/in.tar.gz",
            inside(&packed),
            inside(&cut(&packed)),
        ),
    ] {
        let desk = Desk::new();
        desk.write(name, &whole);
        desk.sync(&[""]);
        let before = desk.listing();
        assert!(before.len() >= 9, "{name}");
        for bytes in [damaged.clone(), cut(&damaged)] {
            desk.write(name, bytes);
            let run = desk.sync(&[""]);
            assert_eq!(desk.listing(), before, "{name}");
            let is_told = |entry: &Entry| {
                entry.file == broken && entry.reason == Some(SkipReason::BrokenArchive)
            };
            assert!(run.entries.iter().any(is_told), "{name}");
            assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
            if broken != name {
                break;
            }
        }
        desk.write(name, &whole);
        desk.sync(&[""]);
        assert_eq!(desk.listing(), before, "{name}");
        assert_eq!(desk.status().rejected, 0);
    }
}

/// Articles whose dates wait for evidence come in after what is said of the end of their file.
#[test]
fn a_file_that_breaks_off_keeps_the_rest_though_its_dates_wait() {
    let desk = Desk::new();
    let dated = |number: u32, headline: &str| {
        numbered(number, headline).replace('{', r#"{"date": "03/04/2024", "#)
    };
    let all = [1, 2, 3].map(|number| dated(number, "Old")).join(",");
    desk.write("b.json", format!("[{all}]"));
    desk.sync(&[""]);
    desk.write("b.json", format!("[{}, {{", dated(1, "New")));
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["s1: New 1", "s2: Old 2", "s3: Old 3"]);
}

/// A file with three articles in the way of a format: what stands before them, each by its number and headline, what stands
/// behind them.
type Layout = (
    &'static str,
    &'static str,
    fn(u32, &str) -> String,
    &'static str,
);

const BODY: &str = "The harbour office has told the ferry to wait, and the fishermen too, until the tide has turned.";

const LAYOUTS: &[Layout] = &[
    (
        "a.sgm",
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n",
        |number, headline| {
            format!(
                "<REUTERS NEWID=\"{number}\"><TEXT><TITLE>{headline}</TITLE><BODY>{BODY}</BODY></TEXT></REUTERS>\n"
            )
        },
        "",
    ),
    (
        "a.trec",
        "",
        |number, headline| {
            format!(
                "<DOC><DOCNO>X-{number}</DOCNO><HEADLINE>{headline}</HEADLINE><TEXT>{BODY}</TEXT></DOC>\n"
            )
        },
        "",
    ),
    (
        "a.rss",
        "<rss version=\"2.0\"><channel><title>Desk</title>\n",
        |number, headline| {
            format!(
                "<item><guid>{number}</guid><title>{headline}</title><description>{BODY}</description></item>\n"
            )
        },
        "</channel></rss>\n",
    ),
    (
        "a.atom",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Desk</title>\n",
        |number, headline| {
            format!(
                "<entry><id>{number}</id><title>{headline}</title><content>{BODY}</content></entry>\n"
            )
        },
        "</feed>\n",
    ),
    (
        "a.wxr",
        "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\n",
        |number, headline| {
            format!(
                "<item><guid>{number}</guid><title>{headline}</title><content:encoded><![CDATA[{BODY}]]></content:encoded><wp:post_type>post</wp:post_type><wp:status>publish</wp:status></item>\n"
            )
        },
        "</channel></rss>\n",
    ),
    (
        "a.xml",
        "<?xml version=\"1.0\"?>\n<export><stories>\n",
        |number, headline| {
            format!(
                "<story><id>{number}</id><headline>{headline}</headline><text>{BODY}</text></story>\n"
            )
        },
        "</stories></export>\n",
    ),
    (
        "a.csv",
        "id,headline,body\n",
        |number, headline| format!("{number},{headline},\"{BODY}\n\n{BODY}\"\n"),
        "",
    ),
    (
        "a.smart",
        "",
        |number, headline| format!(".I {number}\n.T\n{headline}\n.W\n{BODY}\n"),
        "",
    ),
    (
        "a.json",
        "[",
        |number, headline| {
            format!(
                "{{\"id\": \"{number}\", \"headline\": \"{headline}\", \"body\": \"{BODY}\"}}, "
            )
        },
        "{}]",
    ),
];

/// The record that a file ends in is none, whatever the format; it and all that follows it are kept as they were.
#[test]
fn a_file_that_is_cut_short_keeps_the_rest() {
    for (name, before, record, behind) in LAYOUTS {
        let all = |headline: &str| [1, 2, 3].map(|number| record(number, headline)).concat();
        let desk = Desk::new();
        desk.write(name, format!("{before}{}{behind}", all("Old")));
        let run = desk.sync(&[""]);
        assert_eq!(run.report.articles, 3, "{name}: {:?}", run.entries);
        let begun = format!("{before}{}", record(1, "New"));
        let second = record(2, "New");
        for cut in 1..4 {
            let cut = second.len() * cut / 4;
            desk.write(name, format!("{begun}{}", &second[..cut]));
            let run = desk.sync(&[""]);
            let articles = desk.articles();
            let headlines: Vec<_> = articles.values().map(|it| &*it.headline).collect();
            assert_eq!(
                headlines,
                ["New", "Old", "Old"],
                "{name}, {cut}: {:?}",
                run.entries
            );
            let told = |entry: &&Entry| entry.reason == Some(SkipReason::Malformed);
            assert_eq!(run.entries.iter().filter(told).count(), 1, "{name}, {cut}");
        }
        // Between two records only what encloses them can tell.
        desk.write(name, &begun);
        let told = desk.sync(&[""]).report.articles == 3;
        assert_eq!(told, !behind.is_empty(), "{name}");
        assert_eq!(morgue::index::check(&desk.index()).unwrap().damage, []);
    }
}
