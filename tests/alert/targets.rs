//! Where a watch delivers: files, commands, addresses and feeds; and what becomes of it when they fail.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use morgue::alert::{self, Format, Target};
use serde_json::Value;

use super::{Office, ids};

/// A server that gives these answers one after the other; what it was sent, each time its head and its body.
fn server(answers: &'static [&'static str]) -> (String, Receiver<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/hook?key=secret", listener.local_addr().unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for answer in answers {
            let (stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(&stream);
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let answer =
                format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            (&stream).write_all(answer.as_bytes()).unwrap();
            tell.send((head, serde_json::from_slice(&body).unwrap()))
                .unwrap();
        }
    });
    (address, told)
}

fn webhook(url: &str) -> Target {
    Target::Webhook {
        url: url.into(),
        headers: vec![("Authorization".into(), "Bearer s3cret".into())],
        seconds: 5,
    }
}

#[test]
fn an_address_is_sent_json_until_it_takes_it() {
    let mut office = Office::new();
    let (url, sent) = server(&[
        "503 Busy",
        "302 Found\r\nLocation: http://elsewhere.invalid/",
        "200 OK",
        "204 No Content",
    ]);
    office
        .try_add(Office::watch("hook", "headline:ferry", webhook(&url)))
        .unwrap();
    office.write("a.jsonl", &[("a1", "A ferry")]);
    office.desk.sync(&[""]);
    let report = office.run();
    let (watch, failure) = &report.failed[0];
    assert_eq!(watch.to.place(), url.split("/hook").next().unwrap());
    assert_eq!(
        (failure.attempts, failure.why.contains("503")),
        (1, true),
        "{failure:?}"
    );
    // It is not time yet.
    assert!(office.run().failed.is_empty());
    office.options.at_once = true;
    let report = office.run();
    let failure = &report.failed[0].1;
    assert!(
        failure.why.contains("leads to http://elsewhere.invalid/"),
        "{failure:?}"
    );
    assert_eq!(failure.attempts, 2);
    // What comes meanwhile waits behind it.
    office.write("b.jsonl", &[("b1", "A ferry")]);
    office.desk.sync(&[""]);
    let listed = alert::find(&office.desk.index(), "hook").unwrap();
    assert_eq!((listed.waiting, listed.record.articles), (1, 0));
    assert!(!format!("{listed:?}").contains("s3cret"));
    assert_eq!(office.run().delivered[0].1, 2);
    let sent: Vec<(String, Value)> = sent.iter().take(4).collect();
    let keys: Vec<&Value> = sent.iter().map(|(_, body)| &body["delivery"]).collect();
    assert!(keys[0] == keys[1] && keys[1] == keys[2] && keys[2] != keys[3]);
    let (head, body) = &sent[2];
    let head = head.to_lowercase();
    assert!(
        head.contains(&format!("idempotency-key: {}", keys[2].as_str().unwrap())),
        "{head}"
    );
    assert!(head.contains("authorization: bearer s3cret"), "{head}");
    assert_eq!(
        (&body["watch"], &body["hits"][0]["id"]),
        (&"hook".into(), &"a1".into())
    );
    let listed = alert::find(&office.desk.index(), "hook").unwrap();
    assert_eq!(
        (
            listed.waiting,
            listed.record.articles,
            listed.record.failure
        ),
        (0, 2, None)
    );
    let left = office
        .store()
        .into_iter()
        .filter(|name| name.starts_with("round-"));
    assert_eq!(left.count(), 0);
}

#[test]
fn one_that_fails_does_not_stop_the_others() {
    let office = Office::new();
    // Nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let url = format!("http://{free}/");
    office
        .try_add(Office::watch("first", "headline:ferry", webhook(&url)))
        .unwrap();
    office
        .try_add(Office::watch("second", "headline:ferry", webhook(&url)))
        .unwrap();
    office.add("third", "headline:ferry");
    office.write("a.jsonl", &[("a1", "A ferry")]);
    office.desk.sync(&[""]);
    let report = office.run();
    assert_eq!(
        (report.failed.len(), office.delivered("third")),
        (2, vec!["a1".to_owned()])
    );
    alert::remove(&office.desk.index(), "first", &office.options).unwrap();
    alert::remove(&office.desk.index(), "second", &office.options).unwrap();
    office.round();
    let left = office
        .store()
        .into_iter()
        .filter(|name| name.starts_with("round-"));
    assert_eq!(left.count(), 0, "what waited goes with its watch");
}

#[test]
fn what_was_withdrawn_while_it_waited_is_not_sent() {
    let mut office = Office::new();
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    office
        .try_add(Office::watch(
            "hook",
            "ferry",
            webhook(&format!("http://{free}/")),
        ))
        .unwrap();
    office.write("a.jsonl", &[("a1", "A ferry")]);
    office.desk.sync(&[""]);
    assert_eq!(office.run().failed.len(), 1);
    let withdrawn = crate::index::line("a1", "A ferry")
        .replace("\"date\"", "\"pubstatus\": \"canceled\", \"date\"");
    office.desk.write("a.jsonl", withdrawn);
    office.desk.sync(&[""]);
    office.options.at_once = true;
    let report = office.run();
    assert!(
        report.failed.is_empty() && report.delivered.is_empty(),
        "{report:?}"
    );
}

