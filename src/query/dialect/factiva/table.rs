//! The tables of Factiva: its fields, its limits, its signs for letters, and how it writes what a tree holds.

use chrono::{Datelike, NaiveDate};

use super::lex;
use crate::query::dates::DateSpan;
use crate::query::dialect::Dialect;
use crate::query::dialect::vendor::Means::{Nearly, Nothing, Ours};
use crate::query::dialect::vendor::{Pattern, Vendor, VendorField};
use crate::query::error::{Problem, shown};
use crate::query::token::{Lexed, Nearness};
use crate::query::tree::{Kind, Node, Span, Within};

/// The widest proximity in either order.
pub(super) const WIDEST: u32 = 500;
/// The widest proximity in order.
pub(super) const WIDEST_IN_ORDER: u32 = 10;
/// The highest count.
pub(super) const MOST: u32 = 50;
/// How many letters a word has before it is shortened.
const STEM: usize = 3;

pub(super) const FACTIVA: Vendor = Vendor {
    dialect: Dialect::Factiva,
    fields: FIELDS,
    field: |name, value, one_term| {
        if one_term {
            format!("{name}={value}")
        } else {
            format!("{name}=({value})")
        }
    },
    foreign: &[
        ("pre/s", "same, for the same paragraph "),
        ("pre/p", "same "),
        ("pre/", "adj"),
        ("onear/", "adj"),
        ("near/", "near"),
        ("w/sent", "same, for the same paragraph "),
        ("w/para", "same "),
        ("w/seg", "and "),
        ("w/s", "same, for the same paragraph "),
        ("w/p", "same "),
        ("/s", "same, for the same paragraph "),
        ("/p", "same "),
        ("/", "near"),
    ],
    operator: lex::operator,
    end_of_word: lex::end_of_word,
    pattern,
    near,
    at_least,
    shortened,
    days,
    length: "wc",
    but_not: "not",
    language: |tag| Some(tag.to_owned()),
};

/// The fields of articles that mean something here.
#[rustfmt::skip]
const FIELDS: &[VendorField] = &[
    VendorField { names: &["hd"], means: Ours("headline") },
    VendorField { names: &["hl"], means: Nearly("headline", "`hl=` is read as the headline alone, without section and column", "") },
    VendorField { names: &["hlp"], means: Nearly("lead", "`hlp=` is read as the headline and the first paragraph; in factiva it is two", "hlp= looks into two paragraphs, and into section and column") },
    VendorField { names: &["by", "au"], means: Ours("byline") },
    VendorField { names: &["sn"], means: Ours("source") },
    VendorField { names: &["se"], means: Ours("section") },
    VendorField { names: &["la"], means: Ours("lang") },
    VendorField { names: &["lp"], means: Nothing("the lead cannot be searched without the headline", "write hlp=…, or hd=…") },
    VendorField { names: &["td", "tx"], means: Nothing("the text cannot be searched without headline and lead", "leave it out: words are searched in the whole article") },
    VendorField { names: &["rst", "sc"], means: Nothing("the archive has no codes of sources", "write sn= and the name of the publication") },
    VendorField { names: &["ns"], means: Nothing("the archive has no codes of subjects", "write the subject as words, or hlp=…") },
    VendorField { names: &["in", "i"], means: Nothing("the archive has no codes of industries", "write the industry as words, or hlp=…") },
    VendorField { names: &["re"], means: Nothing("the archive has no codes of regions", "write the name of the region as words, or hlp=…") },
    VendorField { names: &["co", "fds", "ric", "dni"], means: Nothing("the archive has no codes of companies", "write the name of the company as words, or hlp=…") },
    VendorField { names: &["de", "pe", "clm", "art", "cr", "ct", "cx", "ed", "pg", "pub", "rf", "vol", "an", "cy", "ipd", "ipc"], means: Nothing("the archive has no such field to search", "leave it out: words are searched in the whole article") },
];

