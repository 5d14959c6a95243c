//! One story, its versions: what is current, what was, what is withdrawn or held back, and what only shares an id.

use morgue::article::Version;
use morgue::search::Request;
use morgue::{Archive, Error};

use super::Desk;

/// A line of JSON: an id, a headline, and what else it says of its version.
fn line(id: &str, headline: &str, more: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"headline\": \"{headline}\", \"body\": \"The harbour office has told the ferry to wait until the tide has turned.\"{more}}}\n"
    )
}

/// The headlines that a query finds, oldest first.
fn found(archive: &Archive, query: &str) -> Vec<String> {
    let request = Request {
        sort: Some(morgue::search::Sort::Oldest),
        limit: 100,
        ..Request::for_query(query)
    };
    let hits = archive.search(&request).unwrap().hits;
    hits.into_iter().map(|hit| hit.headline).collect()
}

fn headlines(versions: &[Version]) -> Vec<&str> {
    versions
        .iter()
        .map(|version| version.article.headline.as_str())
        .collect()
}

/// Three versions in three files, the second one last in their order, and one withdrawn since.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "1.jsonl",
        line(
            "urn:x",
            "Ferry waits",
            r#", "version": 1, "date": "2024-03-01""#,
        ),
    );
    desk.write(
        "2.jsonl",
        line(
            "urn:x",
            "Ferry sails",
            r#", "version": 3, "date": "2024-03-01", "updated": "2024-03-05""#,
        ),
    );
    desk.write(
        "3.jsonl",
        line(
            "urn:x",
            "Ferry still waits",
            r#", "version": 2, "date": "2024-03-01", "updated": "2024-03-03""#,
        ),
    );
    desk
}

#[test]
fn the_highest_version_is_current_and_all_can_be_read() {
    let desk = desk();
    let run = desk.sync(&[""]);
    assert_eq!(run.ledger.records.accepted, 3);
    let archive = desk.archive();
    assert_eq!(desk.listing(), ["urn:x: Ferry sails"]);
    assert_eq!(found(&archive, "ferry"), ["Ferry sails"]);
    assert_eq!(
        found(&archive, "ferry versions:all"),
        ["Ferry waits", "Ferry still waits", "Ferry sails"]
    );
    let versions = archive.versions("urn:x").unwrap();
    assert_eq!(
        headlines(&versions),
        ["Ferry waits", "Ferry still waits", "Ferry sails"]
    );
    let days: Vec<_> = versions
        .iter()
        .map(|version| {
            (
                version.number,
                version.since,
                version.until,
                version.current,
            )
        })
        .collect();
    let day = |text: &str| Some(text.parse().unwrap());
    assert_eq!(
        days,
        [
            (1, day("2024-03-01"), day("2024-03-03"), false),
            (2, day("2024-03-03"), day("2024-03-05"), false),
            (3, day("2024-03-05"), None, true),
        ]
    );
    assert_eq!((desk.status().articles, desk.status().versions), (1, 2));
}

#[test]
fn versions_of_two_numbers_keep_their_order() {
    for (printed, current) in [
        (["1.3", "1.2", "1.1"], 0),
        (["1.1", "1.10", "1.9"], 1),
        (["1", "2", "1.4"], 1),
        (["1.0", "1", "1.1"], 2),
        (["0.2", "1.0", "0.9"], 1),
    ] {
        let desk = Desk::new();
        let headlines = ["Ferry waits", "Ferry still waits", "Ferry sails"];
        let lines = headlines.iter().zip(printed).map(|(headline, version)| {
            line("urn:x", headline, &format!(r#", "version": "{version}""#))
        });
        desk.write("a.jsonl", lines.collect::<String>());
        desk.sync(&[""]);
        let expected = format!("urn:x: {}", headlines[current]);
        assert_eq!(desk.listing(), [expected], "{printed:?}");
    }
}

#[test]
fn the_archive_as_it_read_on_a_day() {
    let desk = desk();
    desk.sync(&[""]);
    let archive = desk.archive();
    for (day, expected) in [
        ("2024-02-29", &[][..]),
        ("2024-03-01", &["Ferry waits"]),
        ("2024-03-02", &["Ferry waits"]),
        ("2024-03-03", &["Ferry still waits"]),
        ("2024-03-04", &["Ferry still waits"]),
        ("2024-03-05", &["Ferry sails"]),
        ("2025", &["Ferry sails"]),
    ] {
        assert_eq!(found(&archive, &format!("as-of:{day}")), expected, "{day}");
    }
    assert_eq!(
        found(&archive, "waits as-of:2024-03-04 NOT still"),
        Vec::<String>::new()
    );
}

#[test]
fn a_version_that_goes_gives_its_place_back() {
    let desk = desk();
    desk.sync(&[""]);
    desk.remove("2.jsonl");
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["urn:x: Ferry still waits"]);
    desk.write(
        "0.jsonl",
        line(
            "urn:x",
            "Ferry sinks",
            r#", "version": 9, "date": "2024-03-09""#,
        ),
    );
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["urn:x: Ferry sinks"]);
    desk.remove("0.jsonl");
    desk.remove("3.jsonl");
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["urn:x: Ferry waits"]);
    assert_eq!(desk.archive().versions("urn:x").unwrap().len(), 1);
}

