//! Step 2: bytes → [`Draft`]s. One format a file, one row a format in [`FORMATS`].
//!
//! A format is given bytes and yields records. It opens nothing, knows no index, never panics, and a bad record never
//! stops it: it yields a [`Rejection`] for that record and goes on. What all formats share after that (date order,
//! language, ids, word counts) is done once, by [`crate::intake`].

mod country;
mod delimited;
mod document;
mod docx;
mod elements;
mod factiva;
mod feed;
mod fields;
mod html;
mod json;
mod layout;
mod lines;
mod mail;
mod mapping;
mod markup;
mod newsml;
mod newsml1;
mod nexis;
mod nitf;
mod origin;
mod pdf;
mod prose;
mod rcv1;
mod reuters;
mod scan;
mod sentences;
mod short_date;
mod smart;
mod story;
mod stream;
mod table;
mod text;
mod trec;
mod warc;
mod wire;
mod xml;

use std::ops::ControlFlow;

use crate::article::Article;
use crate::source::{Beside, SkipReason};
use crate::text::date::Reading;

pub use origin::{Origin, Origins, Part};

/// What a format yields: an article on its way, still to be finished by [`crate::intake`].
///
/// A format fills what its source states. It leaves `article.id` empty when the source has no id of its own, `file`,
/// `record`, `word_count` always, `date` and `updated` always (it gives [`Reading`]s), and `language` when the source states none.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The article, as far as the source states it.
    pub article: Article,
    /// When it was published; numeric dates may still be open between day-month and month-day.
    pub date: Option<Reading>,
    /// When it was last changed.
    pub updated: Option<Reading>,
    /// When it may be shown; where its source says that and it cannot be read, what it says.
    pub embargo: Option<Result<Reading, String>>,
    /// Where its fields were found.
    pub origins: Origins,
}

/// One record that is not an article, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The kind of reason, counted in the report.
    pub reason: SkipReason,
    /// What exactly was wrong, for the person who has to mend it: "line 7: expected `,`".
    pub detail: String,
}

impl Rejection {
    /// A rejection with its detail.
    pub fn new(reason: SkipReason, detail: impl Into<String>) -> Self {
        Rejection {
            reason,
            detail: detail.into(),
        }
    }
}

/// One record of a file, in file order: the format numbers nothing, [`crate::intake`] counts from 1.
pub type Record = Result<Box<Draft>, Rejection>;

/// Where a format delivers its records. `Break` means that the caller wants no more.
pub type Sink<'a> = dyn FnMut(Record) -> ControlFlow<()> + 'a;

/// The beginning of a file, for recognising its format.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The first bytes, at most [`HEAD_BYTES`].
    pub bytes: &'a [u8],
    /// The same, decoded as well as can be told from them.
    pub text: &'a str,
    /// Whether `bytes` is the whole file.
    pub whole: bool,
    /// The file's name without its folders, in lower case.
    pub name: &'a str,
}

/// How much of a file [`Head`] holds at most.
pub const HEAD_BYTES: usize = 64 * 1024;

/// A file to be read by a format.
pub struct Input<'a> {
    /// All bytes of the file, decompressed, not yet decoded.
    pub bytes: &'a mut dyn std::io::BufRead,
    /// Its path as in [`Article::file`].
    pub file: &'a str,
    /// What the user said about the reading.
    pub options: &'a Options,
    /// The files beside it, for formats whose articles are spread over several.
    pub beside: &'a Beside,
}

/// What the user said about the reading.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `--map FIELD=NAME`: which name (of a JSON member, a column, or `#3` for the third column) holds which field.
    pub map: Vec<(MapField, String)>,
    /// Whether [`Draft::origins`] are wanted where telling them costs something.
    pub explain: bool,
}

/// How sure a format is that a file is its own, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// 0 no, 100 certain.
    pub sure: u8,
    /// What in the head of the file says so: "the root element is `<nitf>`". Empty where it is not sure at all.
    pub because: &'static str,
}

impl Verdict {
    /// It is of another format.
    pub const NO: Verdict = Verdict {
        sure: 0,
        because: "",
    };

    /// So sure, for this reason.
    #[must_use]
    pub const fn new(sure: u8, because: &'static str) -> Self {
        Verdict { sure, because }
    }

    /// So sure, for this reason, if it holds.
    #[must_use]
    pub const fn when(holds: bool, sure: u8, because: &'static str) -> Self {
        if holds {
            Verdict::new(sure, because)
        } else {
            Verdict::NO
        }
    }
}

