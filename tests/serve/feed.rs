//! Feeds, read back by our own readers of feeds. `tests/serve/clients/run.sh` has them read by feedparser.

use morgue::Article;

use super::archive::{HOSTILE, archive};
use super::{get, send};
use crate::support::run_to;

const FEEDS: [(&str, &str); 3] = [
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("json", "application/feed+json"),
];

/// The articles of a feed, as `morgue index` would take them in.
fn read_back(feed: &str) -> Vec<Article> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("feed"), feed).unwrap();
    let read = run_to(0, dir.path(), &["read", "feed"]);
    read.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn what_is_written_is_read_back() {
    let ids = ["ar:1", "n:2", "n:1", HOSTILE];
    for (name, media_type) in FEEDS {
        let answer = get(&format!("/feeds/{name}?q=ferry+OR+lark&sort=oldest"));
        assert_eq!(
            (answer.status.as_u16(), answer.media_type()),
            (200, media_type)
        );
        let entries = read_back(&answer.body);
        assert_eq!(entries.len(), ids.len(), "{name}: {}", answer.body);
        for (entry, id) in entries.iter().zip(ids) {
            let article = archive().article(id).unwrap();
            let urn = entry.id.strip_prefix("urn:morgue:article:").unwrap();
            assert!(
                urn.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)),
                "{urn}"
            );
            let printable = |text: &str| text.replace(['\u{1b}', '\u{202e}', '\u{7}'], "");
            // JSON Feed says that a title is no HTML; our reader takes it for some, since there are feeds that do not heed that.
            if (name, id) != ("json", HOSTILE) {
                assert_eq!(entry.headline, printable(&article.headline), "{name}");
            }
            assert_eq!(
                entry.byline.len(),
                article.byline.len(),
                "{name}: {entry:?}"
            );
            let day = |article: &Article| article.date.map(|date| date.first_day());
            assert_eq!(day(entry), day(&article), "{name} {id}");
            let page = entry.url.as_deref().unwrap();
            assert!(
                page.starts_with("http://localhost:7878/article?id="),
                "{page}"
            );
            if id != HOSTILE {
                assert_eq!(entry.language, article.language, "{name}");
                assert_eq!(entry.byline, article.byline, "{name}");
            }
        }
    }
}

#[test]
fn an_entry_is_the_same_whatever_the_server_is_called() {
    for (name, _) in FEEDS {
        let path = format!("/feeds/{name}?q=ferry&limit=1");
        let [here, there] =
            ["localhost:7878", "127.0.0.1:9000"].map(|host| send("GET", &path, Some(host)));
        assert_ne!(here.headers["etag"], there.headers["etag"]);
        assert_ne!(here.body, there.body);
        assert_eq!(
            here.body,
            there.body.replace("127.0.0.1:9000", "localhost:7878")
        );
        assert!(here.body.contains("urn:morgue:article:n%3A2"));
        let ids = here.body.matches("urn:morgue:article:").count();
        assert_eq!(ids, 1, "as many as `limit` says");
    }
}

#[test]
fn every_query_has_a_feed() {
    let all = get("/feeds/json").json();
    let found = archive().articles().unwrap().min(30);
    assert_eq!(all["items"].as_array().unwrap().len() as u64, found);
    for (name, _) in FEEDS {
        let none = get(&format!("/feeds/{name}?q=submarine"));
        assert_eq!(none.status, 200);
        assert!(!none.body.contains("urn:morgue"));
        let wrong = get(&format!("/feeds/{name}?q=nope:x"));
        assert_eq!(
            (wrong.status.as_u16(), wrong.media_type()),
            (400, "application/problem+json")
        );
    }
    assert_eq!(get("/feeds/opml").status, 404);
    // What must not be read is in no feed.
    let gales = get("/feeds/atom?q=gale").body;
    assert!(
        gales.contains("urn:morgue:article:v%3A1")
            && !gales.contains("w%3A1")
            && !gales.contains("e%3A1")
    );
}
