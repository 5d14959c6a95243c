//! Bad texts: what is no text, no format, in no encoding, or breaks the rules of its own.

use std::fmt::Write;
use std::fs;

use super::{Case, STORY, Trial, file};
use crate::source::zip;

pub(super) const CASES: &[Case] = &[
    file!(
        "picture",
        "a picture that is named as a text",
        "a.txt",
        &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"[..]
    ),
    file!(
        "program",
        "a program",
        "story",
        &b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0"[..]
    ),
    file!(
        "database",
        "a database",
        "a.db",
        &b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20"[..]
    ),
    file!(
        "rich-text",
        "a document in RTF",
        "a.rtf",
        "{\\rtf1\\ansi Harbour reopens\\par}"
    ),
    file!(
        "old-word",
        "a document of Word 97",
        "a.doc",
        &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0"[..]
    ),
    file!("noise", "a kilobyte of noise", "a.txt", noise(1000)),
    file!(
        "noise-as-json",
        "noise that is named as JSON",
        "a.json",
        noise(1000)
    ),
    file!(
        "nul-inside",
        "a story with three NUL bytes in it",
        "a.txt",
        STORY.replace(" was ", "\0was\0").into_bytes()
    ),
    file!(
        "nul-only",
        "a file of nothing but NUL bytes, as a crash leaves them",
        "a.txt",
        vec![0; 4096]
    ),
    file!(
        "nul-after",
        "a story, and a page of NUL bytes after it",
        "a.txt",
        [STORY.as_bytes(), &[0; 4096]].concat()
    ),
    file!(
        "utf16-unmarked",
        "a story in UTF-16 without its mark",
        "a.txt",
        utf16(STORY)
    ),
    file!(
        "utf16-odd",
        "a story in UTF-16 that lacks its last byte",
        "a.txt",
        odd(utf16(STORY))
    ),
    file!(
        "utf16-surrogates",
        "a story in UTF-16 with a lone surrogate",
        "a.txt",
        lone_surrogate()
    ),
    file!(
        "invalid-utf8",
        "a story in UTF-8 with bytes that are none",
        "a.txt",
        [STORY.as_bytes(), b" The caf\xe9 is shut.\xff\xfe\n"].concat()
    ),
    file!(
        "cut-utf8",
        "a story in UTF-8 that ends within a letter",
        "a.txt",
        [STORY.as_bytes(), b" The caf\xc3"].concat()
    ),
    file!(
        "charset-wrong",
        "a page in Windows-1252 that says UTF-8",
        "a.html",
        page("utf-8", b"caf\xe9 d\x92Or\xe9e")
    ),
    file!(
        "charset-unknown",
        "a page in an encoding that nobody knows",
        "a.html",
        page("x-klingon", b"cafe d'Or")
    ),
    file!(
        "prose-unknown",
        "a list of words, of no format",
        "a.txt",
        "apples\npears\nplums\n"
    ),
    file!(
        "log",
        "the log of a program",
        "a.log",
        "[12:03:04] INFO start\n[12:03:05] WARN x=1\n[12:03:06] INFO stop\n".repeat(20)
    ),
    file!(
        "source-code",
        "the source of a program",
        "a.c",
        "#include <stdio.h>\nint main(void) {\n\treturn 0;\n}\n"
    ),
    file!(
        "json-cut",
        "an array of JSON that ends within its second article",
        "a.json",
        &article_array(2)[..400]
    ),
    file!(
        "json-comma",
        "an article of JSON with a comma too many",
        "a.json",
        "{\"headline\": \"Ferry\", \"body\": \"It runs.\",}"
    ),
    file!(
        "json-surrogate",
        "an article of JSON with half of a surrogate pair",
        "a.json",
        r#"{"headline": "Ferry \ud83d", "body": "It runs again."}"#
    ),
    file!(
        "json-numbers",
        "JSON without an object",
        "a.json",
        "[1, 2, \"three\"]"
    ),
    file!(
        "json-foreign",
        "JSON of something else",
        "a.json",
        r#"{"sensors": [{"t": 20.5, "at": 1}], "unit": "C"}"#
    ),
    file!("json-empty-array", "an empty array of JSON", "a.json", "[]"),
    file!(
        "json-body-number",
        "an article of JSON whose body is a number",
        "a.json",
        r#"{"headline": "Ferry", "body": 17}"#
    ),
    file!(
        "json-no-text",
        "an article of JSON with neither headline nor text",
        "a.json",
        r#"{"id": 7, "headline": "", "body": null, "date": "1987-03-04"}"#
    ),
    file!(
        "json-deep",
        "JSON a thousand brackets deep",
        "a.json",
        format!(
            "{{\"headline\": \"Ferry\", \"body\": {}{}}}",
            "[".repeat(1000),
            "]".repeat(1000)
        )
    ),
    file!(
        "jsonl-one-bad",
        "JSON lines, the second of which is broken",
        "a.jsonl",
        "{\"headline\": \"One\", \"body\": \"It runs.\"}\n{\"headline\": \"Two\", \"bo\n{\"headline\": \"Three\", \"body\": \"It runs.\"}\n"
    ),
    file!(
        "csv-no-text",
        "a table of numbers",
        "a.csv",
        "year,tons,ships\n".to_owned() + &"1987,12,3\n".repeat(30)
    ),
    file!(
        "csv-header-only",
        "a table that has a header and no row",
        "a.csv",
        "headline,body,date\n"
    ),
    file!(
        "csv-short-row",
        "a table with a row that lacks its text",
        "a.csv",
        table("1987-03-04\n")
    ),
    file!(
        "csv-quote",
        "a table with a quotation mark that is never closed",
        "a.csv",
        table("1987-03-04,\"Ferry,It runs again.\n1987-03-05,Train,It runs too.\n")
    ),
    file!(
        "xml-cut",
        "a story in NITF that ends within a comment",
        "a.xml",
        "<nitf><head><title>Ferry</title></head><body><body.content><p>It runs again.</p><!-- edi"
    ),
    file!(
        "xml-laughs",
        "a billion laughs: entities of entities",
        "a.xml",
        billion_laughs()
    ),
    file!(
        "xml-outside",
        "an entity that names a file of the system",
        "a.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE nitf [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><nitf><head><title>Ferry</title></head><body><body.content><p>Read &x; here.</p></body.content></body></nitf>"
    ),
    file!(
        "xml-deep",
        "a story in NITF ten thousand elements deep",
        "a.xml",
        format!(
            "<nitf><head><title>Ferry</title></head><body><body.content>{}It runs.{}</body.content></body></nitf>",
            "<p>".repeat(10_000),
            "</p>".repeat(10_000)
        )
    ),
    file!(
        "xml-no-story",
        "NITF without a headline or a text",
        "a.xml",
        "<nitf><head/><body/></nitf>"
    ),
    file!(
        "rss-empty",
        "a feed without items",
        "a.xml",
        "<rss version=\"2.0\"><channel><title>Courier</title></channel></rss>"
    ),
    file!(
        "embargo-json",
        "an article of JSON whose embargo is no date",
        "a.json",
        "{\"headline\": \"Ferry waits\", \"body\": \"The ferry waits for the tide.\", \"embargo\": \"until further notice\"}"
    ),
    file!(
        "embargo-csv",
        "a table one of whose embargoes is a day that no calendar has",
        "a.csv",
        "headline,body,embargo\nFerry waits,The ferry waits for the tide.,2099-02-30\nFerry sails,The ferry has sailed.,\n"
    ),
    file!(
        "embargo-g2",
        "an item of NewsML-G2 that is embargoed until nobody knows when",
        "a.xml",
        "<newsItem guid=\"urn:x\" version=\"1\"><itemMeta><embargoed>until the press conference</embargoed></itemMeta><contentMeta><headline>Ferry waits</headline></contentMeta><contentSet><inlineXML><html><body><p>The ferry waits for the tide.</p></body></html></inlineXML></contentSet></newsItem>"
    ),
    file!(
        "embargo-nitf",
        "a story in NITF that is released on no day",
        "a.xml",
        "<nitf><head><docdata><date.issue norm=\"20240301\"/><date.release norm=\"20240231\"/></docdata></head><body><body.head><hedline><hl1>Ferry waits</hl1></hedline></body.head><body.content><p>The ferry waits for the tide.</p></body.content></body></nitf>"
    ),
    file!(
        "embargo-wire",
        "a message of a wire that is held back until a time of no day",
        "a.txt",
        "eca00075 3 i 110    dpa 1003\n\n/politics/Norway/harbour/\nEMBARGOED until 1000 GMT\nHarbour will open again in May\nBy Ann Lee, dpa  =\n \nOslo (dpa) - The harbour of Oslo will open again in May, its council\nruled on Monday.\n"
    ),
    file!(
        "xml-foreign",
        "XML of something else",
        "a.xml",
        "<?xml version=\"1.0\"?><gpx><trk><pt lat=\"1\" lon=\"2\"/></trk></gpx>"
    ),
    file!(
        "html-empty",
        "a page that shows nothing without its scripts",
        "a.html",
        "<!doctype html><html><head><title></title><script>app()</script></head><body><div id=\"root\"></div></body></html>"
    ),
    file!(
        "html-front",
        "a front page: nothing but links",
        "a.html",
        front_page()
    ),
    file!(
        "html-deep",
        "a page of 100,000 nested elements",
        "a.html",
        format!(
            "<!doctype html><html><body>{}{STORY}",
            "<div>".repeat(100_000)
        )
    ),
    file!(
        "pdf-cut",
        "a PDF that was cut",
        "a.pdf",
        "%PDF-1.4\n1 0 obj\n<</Type /Catalog /Pa"
    ),
    file!(
        "pdf-encrypted",
        "a PDF that needs a password",
        "a.pdf",
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n4 0 obj<</Filter/Standard/V 2/R 3/O(a)/U(b)/P -4>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R>>\n"
    ),
    file!(
        "pdf-scan",
        "a PDF of a page without text",
        "a.pdf",
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n"
    ),
    file!(
        "docx-no-text",
        "a Word document without a word",
        "a.docx",
        zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", b"<w:document><w:body/></w:document>")
        ])
    ),
    file!(
        "warc-cut",
        "a crawl that ends within a page",
        "a.warc",
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>Harb"
    ),
    file!(
        "warc-length",
        "a crawl with a record of no length",
        "a.warc",
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"
    ),
    file!(
        "mail-empty",
        "a message without a text",
        "a.eml",
        "From: a@b.example\r\nDate: Mon, 4 Mar 2024 10:00:00 +0000\r\nMessage-ID: <1@b.example>\r\nSubject:\r\n\r\n"
    ),
    file!(
        "reuters-cut",
        "a Reuters file that ends within its second story",
        "a.sgm",
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\"><TEXT><TITLE>FERRY</TITLE><BODY>It runs.</BODY></TEXT></REUTERS>\n<REUTERS NEWID=\"2\"><TEXT><TITLE>TRAIN</TITLE><BODY>It ru"
    ),
    Case {
        name: "many-kinds",
        what: "two broken files among whole ones: one costs no other",
        trial: Trial::Files(|dir| {
            fs::write(dir.join("a.txt"), STORY).unwrap();
            fs::write(dir.join("b.json"), "{\"headline\": ").unwrap();
            fs::write(dir.join("c.png"), b"\x89PNG\r\n").unwrap();
            fs::write(dir.join("d.txt"), STORY.replace("Harbour", "Bridge")).unwrap();
        }),
    },
];

fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(byte).take(length).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn odd(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.pop();
    bytes
}

fn lone_surrogate() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(utf16(STORY));
    bytes.extend([0x20, 0, 0x3d, 0xd8, 0x20, 0]);
    bytes
}

fn page(charset: &str, words: &[u8]) -> Vec<u8> {
    let head = format!(
        "<!doctype html><html><head><meta charset=\"{charset}\"><title>Harbour reopens</title></head><body><article><h1>Harbour reopens</h1><p>{} ",
        STORY.lines().nth(2).unwrap()
    );
    [head.as_bytes(), words, b"</p></article></body></html>"].concat()
}

fn article_array(count: usize) -> String {
    let article = format!(
        "{{\"headline\": \"Ferry\", \"body\": \"{}\"}}",
        "It runs again. ".repeat(20)
    );
    format!("[{}]", vec![article; count].join(",\n"))
}

fn table(rows: &str) -> String {
    let whole =
        "1987-03-01,Harbour reopens,The harbour of Larkmouth opened again on Monday.\n".repeat(2);
    format!("date,headline,body\n{whole}{rows}")
}

fn billion_laughs() -> String {
    let mut entities = "<!ENTITY l0 \"ha\">".to_owned();
    for level in 1..10 {
        let inner = format!("&l{};", level - 1).repeat(10);
        write!(entities, "<!ENTITY l{level} \"{inner}\">").unwrap();
    }
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE nitf [{entities}]><nitf><head><title>Ferry</title></head><body><body.content><p>It laughs: &l9;</p></body.content></body></nitf>"
    )
}

fn front_page() -> String {
    let links =
        "<li><a href=\"/1\">Harbour reopens after the storm of the century</a></li>".repeat(40);
    format!(
        "<!doctype html><html><head><title>The Courier</title></head><body><ul>{links}</ul></body></html>"
    )
}
