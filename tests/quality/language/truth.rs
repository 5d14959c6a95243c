//! What the corpora state about the languages of their articles.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use morgue::text::language::normalise;
use regex::Regex;

use super::super::reading::Seen;

/// Where one language is stated for all: by the read-me file of the corpus, or by what the newspaper is.
const STATED: &[(&str, &str)] = &[
    ("alto-mets/BNF-EN", "fr"),
    ("alto-mets/KB", "nl"),
    ("alto-mets/Olive", "fr"),
    ("csv/10kgnad", "de"),
    ("csv/abc_headlines", "en"),
    ("csv/ag_news", "en"),
    ("lee-abc", "en"),
    ("reuters21578", "en"),
    ("text/bbc", "en"),
    ("text/ieer", "en"),
    ("text/iranian-news", "fa"),
    ("text/nltk-abc", "en"),
    ("text/seed-anadolu", "en"),
    ("time1963", "en"),
    ("tsv/thucnews_titles", "zh"),
    ("wire/reuters21578-xml", "en"),
];

/// Pages whose template states another language than that of their text, which was looked at: file, language.
const MISLABELLED: &[(&str, &str)] = &[
    (
        "57b4dafd18cfd0531b69f81e87158648227c673ef159f8d8c87d34e34bdb21f2",
        "de",
    ),
    (
        "ba07d1e64775f4090e39116c382111f5a2cfe9528dd179673f4e9bfcea370c15",
        "de",
    ),
    (
        "f81c6c05d9cbc93316992fa23ef74ec405194e292611f2e94f6a814868903665",
        "en",
    ),
    (
        "fde930b01859de8311c6a14f8aa8c72be0659b551367803deb6736cf3526cf2e",
        "en",
    ),
    ("HabariLeo_2025_01_23", "sw"),
    ("Ilanga_2025_12_03", "zu"),
    ("IsolezweLesiXhosa_2025_11_09", "xh"),
    ("archive.org.dzs-clan.de", "de"),
    ("berkutschi.com-willingen", "de"),
    ("1561643340", "gu"),
    ("1716324024", "ro"),
    ("1721965295", "es"),
];

/// How a page states its language.
const MARK: &str = r#"(?s)<html[^>]*?\slang\s*=\s*["']?([A-Za-z_-]{2,12})"#;

/// Every statement that has to be looked up.
pub(super) struct Truth<'a> {
    root: &'a Path,
    mark: Regex,
    comment: Regex,
    /// Column `language` of the universities' news, by record.
    universities: HashMap<u32, String>,
}

impl<'a> Truth<'a> {
    pub(super) fn of(root: &'a Path) -> Self {
        Truth {
            root,
            mark: Regex::new(MARK).expect("the pattern is one"),
            comment: Regex::new("(?s)<!--.*?-->").expect("the pattern is one"),
            universities: universities(root),
        }
    }

    /// The corpus of an article and the language that is stated there for it.
    pub(super) fn language(&self, article: &Seen) -> Option<(String, String)> {
        let file = article.file.as_str();
        let mut folders = file.split('/');
        let name = format!("{}/{}", folders.next()?, folders.next()?);
        if let Some((corpus, language)) = STATED.iter().find(|(corpus, _)| file.starts_with(corpus))
        {
            return Some(((*corpus).to_owned(), (*language).to_owned()));
        }
        let stated = match name.as_str() {
            // The folder is the code of the language.
            "tsv/masakhanews" => {
                let folder = folders.next()?;
                return Some((format!("{name}/{folder}"), normalise(folder)?));
            }
            "csv/multilingual_university_news" => {
                self.universities.get(&article.record).cloned()?
            }
            "json/giveme5w1h" => self.member(file, "language")?,
            _ if name.starts_with("html/") => self.page(file)?,
            _ => return None,
        };
        Some((name, normalise(&stated)?))
    }

    /// What the mark of a page says, but for those that were found to be wrong.
    fn page(&self, file: &str) -> Option<String> {
        let own = file.rsplit('/').next()?;
        if let Some((_, language)) = MISLABELLED.iter().find(|(page, _)| own.starts_with(page)) {
            return Some((*language).to_owned());
        }
        let bytes = std::fs::read(self.root.join(file)).ok()?;
        let mut text = Vec::new();
        if bytes.starts_with(b"\x1f\x8b") {
            let _ = flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut text);
        } else {
            text = bytes;
        }
        text.truncate(50_000);
        // Marks for old browsers stand in comments, and say `en` on any page.
        let text = String::from_utf8_lossy(&text);
        let text = self.comment.replace_all(&text, "");
        Some(self.mark.captures(&text)?[1].to_owned())
    }

    fn member(&self, file: &str, name: &str) -> Option<String> {
        let bytes = std::fs::read(self.root.join(file)).ok()?;
        let value: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
        value.get(name)?.as_str().map(str::to_owned)
    }
}

fn universities(root: &Path) -> HashMap<u32, String> {
    let path = root.join("csv/multilingual_university_news/Dataset.csv");
    let Ok(mut rows) = csv::Reader::from_path(path) else {
        return HashMap::new();
    };
    let column = rows
        .headers()
        .ok()
        .and_then(|names| names.iter().position(|name| name == "language"));
    let rows = rows.records().flatten();
    (1..)
        .zip(rows)
        .filter_map(|(record, row)| Some((record, row.get(column?)?.to_owned())))
        .collect()
}
