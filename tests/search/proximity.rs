//! Proximities and what is built on them, by hand: what is counted, what is marked. The oracle is tested as the engine is,
//! each against the same table.

use morgue::Article;
use morgue::query::parse;
use morgue::search::{Match, Request, Snippet, SnippetField};

use super::oracle::Oracle;
use super::{context, request};
use crate::archives::{archive_of, article, counted, place};

/// Articles (headline | first paragraph ¶ second paragraph), and for each some queries with what they find: how many matches
/// are counted, and the paragraphs with `[` and `]` around what is marked. `-`: nothing, the article is no hit.
type Table = &'static [(&'static str, &'static [(&'static str, &'static str)])];

/// Words within words of each other.
const WORDS: Table = &[
    (
        "x | oil one two three gas",
        &[
            ("oil W/4 gas", "1: x | [oil] one two three [gas]"),
            ("oil W/3 gas", "-"),
            ("gas W/4 oil", "1: x | [oil] one two three [gas]"),
            ("one W/1 two", "1: x | oil [one] [two] three gas"),
            ("oil W/2 one", "1: x | [oil] [one] two three gas"),
            // In this order.
            ("oil PRE/4 gas", "1: x | [oil] one two three [gas]"),
            ("oil PRE/3 gas", "-"),
            ("gas PRE/4 oil", "-"),
            ("two PRE/1 one", "-"),
            // A phrase ends where its last word stands and begins with its first.
            ("\"oil one\" W/3 gas", "1: x | [oil one] two three [gas]"),
            ("\"oil one\" W/2 gas", "-"),
            ("oil W/3 \"three gas\"", "1: x | [oil] one two [three gas]"),
            (
                "\"oil one\" W/1 \"two three\"",
                "1: x | [oil one] [two three] gas",
            ),
            // Phrases that have a word in common stand on one spot, not side by side.
            ("\"oil one\" W/5 \"one two\"", "-"),
            ("\"one two\" PRE/5 \"one two\"", "-"),
        ],
    ),
    // One word is not near itself: there must be two.
    (
        "x | bank holiday",
        &[
            ("bank W/5 bank", "-"),
            ("bank W/S bank", "-"),
            ("bank NOT W/5 bank", "1: x | [bank] holiday"),
            ("bank W/5 (bank OR holiday)", "1: x | [bank] [holiday]"),
        ],
    ),
    (
        "x | bank one bank two bank",
        &[
            // Three pairs; the widest holds the other two.
            ("bank W/5 bank", "2: x | [bank] one [bank] two [bank]"),
            ("bank PRE/2 bank", "2: x | [bank] one [bank] two [bank]"),
            ("bank W/1 bank", "-"),
            ("bank NOT W/5 bank", "-"),
            ("bank NOT PRE/5 bank", "1: x | bank one bank two [bank]"),
            (
                "bank W/2 bank W/2 bank",
                "1: x | [bank] one [bank] two [bank]",
            ),
        ],
    ),
];

