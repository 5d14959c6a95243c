//! The reference: tantivy with nothing around it, used as its documentation shows. Stems of the headline and of the body
//! in a field each, with positions; every field stored; date, places and byline in columns; ten hits by score, each with a
//! snippet of the body. It counts matches only when asked to.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::ops::Bound;
use std::path::{Path, PathBuf};

use chrono::{DateTime as Instant, Datelike, NaiveDate, Utc};
use serde::Deserialize;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery};
use tantivy::schema::{
    DateOptions, FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema,
    TextFieldIndexing, TextOptions, Value,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenStream;
use tantivy::{
    DateTime, DocAddress, Index, IndexWriter, Order, Searcher, TantivyDocument, TantivyError, Term,
};

use crate::ask::{Ask, Op};
use crate::stems::stems;

type Result<T> = tantivy::Result<T>;
type AnyQuery = Box<dyn Query>;

/// How long a snippet is at most, in characters.
const SNIPPET: usize = 150;
/// How many hits are asked for.
const HITS: usize = 10;

/// An article of the JSON Lines files.
#[derive(Deserialize)]
struct Line {
    id: String,
    headline: String,
    byline: String,
    date: String,
    places: Vec<String>,
    topics: Vec<String>,
    dateline: String,
    body: String,
}

struct Fields {
    id: Field,
    headline: Field,
    body: Field,
    byline: Field,
    date: Field,
    month: Field,
    places: Field,
    topics: Field,
    dateline: Field,
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = TextOptions::default().set_stored().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("stems")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        id: schema.add_text_field("id", STRING | STORED),
        headline: schema.add_text_field("headline", text.clone()),
        body: schema.add_text_field("body", text),
        byline: schema.add_text_field("byline", STRING | STORED | FAST),
        date: schema.add_date_field("date", DateOptions::from(INDEXED | STORED | FAST)),
        month: schema.add_u64_field("month", FAST),
        places: schema.add_text_field("places", STRING | STORED | FAST),
        topics: schema.add_text_field("topics", STRING | STORED | FAST),
        dateline: schema.add_text_field("dateline", STORED),
    };
    (schema.build(), fields)
}

/// The index and how it is asked.
pub(crate) struct Bare {
    index: Index,
    searcher: Searcher,
    fields: Fields,
}

