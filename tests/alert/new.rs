//! What is new to a watch, and what is not.

use chrono::{Days, NaiveDate, TimeDelta, Utc};
use morgue::Error;
use morgue::alert::{self, Existing, Watch};
use morgue::index::disk::Disk;
use morgue::index::{backup, rebuild, restore};
use morgue::intake::Ledger;

use super::Office;

/// An article whose members stand in `more`.
fn article(id: &str, headline: &str, more: &str) -> String {
    format!(
        "{{\"id\": \"{id}\", \"headline\": \"{headline}\", {more}, \
         \"body\": \"The harbour office has told the ferry to wait until the tide has turned.\"}}\n"
    )
}

#[test]
fn what_is_there_already_is_not_new_and_what_comes_is_delivered_once() {
    let office = Office::new();
    assert_eq!(office.add("ferry", "headline:ferry").found, 1);
    office.round();
    assert_eq!(office.delivered("ferry"), [""; 0]);
    office.write(
        "a.jsonl",
        &[("a1", "A ferry"), ("a2", "A tram"), ("a3", "Ferries")],
    );
    office.round();
    let sorted = || {
        let mut delivered = office.delivered("ferry");
        delivered.sort();
        delivered
    };
    assert_eq!(sorted(), ["a1", "a3"]);
    // Read again, moved, and with another wording.
    office.write("b.jsonl", &[("a1", "A ferry"), ("a3", "Another ferry")]);
    office.desk.remove("a.jsonl");
    office.round();
    office.write(
        "b.jsonl",
        &[("a1", "A ferry"), ("a3", "No tram"), ("b1", "A ferry")],
    );
    office.round();
    office.write("b.jsonl", &[("a1", "A ferry"), ("a3", "Ferries again")]);
    office.round();
    assert_eq!(sorted(), ["a1", "a3", "b1"]);
}

#[test]
fn what_begins_to_match_with_a_new_version_is_new() {
    let office = Office::new();
    office.write("a.jsonl", &[("a1", "A tram"), ("a2", "A tram")]);
    office.desk.sync(&[""]);
    office.add("ferry", "headline:ferry");
    office.write("a.jsonl", &[("a1", "A ferry"), ("a2", "A tram")]);
    office.round();
    assert_eq!(office.delivered("ferry"), ["a1"]);
    // Nothing of the text is another, and the section is.
    office.add("harbour", "section:harbour");
    office.desk.write(
        "s.jsonl",
        article("s1", "Boats", "\"section\": \"Council\""),
    );
    office.round();
    office.desk.write(
        "s.jsonl",
        article("s1", "Boats", "\"section\": \"Harbour\""),
    );
    office.round();
    assert_eq!(office.delivered("harbour"), ["s1"]);
}

#[test]
fn an_article_without_an_id_is_known_by_what_it_says() {
    let office = Office::new();
    office.add("office", "harbour");
    office.desk.write("a.txt", crate::index::text("Ferry"));
    office.round();
    std::fs::rename(office.desk.path("a.txt"), office.desk.path("moved.txt")).unwrap();
    office.round();
    assert_eq!(office.delivered("office").len(), 1);
}

#[test]
fn two_stories_of_one_id_are_both_new() {
    let office = Office::new();
    office.add("all", "");
    office.desk.write("b.jsonl", "{\"id\": \"1\", \"headline\": \"Ferry sails\", \"body\": \"The harbour office said so.\"}\n");
    office.round();
    let other = "{\"id\": \"1\", \"headline\": \"Frost in the orchards\", \"body\": \"Growers expect a poor year for apples.\"}\n";
    office.desk.write("a.jsonl", other);
    office.round();
    assert_eq!(office.delivered("all").len(), 2);
}

#[test]
fn what_is_withdrawn_is_not_delivered_and_what_is_embargoed_when_it_is_released() {
    let office = Office::new();
    office.add("all", "");
    office.desk.write(
        "w.jsonl",
        article("w", "Wrong", "\"pubstatus\": \"canceled\""),
    );
    let soon = (Utc::now() + TimeDelta::seconds(3)).format("%Y-%m-%dT%H:%M:%SZ");
    let far = "2099-01-01T00:00:00Z";
    let embargoed = |id, until: &dyn std::fmt::Display| {
        article(id, "Later", &format!("\"embargoed\": \"{until}\""))
    };
    office.desk.write(
        "e.jsonl",
        embargoed("soon", &soon) + &embargoed("far", &far),
    );
    office.round();
    assert_eq!(office.delivered("all"), [""; 0]);
    std::thread::sleep(std::time::Duration::from_secs(4));
    // No file has changed.
    office.run();
    assert_eq!(office.delivered("all"), ["soon"]);
    office.round();
    assert_eq!(office.delivered("all"), ["soon"]);
}

