//! What needs no index: help, values that are wrong, an index that is not there.

use insta::assert_snapshot;

use crate::support::{run, run_to};

/// Exit code and stderr of a run whose stdout is empty.
fn told(args: &[&str]) -> String {
    let dir = tempfile::tempdir().unwrap();
    let run = run(dir.path(), args);
    assert_eq!(run.stdout, "", "stdout carries data only");
    format!("exit {}\n{}", run.code, run.stderr)
}

#[test]
fn help_lists_the_commands() {
    let dir = tempfile::tempdir().unwrap();
    assert_snapshot!(run_to(0, dir.path(), &["--help"]).stdout, @r"
    A full-text search engine for a newspaper's archive

    Usage: morgue [OPTIONS] <COMMAND>

    Commands:
      index    Bring the index up to date with files and folders
      read     Read articles and print them as JSON Lines, without an index
      search   Search the index
      show     Print one article, its versions, or what differs between them
      explain  Tell how a query is understood
      watch    Save searches, and have what is new to them delivered after every indexing run
      serve    Answer searches over HTTP, for browsers and programs
      mcp      Answer an agent over stdin and stdout (Model Context Protocol)
      key      Make, list and remove the keys that a server asks for
      status   Tell what is in the index
      check    Check that the index is whole, file by file and article by article
      backup   Copy the index as it is now, also while it is being written
      restore  Put a backup in the place of the index
      formats  List the formats that are read
      help     Print this message or the help of the given subcommand(s)

    Options:
          --index <DIR>   The folder of the index [env: MORGUE_INDEX=] [default: index]
      -q, --quiet         Print no summaries, warnings, hints or progress; errors still
          --color <WHEN>  When to use colour [default: auto] [possible values: auto, always, never]
      -h, --help          Print help
      -V, --version       Print version
    ");
    for command in [
        "index", "read", "search", "show", "explain", "watch", "serve", "status", "check",
        "backup", "restore", "formats",
    ] {
        let help = run_to(0, dir.path(), &[command, "--help"]);
        assert!(
            help.stdout.contains(&format!("Usage: morgue {command}")) && help.stderr.is_empty()
        );
    }
}

#[test]
fn wrong_values_are_errors_that_name_the_right_ones() {
    assert_snapshot!(told(&["search", "--output", "jsn", "x"]), @r"
    exit 2
    error: invalid value 'jsn' for '--output <NAME>'
      [possible values: list, json, jsonl, csv, ris, bibtex, kwic, kwic-csv]

      tip: a similar value exists: 'json'

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["search", "--limit", "2000", "x"]), @r"
    exit 2
    error: invalid value '2000' for '--limit <N>': it is no number from 0 to 1000; `--all` gives every hit

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["search", "--only", "The Tide", "x"]), @r"
    exit 2
    error: invalid value 'The Tide' for '--only <FACET=VALUE>': it is not of the form source=VALUE

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["search", "--only", "paper=The Tide", "x"]), @r"
    exit 2
    error: invalid value 'paper=The Tide' for '--only <FACET=VALUE>': no facet `paper`; there is source, section, byline, place, topic, language, year

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["search", "--today", "1963-02-30", "x"]), @r"
    exit 2
    error: invalid value '1963-02-30' for '--today <DATE>': it is no day of the form 1963-08-14

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["read", "--map", "title=headline", "x"]), @r"
    exit 2
    error: invalid value 'title=headline' for '--map <FIELD=NAME>': no field `title`; there is id, headline, deck, body, byline, date, updated, embargo, places, dateline, section, source, language, url, topics, captions, copyright

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["read", "--map", "headline", "x"]), @r"
    exit 2
    error: invalid value 'headline' for '--map <FIELD=NAME>': write FIELD=NAME, for example headline=title

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["search", "-sport"]), @r"
    exit 2
    error: unexpected argument '-s' found

      tip: what is searched for may begin with `-` after `--`: morgue search -- -sport

    Usage: morgue search [OPTIONS] [QUERY]...

    For more information, try '--help'.
    ");
    assert_snapshot!(told(&["search", "--all", "--limit", "5", "x"]), @r"
    exit 2
    error: the argument '--all' cannot be used with '--limit <N>'

    Usage: morgue search --all <QUERY>...

    For more information, try '--help'.
    ");
}

#[test]
fn an_index_that_is_not_there_is_an_error_with_a_way_out() {
    assert_snapshot!(told(&["search", "ferry"]), @r"
    exit 2
    error: no index in `index`
    hint: build it first: morgue index --index index PATH…
    ");
    for args in [
        &["status"][..],
        &["show", "n:1"],
        &["explain", "ferry"],
        &["serve", "--port", "0"],
    ] {
        assert!(
            told(args).starts_with("exit 2\nerror: no index in `index`\nhint: "),
            "{args:?}"
        );
    }
    let elsewhere = told(&["--index", "else\u{1b}[31mwhere", "status"]);
    assert!(elsewhere.contains("no index in `elsewhere`"), "{elsewhere}");
}

#[test]
fn formats_are_data() {
    let dir = tempfile::tempdir().unwrap();
    let formats = run_to(0, dir.path(), &["formats"]);
    assert_eq!(
        formats.stdout.lines().count(),
        morgue::format::FORMATS.len()
    );
    assert_eq!(formats.stderr, "");
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    for command in ["read", "index"] {
        let told = told(&[command, "no-such-file"]);
        assert!(
            told.starts_with("exit 2\nerror: cannot read `no-such-file`: "),
            "{told}"
        );
    }
}

#[test]
fn a_search_beyond_its_time_is_an_error_and_prints_nothing() {
    let dir = crate::support::news();
    run_to(0, dir.path(), &["index", "news.jsonl"]);
    for command in [
        &["search", "ferry", "--timeout", "0.000001"][..],
        &["search", "ferry", "--all", "--timeout", "0.000001"],
        &["explain", "ferry", "--timeout", "0.000001"],
    ] {
        let run = run_to(2, dir.path(), command);
        assert_eq!(run.stdout, "");
        let told = "error: the search took longer than 1µs, and was given up\n\
                    hint: narrow it by a date (since:2020), or by more letters before a `*`\n";
        assert_eq!(run.stderr, told);
    }
    run_to(0, dir.path(), &["search", "ferry", "--timeout", "0"]);
    run_to(0, dir.path(), &["search", "ferry", "--timeout", "60"]);
    for wrong in ["-1", "soon", "nan", "1e300"] {
        let option = format!("--timeout={wrong}");
        let run = run_to(2, dir.path(), &["search", "ferry", &option]);
        assert!(run.stderr.contains("it is no number of seconds"), "{run:?}");
    }
}
