//! Bad sizes: too long, too wide, too deep, too many, and what unpacks without end.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use super::{Case, STORY, Trial, file};
use crate::source::{bzip2, gzip, tar, zip, zstd};
use morgue::source::Limits;

/// Narrow limits: what a thousand members meet here, ten million meet outside.
const NARROW: Limits = Limits {
    depth: 4,
    member_bytes: 100_000,
    ratio: 1000,
    members: 3,
};

const MB: usize = 1 << 20;

pub(super) const CASES: &[Case] = &[
    file!(
        "gzip-bomb",
        "a gzip file of a story and 100 MB of line ends, packed twice",
        "a.gz",
        gzip(&gzip(&endless(100)))
    ),
    file!(
        "zstd-bomb",
        "a zstd file of a story and 200 MB of line ends",
        "a.zst",
        zstd(&endless(200))
    ),
    file!(
        "bzip2-bomb",
        "a bzip2 file of a story and 100 MB of line ends",
        "a.bz2",
        bzip2(&endless(100))
    ),
    file!(
        "zip-bomb",
        "a zip of ten members, each a story and 10 MB of line ends",
        "a.zip",
        bomb_of_members()
    ),
    file!(
        "zip-overlap",
        "a zip whose 1,000 members are the same 8 MB",
        "a.zip",
        overlapping()
    ),
    Case {
        name: "too-many-members",
        what: "a tar of more members than are opened (the limit is 3 here)",
        trial: Trial::Within(NARROW, |dir| {
            fs::write(dir.join("a.tar"), tar(&letters())).unwrap()
        }),
    },
    Case {
        name: "too-many-members-zip",
        what: "a zip of more members than are opened (the limit is 3 here)",
        trial: Trial::Within(NARROW, |dir| {
            fs::write(dir.join("a.zip"), zip(&letters())).unwrap()
        }),
    },
    Case {
        name: "too-large-file",
        what: "a file of more bytes than are read (the limit is 100 KB here)",
        trial: Trial::Within(NARROW, |dir| {
            fs::write(dir.join("a.txt"), STORY.repeat(1000)).unwrap()
        }),
    },
    Case {
        name: "sparse-file",
        what: "a file of two terabytes, all of it a hole",
        trial: Trial::Files(|dir| hole(&dir.join("a.txt"), 2 << 40)),
    },
    Case {
        name: "sparse-image",
        what: "a file of 8 GB of zeros behind a first line of text",
        trial: Trial::Files(|dir| {
            fs::write(dir.join("disk.img"), "disk\n").unwrap();
            hole(&dir.join("disk.img"), 8 << 30);
        }),
    },
    file!(
        "json-large",
        "JSON lines, the second of which has 70 MB",
        "a.jsonl",
        between_lines(|line| line.extend(
            format!(
                "{{\"headline\": \"Ferry\", \"body\": \"{}\"}}",
                "word ".repeat(14 * MB)
            )
            .bytes()
        ))
    ),
    file!(
        "json-many",
        "an article of JSON with five million values",
        "a.json",
        format!(
            "{{\"headline\": \"Ferry\", \"body\": \"It runs.\", \"sizes\": [{}1]}}",
            "1,".repeat(5_000_000)
        )
    ),
    file!(
        "json-endless",
        "JSON of three million numbers, none of them an article",
        "a.json",
        format!("[{}1]", "1,".repeat(3_000_000))
    ),
    file!(
        "csv-wide",
        "a table with a row of two million cells",
        "a.csv",
        format!(
            "headline,body\nFerry,It runs again.\n{}\nTrain,It runs too.\n",
            "a,".repeat(2_000_000)
        )
    ),
    file!(
        "csv-long",
        "a table with a row of 70 MB",
        "a.csv",
        format!(
            "headline,body\nFerry,It runs again.\nTrain,{}\nTram,It runs too.\n",
            "word ".repeat(14 * MB)
        )
    ),
    file!(
        "text-long",
        "a text of 70 MB",
        "a.txt",
        STORY.repeat(70 * MB / STORY.len())
    ),
    file!(
        "text-lines",
        "a text of two million lines",
        "a.txt",
        STORY.repeat(200) + &"a\n".repeat(2_000_000)
    ),
    file!(
        "text-one-line",
        "a text with a line of 200 MB",
        "a.txt",
        one_line(200 * MB)
    ),
    file!(
        "html-tags",
        "a page of two million tags",
        "a.html",
        format!(
            "<!doctype html><html><body>{STORY}{}",
            "<p>".repeat(2_000_000)
        )
    ),
    file!(
        "html-long",
        "a page of 70 MB",
        "a.html",
        format!(
            "<!doctype html><html><body><p>{STORY}{}",
            "word ".repeat(14 * MB)
        )
    ),
    file!(
        "html-attributes",
        "a page with a tag of 100,000 attributes",
        "a.html",
        format!(
            "<!doctype html><html><body><p>{STORY}</p><p {}>x",
            "a=1 ".repeat(100_000)
        )
    ),
    file!(
        "xml-long",
        "a story in NITF with 70 MB of text",
        "a.xml",
        format!(
            "<nitf><head><title>Ferry</title></head><body><body.content><p>{}</p></body.content></body></nitf>",
            "word ".repeat(14 * MB)
        )
    ),
    file!(
        "xml-elements",
        "a story in NITF of a million elements",
        "a.xml",
        format!(
            "<nitf><head><title>Ferry</title></head><body><body.content>{}</body.content></body></nitf>",
            "<p>a</p>".repeat(1_000_000)
        )
    ),
    file!(
        "xml-tag",
        "XML whose first tag has 70 MB",
        "a.xml",
        format!(
            "<?xml version=\"1.0\"?><nitf {}><body/></nitf>",
            "a=\"\" ".repeat(14 * MB)
        )
    ),
    file!(
        "xml-attributes",
        "a story in NITF with a tag of a million attributes",
        "a.xml",
        format!(
            "<nitf {}><head><title>Ferry</title></head><body><body.content><p>It runs.</p></body.content></body></nitf>",
            "a=\"\" ".repeat(1_000_000)
        )
    ),
    file!(
        "alto-elements",
        "a scanned page of two million words without a letter",
        "a.xml",
        format!(
            "<?xml version=\"1.0\"?><alto><Layout><Page>{}</Page></Layout></alto>",
            "<String CONTENT=\"\"/>".repeat(2_000_000)
        )
    ),
    file!(
        "mail-parts",
        "a message of two million parts",
        "a.eml",
        mail("--x\n\n".repeat(2_000_000))
    ),
    file!(
        "mail-long",
        "a message of 70 MB",
        "a.eml",
        mail("word \n".repeat(12 * MB))
    ),
    file!(
        "reuters-long",
        "a Reuters file whose second story has 70 MB",
        "a.sgm",
        reuters()
    ),
    file!(
        "warc-long",
        "a crawl with a page of 70 MB, and one of a few bytes",
        "a.warc",
        warc()
    ),
];

