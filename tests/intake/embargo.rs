//! What is held back until a time, however that is written: nothing comes out too early, and nothing stays out without a word.

use std::fs;

use morgue::intake::{Ledger, ReadOptions};
use morgue::source::SkipReason;
use morgue::text::date::Order;

use super::articles;
use crate::index::Desk;

/// What is read of a file of this name and text: the embargo of its article, and the account.
fn read(order: Option<Order>, name: &str, text: &str) -> (Vec<Option<String>>, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    let options = ReadOptions {
        date_order: order,
        ..ReadOptions::default()
    };
    let (found, ledger) = articles(folder.path(), &options);
    let until = found
        .iter()
        .map(|article| article.embargo.map(|it| it.to_string()));
    (until.collect(), ledger)
}

fn line(more: &str) -> String {
    format!(
        "{{\"id\": \"x\", \"headline\": \"Ferry waits\", \"body\": \"The ferry has sailed.\", {more}}}\n"
    )
}

#[test]
fn an_embargo_is_read_as_other_dates_are() {
    let check = |order: Option<Order>, printed: &str, expected: &str| {
        for name in [
            "embargo",
            "embargoed",
            "embargoUntil",
            "embargo_until",
            "embargo-until",
            "embargoeduntil",
            "embargoed_until",
        ] {
            let json = line(&format!("\"{name}\": \"{printed}\""));
            let csv =
                format!("id,headline,body,{name}\nx,Ferry waits,The ferry has sailed.,{printed}\n");
            for (file, text) in [("a.jsonl", json), ("a.csv", csv)] {
                let (found, ledger) = read(order, file, &text);
                assert_eq!(
                    found,
                    [Some(expected.to_owned())],
                    "{file} {name} {printed}"
                );
                assert_eq!(ledger.undecided_dates, 0);
            }
        }
    };
    check(None, "2099-05-03T10:00:00Z", "2099-05-03T10:00:00Z");
    check(None, "31.12.2099", "2099-12-31");
    check(Some(Order::Dmy), "01.02.2099", "2099-02-01");
    check(Some(Order::Mdy), "01.02.2099", "2099-01-02");
    // Nobody can tell: the later day.
    check(None, "03/04/2099", "2099-04-03");
    check(None, "04/03/2099", "2099-04-03");
}

#[test]
fn the_dates_of_a_source_tell_how_its_embargoes_are_written() {
    let lines = [
        line(r#""source": "Courier", "embargo": "04/03/2099""#),
        line(r#""source": "Courier", "date": "12/31/2024""#).replace("\"x\"", "\"y\""),
    ];
    let (found, _) = read(None, "a.jsonl", &lines.concat());
    assert_eq!(found, [Some("2099-04-03".to_owned()), None]);
    let lines = lines.map(|line| line.replace("12/31", "31/12"));
    let (found, _) = read(None, "a.jsonl", &lines.concat());
    assert_eq!(found, [Some("2099-03-04".to_owned()), None]);
}

#[test]
fn a_column_that_the_user_names_is_an_embargo() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,headline,body,sperre\nx,Ferry waits,The ferry has sailed.,2099-05-03\n";
    fs::write(folder.path().join("a.csv"), table).unwrap();
    let options = ReadOptions {
        map: vec![(
            morgue::format::MapField::by_name("embargo").unwrap(),
            "sperre".into(),
        )],
        ..ReadOptions::default()
    };
    let (found, _) = articles(folder.path(), &options);
    assert_eq!(found[0].embargo, "2099-05-03".parse().ok());
}

/// What cannot be read keeps the article out, and what was there of it, too.
#[test]
fn an_embargo_that_cannot_be_read_keeps_the_article_out() {
    for printed in [
        "\"2099-13-01\"",
        "\"until further notice\"",
        "true",
        "{\"until\": \"2099\"}",
    ] {
        let desk = Desk::new();
        desk.write("a.jsonl", line("\"version\": 1"));
        desk.sync(&[""]);
        assert_eq!(desk.listing().len(), 1);
        desk.write("a.jsonl", line(&format!("\"embargo\": {printed}")));
        let run = desk.sync(&[""]);
        assert_eq!(desk.listing(), [""; 0], "{printed}");
        assert_eq!(
            run.entries[0].reason,
            Some(SkipReason::Embargo),
            "{printed}"
        );
    }
    for none in ["null", "false", "\"\"", "0"] {
        let (found, ledger) = read(None, "a.jsonl", &line(&format!("\"embargo\": {none}")));
        assert_eq!((found, ledger.records.rejected), (vec![None], 0), "{none}");
    }
}
