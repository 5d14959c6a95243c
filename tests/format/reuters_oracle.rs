//! A second reading of Reuters-21578, by other means, against which the format is held article by article.
//!
//! The format looks for elements by name and works on words; this one reads a file at once and works with regular
//! expressions, written from the collection's description and from its files, not from the format. Where the two differ
//! one of them is wrong, or the difference stands in [`ACCEPTED`] with its reason.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use morgue::format::Draft;
use morgue::text::date::Reading;
use regex::Regex;

use super::read_as;

/// Where the files are, beside the repository.
const CORPUS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../shared/corpora/reuters21578"
);
const CORPUS_OF_WORKTREES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/corpora/reuters21578"
);

/// Differences that are right as they are: NEWID, field, why.
const ACCEPTED: &[(&str, &str, &str)] = &[];

/// The fields that are compared, by name.
type Fields = BTreeMap<&'static str, String>;

fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}

static ARTICLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?s)<REUTERS[^>]*NEWID="(\d+)"[^>]*>(.*?)</REUTERS>"#));
static TEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<TEXT[^>]*>(.*)</TEXT>"));
static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<TITLE>(.*?)</TITLE>"));
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<AUTHOR>(.*?)</AUTHOR>"));
static DATELINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<DATELINE>(.*?)</DATELINE>"));
static BODY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<BODY>(.*?)</BODY>"));
static PLACES: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)<PLACES>(.*?)</PLACES>"));
static MEMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"<D>([^<]+)</D>"));
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"<DATE>\s*(\d+)-([A-Z]{3})-(\d{4})(?:\s+(\d\d:\d\d:\d\d)\.)?"));
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| pattern(r"&#\d+;"));
static SIGNED_BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^by (.*?)(?:,? reuters?d?\.?)?$"));
static SIGNATURE_LINE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^|\n)[ \t]*(?:reuters?|reute|more)?[. \t]*$"));
static SIGNATURE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?s)^(.*[.)"!?])\s*(?:REUTER|Reuter)(?:\d[\d:/.A-Z]*)?$"#));
/// The dateline of an unmarked text, in the line after its headline.
static LEAD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^ *[A-Z][A-Z ,.]+[A-Za-z.]*, [A-Z][a-z]+ +\d+ - "));
/// Junk, place, month and day in either order, agency, dash, swallowed text.
static DATELINE_PARTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^ (?:\*+ | RPT\ -- | [a-z]\ )? \ *
          (?P<place> \S.*? ) [\ ,]* (?:-\ *)?
          (?: \b[A-Za-z]{3,9}\ +[\dO]{1,3} | \b\d{1,2}\ (?:March|April) )
          (?: ,\ Reuter )? ,?
          (?: \ *-+\ * (?P<rest>.*) )? $",
    )
});

