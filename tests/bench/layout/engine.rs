//! An opened index of any layout, and what an ask becomes in it: tantivy queries, or sets of documents.

use tantivy::query::{
    BooleanQuery, BoostQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::TokenStream;
use tantivy::{DateTime, DocAddress, DocId, Score, Searcher, SegmentReader, TantivyDocument, Term};

use crate::ask::Ask;
use crate::days::{DayRun, Started};
use crate::layout::{Article, Layout, STEM};
use crate::matches::Set;

type Boxed = Box<dyn Query>;

pub struct Engine {
    pub layout: Layout,
    pub searcher: Searcher,
    /// For each segment: how far its own average text length is from the whole index's, as a factor of at least 1.
    pub slack: Vec<Score>,
    decompress: Option<zstd::dict::DecoderDictionary<'static>>,
}

impl Engine {
    pub fn open(dir: &str) -> tantivy::Result<Engine> {
        let layout = Layout::open(dir)?;
        let searcher = layout.index.reader()?.searcher();
        let mut slack: Vec<Score> = vec![1.0; searcher.segment_readers().len()];
        for field in [layout.fields.text, layout.fields.headline]
            .into_iter()
            .flatten()
        {
            let count = |r: &SegmentReader| {
                Ok::<_, tantivy::TantivyError>(r.inverted_index(field)?.total_num_tokens())
            };
            let tokens = searcher
                .segment_readers()
                .iter()
                .map(count)
                .collect::<Result<Vec<_>, _>>()?;
            let docs: u64 = searcher
                .segment_readers()
                .iter()
                .map(|r| u64::from(r.max_doc()))
                .sum();
            let all = tokens.iter().sum::<u64>() as Score / docs as Score;
            for ((reader, tokens), slack) in searcher
                .segment_readers()
                .iter()
                .zip(tokens)
                .zip(&mut slack)
            {
                let own = tokens as Score / reader.max_doc() as Score;
                *slack = Score::max(*slack, Score::max(own / all, all / own));
            }
        }
        // To see what more slack would cost.
        if let Some(forced) = std::env::var("SLACK").ok().and_then(|s| s.parse().ok()) {
            slack.fill(forced);
        } else if std::env::var("SHOW_SLACK").is_ok() {
            eprintln!("{dir}: slack by segment {slack:?}");
        }
        let decompress = (!layout.dictionary.is_empty())
            .then(|| zstd::dict::DecoderDictionary::copy(&layout.dictionary));
        Ok(Engine {
            layout,
            searcher,
            slack,
            decompress,
        })
    }

    pub fn fetch(&self, at: DocAddress) -> tantivy::Result<Article> {
        use tantivy::schema::Value as _;
        let document: TantivyDocument = self.searcher.doc(at)?;
        let Some((dictionary, blob)) = self.decompress.as_ref().zip(self.layout.fields.blob) else {
            return Ok(self.layout.article(&document));
        };
        let packed = document
            .get_first(blob)
            .and_then(|v| v.as_bytes())
            .unwrap_or_default();
        let mut decoder = zstd::bulk::Decompressor::with_prepared_dictionary(dictionary)?;
        let size = zstd::bulk::Decompressor::upper_bound(packed).unwrap_or(1 << 24);
        Ok(serde_json::from_slice(&decoder.decompress(packed, size)?).expect("an article"))
    }

    /// What tells a document across layouts: its instant (near enough unique in this corpus).
    pub fn key(&self, at: DocAddress) -> i64 {
        let fast = self.searcher.segment_reader(at.segment_ord).fast_fields();
        match self.layout.fields.date {
            Some(_) => fast
                .date("date")
                .ok()
                .and_then(|c| c.first(at.doc_id))
                .map_or(0, DateTime::into_timestamp_secs),
            None => fast
                .i64("instant")
                .ok()
                .and_then(|c| c.first(at.doc_id))
                .unwrap_or(0),
        }
    }

    // ---- from an ask to queries ----

    /// The terms of a text in a field, one a position: exact forms, or stems where a position has one.
    pub fn tokens(&self, field: Field, text: &str, exact: bool) -> Vec<String> {
        let mut analyzer = self
            .layout
            .index
            .tokenizer_for_field(field)
            .expect("an analyzer");
        let mut tokens: Vec<(usize, String)> = vec![];
        analyzer.token_stream(text).process(&mut |t| {
            let stem = t.text.starts_with(STEM);
            match tokens.last_mut() {
                Some(last) if last.0 == t.position => {
                    if stem && !exact {
                        last.1.clone_from(&t.text);
                    }
                }
                _ => tokens.push((t.position, t.text.clone())),
            }
        });
        tokens.into_iter().map(|t| t.1).collect()
    }

    pub fn of_tokens(field: Field, tokens: &[String]) -> Boxed {
        let terms: Vec<Term> = tokens
            .iter()
            .map(|t| Term::from_field_text(field, t))
            .collect();
        match &terms[..] {
            [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        }
    }

    /// A bare word (its inflections) or, when `exact`, a quoted phrase, in one field.
    pub fn word_in(&self, field: Field, text: &str, exact: bool) -> Boxed {
        Self::of_tokens(field, &self.tokens(field, text, exact))
    }

    pub fn fields(&self, headline: bool, exact: bool) -> Vec<Field> {
        let f = &self.layout.fields;
        let text = if exact { f.exact.or(f.text) } else { f.text };
        match (headline, f.date.is_some()) {
            (true, _) => f.headline.into_iter().collect(),
            (_, true) => f.headline.into_iter().chain(f.text).collect(),
            _ => text.into_iter().collect(),
        }
    }

    pub fn any(mut queries: Vec<Boxed>) -> Boxed {
        if queries.len() == 1 {
            queries.remove(0)
        } else {
            Box::new(BooleanQuery::union(queries))
        }
    }

    pub fn word(&self, text: &str, headline: bool, exact: bool) -> Boxed {
        Self::any(
            self.fields(headline, exact)
                .into_iter()
                .map(|f| self.word_in(f, text, exact))
                .collect(),
        )
    }

    /// The scored part. `from`: where the postings of each segment are to start.
    pub fn scored(&self, ask: &Ask, from: Option<&[DocId]>) -> Boxed {
        let start = |q: Boxed| match from {
            Some(from) => Box::new(Started {
                inner: q,
                from: from.to_vec(),
                order: self.order(),
            }) as Boxed,
            None => q,
        };
        if let Some(phrase) = &ask.phrase {
            return start(self.word(phrase, ask.headline, true));
        }
        if let Some(prefix) = &ask.prefix {
            let fields = self.fields(ask.headline, true);
            let regex = |f| {
                Box::new(RegexQuery::from_pattern(&format!("{prefix}.*"), f).expect("a pattern"))
                    as Boxed
            };
            return Self::any(fields.into_iter().map(regex).collect());
        }
        let mut clauses = vec![];
        for word in &ask.words {
            if ask.and {
                clauses.push((Occur::Must, start(self.word(word, ask.headline, false))));
            } else {
                for field in self.fields(ask.headline, false) {
                    clauses.push((Occur::Should, start(self.word_in(field, word, false))));
                }
            }
        }
        if clauses.len() == 1 {
            // A lone clause of a boolean query is not pruned (tantivy makes it a Must): the term itself is; and where a
            // wrapper hides the term, a second clause that matches nothing keeps it a union.
            if from.is_none() {
                return clauses.remove(0).1;
            }
            clauses[0].0 = Occur::Should;
            clauses.push((Occur::Should, Box::new(EmptyQuery)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    pub fn order(&self) -> Vec<tantivy::index::SegmentId> {
        self.searcher
            .segment_readers()
            .iter()
            .map(SegmentReader::segment_id)
            .collect()
    }

    pub fn days(&self, (from, to): (i64, i64), sorted: bool) -> Boxed {
        use std::ops::Bound::{Excluded, Included};
        if sorted {
            return Box::new(DayRun { from, to });
        }
        let term = |day: i64| match self.layout.fields.date {
            Some(date) => Term::from_field_date(date, DateTime::from_timestamp_secs(day * 86_400)),
            None => Term::from_field_i64(self.layout.fields.day.expect("a day field"), day),
        };
        Box::new(RangeQuery::new(Included(term(from)), Excluded(term(to))))
    }

    pub fn place(&self, place: &str) -> Boxed {
        let term = Term::from_field_text(self.layout.fields.places, place);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// Words and filters in one boolean query.
    pub fn full(&self, ask: &Ask, sorted: bool) -> Boxed {
        let mut clauses = vec![];
        for word in &ask.not {
            clauses.push((Occur::MustNot, self.word(word, ask.headline, false)));
        }
        let mut filters = vec![];
        filters.extend(ask.days.map(|days| self.days(days, sorted)));
        filters.extend(ask.place.as_deref().map(|p| self.place(p)));
        clauses.extend(
            filters
                .into_iter()
                .map(|f| (Occur::Must, Box::new(BoostQuery::new(f, 0.0)) as Boxed)),
        );
        let scored = self.scored(ask, None);
        if clauses.is_empty() {
            return scored;
        }
        clauses.insert(0, (Occur::Must, scored));
        Box::new(BooleanQuery::new(clauses))
    }

    // ---- the matches of a segment as bits ----

    pub fn terms(&self, text: &str, headline: bool) -> Set {
        let field_sets = self.fields(headline, false).into_iter().map(|f| {
            match &self.tokens(f, text, false)[..] {
                [one] => Set::Term(Term::from_field_text(f, one)),
                more => Set::Query(Self::of_tokens(f, more)),
            }
        });
        Set::Or(field_sets.collect())
    }

    pub fn set(&self, ask: &Ask) -> Set {
        let mut all = vec![];
        if ask.phrase.is_some() || ask.prefix.is_some() {
            all.push(Set::Query(self.scored(ask, None)));
        }
        let words = ask.words.iter().map(|w| self.terms(w, ask.headline));
        if ask.and {
            all.extend(words);
        } else if !ask.words.is_empty() {
            all.push(Set::Or(words.collect()));
        }
        if let Some(place) = &ask.place {
            all.push(Set::Term(Term::from_field_text(
                self.layout.fields.places,
                place,
            )));
        }
        all.extend(
            ask.not
                .iter()
                .map(|w| Set::Not(Box::new(self.terms(w, ask.headline)))),
        );
        if let Some(days) = ask.days {
            all.push(if self.layout.options.sort {
                Set::Days(days)
            } else {
                Set::Query(self.days(days, false))
            });
        }
        if all.len() == 1 {
            all.remove(0)
        } else {
            Set::And(all)
        }
    }
}
