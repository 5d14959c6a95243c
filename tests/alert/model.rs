//! Random changes to a few files, watches that come and go, rebuilds, and runs that die at any call of the disk: every watch has
//! delivered what a plain model says, each article once.
//!
//! The model knows nothing of segments, rounds or versions: an article is new to a watch when the archive has it, its headline has
//! the word, and the watch has not had it before.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use morgue::alert::{self, Options};
use morgue::index::disk::{Call, Disk, Fate, Watch};
use morgue::index::rebuild;
use morgue::intake::Ledger;
use proptest::collection::vec;
use proptest::prelude::*;

use super::Office;

const FILES: &[&str] = &["a.jsonl", "b.jsonl", "sub/c.jsonl"];
const WORDS: &[&str] = &["ferry", "tram", "barge"];

#[derive(Debug, Clone)]
enum Step {
    /// Articles, each an id and the words of its headline.
    Write(usize, Vec<(u8, BTreeSet<usize>)>),
    Delete(usize),
    Rename(usize, usize),
    Add(usize),
    Remove(usize),
    Rebuild,
    /// A run dies at this call.
    Die(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let file = 0..FILES.len();
    let article = (0..8u8, prop::collection::btree_set(0..WORDS.len(), 0..3));
    prop_oneof![
        6 => (file.clone(), vec(article, 1..5)).prop_map(|(file, articles)| Step::Write(file, articles)),
        1 => file.clone().prop_map(Step::Delete),
        1 => (file.clone(), file).prop_map(|(from, to)| Step::Rename(from, to)),
        2 => (0..WORDS.len()).prop_map(Step::Add),
        1 => (0..WORDS.len()).prop_map(Step::Remove),
        1 => Just(Step::Rebuild),
        4 => (0..30u64).prop_map(Step::Die),
    ]
}

/// From one call on nothing can be done any more: the process has died. Half of the write is done that it died at.
struct Dying {
    calls: AtomicU64,
    at: u64,
}

impl Dying {
    fn at(at: u64) -> Arc<Self> {
        let calls = AtomicU64::new(0);
        Arc::new(Dying { calls, at })
    }
}

impl Watch for Dying {
    fn ask(&self, call: Call, _: &Path) -> Fate {
        let now = self.calls.fetch_add(1, Ordering::Relaxed);
        match now.cmp(&self.at) {
            std::cmp::Ordering::Less => Fate::Done,
            std::cmp::Ordering::Equal if call == Call::Write => {
                Fate::Torn(io::Error::other("killed"))
            }
            _ => Fate::Refused(io::Error::other("killed")),
        }
    }
}

#[derive(Default)]
struct Model {
    /// What each watch that there is has had: delivered, or there when it was added.
    watches: BTreeMap<usize, BTreeSet<String>>,
    /// What has been delivered for each word, by all watches of that name.
    delivered: BTreeMap<usize, Vec<String>>,
}

impl Model {
    fn look(&mut self, office: &Office, delivers: bool) {
        for (id, article) in office.desk.articles() {
            for (word, had) in &mut self.watches {
                if article.headline.contains(WORDS[*word]) && had.insert(id.clone()) && delivers {
                    self.delivered.entry(*word).or_default().push(id.clone());
                }
            }
        }
    }
}

fn carry_out(step: &Step, office: &Office, model: &mut Model) {
    let index = office.desk.index();
    match step {
        Step::Write(file, articles) => {
            let line = |(id, words): &(u8, BTreeSet<usize>)| {
                let words: Vec<_> = words.iter().map(|word| WORDS[*word]).collect();
                // So long a text is one story, however it is headed.
                crate::index::line(&format!("n{id}"), "ferryman").replace(
                    "\"headline\": \"ferryman\"",
                    &format!("\"headline\": \"Of {}\"", words.join(" ")),
                )
            };
            office
                .desk
                .write(FILES[*file], articles.iter().map(line).collect::<String>());
        }
        Step::Delete(file) => {
            let _ = std::fs::remove_file(office.desk.path(FILES[*file]));
        }
        Step::Rename(from, to) => {
            let _ = std::fs::create_dir(office.desk.path("sub"));
            let _ = std::fs::rename(office.desk.path(FILES[*from]), office.desk.path(FILES[*to]));
        }
        Step::Add(word) if !model.watches.contains_key(word) => {
            office.add(WORDS[*word], &format!("headline:\"{}\"", WORDS[*word]));
            let articles = office.desk.articles().into_iter();
            let there = articles.filter(|(_, article)| article.headline.contains(WORDS[*word]));
            model
                .watches
                .insert(*word, there.map(|(id, _)| id).collect());
        }
        Step::Remove(word) if model.watches.remove(word).is_some() => {
            alert::remove(&index, WORDS[*word], &office.options).unwrap();
        }
        Step::Rebuild => {
            office.run();
            model.look(office, true);
            let options = &office.desk.options;
            let roots = [office.desk.path("")];
            rebuild(&index, &roots, options, &mut Ledger::default(), &mut ()).unwrap();
            model.look(office, false);
            office.run();
        }
        Step::Die(at) => {
            office.desk.sync(&[""]);
            let options = Options {
                disk: Disk::watched(Dying::at(*at)),
                ..Options::default()
            };
            let _ = alert::run(&index, &options);
        }
        _ => {}
    }
}

fn check(steps: &[Step]) {
    let mut office = Office::new();
    office.options.at_once = true;
    let mut model = Model::default();
    for step in steps {
        carry_out(step, &office, &mut model);
        office.desk.sync(&[""]);
        let report = office.run();
        assert!(
            report.failed.is_empty() && report.unasked.is_empty(),
            "{report:?}"
        );
        model.look(&office, true);
        for (word, expected) in &model.delivered {
            let (mut delivered, mut expected) = (office.delivered(WORDS[*word]), expected.clone());
            delivered.sort();
            expected.sort();
            assert_eq!(delivered, expected, "{} after {step:?}", WORDS[*word]);
        }
    }
    let left = office
        .store()
        .into_iter()
        .filter(|name| name.starts_with("round-"));
    assert_eq!(left.collect::<Vec<_>>(), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]
    #[test]
    fn each_is_delivered_once(steps in vec(step(), 1..12)) {
        check(&steps);
    }
}
