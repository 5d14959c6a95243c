//! Whatever is damaged in an index, a repair makes it what it was, and reads no more files than it must.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use morgue::index::{Damage, Repair, check, repair};
use morgue::intake::Ledger;
use morgue::{Archive, Error, Result};

use super::{Desk, line, names_in, text};

/// An index of three commits, each with files of its own: `0.jsonl` to `2.jsonl` of 300 articles, and a text.
fn desk() -> Desk {
    let desk = Desk::new();
    for commit in 0..3 {
        let lines = (0..300).map(|n| line(&format!("{commit}-{n}"), &format!("Ferry {n}")));
        desk.write(&format!("{commit}.jsonl"), lines.collect::<String>());
        desk.write(&format!("{commit}.txt"), text(&format!("Harbour {commit}")));
        desk.sync(&[""]);
    }
    assert!(segments(&desk).len() >= 3);
    desk
}

fn try_repair(desk: &Desk) -> Result<(Repair, Ledger)> {
    let mut ledger = Ledger::default();
    let done = repair(&desk.index(), &desk.options, &mut ledger, &mut ())?;
    Ok((done, ledger))
}

/// The files of the segments, by the segment's id.
fn segments(desk: &Desk) -> BTreeMap<String, Vec<PathBuf>> {
    let mut segments = BTreeMap::<_, Vec<PathBuf>>::new();
    for name in names_in(&desk.index()) {
        let id = name.split('.').next().unwrap_or_default();
        if id.len() == 32 {
            let files = segments.entry(id.to_owned()).or_default();
            files.push(desk.index().join(&name));
        }
    }
    segments
}

fn flip(path: &PathBuf) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    fs::write(path, bytes).unwrap();
}

/// Damages an index, repairs it, and demands that it is as before.
#[track_caller]
fn check_repair(what: &str, desk: &Desk, wound: impl FnOnce(&Desk)) -> (Repair, Ledger) {
    let before = desk.articles();
    wound(desk);
    let damage = check(&desk.index());
    assert!(
        !matches!(&damage, Ok(health) if health.damage.is_empty()),
        "{what} is not seen"
    );
    let (done, ledger) = try_repair(desk).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(check(&desk.index()).unwrap().damage, [], "{what}");
    assert!(desk.articles() == before, "{what}");
    let again = try_repair(desk).unwrap().0;
    assert_eq!((again.found.damage, again.files), (vec![], 0), "{what}");
    desk.sync(&[""]);
    assert_eq!(done.lost, 0, "{what}");
    (done, ledger)
}

#[test]
fn a_damaged_segment_costs_its_own_files_only() {
    let desk = desk();
    for (id, files) in segments(&desk) {
        for file in files {
            let name = file.display().to_string();
            // A repair makes segments anew: those that are still there are damaged in turn.
            if !file.exists() {
                continue;
            }
            let (done, ledger) = check_repair(&name, &desk, |_| flip(&file));
            assert!((1..=2).contains(&done.files), "{name}: {done:?}");
            assert!(
                ledger.records.accepted <= 301,
                "{name}: {:?}",
                ledger.records
            );
            assert!(!done.rebuilt);
            assert!(!file.exists(), "{id} is still there");
        }
    }
}

#[test]
fn files_that_are_missing_or_torn() {
    let desk = desk();
    let wound = |nth: usize, act: fn(&PathBuf)| {
        move |desk: &Desk| {
            let files: Vec<PathBuf> = segments(desk).into_values().flatten().collect();
            act(&files[nth % files.len()]);
        }
    };
    check_repair(
        "removed",
        &desk,
        wound(3, |file| fs::remove_file(file).unwrap()),
    );
    check_repair(
        "emptied",
        &desk,
        wound(9, |file| fs::write(file, "").unwrap()),
    );
    check_repair(
        "cut",
        &desk,
        wound(14, |file| {
            let bytes = fs::read(file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 3]).unwrap();
        }),
    );
    let all = |desk: &Desk| {
        segments(desk)
            .into_values()
            .flatten()
            .for_each(|file| flip(&file));
    };
    let (done, _) = check_repair("all at once", &desk, all);
    assert_eq!(done.files, 6);
}

#[test]
fn files_are_read_as_they_were() {
    let mut desk = Desk::new();
    desk.write(
        "a.jsonl",
        r#"{"id": "x", "kicker": "Mapped; twice\\", "headline": "Not this", "body": "Text."}"#,
    );
    desk.write("b.jsonl", line("y", "Plain"));
    desk.options.read.map = vec![(morgue::format::MapField::Headline, "kicker".into())];
    desk.sync(&["a.jsonl"]);
    desk.options.read.map.clear();
    desk.sync(&["b.jsonl"]);
    let expected = ["x: Mapped; twice\\", "y: Plain"];
    assert_eq!(desk.listing(), expected);
    for file in segments(&desk).into_values().flatten() {
        flip(&file);
    }
    assert_eq!(try_repair(&desk).unwrap().0.files, 2);
    assert_eq!(desk.listing(), expected);
    // And in a rebuild, too.
    fs::write(desk.index().join("meta.json"), "{").unwrap();
    assert!(try_repair(&desk).unwrap().0.rebuilt);
    assert_eq!(desk.listing(), expected);
}

