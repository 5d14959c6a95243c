//! The columns of a segment that tell the standing of its documents, and by which numbers their records are known.

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, Term};

use super::record::Identity;
use super::{NEVER, Standing};
use crate::error::Result;
use crate::index::Archive;

/// Which documents of a segment are not what the archive reads: all that most queries ask of their standing.
pub(crate) struct Hidden {
    shown: Column<i64>,
    until: Column<i64>,
    yields: Column<i64>,
}

impl Hidden {
    pub(crate) fn open(segment: &SegmentReader) -> Result<Self> {
        let columns = segment.fast_fields();
        Ok(Hidden {
            shown: columns.i64("shown")?,
            until: columns.i64("until")?,
            yields: columns.i64("yields")?,
        })
    }

    /// Whether every document is what the archive reads, as in most segments.
    pub(crate) fn is_empty(&self) -> bool {
        self.until.values.num_vals() == 0 && self.shown.values.num_vals() == 0
    }

    /// Whether it is a version of its own, which may be seen at this second.
    pub(crate) fn may_be_seen(&self, doc: DocId, now: i64) -> bool {
        self.until.first(doc) != Some(NEVER)
            && self.shown.first(doc).is_none_or(|shown| shown <= now)
    }

    /// Whether it is what the archive reads at this second, if it may be seen.
    pub(crate) fn is_current(&self, doc: DocId, now: i64) -> bool {
        self.until.first(doc).is_none() || self.yields.first(doc).is_some_and(|yields| yields > now)
    }
}

/// The standing of the documents of a segment.
pub(crate) struct Standings {
    pub(crate) hidden: Hidden,
    since: Column<i64>,
    version: Column<i64>,
    first_day: Column<i64>,
}

impl Standings {
    pub(crate) fn open(segment: &SegmentReader) -> Result<Self> {
        let columns = segment.fast_fields();
        Ok(Standings {
            hidden: Hidden::open(segment)?,
            since: columns.i64("since")?,
            version: columns.i64("version")?,
            first_day: columns.i64("first_day")?,
        })
    }

    /// The standing of a document.
    pub(crate) fn of(&self, doc: DocId) -> Standing {
        let version = self.version.first(doc);
        Standing {
            shown: self.hidden.shown.first(doc),
            since: self.since.first(doc),
            until: self.hidden.until.first(doc),
            yields: self.hidden.yields.first(doc),
            version: version.and_then(|number| u32::try_from(number).ok()),
        }
    }

    /// Whether it is what the archive read at the end of this day.
    pub(crate) fn was_current(&self, doc: DocId, day: i64) -> bool {
        let since = self.since.first(doc).or_else(|| self.first_day.first(doc));
        let until = self.hidden.until.first(doc);
        since.is_none_or(|since| since <= day) && until.is_none_or(|until| until > day)
    }
}

/// The numbers by which the records of a segment are known.
pub(crate) struct Identities {
    item: Column<i64>,
    content: Column<i64>,
    withdraws: Column<i64>,
    print: Column<i64>,
}

impl Identities {
    pub(crate) fn open(segment: &SegmentReader) -> Result<Self> {
        let columns = segment.fast_fields();
        Ok(Identities {
            item: columns.i64("item")?,
            content: columns.i64("content")?,
            withdraws: columns.i64("withdraws")?,
            print: columns.i64("print")?,
        })
    }

    /// The identity of a document.
    pub(crate) fn of(&self, doc: DocId) -> Identity {
        Identity {
            item: self.item.first(doc).unwrap_or_default(),
            content: self.content.first(doc).unwrap_or_default(),
            withdraws: self.withdraws.first(doc),
            print: self.print.first(doc).unwrap_or_default(),
        }
    }
}

/// The columns of all segments that a searcher sees.
pub(crate) struct Columns {
    segments: Vec<(Standings, Identities, StrColumn)>,
}

impl Columns {
    pub(crate) fn open(searcher: &Searcher) -> Result<Self> {
        let mut segments = Vec::new();
        for segment in searcher.segment_readers() {
            let files = segment.fast_fields().str("file")?;
            segments.push((
                Standings::open(segment)?,
                Identities::open(segment)?,
                files.expect("every article has one"),
            ));
        }
        Ok(Columns { segments })
    }

