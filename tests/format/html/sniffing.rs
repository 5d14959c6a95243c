//! What is taken for a page.

use morgue::format::{self, Head};

fn check(name: &str, text: &str, expected: bool) {
    let row = format::by_name("html").expect("the format has a row");
    let head = Head {
        bytes: text.as_bytes(),
        text,
        whole: true,
        name,
    };
    assert_eq!((row.sniff)(&head).sure > 0, expected, "{name}: {text}");
}

#[test]
fn pages_are_recognised_by_their_content() {
    check("a", "<!DOCTYPE html><title>Flood</title>", true);
    check("a", "\u{feff}\n <HTML lang=en>", true);
    check("a.txt", "<!-- saved from a server --><html>", true);
    check(
        "a",
        "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'><html xmlns='http://www.w3.org/1999/xhtml'>",
        true,
    );
    check("a.html", "<h1>Flood</h1><p>The river rose.", true);
    check("a.htm", "Flood<p>The river rose.", true);
}

#[test]
fn other_files_are_none() {
    check(
        "a.html",
        "<?xml version='1.0'?><rss version='2.0'><channel>",
        false,
    );
    check(
        "feed.html",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        false,
    );
    check(
        "a.xml",
        "<?xml version='1.0'?><nitf><head><title>Flood</title>",
        false,
    );
    check("a.sgm", "<REUTERS TOPICS=\"YES\"><DATE>", false);
    check("a.txt", "Flood\n\nThe river rose.", false);
    check("a.html", "The river rose.", false);
    check("a.json", "{\"body\": \"<p>The river rose.\"}", false);
    check("a", "", false);
}
