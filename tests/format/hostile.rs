//! Formats on bytes that nobody meant for them.

use std::ops::ControlFlow;

use morgue::format::{FORMATS, Head, Input, MapField, Options, sniff};
use proptest::prelude::*;

use super::{read_as, read_with};
use crate::support::within;

/// What formats are told by.
const PIECES: &[&str] = &[
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n",
    "Content-Length: 60\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n\r\n",
    "filedesc://a 0 20200101000000 text/plain 9\n",
    "http://a.example/b 192.0.2.1 20200101000000 text/html 40\n",
    "<mets OBJID=\"a\">",
    "<structMap TYPE=\"LOGICAL\">",
    "<div TYPE=\"ARTICLE\" DMDID=\"d\">",
    "<area FILEID=\"f\" BEGIN=\"b\"/>",
    "<dmdSec ID=\"d\"><title>A</title><dateIssued>1.2.1900</dateIssued>",
    "<alto><Page ID=\"p\" PC=\"2\">",
    "<document xmlns=\"http://www.abbyy.com/FineReader_xml/\"><page><block blockType=\"Text\"><text><par>",
    "<line><formatting lang=\"OldGerman\" fs=\"9.\"><charParams charConfidence=\"300\">f</charParams>",
    "<TextBlock ID=\"b\"><TextLine>",
    "<String CONTENT=\"ha\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"harbour\" WC=\".5\"/><HYP/>",
    "</TextLine>",
    "</div>",
    "From a@b.example Fri Mar  4 09:30:00 2022\n",
    "Message-ID: <1@b.example>\nSubject: =?utf-8?Q?F=C3=A4hre?=\n",
    "Content-Type: multipart/mixed; boundary=x\n\n",
    "--x\nContent-Type: text/html\n\n",
    "--x--\n",
    "<REUTERS NEWID=\"1\">",
    "<DOC>",
    "\u{1}",
    "\u{2}",
    "\u{3}",
    "\u{4}",
    "\u{1f}",
    "\u{13}",
    "eca1 3 i 51 dpa 1\n",
    "ZCZC\r",
    "NNNN\n",
    "#",
    "=",
    "1 of 2 DOCUMENTS\n",
    "LENGTH: 5 words\n",
    "Body\n",
    "End of Document\n",
    "HD ",
    "WC 5 words\n",
    "5 words\n",
    "Document harb000020030303dz330000a\n",
    "<DOC id=\"A\" type=\"story\">",
    "<DOCNO>",
    "<DOCHDR>",
    "</DOCHDR>",
    "<P>",
    "<![CDATA[",
    "</DOC>",
    "*TEXT 1 01/04/63\n",
    ".I 1\n",
    ".W\n",
    "</REUTERS>",
    "<TEXT>",
    "<TITLE>",
    "</TITLE>",
    "<BODY>",
    "<DATELINE>",
    "&#",
    "&lt;",
    ";",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\"title\":",
    "\"text\":",
    ":",
    ",",
    "\\",
    "\n",
    "\r\n",
    "\t",
    "'",
    "|",
    "A line of words.",
    "By Ada Byron",
    "3 May 2024",
    "18.09.2024",
    " - ",
    "OSLO",
    "é",
    "标题",
    "\u{feff}",
    "<p>",
    "<!--",
    "</",
    "<script>",
    "#39;",
    "&nbsp;",
    "null",
    "1714726800",
    " ",
    "    ",
    "--",
    "©",
    "<?xml version=\"1.0\" encoding=\"big5\"?>",
    "<!DOCTYPE a [",
    "<nitf>",
    "<body.content>",
    "<newsItem guid=\"a\">",
    "<newsitem itemid=\"1\">",
    "<contentSet><inlineXML>",
    "<NewsML><NewsItem>",
    "<NewsComponent><ContentItem><DataContent>",
    "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>",
    "<item>",
    "</item>",
    "<description>",
    "<content:encoded>",
    "<wp:post_type>post",
    "<feed><entry>",
    "<content type=\"xhtml\">",
    "<![CDATA[",
    "]]>",
    "[caption id=\"a\"]",
    "<table><tr><td>",
    "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"title\": \"",
];