/// One row of the table of formats.
pub struct Format {
    /// The name, as in `--format NAME`.
    pub name: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// How sure the format is that the file is its own, by content first, and why.
    pub sniff: fn(&Head<'_>) -> Verdict,
    /// Reads the file. An error means that the rest of the file is lost, and why.
    pub read: fn(&mut Input<'_>, &mut Sink<'_>) -> Result<(), Rejection>,
}

/// The fields that `--map` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapField {
    /// [`Article::id`]
    Id,
    /// [`Article::headline`]
    Headline,
    /// [`Article::deck`]
    Deck,
    /// [`Article::body`]
    Body,
    /// [`Article::byline`]
    Byline,
    /// [`Article::date`]
    Date,
    /// [`Article::updated`]
    Updated,
    /// [`Article::embargo`]
    Embargo,
    /// [`Article::places`]
    Places,
    /// [`Article::dateline`]
    Dateline,
    /// [`Article::section`]
    Section,
    /// [`Article::source`]
    Source,
    /// [`Article::language`]
    Language,
    /// [`Article::url`]
    Url,
    /// [`Article::topics`]
    Topics,
    /// [`Article::captions`]
    Captions,
    /// [`Article::copyright`]
    Copyright,
}

/// Every field that `--map` can name, with its name there.
const MAP_FIELDS: &[(MapField, &str)] = &[
    (MapField::Id, "id"),
    (MapField::Headline, "headline"),
    (MapField::Deck, "deck"),
    (MapField::Body, "body"),
    (MapField::Byline, "byline"),
    (MapField::Date, "date"),
    (MapField::Updated, "updated"),
    (MapField::Embargo, "embargo"),
    (MapField::Places, "places"),
    (MapField::Dateline, "dateline"),
    (MapField::Section, "section"),
    (MapField::Source, "source"),
    (MapField::Language, "language"),
    (MapField::Url, "url"),
    (MapField::Topics, "topics"),
    (MapField::Captions, "captions"),
    (MapField::Copyright, "copyright"),
];

impl MapField {
    /// All of them, in the order of the article.
    pub const ALL: [MapField; MAP_FIELDS.len()] = {
        let mut all = [MapField::Id; MAP_FIELDS.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = MAP_FIELDS[at].0;
            at += 1;
        }
        all
    };

    /// How many fields there are.
    pub(crate) const COUNT: usize = MAP_FIELDS.len();

    /// The names that `--map` knows, in the order of the article.
    pub fn names() -> impl Iterator<Item = &'static str> {
        MAP_FIELDS.iter().map(|(_, name)| *name)
    }

    /// The field with this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let mut fields = MAP_FIELDS.iter();
        let found = fields.find(|(_, known)| known.eq_ignore_ascii_case(name));
        found.map(|(field, _)| *field)
    }

    /// Its name in `--map`.
    #[must_use]
    pub fn name(self) -> &'static str {
        MAP_FIELDS[self as usize].1
    }
}

