//! The truth: `truth.txt`, whose head says how it is written.

use super::folded;

const TRUTH: &str = include_str!("truth.txt");

/// What there is to be found in a file.
pub struct File<'a> {
    /// Its path below the folder of the corpora.
    pub path: &'a str,
    /// The kind of file.
    pub kind: &'a str,
    /// Its articles, in their order.
    pub records: Vec<Record<'a>>,
    /// There are further articles, which nobody has looked at.
    pub more: bool,
    /// It holds no article: the reasons for which it may be left out, and what it is.
    pub no_article: Option<(&'a str, &'a str)>,
}

/// One article.
#[derive(Default)]
pub struct Record<'a> {
    pub headline: Value<'a>,
    pub byline: Value<'a>,
    pub date: Value<'a>,
    pub dateline: Value<'a>,
    /// Not there: not judged.
    pub body: Option<Body<'a>>,
}

/// The right value of a field.
pub enum Value<'a> {
    /// Nobody can say.
    NotJudged,
    /// Any of these.
    OneOf(Vec<&'a str>),
}

impl Default for Value<'_> {
    fn default() -> Self {
        Value::OneOf(vec![""])
    }
}

impl<'a> Value<'a> {
    fn of(text: &'a str) -> Self {
        match text {
            "?" => Value::NotJudged,
            text => Value::OneOf(text.split(" || ").map(str::trim).collect()),
        }
    }
}

/// The outline of a body: its length in words, its first and its last words.
#[derive(Default)]
pub struct Body<'a> {
    words: usize,
    first: Vec<&'a str>,
    last: Vec<&'a str>,
}

impl<'a> Body<'a> {
    fn of(text: &'a str) -> Option<Self> {
        if text == "?" {
            return None;
        }
        let (words, ends) = text.split_once(": ")?;
        let (first, last) = ends.split_once(" … ")?;
        Some(Body {
            words: words.parse().ok()?,
            first: first.split(" || ").collect(),
            last: last.split(" || ").collect(),
        })
    }

    /// How well a text fits, 0 to 1: a third each for its beginning, its end and its length.
    pub fn score(&self, text: &str) -> f64 {
        let words = bare(text);
        if self.words == 0 {
            return f64::from(u8::from(words.is_empty()));
        }
        let begins = self
            .first
            .iter()
            .any(|first| words.starts_with(&bare(first)));
        let ends = self.last.iter().any(|last| words.ends_with(&bare(last)));
        let (less, more) = {
            let own = text.split_whitespace().count();
            (own.min(self.words), own.max(self.words))
        };
        let count = |words: usize| f64::from(u32::try_from(words).unwrap_or(u32::MAX));
        (f64::from(u8::from(begins)) + f64::from(u8::from(ends)) + count(less) / count(more)) / 3.0
    }

    /// The outline of a text, for those who look for a mistake.
    pub fn outline(text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let first = words[..words.len().min(6)].join(" ");
        let last = words[words.len().saturating_sub(6)..].join(" ");
        format!("{}: {first} … {last}", words.len())
    }
}

impl std::fmt::Display for Body<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}: {} … {}",
            self.words,
            self.first.join(" || "),
            self.last.join(" || ")
        )
    }
}

/// The words without their punctuation; marks alone are no words.
fn bare(text: &str) -> Vec<String> {
    folded(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// All of the truth.
pub fn files() -> Vec<File<'static>> {
    let lines = TRUTH
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut files: Vec<File> = Vec::new();
    for line in lines {
        if let Some(rest) = line.strip_prefix("file ") {
            let (path, kind) = rest.rsplit_once(" (").expect("a path and a kind");
            files.push(File {
                path,
                kind: kind.trim_end_matches(')'),
                records: Vec::new(),
                more: false,
                no_article: None,
            });
            continue;
        }
        let file = files.last_mut().expect("a file comes first");
        file.line(line);
    }
    files
}

impl File<'static> {
    fn line(&mut self, line: &'static str) {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        let value = value.trim();
        let record = self.records.last_mut();
        match (name, record) {
            ("article", _) => self.records.push(Record {
                body: Some(Body::default()),
                ..Record::default()
            }),
            ("no", _) => {
                let value = value.strip_prefix("article ").expect("`no article`");
                self.no_article = value.split_once(": ");
                assert!(self.no_article.is_some(), "{line}");
            }
            ("and", _) => self.more = true,
            ("headline", Some(record)) => record.headline = Value::of(value),
            ("byline", Some(record)) => record.byline = Value::of(value),
            ("date", Some(record)) => record.date = Value::of(value),
            ("dateline", Some(record)) => record.dateline = Value::of(value),
            ("body", Some(record)) => {
                record.body = Body::of(value);
                assert!(record.body.is_some() || value == "?", "{line}");
            }
            _ => panic!("{line}"),
        }
    }
}