#[test]
fn what_all_hangs_on() {
    let desk = desk();
    let manifest = |desk: &Desk| {
        let names = names_in(&desk.index());
        let name = names.into_iter().find(|name| name.starts_with("manifest-"));
        desk.index().join(name.unwrap())
    };
    for (what, wound) in [
        (
            "manifest changed",
            &(|desk: &Desk| flip(&manifest(desk))) as &dyn Fn(&Desk),
        ),
        ("manifest gone", &|desk| {
            fs::remove_file(manifest(desk)).unwrap();
        }),
        ("dictionary changed", &|desk| {
            flip(&desk.index().join("dictionary.zstd"));
        }),
        ("dictionary gone", &|desk| {
            fs::remove_file(desk.index().join("dictionary.zstd")).unwrap();
        }),
        ("commit torn", &|desk| {
            fs::write(desk.index().join("meta.json"), "{\"seg").unwrap();
        }),
        ("commit gone", &|desk| {
            fs::remove_file(desk.index().join("meta.json")).unwrap();
        }),
    ] {
        let (done, _) = check_repair(what, &desk, wound);
        assert!(done.rebuilt, "{what}");
        let beside = names_in(desk.index().parent().unwrap());
        assert_eq!(beside, ["files", "index"], "{what}");
    }
    let (done, _) = check_repair("list torn", &desk, |desk| {
        fs::write(desk.index().join(".managed.json"), "[\"").unwrap();
    });
    assert!(!done.rebuilt && matches!(done.found.damage[..], [Damage::List { .. }]));
}

#[test]
fn a_commit_and_manifest_that_are_both_torn_are_told() {
    let desk = desk();
    for name in names_in(&desk.index()) {
        if name.starts_with("manifest-") || name == "meta.json" {
            fs::write(desk.index().join(name), "{").unwrap();
        }
    }
    let error = try_repair(&desk).err().unwrap();
    assert!(matches!(error, Error::Damaged { .. }), "{error}");
    assert!(Archive::open(&desk.index()).is_err());
}

/// Damages the segment that has the articles of this file.
#[track_caller]
fn wound(desk: &Desk, wanted: &str) {
    // Each commit has a segment of its own; the first file of it that is damaged tells whose it was.
    for (_, files) in segments(desk) {
        let whole: Vec<_> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        flip(&files[0]);
        let damage = check(&desk.index()).unwrap().damage;
        let hit = |damage: &Damage| matches!(damage, Damage::Count { file, .. } if file == wanted);
        if damage.iter().any(hit) {
            return;
        }
        for (file, bytes) in files.iter().zip(whole) {
            fs::write(file, bytes).unwrap();
        }
    }
    panic!("no segment has {wanted}");
}

#[test]
fn articles_whose_files_are_damaged_themselves_are_lost_only_when_that_is_wanted() {
    type Damage = fn(&[u8]) -> Vec<u8>;
    let third = |bytes: &[u8]| bytes[..bytes.len() / 3].to_vec();
    let damages: [(&str, u64, Damage); 3] = [
        ("cut", 0, third),
        ("emptied", 300, |_| Vec::new()),
        ("overwritten", 300, |bytes| vec![0; bytes.len()]),
    ];
    for (what, lost, damage) in damages {
        let mut desk = desk();
        let before = desk.articles();
        let file = fs::read(desk.path("1.jsonl")).unwrap();
        let damaged = damage(&file);
        let whole_lines = String::from_utf8_lossy(&damaged).matches('\n').count() as u64;
        let lost = lost.max(300 - whole_lines);
        desk.write("1.jsonl", damaged);
        wound(&desk, "1.jsonl");
        desk.options.yes = false;
        let files = || names_in(&desk.index());
        let untouched = files();
        let error = try_repair(&desk).err().unwrap();
        let Error::Loss(why) = &error else {
            panic!("{what}: {error}");
        };
        let counted = why.contains(&format!("{lost} articles"));
        assert!(counted && why.contains("(1.jsonl)"), "{what}: {why}");
        assert_eq!(files(), untouched, "{what}");

        // Somebody finds the file: nothing is lost.
        let index = desk.index();
        let copy = index.with_file_name("copy");
        fs::create_dir(&copy).unwrap();
        for name in untouched {
            fs::copy(index.join(&name), copy.join(&name)).unwrap();
        }
        let damaged = fs::read(desk.path("1.jsonl")).unwrap();
        desk.write("1.jsonl", &file);
        assert_eq!(try_repair(&desk).unwrap().0.lost, 0, "{what}");
        assert!(desk.articles() == before, "{what}");

        // Nobody does.
        fs::remove_dir_all(&index).unwrap();
        fs::rename(copy, &index).unwrap();
        desk.write("1.jsonl", damaged);
        desk.options.yes = true;
        let (done, _) = try_repair(&desk).unwrap();
        assert_eq!(done.lost, lost, "{what}");
        assert_eq!(check(&index).unwrap().damage, [], "{what}");
        assert_eq!(
            desk.articles().len() as u64,
            before.len() as u64 - lost,
            "{what}"
        );
    }
}

