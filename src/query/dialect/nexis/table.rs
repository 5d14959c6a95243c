//! The tables of Nexis: its segments, its limits, its signs for letters, and how it writes what a tree holds.

use chrono::{Datelike, NaiveDate};

use super::lex;
use crate::query::dates::DateSpan;
use crate::query::dialect::Dialect;
use crate::query::dialect::vendor::Means::{Nearly, Nothing, Ours};
use crate::query::dialect::vendor::{Pattern, Vendor, VendorField};
use crate::query::error::{Problem, shown};
use crate::query::token::{Lexed, Nearness};
use crate::query::tree::{Span, Within};
use crate::text::language;

/// The widest connector, and the highest count.
pub(super) const WIDEST: u32 = 255;

const CAPITALS: &str = "capital letters cannot be searched for";

pub(super) const NEXIS: Vendor = Vendor {
    dialect: Dialect::Nexis,
    fields: FIELDS,
    field: |name, value, _| format!("{name}({value})"),
    foreign: &[
        ("adj", "pre/"),
        ("near", "w/"),
        ("+s", "w/s "),
        ("+p", "w/p "),
        ("+", "pre/"),
    ],
    operator: lex::operator,
    end_of_word: lex::end_of_word,
    pattern,
    near,
    at_least: |count, _| match count {
        0..=WIDEST => Ok(format!("atleast{count}")),
        _ => Err(format!("nexis counts to {WIDEST} at most")),
    },
    shortened,
    days,
    length: "length",
    but_not: "and not",
    language: |tag| language::english_name(tag).map(str::to_owned),
};

/// The segments of news that mean something here.
#[rustfmt::skip]
const FIELDS: &[VendorField] = &[
    VendorField { names: &["headline"], means: Ours("headline") },
    VendorField { names: &["hlead"], means: Nearly("lead", "`hlead` is read as the headline and the first paragraph; in nexis it may be several", "hlead looks into several first paragraphs") },
    VendorField { names: &["byline", "author"], means: Ours("byline") },
    VendorField { names: &["publication", "source"], means: Ours("source") },
    VendorField { names: &["section"], means: Ours("section") },
    VendorField { names: &["language"], means: Ours("lang") },
    VendorField { names: &["subject", "term", "terms"], means: Ours("topic") },
    VendorField { names: &["geographic", "country", "state", "city"], means: Ours("in") },
    VendorField { names: &["lead"], means: Nothing("the lead cannot be searched without the headline", "write hlead(…), or headline(…)") },
    VendorField { names: &["body", "text"], means: Nothing("the body cannot be searched without the headline", "leave it out: words are searched in the whole article") },
    VendorField { names: &["caps", "allcaps"], means: Nothing(CAPITALS, "leave it out: the words are found in either case") },
    VendorField { names: &["nocaps"], means: Nothing(CAPITALS, "leave it out, or write and not the name that is meant") },
    VendorField { names: &["singular", "sing", "plural", "plur"], means: Nothing("a number of the noun cannot be asked for", "quote the word for exactly this form") },
    VendorField { names: &["atleast"], means: Nothing("`atleast` needs a number", "write atleast5(…)") },
    VendorField { names: &["company", "ticker", "organization", "person", "industry"], means: Nothing("the archive has no names of this kind apart", "write the name as words, or hlead(…)") },
    VendorField { names: &["load-date", "publication-type", "graphic", "dateline", "series", "copyright", "cite", "highlight", "correction"], means: Nothing("the archive has no such segment to search", "leave it out: words are searched in the whole article") },
    VendorField { names: &["length"], means: Nothing("`length` is compared", "write length > 500") },
];

/// `child!` is `child*`; `wom*n` and `wom?n` are `wom?n`.
fn pattern(piece: &str, span: Span) -> Lexed<Pattern> {
    let wrong = |why: &str| Problem::new(span, format!("`{}`: {why}", shown(piece)));
    if piece.starts_with(['*', '?', '!']) {
        return Err(wrong("no word begins with a wildcard in nexis").hint("write the first letter"));
    }
    if piece
        .trim_matches('#')
        .to_ascii_lowercase()
        .strip_suffix("plus")
        .is_some_and(|score| {
            piece.starts_with('#') && score.bytes().all(|byte| byte.is_ascii_digit())
        })
    {
        return Err(wrong("topics have no scores here").hint("leave it out"));
    }
    let (stem, any) = match piece.strip_suffix('!') {
        Some(stem) => (stem, "*"),
        None => (piece, ""),
    };
    if stem.contains('!') {
        return Err(wrong("`!` stands at the end of a word").hint("write ? for one letter"));
    }
    let text = format!("{}{any}", stem.replace('*', "?"));
    Ok(if stem.contains('*') {
        Pattern::Warned(text, "`*` is read as one letter; for any ending write !")
    } else {
        Pattern::Text(text)
    })
}

fn shortened(pattern: &str) -> Option<String> {
    let (stem, any) = match pattern.strip_suffix('*') {
        Some(stem) => (stem, "!"),
        None => (pattern, ""),
    };
    (!stem.contains('*') && !stem.starts_with('?')).then(|| format!("{stem}{any}"))
}

fn near(nearness: Nearness) -> Result<String, String> {
    let Nearness {
        within,
        ordered,
        negated,
    } = nearness;
    if ordered && negated {
        return Err("nexis has no NOT PRE, only NOT W".into());
    }
    let not = if negated { "not " } else { "" };
    let name = if ordered { "pre" } else { "w" };
    match within {
        Within::Words(n) if n > WIDEST => Err(format!("{name}/n goes to {WIDEST} in nexis")),
        Within::Words(n) => Ok(format!("{not}{name}/{n}")),
        Within::Sentence | Within::Paragraph if ordered => {
            Err("nexis has no order within a sentence or paragraph".into())
        }
        Within::Sentence => Ok(format!("{not}w/s")),
        Within::Paragraph => Ok(format!("{not}w/p")),
    }
}

fn days(span: &DateSpan) -> Option<Vec<String>> {
    let written = |day: NaiveDate| {
        let known = (0..=9999).contains(&day.year());
        known.then(|| format!("{}/{}/{:04}", day.month(), day.day(), day.year()))
    };
    let whole_year = |from: NaiveDate, to: NaiveDate| {
        from.year() == to.year() && from.ordinal() == 1 && (to.month(), to.day()) == (12, 31)
    };
    match (span.from, span.to) {
        (Some(from), Some(to)) if from == to => Some(vec![format!("date is {}", written(from)?)]),
        (Some(from), Some(to)) if whole_year(from, to) => {
            Some(vec![format!("date is {:04}", from.year())])
        }
        (None, None) => None,
        (from, to) => {
            let mut conditions = Vec::new();
            if let Some(from) = from {
                conditions.push(format!("date aft {}", written(from.pred_opt()?)?));
            }
            if let Some(to) = to {
                conditions.push(format!("date bef {}", written(to.succ_opt()?)?));
            }
            Some(conditions)
        }
    }
}
