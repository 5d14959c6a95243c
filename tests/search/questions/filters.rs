//! What random queries ask of an article beside its text: dates, lengths, places, languages.

use super::Questions;
use super::words::quotable;

impl Questions<'_> {
    pub(super) fn date(&mut self, seed: usize) -> String {
        let (some, other) = (
            self.article(seed).article.date,
            self.article(seed).article.date,
        );
        let (Some(a), Some(b)) = (some, other) else {
            return "date:..1970".into();
        };
        let (a, b) = (
            a.first_day().min(b.first_day()),
            a.last_day().max(b.last_day()),
        );
        let form = self.dice.pick(&["%Y-%m-%d", "%Y-%m", "%Y"]);
        let (from, to) = (a.format(form), b.format(form));
        match self.dice.below(8) {
            0 => format!("date:{from}"),
            1 => format!("date:{from}..{to}"),
            2 => format!("date:{from}.."),
            3 => format!("date:..{to}"),
            4 => format!("before:{to}"),
            5 => format!("after:{from}"),
            6 => format!("since:{to}"),
            _ => format!("until:{from}"),
        }
    }

    pub(super) fn length(&mut self, seed: usize) -> String {
        let count = self.article(seed).article.word_count;
        let sign = self.dice.pick(&[">", ">=", "<", "<=", "=", ""]);
        if self.dice.chance(30) {
            return format!("words:{}..{}", count / 2, count);
        }
        format!("words:{sign}{}", count.max(1))
    }

    /// A place of some article, something it lies in, a piece of its name, its country; or but a part of these.
    pub(super) fn place(&mut self, seed: usize) -> String {
        let places = &self.article(seed).article.places;
        let field = self.dice.pick(&["in", "in", "place"]);
        let mut names: Vec<&str> = Vec::new();
        for place in places {
            names.push(&place.name);
            names.extend(place.name.split([',', ';', '(', ')', '[', ']']));
            names.extend(place.name.split(' '));
            names.extend(place.path.iter().map(String::as_str));
            names.extend(place.country.as_deref());
        }
        names.retain(|name| name.chars().any(char::is_alphanumeric));
        if names.is_empty() {
            return format!("{field}:york");
        }
        let name = quotable(self.dice.pick(&names));
        match self.dice.below(3) {
            0 => format!("{field}:\"{}\"", name.to_lowercase()),
            1 => format!("{field}:\"{}\"", name.to_uppercase()),
            _ => format!("{field}:\"{name}\""),
        }
    }

    pub(super) fn language(&mut self, seed: usize) -> String {
        match self.article(seed).article.language.clone() {
            Some(tag) if self.dice.chance(50) => {
                format!("lang:{}", tag.split('-').next().unwrap_or(&tag))
            }
            Some(tag) => format!("lang:{tag}"),
            None => "lang:en".into(),
        }
    }
}
