//! Random changes to a few files: after each run the index holds what a plain model of the files holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use proptest::collection::vec;
use proptest::prelude::*;

use super::{Desk, line, text};

/// `.jsonl` files hold lines with ids of their own, `.txt` files get theirs by their names.
const FILES: &[&str] = &[
    "a.jsonl",
    "b.jsonl",
    "d.txt",
    "sub/c.jsonl",
    "sub/e.txt",
    "z.jsonl",
];

#[derive(Debug, Clone)]
enum Step {
    /// The file gets these records: the number of the id, the version of the article.
    Write(usize, Vec<(u8, u8)>),
    Touch(usize),
    Rename(usize, usize),
    Delete(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    prop_oneof![
        4 => (file.clone(), vec((0..6u8, 0..4u8), 1..4)).prop_map(|(file, records)| Step::Write(file, records)),
        1 => file.clone().prop_map(Step::Touch),
        2 => (file.clone(), file.clone()).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => file.prop_map(Step::Delete),
    ]
}

type Model = BTreeMap<usize, Vec<(u8, u8)>>;

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
                text(&format!("Version {}", records[0].1))
            } else {
                let lines = records.iter();
                lines
                    .map(|(id, version)| line(&format!("n{id}"), &format!("Version {version}")))
                    .collect()
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

/// For each id the headlines that the article with it may have, and how many records there are.
fn expected(model: &Model) -> (BTreeMap<String, BTreeSet<String>>, u64) {
    let (mut headlines, mut records) = (BTreeMap::<_, BTreeSet<_>>::new(), 0);
    for (file, contents) in model {
        let contents = if is_text(*file) {
            &contents[..1]
        } else {
            contents
        };
        for (id, version) in contents {
            let id = if is_text(*file) {
                format!("{}#1", FILES[*file])
            } else {
                format!("n{id}")
            };
            headlines
                .entry(id)
                .or_default()
                .insert(format!("Version {version}"));
            records += 1;
        }
    }
    (headlines, records)
}

#[track_caller]
fn check(desk: &Desk, model: &Model) {
    let (expected, records) = expected(model);
    let found = desk.articles();
    assert!(
        found.keys().eq(expected.keys()),
        "{:?} instead of {:?}",
        found.keys(),
        expected.keys()
    );
    for (id, article) in &found {
        assert!(
            expected[id].contains(&article.headline),
            "{id} is {}",
            article.headline
        );
        let file = FILES
            .iter()
            .position(|file| *file == article.file)
            .expect("a file of ours");
        assert!(model.contains_key(&file), "{id} is of {}", article.file);
    }
    let status = desk.status();
    assert_eq!(status.articles, expected.len() as u64);
    assert_eq!(status.files, model.len() as u64);
    assert_eq!(status.duplicates, records - status.articles);
    assert_eq!(status.rejected, 0);
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 60, ..ProptestConfig::with_cases(8) })]

    #[test]
    fn the_index_agrees_with_the_files(rounds in vec(vec(step(), 1..4), 2..7), by_folder in any::<bool>()) {
        let (desk, mut model, mut clock) = (Desk::new(), Model::new(), SystemTime::now());
        desk.write("a.jsonl", line("n0", "Version 0"));
        model.insert(0, vec![(0, 0)]);
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
