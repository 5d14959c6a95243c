//! Dates whose day and month are both numbers are settled by their whole source.

use std::fs;

use morgue::intake::ReadOptions;
use morgue::text::date::Order;

use super::articles;
use crate::index::Desk;

fn line(id: &str, source: &str, date: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"headline\": \"Ferry {id}\", \"source\": \"{source}\", \"date\": \"{date}\", \"body\": \"The ferry has sailed.\"}}\n"
    )
}

/// What the dates of these files, each a list of lines, are read as, in the order of delivery; and how many stay undecided.
#[track_caller]
fn check(order: Option<Order>, files: &[&[(&str, &str, &str)]], expected: &[&str], undecided: u64) {
    let folder = tempfile::tempdir().unwrap();
    for (number, lines) in files.iter().enumerate() {
        let text: String = lines
            .iter()
            .map(|(id, source, date)| line(id, source, date))
            .collect();
        fs::write(folder.path().join(format!("{number}.jsonl")), text).unwrap();
    }
    for threads in [1, 3] {
        let options = ReadOptions {
            date_order: order,
            threads,
            ..ReadOptions::default()
        };
        let (found, ledger) = articles(folder.path(), &options);
        let shown: Vec<_> = found
            .iter()
            .map(|article| {
                format!(
                    "{} {}",
                    article.id,
                    article
                        .date
                        .as_ref()
                        .map_or(String::new(), ToString::to_string)
                )
            })
            .collect();
        assert_eq!(shown, expected);
        assert_eq!(ledger.undecided_dates, undecided);
    }
}

#[test]
fn one_date_settles_those_of_its_source() {
    check(
        None,
        &[
            &[
                ("a", "Courier", "03/04/2024"),
                ("b", "Courier", "25/04/2024"),
                ("c", "Gazette", "03/04/2024"),
            ],
            &[("d", "Gazette", "04/25/2024")],
        ],
        // What waits for another file comes last; within a file the order is kept.
        &[
            "a 2024-04-03",
            "b 2024-04-25",
            "d 2024-04-25",
            "c 2024-03-04",
        ],
        0,
    );
}

#[test]
fn evidence_of_a_later_file_settles_an_earlier_one() {
    check(
        None,
        &[
            &[("a", "Courier", "03/04/2024")],
            &[("b", "Courier", "05/06/2024")],
            &[("c", "Courier", "25/04/2024")],
        ],
        &["c 2024-04-25", "a 2024-04-03", "b 2024-06-05"],
        0,
    );
}

#[test]
fn what_nobody_can_tell_keeps_its_year_and_is_counted() {
    check(
        None,
        &[&[
            ("a", "Courier", "03/04/2024"),
            ("b", "Courier", "05/05/2024"),
        ]],
        &["b 2024-05-05", "a 2024"],
        1,
    );
}

#[test]
fn the_user_settles_all() {
    let files: &[&[_]] = &[&[
        ("a", "Courier", "03/04/2024"),
        ("b", "Gazette", "05/06/2024"),
    ]];
    check(
        Some(Order::Dmy),
        files,
        &["a 2024-04-03", "b 2024-06-05"],
        0,
    );
    check(
        Some(Order::Mdy),
        files,
        &["a 2024-03-04", "b 2024-05-06"],
        0,
    );
}

#[test]
fn evidence_is_kept_between_runs() {
    let desk = Desk::new();
    desk.write("a.jsonl", line("a", "Courier", "25/04/2024"));
    desk.sync(&[""]);
    desk.write("b.jsonl", line("b", "Courier", "03/04/2024"));
    let run = desk.sync(&[""]);
    assert_eq!(run.ledger.undecided_dates, 0);
    assert_eq!(
        desk.articles()["b"].date.as_ref().unwrap().to_string(),
        "2024-04-03"
    );
}

#[test]
fn the_user_settles_what_is_in_the_index_already() {
    let mut desk = Desk::new();
    desk.write("a.jsonl", line("a", "Courier", "03/04/2024"));
    assert_eq!(desk.sync(&[""]).ledger.undecided_dates, 1);
    desk.options.read.date_order = Some(Order::Mdy);
    assert_eq!(desk.sync(&[""]).report.changed, 1);
    assert_eq!(
        desk.articles()["a"].date.as_ref().unwrap().to_string(),
        "2024-03-04"
    );
}

#[test]
fn files_without_a_named_source_go_by_their_own_dates_then_by_their_folder() {
    let folder = tempfile::tempdir().unwrap();
    let line = |id: &str, date: &str| {
        format!(
            "{{\"id\": \"{id}\", \"headline\": \"Ferry {id}\", \"date\": \"{date}\", \"body\": \"The ferry has sailed.\"}}\n"
        )
    };
    fs::create_dir(folder.path().join("neither")).unwrap();
    for (file, text) in [
        (
            "american.jsonl",
            line("a", "03/04/2024") + &line("b", "03/25/2024"),
        ),
        (
            "british.jsonl",
            line("c", "03/04/2024") + &line("d", "25/03/2024"),
        ),
        ("neither/1.jsonl", line("e", "03/04/2024")),
        ("neither/2.jsonl", line("f", "25/03/2024")),
    ] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    let (found, ledger) = articles(folder.path(), &ReadOptions::default());
    let date = |id: &str| {
        let article = found.iter().find(|article| article.id == id).unwrap();
        article.date.as_ref().unwrap().to_string()
    };
    assert_eq!(
        ["a", "c", "e"].map(date),
        ["2024-03-04", "2024-04-03", "2024-04-03"]
    );
    assert_eq!(ledger.undecided_dates, 0);
}
