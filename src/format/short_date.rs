//! Dates of six digits, in the order that a collection uses throughout: `01/04/63`, `910514`.
//!
//! The general reader of dates leaves these alone, since nothing in them tells their order and century. A format that
//! knows both reads them here.

use chrono::NaiveDate;

use crate::text::edtf::Edtf;

/// Years from here on are of the twentieth century, those before of the next.
const CENTURY: i32 = 30;

/// Month, day, year, with anything that is no digit between them: `01/04/63`, `08/30 63`.
pub(crate) fn month_day_year(text: &str) -> Option<Edtf> {
    let [month, day, year] = three_numbers(text)?;
    day_of(year, month, day)
}

/// Year, month, day: `910514`, `91-05-14`.
pub(crate) fn year_month_day(text: &str) -> Option<Edtf> {
    let text = text.trim();
    let [year, month, day] = if text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        [&text[..2], &text[2..4], &text[4..]].map(|part| part.parse().unwrap_or(0))
    } else {
        three_numbers(text)?
    };
    day_of(year, month, day)
}

/// The three numbers of one or two digits that a text consists of.
fn three_numbers(text: &str) -> Option<[u32; 3]> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let mut next = || {
        let part = numbers.next().filter(|part| part.len() <= 2)?;
        part.parse().ok()
    };
    let found = [next()?, next()?, next()?];
    numbers.next().is_none().then_some(found)
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Edtf> {
    let year = i32::try_from(year).ok()?;
    let century = if year >= CENTURY { 1900 } else { 2000 };
    NaiveDate::from_ymd_opt(century + year, month, day).map(Edtf::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_collection() {
        let check = |read: fn(&str) -> Option<Edtf>, text: &str, expected: &str| {
            let found = read(text).map(|date| date.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{text}");
        };
        check(month_day_year, "01/04/63", "1963-01-04");
        check(month_day_year, " 08/30 63 ", "1963-08-30");
        check(month_day_year, "30/08/63", "");
        check(month_day_year, "01/04/1963", "");
        check(year_month_day, "910514", "1991-05-14");
        check(year_month_day, "04-12-31", "2004-12-31");
        check(year_month_day, "911345", "");
        check(year_month_day, "", "");
    }
}