/// Proximities in proximities.
const NESTED: Table = &[
    (
        "x | a c b",
        &[
            // c stands inside the window of a and b.
            ("(a W/5 b) W/10 c", "1: x | [a] [c] [b]"),
            ("(a W/5 b) W/1 c", "1: x | [a] [c] [b]"),
            ("c W/1 (a W/5 b)", "1: x | [a] [c] [b]"),
            ("(a W/5 b) PRE/10 c", "-"),
            ("c PRE/10 (a W/5 b)", "-"),
            ("(a W/5 b) NOT W/1 c", "-"),
            ("(a W/5 b) NOT PRE/9 c", "1: x | [a] c [b]"),
            ("a W/1 b W/1 c", "-"),
            ("(a W/1 c) W/1 (c W/1 b)", "-"),
        ],
    ),
    (
        "x | a one b two c a b",
        &[
            // From the left, like (a W/2 b) W/3 c.
            ("a W/2 b W/3 c", "2: x | [a] one [b] two [c] [a] [b]"),
            ("(a PRE/1 b) PRE/9 c", "-"),
            ("c PRE/1 (a PRE/1 b)", "1: x | a one b two [c] [a] [b]"),
            ("(a PRE/2 b) NOT W/1 c", "1: x | [a] one [b] two c a b"),
            ("a NOT W/1 b", "1: x | [a] one b two c a b"),
            ("(a NOT W/1 b) W/9 c", "1: x | [a] one b two [c] a b"),
            ("c W/1 (a NOT W/1 b)", "-"),
            ("c NOT W/1 (a NOT W/1 b)", "1: x | a one b two [c] a b"),
            ("(a NOT W/1 b) NOT W/9 c", "-"),
            ("b W/1 a", "1: x | a one b two c [a] [b]"),
        ],
    ),
    // The longer window exists, though it is not reported: what is nested may need it.
    (
        "x | zebra a one a b",
        &[
            ("a W/3 b", "1: x | zebra a one [a] [b]"),
            ("zebra PRE/1 (a W/3 b)", "1: x | [zebra] [a] one a [b]"),
            ("(a W/3 b) W/1 one", "1: x | zebra a [one] [a] [b]"),
            ("(a W/3 b) NOT W/S one", "-"),
        ],
    ),
    // Of what survives a negation the shortest is reported, here the longer one.
    (
        "x | a b one b",
        &[
            ("(a W/3 b) NOT PRE/1 one", "1: x | [a] b one [b]"),
            ("(a W/3 b) NOT PRE/1 zebra", "1: x | [a] [b] one b"),
            (
                "((a W/3 b) NOT PRE/1 one) W/1 one",
                "1: x | [a] b [one] [b]",
            ),
            ("ATLEAST2((a W/3 b) NOT PRE/1 one)", "-"),
        ],
    ),
    (
        "x | one two a three b",
        &[
            (
                "((a OR two) W/3 b) NOT PRE/1 zebra",
                "1: x | one two [a] three [b]",
            ),
            (
                "(one OR a) W/4 (b OR two)",
                "3: x | [one] [two] [a] three [b]",
            ),
            (
                "(one OR (a W/2 b)) W/2 two",
                "2: x | [one] [two] [a] three [b]",
            ),
            // An OR of windows is one of both kinds, each by its own rule.
            ("(a W/9 b) OR (one W/9 b)", "1: x | [one] two [a] three [b]"),
            (
                "(three OR (one W/9 b)) NOT W/1 zebra",
                "1: x | [one] two a [three] [b]",
            ),
        ],
    ),
    // Two windows of one extent: one match, the words of both marked.
    (
        "x | a one b c",
        &[("a W/9 c W/9 (one OR b)", "1: x | [a] [one] [b] [c]")],
    ),
    (
        "x | a b b a",
        &[
            ("(a W/9 b) W/9 (a W/9 b)", "1: x | [a] [b] [b] [a]"),
            ("a W/9 b", "2: x | [a] [b] [b] [a]"),
        ],
    ),
];

