//! The README is true: the commands in its `console` blocks are run, in order, and print what stands there.
//!
//! A line `…` stands for any lines, `…` at the end of a line for the rest of it. Lines that begin with `! ` are on stderr; what
//! else is there is not compared.

use std::path::Path;

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