#[test]
fn old_news_are_passed_over_where_only_recent_ones_are_wanted() {
    let office = Office::new();
    let watch = Watch {
        only_recent: Some(7),
        ..Office::watch("recent", "", office.file("recent"))
    };
    assert_eq!(office.try_add(watch).unwrap().found, 0);
    let days_ago = |days| {
        let day = Utc::now().date_naive() - Days::new(days);
        article(
            &format!("ago{days}"),
            "Dated",
            &format!("\"date\": \"{day}\""),
        )
    };
    let undated = article("undated", "Undated", "\"section\": \"Harbour\"");
    office.desk.write(
        "a.jsonl",
        days_ago(1) + &days_ago(5) + &days_ago(30) + &undated,
    );
    office.round();
    assert_eq!(office.delivered("recent"), ["ago5", "ago1"]);
}

#[test]
fn relative_dates_are_of_the_day_of_the_run() {
    let mut office = Office::new();
    let day = |text: &str| Some(text.parse::<NaiveDate>().unwrap());
    office.options.today = day("2024-05-06");
    office.add("yesterday", "date:yesterday");
    office
        .desk
        .write("a.jsonl", article("a", "Dated", "\"date\": \"2024-05-06\""));
    office.round();
    assert_eq!(office.delivered("yesterday"), [""; 0]);
    office.options.today = day("2024-05-07");
    office.run();
    office.run();
    assert_eq!(office.delivered("yesterday"), ["a"]);
}

#[test]
fn what_exists_is_delivered_where_that_is_wanted() {
    let office = Office::new();
    let watch = Office::watch("all", "", office.file("all"));
    alert::add(
        &office.desk.index(),
        watch,
        Existing::Deliver,
        &office.options,
    )
    .unwrap();
    office.add("later", "");
    office.round();
    assert_eq!(office.delivered("all"), ["old"]);
    assert_eq!(office.delivered("later"), [""; 0]);
}

#[test]
fn a_rebuild_and_a_restore_keep_the_watches_and_deliver_nothing() {
    let office = Office::new();
    let (index, copy) = (office.desk.index(), office.beside("copy"));
    let disk = Disk::default();
    office.add("ferry", "headline:ferry");
    office.write("a.jsonl", &[("a1", "A ferry")]);
    office.round();
    backup(&index, &copy, &disk, &mut ()).unwrap();
    office.write("b.jsonl", &[("b1", "A ferry")]);
    office.round();
    let options = &office.desk.options;
    rebuild(&index, &[], options, &mut Ledger::default(), &mut ()).unwrap();
    office.round();
    assert_eq!(office.delivered("ferry"), ["a1", "b1"]);
    // The backup knows nothing of b1, and its index neither; the watches of the index are kept.
    restore(&copy, &index, &disk, &mut ()).unwrap();
    office.run();
    office.round();
    assert_eq!(office.delivered("ferry"), ["a1", "b1"]);
    // The index is lost: those of the backup come with it, and what is in it counts as known.
    std::fs::remove_dir_all(&index).unwrap();
    restore(&copy, &index, &disk, &mut ()).unwrap();
    office.run();
    office.write("c.jsonl", &[("c1", "A ferry")]);
    office.round();
    assert_eq!(office.delivered("ferry"), ["a1", "b1", "b1", "c1"]);
}

#[test]
fn a_watch_that_is_added_again_is_another_one() {
    let office = Office::new();
    office.add("ferry", "headline:ferry");
    office.write("a.jsonl", &[("a1", "A ferry")]);
    office.desk.sync(&[""]);
    // Its query finds a1, which it has never been asked for.
    alert::remove(&office.desk.index(), "ferry", &office.options).unwrap();
    office.add("ferry", "headline:ferry");
    office.round();
    assert_eq!(office.delivered("ferry"), [""; 0]);
    office.write("b.jsonl", &[("b1", "A ferry")]);
    office.round();
    assert_eq!(office.delivered("ferry"), ["b1"]);
    let gone = alert::remove(&office.desk.index(), "tram", &office.options);
    assert!(matches!(gone, Err(Error::Invalid { .. })));
}

#[test]
fn a_watch_that_cannot_be_read_is_told_and_misses_nothing() {
    let office = Office::new();
    office.add("ferry", "headline:ferry");
    office.add("tram", "headline:tram");
    let path = office.desk.index().join("watches/watches.json");
    let known = std::fs::read_to_string(&path).unwrap();
    // As a later version might find it that has no such field.
    std::fs::write(
        &path,
        known.replace("headline:ferry", "headliner:\\\"ferry"),
    )
    .unwrap();
    office.write("a.jsonl", &[("a1", "A ferry"), ("a2", "A tram")]);
    office.desk.sync(&[""]);
    let report = office.run();
    assert_eq!(report.unasked.len(), 1);
    assert_eq!(office.delivered("tram"), ["a2"]);
    std::fs::write(&path, known).unwrap();
    office.round();
    assert_eq!(
        (office.delivered("ferry"), office.delivered("tram")),
        (vec!["a1".into()], vec!["a2".into()])
    );
}
