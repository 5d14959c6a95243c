//! The layouts under test: schema, analyzers, and the way an article becomes a tantivy document.
//!
//! Text: t0 headline and body, stems only (the raw reference) · t1 one field · t2 headline tokens three times · t3 and
//! exact forms in the same field · t4 exact in a field of its own, two passes · t5 the same from one pass · t6 as t4,
//! but stems have no positions · t7 as t3, words that do not inflect only once · none.
//! Store: fields (each field, LZ4 16K, the raw reference) · lz4:N, zstd:N (one JSON, blocks of N KiB) · dict (one JSON,
//! compressed by us with a trained dictionary) · none.

use std::io::{BufRead, BufReader};

use serde::{Deserialize, Serialize};
use tantivy::schema::document::CompactDocValue;
use tantivy::schema::{
    DateOptions, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{PreTokenizedString, TextAnalyzer, TokenStream, Tokenizer};
use tantivy::{DateTime, Index, IndexSettings, IndexSortByField, Order, TantivyDocument};

use crate::words::{Emit, PART, Words};

/// Written before a stem where stems and exact forms share a field.
pub const STEM: &str = "\u{1}en:";

#[derive(Serialize, Deserialize, Clone)]
pub struct Options {
    pub text: String,
    pub store: String,
    pub sort: bool,
    pub cache: bool,
    /// Parse into a `serde_json::Value`, as the raw reference does.
    pub value: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            text: "t3".into(),
            store: "lz4:16".into(),
            sort: false,
            cache: true,
            value: false,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub struct Article {
    pub id: String,
    pub headline: String,
    pub byline: String,
    pub date: String,
    pub places: Vec<String>,
    pub topics: Vec<String>,
    pub dateline: String,
    pub body: String,
}

/// The fields of every layout; those a layout lacks are None.
pub struct Fields {
    pub id: Field,
    pub headline: Option<Field>,
    /// The body alone (t0), or headline and body together; stems, or stems and exact forms (t3).
    pub text: Option<Field>,
    pub exact: Option<Field>,
    pub byline: Field,
    pub date: Option<Field>,
    pub day: Option<Field>,
    pub instant: Option<Field>,
    pub month: Field,
    pub places: Field,
    pub topics: Field,
    pub dateline: Option<Field>,
    pub blob: Option<Field>,
}

pub struct Layout {
    pub index: Index,
    pub options: Options,
    pub fields: Fields,
    compressor: Option<zstd::bulk::Compressor<'static>>,
    pub dictionary: Vec<u8>,
    split: Words,
}

fn text(tokenizer: &str, positions: bool, stored: bool) -> TextOptions {
    let record = if positions {
        IndexRecordOption::WithFreqsAndPositions
    } else {
        IndexRecordOption::WithFreqs
    };
    let options = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(record),
    );
    if stored {
        options.set_stored()
    } else {
        options
    }
}

impl Layout {
    fn schema(options: &Options) -> (Schema, Fields) {
        let (t, apart) = (options.text.as_str(), options.store == "fields");
        let mut b = SchemaBuilder::new();
        let keep = |o: TextOptions| if apart { o | STORED } else { o };
        let number = || NumericOptions::default().set_fast();
        let raw = t == "t0";
        let fields = Fields {
            id: b.add_text_field("id", keep(STRING)),
            headline: (t != "none").then(|| {
                b.add_text_field(
                    "headline",
                    text(if raw { "en_stem" } else { "headline" }, true, apart),
                )
            }),
            text: match t {
                "t0" => Some(b.add_text_field("body", text("en_stem", true, apart))),
                "none" => None,
                _ => Some(b.add_text_field("text", text("text", t != "t6", false))),
            },
            exact: matches!(t, "t4" | "t5" | "t6")
                .then(|| b.add_text_field("exact", text("exact", true, false))),
            byline: b.add_text_field("byline", keep(STRING).set_fast("raw")),
            date: raw.then(|| {
                let o = DateOptions::default().set_indexed().set_fast();
                b.add_date_field("date", if apart { o.set_stored() } else { o })
            }),
            day: (!raw).then(|| b.add_i64_field("day", number())),
            instant: (!raw).then(|| b.add_i64_field("instant", number())),
            month: b.add_u64_field("month", number()),
            places: b.add_text_field("places", keep(STRING).set_fast("raw")),
            topics: b.add_text_field("topics", keep(STRING).set_fast("raw")),
            dateline: apart.then(|| b.add_text_field("dateline", STORED)),
            blob: (!apart && options.store != "none").then(|| b.add_bytes_field("article", STORED)),
        };
        (b.build(), fields)
    }

    fn settings(options: &Options) -> IndexSettings {
        let (kind, kib) = options
            .store
            .split_once(':')
            .unwrap_or((&options.store, "16"));
        let by_day = IndexSortByField {
            field: "day".into(),
            order: Order::Desc,
        };
        IndexSettings {
            sort_by_field: options.sort.then_some(by_day),
            docstore_compression: match kind {
                "fields" | "lz4" => Compressor::Lz4,
                "zstd" => Compressor::Zstd(ZstdCompressor {
                    compression_level: None,
                }),
                _ => Compressor::None,
            },
            docstore_blocksize: kib.parse::<usize>().expect("KiB") << 10,
            ..IndexSettings::default()
        }
    }

    /// What each analyzer of the layout emits.
    fn emit(options: &Options, analyzer: &str) -> Emit {
        let t = options.text.as_str();
        let both = matches!(t, "t3" | "t7");
        Emit {
            exact: both || analyzer == "exact",
            stem: both || analyzer != "exact",
            prefix: if both { STEM } else { "" },
            headline: if t == "t1" || (t == "t6" && analyzer == "exact") {
                1
            } else {
                3
            },
            cached: options.cache,
            shared: t == "t7",
        }
    }

    fn register(index: &Index, options: &Options) {
        index
            .tokenizers()
            .register("en_stem", crate::stems::stems());
        for name in ["text", "exact", "headline"] {
            let words = Words::new(Self::emit(options, name));
            index
                .tokenizers()
                .register(name, TextAnalyzer::builder(words).build());
        }
    }

    /// An empty index in `dir`; a dictionary is trained on the first 5,000 articles of `sample`.
    pub fn create(dir: &str, options: Options, sample: &str) -> tantivy::Result<Layout> {
        let (schema, _) = Self::schema(&options);
        Index::builder()
            .schema(schema)
            .settings(Self::settings(&options))
            .create_in_dir(dir)?;
        if options.store == "dict" {
            let start = crate::clock::process_seconds()?;
            let lines = BufReader::new(std::fs::File::open(sample)?)
                .lines()
                .take(5000)
                .collect::<Result<Vec<_>, _>>()?;
            let size = std::env::var("DICT_KB")
                .ok()
                .and_then(|k| k.parse::<usize>().ok())
                .unwrap_or(112)
                << 10;
            std::fs::write(
                format!("{dir}/dictionary"),
                zstd::dict::from_samples(&lines, size)?,
            )?;
            eprintln!(
                "dictionary trained in {:.2} CPU s",
                crate::clock::process_seconds()? - start
            );
        }
        std::fs::write(
            format!("{dir}/options.json"),
            serde_json::to_vec(&options).expect("JSON"),
        )?;
        Self::open_with(dir, true)
    }

    /// For reading: analyzers without a stem cache, which would be copied for every query word.
    pub fn open(dir: &str) -> tantivy::Result<Layout> {
        Self::open_with(dir, false)
    }

    fn open_with(dir: &str, cache: bool) -> tantivy::Result<Layout> {
        let mut options: Options =
            serde_json::from_slice(&std::fs::read(format!("{dir}/options.json"))?)
                .expect("options");
        options.cache &= cache;
        let index = Index::open_in_dir(dir)?;
        Self::register(&index, &options);
        let (_, fields) = Self::schema(&options);
        let dictionary = std::fs::read(format!("{dir}/dictionary")).unwrap_or_default();
        let level = std::env::var("LEVEL")
            .ok()
            .and_then(|l| l.parse().ok())
            .unwrap_or(3);
        let compressor = match dictionary.is_empty() {
            true => None,
            false => Some(zstd::bulk::Compressor::with_dictionary(level, &dictionary)?),
        };
        let split = Words::new(Emit {
            exact: true,
            stem: true,
            prefix: STEM,
            headline: 3,
            cached: options.cache,
            shared: false,
        });
        Ok(Layout {
            index,
            options,
            fields,
            compressor,
            dictionary,
            split,
        })
    }

    pub fn document(&mut self, line: &str) -> TantivyDocument {
        let article: Article = serde_json::from_str(line).expect("an article");
        self.document_of(&article)
    }

    /// As the raw reference reads a line: by way of a `Value`.
    pub fn document_of_value(&mut self, line: &str) -> TantivyDocument {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let article: Article = Article::deserialize(&value).expect("an article");
        self.document_of(&article)
    }

    fn document_of(&mut self, a: &Article) -> TantivyDocument {
        let mut d = TantivyDocument::default();
        let seconds = seconds(&a.date);
        d.add_text(self.fields.id, &a.id);
        d.add_text(self.fields.byline, &a.byline);
        self.add_text(&mut d, a);
        if let Some(date) = self.fields.date {
            d.add_date(date, DateTime::from_timestamp_secs(seconds));
        }
        if let (Some(day), Some(instant)) = (self.fields.day, self.fields.instant) {
            d.add_i64(day, seconds.div_euclid(86_400));
            d.add_i64(instant, seconds);
        }
        d.add_u64(
            self.fields.month,
            digits(&a.date, 0, 4) as u64 * 100 + digits(&a.date, 5, 7) as u64,
        );
        for place in &a.places {
            d.add_text(self.fields.places, place);
        }
        for topic in &a.topics {
            d.add_text(self.fields.topics, topic);
        }
        if let Some(dateline) = self.fields.dateline {
            d.add_text(dateline, &a.dateline);
        }
        if let Some(blob) = self.fields.blob {
            let json = serde_json::to_vec(a).expect("JSON");
            match &mut self.compressor {
                Some(c) => d.add_bytes(blob, &c.compress(&json).expect("zstd")),
                None => d.add_bytes(blob, &json),
            }
        }
        d
    }

    fn add_text(&mut self, d: &mut TantivyDocument, a: &Article) {
        let (Some(headline), Some(text)) = (self.fields.headline, self.fields.text) else {
            return;
        };
        d.add_text(headline, &a.headline);
        if self.options.text == "t0" {
            d.add_text(text, &a.body);
            return;
        }
        let all = format!("{}{PART}{PART}{}", a.headline, a.body);
        let Some(exact) = self.fields.exact else {
            d.add_text(text, &all);
            return;
        };
        if self.options.text != "t5" {
            d.add_text(text, &all);
            d.add_text(exact, &all);
            return;
        }
        let (mut exacts, mut stems) = (vec![], vec![]);
        self.split.token_stream(&all).process(&mut |token| {
            let mut token = token.clone();
            match token.text.strip_prefix(STEM) {
                Some(stem) => {
                    token.text = stem.to_string();
                    stems.push(token);
                }
                None => exacts.push(token),
            }
        });
        d.add_pre_tokenized_text(
            text,
            PreTokenizedString {
                text: String::new(),
                tokens: stems,
            },
        );
        d.add_pre_tokenized_text(
            exact,
            PreTokenizedString {
                text: String::new(),
                tokens: exacts,
            },
        );
    }

    /// The stored article of a fetched document.
    pub fn article(&self, d: &TantivyDocument) -> Article {
        let f = &self.fields;
        let Some(blob) = f.blob else {
            return self.article_of_fields(d);
        };
        let bytes = d
            .get_first(blob)
            .and_then(|v| v.as_bytes())
            .unwrap_or_default();
        serde_json::from_slice(bytes).expect("an article")
    }

    fn article_of_fields(&self, d: &TantivyDocument) -> Article {
        let f = &self.fields;
        let text = |v: CompactDocValue| v.as_str().unwrap_or_default().to_string();
        let one = |field: Option<Field>| {
            field
                .and_then(|x| d.get_first(x))
                .map(text)
                .unwrap_or_default()
        };
        let all = |field| d.get_all(field).map(text).collect();
        Article {
            id: one(Some(f.id)),
            headline: one(f.headline),
            byline: one(Some(f.byline)),
            date: String::new(),
            places: all(f.places),
            topics: all(f.topics),
            dateline: one(f.dateline),
            body: one(f.text),
        }
    }
}

fn digits(s: &str, from: usize, to: usize) -> i64 {
    s.get(from..to).and_then(|d| d.parse().ok()).unwrap_or(0)
}

/// Seconds since 1970 of `YYYY-MM-DD[Thh:mm:ssZ]` (days from civil, Howard Hinnant).
pub fn seconds(date: &str) -> i64 {
    let (year, month, day) = (digits(date, 0, 4), digits(date, 5, 7), digits(date, 8, 10));
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days * 86_400 + digits(date, 11, 13) * 3600 + digits(date, 14, 16) * 60 + digits(date, 17, 19)
}