/// The formats that are read; sniffing asks each. Of two that are equally sure, the first wins.
pub const FORMATS: &[Format] = &[
    Format {
        name: "reuters",
        help: "Reuters-21578 SGML: many <REUTERS> elements in a file",
        sniff: reuters::sniff,
        read: reuters::read,
    },
    Format {
        name: "trec",
        help: "TREC SGML and its relatives: many <DOC> elements in a file (AP, WSJ, FT, AQUAINT, Gigaword)",
        sniff: trec::sniff,
        read: trec::read,
    },
    Format {
        name: "smart",
        help: "SMART collections: *TEXT or .I above each article (TIME)",
        sniff: smart::sniff,
        read: smart::read,
    },
    Format {
        name: "wire",
        help: "text wires of agencies: IPTC 7901, ANPA 1312, telex (ZCZC … NNNN)",
        sniff: wire::sniff,
        read: wire::read,
    },
    Format {
        name: "nitf",
        help: "NITF, the IPTC's markup of a news text; also the New York Times Annotated Corpus",
        sniff: nitf::sniff,
        read: nitf::read,
    },
    Format {
        name: "newsml",
        help: "NewsML-G2: news items, alone or in messages, with NITF or XHTML inside",
        sniff: newsml::sniff,
        read: newsml::read,
    },
    Format {
        name: "newsml1",
        help: "NewsML 1.0 to 1.2, with NITF, XHTML or plain text inside",
        sniff: newsml1::sniff,
        read: newsml1::read,
    },
    Format {
        name: "rcv1",
        help: "Reuters Corpus Volume 1 and 2: one <newsitem> a file",
        sniff: rcv1::sniff,
        read: rcv1::read,
    },
    Format {
        name: "wxr",
        help: "the export of WordPress (WXR): posts with their status and authors",
        sniff: feed::wxr::sniff,
        read: feed::wxr::read,
    },
    Format {
        name: "rss",
        help: "RSS 0.9 to 2.0 and RSS 1.0 (RDF): whole texts are articles, summaries are stubs",
        sniff: feed::rss::sniff,
        read: feed::rss::read,
    },
    Format {
        name: "atom",
        help: "Atom: whole texts are articles, summaries are stubs",
        sniff: feed::atom::sniff,
        read: feed::atom::read,
    },
    Format {
        name: "jsonfeed",
        help: "JSON Feed: whole texts are articles, summaries are stubs",
        sniff: feed::json::sniff,
        read: feed::json::read,
    },
    Format {
        name: "xml",
        help: "XML of an agency's or a system's own: names are recognised or mapped, as in JSON",
        sniff: fields::sniff,
        read: fields::read,
    },
    Format {
        name: "nexis",
        help: "downloads of Nexis and Nexis Uni as text or HTML: many articles in a file",
        sniff: nexis::sniff,
        read: nexis::read,
    },
    Format {
        name: "factiva",
        help: "downloads of Factiva as text or HTML, with field codes or without",
        sniff: factiva::sniff,
        read: factiva::read,
    },
    Format {
        name: "sentences",
        help: "text cut into numbered sentences, under a line of fields divided by ###",
        sniff: sentences::sniff,
        read: sentences::read,
    },
    Format {
        name: "lines",
        help: "plain text, one long article a line and no fields",
        sniff: lines::sniff,
        read: lines::read,
    },
    Format {
        name: "json",
        help: "JSON: an object, an array of objects, or an object that holds one; names are recognised or mapped",
        sniff: json::sniff,
        read: json::read,
    },
    Format {
        name: "jsonl",
        help: "JSON lines (NDJSON): one object a line",
        sniff: json::lines::sniff,
        read: json::lines::read,
    },
    Format {
        name: "csv",
        help: "CSV, TSV and their like: delimiter, quotes and header are told by evidence",
        sniff: delimited::sniff,
        read: delimited::read,
    },
    Format {
        name: "warc",
        help: "crawls of the web, WARC and ARC: one article for each page that a server answered with",
        sniff: warc::sniff,
        read: warc::read,
    },
    Format {
        name: "mets",
        help: "issues of scanned newspapers, METS: articles put together from the ALTO pages beside it",
        sniff: scan::sniff_issue,
        read: scan::read_issue,
    },
    Format {
        name: "alto",
        help: "pages of scanned newspapers, ALTO 1 to 4: one article a page where no METS says more",
        sniff: scan::sniff_page,
        read: scan::read_page,
    },
    Format {
        name: "abbyy",
        help: "pages of scanned newspapers, XML of ABBYY FineReader: one article a page",
        sniff: scan::sniff_abbyy,
        read: scan::read_abbyy,
    },
    Format {
        name: "clipping",
        help: "single articles of scanned newspapers: PrXML of Olive, article texts of the KB (Delpher)",
        sniff: scan::sniff_clipping,
        read: scan::read_clipping,
    },
    Format {
        name: "pdf",
        help: "PDF with text in it, also text under scanned pages: one article a file",
        sniff: pdf::sniff,
        read: pdf::read,
    },
    Format {
        name: "docx",
        help: "documents of Word and its like (DOCX): one article a file",
        sniff: docx::sniff,
        read: docx::read,
    },
    Format {
        name: "mail",
        help: "mail: a message (.eml) or a box of many (mbox), newsletters above all",
        sniff: mail::sniff,
        read: mail::read,
    },
    Format {
        name: "html",
        help: "a saved web page with one article: JSON-LD, metas, microdata, and what the page shows",
        sniff: html::sniff,
        read: html::read,
    },
    Format {
        name: "text",
        help: "plain text, one article a file: headline first, or a page copied as text",
        sniff: text::sniff,
        read: text::read,
    },
];

/// The format that is surest that the file is its own, and why.
pub fn sniff(head: &Head<'_>) -> Option<(&'static Format, Verdict)> {
    verdicts(head).fold(None, |best, next| match best {
        Some((_, verdict)) if verdict.sure >= next.1.sure => best,
        _ => Some(next),
    })
}

/// Every format that takes the file for its own, in the order of the table.
pub fn verdicts(head: &Head<'_>) -> impl Iterator<Item = (&'static Format, Verdict)> {
    FORMATS
        .iter()
        .map(|format| (format, (format.sniff)(head)))
        .filter(|(_, verdict)| verdict.sure > 0)
}

/// The format with this name.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_the_table_are_named_once_and_helped() {
        for format in FORMATS {
            assert!(!format.help.is_empty(), "{}", format.name);
            let same = FORMATS.iter().filter(|other| other.name == format.name);
            assert_eq!(same.count(), 1, "{}", format.name);
            assert!(by_name(format.name).is_some());
        }
        assert!(by_name("punched cards").is_none());
    }

    #[test]
    fn map_fields_stand_in_the_order_of_their_declaration() {
        for (at, (field, name)) in MAP_FIELDS.iter().enumerate() {
            assert_eq!(*field as usize, at);
            assert_eq!(MapField::by_name(name), Some(*field));
            assert_eq!(field.name(), *name);
        }
    }
}
