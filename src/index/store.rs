//! How articles are stored: each by itself, compressed with a dictionary that the archive's first articles made.
//!
//! tantivy can compress stored documents only in blocks: a hit costs a block of other articles, and a merge in the order
//! of days compresses everything again. One article with a dictionary is as small, is read alone, and merges as it is.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::DecoderDictionary;

use super::disk::Disk;
use crate::article::Article;

/// The dictionary's file, in the folder of the index. Once it is there it never changes.
pub(crate) const DICTIONARY: &str = "dictionary.zstd";
/// How many articles a dictionary is made of.
pub(crate) const SAMPLES: usize = 2_000;
/// How many bytes of text are enough for one, however few the articles: those wait in memory.
pub(crate) const SAMPLE_BYTES: usize = 32 << 20;
/// With fewer articles than this none is made: there is little to gain.
pub(crate) const FEWEST_SAMPLES: usize = 200;
/// How large a dictionary is, in bytes.
const DICTIONARY_BYTES: usize = 100 << 10;
/// The level of compression: see the decisions in `src/README.md`.
const LEVEL: i32 = 3;
/// What an article may take when it is unpacked: more than any source lets in.
const LARGEST: usize = 1 << 30;

/// Makes a dictionary of `samples` and puts it into the folder of an index that has none. Samples that have nothing to
/// teach (all alike, or empty) make none.
pub(crate) fn make_dictionary(disk: &Disk, dir: &Path, samples: &[Vec<u8>]) -> io::Result<()> {
    let Ok(dictionary) = zstd::dict::from_samples(samples, DICTIONARY_BYTES) else {
        return Ok(());
    };
    disk.put(&dir.join(DICTIONARY), |file| file.write_all(&dictionary))
}

/// The checksum of the dictionary of the index in `dir`; none when it has no dictionary.
pub(crate) fn checksum(dir: &Path) -> io::Result<Option<String>> {
    Ok(dictionary(dir)?.map(|bytes| blake3::hash(&bytes).to_hex().to_string()))
}

fn dictionary(dir: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(dir.join(DICTIONARY)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes sure that the dictionary of the index in `dir` is the one with this checksum, where there is one: another would
/// unpack articles into other words, and nobody would see it.
pub(crate) fn confirm(dir: &Path, wanted: Option<&str>) -> io::Result<()> {
    match wanted {
        Some(wanted) if checksum(dir)?.as_deref() != Some(wanted) => Err(io::Error::other(
            format!("`{DICTIONARY}` is not as it was written"),
        )),
        _ => Ok(()),
    }
}

/// Packs articles.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
}

impl Packer {
    /// Packs with the dictionary of the index in `dir`, when it has one.
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        let compressor = match dictionary(dir)? {
            Some(bytes) => Compressor::with_dictionary(LEVEL, &bytes)?,
            None => Compressor::new(LEVEL)?,
        };
        Ok(Packer { compressor })
    }

    /// The bytes of an article, as they are stored.
    pub(crate) fn pack(&mut self, json: &[u8]) -> io::Result<Vec<u8>> {
        self.compressor.compress(json)
    }
}

/// Unpacks articles. Cheap to share.
pub(crate) struct Unpacker {
    dictionary: Option<DecoderDictionary<'static>>,
}

impl Unpacker {
    /// Unpacks with the dictionary of the index in `dir`, when it has one.
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        let dictionary = dictionary(dir)?.map(|bytes| DecoderDictionary::copy(&bytes));
        Ok(Unpacker { dictionary })
    }

    /// The article that was packed into `bytes`.
    pub(crate) fn unpack(&self, bytes: &[u8]) -> io::Result<Article> {
        let mut decompressor = match &self.dictionary {
            Some(dictionary) => Decompressor::with_prepared_dictionary(dictionary)?,
            None => Decompressor::new()?,
        };
        let size = Decompressor::upper_bound(bytes)
            .unwrap_or(LARGEST)
            .min(LARGEST);
        let json = decompressor.decompress(bytes, size)?;
        Ok(serde_json::from_slice(&json)?)
    }
}
