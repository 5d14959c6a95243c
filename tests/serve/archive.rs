//! The archive that the server is asked about: a few articles as most are, and others that mean harm in every field. All of it
//! is invented.

use std::cell::OnceCell;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use morgue::Archive;
use morgue::article::{Article, Place, PlaceFrom, Status};

use crate::archives::{TempArchive, archive_of, article, counted, dated, place};

/// An id that would rather be markup.
pub const HOSTILE: &str = "x\"><script>alert('id')</script>";

/// The archive, built once and shared by the tests that run at a time; it goes with the last of them.
pub fn archive() -> Archive {
    static SHARED: Mutex<Weak<TempArchive>> = Mutex::new(Weak::new());
    thread_local! {
        /// Held until the thread of a test ends.
        static HELD: OnceCell<Arc<TempArchive>> = const { OnceCell::new() };
    }
    HELD.with(|held| {
        let build = || {
            let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
            shared.upgrade().unwrap_or_else(|| {
                let built = Arc::new(archive_of(&articles()));
                *shared = Arc::downgrade(&built);
                built
            })
        };
        held.get_or_init(build).archive.clone()
    })
}

/// `ferry` finds three: two plain ones, and the hostile one.
fn articles() -> Vec<Article> {
    let mut articles = plain();
    articles.extend([hostile(), tagged(), arabic(), japanese()]);
    articles.extend(versions());
    articles.extend(
        [
            "https://courier.example/a?b=1#c",
            "https://courier.example/a",
            "1963.zip!/08.txt#4",
            "..",
            " ",
        ]
        .map(|id| article(id, "Tides", "High water at noon.")),
    );
    articles
}

fn plain() -> Vec<Article> {
    let courier = |article: Article, section: &str, date: &str| Article {
        source: Some("The Larkmouth Courier".into()),
        section: Some(section.into()),
        file: "courier/1963.jsonl".into(),
        ..dated(article, date)
    };
    let ferry = Article {
        deck: Some("Fares stay as they were".into()),
        byline: vec!["Ann Roe".into(), "Bo Lund".into()],
        dateline: Some("LARKMOUTH".into()),
        places: vec![Place {
            country: Some("GB".into()),
            path: vec!["Europe".into(), "United Kingdom".into(), "Larkmouth".into()],
            ..Place::named("Larkmouth", PlaceFrom::Dateline)
        }],
        url: Some("https://courier.example/ferry?day=1&page=2".into()),
        topics: vec!["transport".into(), "harbours".into()],
        captions: vec!["The ferry in 1951".into()],
        copyright: Some("The Larkmouth Courier 1963".into()),
        record: 4,
        ..article(
            "n:1",
            "Ferry service returns to Larkmouth",
            "The ferry, a white horse (bílý kůň) on its bow, sails again from Monday.\n\nFares stay as they were.",
        )
    };
    let bridge = article(
        "n:2",
        "Council votes on the bridge",
        "The council of Larkmouth votes on the bridge, not on the ferry.",
    );
    let frost = Article {
        source: Some("Orchard Weekly".into()),
        byline: vec!["Ann Roe".into()],
        places: vec![place("Applevale")],
        ..dated(
            article(
                "n:3",
                "Frost in the orchards",
                "Growers expect a poor year for apples.",
            ),
            "1964-04-20",
        )
    };
    vec![
        counted(courier(ferry, "Harbour", "1963-08-14")),
        courier(bridge, "Council", "1963-10-02"),
        frost,
        Article {
            language: None,
            ..article("untitled", "", "A note without a headline or a date.")
        },
    ]
}

/// Text in every field that would rather be obeyed than read.
fn hostile() -> Article {
    let markup = "</title></p><script>alert(1)</script>]]>";
    Article {
        deck: Some(format!("{markup}&amp;")),
        byline: vec!["<b>\"O'Neil\"</b>".into(), "Name, Comma; and Brace}".into()],
        byline_line: Some(format!("By {markup}")),
        dateline: Some("\u{202e}<i>".into()),
        places: vec![place("<img src=x onerror=alert(1)>")],
        section: Some("</li><script>1</script>".into()),
        source: Some("\u{1b}]0;owned\u{7}新聞".into()),
        language: Some("en\" onclick=\"x".into()),
        url: Some("javascript:alert(1)".into()),
        topics: vec!["\"><svg onload=alert(1)>".into()],
        captions: vec![markup.into()],
        copyright: Some("%_$#{}~^\\input{x}".into()),
        file: "a&b\r\nX-Evil: 1.html".into(),
        record: 1,
        ..dated(
            article(
                HOSTILE,
                "=cmd()<img src=x onerror=alert(1)>\u{1b}[2J\u{202e}",
                "a <mark>ferry</mark> & \"b\"\u{9b}31m\n\nER  - \nTY  - BOOK\n\n}\n@misc{x,",
            ),
            "1605",
        )
    }
}

fn tagged() -> Article {
    Article {
        url: Some("https://courier.example/?a=1&b=2".into()),
        ..article(
            "web",
            "<script>alert(1)</script>",
            "One & two.\n\n<b onmouseover=x>three</b>",
        )
    }
}

fn arabic() -> Article {
    let article = article(
        "ar:1",
        "عبّارة لاركماوث",
        "تبحر العبّارة (MV «Lark») من جديد يوم الاثنين.",
    );
    Article {
        language: Some("ar".into()),
        ..dated(article, "2024-02-29T10:05:00+03:00")
    }
}

fn japanese() -> Article {
    Article {
        language: Some("ja".into()),
        ..dated(
            article("新聞 100%", "渡し船が戻る", "渡し船が月曜日に戻る。"),
            "2024-03",
        )
    }
}

/// A story in two versions, one that was withdrawn, and one that must not be seen yet.
fn versions() -> Vec<Article> {
    let version = |id: &str, number: u32, body: &str, date: &str| Article {
        version: Some(number),
        source: Some("Lark Wire".into()),
        file: format!("{id}.{number}"),
        ..dated(article(id, "Gale warning for the bay", body), date)
    };
    vec![
        version("v:1", 1, "A gale is expected on Friday.", "1987-03-01"),
        Article {
            updated: "1987-03-02".parse().ok(),
            ..version(
                "v:1",
                2,
                "A severe gale is expected on Saturday.",
                "1987-03-01",
            )
        },
        version("w:1", 1, "A gale that never was.", "1987-03-04"),
        Article {
            status: Status::Canceled,
            ..version("w:1", 2, "Kill this story.", "1987-03-05")
        },
        Article {
            embargo: "2999-01-01".parse().ok(),
            ..version("e:1", 1, "A gale of the future.", "1987-03-06")
        },
    ]
}
