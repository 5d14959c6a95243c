//! Numbers and dates as people write them.

use chrono::{Datelike, NaiveDate};

use super::html::escape;
use crate::search::Bucket;
use crate::text::edtf::Edtf;

/// `12,345`.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 article`, `12,345 articles`.
pub(super) fn count(count: u64, noun: &str) -> String {
    let plural = match (count, noun) {
        (1, _) => "",
        (_, "match") => "es",
        _ => "s",
    };
    format!("{} {noun}{plural}", number(count))
}

/// `14 August 1963`, as precisely as is known, for programs as well.
pub(super) fn date(date: Edtf) -> String {
    let first = date.first_day();
    let text = match date {
        Edtf::Year(_) => first.format("%Y"),
        Edtf::Month(..) => first.format("%B %Y"),
        _ => first.format("%-d %B %Y"),
    };
    let exact = escape(&date.to_string()).into_owned();
    format!("<time datetime=\"{exact}\">{text}</time>")
}

/// A stretch of time: `1963`, `1960–1969`, `August 1963`, `14 August 1963`, or its first and last day.
pub(super) fn stretch(bar: &Bucket) -> String {
    span(bar.from, bar.to)
}

fn span(from: NaiveDate, to: NaiveDate) -> String {
    let ends_month = to.succ_opt().is_none_or(|next| next.day() == 1);
    let (form, is_one) = if from == to || from.day() != 1 || !ends_month {
        ("%-d %B %Y", from == to)
    } else if (from.month(), to.month()) == (1, 12) {
        ("%Y", from.year() == to.year())
    } else {
        let same_month = (from.year(), from.month()) == (to.year(), to.month());
        ("%B %Y", same_month)
    };
    let (from, to) = (from.format(form), to.format(form));
    match (is_one, form) {
        (true, _) => from.to_string(),
        (false, "%Y") => format!("{from}–{to}"),
        (false, _) => format!("{from} to {to}"),
    }
}

/// The beginning of a stretch, short enough to stand below its bar: `1963`, `Aug 1963`, `14 Aug`.
pub(super) fn begin(bar: &Bucket) -> String {
    let days = (bar.to - bar.from).num_days();
    let form = match days {
        0..=7 => "%-d %b",
        8..=31 => "%b %Y",
        _ => "%Y",
    };
    bar.from.format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cut_at_thousands() {
        for (given, expected) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(number(given), expected);
        }
        assert_eq!(count(1, "match"), "1 match");
        assert_eq!(count(2_000, "match"), "2,000 matches");
    }

    #[test]
    fn dates_are_as_precise_as_they_are_known() {
        for (given, expected) in [
            (Edtf::year(1605), "<time datetime=\"1605\">1605</time>"),
            (
                Edtf::month(1963, 8),
                "<time datetime=\"1963-08\">August 1963</time>",
            ),
            (
                Edtf::day(1963, 8, 4),
                "<time datetime=\"1963-08-04\">4 August 1963</time>",
            ),
        ] {
            assert_eq!(date(given.unwrap()), expected);
        }
    }

    #[test]
    fn stretches_have_short_names() {
        let check = |from: &str, to: &str, expected: (&str, &str)| {
            let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
            let bar = Bucket {
                from,
                to,
                count: 0,
                of: 0,
            };
            assert_eq!((stretch(&bar).as_str(), begin(&bar).as_str()), expected);
        };
        check("1963-08-14", "1963-08-14", ("14 August 1963", "14 Aug"));
        check("1964-02-01", "1964-02-29", ("February 1964", "Feb 1964"));
        check("1963-01-01", "1963-12-31", ("1963", "1963"));
        check("1960-01-01", "1969-12-31", ("1960–1969", "1960"));
        check(
            "1960-01-01",
            "1963-10-31",
            ("January 1960 to October 1963", "1960"),
        );
        check(
            "1963-12-30",
            "1964-01-05",
            ("30 December 1963 to 5 January 1964", "30 Dec"),
        );
    }
}
