//! One reference a hit, in RIS (Research Information Systems, Reference Manager File Format): what Zotero, EndNote, Mendeley
//! and library systems take in. UTF-8; a tag a line, lines end with CR LF.
//!
//! Names stand as the archive has them: nobody can tell by looking which part of `Lâm Thị Mỹ Dạ` is the surname that RIS would
//! like before a comma.

use std::io::{self, Write};

use super::terminal::clean;
use super::{Render, marks};
use crate::search::{Hit, Response};
use crate::text::edtf::Edtf;

/// A tag, and its values of a hit; one without values is not written.
type Tag = (&'static str, fn(&Hit) -> Vec<String>);

/// The tags between `TY` and `ER`, in their order.
const TAGS: &[Tag] = &[
    ("AN", |hit| vec![hit.id.clone()]),
    ("TI", |hit| vec![hit.headline.clone()]),
    ("AU", |hit| hit.byline.clone()),
    ("T2", |hit| hit.source.iter().cloned().collect()),
    ("SE", |hit| hit.section.iter().cloned().collect()),
    ("PY", |hit| hit.date.iter().map(year).collect()),
    ("DA", |hit| hit.date.iter().map(day).collect()),
    ("LA", |hit| hit.language.iter().cloned().collect()),
    ("KW", |hit| {
        hit.places.iter().map(|place| place.name.clone()).collect()
    }),
    ("UR", |hit| hit.url.iter().cloned().collect()),
    ("AB", |hit| {
        let snippet = marks::below_headline(hit).next();
        snippet
            .map(|snippet| snippet.text.clone())
            .into_iter()
            .collect()
    }),
];

/// The output `ris`.
pub(super) struct Ris<'a> {
    out: &'a mut dyn Write,
}

impl<'a> Ris<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Ris { out }
    }
}

impl Render for Ris<'_> {
    fn begin(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        write!(self.out, "TY  - NEWS\r\n")?;
        for (tag, values) in TAGS {
            for value in values(hit) {
                // On one line: a text of the archive cannot begin a tag, or end the reference.
                let value = clean(&value);
                if !value.trim().is_empty() {
                    write!(self.out, "{tag}  - {}\r\n", value.trim())?;
                }
            }
        }
        write!(self.out, "ER  - \r\n\r\n")
    }

    fn end(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }
}

fn year(date: &Edtf) -> String {
    date.to_string()[..4].to_owned()
}

/// The date as RIS wants it: `1963/08/14/`, with nothing between the slashes for what is not known.
fn day(date: &Edtf) -> String {
    let text = date.without_time().to_string();
    let mut parts = text.split('-');
    let mut part = || parts.next().unwrap_or_default();
    format!("{}/{}/{}/", part(), part(), part())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        for (date, expected) in [
            ("1963", "1963///"),
            ("1963-08", "1963/08//"),
            ("1963-08-14", "1963/08/14/"),
            ("0987-08-14T10:05:00+03:00", "0987/08/14/"),
        ] {
            let date = date.parse().unwrap();
            assert_eq!(
                (day(&date), year(&date)),
                (expected.into(), expected[..4].into())
            );
        }
    }
}
