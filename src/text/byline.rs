//! Reads bylines. (A stub until the real one is merged.)

/// The names in a byline, without "By" and agencies.
pub fn names(line: &str) -> Vec<String> {
    let line = line.trim().trim_end_matches('.');
    let line = ["by ", "von ", "par ", "por "]
        .iter()
        .find(|by| line.to_lowercase().starts_with(**by))
        .map_or(line, |by| line[by.len()..].trim());
    let line = [" Reuters", " REUTERS"]
        .iter()
        .find_map(|agency| line.strip_suffix(agency))
        .unwrap_or(line);
    let agency = |name: &str| {
        ["reuters", "reuter", "afp", "ap", "dpa", "reutersd"]
            .contains(&name.to_lowercase().as_str())
    };
    line.replace(" and ", ",")
        .replace(" AND ", ",")
        .split([',', ';'])
        .map(str::trim)
        .filter(|name| !name.is_empty() && !agency(name))
        .map(str::to_owned)
        .collect()
}