/// `child*` is `child*`, `wom?n` is `wom?n`; `bid$2` is the word with up to two letters more, nine without a number.
fn pattern(piece: &str, span: Span) -> Lexed<Pattern> {
    const MOST_LETTERS: usize = 9;
    let wrong = |why: &str| Problem::new(span, format!("`{}`: {why}", shown(piece)));
    let quote = "to search the sign as it is, quote the word";
    if piece.starts_with('?') {
        return Err(wrong("no word begins with `?` in factiva").hint("write the first letter"));
    }
    if let Some((stem, letters)) = piece.split_once('$').filter(|(stem, _)| !stem.is_empty()) {
        let letters = match letters {
            "" => Some(MOST_LETTERS),
            _ => letters
                .parse()
                .ok()
                .filter(|n| (1..=MOST_LETTERS).contains(n)),
        };
        let letters =
            letters.ok_or_else(|| wrong("`$` stands behind a word, with 1 to 9").hint(quote))?;
        if stem.contains(['*', '?']) || stem.chars().count() < STEM {
            return Err(wrong("three letters stand before `$`").hint(quote));
        }
        let forms = (0..=letters).map(|more| format!("{stem}{}", "?".repeat(more)));
        return Ok(Pattern::AnyOf(forms.collect()));
    }
    let stem = piece.strip_suffix('*').unwrap_or(piece);
    if stem.contains('*') {
        return Err(wrong("`*` stands at the end of a word").hint("write ? for one letter"));
    }
    let letters = stem.chars().filter(|c| *c != '?').count();
    if stem.len() < piece.len() && letters < STEM {
        return Err(
            wrong("three letters stand before `*` in factiva").hint("write more of the word")
        );
    }
    Ok(Pattern::Text(piece.to_owned()))
}

fn shortened(pattern: &str) -> Option<String> {
    let stem = pattern.strip_suffix('*').unwrap_or(pattern);
    let letters = stem.chars().filter(|c| *c != '?').count();
    let known = !stem.contains('*')
        && !stem.starts_with('?')
        && (stem.len() == pattern.len() || letters >= STEM);
    known.then(|| pattern.to_owned())
}

fn near(nearness: Nearness) -> Result<String, String> {
    let Nearness {
        within,
        ordered,
        negated,
    } = nearness;
    if negated {
        return Err("factiva's proximities cannot be negated".into());
    }
    match within {
        Within::Words(n) if ordered && n > WIDEST_IN_ORDER => {
            Err(format!("adj goes to {WIDEST_IN_ORDER} in factiva"))
        }
        Within::Words(n) if n > WIDEST => Err(format!("near goes to {WIDEST} in factiva")),
        Within::Words(n) if ordered => Ok(format!("adj{n}")),
        Within::Words(n) => Ok(format!("near{n}")),
        Within::Sentence => Err("factiva knows no sentences".into()),
        Within::Paragraph if ordered => Err("factiva has no order within a paragraph".into()),
        Within::Paragraph => Ok("same".into()),
    }
}

fn at_least(count: u32, node: &Node) -> Result<String, String> {
    match node.kind {
        _ if count > MOST => Err(format!("factiva counts to {MOST} at most")),
        Kind::Word(_) | Kind::Phrase(_) | Kind::Wildcard(_) => Ok(format!("atleast{count} ")),
        _ => Err("factiva counts a word or a phrase only".into()),
    }
}

fn days(span: &DateSpan) -> Option<Vec<String>> {
    let written = |day: NaiveDate| {
        let known = (0..=9999).contains(&day.year());
        known.then(|| day.format("%Y%m%d").to_string())
    };
    let one = match (span.from, span.to) {
        (Some(from), Some(to)) if from == to => format!("date {}", written(from)?),
        (Some(from), Some(to)) => format!("date from {} to {}", written(from)?, written(to)?),
        (Some(from), None) => format!("date after {}", written(from.pred_opt()?)?),
        (None, Some(to)) => format!("date before {}", written(to.succ_opt()?)?),
        (None, None) => return None,
    };
    Some(vec![one])
}