/// Bytes that look like the formats here and there, so that more than the first check is reached.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_bytes_break_a_format(bytes in bytes()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for whole in [true, false] {
            for name in ["file", "file.csv", "file.json", "file.jsonl", "file.txt", "file.sgm"] {
                sniff(&Head { bytes: &bytes, text: &text, whole, name });
            }
        }
        let map = vec![(MapField::Body, "#2".to_owned()), (MapField::Headline, "title".to_owned())];
        for format in FORMATS {
            for options in [Options::default(), Options { map: map.clone(), explain: true }] {
                for record in read_with(format.name, "a/b/1.txt", &bytes, &options) {
                    match record {
                        Ok(draft) => {
                            let article = &draft.article;
                            prop_assert!(!(article.headline.is_empty() && article.body.is_empty() && article.deck.is_none()));
                        }
                        Err(rejection) => prop_assert!(!rejection.detail.is_empty(), "{}: {}", format.name, rejection.reason),
                    }
                }
            }
        }
    }

    #[test]
    fn lines_put_together_are_read_as_they_are_apart(one in bytes(), other in bytes()) {
        let clean = |bytes: Vec<u8>| -> Vec<u8> {
            // Of zeros and of bytes beyond ASCII the file as a whole tells which characters they are.
            let mut bytes: Vec<u8> = bytes.into_iter().filter(|byte| (1..0x80).contains(byte)).collect();
            bytes.push(b'\n');
            bytes
        };
        let (one, other) = (clean(one), clean(other));
        let apart = read_as("jsonl", &one).len() + read_as("jsonl", &other).len();
        prop_assert_eq!(read_as("jsonl", &[one, other].concat()).len(), apart);
    }
}

#[test]
fn every_rejection_says_what_is_wrong() {
    // Found by the fuzz target `read`: an answer of a server with neither an address nor a type.
    let answer = b"WARC/1.0\nWARC-Type: response\nContent-Length: 20\n\nHTTP/1.1 200 OK\n\nabc";
    for record in read_as("warc", answer) {
        assert!(!record.unwrap_err().detail.is_empty());
    }
}

