//! Addresses: which of those that a page gives is the article's, and the day that one may hold.

use crate::text::clean;
use crate::text::edtf::Edtf;

/// The address, made absolute and without its fragment, when it is `http` or `https`, has a host and more than `/`
/// after it. `base` is another address of the same site.
pub(crate) fn article(address: &str, base: Option<&str>) -> Option<String> {
    let address = clean::line(address);
    let absolute = if let Some(rest) = address.strip_prefix("//") {
        format!("https://{rest}")
    } else if address.starts_with('/') {
        format!("{}{address}", origin(base?)?)
    } else {
        address
    };
    let absolute = absolute.split('#').next()?;
    let path = &absolute[origin(absolute)?.len()..];
    let is_front = path.split('?').next()?.trim_matches('/').is_empty() && !path.contains('=');
    (!is_front && !absolute.contains(' ')).then(|| absolute.to_owned())
}

/// The scheme and the host of an address: `https://news.example`.
pub(crate) fn origin(address: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        address.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme))
    })?;
    let host = address[scheme.len()..].split(['/', '?', '#']).next()?;
    let is_name = host.contains('.') && host.starts_with(|letter: char| letter.is_alphanumeric());
    is_name.then(|| &address[..scheme.len() + host.len()])
}

/// The name of the site in an address: `news.example` of `https://www.news.example/a`.
pub(crate) fn host(address: &str) -> Option<&str> {
    let host = origin(address)?.split("://").nth(1)?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// The day in an address: `/2020/05/17/`, `/2020-05-17-`, `/20200517/`.
pub(crate) fn day(address: &str) -> Option<Edtf> {
    let path = address[origin(address)?.len()..].as_bytes();
    let begins = |at: &usize| *at == 0 || !path[at - 1].is_ascii_digit();
    (0..path.len()).filter(begins).find_map(|at| day_at(path, at))
}

/// A full day that begins at this byte.
fn day_at(path: &[u8], at: usize) -> Option<Edtf> {
    let (year, at) = number(path, at, 4, 4)?;
    let divider = *path.get(at)?;
    let (month, day, end) = if matches!(divider, b'/' | b'-' | b'_') {
        let (month, at) = number(path, at + 1, 1, 2)?;
        if path.get(at) != Some(&divider) {
            return None;
        }
        let (day, at) = number(path, at + 1, 1, 2)?;
        (month, day, at)
    } else {
        let (month, at) = number(path, at, 2, 2)?;
        let (day, at) = number(path, at, 2, 2)?;
        (month, day, at)
    };
    let goes_on = path.get(end).is_some_and(u8::is_ascii_digit);
    let year = i32::try_from(year).ok().filter(|year| (1900..2100).contains(year) && !goes_on)?;
    Edtf::day(year, month, day)
}

/// A number of `least` to `most` digits, and the place after it.
fn number(path: &[u8], at: usize, least: usize, most: usize) -> Option<(u32, usize)> {
    let digits = path.get(at..)?.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    let value = path[at..at + digits].iter().fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
    (digits >= least).then_some((value, at + digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_address_of_an_article() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(article(address, Some("https://news.example/x")).as_deref(), expected, "{address}");
        };
        check("https://news.example/a?b=1#c", Some("https://news.example/a?b=1"));
        check("/a/b", Some("https://news.example/a/b"));
        check("//news.example/a", Some("https://news.example/a"));
        check("HTTPS://news.example/?p=12", Some("HTTPS://news.example/?p=12"));
        check("https://news.example/", None);
        check("https://news.example", None);
        check("https://news/a", None);
        check("ftp://news.example/a", None);
        check("tag:news.example,2020:1", None);
        check("#article", None);
        check("http://é", None);
    }

    #[test]
    fn finds_the_day() {
        let check = |address: &str, expected: &str| {
            let found = day(address).map(|date| date.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{address}");
        };
        check("https://news.example/2020/05/17/flood", "2020-05-17");
        check("https://news.example/2020/5/7/flood", "2020-05-07");
        check("https://news.example/world/2020-05-17-flood.html", "2020-05-17");
        check("https://news.example/a/20200517/flood", "2020-05-17");
        check("https://news.example/a/t20200517_12.htm", "2020-05-17");
        check("https://news.example/article/1202005171", "");
        check("https://news.example/2020/13/45/a", "");
        check("https://news.example/2020/05/flood", "");
        check("https://news.example/a/2020", "");
        check("https://news.example", "");
    }
}
