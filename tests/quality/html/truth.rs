//! The ground truth of the corpora: page → what is in it. Each corpus has its own form; their READMEs describe them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::pages::folded;

/// What Fundus says of a page.
pub struct Article {
    pub headline: String,
    pub deck: String,
    /// Subheadings and paragraphs.
    pub body: String,
    /// Folded.
    pub authors: BTreeSet<String>,
    pub day: Option<String>,
}

fn json(path: &Path) -> Value {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // Two pages of htmldate have no date: `NaN`, as Python writes it.
    serde_json::from_str(&text.replace(": NaN", ": null"))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Pages and bodies of the article extraction benchmark.
pub fn benchmark(folder: &Path) -> Vec<(PathBuf, String)> {
    let truth = json(&folder.join("ground-truth.json"));
    let pages = truth.as_object().into_iter().flatten();
    pages
        .map(|(key, page)| {
            (
                folder.join(format!("html/{key}.html.gz")),
                page["articleBody"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

/// Pages and articles of Fundus: the n-th version in a publisher's file is of its n-th page by date.
pub fn fundus(folder: &Path) -> Vec<(PathBuf, Article)> {
    let mut found = Vec::new();
    for country in files(folder).into_iter().filter(|path| path.is_dir()) {
        let all = files(&country);
        for truth in all
            .iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        {
            let publisher = stem(truth);
            let is_page = |path: &&PathBuf| {
                let rest = path
                    .file_name()
                    .and_then(|name| name.to_str()?.strip_prefix(&publisher)?.strip_prefix('_'));
                rest.is_some_and(|rest| rest.starts_with("20") && rest.ends_with(".html.gz"))
            };
            let pages: Vec<&PathBuf> = all.iter().filter(is_page).collect();
            let truth = json(truth);
            let mut versions: Vec<(&String, &Value)> =
                truth.as_object().into_iter().flatten().collect();
            versions.sort_by_key(|(name, _)| version(name));
            assert_eq!(versions.len(), pages.len(), "{publisher}");
            found.extend(
                pages
                    .into_iter()
                    .cloned()
                    .zip(versions.into_iter().map(|(_, value)| article(value))),
            );
        }
    }
    found
}

/// `V1_2` → 1, 2.
fn version(name: &str) -> Vec<u32> {
    name.trim_start_matches('V')
        .split('_')
        .filter_map(|part| part.parse().ok())
        .collect()
}

fn article(value: &Value) -> Article {
    let texts = |value: &Value| -> Vec<String> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    let sections = value["body"]["sections"].as_array().into_iter().flatten();
    let body: Vec<String> = sections
        .flat_map(|section| [texts(&section["headline"]), texts(&section["paragraphs"])].concat())
        .collect();
    Article {
        headline: value["title"].as_str().unwrap_or_default().to_owned(),
        deck: texts(&value["body"]["summary"]).join("\n\n"),
        body: body.join("\n\n"),
        authors: texts(&value["authors"])
            .iter()
            .map(|name| folded(name))
            .collect(),
        day: value["publishing_date"]
            .as_str()
            .and_then(|date| date.get(..10))
            .map(str::to_owned),
    }
}

/// Pages and days of one part of htmldate.
pub fn htmldate(folder: &Path, part: &str) -> Vec<(PathBuf, String)> {
    let truth = json(&folder.join(format!("eval_{part}.json")));
    let day = |page: &Value| {
        Some((
            folder
                .join(part)
                .join(format!("{}.gz", page["file"].as_str()?)),
            page["date"].as_str()?.to_owned(),
        ))
    };
    truth
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(|(_, page)| day(page))
        .collect()
}

/// Pages and bodies of Newspaper, of the third version or the fourth.
pub fn newspaper(folder: &Path, texts: &str) -> Vec<(PathBuf, String)> {
    files(&folder.join(texts))
        .into_iter()
        .map(|text| {
            (
                folder.join(format!("html/{}.html", stem(&text))),
                std::fs::read_to_string(&text).unwrap_or_default(),
            )
        })
        .filter(|(page, _)| page.is_file())
        .collect()
}

/// Pages and bodies of Readability.
pub fn readability(folder: &Path) -> Vec<(PathBuf, String)> {
    let tags = regex::Regex::new(r"(?s)<[^>]*>").expect("the pattern is right");
    files(folder)
        .into_iter()
        .filter(|page| page.is_dir())
        .filter_map(|page| {
            Some((
                page.join("source.html"),
                std::fs::read_to_string(page.join("expected.html")).ok()?,
            ))
        })
        .map(|(page, body)| {
            (
                page,
                morgue::text::clean::entities(&tags.replace_all(&body, " ")).into_owned(),
            )
        })
        .collect()
}

/// Pages and beginnings of bodies of Goose.
pub fn goose(folder: &Path) -> Vec<(PathBuf, String)> {
    files(&folder.join("content"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|truth| {
            (
                truth.with_extension("html"),
                json(&truth)["expected"]["cleaned_text"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            )
        })
        .filter(|(page, body)| page.is_file() && !body.is_empty())
        .collect()
}
