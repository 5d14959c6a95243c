//! One response through every output.

use insta::assert_snapshot;
use morgue::output::{self, Look, OUTPUTS};
use morgue::search::{Hit, Response};

use super::kwic::in_lines;
use crate::support::response;

const PLAIN: Look = Look {
    color: false,
    width: None,
    context: None,
};

fn text(name: &str, response: &Response, look: Look) -> String {
    let mut bytes = Vec::new();
    output::write(output::find(name).unwrap(), response, &mut bytes, look).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn list_in_a_pipe() {
    assert_snapshot!(text("list", &response(), PLAIN), @r#"
    1. Ferry service returns to Larkmouth
       1963-08-14 · Ann Roe and Bo Lund · Larkmouth · The Larkmouth Courier · Harbour · courier/1963.jsonl#4
       LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Monday.
       caption: The ferry in 1951

    2. =cmd()<img src=x onerror=alert(1)>
       1605 · <b>"O'Neil"</b> · 新聞 · </li><script>1</script> · a&b.html · x"><script>alert('id')</script>
       a <mark> & "b"

    timeline
       1963-08  ████████████████████████ 9 of 40
       1963-09  0 of 38
       1963-10  ██ 1 of 2

    source
       The Larkmouth Courier  ████████████████████████ 11
       新聞                   ██ 1
       … 3 more; --values N gives as many
    "#);
}

#[test]
fn list_on_a_terminal() {
    let look = Look {
        color: true,
        width: Some(48),
        ..PLAIN
    };
    assert_snapshot!(text("list", &response(), look).replace('\u{1b}', "␛"), @r#"
    1. ␛[1m␛[31mFerry␛[0m␛[1m service returns to Larkmouth␛[0m
       ␛[2m1963-08-14 · Ann Roe and Bo Lund · Larkmouth␛[0m
       ␛[2m· The Larkmouth Courier · Harbour ·␛[0m
       ␛[2mcourier/1963.jsonl#4␛[0m
       LARKMOUTH – The ␛[1m␛[31mferry␛[0m, a white horse (bílý
       ␛[1m␛[31mkůň␛[0m) on its bow, sails again from Monday.
       caption: The ␛[1m␛[31mferry␛[0m in 1951

    2. ␛[1m=cmd()<img src=x onerror=alert(1)>␛[0m
       ␛[2m1605 · <b>"O'Neil"</b> · 新聞 ·␛[0m
       ␛[2m</li><script>1</script> · a&b.html ·␛[0m
       ␛[2mx"><script>alert('id')</script>␛[0m
       a ␛[1m␛[31m<mark>␛[0m & "b"

    ␛[1mtimeline␛[0m
       1963-08  ␛[36m████████████████████████␛[0m 9 of 40
       1963-09  0 of 38
       1963-10  ␛[36m██␛[0m 1 of 2

    ␛[1msource␛[0m
       The Larkmouth Courier  ␛[36m████████████████████████␛[0m 11
       新聞                   ␛[36m██␛[0m 1
       … 3 more; --values N gives as many
    "#);
}

#[test]
fn json() {
    assert_snapshot!(text("json", &response(), PLAIN), @r#"
    {
      "query": {"text":"ferry or kůň","canonical":"ferry or kůň","warnings":[{"start":6,"end":8,"message":"`or` is a word here; write OR"}]},
      "total": 12,
      "sort": "relevance",
      "took_ms": 1.25,
      "next": "c:2",
      "hits": [
        {"rank":1,"score":7.5,"id":"courier/1963.jsonl#4","headline":"Ferry service returns to Larkmouth","deck":"Fares stay as they were","byline":["Ann Roe","Bo Lund"],"date":"1963-08-14","places":[{"name":"Larkmouth","id":null,"country":"GB","path":["Europe","Larkmouth"],"from":"dateline"}],"section":"Harbour","source":"The Larkmouth Courier","language":"en","url":"https://courier.example/ferry","file":"courier/1963.jsonl","record":4,"matches":3,"snippets":[{"field":"headline","part":0,"start":0,"text":"Ferry service returns to Larkmouth","highlights":[[0,5]]},{"field":"body","part":0,"start":0,"text":"LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Monday.","highlights":[[16,21],[43,46]]},{"field":"caption","part":0,"start":0,"text":"The ferry in 1951","highlights":[[4,9]]}]},
        {"rank":2,"score":0.5,"id":"x\"><script>alert('id')</script>","headline":"=cmd()<img src=x onerror=alert(1)>\u001b[2J\u202e","deck":null,"byline":["<b>\"O'Neil\"</b>"],"date":"1605","places":[],"section":"</li><script>1</script>","source":"\u001b]0;owned\u0007新聞","language":"en\" onclick=\"x","url":"javascript:alert(1)","file":"a&b.html","record":1,"matches":1,"snippets":[{"field":"body","part":0,"start":0,"text":"a <mark> & \"b\"\u009b31m","highlights":[[2,8]]}]}
      ],
      "facets": {"source":[{"value":"The Larkmouth Courier","count":11},{"value":"新聞","count":1}]},
      "others": {"source":3},
      "timeline": [{"from":"1963-08-01","to":"1963-08-31","count":9,"of":40},{"from":"1963-09-01","to":"1963-09-30","count":0,"of":38},{"from":"1963-10-01","to":"1963-10-31","count":1,"of":2}]
    }
    "#);
}

#[test]
fn json_has_the_members_of_the_response() {
    let mut counts_only = Response {
        hits: vec![],
        timeline: None,
        next: None,
        ..response()
    };
    counts_only.facets.clear();
    for response in [response(), counts_only] {
        let json = text("json", &response, PLAIN);
        assert_eq!(serde_json::from_str::<Response>(&json).unwrap(), response);
        // In the same order, too.
        let compact: String = json.lines().map(str::trim_start).collect();
        let compact = compact
            .replace("\": ", "\":")
            .replace("\\u202e", "\u{202e}")
            .replace("\\u009b", "\u{9b}");
        assert_eq!(compact, serde_json::to_string(&response).unwrap());
    }
}

#[test]
fn jsonl() {
    let text = text("jsonl", &response(), PLAIN);
    let hits: Vec<Hit> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(hits, response().hits);
}

#[test]
fn csv() {
    assert_snapshot!(text("csv", &response(), PLAIN), @r#"
    rank,score,id,headline,deck,byline,date,places,section,source,language,url,file,record,matches,snippet
    1,7.5,courier/1963.jsonl#4,Ferry service returns to Larkmouth,Fares stay as they were,Ann Roe; Bo Lund,1963-08-14,Larkmouth,Harbour,The Larkmouth Courier,en,https://courier.example/ferry,courier/1963.jsonl,4,3,"LARKMOUTH – The ferry, a white horse (bílý kůň) on its bow, sails again from Monday."
    2,0.5,"x""><script>alert('id')</script>",'=cmd()<img src=x onerror=alert(1)>,,"<b>""O'Neil""</b>",1605,,</li><script>1</script>,新聞,"en"" onclick=""x",javascript:alert(1),a&b.html,1,1,"a <mark> & ""b"""
    "#);
}

#[test]
fn an_empty_response_is_a_whole_text() {
    let empty = Response {
        total: 0,
        hits: vec![],
        facets: [].into(),
        others: [].into(),
        timeline: None,
        ..response()
    };
    assert_eq!(text("list", &empty, PLAIN), "");
    assert_eq!(text("jsonl", &empty, PLAIN), "");
    assert_eq!(text("csv", &empty, PLAIN).lines().count(), 1);
    assert_eq!(
        serde_json::from_str::<Response>(&text("json", &empty, PLAIN)).unwrap(),
        empty
    );
}

#[test]
fn outputs_are_told_apart_by_name_and_explain_themselves() {
    for (at, output) in OUTPUTS.iter().enumerate() {
        assert!(
            !output.help.is_empty() && output.media_type.contains('/'),
            "{}",
            output.name
        );
        assert!(
            OUTPUTS[..at].iter().all(|other| other.name != output.name),
            "{}",
            output.name
        );
    }
    assert!(output::find("jsn").is_none());
}

/// Takes so many bytes, then the disk is full.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(std::io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_an_error_and_not_a_short_text() {
    for output in OUTPUTS {
        let mut full = Full(200);
        let mut text = (output.render)(&mut full, PLAIN);
        let head = response();
        let hit = in_lines();
        let written = text
            .begin(&head)
            .and_then(|()| (0..1000).try_for_each(|_| text.hit(&hit)))
            .and_then(|()| text.end(&head));
        assert_eq!(
            written.unwrap_err().kind(),
            std::io::ErrorKind::StorageFull,
            "{}",
            output.name
        );
    }
}
