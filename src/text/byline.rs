//! Bylines → names.

/// The names of the people in a byline, as people write them.
#[must_use]
pub fn names(line: &str) -> Vec<String> {
    let mut text = line.trim();
    for mark in ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Di "] {
        text = text.strip_prefix(mark).unwrap_or(text);
    }
    let mut text = text.to_owned();
    for mark in [" and ", " und ", " & ", "; ", " et ", " y ", " e ", ";"] {
        text = text.replace(mark, ", ");
    }
    text.split(", ").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Whether a short line looks like a byline: "By" (von, par, por …) and a name.
#[must_use]
pub fn is_byline(line: &str) -> bool {
    ["By ", "by ", "BY ", "Von ", "von ", "Par ", "Por ", "Di "].iter().any(|mark| line.starts_with(mark)) && line.len() < 120
}