/// Sentences, paragraphs, and the parts that no match crosses.
const BORDERS: Table = &[
    (
        "Oil rises | Gas falls. Oil falls, gas rises. ¶ Coal rises. Gas",
        &[
            (
                "oil W/50 gas",
                "2: Oil rises | [Gas] falls. [Oil] falls, [gas] rises. ¶ Coal rises. Gas",
            ),
            (
                "oil W/S gas",
                "1: Oil rises | Gas falls. [Oil] falls, [gas] rises. ¶ Coal rises. Gas",
            ),
            ("gas PRE/S oil", "-"),
            (
                "gas PRE/P oil",
                "1: Oil rises | [Gas] falls. [Oil] falls, gas rises. ¶ Coal rises. Gas",
            ),
            ("oil W/P coal", "-"),
            (
                "oil W/9 coal",
                "1: Oil rises | Gas falls. [Oil] falls, gas rises. ¶ [Coal] rises. Gas",
            ),
            ("coal W/S gas", "-"),
            (
                "coal W/P gas",
                "1: Oil rises | Gas falls. Oil falls, gas rises. ¶ [Coal] rises. [Gas]",
            ),
            // The headline is a part: its oil has no gas anywhere near.
            (
                "oil NOT W/50 gas",
                "1: [Oil] rises | Gas falls. Oil falls, gas rises. ¶ Coal rises. Gas",
            ),
            (
                "oil NOT W/S gas",
                "1: [Oil] rises | Gas falls. Oil falls, gas rises. ¶ Coal rises. Gas",
            ),
            (
                "gas NOT W/S oil",
                "2: Oil rises | [Gas] falls. Oil falls, gas rises. ¶ Coal rises. [Gas]",
            ),
            (
                "gas NOT W/P oil",
                "1: Oil rises | Gas falls. Oil falls, gas rises. ¶ Coal rises. [Gas]",
            ),
            (
                "oil W/S rises",
                "2: [Oil] [rises] | Gas falls. [Oil] falls, gas [rises]. ¶ Coal rises. Gas",
            ),
            (
                "rises W/1 gas",
                "2: Oil rises | Gas falls. Oil falls, [gas] [rises]. ¶ Coal [rises]. [Gas]",
            ),
            (
                "\"rises gas\"",
                "1: Oil rises | Gas falls. Oil falls, gas rises. ¶ Coal [rises. Gas]",
            ),
            // A phrase over the end of a sentence lies in none.
            ("coal W/S \"rises gas\"", "-"),
            (
                "coal W/P \"rises gas\"",
                "1: Oil rises | Gas falls. Oil falls, gas rises. ¶ [Coal] [rises. Gas]",
            ),
            // The whole window of the left side must lie in the sentence.
            ("(gas PRE/3 oil) W/S falls", "-"),
            (
                "(oil PRE/3 gas) W/S falls",
                "1: Oil rises | Gas falls. [Oil] [falls], [gas] rises. ¶ Coal rises. Gas",
            ),
            (
                "(gas W/1 falls) NOT W/S oil",
                "1: Oil rises | [Gas] [falls]. Oil falls, gas rises. ¶ Coal rises. Gas",
            ),
            // A window over two sentences is in no sentence with anything.
            (
                "(gas W/3 falls) NOT W/S oil",
                "2: Oil rises | [Gas] [falls]. Oil falls, [gas] rises. ¶ Coal rises. Gas",
            ),
        ],
    ),
    (
        "Rises oil | Gas falls",
        &[
            ("oil W/1 gas", "-"),
            ("oil W/P gas", "-"),
            ("oil NOT W/1 gas", "1: Rises [oil] | Gas falls"),
            (
                "(oil NOT W/1 gas) AND falls",
                "2: Rises [oil] | Gas [falls]",
            ),
        ],
    ),
    (
        "x | Oil was dear. ¶ Gas",
        &[
            ("gas NOT W/1 oil", "1: x | Oil was dear. ¶ [Gas]"),
            ("oil NOT PRE/3 gas", "-"),
            ("oil NOT PRE/2 gas", "1: x | [Oil] was dear. ¶ Gas"),
            ("oil NOT W/P gas", "1: x | [Oil] was dear. ¶ Gas"),
        ],
    ),
];

