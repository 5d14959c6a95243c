//! The parts of a document that is a zip (DOCX and its kin), by their names. A format asks for the few that it reads; the
//! others are not unpacked.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use ::zip::ZipArchive;

use super::words;
use crate::format::Rejection;
use crate::source::SkipReason;

/// A document.
pub(crate) struct Parts<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Parts<'b> {
    /// Finds the parts.
    pub(crate) fn of(bytes: &'b [u8]) -> Result<Self, Rejection> {
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(zip) => Ok(Parts { zip }),
            Err(error) => {
                let detail = format!("a damaged document: {}", words(&error));
                Err(Rejection::new(SkipReason::BrokenArchive, detail))
            }
        }
    }

    /// The names of the parts, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().flatten()
    }

    /// The bytes of a part, as far as they can be read; `None` where there is none of this name. One of more than `most`
    /// bytes is [`SkipReason::TooLarge`].
    pub(crate) fn bytes(&mut self, name: &str, most: usize) -> Result<Option<Vec<u8>>, Rejection> {
        let Ok(part) = self.zip.by_name(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let end = part.take(most as u64 + 1).read_to_end(&mut bytes);
        if bytes.len() > most {
            let detail = format!("a document whose `{name}` has more than {} MB", most >> 20);
            return Err(Rejection::new(SkipReason::TooLarge, detail));
        }
        match end {
            Err(error) if bytes.is_empty() => {
                let detail = format!("a damaged document, in `{name}`: {error}");
                Err(Rejection::new(SkipReason::BrokenArchive, detail))
            }
            _ => Ok(Some(bytes)),
        }
    }
}
