//! Random changes to a few files: after each run search, show and status say what a plain model of the files says.
//!
//! The model keeps the records of each file and works everything out anew from all of them, by the rules as the README tells
//! them: no intervals, no batches, no order of coming in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, SystemTime};

use morgue::Error;
use morgue::search::Request;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{Desk, text};

/// `.jsonl` files hold lines with ids of their own, `.txt` files get theirs by their names.
const FILES: &[&str] = &[
    "a.jsonl",
    "b.jsonl",
    "d.txt",
    "sub/c.jsonl",
    "sub/e.txt",
    "z.jsonl",
];

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Record {
    id: u8,
    wording: u8,
    version: Option<u8>,
    fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Fate {
    Usable,
    /// Withdrawn by this very version.
    Cancelled,
    /// Until a day that is past, or one that is not.
    Embargoed {
        past: bool,
    },
    /// A notice that takes another item back.
    Kills(u8),
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize, Vec<Record>),
    Touch(usize),
    Rename(usize, usize),
    Delete(usize),
}

fn record() -> impl Strategy<Value = Record> {
    let fate = prop_oneof![
        8 => Just(Fate::Usable),
        1 => Just(Fate::Cancelled),
        1 => any::<bool>().prop_map(|past| Fate::Embargoed { past }),
        1 => (0..4u8).prop_map(Fate::Kills),
    ];
    (0..4u8, 0..3u8, option::of(0..4u8), fate).prop_map(|(id, wording, version, fate)| Record {
        // Notices have ids of their own: an item that takes itself back is cancelled.
        id: if matches!(fate, Fate::Kills(_)) {
            id + 10
        } else {
            id
        },
        wording,
        version,
        fate,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    prop_oneof![
        5 => (file.clone(), vec(record(), 1..5)).prop_map(|(file, records)| Step::Write(file, records)),
        1 => file.clone().prop_map(Step::Touch),
        2 => (file.clone(), file.clone()).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => file.prop_map(Step::Delete),
    ]
}

fn line(record: &Record) -> String {
    let Record {
        id,
        wording,
        version,
        fate,
    } = record;
    let version = version.map_or_else(String::new, |version| format!(r#", "version": {version}"#));
    let fate = match fate {
        Fate::Usable => String::new(),
        Fate::Cancelled => r#", "pubstatus": "canceled""#.into(),
        Fate::Embargoed { past: true } => r#", "embargoed": "2001-02-03T04:05:06Z""#.into(),
        Fate::Embargoed { past: false } => r#", "embargoed": "2099-02-03T04:05:06Z""#.into(),
        Fate::Kills(other) => format!(r#", "pubstatus": "canceled", "corrects": "n{other}""#),
    };
    format!(
        "{{\"id\": \"n{id}\", \"headline\": \"Wording {wording}\", \"date\": \"1963-08-14\", \
         \"body\": \"The harbour office has told the ferry to wait until the tide has turned.\"{version}{fate}}}\n"
    )
}

type Model = BTreeMap<usize, Vec<Record>>;

fn is_text(file: usize) -> bool {
    Path::new(FILES[file])
        .extension()
        .is_some_and(|extension| extension == "txt")
}

/// Carries a step out, on the disk and in the model. What cannot be done is left.
fn carry_out(step: &Step, desk: &Desk, model: &mut Model, clock: &mut SystemTime) {
    *clock += Duration::from_secs(1);
    let touch = |file: usize| {
        let opened = File::options().append(true).open(desk.path(FILES[file]));
        opened.unwrap().set_modified(*clock).unwrap();
    };
    match step {
        Step::Write(file, records) => {
            let contents = if is_text(*file) {
                text(&format!("Wording {}", records[0].wording))
            } else {
                records.iter().map(line).collect()
            };
            desk.write(FILES[*file], contents);
            touch(*file);
            model.insert(*file, records.clone());
        }
        Step::Touch(file) if model.contains_key(file) => touch(*file),
        Step::Rename(from, to) if from != to && is_text(*from) == is_text(*to) => {
            let Some(records) = model.remove(from) else {
                return;
            };
            fs::create_dir_all(desk.path(FILES[*to]).parent().unwrap()).unwrap();
            fs::rename(desk.path(FILES[*from]), desk.path(FILES[*to])).unwrap();
            model.insert(*to, records);
        }
        Step::Delete(file) if model.remove(file).is_some() => desk.remove(FILES[*file]),
        _ => {}
    }
}

/// What the model expects of an id.
#[derive(Debug, Default, PartialEq)]
struct Story {
    /// The headlines of its versions, the earliest first.
    versions: Vec<String>,
    /// How many of them must not be seen yet.
    hidden: usize,
    now: Now,
    /// The headline of the version that is current, where one can be read.
    headline: String,
    /// The file that what is current came from.
    file: String,
    /// The last version waits for its time.
    waits: bool,
}

#[derive(Debug, Default, PartialEq, Clone, Copy)]
enum Now {
    #[default]
    Found,
    Embargoed,
    Withdrawn,
}

/// What the files say, and how many of their records say what another says.
fn expected(model: &Model) -> (BTreeMap<String, Story>, u64) {
    let (mut stories, mut duplicates) = (BTreeMap::new(), 0);
    let mut by_id = BTreeMap::<u8, Vec<(&Record, &str, usize)>>::new();
    let mut texts = BTreeMap::<u8, Vec<&str>>::new();
    for (&file, records) in model {
        if is_text(file) {
            texts
                .entry(records[0].wording)
                .or_default()
                .push(FILES[file]);
            continue;
        }
        for (at, record) in records.iter().enumerate() {
            by_id
                .entry(record.id)
                .or_default()
                .push((record, FILES[file], at));
        }
    }
    for (wording, files) in texts {
        let first = files.iter().min().unwrap();
        duplicates += files.len() as u64 - 1;
        let story = Story {
            versions: vec![format!("Wording {wording}")],
            headline: format!("Wording {wording}"),
            file: (*first).into(),
            ..Story::default()
        };
        stories.insert(format!("{first}#1"), story);
    }
    let killed: BTreeSet<u8> = by_id
        .values()
        .flatten()
        .filter_map(|(record, ..)| match record.fate {
            Fate::Kills(other) => Some(other),
            _ => None,
        })
        .collect();
    for (id, mut records) in by_id {
        records.sort_by_key(|(_, file, at)| (*file, *at));
        let all = records.len();
        let mut seen = BTreeSet::new();
        // A notice for another item says no more than one for this: by its own text they are one.
        let says = |record: &Record| {
            let fate = match record.fate {
                Fate::Kills(_) => Fate::Cancelled,
                fate => fate,
            };
            (record.wording, record.version, fate)
        };
        records.retain(|(record, ..)| seen.insert(says(record)));
        duplicates += (all - records.len()) as u64;
        records.sort_by_key(|(record, file, at)| (record.version, *file, *at));
        let is_hidden = |record: &Record| record.fate == Fate::Embargoed { past: false };
        let is_withdrawn =
            |record: &Record| matches!(record.fate, Fate::Cancelled | Fate::Kills(_));
        let last = records.last().unwrap().0;
        let waits = is_hidden(last) && !killed.contains(&id);
        // What is held back leaves the place to what can be read.
        let mut backwards = records.iter().rev();
        let readable = backwards.find(|(record, ..)| !is_hidden(record));
        let readable = readable.filter(|(record, ..)| !waits || !is_withdrawn(record));
        let (now, (current, file, _)) = match readable {
            _ if is_withdrawn(last) || killed.contains(&id) => {
                (Now::Withdrawn, *records.last().unwrap())
            }
            None => (Now::Embargoed, *records.last().unwrap()),
            Some(readable) => (Now::Found, *readable),
        };
        let story = Story {
            versions: records
                .iter()
                .map(|(record, ..)| {
                    if is_hidden(record) {
                        String::new()
                    } else {
                        format!("Wording {}", record.wording)
                    }
                })
                .collect(),
            hidden: records
                .iter()
                .filter(|(record, ..)| is_hidden(record))
                .count(),
            now,
            headline: format!("Wording {}", current.wording),
            file: file.into(),
            waits,
        };
        stories.insert(format!("n{id}"), story);
    }
    (stories, duplicates)
}

#[track_caller]
fn check(desk: &Desk, model: &Model) {
    let (stories, duplicates) = expected(model);
    let archive = desk.archive();
    let with = |now: Now| stories.iter().filter(move |(_, story)| story.now == now);

    let found = desk.articles();
    let ids: Vec<_> = with(Now::Found).map(|(id, _)| id).collect();
    assert_eq!(found.keys().collect::<Vec<_>>(), ids, "what is found");
    for (id, story) in with(Now::Found) {
        assert_eq!(found[id].headline, story.headline, "{id}");
        assert_eq!(found[id].file, story.file, "{id}");
    }
    for (id, story) in &stories {
        let versions = archive.versions(id).unwrap();
        let headlines: Vec<_> = versions
            .iter()
            .map(|version| &version.article.headline)
            .collect();
        assert_eq!(headlines, story.versions.iter().collect::<Vec<_>>(), "{id}");
        let current = versions.iter().filter(|version| version.current).count();
        assert_eq!(current, usize::from(story.now != Now::Withdrawn), "{id}");
        let shown = match archive.article(id) {
            Ok(_) => Now::Found,
            Err(Error::Embargoed { .. }) => Now::Embargoed,
            Err(Error::Withdrawn { .. }) => Now::Withdrawn,
            Err(error) => panic!("{id}: {error}"),
        };
        assert_eq!(shown, story.now, "{id}");
    }
    let (mut every, mut seen) = (0, BTreeSet::new());
    let mut take = |hit: morgue::search::Hit| {
        every += 1;
        assert!(
            seen.insert((hit.id, hit.version)),
            "a version is given twice"
        );
        ControlFlow::Continue(())
    };
    let response = archive
        .export(&Request::for_query("versions:all"), &mut take)
        .unwrap();
    let versions: usize = stories.values().map(|story| story.versions.len()).sum();
    let hidden: usize = stories.values().map(|story| story.hidden).sum();
    assert_eq!(
        (every, response.total),
        (versions - hidden, (versions - hidden) as u64)
    );

    let status = desk.status();
    let count = |now: Now| with(now).count() as u64;
    assert_eq!(status.articles, count(Now::Found));
    let waiting = stories.values().filter(|story| story.waits).count() as u64;
    assert_eq!(status.embargoed, waiting);
    assert_eq!(
        status.versions,
        versions as u64 - count(Now::Found) - waiting
    );
    assert_eq!(status.duplicates, duplicates);
    assert_eq!(status.files, model.len() as u64);
    assert_eq!(status.rejected, 0);
}

/// How many sequences of changes are tried: more by `MORGUE_MODELS`.
pub(super) fn cases() -> u32 {
    let asked = std::env::var("MORGUE_MODELS").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(12)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn the_index_agrees_with_the_files(
        rounds in vec(vec(step(), 1..4), 2..7),
        by_folder in any::<bool>(),
        commit_every in prop_oneof![1..6u64, Just(100)],
    ) {
        let (mut desk, mut model, mut clock) = (Desk::new(), Model::new(), SystemTime::now());
        desk.options.commit_every = commit_every;
        let first = Record { id: 0, wording: 0, version: None, fate: Fate::Usable };
        desk.write("a.jsonl", line(&first));
        model.insert(0, vec![first]);
        desk.sync(&[""]);
        for round in rounds {
            for step in &round {
                carry_out(step, &desk, &mut model, &mut clock);
            }
            // Parts of a known root first: the rest of it must not suffer.
            if by_folder && desk.path("sub").exists() {
                desk.try_sync(&["sub"]).unwrap();
            }
            desk.sync(&[""]);
            check(&desk, &model);
        }
    }
}