    /// How a document stands among the versions of its item.
    pub(crate) fn standing(&self, at: DocAddress) -> Standing {
        self.segments[at.segment_ord as usize].0.of(at.doc_id)
    }

    /// By which numbers a document is known.
    pub(crate) fn identity(&self, at: DocAddress) -> Identity {
        self.segments[at.segment_ord as usize].1.of(at.doc_id)
    }

    /// The key of the file that a document came from.
    pub(crate) fn file_key(&self, at: DocAddress) -> Result<String> {
        let (_, _, files) = &self.segments[at.segment_ord as usize];
        let mut key = String::new();
        if let Some(ord) = files.term_ords(at.doc_id).next() {
            files.ord_to_str(ord, &mut key)?;
        }
        Ok(key)
    }
}

impl Archive {
    /// How the document there stands among the versions of its item.
    pub(crate) fn standing_at(&self, searcher: &Searcher, at: DocAddress) -> Result<Standing> {
        Ok(self.facts(searcher)?.columns(searcher)?.standing(at))
    }

    /// By which numbers the document there is known, and the key of its file.
    pub(crate) fn identity_at(
        &self,
        searcher: &Searcher,
        at: DocAddress,
    ) -> Result<(Identity, String)> {
        let facts = self.facts(searcher)?;
        let columns = facts.columns(searcher)?;
        Ok((columns.identity(at), columns.file_key(at)?))
    }

    /// The living documents with a term, and by which numbers they are known.
    pub(crate) fn identities_with(
        &self,
        searcher: &Searcher,
        term: &Term,
    ) -> Result<Vec<(DocAddress, Identity)>> {
        let found = documents_with(searcher, term)?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let facts = self.facts(searcher)?;
        let columns = facts.columns(searcher)?;
        Ok(found
            .into_iter()
            .map(|at| (at, columns.identity(at)))
            .collect())
    }

    /// Gives the identity of every record.
    pub(crate) fn identities(&self, each: &mut dyn FnMut(Identity)) -> Result<()> {
        for segment in self.searcher().segment_readers() {
            let identities = Identities::open(segment)?;
            for doc in segment.doc_ids_alive() {
                each(identities.of(doc));
            }
        }
        Ok(())
    }
}

/// How many documents no query sees that does not ask for them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Aside {
    /// Copies of others.
    pub(crate) duplicates: u64,
    /// Replaced or withdrawn.
    pub(crate) versions: u64,
    /// Not to be seen yet.
    pub(crate) embargoed: u64,
}

/// Counts what is not seen now.
pub(crate) fn aside(searcher: &Searcher) -> Result<Aside> {
    let now = chrono::Utc::now().timestamp();
    let mut aside = Aside::default();
    for segment in searcher.segment_readers() {
        let standings = Standings::open(segment)?;
        if standings.hidden.is_empty() {
            continue;
        }
        for doc in segment.doc_ids_alive() {
            let standing = standings.of(doc);
            if standing.is_duplicate() {
                aside.duplicates += 1;
            } else if !standing.is_current(now) {
                aside.versions += 1;
            } else if !standings.hidden.may_be_seen(doc, now) {
                aside.embargoed += 1;
            }
        }
    }
    Ok(aside)
}

/// How many embargoes have ended by now, of documents alive or not: what may be seen changes with it, and without a commit.
pub(crate) fn ended_embargoes(searcher: &Searcher, now: i64) -> Result<u64> {
    let mut ended = 0;
    for segment in searcher.segment_readers() {
        let hidden = Hidden::open(segment)?;
        let shown = hidden.shown.values.iter();
        ended += shown.filter(|shown| *shown <= now).count() as u64;
    }
    Ok(ended)
}

/// The living documents with a term.
pub(crate) fn documents_with(searcher: &Searcher, term: &Term) -> Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (ord, segment) in (0..).zip(searcher.segment_readers()) {
        let inverted = segment.inverted_index(term.field())?;
        let Some(mut postings) = inverted.read_block_postings(term, IndexRecordOption::Basic)?
        else {
            continue;
        };
        while !postings.docs().is_empty() {
            let docs = postings.docs().iter();
            let living = docs.filter(|doc| !segment.is_deleted(**doc));
            found.extend(living.map(|doc| DocAddress::new(ord, *doc)));
            postings.advance();
        }
    }
    Ok(found)
}