#[test]
fn the_sink_can_stop_the_reading() {
    let line = "{\"title\": \"Ferry\", \"text\": \"It runs.\"}\n".repeat(10);
    let table = format!("title,text\n{}", "Ferry,It runs.\n".repeat(10));
    let wire = "<REUTERS NEWID=\"1\"><TEXT><TITLE>FERRY</TITLE></TEXT></REUTERS>\n".repeat(10);
    let many = |outer: &str, record: &str| format!("<{outer}>{}</{outer}>", record.repeat(10));
    let nitf = many("a", "<nitf><body.content>Ferry.</body.content></nitf>");
    let g2 = many("newsMessage", "<newsItem><packageItem/></newsItem>");
    let newsml = many("NewsML", "<NewsItem/>");
    let rcv1 = many("a", "<newsitem><title>Ferry</title></newsitem>");
    let rss = many("rss", "<item><title>Ferry</title></item>");
    let atom = many("feed", "<entry><title>Ferry</title></entry>");
    let feed = format!(
        "{{\"items\": [{}]}}",
        ["{\"title\": \"Ferry\"}"; 10].join(",")
    );
    let crawl = "WARC/1.0\nWARC-Type: request\nContent-Length: 2\n\nno\n\n".repeat(10);
    let post =
        "From a@b.example Fri Mar  4 09:30:00 2022\nSubject: Ferry\n\nIt runs.\n\n".repeat(10);
    let documents = "<DOC><DOCNO>1</DOCNO><TEXT>It runs.</TEXT></DOC>\n".repeat(10);
    let items = "*TEXT 1 01/04/63 PAGE 020\nIt runs.\n".repeat(10);
    let telex = "ZCZC A\n$The ferry runs again\nIt runs.\nNNNN\n".repeat(10);
    let counted =
        "1 of 9 DOCUMENTS\nHEADLINE: Ferry\nLENGTH: 2 words\nBODY:\nIt runs.\n".repeat(10);
    let coded = "HD Ferry\nWC 2 words\nLP\nIt runs.\n".repeat(10);
    for (name, bytes) in [
        ("json", &line),
        ("jsonl", &line),
        ("csv", &table),
        ("reuters", &wire),
        ("nitf", &nitf),
        ("newsml", &g2),
        ("newsml1", &newsml),
        ("rcv1", &rcv1),
        ("rss", &rss),
        ("wxr", &rss),
        ("atom", &atom),
        ("jsonfeed", &feed),
        ("warc", &crawl),
        ("mail", &post),
        ("trec", &documents),
        ("smart", &items),
        ("wire", &telex),
        ("nexis", &counted),
        ("factiva", &coded),
    ] {
        let mut seen = 0;
        let mut reader = bytes.as_bytes();
        let mut input = Input {
            bytes: &mut reader,
            file: "file",
            options: &Options::default(),
            beside: &morgue::source::Beside::default(),
        };
        let format = morgue::format::by_name(name).unwrap();
        let end = (format.read)(&mut input, &mut |_| {
            seen += 1;
            if seen == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert!(end.is_ok());
        assert_eq!(seen, 3, "{name}");
    }
}

#[test]
fn nothing_hostile_takes_long() {
    let many = |piece: &str| piece.repeat((1 << 17) / piece.len());
    for piece in [
        "<REUTERS>",
        "<TITLE>",
        "<TEXT><TITLE>",
        "&#",
        "[",
        "{\"a\":",
        "\"",
        "\"a\n",
        "'x\n",
        "a,\"b\n",
        "<p>",
        "<!--",
        "<script>",
        "&eacute",
        "#39",
        "a\n",
        "By A B | 1.1.2001\n",
        "<DOC>",
        "<DOC><TEXT>",
        "<HEAD>",
        "<![CDATA[",
        "&Cx;",
        "\u{1}",
        "\u{1}a\n",
        "ZCZC\n",
        "#a\n",
        "eca1 3 i 51 dpa 1\n",
        "*TEXT 1 1\n",
        "LENGTH: 5 words\n",
        "Body\n",
        "HD a\n",
        "5 words\n",
        "a###",
        "OSLO\n\n",
        "Title: a\n",
        "- ",
        "[[",
        ",",
        "<a>",
        "</a>",
        "<a b='c'>",
        "<a xmlns:b='c'>",
        "<item>",
        "<item><title>A</title></item>",
        "<category>a</category>",
        "<![CDATA[",
        "&amp;",
        "[caption]",
        "<br>",
        "<table><tr><td>1",
        "<subject><name>A</name></subject>",
        "<NewsComponent>",
        "<newsLines>",
        "From a@b.example Fri Mar  4 09:30:00 2022\n\n",
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
        "Content-Type: message/rfc822\n\n",
        "WARC/1.0\n\n",
        "WARC/1.0\nContent-Length: 0\n\n",
        "<div TYPE=\"SECTION\">",
        "<div TYPE=\"ARTICLE\"><area BEGIN=\"a\" FILEID=\"f\">",
        "<TextBlock ID=\"a\">",
        "<TextLine><String CONTENT=\"a-\"/></TextLine>",
        "<formatting lang=\"a\"><charParams>a</charParams> </formatting>",
    ] {
        let bytes = many(piece);
        for bytes in [
            bytes.clone(),
            format!("title,text\n{bytes}"),
            format!("<REUTERS NEWID=\"1\"><TEXT>{bytes}"),
            format!("<mets><structMap>{bytes}"),
            format!("<alto><Page>{bytes}"),
            format!("<page><block blockType=\"Text\"><text><par><line>{bytes}"),
            format!("{{\"text\": \"{}\"}}", bytes.replace(['"', '\n'], "")),
            format!("<rss><channel><item><title>A</title>{bytes}"),
            format!("<rss><item><content:encoded><![CDATA[{bytes}"),
            format!("<nitf><body><body.content>{bytes}"),
            format!("<newsItem><contentMeta>{bytes}"),
            format!("<NewsML><NewsItem><NewsComponent>{bytes}"),
            format!(
                "<feed><entry><content type=\"html\">{}",
                bytes.replace('<', "&lt;")
            ),
        ] {
            for format in FORMATS {
                let what = format!("{} on {piece:?}", format.name);
                within(5, &what, || read_as(format.name, bytes.as_bytes()));
            }
        }
    }
}
