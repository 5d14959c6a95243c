//! Articles that are too short to tell their language have that of their file.

use std::fs;

use morgue::intake::ReadOptions;

use super::articles;

const ENGLISH: &[&str] = &[
    "Ferry to run again from Monday",
    "Council votes to close the old mill",
    "Two hurt in a fire at the harbour",
    "Farmers wait for the rain and for the bank",
    "Mayor says no to a second bridge",
    "Ferry late",
    "Dog found",
    "School is to have a new roof after the storm",
];
const GERMAN: &[&str] = &[
    "Die Fähre fährt ab Montag wieder",
    "Der Rat schließt die alte Mühle",
    "Zwei Verletzte bei einem Brand am Hafen",
    "Die Bauern warten auf den Regen und auf die Bank",
    "Fähre zu spät",
    "Hund gefunden",
    "Die Schule bekommt nach dem Sturm ein neues Dach",
];

/// The languages of a file of headlines, in order, each once for a run of it.
#[track_caller]
fn check(file: &str, headlines: &[&str], expected: &[Option<&str>]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let lines: Vec<String> = headlines
        .iter()
        .map(|headline| serde_json::json!({"headline": headline}).to_string())
        .collect();
    fs::write(path, lines.join("\n")).unwrap();
    let (found, _) = articles(folder.path(), &ReadOptions::default());
    assert_eq!(found.len(), headlines.len());
    let mut runs: Vec<Option<&str>> = found
        .iter()
        .map(|article| article.language.as_deref())
        .collect();
    runs.dedup();
    assert_eq!(runs, expected, "{headlines:?}");
}

#[test]
fn headlines_have_the_language_of_their_file() {
    check("a.jsonl", ENGLISH, &[Some("en")]);
    check("a.jsonl", GERMAN, &[Some("de")]);
    // Sorted by language, longer than a batch each.
    let sorted = [ENGLISH.repeat(16), GERMAN.repeat(32)].concat();
    check("a.jsonl", &sorted, &[Some("en"), Some("de")]);
    check("a.jsonl", &["Dog found"], &[None]);
}

#[test]
fn a_folder_names_a_language_that_texts_do_not_tell() {
    check("wol/a.jsonl", &["Gaal gi dina dellu tukki"], &[Some("wo")]);
    check("wol/a.jsonl", &["渡轮恢复运行"], &[Some("zh")]);
    // A folder may be called so for another reason.
    check("ind/a.jsonl", &["Dog found"], &[None]);
}