fn decoded(text: &str) -> String {
    let text = REFERENCE.replace_all(text, "");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first(pattern: &Regex, text: &str) -> Option<String> {
    Some(decoded(&pattern.captures(text)?[1]))
}

/// Place and swallowed text.
fn dateline(text: &str) -> (String, String) {
    let text = folded(text);
    if let Some(parts) = DATELINE_PARTS.captures(&text) {
        let place = parts["place"].trim_end_matches(",.").to_owned();
        return (
            place,
            parts
                .name("rest")
                .map_or("", |rest| rest.as_str())
                .to_owned(),
        );
    }
    match text.strip_suffix(" -") {
        Some(place)
            if place.starts_with(|c: char| c.is_uppercase())
                && place[1..].starts_with(|c: char| c.is_uppercase()) =>
        {
            (place.to_owned(), String::new())
        }
        _ => (String::new(), text),
    }
}

fn without_signature(text: &str) -> String {
    let mut text = text.trim_end().to_owned();
    while let Some(found) = SIGNATURE_LINE
        .find(&text)
        .filter(|found| !found.as_str().trim().is_empty())
    {
        text.truncate(text[..found.start()].trim_end().len());
    }
    match SIGNATURE.captures(&text) {
        Some(found) => found[1].to_owned(),
        None => text,
    }
}

/// What this reading makes of an article.
fn expected(article: &str) -> Fields {
    let text = &TEXT.captures(article).unwrap()[1];
    let mut fields = Fields::new();
    let mut body = first(&BODY, text).unwrap_or_default();
    let (mut place, mut swallowed) = first(&DATELINE, text)
        .map(|line| dateline(&line))
        .unwrap_or_default();
    let headline = if let Some(title) = first(&TITLE, text) {
        title
    } else {
        let all = decoded(text);
        let (line, rest) = all.trim().split_once('\n').unwrap_or((all.trim(), ""));
        rest.clone_into(&mut body);
        // Unmarked texts have a dateline of their own in the line that follows.
        let lead = body.lines().next().unwrap_or_default().to_owned();
        if let Some(found) = LEAD.find(&lead) {
            (place, swallowed) = dateline(found.as_str());
            body = body[found.end()..].to_owned();
        }
        line.to_owned()
    };
    if !swallowed.is_empty() {
        let hyphenated = !swallowed.ends_with(" -") && swallowed.ends_with('-');
        body = format!(
            "{swallowed}{}{}",
            if hyphenated { "" } else { " " },
            body.trim_start()
        );
    }
    fields.insert("headline", folded(&headline));
    fields.insert("dateline", place);
    fields.insert("body", folded(&without_signature(&body)));
    let author = first(&AUTHOR, text)
        .map(|author| folded(&author))
        .unwrap_or_default();
    let names = SIGNED_BY
        .captures(&author)
        .map_or(String::new(), |found| found[1].to_lowercase());
    fields.insert("byline", names.replace(" and ", ", "));
    fields.insert("byline as printed", author);
    let places = first(&PLACES, article).unwrap_or_default();
    let places: Vec<&str> = MEMBER
        .captures_iter(&places)
        .map(|found| found.extract::<1>().1[0])
        .collect();
    fields.insert("places", places.join(", "));
    let date = DATE.captures(article).unwrap();
    let month = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ]
    .iter()
    .position(|name| *name == &date[2])
    .unwrap();
    let clock = date
        .get(4)
        .map_or(String::new(), |clock| format!("T{}", clock.as_str()));
    let day: u32 = date[1].parse().unwrap();
    fields.insert(
        "date",
        format!("{}-{:02}-{day:02}{clock}", &date[3], month + 1),
    );
    fields
}

/// The same fields of a draft.
fn found(draft: &Draft) -> Fields {
    let article = &draft.article;
    let places: Vec<&str> = article
        .places
        .iter()
        .filter(|place| place.from == morgue::article::PlaceFrom::Metadata)
        .map(|place| place.name.as_str())
        .collect();
    Fields::from([
        ("headline", article.headline.clone()),
        ("dateline", article.dateline.clone().unwrap_or_default()),
        ("body", folded(&article.body)),
        ("byline", article.byline.join(", ").to_lowercase()),
        (
            "byline as printed",
            article.byline_line.clone().unwrap_or_default(),
        ),
        ("places", places.join(", ")),
        (
            "date",
            match draft.date {
                Some(Reading::Settled(date)) => date.to_string(),
                _ => String::new(),
            },
        ),
    ])
}

#[test]
fn every_article_is_read_alike_twice() {
    let folder = [CORPUS, CORPUS_OF_WORKTREES]
        .map(Path::new)
        .into_iter()
        .find(|folder| folder.is_dir());
    let Some(folder) = folder else {
        println!("skipped: the collection is not here");
        return;
    };
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|path| path.to_string_lossy().ends_with(".sgm.gz"));
    files.sort();
    let mut compared = 0;
    let mut differences = Vec::new();
    for path in &files {
        let mut bytes = Vec::new();
        let packed = std::fs::File::open(path).unwrap();
        flate2::read::GzDecoder::new(packed)
            .read_to_end(&mut bytes)
            .unwrap();
        let drafts = read_as("reuters", &bytes);
        let text = String::from_utf8_lossy(&bytes);
        let articles: Vec<_> = ARTICLE.captures_iter(&text).collect();
        assert_eq!(drafts.len(), articles.len(), "{}", path.display());
        for (draft, article) in drafts.iter().zip(&articles) {
            let draft = draft.as_ref().unwrap();
            assert_eq!(draft.article.id, article[1]);
            let (expected, found) = (expected(&article[2]), found(draft));
            compared += 1;
            for (field, expected) in &expected {
                let accepted = ACCEPTED
                    .iter()
                    .any(|(id, of, _)| *id == &article[1] && of == field);
                if found[field] != *expected && !accepted {
                    differences.push(format!(
                        "{} {field}\n  expected {expected}\n  found    {}",
                        &article[1], found[field]
                    ));
                }
            }
        }
    }
    let shown = differences
        .iter()
        .take(40)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        differences.is_empty(),
        "{} differences in {compared} articles:\n{shown}",
        differences.len()
    );
    assert!(
        compared >= 1000 * files.len().min(1),
        "only {compared} articles were compared"
    );
}
