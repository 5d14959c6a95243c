//! The history of an article: what it read before, and what differs between two of its versions.

use chrono::NaiveDate;

use super::asked::Opened;
use super::html::{each, escape};
use super::words;
use crate::article::{Difference, Status, Version};
use crate::text::difference::Stretch;
use crate::text::edtf::Edtf;

/// What stands above an article that is not what the archive reads now; nothing above one that is.
pub(super) fn notice(opened: &Opened, versions: &[Version]) -> String {
    let shown = versions
        .iter()
        .find(|version| Some(version.number) == opened.version);
    let Some(shown) = shown.filter(|version| !version.current) else {
        return String::new();
    };
    let until = match shown.until {
        Some(last) => format!("The archive has not read so since {}.", day(last)),
        None => "The archive no longer reads so.".into(),
    };
    let now = if versions.iter().any(|version| version.current) {
        let address = opened.asked.article(&opened.id, "");
        format!(" <a href=\"{}\">What it reads now</a>", escape(&address))
    } else {
        String::new()
    };
    format!(
        "<p class=\"warning\">Version {}. {until}{now}</p>\n",
        shown.number
    )
}

/// The list of versions, where there are several; of each what differs from the one before.
pub(super) fn list(opened: &Opened, versions: &[Version]) -> String {
    if versions.len() < 2 {
        return String::new();
    }
    let befores = std::iter::once(None).chain(versions.iter().map(Some));
    let rows = each(versions.iter().zip(befores), |(version, before)| {
        row(opened, version, before)
    });
    format!(
        "<section class=\"versions\" aria-labelledby=\"versions\">\n<h2 id=\"versions\">Versions</h2>\n<ol>\n{rows}</ol>\n</section>\n"
    )
}

fn row(opened: &Opened, version: &Version, before: Option<&Version>) -> String {
    let number = version.number;
    let link = |more: &str, label: &str| {
        let address = opened.asked.article(&opened.id, more);
        format!("<a href=\"{}\">{label}</a>", escape(&address))
    };
    let headline = match version.article.headline.as_str() {
        "" => "(no headline)".into(),
        headline => format!("<bdi>{}</bdi>", escape(headline)),
    };
    let opened_now = match opened.version {
        Some(shown) => shown == number,
        None => version.current && opened.difference.is_none(),
    };
    let headline = match (version.embargo, opened_now) {
        (Some(_), _) => "Embargoed".into(),
        (None, true) => format!("<strong>{headline}</strong>"),
        (None, false) if version.current => link("", &headline),
        (None, false) => link(&format!("&version={number}"), &headline),
    };
    let status = match version.article.status {
        Status::Usable => "",
        Status::Withheld => " · withheld",
        Status::Canceled => " · canceled",
    };
    let since = version.since.map_or_else(|| "?".into(), day);
    let until = match version.until {
        None if version.current => "now".into(),
        until => until.map_or_else(|| "?".into(), day),
    };
    let sealed = |version: &Version| version.embargo.is_some();
    let change = before
        .filter(|before| !sealed(before) && !sealed(version))
        .map(|before| {
            let more = format!("&diff={}..{number}", before.number);
            format!(" · {}", link(&more, "What changed"))
        });
    format!(
        "<li value=\"{number}\">{headline}\n<p class=\"facts\">{since} – {until}{status}{}</p></li>\n",
        change.unwrap_or_default()
    )
}

fn day(day: NaiveDate) -> String {
    words::date(Edtf::Day(day))
}

/// What differs, as one text.
pub(super) fn difference(opened: &Opened, difference: &Difference) -> String {
    let part = |class: &str, stretches: &[Stretch]| {
        if stretches.is_empty() {
            return String::new();
        }
        let text = each(stretches, |stretch| match stretch {
            Stretch::Same(text) => escape(text).into_owned(),
            Stretch::Removed(text) => format!("<del>{}</del>", escape(text)),
            Stretch::Added(text) => format!("<ins>{}</ins>", escape(text)),
        });
        format!("<div class=\"{class}\" dir=\"auto\">{text}</div>\n")
    };
    let address = opened.asked.article(&opened.id, "");
    format!(
        "<article class=\"reading difference\">\n<h1>Version {} to version {}</h1>\n\
         <p class=\"facts\"><del>What went</del> and <ins>what came</ins>. <a href=\"{}\">The article</a></p>\n{}{}{}</article>\n",
        difference.from,
        difference.to,
        escape(&address),
        part("headline", &difference.headline),
        part("deck", &difference.deck),
        part("body", &difference.body),
    )
}