/// What is counted when matches overlap, and by `ATLEAST`.
const COUNTED: Table = &[
    (
        "x | A cease fire, then fire.",
        &[
            (
                "\"cease fire\" OR fire",
                "2: x | A [cease fire], then [fire].",
            ),
            (
                "ATLEAST2(\"cease fire\" OR fire)",
                "2: x | A [cease fire], then [fire].",
            ),
            ("ATLEAST3(\"cease fire\" OR fire)", "-"),
            (
                "\"cease fire\" OR \"fire then\"",
                "1: x | A [cease fire, then] fire.",
            ),
            ("ATLEAST2(\"cease fire\" OR \"fire then\")", "-"),
            // Windows are not joined with words: what lies inside one is not counted by itself.
            (
                "(cease W/1 fire) OR fire",
                "2: x | A [cease] [fire], then [fire].",
            ),
            (
                "(cease W/1 fire) then",
                "2: x | A [cease] [fire], [then] fire.",
            ),
            (
                "(cease W/3 then) fire",
                "2: x | A [cease] [fire], [then] [fire].",
            ),
            (
                "(cease W/2 then) OR (fire W/2 fire)",
                "2: x | A [cease] [fire], [then] [fire].",
            ),
            // Of one extent: counted once. Marks that overlap are one.
            (
                "\"cease fire\" OR (cease W/1 fire)",
                "1: x | A [cease fire], then fire.",
            ),
            (
                "(cease PRE/1 fire) OR (fire W/1 cease)",
                "1: x | A [cease] [fire], then fire.",
            ),
            (
                "\"cease fire\" W/1 then",
                "1: x | A [cease fire], [then] fire.",
            ),
            // A phrase and its own word share a word: they are not near each other, but the other fire is.
            ("\"cease fire\" W/1 fire", "-"),
            (
                "\"cease fire\" W/2 fire",
                "1: x | A [cease fire], then [fire].",
            ),
        ],
    ),
    (
        "x | a one a b two a b three four five b",
        &[
            // The shortest are counted: a b, b two a, a b. A word may stand in two of them.
            (
                "a W/4 b",
                "3: x | a one [a] [b] two [a] [b] three four five b",
            ),
            (
                "ATLEAST2(a W/4 b)",
                "3: x | a one [a] [b] two [a] [b] three four five b",
            ),
            (
                "ATLEAST3(a W/9 b)",
                "3: x | a one [a] [b] two [a] [b] three four five b",
            ),
            ("ATLEAST4(a W/4 b)", "-"),
            ("ATLEAST3(a PRE/4 b)", "-"),
            (
                "a PRE/4 b",
                "2: x | a one [a] [b] two [a] [b] three four five b",
            ),
            (
                "ATLEAST3(a)",
                "3: x | [a] one [a] b two [a] b three four five b",
            ),
            (
                "ATLEAST4(a OR two)",
                "4: x | [a] one [a] b [two] [a] b three four five b",
            ),
            ("ATLEAST5(a OR two)", "-"),
            ("ATLEAST2(b NOT W/2 a)", "-"),
            (
                "ATLEAST1(b NOT W/2 a)",
                "1: x | a one a b two a b three four five [b]",
            ),
            (
                "NOT ATLEAST4(a)",
                "0: x | a one a b two a b three four five b",
            ),
            (
                "two OR ATLEAST4(a)",
                "1: x | a one a b [two] a b three four five b",
            ),
            (
                "ATLEAST3(a) AND ATLEAST3(b)",
                "6: x | [a] one [a] [b] two [a] [b] three four five [b]",
            ),
            (
                "two NOT (a W/1 zebra)",
                "1: x | a one a b [two] a b three four five b",
            ),
            ("two NOT (a W/1 b)", "-"),
        ],
    ),
];

/// Words that are not known exactly, and words of several words.
const SPELLINGS: Table = &[
    (
        "x | The prime minister resigned; the primary ministers stayed.",
        &[
            (
                "\"prim* minister\"",
                "1: x | The [prime minister] resigned; the primary ministers stayed.",
            ),
            (
                "\"prim* minister*\"",
                "2: x | The [prime minister] resigned; the [primary ministers] stayed.",
            ),
            (
                "\"pr?me minister\"",
                "1: x | The [prime minister] resigned; the primary ministers stayed.",
            ),
            (
                "\"the * minister\"",
                "1: x | [The prime minister] resigned; the primary ministers stayed.",
            ),
            (
                "prim* W/1 minister",
                "2: x | The [prime] [minister] resigned; the [primary] [ministers] stayed.",
            ),
            (
                "prim* W/1 \"minister\"",
                "1: x | The [prime] [minister] resigned; the primary ministers stayed.",
            ),
            (
                "minister NOT W/1 resign",
                "1: x | The prime minister resigned; the primary [ministers] stayed.",
            ),
            (
                "prime~1",
                "1: x | The [prime] minister resigned; the primary ministers stayed.",
            ),
            (
                "primey~2",
                "2: x | The [prime] minister resigned; the [primary] ministers stayed.",
            ),
            (
                "pirme~1 W/1 minsiter~1",
                "1: x | The [prime] [minister] resigned; the primary ministers stayed.",
            ),
            (
                "minister~1",
                "2: x | The prime [minister] resigned; the primary [ministers] stayed.",
            ),
            // Neighbours that changed places are one edit; a letter that went further is two.
            (
                "reisgned~1",
                "1: x | The prime minister [resigned]; the primary ministers stayed.",
            ),
            ("reignsed~1", "-"),
            (
                "reignsed~2",
                "1: x | The prime minister [resigned]; the primary ministers stayed.",
            ),
        ],
    ),
    // No letter is touched twice, so that this is three edits, not two.
    (
        "Headline | abc",
        &[("ca~2", "-"), ("acb~1", "1: Headline | [abc]")],
    ),
    (
        "x | A cease-fire and cease fires.",
        &[
            ("cease-fire", "2: x | A [cease-fire] and [cease fires]."),
            ("\"cease-fire\"", "1: x | A [cease-fire] and cease fires."),
            ("cease-f*", "2: x | A [cease-fire] and [cease fires]."),
            ("c*-f?re", "1: x | A [cease-fire] and cease fires."),
            ("cesae-fire~1", "2: x | A [cease-fire] and [cease fires]."),
            (
                "cease-fire W/2 cease",
                "1: x | A [cease-fire] and [cease] fires.",
            ),
            ("cease-f* NOT W/1 and", "-"),
            (
                "cease-f* NOT PRE/1 and",
                "1: x | A cease-fire and [cease fires].",
            ),
        ],
    ),
];