#[test]
fn a_file_that_was_changed_meanwhile_is_read_as_it_is() {
    let mut desk = desk();
    desk.options.yes = false;
    desk.write("1.jsonl", line("1-0", "The only one"));
    wound(&desk, "1.jsonl");
    assert_eq!(try_repair(&desk).unwrap().0.lost, 0);
    assert_eq!(
        desk.archive().article("1-0").unwrap().headline,
        "The only one"
    );
}

#[test]
fn articles_whose_files_are_gone_are_lost_only_when_that_is_wanted() {
    let mut desk = desk();
    let before = desk.articles();
    desk.options.yes = false;
    desk.remove("1.jsonl");
    wound(&desk, "1.jsonl");
    let error = try_repair(&desk).err().unwrap();
    let Error::Loss(why) = &error else {
        panic!("{error}");
    };
    assert!(
        why.contains("300 articles") && why.contains("1.jsonl"),
        "{why}"
    );
    assert!(
        !check(&desk.index()).unwrap().damage.is_empty(),
        "nothing is done"
    );

    desk.options.yes = true;
    let (done, _) = try_repair(&desk).unwrap();
    assert_eq!((done.lost, done.files), (300, 1));
    assert_eq!(check(&desk.index()).unwrap().damage, []);
    let left: Vec<_> = before
        .keys()
        .filter(|id| !id.starts_with("1-"))
        .cloned()
        .collect();
    assert!(desk.articles().into_keys().eq(left));
    // The file is found again after all.
    let lines = (0..300).map(|n| line(&format!("1-{n}"), &format!("Ferry {n}")));
    desk.write("1.jsonl", lines.collect::<String>());
    desk.sync(&[""]);
    assert!(desk.articles() == before);
}

#[test]
fn what_is_left_of_a_story_is_settled_anew() {
    let version = |file: u32| {
        let line = |item: u32| {
            format!(
                "{{\"id\": \"urn:{item}\", \"headline\": \"Reading {file} of {item}\", \"version\": {file}, \"date\": \"2024-03-01\", \
                 \"body\": \"The harbour office has told the ferry to wait until the tide has turned.\"}}\n"
            )
        };
        (0..60).map(line).collect::<String>()
    };
    // Several threads write several segments: those of a story need not be in one.
    let mut desk = Desk::new();
    desk.options.resources.threads = 4;
    for file in 1..4 {
        desk.write(&format!("{file}.jsonl"), version(file));
    }
    desk.sync(&[""]);
    desk.remove("3.jsonl");
    let whole = desk.index().with_file_name("whole");
    fs::rename(desk.index(), &whole).unwrap();
    let (mut tried, mut lost) = (0, 0);
    for store in super::stores(&whole) {
        let _ = fs::remove_dir_all(desk.index());
        fs::create_dir(desk.index()).unwrap();
        for name in names_in(&whole) {
            fs::copy(whole.join(&name), desk.index().join(&name)).unwrap();
        }
        flip(&desk.index().join(&store));
        let (done, _) = try_repair(&desk).unwrap();
        (tried, lost) = (tried + 1, lost + done.lost);
        let archive = desk.archive();
        for item in 0..60 {
            let versions = archive.versions(&format!("urn:{item}")).unwrap();
            let current = versions.iter().position(|version| version.current);
            assert_eq!(current, Some(versions.len() - 1), "{item}: {versions:?}");
            assert!(versions.len() >= 2, "{item}");
        }
        assert_eq!(check(&desk.index()).unwrap().damage, []);
    }
    assert!(tried > 0 && lost >= 60, "{lost} of {tried} segments");
}

#[test]
fn a_folder_that_is_no_index_stays_as_it_is() {
    let desk = Desk::new();
    for at in [desk.path(""), desk.path("nowhere")] {
        let done = repair(&at, &desk.options, &mut Ledger::default(), &mut ());
        assert!(matches!(done, Err(Error::NoIndex(_))), "{done:?}");
    }
    assert_eq!(names_in(&desk.path("")), [""; 0]);
}
