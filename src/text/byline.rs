//! Bylines → names.

/// The names of the people in a byline, as people write them.
#[must_use]
pub fn names(line: &str) -> Vec<String> {
    let _ = line;
    Vec::new()
}

/// Whether a short line looks like a byline: "By" (von, par, por …) and a name.
#[must_use]
pub fn is_byline(line: &str) -> bool {
    let _ = line;
    false
}
