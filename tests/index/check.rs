//! Every byte of an index is looked after: whatever is changed in it, `check` says where, and never panics.

use std::fs;

use morgue::Error;
use morgue::index::{Damage, Health, check};

use super::Desk;

/// An index of a few articles in two files, one of which has been read again.
fn desk() -> Desk {
    let desk = Desk::new();
    let line = |n: usize| {
        format!("{{\"id\": \"{n}\", \"headline\": \"Ferry {n}\", \"body\": \"It sailed.\"}}\n")
    };
    desk.write("a.jsonl", (0..20).map(line).collect::<String>());
    desk.write("b.jsonl", (20..40).map(line).collect::<String>());
    desk.sync(&[""]);
    desk.write("b.jsonl", (20..39).map(line).collect::<String>());
    desk.sync(&[""]);
    desk
}

fn health(desk: &Desk) -> Health {
    check(&desk.index()).unwrap()
}

#[test]
fn a_whole_index_is_whole() {
    let desk = desk();
    let health = health(&desk);
    assert_eq!((health.damage, health.articles), (vec![], 39));
    assert!(health.files >= 6);
}

/// It says how many articles are where: nothing else would tell that a digit in it has changed.
#[test]
fn a_changed_bit_of_the_list_of_segments_is_found() {
    let desk = desk();
    let path = desk.index().join("meta.json");
    let bytes = fs::read(&path).unwrap();
    for at in (0..bytes.len()).step_by(11) {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        fs::write(&path, &changed).unwrap();
        match check(&desk.index()) {
            Err(error) => assert!(matches!(error, Error::Damaged { .. }), "{at}: {error}"),
            // What is before the checksum says nothing of the articles.
            Ok(health) => assert!(at < 11 && health.damage.is_empty(), "{at}: {health:?}"),
        }
    }
    fs::write(&path, bytes).unwrap();
    assert_eq!(health(&desk).damage, []);
}

#[test]
fn a_changed_byte_is_found_in_any_file() {
    let desk = desk();
    for entry in fs::read_dir(desk.index()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let is_segment = name.len() > 32 && !name.starts_with('.');
        if !is_segment && !name.starts_with("manifest") {
            continue;
        }
        let mut worse: Vec<Vec<u8>> = [0, bytes.len() / 2, bytes.len() - 1]
            .map(|at| {
                let mut changed = bytes.clone();
                changed[at] ^= 0x55;
                changed
            })
            .to_vec();
        worse.extend([bytes[..bytes.len() / 2].to_vec(), Vec::new()]);
        for changed in worse {
            fs::write(&path, &changed).unwrap();
            let damage = health(&desk).damage;
            let named = damage.iter().any(|damage| match damage {
                Damage::File { file, .. } | Damage::Manifest { file, .. } => *file == name,
                _ => false,
            });
            assert!(named, "{name}: {damage:?}");
        }
        fs::remove_file(&path).unwrap();
        assert!(!health(&desk).damage.is_empty(), "{name} removed");
        fs::write(&path, bytes).unwrap();
    }
    assert_eq!(health(&desk).damage, []);
}
