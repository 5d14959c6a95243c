//! A timeline as a drawing (SVG): a bar a stretch of time, each a link to its hits. Places are in percent, so that it is as
//! wide as the page and its letters are not. The script lets several bars be chosen; without it each is a link.

use super::asked::Asked;
use super::finding::in_sight;
use super::html::{each, escape};
use super::words::{begin, count, number, stretch};
use crate::search::{Bucket, Response};

/// More bars than this cannot be told apart, or hit with a pointer.
const BARS: usize = 400;
/// A bar is no wider than if there were so many.
const ROOM_FOR: usize = 24;
/// How many of them are named below.
const NAMES: usize = 5;
/// The height of the longest bar, in percent of the drawing; below it there is room for the names.
const LONGEST: f64 = 74.0;
/// Where the bars stand.
const GROUND: f64 = 84.0;

/// The drawing, where the hits have dates.
pub(super) fn timeline(asked: &Asked, response: &Response) -> String {
    let buckets = response.timeline.as_deref().unwrap_or_default();
    let bars = match asked.request.timeline {
        Some(_) => buckets.to_vec(),
        None => in_sight(buckets),
    };
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return String::new();
    };
    if bars.len() > BARS {
        return format!(
            "<p class=\"warning\">{} are too many bars to draw: choose a longer unit.</p>\n",
            number(bars.len() as u64)
        );
    }
    let largest = bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
    let width = 100.0 / bars.len().max(ROOM_FOR) as f64;
    let end = width * bars.len() as f64;
    let drawn = each(bars.iter().enumerate(), |(at, bar)| {
        drawn(asked, bar, at as f64 * width, width, largest)
    });
    let whole = Bucket {
        from: first.from,
        to: last.to,
        count: 0,
        of: 0,
    };
    format!(
        "<figure class=\"timeline\">\n<svg role=\"group\" aria-label=\"Timeline, {}\">\n\
         <line x1=\"0\" x2=\"{end:.3}%\" y1=\"{GROUND}%\" y2=\"{GROUND}%\"/>\n\
         <text x=\"0\" y=\"0\" dy=\"0.8em\" aria-hidden=\"true\">{}</text>\n{drawn}{}</svg>\n</figure>\n",
        stretch(&whole),
        number(largest),
        names(&bars, width),
    )
}

/// One bar, and around it a link as high as the drawing, so that low bars can be hit too.
fn drawn(asked: &Asked, bar: &Bucket, x: f64, width: f64, largest: u64) -> String {
    let height = match bar.count {
        0 => 0.0,
        count => (count as f64 / largest as f64 * LONGEST).max(1.0),
    };
    let label = format!(
        "{}: {} of {}",
        stretch(bar),
        count(bar.count, "article"),
        number(bar.of)
    );
    let shape = format!(
        "<rect class=\"room\" x=\"{x:.3}%\" y=\"0\" width=\"{width:.3}%\" height=\"{GROUND}%\"/>\
         <rect class=\"bar\" x=\"{:.3}%\" y=\"{:.2}%\" width=\"{:.3}%\" height=\"{height:.2}%\"/>",
        x + width * 0.1,
        GROUND - height,
        width * 0.8,
    );
    let (from, to) = (bar.from.to_string(), bar.to.to_string());
    let address = asked.with(|asked| {
        asked.request.from = Some(from.clone());
        asked.request.to = Some(to.clone());
        asked.request.timeline = None;
    });
    if bar.count == 0 {
        return format!("<g data-from=\"{from}\" data-to=\"{to}\">{shape}</g>\n");
    }
    format!(
        "<a href=\"{}\" aria-label=\"{label}\" data-from=\"{from}\" data-to=\"{to}\"><title>{label}</title>{shape}</a>\n",
        escape(&address),
    )
}

/// Some of the bars by name: every so many, so that the last has room too.
fn names(bars: &[Bucket], width: f64) -> String {
    let every = bars.len().max(ROOM_FOR).div_ceil(NAMES);
    each(bars.iter().enumerate().step_by(every), |(at, bar)| {
        let x = (at as f64 + 0.1) * width;
        format!(
            "<text x=\"{x:.3}%\" y=\"100%\" dy=\"-0.2em\" aria-hidden=\"true\">{}</text>\n",
            begin(bar)
        )
    })
}