#[test]
fn a_cancelled_article_is_withdrawn_and_show_says_so() {
    let desk = desk();
    desk.write(
        "4.jsonl",
        line(
            "urn:x",
            "KILL: Ferry sails",
            r#", "version": 4, "pubstatus": "canceled", "updated": "2024-03-07""#,
        ),
    );
    desk.sync(&[""]);
    let archive = desk.archive();
    assert_eq!(found(&archive, "ferry"), Vec::<String>::new());
    assert_eq!(found(&archive, "as-of:2024-03-06"), ["Ferry sails"]);
    assert_eq!(found(&archive, "as-of:2024-03-07"), Vec::<String>::new());
    match archive.article("urn:x") {
        Err(error @ Error::Withdrawn { .. }) => {
            let said = error.to_string();
            assert!(
                said.contains("2024-03-07") && said.contains("KILL"),
                "{said}"
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(archive.versions("urn:x").unwrap().len(), 4);
    desk.remove("4.jsonl");
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["urn:x: Ferry sails"]);
}

/// A notice with an id of its own names the article that it takes back; it may come first.
#[test]
fn a_notice_withdraws_another_article() {
    let notice = r#"{"id": "urn:kill", "pubstatus": "canceled", "corrects": "urn:x", "updated": "2024-03-07"}"#;
    for name in ["0.jsonl", "9.jsonl"] {
        let desk = desk();
        desk.write(name, notice);
        desk.sync(&[""]);
        assert_eq!(desk.listing(), Vec::<String>::new(), "{name}");
        assert!(matches!(
            desk.archive().article("urn:x"),
            Err(Error::Withdrawn { .. })
        ));
        desk.remove(name);
        desk.sync(&[""]);
        assert_eq!(desk.listing(), ["urn:x: Ferry sails"]);
        desk.write(name, notice);
        desk.sync(&[""]);
        assert_eq!(desk.listing(), Vec::<String>::new(), "{name}");
        desk.write(
            "later.jsonl",
            line(
                "urn:x",
                "Ferry again",
                r#", "version": 7, "updated": "2024-03-20""#,
            ),
        );
        desk.sync(&[""]);
        assert_eq!(
            desk.listing(),
            ["urn:x: Ferry again"],
            "what comes after it stands"
        );
    }
}

#[test]
fn what_is_embargoed_is_not_seen_before_its_time() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        line("a", "Budget", r#", "embargoed": "2099-01-01T06:00:00Z""#)
            + &line(
                "b",
                "Tides",
                r#", "embargoed": "2001-01-01T06:00:00Z", "pubstatus": "withheld""#,
            )
            + &line("c", "Held", r#", "pubstatus": "withheld""#),
    );
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["b: Tides"]);
    let archive = desk.archive();
    assert_eq!(found(&archive, "budget versions:all"), Vec::<String>::new());
    assert_eq!(found(&archive, "as-of:2099-02"), ["Tides"]);
    match archive.article("a") {
        Err(error @ Error::Embargoed { .. }) => {
            assert!(
                error.to_string().contains("2099-01-01 06:00 UTC"),
                "{error}"
            );
        }
        other => panic!("{other:?}"),
    }
    let status = desk.status();
    assert_eq!(
        (status.articles, status.embargoed, status.versions),
        (1, 1, 1)
    );
}

/// An update that is held back leaves the place to what was published, and takes it by itself when its time has come.
#[test]
fn an_update_that_is_held_back_waits_for_its_time() {
    let desk = Desk::new();
    let update = |until: &str| {
        line(
            "a",
            "Budget is known",
            &format!(r#", "version": 2, "embargoed": "{until}""#),
        )
    };
    let first = line("a", "Budget is awaited", r#", "version": 1"#);
    desk.write("a.jsonl", first.clone() + &update("2099-01-01T06:00:00Z"));
    desk.sync(&[""]);
    let archive = desk.archive();
    assert_eq!(desk.listing(), ["a: Budget is awaited"]);
    assert_eq!(found(&archive, "versions:all"), ["Budget is awaited"]);
    assert_eq!(found(&archive, "as-of:2024-12"), ["Budget is awaited"]);
    assert_eq!(archive.article("a").unwrap().headline, "Budget is awaited");
    let versions = archive.versions("a").unwrap();
    let told = |version: &Version| (version.current, version.until, version.embargo.is_some());
    assert_eq!(
        versions.iter().map(told).collect::<Vec<_>>(),
        [(true, None, false), (false, None, true)]
    );
    let status = desk.status();
    assert_eq!(
        (status.articles, status.embargoed, status.versions),
        (1, 1, 0)
    );

    let soon = chrono::Utc::now() + chrono::TimeDelta::seconds(4);
    desk.write("a.jsonl", first.clone() + &update(&soon.to_rfc3339()));
    desk.sync(&[""]);
    let archive = desk.archive();
    assert_eq!(found(&archive, "budget"), ["Budget is awaited"]);
    while chrono::Utc::now() < soon {
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(found(&archive, "budget"), ["Budget is known"]);
    assert_eq!(archive.article("a").unwrap().headline, "Budget is known");
    assert_eq!(archive.status().unwrap().articles, 1);

    // A notice ends both, whatever waits.
    let notice = line("b", "Kill", r#", "pubstatus": "canceled", "corrects": "a""#);
    desk.write("a.jsonl", first + &update("2099-01-01T06:00:00Z") + &notice);
    desk.sync(&[""]);
    assert_eq!(desk.listing(), Vec::<String>::new());
}

#[test]
fn the_archive_as_it_read_knows_what_was_held_back() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        line("a", "Budget", r#", "embargoed": "2024-03-05T06:00:00Z""#),
    );
    desk.sync(&[""]);
    let archive = desk.archive();
    assert_eq!(found(&archive, "as-of:2024-03-04"), Vec::<String>::new());
    assert_eq!(found(&archive, "as-of:2024-03-05"), ["Budget"]);
    assert_eq!(desk.listing(), ["a: Budget"]);
}

#[test]
fn an_id_that_two_stories_have_names_the_first() {
    let desk = Desk::new();
    desk.write("a.csv", "id,headline,body\n1,Tides,High water is at six in the morning and at seven at night.\n2,Crabs,The crab supper will be held in the hall of the fishermen on Friday.\n");
    desk.write("b.csv", "id,headline,body\n1,Wheat,Prices of wheat fell on all markets after the harvest was counted.\n2,Crabs,The crab supper will be held in the hall of the fishermen on Saturday.\n");
    desk.sync(&[""]);
    let all = ["1: Tides", "2: Crabs", "b.csv#1: Wheat"];
    assert_eq!(desk.listing(), all);
    let wheat = desk.archive().article("b.csv#1").unwrap();
    assert_eq!(wheat.source_id.as_deref(), Some("1"));
    assert_eq!(desk.archive().versions("2").unwrap().len(), 2);
    // The first story goes: the second has the id for itself.
    desk.remove("a.csv");
    desk.sync(&[""]);
    assert_eq!(desk.listing(), ["1: Wheat", "2: Crabs"]);
    assert_eq!(desk.archive().article("1").unwrap().source_id, None);
}

#[test]
fn a_correction_is_found_from_what_it_corrects() {
    let desk = Desk::new();
    desk.write(
        "a.jsonl",
        line("urn:1", "Ferry waits", "")
            + &line("urn:2", "Correction: ferry", r#", "corrects": "urn:1""#),
    );
    desk.sync(&[""]);
    assert_eq!(desk.listing().len(), 2);
    assert_eq!(desk.archive().followed_by("urn:1").unwrap(), ["urn:2"]);
}

/// However the files come in, in one run or in many: the same archive.
#[test]
fn the_order_of_coming_in_does_not_matter() {
    let (at_once, one_by_one) = (desk(), desk());
    at_once.sync(&[""]);
    for file in ["2.jsonl", "1.jsonl", "3.jsonl"] {
        one_by_one.sync(&[file]);
    }
    let (at_once, one_by_one) = (at_once.archive(), one_by_one.archive());
    let read = |archive: &Archive| {
        let mut versions = archive.versions("urn:x").unwrap();
        for version in &mut versions {
            version.article.file.clear();
        }
        versions
    };
    assert_eq!(read(&at_once), read(&one_by_one));
}
