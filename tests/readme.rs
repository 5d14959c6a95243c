//! The README is true: the commands in its `console` blocks are run, in order, and print what stands there.
//!
//! A line `…` stands for any lines, `…` at the end of a line for the rest of it. Lines that begin with `! ` are on stderr; what
//! else is there is not compared.

use std::path::Path;

use morgue::query::{FIELDS, OPERATORS};

use crate::support::morgue;

#[test]
fn its_examples_print_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = tempfile::tempdir().unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let mut commands = 0;
    for block in readme.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for example in block.split("$ morgue ").skip(1) {
            let (command, expected) = example.split_once('\n').unwrap();
            let mut run = morgue(root, &[]);
            run.args(words(command)).env("MORGUE_INDEX", index.path());
            let output = run.output().unwrap();
            let (stdout, stderr) = (text(output.stdout), text(output.stderr));
            let (errors, lines): (Vec<_>, Vec<_>) =
                expected.lines().partition(|line| line.starts_with("! "));
            assert!(
                agree(&lines, &stdout),
                "`morgue {command}` printed:\n{stdout}\n{stderr}"
            );
            let errors: Vec<_> = errors.iter().map(|line| &line[2..]).collect();
            assert!(
                errors.is_empty() || agree(&errors, &stderr),
                "`morgue {command}` said:\n{stderr}"
            );
            commands += 1;
        }
    }
    assert!(commands > 5, "only {commands} examples were found");
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The arguments of a command as a shell divides them; quotes do not nest.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in command.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '\'' || c == '"' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c == ' ' => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

fn agree(expected: &[&str], printed: &str) -> bool {
    let printed: Vec<_> = printed.lines().collect();
    let Some(any) = expected.iter().position(|line| *line == "…") else {
        return expected.len() == printed.len() && begins_with(expected, &printed);
    };
    let rest = &expected[any + 1..];
    begins_with(&expected[..any], &printed)
        && printed.len() >= any + rest.len()
        && begins_with(rest, &printed[printed.len() - rest.len()..])
}

fn begins_with(expected: &[&str], printed: &[&str]) -> bool {
    expected.len() <= printed.len()
        && expected.iter().zip(printed).all(|(expected, printed)| {
            match expected.strip_suffix('…') {
                Some(beginning) => printed.starts_with(beginning),
                None => expected.trim_end() == printed.trim_end(),
            }
        })
}

/// Where the tables of the language begin and end in the README.
const TABLES: [&str; 2] = [
    "<!-- These tables are those of src/query/operators.rs and fields.rs: UPDATE_README=1 cargo test readme -->\n",
    "<!-- The end of the tables -->",
];

/// The rows of the language as tables of the README.
fn tables() -> String {
    let row = |forms: &[String], help: &str, example: &str| {
        let code = |form: &String| format!("`{}`", form.replace('|', "\\|"));
        let forms: Vec<_> = forms.iter().map(code).collect();
        format!("| {} | {help} | `{example}` |\n", forms.join(" "))
    };
    let mut text = String::from("| form | meaning | for example |\n|---|---|---|\n");
    for operator in OPERATORS.iter().filter(|row| row.name != "field") {
        let forms: Vec<_> = operator
            .forms
            .iter()
            .map(|form| (*form).to_owned())
            .collect();
        text += &row(&forms, operator.help, operator.example);
    }
    text += "\n| field | meaning | for example |\n|---|---|---|\n";
    for field in FIELDS {
        let names: Vec<_> = field.names().map(|name| format!("{name}:")).collect();
        text += &row(&names, field.help, field.example);
    }
    text
}

#[test]
fn its_tables_are_those_of_the_language() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(TABLES[0]).expect("the tables begin");
    let (written, after) = rest.split_once(TABLES[1]).expect("the tables end");
    let tables = format!("\n{}\n", tables());
    if std::env::var_os("UPDATE_README").is_some() {
        let [begin, end] = TABLES;
        std::fs::write(&path, format!("{before}{begin}{tables}{end}{after}")).unwrap();
        return;
    }
    assert_eq!(
        written, tables,
        "UPDATE_README=1 cargo test readme writes them"
    );
}

#[test]
fn every_example_of_the_language_finds_something_in_the_sample() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let index = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let output = morgue(root, args)
            .env("MORGUE_INDEX", index.path())
            .output()
            .unwrap();
        (output.status.code(), text(output.stderr))
    };
    run(&["index", "sample-corpus"]);
    let operators = OPERATORS.iter().map(|row| row.example);
    for example in operators.chain(FIELDS.iter().map(|row| row.example)) {
        let (code, told) = run(&["search", "--limit", "0", "--", example]);
        assert_eq!(code, Some(0), "{example}: {told}");
        assert!(!told.contains("warning"), "{example}: {told}");
    }
}