/// An article in JSON lines, and so many MB of empty lines after it.
fn endless(megabytes: usize) -> Vec<u8> {
    let mut lines = b"{\"headline\": \"One\", \"body\": \"It runs.\"}".to_vec();
    lines.resize(megabytes * MB, b'\n');
    lines
}

fn letters() -> [(&'static str, &'static [u8]); 5] {
    ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"].map(|name| (name, STORY.as_bytes()))
}

fn hole(path: &Path, size: u64) {
    let file = File::options()
        .create(true)
        .write(true)
        .truncate(false)
        .open(path);
    file.unwrap().set_len(size).unwrap();
}

fn bomb_of_members() -> Vec<u8> {
    let story = endless(10);
    let names: Vec<String> = (0..10).map(|number| format!("{number}.txt")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (&**name, &story[..])).collect();
    zip(&members)
}

/// The rows of the directory all point at the one member there is.
fn overlapping() -> Vec<u8> {
    let whole = zip(&[("a.txt", &endless(8))]);
    let directory = whole
        .windows(4)
        .rposition(|here| here == b"PK\x01\x02")
        .unwrap();
    let end = whole
        .windows(4)
        .rposition(|here| here == b"PK\x05\x06")
        .unwrap();
    let rows = whole[directory..end].repeat(1000);
    let mut tail = whole[end..].to_vec();
    tail[8..10].copy_from_slice(&1000_u16.to_le_bytes());
    tail[10..12].copy_from_slice(&1000_u16.to_le_bytes());
    tail[12..16].copy_from_slice(&u32::try_from(rows.len()).unwrap().to_le_bytes());
    [&whole[..directory], &rows, &tail].concat()
}

fn between_lines(make: fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut lines = b"{\"headline\": \"One\", \"body\": \"It runs.\"}\n".to_vec();
    make(&mut lines);
    lines.extend(b"\n{\"headline\": \"Three\", \"body\": \"It runs.\"}\n");
    lines
}

fn one_line(length: usize) -> Vec<u8> {
    let sentence = STORY.replace('\n', " ");
    let text = STORY.repeat(200) + &sentence.repeat(length / sentence.len());
    text.into_bytes()
}

fn mail(text: String) -> String {
    format!(
        "From: a@b.example\nDate: Mon, 4 Mar 2024 10:00:00 +0000\nMessage-ID: <1@b.example>\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n{text}"
    )
}

fn reuters() -> String {
    let story = |number: usize, body: &str| {
        format!(
            "<REUTERS NEWID=\"{number}\"><TEXT><TITLE>FERRY {number}</TITLE><BODY>{body}</BODY></TEXT></REUTERS>\n"
        )
    };
    [
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n",
        &story(1, "It runs."),
        &story(2, &"word ".repeat(14 * MB)),
        &story(3, "It runs."),
    ]
    .concat()
}

fn warc() -> Vec<u8> {
    let mut crawl = BufWriter::new(Vec::new());
    for text in [
        &*"word ".repeat(14 * MB),
        "It runs again, every half hour, from Monday to Friday, says the company.",
    ] {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{text}</p></article></body></html>"
        );
        write!(crawl, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/{}\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n", text.len(), page.len()).unwrap();
    }
    crawl.into_inner().unwrap()
}