#[test]
#[cfg(unix)]
fn a_command_is_given_the_articles() {
    let mut office = Office::new();
    office.options.at_once = true;
    let script = "cat >> got.jsonl; echo \"$MORGUE_WATCH $MORGUE_COUNT $MORGUE_DELIVERY\" >> env; echo printed";
    let cases: &[(&str, &[&str], &str)] = &[
        ("script", &["sh", "-c", script], ""),
        ("deaf", &["true"], ""),
        (
            "failing",
            &["sh", "-c", "echo 'no paper' >&2; exit 3"],
            "exit status: 3: no paper",
        ),
        ("missing", &["/no/such/program"], "cannot be run"),
        (
            "slow",
            &["sh", "-c", "sleep 60 & sleep 60"],
            "took longer than 1 s",
        ),
    ];
    for (name, run, _) in cases {
        let to = Target::Command {
            run: run.iter().map(|word| (*word).to_owned()).collect(),
            folder: office.beside(""),
            seconds: 1,
        };
        office
            .try_add(Office::watch(name, "headline:ferry", to))
            .unwrap();
    }
    // No word of an article is read by a shell.
    office.write(
        "a.jsonl",
        &[("a1", "A ferry $(touch harm) `touch harm`; touch harm")],
    );
    office.desk.sync(&[""]);
    let report = office.run();
    for (name, _, expected) in cases {
        let failed = report.failed.iter().find(|(watch, _)| watch.name == *name);
        let why = failed.map(|(_, failure)| failure.why.as_str());
        match why {
            None => assert_eq!(*expected, "", "{name}"),
            Some(why) => assert!(
                !expected.is_empty() && why.contains(expected),
                "{name}: {why}"
            ),
        }
    }
    let got = fs::read_to_string(office.beside("got.jsonl")).unwrap();
    assert_eq!(ids(&got), ["a1"]);
    let told = fs::read_to_string(office.beside("env")).unwrap();
    assert!(told.starts_with("script 1 script-"), "{told}");
    assert!(!office.beside("harm").exists());
}

#[test]
fn a_table_has_its_headings_once() {
    let office = Office::new();
    let path = office.beside("alerts.csv");
    let to = Target::File {
        path: path.clone(),
        format: Format::Csv,
    };
    office
        .try_add(Office::watch("table", "headline:ferry", to))
        .unwrap();
    for id in ["a1", "a2"] {
        office.write(&format!("{id}.jsonl"), &[(id, "A ferry, \\\"late\\\"")]);
        office.round();
    }
    let text = fs::read_to_string(path).unwrap();
    let mut rows = text.lines().map(|row| row.split(',').nth(2).unwrap());
    assert_eq!(
        [rows.next(), rows.next(), rows.next(), rows.next()],
        [Some("id"), Some("a1"), Some("a2"), None]
    );
}

#[test]
fn a_feed_has_the_newest_and_is_well_formed() {
    let office = Office::new();
    let path = office.beside("feed.atom");
    let to = Target::Feed {
        path: path.clone(),
        entries: 2,
    };
    office.try_add(Office::watch("feed", "ferry", to)).unwrap();
    for id in ["a1", "a2", "a3"] {
        office.write(
            &format!("{id}.jsonl"),
            &[(id, "A <b>ferry</b> & more \\u0001\\u001b]")],
        );
        office.round();
    }
    let text = fs::read_to_string(path).unwrap();
    assert!(text.find(":a3<").unwrap() < text.find(":a2<").unwrap());
    assert!(!text.contains(":a1<") && !text.contains("<b>") && !text.contains('\u{1b}'));
    // Our own reader of feeds finds two articles in it.
    let reading = Office::new();
    reading.desk.write("feed.xml", text);
    reading.desk.sync(&[""]);
    assert_eq!(reading.desk.archive().articles().unwrap(), 3);
}

#[test]
#[cfg(unix)]
fn what_is_secret_is_readable_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new();
    office
        .try_add(Office::watch(
            "hook",
            "headline:ferry",
            webhook("https://hooks.example/T0/key"),
        ))
        .unwrap();
    office.write("a.jsonl", &[("a1", "A tram")]);
    office.round();
    for name in office.store() {
        let path = office.desk.index().join("watches").join(&name);
        let mode = fs::metadata(path).unwrap().permissions().mode();
        if name != "seen" {
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }
}

#[test]
fn what_cannot_be_delivered_to_is_refused_at_once() {
    let office = Office::new();
    let check = |to: Target, expected: &str| {
        let refused = office.try_add(Office::watch("w", "ferry", to)).unwrap_err();
        assert!(refused.to_string().contains(expected), "{refused}");
    };
    let file = |name: &str| Target::File {
        path: office.beside(name),
        format: Format::Jsonl,
    };
    check(file("no/such/folder.jsonl"), "there is no folder");
    check(file("files"), "it is a folder");
    check(webhook("ftp://hooks.example/"), "http://");
    check(webhook("https://hooks example/"), "--url");
    let header = |name: &str, value: &str| Target::Webhook {
        url: "https://hooks.example/".into(),
        headers: vec![(name.into(), value.into())],
        seconds: 5,
    };
    check(header("Bad Name", "x"), "--url");
    check(header("X", "a\r\nY: b"), "--url");
    let refused = office.try_add(Office::watch("../w", "ferry", office.file("w")));
    assert!(refused.unwrap_err().to_string().contains("letters"));
    let refused = office.try_add(Office::watch("w", "headline:\"ferry", office.file("w")));
    assert!(matches!(refused, Err(morgue::Error::Query(_))));
    assert!(alert::list(&office.desk.index()).unwrap().is_empty());
}
