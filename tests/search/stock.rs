//! What tantivy's own query parser and snippets do with what people type, and what morgue does. Both sides are asserted over the
//! same texts, so that neither the trap nor the way round it is hearsay. tantivy 0.27; morgue uses neither of the two.

use std::sync::LazyLock;

use morgue::Article;
use morgue::search::{Hit, Snippet};
use tantivy::collector::DocSetCollector;
use tantivy::query::{Query, QueryParser, RegexQuery};
use tantivy::schema::{DateOptions, Field, STORED, STRING, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::time::format_description::well_known::Rfc3339;
use tantivy::{DateTime, Index, Searcher, TantivyDocument};

use super::request;
use crate::archives::{TempArchive, archive_of, article, dated};

/// Id, headline, body, date.
const TEXTS: &[(&str, &str, &str, &str)] = &[
    (
        "big",
        "A visitor",
        "The big bad wolf came to town. The mayor had a bad day, and a wolf is no help.",
        "1905-03-01",
    ),
    (
        "both",
        "Weather",
        "The wolf sat in the storm.",
        "2024-05-01",
    ),
    ("storm", "Storm", "A storm and its rain.", "2024-06-01"),
    (
        "wolff",
        "Mr Wolff speaks",
        "He spoke of rain.",
        "1850-06-01",
    ),
    (
        "trump",
        "Trump's visit",
        "Mr O'Brien met him.",
        "2017-02-03",
    ),
    (
        "covid",
        "Covid: what next",
        "What next, asks the mayor.",
        "2021-02-03",
    ),
    ("gazette", "Advice", "Ships are in.", "1603-03-24"),
    (
        "волк",
        "Волк",
        "Волк пришёл в город и сел у ворот, а город спал и видел сны о море, о кораблях и о волке у ворот.",
        "2020-01-01",
    ),
];

/// The texts in a plain index of tantivy's.
struct Stock {
    index: Index,
    searcher: Searcher,
    id: Field,
    body: Field,
    defaults: Vec<Field>,
}

static STOCK: LazyLock<Stock> = LazyLock::new(|| {
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let title = schema.add_text_field("title", TEXT | STORED);
    let body = schema.add_text_field("body", TEXT | STORED);
    let options = DateOptions::default().set_indexed().set_stored().set_fast();
    let date = schema.add_date_field("date", options);
    let index = Index::create_in_ram(schema.build());
    let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
    for (name, headline, text, day) in TEXTS {
        let mut document = TantivyDocument::new();
        document.add_text(id, name);
        document.add_text(title, headline);
        document.add_text(body, text);
        let instant = tantivy::time::OffsetDateTime::parse(&format!("{day}T12:00:00Z"), &Rfc3339);
        document.add_date(date, DateTime::from_utc(instant.unwrap()));
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    let searcher = index.reader().unwrap().searcher();
    Stock {
        index,
        searcher,
        id,
        body,
        defaults: vec![title, body],
    }
});

impl Stock {
    fn parser(&self) -> QueryParser {
        QueryParser::for_index(&self.index, self.defaults.clone())
    }

    fn ids(&self, query: &dyn Query) -> Result<Vec<String>, String> {
        let found = self
            .searcher
            .search(query, &DocSetCollector)
            .map_err(|error| error.to_string())?;
        let mut ids: Vec<String> = found
            .into_iter()
            .map(|address| {
                let document: TantivyDocument = self.searcher.doc(address).unwrap();
                document
                    .get_first(self.id)
                    .and_then(|id| id.as_str())
                    .unwrap()
                    .to_owned()
            })
            .collect();
        ids.sort_unstable();
        Ok(ids)
    }

    /// What the strict parser makes of a query: the ids that it finds, or the error.
    fn strict(&self, query: &str) -> Result<Vec<String>, String> {
        let query = self
            .parser()
            .parse_query(query)
            .map_err(|error| error.to_string())?;
        self.ids(&query)
    }

    /// What the lenient parser finds, and how many errors it tells.
    fn lenient(&self, query: &str) -> (Vec<String>, usize) {
        let (query, errors) = self.parser().parse_query_lenient(query);
        (self.ids(&query).unwrap(), errors.len())
    }

    /// The snippet of an article's body for a query.
    fn snippet(&self, query: &dyn Query, name: &str, most: usize) -> tantivy::snippet::Snippet {
        let mut generator = SnippetGenerator::create(&self.searcher, query, self.body).unwrap();
        generator.set_max_num_chars(most);
        let text = TEXTS.iter().find(|text| text.0 == name).unwrap().2;
        generator.snippet(text)
    }

    fn parsed(&self, query: &str) -> Box<dyn Query> {
        self.parser().parse_query(query).unwrap()
    }
}

static MORGUE: LazyLock<TempArchive> = LazyLock::new(|| {
    let articles: Vec<Article> = TEXTS
        .iter()
        .map(|(id, headline, body, date)| dated(article(id, headline, body), date))
        .collect();
    archive_of(&articles)
});

/// The ids that morgue finds.
fn found(query: &str) -> Vec<String> {
    let mut ids: Vec<String> = hits(query).into_iter().map(|hit| hit.id).collect();
    ids.sort_unstable();
    ids
}

fn hits(query: &str) -> Vec<Hit> {
    MORGUE.search(&request(query)).unwrap().hits
}

/// The error of morgue, with its hint.
fn refused(query: &str) -> String {
    let error = MORGUE.search(&request(query)).unwrap_err();
    format!("{error}; {}", error.hint().unwrap_or_default())
}

fn warnings(query: &str) -> Vec<String> {
    let told = MORGUE.search(&request(query)).unwrap().query.warnings;
    told.into_iter().map(|warning| warning.message).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn wildcards_are_wildcards() {
    assert_eq!(
        STOCK.strict("wol*").unwrap(),
        NONE,
        "the term `wol`, and no error"
    );
    assert_eq!(STOCK.lenient("wol*"), (vec![], 0));
    assert_eq!(found("wol*"), ["big", "both", "wolff"]);
    assert_eq!(STOCK.strict("w?lf").unwrap(), NONE, "the phrase `w lf`");
    assert_eq!(found("w?lf"), ["big", "both"]);
}

#[test]
fn a_fuzzy_word_is_fuzzy() {
    assert_eq!(STOCK.strict("wolf~1").unwrap(), NONE, "the phrase `wolf 1`");
    assert_eq!(found("wolf~1"), ["big", "both", "wolff"]);
}

#[test]
fn an_exclamation_mark_negates() {
    assert_eq!(
        STOCK.strict("!wolf").unwrap(),
        ["big", "both"],
        "the contrary"
    );
    assert_eq!(
        found("!wolf"),
        ["covid", "gazette", "storm", "trump", "wolff", "волк"]
    );
}

#[test]
fn doubled_signs_join() {
    assert_eq!(
        STOCK.strict("wolf && storm").unwrap(),
        ["big", "both", "storm"],
        "either"
    );
    assert_eq!(found("wolf && storm"), ["both"]);
    assert_eq!(found("wolf || storm"), ["big", "both", "storm"]);
}

#[test]
fn lower_case_operators_are_words_and_that_is_told() {
    assert_eq!(STOCK.lenient("sat and nowhere").1, 0, "nobody is told");
    assert_eq!(
        STOCK.strict("sat and nowhere").unwrap(),
        ["big", "both", "storm"],
        "articles with an `and`"
    );
    assert_eq!(
        warnings("wolf and town"),
        ["`and` is searched as a word; to join write AND"]
    );
}

#[test]
fn smart_quotes_are_quotes() {
    assert_eq!(
        STOCK.strict("“big wolf”").unwrap(),
        ["big", "both"],
        "two words, either of them"
    );
    assert_eq!(found("“big wolf”"), NONE);
    assert_eq!(found("“bad wolf”"), ["big"]);
}

#[test]
fn apostrophes_are_no_quotes() {
    assert!(STOCK.strict("Trump's").is_err() && STOCK.strict("O'Brien").is_err());
    assert_eq!(found("Trump's"), ["trump"]);
    assert_eq!(found("O'Brien"), ["trump"]);
}

#[test]
fn a_pasted_headline_is_no_field() {
    assert!(
        STOCK
            .strict("Covid: what next")
            .unwrap_err()
            .contains("Field does not exist")
    );
    assert!(
        STOCK
            .strict("https://x.com/a")
            .unwrap_err()
            .contains("Field does not exist")
    );
    assert_eq!(found("Covid: what next"), ["covid"]);
    assert_eq!(found("https://x.com/a"), NONE);
}

#[test]
fn dates_need_no_clock_and_no_zone() {
    assert!(STOCK.strict("date:1850-06-01").is_err());
    assert!(STOCK.strict("date:[1849-01-01 TO 1851-01-01]").is_err());
    assert_eq!(found("date:1850-06-01"), ["wolff"]);
    assert_eq!(found("date:1849..1851"), ["wolff"]);
}

#[test]
fn a_bound_that_is_not_understood_does_not_widen_the_range() {
    let typed = "wolf AND date:[2024-01 TO 2025-01-01T00:00:00Z]";
    assert!(STOCK.strict(typed).is_err());
    assert_eq!(STOCK.lenient(typed).0, ["big", "both"], "1905 is not in it");
    assert_eq!(found("wolf date:2024-01..2025-01-01"), ["both"]);
    assert_eq!(
        refused(typed),
        "a range is not written in `[`; write date:2024-01..2025-01-01T00:00:00Z"
    );
}

#[test]
fn an_open_range_is_not_an_empty_one() {
    assert_eq!(STOCK.strict("date:[* TO *]").unwrap(), NONE);
    assert_eq!(
        refused("date:[* TO *]"),
        "a range is not written in `[`; leave it out: it holds for every article"
    );
}

#[test]
fn time_began_before_1677() {
    let range = "date:[1600-01-01T00:00:00Z TO 1606-01-01T00:00:00Z]";
    let before = "date:[1500-01-01T00:00:00Z TO 1550-01-01T00:00:00Z]";
    assert_eq!(
        STOCK.strict(range),
        STOCK.strict(before),
        "both are one moment in 1677"
    );
    assert_eq!(found("date:1600..1606"), ["gazette"]);
    assert_eq!(found("date:1500..1550"), NONE);
}

#[test]
fn a_negation_alone_is_allowed() {
    assert!(STOCK.strict("-wolf").is_err() && STOCK.strict("NOT wolf").is_err());
    assert_eq!(found("-wolf").len(), TEXTS.len() - 2);
    assert_eq!(found("NOT wolf"), found("-wolf"));
}

#[test]
fn an_operator_without_its_word_is_an_error() {
    assert!(STOCK.strict("bad AND").is_err());
    assert_eq!(
        STOCK.lenient("bad AND"),
        (vec!["big".into(), "storm".into()], 0),
        "the term `and`, and no error"
    );
    assert!(refused("bad AND").starts_with("`AND` has nothing on its right"));
}

#[test]
fn what_is_excluded_is_excluded() {
    assert_eq!(
        STOCK.strict("rain wolf AND NOT storm").unwrap(),
        ["storm", "wolff"],
        "an article with a storm, and none with the wolf alone"
    );
    assert_eq!(found("bad wolf AND NOT storm"), ["big"]);
}

#[test]
fn a_field_before_a_space_is_told() {
    assert_eq!(
        STOCK.strict("title: storm rain").unwrap(),
        ["storm", "wolff"],
        "rain anywhere, and nobody is told"
    );
    assert_eq!(
        warnings("headline: storm rain"),
        ["`headline:` holds for the next word, phrase or group only"]
    );
}

#[test]
fn a_wildcard_behind_a_phrase_is_refused() {
    assert!(STOCK.strict("\"wo\"*").is_err());
    assert_eq!(
        refused("\"wo\"*"),
        "a wildcard cannot stand behind a phrase; put it into the quotes, behind the word"
    );
}

#[test]
fn a_field_that_cannot_be_searched_is_known_before_the_search() {
    assert!(STOCK.parser().parse_query("id:*").is_ok(), "it is parsed");
    assert!(STOCK.strict("id:*").is_err(), "and the search fails");
    assert!(refused("id:*").starts_with("no field `id`"));
}

#[test]
fn a_slop_is_not_a_distance() {
    assert_eq!(
        STOCK.strict("\"wolf big\"~2").unwrap(),
        NONE,
        "a transposition costs two"
    );
    assert_eq!(STOCK.strict("\"wolf big\"~4").unwrap(), ["big"]);
    assert_eq!(found("wolf W/2 big"), ["big"]);
    assert_eq!(found("wolf W/1 big"), NONE);
    assert_eq!(found("wolf PRE/5 big"), NONE);
}

/// What a snippet of morgue marks.
fn marked(snippet: &Snippet) -> Vec<String> {
    let chars: Vec<char> = snippet.text.chars().collect();
    let text = |&(start, end): &(usize, usize)| chars[start..end].iter().collect();
    snippet.highlights.iter().map(text).collect()
}

fn all_marked(query: &str, id: &str) -> Vec<String> {
    let hit = hits(query).into_iter().find(|hit| hit.id == id).unwrap();
    hit.snippets.iter().flat_map(marked).collect()
}

/// What a snippet of tantivy's marks.
fn stock_marked(snippet: &tantivy::snippet::Snippet) -> Vec<String> {
    let text = snippet.fragment();
    snippet
        .highlighted()
        .iter()
        .map(|range| text[range.clone()].to_owned())
        .collect()
}

#[test]
fn a_phrase_is_marked_where_it_stands() {
    let snippet = STOCK.snippet(&*STOCK.parsed("\"big bad wolf\""), "big", 200);
    assert_eq!(
        stock_marked(&snippet),
        ["big", "bad", "wolf", "bad", "wolf"],
        "the bad day too"
    );
    assert_eq!(all_marked("\"big bad wolf\"", "big"), ["big bad wolf"]);
}

#[test]
fn what_is_excluded_is_not_marked() {
    let either = STOCK.parsed("(storm -sunshine) OR (storm -wolf)");
    let snippet = STOCK.snippet(&*either, "both", 200);
    assert_eq!(stock_marked(&snippet), ["wolf", "storm"]);
    assert_eq!(
        all_marked("(storm -sunshine) OR (storm -wolf)", "both"),
        ["storm"]
    );
}

#[test]
fn a_wildcard_is_marked_and_without_a_match_the_beginning_is_shown() {
    let regex = RegexQuery::from_pattern("wol.*", STOCK.body).unwrap();
    assert!(STOCK.ids(&regex).unwrap().contains(&"both".to_owned()));
    assert!(STOCK.snippet(&regex, "both", 200).is_empty());
    assert_eq!(all_marked("wol*", "both"), ["wolf"]);
    // The hit is in the headline: there is nothing of the body to mark, and so nothing of it at all.
    assert!(
        STOCK
            .snippet(&*STOCK.parsed("visitor"), "big", 200)
            .is_empty()
    );
    let hit = hits("visitor").remove(0);
    assert!(
        hit.snippets
            .iter()
            .any(|snippet| snippet.text.starts_with("The big bad wolf came"))
    );
}

#[test]
fn lengths_and_places_are_in_characters() {
    let snippet = STOCK.snippet(&*STOCK.parsed("корабль кораблях"), "волк", 60);
    assert!(
        snippet.fragment().chars().count() < 40,
        "sixty bytes: {}",
        snippet.fragment()
    );
    let range = &snippet.highlighted()[0];
    assert_eq!(range.len(), 2 * "кораблях".chars().count(), "bytes");
    assert_eq!(all_marked("кораблях", "волк"), ["кораблях"]);
    let snippets = &hits("кораблях")[0].snippets;
    assert!(
        snippets
            .iter()
            .any(|snippet| snippet.text.chars().count() > 60)
    );
}
