//! Appends articles to a file, once: where an earlier attempt was cut off, what it has written is found, and the rest is added.
//! What others have written to the file is never touched.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::super::outbox::Batch;
use super::{Format, Watch};
use crate::index::disk::{Disk, folder_of};
use crate::output;
use crate::search::{Hit, QueryEcho, Response, Sort};

/// The text of a delivery.
pub(super) struct Texts {
    /// What stands at the head of a new file.
    head: Vec<u8>,
    /// The articles, one a line.
    lines: Vec<u8>,
}

/// What is to be appended for a batch.
pub(super) fn texts(watch: &Watch, batch: &Batch, format: Format) -> Result<Texts, String> {
    match format {
        Format::Jsonl => Ok(Texts {
            head: Vec::new(),
            lines: super::lines(watch, batch)?,
        }),
        Format::Csv => {
            let hits = batch.articles.iter().map(|waiting| &waiting.hit);
            let mut lines = table(hits).map_err(|error| error.to_string())?;
            let end = lines.iter().position(|byte| *byte == b'\n');
            let head = lines.drain(..end.map_or(0, |end| end + 1)).collect();
            Ok(Texts { head, lines })
        }
    }
}

/// The hits as rows, below their headings.
fn table<'a>(hits: impl Iterator<Item = &'a Hit>) -> io::Result<Vec<u8>> {
    let csv = output::find("csv").expect("there is such an output");
    let head = Response {
        query: QueryEcho::default(),
        total: 0,
        sort: Sort::Oldest,
        took_ms: 0.0,
        next: None,
        hits: Vec::new(),
        facets: std::collections::BTreeMap::new(),
        others: std::collections::BTreeMap::new(),
        timeline: None,
    };
    let mut text = Vec::new();
    let mut rows = (csv.render)(&mut text, output::Look::default());
    rows.begin(&head)?;
    for hit in hits {
        rows.hit(hit)?;
    }
    rows.end(&head)?;
    drop(rows);
    Ok(text)
}

/// Appends a delivery.
pub(super) fn append(disk: &Disk, path: &Path, texts: &Texts) -> Result<(), String> {
    let appended = || -> io::Result<()> {
        let length = match fs::metadata(path) {
            Ok(known) => known.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        let mut text = Vec::new();
        if length == 0 {
            text.extend(&texts.head);
        } else if last_byte(path)? != b'\n' {
            // Somebody's line that has no end.
            text.push(b'\n');
        }
        text.extend(&texts.lines);
        write(disk, path, &text)
    };
    appended().map_err(|error| error.to_string())
}

/// Finishes a delivery that was begun: true when all of it is in the file now, false when nothing of it is there. Only what
/// stands `behind` so many bytes is looked at.
pub(super) fn finish(
    disk: &Disk,
    path: &Path,
    texts: &Texts,
    behind: Option<u64>,
) -> Result<bool, String> {
    let finished = || -> io::Result<bool> {
        let tail = match tail(path, behind.unwrap_or(0)) {
            Ok(tail) => tail,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error),
        };
        let with_head = [&texts.head[..], &texts.lines].concat();
        let starts = std::iter::once(0).chain(
            (1..)
                .zip(&tail)
                .filter(|(_, byte)| **byte == b'\n')
                .map(|(next, _)| next),
        );
        for start in starts {
            let rest = &tail[start..];
            for text in [&texts.lines, &with_head] {
                if rest.starts_with(text) {
                    return Ok(true);
                }
                if !rest.is_empty() && text.starts_with(rest) {
                    write(disk, path, &text[rest.len()..])?;
                    return Ok(true);
                }
            }
        }
        Ok(false)
    };
    finished().map_err(|error| error.to_string())
}

fn write(disk: &Disk, path: &Path, text: &[u8]) -> io::Result<()> {
    let is_new = !path.exists();
    let mut file = disk.append(path, u64::MAX)?;
    file.write_all(text)?;
    file.finish()?;
    if is_new {
        disk.sync_folder(folder_of(path))?;
    }
    Ok(())
}

/// What a file has behind so many bytes; all of it when it is shorter: it has been put away and begun anew.
fn tail(path: &Path, behind: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(if behind <= length { behind } else { 0 }))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(tail)
}

fn last_byte(path: &Path) -> io::Result<u8> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(-1))?;
    let mut byte = [0];
    file.read_exact(&mut byte)?;
    Ok(byte[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_finished_and_nothing_else_touched() {
        let folder = tempfile::tempdir().unwrap();
        let (disk, path) = (Disk::default(), folder.path().join("alerts.csv"));
        let texts = Texts {
            head: b"id,headline\n".to_vec(),
            lines: b"1,Ferry\n2,Tram\n".to_vec(),
        };
        let whole = "id,headline\n1,Ferry\n2,Tram\n";
        let finish = |there: &str, behind| {
            fs::write(&path, there).unwrap();
            let finished = finish(&disk, &path, &texts, Some(behind)).unwrap();
            (finished, fs::read_to_string(&path).unwrap())
        };
        for end in 1..=whole.len() {
            assert_eq!(finish(&whole[..end], 0), (true, whole.to_owned()), "{end}");
        }
        let before = "id,headline\n0,Barge\n";
        let all = format!("{before}1,Ferry\n2,Tram\n");
        for end in before.len() + 1..=all.len() {
            assert_eq!(
                finish(&all[..end], before.len() as u64),
                (true, all.clone())
            );
        }
        let more = format!("{all}9,theirs\n");
        assert_eq!(finish(&more, before.len() as u64), (true, more.clone()));
        assert_eq!(
            finish(before, before.len() as u64),
            (false, before.to_owned())
        );
        // It has been put away, and others have begun a new one.
        assert_eq!(finish("9,theirs\n", 1000), (false, "9,theirs\n".to_owned()));
        fs::write(&path, "9,theirs").unwrap();
        append(&disk, &path, &texts).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "9,theirs\n1,Ferry\n2,Tram\n");
    }
}
