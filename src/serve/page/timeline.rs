//! A timeline as a drawing (SVG): a bar a stretch of time, each a link to its hits. No script, no style attributes.

use super::html::escape;
use super::links;
use crate::output::stretch_label;
use crate::search::{Bucket, Request};

/// More bars than this cannot be told apart, or hit with a pointer.
const BARS: usize = 400;
/// The height of the longest bar and the width of each, in units of the drawing.
const HEIGHT: u64 = 100;
const WIDTH: usize = 10;

/// The drawing, with its first and last stretch named below it.
pub(super) fn timeline(asked: &Request, buckets: &[Bucket]) -> String {
    let (Some(first), Some(last)) = (buckets.first(), buckets.last()) else {
        return String::new();
    };
    if buckets.len() > BARS {
        return format!(
            "<p class=\"warning\">{} stretches of time are too many to draw: choose a longer unit.</p>\n",
            buckets.len()
        );
    }
    let largest = buckets
        .iter()
        .map(|bucket| bucket.count)
        .max()
        .unwrap_or(0)
        .max(1);
    let bars: String = buckets
        .iter()
        .enumerate()
        .map(|(at, bucket)| bar(asked, at, bucket, largest))
        .collect();
    format!(
        "<figure class=\"timeline\">\n<svg viewBox=\"0 0 {} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"group\" aria-label=\"Timeline\">\n{bars}</svg>\n\
         <figcaption><span>{}</span><span>{}</span></figcaption>\n</figure>\n",
        buckets.len() * WIDTH,
        stretch_label(first),
        stretch_label(last),
    )
}

/// One bar, and around it a link as high as the drawing, so that low bars can be hit too.
fn bar(asked: &Request, at: usize, bucket: &Bucket, largest: u64) -> String {
    if bucket.count == 0 {
        return String::new();
    }
    let height = u128::from(bucket.count) * u128::from(HEIGHT) / u128::from(largest);
    let height = u64::try_from(height).unwrap_or(HEIGHT).max(2);
    let x = at * WIDTH;
    format!(
        "<a href=\"{}\"><title>{}: {} of {}</title><rect class=\"hit\" x=\"{x}\" y=\"0\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>\
         <rect x=\"{x}\" y=\"{}\" width=\"{}\" height=\"{height}\"/></a>\n",
        escape(&links::stretch(asked, bucket)),
        stretch_label(bucket),
        bucket.count,
        bucket.of,
        HEIGHT - height,
        WIDTH - 1,
    )
}
