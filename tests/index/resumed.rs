//! Long files are committed in parts, and taken up amid themselves: what is in the index already stays as it is.

use std::collections::BTreeMap;

use morgue::index::check;
use proptest::prelude::*;

use super::failures::run_for;
use super::{Desk, line};

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.options.commit_every = 10;
    desk
}

fn lines(numbers: std::ops::Range<u32>, headline: &str) -> String {
    numbers
        .map(|n| line(&format!("a:{n:02}"), &format!("{headline} {n:02}")))
        .collect()
}

#[test]
fn a_new_file_is_taken_up_where_it_was() {
    let desk = desk();
    desk.write("a.jsonl", lines(0..60, "Ferry"));
    let cut = run_for(&desk, 41);
    assert!((30..60).contains(&cut.articles), "{cut:?}");
    assert_eq!(desk.status().articles, cut.articles);
    let run = desk.sync(&[""]);
    assert_eq!((run.report.kept, run.report.articles), (cut.articles, 60));
    // The account is of the file, however often it was begun.
    assert_eq!(run.ledger.records.accepted, 60);
    assert_eq!(check(&desk.index()).unwrap().damage, []);
}

#[test]
fn of_a_long_file_only_what_changed_is_indexed_again() {
    let desk = desk();
    desk.write("a.jsonl", lines(0..60, "Ferry"));
    desk.sync(&[""]);
    let changed = lines(0..60, "Ferry").replace("Ferry 37", "Storm 37");
    desk.write("a.jsonl", &changed);
    let run = desk.sync(&[""]);
    assert_eq!((run.report.changed, run.report.kept), (1, 59));
    assert_eq!(run.ledger.records.accepted, 60);
    assert!(desk.listing().contains(&"a:37: Storm 37".into()));
    // What is appended costs no more than itself.
    desk.write("a.jsonl", changed + &lines(60..65, "Ferry"));
    assert_eq!(desk.sync(&[""]).report.kept, 60);
    desk.write("a.jsonl", lines(5..9, "Ferry"));
    desk.sync(&[""]);
    assert_eq!(desk.listing().len(), 4);
    assert_eq!(check(&desk.index()).unwrap().damage, []);
}

/// A line with an id, or one that gets its id by its place.
fn entry((id, wording): (Option<u8>, u8)) -> String {
    let id = id.map_or_else(String::new, |id| format!(r#""id": "n{id}", "#));
    format!(
        "{{{id}\"headline\": \"Wording {wording}\", \"date\": \"1963-08-14\", \
         \"body\": \"The harbour office has told the ferry to wait until the tide has turned.\"}}\n"
    )
}

type Contents = Vec<(Option<u8>, u8)>;

/// What an archive reads, with all versions, and how much of it there is.
fn everything(desk: &Desk) -> (BTreeMap<String, Vec<morgue::Article>>, [u64; 3]) {
    let archive = desk.archive();
    let versions = |id: &String| -> Vec<morgue::Article> {
        let versions = archive.versions(id).unwrap().into_iter();
        versions.map(|version| version.article).collect()
    };
    let found = super::articles(&archive).into_keys();
    let status = desk.status();
    (
        found.map(|id| (id.clone(), versions(&id))).collect(),
        [status.articles, status.versions, status.duplicates],
    )
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(super::model::cases()) })]

    #[test]
    fn however_often_it_was_cut_off_a_file_is_what_it_is(
        contents in prop::collection::vec(
            (prop::collection::vec((prop::option::of(0..5_u8), 0..4_u8), 1..14), prop::option::of(0..16_u32)),
            1..6,
        ),
        commit_every in 1..5_u64,
    ) {
        let mut desk = Desk::new();
        desk.options.commit_every = commit_every;
        let last: &(Contents, _) = contents.last().unwrap();
        desk.write("other.jsonl", entry((Some(0), 0)));
        for (records, deliveries) in &contents {
            desk.write("long.jsonl", records.iter().copied().map(entry).collect::<String>());
            match deliveries {
                Some(deliveries) => drop(run_for(&desk, *deliveries)),
                None => drop(desk.sync(&[""])),
            }
            prop_assert_eq!(check(&desk.index()).unwrap().damage, []);
            let archive = desk.archive();
            prop_assert_eq!(super::articles(&archive).len() as u64, archive.articles().unwrap());
        }
        desk.sync(&[""]);
        let undisturbed = Desk::new();
        undisturbed.write("other.jsonl", entry((Some(0), 0)));
        undisturbed.write("long.jsonl", last.0.iter().copied().map(entry).collect::<String>());
        undisturbed.sync(&[""]);
        prop_assert_eq!(everything(&desk), everything(&undisturbed));
    }
}

/// Two files of one size and time change names: only the time that nobody can set tells.
#[cfg(unix)]
#[test]
fn a_change_that_leaves_size_and_time_alone_is_seen() {
    let desk = Desk::new();
    let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    for name in ["a", "b"] {
        let file = format!("{name}.jsonl");
        desk.write(&file, line(name, &format!("Ferry {name}")));
        let opened = std::fs::File::options().append(true).open(desk.path(&file));
        opened.unwrap().set_modified(time).unwrap();
    }
    // Long enough ago to be believed.
    std::thread::sleep(std::time::Duration::from_millis(2_200));
    desk.sync(&[""]);
    for (from, to) in [("a", "c"), ("b", "a"), ("c", "b")] {
        let path = |name: &str| desk.path(&format!("{name}.jsonl"));
        std::fs::rename(path(from), path(to)).unwrap();
    }
    assert_eq!(desk.sync(&[""]).report.changed, 2);
    let found = super::articles(&desk.archive());
    assert_eq!(found["a"].file, "b.jsonl");
    assert_eq!(found["b"].file, "a.jsonl");
}
