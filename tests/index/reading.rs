//! Readers beside a writer, also where they can have no lock that keeps it from removing what they are about to open.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use morgue::Archive;
use morgue::search::Request;

use super::{Desk, line};

#[test]
fn a_reader_without_a_lock_sees_commit_after_commit() {
    let desk = Desk::new();
    let file = |round: u32| {
        let lines = (0..20).map(|n| line(&format!("{n}"), &format!("Ferry {round}")));
        desk.write("a.jsonl", lines.collect::<String>());
        desk.try_sync(&[""]).unwrap();
    };
    file(0);
    let done = AtomicBool::new(false);
    let index = desk.index();
    std::thread::scope(|scope| {
        let readers = [false, true].map(|opens_anew| {
            let (index, done) = (&index, &done);
            scope.spawn(move || {
                let mut archive = Archive::open(index).unwrap();
                let mut looks = 0;
                while !done.load(Ordering::Relaxed) {
                    // As where this folder cannot be written: there is nothing to lock.
                    let _ = fs::remove_file(index.join(".tantivy-meta.lock"));
                    if opens_anew {
                        archive = Archive::open(index).unwrap();
                    } else {
                        archive.refresh().unwrap();
                    }
                    let found = archive.search(&Request::for_query("ferry")).unwrap();
                    assert_eq!(found.total, 20);
                    looks += 1;
                }
                looks
            })
        });
        for round in 1..40 {
            file(round);
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            assert!(reader.join().unwrap() > 20);
        }
    });
}

#[test]
fn a_reader_leaves_nothing_in_the_folder() {
    let desk = Desk::new();
    desk.write("a.jsonl", line("x", "Ferry"));
    desk.sync(&[""]);
    fs::remove_file(desk.index().join(".tantivy-meta.lock")).unwrap();
    let before = super::names_in(&desk.index());
    let archive = desk.archive();
    archive.search(&Request::for_query("ferry")).unwrap();
    archive.status().unwrap();
    morgue::index::check(&desk.index()).unwrap();
    assert_eq!(super::names_in(&desk.index()), before);
}