impl Bare {
    /// Makes the index of the articles in `files`, and returns how many there are.
    pub(crate) fn build(
        dir: &Path,
        files: &[PathBuf],
        threads: usize,
        memory: usize,
    ) -> Result<u64> {
        std::fs::create_dir_all(dir)?;
        let (schema, fields) = schema();
        let index = Index::create_in_dir(dir, schema)?;
        index.tokenizers().register("stems", stems());
        let mut writer: IndexWriter = index.writer_with_num_threads(threads, memory)?;
        let mut articles = 0;
        for file in files {
            for line in BufReader::with_capacity(1 << 20, File::open(file)?).lines() {
                let line: Line = serde_json::from_str(&line?).map_err(std::io::Error::from)?;
                writer.add_document(fields.document(&line))?;
                articles += 1;
            }
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(articles)
    }

    /// Opens the index in `dir`.
    pub(crate) fn open(dir: &Path) -> Result<Bare> {
        let index = Index::open_in_dir(dir)?;
        index.tokenizers().register("stems", stems());
        let searcher = index.reader()?.searcher();
        let (_, fields) = schema();
        Ok(Bare {
            index,
            searcher,
            fields,
        })
    }

    /// The ten hits with their headlines and snippets, and the exact number of matches when it is asked for.
    pub(crate) fn ask(&self, ask: &Ask, count: bool) -> Result<(Vec<String>, Option<usize>)> {
        let query = self.query(ask)?;
        let (addresses, total) = self.top(ask, &*query, count)?;
        let mut snippets = SnippetGenerator::create(&self.searcher, &*query, self.fields.body)?;
        snippets.set_max_num_chars(SNIPPET);
        let mut hits = Vec::with_capacity(HITS);
        for address in addresses {
            let document: TantivyDocument = self.searcher.doc(address)?;
            let headline = document.get_first(self.fields.headline);
            let headline = headline
                .and_then(|value| value.as_str())
                .unwrap_or_default();
            let snippet = snippets.snippet_from_doc(&document).to_html();
            hits.push(format!("{headline}\n{snippet}"));
        }
        Ok((hits, total))
    }

    fn top(
        &self,
        ask: &Ask,
        query: &dyn Query,
        count: bool,
    ) -> Result<(Vec<DocAddress>, Option<usize>)> {
        let best = TopDocs::with_limit(HITS).order_by_score();
        let counted = if ask.facet.is_some() {
            r#"{"counts": {"terms": {"field": "places", "size": 10}}}"#
        } else if ask.hist.is_some() {
            r#"{"counts": {"terms": {"field": "month", "size": 1000}}}"#
        } else if ask.sort.is_some() {
            let newest =
                TopDocs::with_limit(HITS).order_by_fast_field::<DateTime>("date", Order::Desc);
            return self.collect(query, newest, count);
        } else {
            return self.collect(query, best, count);
        };
        let counted = serde_json::from_str(counted).map_err(std::io::Error::from)?;
        let counts = AggregationCollector::from_aggs(counted, AggContextParams::default());
        let (hits, total, counts) = self.searcher.search(query, &(best, Count, counts))?;
        std::hint::black_box(counts);
        Ok((hits.into_iter().map(|hit| hit.1).collect(), Some(total)))
    }

    fn collect<C, S>(
        &self,
        query: &dyn Query,
        top: C,
        count: bool,
    ) -> Result<(Vec<DocAddress>, Option<usize>)>
    where
        C: tantivy::collector::Collector<Fruit = Vec<(S, DocAddress)>>,
        S: Send + 'static,
    {
        let (hits, total) = if count {
            let (hits, total) = self.searcher.search(query, &(top, Count))?;
            (hits, Some(total))
        } else {
            (self.searcher.search(query, &top)?, None)
        };
        Ok((hits.into_iter().map(|hit| hit.1).collect(), total))
    }

    fn query(&self, ask: &Ask) -> Result<AnyQuery> {
        let text = if ask.in_headline() {
            vec![self.fields.headline]
        } else {
            vec![self.fields.headline, self.fields.body]
        };
        let in_text = |words: &str| -> Result<AnyQuery> {
            let stems = self.stems(words)?;
            Ok(any(text
                .iter()
                .map(|field| of_stems(*field, &stems))
                .collect()))
        };
        let words = if let Some(phrase) = &ask.phrase {
            in_text(phrase)?
        } else if let Some(prefix) = &ask.prefix {
            let pattern = format!("{prefix}.*");
            let begins = |field: &Field| {
                RegexQuery::from_pattern(&pattern, *field).map(|query| Box::new(query) as AnyQuery)
            };
            any(text.iter().map(begins).collect::<Result<_>>()?)
        } else {
            let words = ask.terms.iter().map(|word| in_text(word));
            let words = words.collect::<Result<Vec<_>>>()?;
            match ask.op {
                Op::And => Box::new(BooleanQuery::intersection(words)),
                Op::Or => any(words),
            }
        };
        let mut clauses = vec![(Occur::Must, words)];
        for word in &ask.not {
            clauses.push((Occur::MustNot, in_text(word)?));
        }
        if let (Some(from), Some(until)) = (ask.from, ask.until) {
            let term = |day| Term::from_field_date(self.fields.date, midnight(day));
            let days = RangeQuery::new(Bound::Included(term(from)), Bound::Excluded(term(until)));
            clauses.push((Occur::Must, Box::new(days)));
        }
        if let Some(place) = &ask.place {
            let place = Term::from_field_text(self.fields.places, place);
            let place = TermQuery::new(place, IndexRecordOption::Basic);
            clauses.push((Occur::Must, Box::new(place)));
        }
        Ok(match clauses.len() {
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        })
    }

    fn stems(&self, words: &str) -> Result<Vec<String>> {
        let analyzer = self.index.tokenizers().get("stems");
        let mut analyzer =
            analyzer.ok_or_else(|| TantivyError::SystemError("no analyzer".into()))?;
        let mut stems = Vec::new();
        analyzer
            .token_stream(words)
            .process(&mut |token| stems.push(token.text.clone()));
        Ok(stems)
    }
}

impl Fields {
    fn document(&self, line: &Line) -> TantivyDocument {
        let mut document = TantivyDocument::default();
        document.add_text(self.id, &line.id);
        document.add_text(self.headline, &line.headline);
        document.add_text(self.body, &line.body);
        document.add_text(self.byline, &line.byline);
        if let Ok(instant) = line.date.parse::<Instant<Utc>>() {
            document.add_date(
                self.date,
                DateTime::from_timestamp_secs(instant.timestamp()),
            );
            let year = u64::try_from(instant.year()).unwrap_or_default();
            document.add_u64(self.month, year * 100 + u64::from(instant.month()));
        }
        for place in &line.places {
            document.add_text(self.places, place);
        }
        for topic in &line.topics {
            document.add_text(self.topics, topic);
        }
        document.add_text(self.dateline, &line.dateline);
        document
    }
}

fn any(mut queries: Vec<AnyQuery>) -> AnyQuery {
    match queries.len() {
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn of_stems(field: Field, stems: &[String]) -> AnyQuery {
    let terms = stems.iter().map(|stem| Term::from_field_text(field, stem));
    match stems {
        [stem] => Box::new(TermQuery::new(
            Term::from_field_text(field, stem),
            IndexRecordOption::WithFreqs,
        )),
        _ => Box::new(PhraseQuery::new(terms.collect())),
    }
}

fn midnight(day: NaiveDate) -> DateTime {
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc();
    DateTime::from_timestamp_secs(midnight.timestamp())
}
