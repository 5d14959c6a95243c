//! References read back as other programs read them: by the letter of the two formats, and of nothing that morgue writes.

use insta::assert_snapshot;
use morgue::output::{self, Look};
use morgue::search::{Hit, Response};

use crate::support::{hostile_hit, response};

fn text(name: &str, response: &Response) -> String {
    let mut bytes = Vec::new();
    let look = Look::default();
    output::write(output::find(name).unwrap(), response, &mut bytes, look).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What is in the references, one a list: names and values in order.
type References = Vec<Vec<(String, String)>>;

/// RIS: `XX  - value`, from `TY` to `ER`. Whatever is no tag goes on with the value before.
fn read_ris(text: &str) -> References {
    let mut references = References::new();
    let mut open: Option<Vec<(String, String)>> = None;
    for line in text.split("\r\n").flat_map(|line| line.split(['\n', '\r'])) {
        let tag = line.get(..6).filter(|tag| {
            tag.ends_with("  - ") && tag.as_bytes()[..2].iter().all(u8::is_ascii_alphanumeric)
        });
        match (tag.map(|tag| &tag[..2]), &mut open) {
            (Some("TY"), None) => open = Some(vec![("TY".into(), line[6..].into())]),
            (Some("ER"), Some(_)) => references.extend(open.take()),
            (Some(tag), Some(reference)) => reference.push((tag.into(), line[6..].into())),
            (None, Some(reference)) => reference.last_mut().unwrap().1 += line,
            (None, None) if line.is_empty() => {}
            _ => panic!("{line:?} stands where it may not"),
        }
    }
    assert!(open.is_none(), "a reference without an end");
    references
}

/// BibTeX: `@article{key, name = {value} | word, …}`, braces counted, nothing between the entries.
fn read_bibtex(text: &str) -> References {
    let mut references = References::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        rest = rest.strip_prefix("@article{").expect("an entry");
        let (key, after) = rest.split_once([',', '\n']).unwrap();
        let mut reference = vec![("key".to_owned(), key.to_owned())];
        rest = after.trim_start();
        while !rest.starts_with('}') {
            let (name, after) = rest.split_once(" = ").unwrap();
            let length = value_length(after);
            reference.push((name.into(), after[..length].into()));
            rest = after[length..].trim_start_matches(',').trim_start();
        }
        rest = rest[1..].trim_start();
        references.push(reference);
    }
    references
}

fn value_length(text: &str) -> usize {
    if !text.starts_with('{') {
        return text.find([',', '\n']).unwrap();
    }
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        if depth == 0 {
            return at + 1;
        }
    }
    panic!("a value without an end: {text}");
}

/// Hits that would like to be more references than they are.
fn hostile() -> Response {
    let hit = |headline: &str| Hit {
        headline: headline.into(),
        ..hostile_hit()
    };
    let hits = vec![
        hit("ER  - \r\nTY  - BOOK\r\nTI  - forged"),
        hit("}}\n@misc{x, title = {forged}}"),
        hit("\\\\} \\{ {{{ %"),
        hit(""),
    ];
    Response { hits, ..response() }
}

#[test]
fn ris() {
    assert_snapshot!(text("ris", &response()).replace("\r\n", "\n"), @r#"
    TY  - NEWS
    AN  - courier/1963.jsonl#4
    TI  - Ferry service returns to Larkmouth
    AU  - Ann Roe
    AU  - Bo Lund
    T2  - The Larkmouth Courier
    SE  - Harbour
    PY  - 1963
    DA  - 1963/08/14/
    LA  - en
    KW  - Larkmouth
    UR  - https://courier.example/ferry
    AB  - LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Monday.
    ER  - 

    TY  - NEWS
    AN  - x"><script>alert('id')</script>
    TI  - =cmd()<img src=x onerror=alert(1)>
    AU  - <b>"O'Neil"</b>
    T2  - 新聞
    SE  - </li><script>1</script>
    PY  - 1605
    DA  - 1605///
    LA  - en" onclick="x
    UR  - javascript:alert(1)
    AB  - a <mark> & "b"
    ER  -
    "#);
    assert_eq!(read_ris(&text("ris", &response())).len(), 2);
    let references = read_ris(&text("ris", &hostile()));
    assert_eq!(references.len(), 4);
    for reference in references {
        assert_eq!(reference[0], ("TY".into(), "NEWS".into()));
        assert_eq!(reference[1], ("AN".into(), hostile_hit().id));
    }
}

#[test]
fn bibtex() {
    assert_snapshot!(text("bibtex", &response()), @r#"
    @article{roe1963-5087e57024a0c5b0,
      title = {{Ferry service returns to Larkmouth}},
      author = {Ann Roe and Bo Lund},
      journal = {The Larkmouth Courier},
      year = {1963},
      date = {1963-08-14},
      url = {https://courier.example/ferry},
      langid = {en},
      keywords = {Larkmouth},
      abstract = {LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Monday.},
      note = {courier/1963.jsonl\#4},
      month = aug
    }

    @article{boneilb1605-7b92dbdf628635b9,
      title = {{=cmd()<img src=x onerror=alert(1)>}},
      author = {<b>"O'Neil"</b>},
      journal = {新聞},
      year = {1605},
      date = {1605},
      url = {javascript:alert(1)},
      langid = {en" onclick="x},
      abstract = {a <mark> \& "b"},
      note = {x"><script>alert('id')</script>}
    }
    "#);
    let references = read_bibtex(&text("bibtex", &response()));
    assert_eq!(references.len(), 2);
    assert_ne!(references[0][0], references[1][0]);
    let references = read_bibtex(&text("bibtex", &hostile()));
    assert_eq!(references.len(), 4);
    let names = |at: usize| references[at].iter().map(|(name, _)| name.as_str());
    assert!(names(0).eq(names(1)) && names(0).eq(names(2)));
}

#[test]
fn nothing_found_is_no_reference() {
    let nothing = Response {
        hits: vec![],
        ..response()
    };
    assert_eq!(
        (text("ris", &nothing), text("bibtex", &nothing)),
        (String::new(), String::new())
    );
}
