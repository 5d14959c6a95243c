//! Small archives for tests: articles made in a line, an index in a temporary folder made in a call.

use std::ops::ControlFlow;
use std::path::Path;

use morgue::article::{Article, Place, PlaceFrom};
use morgue::index::writer::{Resources, Writer};
use morgue::search::{Hit, Request, Response};
use morgue::text::analysis::words;
use morgue::{Archive, Error};
use tempfile::TempDir;

/// An archive in a folder that goes when it is dropped.
pub struct TempArchive {
    pub dir: TempDir,
    pub archive: Archive,
}

impl std::ops::Deref for TempArchive {
    type Target = Archive;

    fn deref(&self) -> &Archive {
        &self.archive
    }
}

/// The archive of these articles, as they are: no format comes between.
pub fn archive_of(articles: &[Article]) -> TempArchive {
    archive_of_commits(&[articles], 1)
}

/// An archive that grew in several commits, indexed by so many threads: it has several segments.
pub fn archive_of_commits(commits: &[&[Article]], threads: usize) -> TempArchive {
    let dir = TempDir::new().unwrap();
    for articles in commits {
        add(dir.path(), articles, threads);
    }
    let archive = Archive::open(dir.path()).unwrap();
    TempArchive { dir, archive }
}

/// Adds articles to the archive in `dir` in one commit. The file key of an article is its id.
pub fn add(dir: &Path, articles: &[Article], threads: usize) {
    write(dir, threads, |writer| {
        for article in articles {
            writer.add(article.clone(), &article.id).unwrap();
        }
    });
}

/// Removes articles from the archive in `dir` in one commit.
pub fn remove(dir: &Path, ids: &[&str]) {
    write(dir, 1, |writer| {
        for id in ids {
            writer.remove_file(id).unwrap();
        }
    });
}

fn write(dir: &Path, threads: usize, change: impl FnOnce(&mut Writer)) {
    let mut writer = Writer::open(dir, Resources { threads, memory: 0 }).unwrap();
    change(&mut writer);
    writer.commit().unwrap();
    writer.finish().unwrap();
}

/// An article in English with this id, headline and body.
pub fn article(id: &str, headline: &str, body: &str) -> Article {
    let article = Article {
        id: id.into(),
        headline: headline.into(),
        body: body.into(),
        ..Article::default()
    };
    counted(Article {
        language: Some("en".into()),
        ..article
    })
}

/// The same article of this date.
pub fn dated(article: Article, date: &str) -> Article {
    Article {
        date: Some(date.parse().unwrap()),
        ..article
    }
}

/// The same article with its words counted, as the intake counts them.
pub fn counted(mut article: Article) -> Article {
    let texts = [
        Some(&article.headline),
        article.deck.as_ref(),
        Some(&article.body),
    ];
    let count: usize = texts
        .into_iter()
        .flatten()
        .map(|text| words(text).count())
        .sum();
    article.word_count = u32::try_from(count).unwrap();
    article
}

/// A place of this name.
pub fn place(name: &str) -> Place {
    Place::named(name, PlaceFrom::Metadata)
}

/// Every hit of a request, in order, and the response.
pub fn export(archive: &Archive, request: &Request) -> Result<(Vec<Hit>, Response), Error> {
    let mut hits = Vec::new();
    let response = archive.export(request, &mut |hit| {
        hits.push(hit);
        ControlFlow::Continue(())
    })?;
    Ok((hits, response))
}

/// Numbers that look random and are the same for the same seed (SplitMix64, Steele and others, 2014).
pub struct Dice(u64);

impl Dice {
    /// The seed of `MORGUE_SEED`, else `seed`. It is printed, so that a failure can be had again.
    pub fn new(seed: u64) -> Self {
        let seed = std::env::var("MORGUE_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or(seed);
        eprintln!("MORGUE_SEED={seed}");
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// True so many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}