/// Fields, by the article of [`filed`].
const FIELDS: &[(&str, &str)] = &[
    (
        "headline:(oil W/2 gas)",
        "1: [Oil] and [gas] | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("headline:(oil W/1 gas)", "-"),
    (
        "headline:(oil NOT W/9 coal)",
        "1: [Oil] and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("headline:(gas W/2 coal)", "-"),
    // The lead: the headline, and the first paragraph that holds a word.
    (
        "lead:(gas W/2 coal)",
        "1: Oil and gas | ¶ [Gas] and [coal]. ¶ Oil and coal",
    ),
    ("lead:(oil W/2 coal)", "-"),
    ("lead:\"coal oil\"", "-"),
    (
        "lead:gas",
        "2: Oil and [gas] | ¶ [Gas] and coal. ¶ Oil and coal",
    ),
    (
        "lead:ATLEAST2(gas)",
        "2: Oil and [gas] | ¶ [Gas] and coal. ¶ Oil and coal",
    ),
    ("lead:ATLEAST2(oil)", "-"),
    // What lies beyond the lead is not in it.
    (
        "lead:(coal NOT W/1 oil)",
        "1: Oil and gas | – ¶ Gas and [coal]. ¶ Oil and coal",
    ),
    (
        "coal NOT PRE/1 oil",
        "1: Oil and gas | – ¶ Gas and coal. ¶ Oil and [coal]",
    ),
    (
        "lead:((oil W/2 gas) AND NOT zebra)",
        "1: [Oil] and [gas] | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    // Each name, each value apart; of these nothing is counted or marked.
    (
        "byline:(ann W/1 roe)",
        "1: Oil and gas | [Ann] [Roe] | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("byline:(roe W/1 bo)", "-"),
    (
        "section:(energy W/2 markets)",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("section:(market W/2 energy)", "-"),
    ("section:(energy PRE/1 markets)", "-"),
    ("section:(energy W/S markets)", "-"),
    (
        "section:(energy W/P markets)",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("topic:(oil W/1 gas)", "-"),
    (
        "topic:(oil OR NOT gas)",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    (
        "topic:\"crude o*\"",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    (
        "topic:curde~1",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("topic:(oil NOT W/1 crude)", "-"),
    (
        "topic:ATLEAST2(crude OR gas)",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("source:(post PRE/1 morning)", "-"),
    (
        "source:ATLEAST2(post OR morning)",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    // Where its places lie.
    (
        "in:cairo",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    (
        "in:illinois",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    (
        "in:\"little egypt\"",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("in:egypt", "-"),
    ("in:little", "-"),
    ("in:us", "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal"),
    (
        "in:\"NORTH AMERICA\"",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("in:america", "-"),
    (
        "in:\"cairo illinois little egypt\"",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    (
        "place:illinois",
        "0: Oil and gas | – ¶ Gas and coal. ¶ Oil and coal",
    ),
    ("place:america", "-"),
    (
        "coal in:us",
        "2: Oil and gas | – ¶ Gas and [coal]. ¶ Oil and [coal]",
    ),
];

/// An article with something in each field. Its first paragraph holds no word.
fn filed() -> Article {
    let mut cairo = place("Cairo, Illinois (Little Egypt)");
    cairo.country = Some("US".into());
    cairo.path = vec!["North America".into(), "Illinois".into()];
    counted(Article {
        byline: vec!["Ann Roe".into(), "Bo Lund".into()],
        places: vec![cairo],
        section: Some("Money. Markets! Energy".into()),
        source: Some("Morning Post".into()),
        topics: vec!["Crude oil".into(), "Gas".into()],
        ..article("filed", "Oil and gas", "–\n\nGas and coal.\n\nOil and coal")
    })
}

/// A row of the tables: the article with the number, a query, what it finds.
struct Case {
    article: usize,
    query: &'static str,
    expected: &'static str,
}

/// The articles of the tables and all rows. The id of an article is its number.
fn cases() -> (Vec<Article>, Vec<Case>) {
    let (mut articles, mut cases) = (Vec::new(), Vec::new());
    let mut add = |article: Article, rows: &[(&'static str, &'static str)]| {
        cases.extend(rows.iter().map(|(query, expected)| Case {
            article: articles.len(),
            query,
            expected,
        }));
        articles.push(Article {
            id: articles.len().to_string(),
            ..article
        });
    };
    for (text, rows) in [WORDS, NESTED, BORDERS, COUNTED, SPELLINGS].concat() {
        let (headline, body) = text.split_once(" | ").unwrap();
        add(article("", headline, &body.replace(" ¶ ", "\n\n")), rows);
    }
    add(filed(), FIELDS);
    (articles, cases)
}

#[test]
fn by_the_oracle() {
    let (articles, cases) = cases();
    let oracle = Oracle::new(articles);
    let mut wrong = Vec::new();
    for case in &cases {
        let tree = parse(case.query, &context(Match::All)).unwrap().tree;
        let verdicts = oracle.judge(&tree).unwrap();
        let of_article = |id: &str| id.parse() == Ok(case.article);
        let found = match verdicts.iter().find(|verdict| of_article(verdict.id())) {
            None => "-".to_owned(),
            Some(verdict) => {
                let mut texts = verdict.marked();
                texts.retain(|(part, text)| {
                    matches!(part, SnippetField::Headline | SnippetField::Body)
                        || text.contains('[')
                });
                let texts: Vec<String> = texts.into_iter().map(|(_, text)| text).collect();
                let text = texts.join(" | ").replace("\n\n", " ¶ ");
                format!("{}: {text}", verdict.matches)
            }
        };
        if found != case.expected {
            wrong.push(format!(
                "{}\n  is    {found}\n  not   {}",
                case.query, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() > 100);
}

/// Snippets show what there is: each is found in what is expected, and all marks are in some snippet.
#[test]
fn by_the_engine() {
    let (articles, cases) = cases();
    let archive = archive_of(&articles);
    let mut wrong = Vec::new();
    for case in &cases {
        let request = Request {
            limit: Request::MAX_LIMIT,
            ..request(case.query)
        };
        let response = archive.search(&request);
        let found = response.map(|response| {
            let mut hits = response.hits.into_iter();
            let hit = hits.find(|hit| hit.id.parse() == Ok(case.article));
            hit.map(|hit| (hit.matches, hit.snippets.iter().map(marked).collect()))
        });
        let is_right = match &found {
            Ok(None) => case.expected == "-",
            Ok(Some((matches, snippets))) => agrees(*matches, snippets, case.expected),
            Err(_) => false,
        };
        if !is_right {
            wrong.push(format!(
                "{}\n  is    {found:?}\n  not   {}",
                case.query, case.expected
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn agrees(matches: u32, snippets: &Vec<String>, expected: &str) -> bool {
    let marks = |text: &str| text.matches('[').count();
    let Some((count, text)) = expected.split_once(": ") else {
        return false;
    };
    let shown: usize = snippets.iter().map(|snippet| marks(snippet)).sum();
    count.parse() == Ok(matches)
        && shown == marks(text)
        && snippets
            .iter()
            .all(|snippet| text.contains(&snippet.replace("  ", " ¶ ")))
}

/// The text of a snippet with `[` and `]` around what is marked.
fn marked(snippet: &Snippet) -> String {
    let mut text: Vec<String> = snippet.text.chars().map(String::from).collect();
    for &(start, end) in &snippet.highlights {
        text[start].insert(0, '[');
        text[end - 1].push(']');
    }
    text.concat()
}
