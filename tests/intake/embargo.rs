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

fn nitf(release: &str) -> String {
    format!(
        "<nitf><head><docdata><date.issue norm=\"20240301T100000Z\"/><date.release norm=\"{release}\"/></docdata></head>\
         <body><body.head><hedline><hl1>Ferry waits</hl1></hedline></body.head>\
         <body.content><p>The ferry waits for the tide.</p></body.content></body></nitf>"
    )
}

/// An item of NewsML-G2 with this beside its date, and its text in NITF with this release.
fn newsml(more: &str, release: &str) -> String {
    format!(
        "<newsItem guid=\"urn:x\" version=\"1\"><itemMeta><versionCreated>2024-03-01T10:00:00Z</versionCreated>{more}</itemMeta>\
         <contentMeta><headline>Ferry waits</headline></contentMeta>\
         <contentSet><inlineXML>{}</inlineXML></contentSet></newsItem>",
        nitf(release)
    )
}

fn newsml1(date: &str) -> String {
    format!(
        "<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>x.example</ProviderId><DateId>20240301</DateId><NewsItemId>x</NewsItemId>\
         <PublicIdentifier>urn:newsml:x</PublicIdentifier></NewsIdentifier></Identification>\
         <NewsManagement><NewsItemType FormalName=\"News\"/><FirstCreated>20240301T100000Z</FirstCreated><Status FormalName=\"Embargoed\"/>\
         <StatusWillChange><FutureStatus FormalName=\"Usable\"/><DateAndTime>{date}</DateAndTime></StatusWillChange></NewsManagement>\
         <NewsComponent><NewsLines><HeadLine>Ferry waits</HeadLine></NewsLines><ContentItem><DataContent>\
         <nitf><body><body.content><p>The ferry waits for the tide.</p></body.content></body></nitf>\
         </DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )
}

fn wire(mark: &str) -> String {
    format!(
        "eca00075 3 i 110    dpa 1003\n\n/politics/Norway/harbour/\n{mark}\nHarbour will open again in May\nBy Ann Lee, dpa  =\n \n\
         Oslo (dpa) - The harbour of Oslo will open again in May, its council\nruled on Monday, one day before the ferry line was due to leave it\nfor good.\n"
    )
}

fn telex(mark: &str) -> String {
    format!(
        "ZCZC AAP\n%A\n#Ferry_BC1\n!{mark}\n$Ferry runs again in Hobart\n:(HOBART)\n\
         The ferry in Hobart runs again after a winter of repairs.\n\n   Its owner says that nobody was hurt.\n\nNNNN\n"
    )
}

fn post(date: &str) -> String {
    format!(
        "<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><wp:wxr_version>1.2</wp:wxr_version>\
         <item><title>Ferry waits</title><pubDate>Fri, 01 Mar 2024 10:00:00 +0000</pubDate><content:encoded>The ferry waits for the tide.</content:encoded>\
         <wp:post_id>7</wp:post_id><wp:post_date>{date}</wp:post_date><wp:status>future</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"
    )
}

/// NewsML-G2 says so of what is held back until somebody tells an end: the item is kept, and not published.
#[test]
fn an_embargo_without_an_end_withholds_its_item() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.xml"), newsml("<embargoed/>", "")).unwrap();
    let (found, _) = articles(folder.path(), &ReadOptions::default());
    let statuses: Vec<_> = found.iter().map(|article| article.status).collect();
    assert_eq!(statuses, [morgue::article::Status::Withheld]);
}

/// Each format has a place for it; there, too, what cannot be read keeps the article out, and what is not there does not.
#[test]
fn every_format_keeps_out_what_it_cannot_read() {
    let until = |printed: &str| format!("<embargoed>{printed}</embargoed>");
    let (g2, issue) = (
        |printed: &str| newsml(&until(printed), ""),
        "20240301T100000Z",
    );
    let check = |name: &str, text: String, expected: Option<&str>| {
        let (found, ledger) = read(None, name, &text);
        assert_eq!(found, [expected.map(str::to_owned)], "{text}");
        assert_eq!(ledger.records.rejected, 0, "{text}");
    };
    let out = |name: &str, text: String| {
        let (found, ledger) = read(None, name, &text);
        assert_eq!(found, [], "{text}");
        let reasons: Vec<_> = ledger.reasons.keys().copied().collect();
        assert_eq!(reasons, [SkipReason::Embargo], "{text}");
    };
    check("a.xml", newsml("", ""), None);
    check(
        "a.xml",
        g2("2099-05-03T10:00:00Z"),
        Some("2099-05-03T10:00:00Z"),
    );
    check(
        "a.xml",
        newsml("", "20990503T100000Z"),
        Some("2099-05-03T10:00:00Z"),
    );
    // The item's own goes before that of its text.
    let both = newsml(&until("2099-12-31"), "20990503T100000Z");
    check("a.xml", both, Some("2099-12-31"));
    out("a.xml", g2("until the press conference"));
    out("a.xml", newsml(&until("later"), "20990503T100000Z"));
    check("a.xml", nitf(issue), None);
    check("a.xml", nitf(""), None);
    check("a.xml", nitf("20990503"), Some("2099-05-03"));
    out("a.xml", nitf("20991350T100000Z"));
    check(
        "a.xml",
        newsml1("20990503T100000Z"),
        Some("2099-05-03T10:00:00Z"),
    );
    out("a.xml", newsml1("tomorrow"));
    for message in [wire, telex] {
        check("a.txt", message("URGENT"), None);
        let held = message("EMBARGOED until 3 May 2099 10:00 GMT");
        check("a.txt", held, Some("2099-05-03T10:00:00Z"));
        out("a.txt", message("EMBARGOED until 1000 GMT"));
        out("a.txt", message("EMBARGO"));
    }
    check("a.txt", telex("Cuba embargo eased"), None);
    check(
        "a.xml",
        post("2099-05-03 10:00:00"),
        Some("2099-05-03T10:00:00"),
    );
    out("a.xml", post("0000-00-00 00:00:00"));
}
