//! A process that indexes and delivers is killed at random moments: in the end every article was delivered to the file and to the
//! feed once, and to the command at least once, under one name.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use morgue::alert::{self, Options, Target};

use super::{Office, ids};
use crate::index::kill::{Child, Dice};
use crate::index::{Desk, line};

#[test]
fn child_that_delivers() {
    let Some(index) = Child::folder("child_that_delivers") else {
        return;
    };
    let mut sync = Desk::new().options;
    sync.commit_every = 50;
    let files = index.with_file_name("files");
    for round in 0.. {
        for number in 0..20 {
            let id = format!("n{round}-{number}");
            // Whole or not at all: torn files are not the business of this test.
            fs::write(index.with_file_name("next"), line(&id, "A ferry")).unwrap();
            let file = files.join(format!("{id}.jsonl"));
            fs::rename(index.with_file_name("next"), file).unwrap();
        }
        let ledger = &mut morgue::intake::Ledger::default();
        morgue::index::sync::sync(&index, std::slice::from_ref(&files), &sync, ledger, &mut ())
            .unwrap();
        let options = Options {
            at_once: true,
            ..Options::default()
        };
        alert::run(&index, &options).unwrap();
    }
}

#[test]
#[cfg(unix)]
fn each_is_delivered_once_whenever_it_is_killed() {
    let mut office = Office::new();
    office.options.at_once = true;
    office.add("ferry", "headline:ferry");
    let feed = Target::Feed {
        path: office.beside("feed.atom"),
        entries: 100_000,
    };
    office
        .try_add(Office::watch("feed", "headline:ferry", feed))
        .unwrap();
    let command = Target::Command {
        run: ["sh", "-c", "cat > got.new && cat got.new >> got.jsonl"]
            .map(str::to_owned)
            .into(),
        folder: office.beside(""),
        seconds: 30,
    };
    office
        .try_add(Office::watch("command", "headline:ferry", command))
        .unwrap();
    let seed = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let mut dice = Dice(u64::from(seed.subsec_nanos()));
    let mut rounds = 0;
    for _ in 0..12 {
        let mut child = Child::start("alert::kill", "child_that_delivers", &office.desk.index());
        std::thread::sleep(Duration::from_millis(150 + dice.below(900)));
        assert!(child.kill(), "the child has ended by itself");
        // A command that the dead process had started may be at work.
        std::thread::sleep(Duration::from_millis(100));
        rounds = rounds.max(office.delivered("ferry").len());
    }
    assert!(rounds > 0, "nothing was delivered before the last kill");
    office.round();
    let mut expected: Vec<String> = office.desk.articles().into_keys().collect();
    expected.retain(|id| id != "old");
    let mut delivered = office.delivered("ferry");
    delivered.sort();
    assert_eq!(delivered, expected);
    let feed = fs::read_to_string(office.beside("feed.atom")).unwrap();
    assert_eq!(feed.matches("<entry ").count(), expected.len());
    let got = fs::read_to_string(office.beside("got.jsonl")).unwrap();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (id, text) in ids(&got).into_iter().zip(got.lines()) {
        let line: serde_json::Value = serde_json::from_str(text).unwrap();
        let delivery = line["delivery"].as_str().unwrap().to_owned();
        let before = names.insert(id, delivery.clone());
        assert!(
            before.is_none_or(|before| before == delivery),
            "another name for the same delivery"
        );
    }
    assert_eq!(names.into_keys().collect::<Vec<_>>(), expected);
}
