//! Every call of the disk that a run of the watches makes fails in turn: refused, or torn in the middle. The next run makes up for
//! it, and what was delivered is there once.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use morgue::Error;
use morgue::alert::{self, Existing, Options, Target};
use morgue::index::disk::{Call, Disk, Fate, Watch};

use super::Office;

/// Lets one call fail.
struct Failing {
    calls: AtomicU64,
    at: u64,
    torn: bool,
}

impl Watch for Failing {
    fn ask(&self, _: Call, _: &Path) -> Fate {
        let now = self.calls.fetch_add(1, Ordering::Relaxed);
        let error = io::Error::from_raw_os_error(5);
        match (now == self.at, self.torn) {
            (false, _) => Fate::Done,
            (true, true) => Fate::Torn(error),
            (true, false) => Fate::Refused(error),
        }
    }
}

/// Does something while one call fails after the other, until none does any more; how many there were.
fn with_each_fault(torn: bool, mut act: impl FnMut(u64, &Options)) -> u64 {
    for at in 0.. {
        let failing = Arc::new(Failing {
            calls: AtomicU64::new(0),
            at,
            torn,
        });
        let options = Options {
            disk: Disk::watched(failing.clone()),
            at_once: true,
            ..Options::default()
        };
        act(at, &options);
        if failing.calls.load(Ordering::Relaxed) <= at {
            return at;
        }
    }
    unreachable!("there are many numbers")
}

fn feed(office: &Office) -> Target {
    Target::Feed {
        path: office.beside("feed.atom"),
        entries: 1000,
    }
}

#[test]
fn a_run_that_fails_anywhere_is_made_up_for() {
    let mut office = Office::new();
    office.options.at_once = true;
    office.add("ferry", "headline:ferry");
    office
        .try_add(Office::watch("feed", "headline:ferry", feed(&office)))
        .unwrap();
    let mut expected = Vec::new();
    for torn in [false, true] {
        let calls = with_each_fault(torn, |at, options| {
            let id = format!("{torn}{at}");
            office.write(
                &format!("{id}.jsonl"),
                &[(&id, "A ferry"), (&format!("{id}t"), "A tram")],
            );
            office.desk.try_sync(&[""]).unwrap();
            // What is wrong with a target is in the report, and with the store an error.
            let _ = alert::run(&office.desk.index(), options);
            let report = office.run();
            assert!(report.failed.is_empty(), "{report:?}");
            expected.push(id);
            assert_eq!(
                office.delivered("ferry"),
                expected,
                "call {at}, torn: {torn}"
            );
            let feed = std::fs::read_to_string(office.beside("feed.atom")).unwrap();
            assert_eq!(feed.matches("<entry ").count(), expected.len());
        });
        assert!(calls > 20, "only {calls} calls");
    }
}

#[test]
fn a_watch_is_added_and_removed_wholly_or_not() {
    let office = Office::new();
    let index = office.desk.index();
    let mut expected = Vec::new();
    for torn in [false, true] {
        let calls = with_each_fault(torn, |at, options| {
            let name = format!("w{torn}{at}");
            let watch = Office::watch(&name, "headline:ferry", office.file(&name));
            if alert::add(&index, watch.clone(), Existing::Known, options).is_err() {
                // A call that was torn may have been the last one.
                let again = alert::add(&index, watch, Existing::Known, &office.options);
                assert!(
                    matches!(again, Ok(_) | Err(Error::Invalid { .. })),
                    "{again:?}"
                );
            }
            let id = format!("{torn}{at}");
            office.write(&format!("{id}.jsonl"), &[(&id, "A ferry")]);
            office.desk.try_sync(&[""]).unwrap();
            office.run();
            expected.push(id.clone());
            assert_eq!(office.delivered(&name), [id], "call {at}, torn: {torn}");
            if alert::remove(&index, &name, options).is_err() {
                let again = alert::remove(&index, &name, &office.options);
                assert!(
                    matches!(again, Ok(_) | Err(Error::Invalid { .. })),
                    "{again:?}"
                );
            }
            assert!(alert::list(&index).unwrap().is_empty());
        });
        assert!(calls > 5, "only {calls} calls");
    }
}
