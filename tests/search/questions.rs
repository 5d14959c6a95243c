//! Random queries about given articles: every operator that can be searched in every other, from words that occur.
//! Most of the words of one query come from one article, so that most queries find something.

use morgue::text::analysis::{form, words};

use super::oracle::{Oracle, Read};
use crate::archives::Dice;

/// Asks about the articles of an oracle.
pub struct Questions<'a> {
    pub oracle: &'a Oracle,
    pub dice: Dice,
}

impl Questions<'_> {
    /// The next query.
    pub fn next(&mut self) -> String {
        let seed = self.dice.below(self.oracle.articles.len());
        let depth = self.dice.below(4);
        self.query(seed, depth)
    }

    fn query(&mut self, seed: usize, depth: usize) -> String {
        if depth == 0 {
            return self.leaf(seed);
        }
        let parts: Vec<String> = (0..2 + self.dice.below(2))
            .map(|_| self.query(seed, depth - 1))
            .collect();
        match self.dice.below(10) {
            0..3 => format!("({})", parts.join(" AND ")),
            3..6 => format!("({})", parts.join(" OR ")),
            6 => format!("NOT {}", parts[0]),
            7 => format!("({} NOT {})", parts[0], parts[1]),
            // As people type it: all or any of them, as the request says.
            8 => format!("({})", parts.join(" ")),
            _ => self.field(seed, 1),
        }
    }

    fn leaf(&mut self, seed: usize) -> String {
        match self.dice.below(20) {
            0..10 => self.text_leaf(seed),
            10..14 => self.field(seed, 0),
            14..16 => self.date(seed),
            16 => self.length(seed),
            17 => self.place(seed),
            18 => self.language(seed),
            _ => self.value(seed),
        }
    }

    fn article(&mut self, seed: usize) -> &Read {
        let other = self.dice.below(self.oracle.articles.len());
        let number = if self.dice.chance(70) { seed } else { other };
        &self.oracle.articles[number]
    }

    /// A word, a phrase or a wildcard.
    fn text_leaf(&mut self, seed: usize) -> String {
        match self.dice.below(10) {
            0..5 => self.word(seed),
            5..8 => self.phrase(seed),
            _ => self.wildcard(seed),
        }
    }

    /// Some words of an article that stand side by side, as they are written.
    fn words(&mut self, seed: usize, most: usize) -> String {
        let oracle = self.oracle;
        for _ in 0..20 {
            let number = if self.dice.chance(70) {
                seed
            } else {
                self.dice.below(oracle.articles.len())
            };
            let parts: Vec<_> = oracle.articles[number]
                .parts
                .iter()
                .filter(|part| !part.words.is_empty())
                .collect();
            if parts.is_empty() {
                continue;
            }
            let part = self.dice.pick(&parts);
            let first = self.dice.below(part.words.len());
            let last = (first + self.dice.below(most)).min(part.words.len() - 1);
            return part.text[part.words[first].range.start..part.words[last].range.end].to_owned();
        }
        "nothing".into()
    }

    /// A word that is no operator, in some case.
    fn word(&mut self, seed: usize) -> String {
        let word = self.words(seed, 1);
        let cased = match self.dice.below(4) {
            0 => word.to_uppercase(),
            1 => word.clone(),
            _ => word.to_lowercase(),
        };
        if matches!(cased.as_str(), "AND" | "OR" | "NOT" | "W" | "PRE") {
            cased.to_lowercase()
        } else {
            cased
        }
    }

    fn phrase(&mut self, seed: usize) -> String {
        let text = self.words(seed, 4);
        let plain: String = text
            .chars()
            .map(|c| {
                if c.is_control() || "\"“”„«»*?".contains(c) {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        format!("\"{plain}\"")
    }

    fn wildcard(&mut self, seed: usize) -> String {
        let word = self.words(seed, 1);
        let chars: Vec<char> = form::exact_of(&word).chars().collect();
        if chars.len() < 3 || !chars.iter().all(|c| c.is_alphanumeric()) {
            return self.word(seed);
        }
        let cut = 1 + self.dice.below(chars.len() - 2);
        let (head, tail): (String, String) = (
            chars[..cut].iter().collect(),
            chars[cut + 1..].iter().collect(),
        );
        match self.dice.below(8) {
            0 => format!("{head}*"),
            1 => format!("*{tail}"),
            2 => format!("{head}*{tail}"),
            3 => format!("{head}?{tail}"),
            4 => format!("*{tail}*"),
            5 => format!("?{}", chars[1..].iter().collect::<String>()),
            6 => format!("*?{tail}"),
            _ => format!("{head}*?"),
        }
    }

    /// A word field with a leaf or a group in it.
    fn field(&mut self, seed: usize, depth: usize) -> String {
        let field = self.dice.pick(&["headline", "lead", "byline"]);
        format!("{field}:{}", self.group(seed, depth))
    }

    fn group(&mut self, seed: usize, depth: usize) -> String {
        if depth == 0 {
            return self.text_leaf(seed);
        }
        let (a, b) = (self.group(seed, depth - 1), self.group(seed, depth - 1));
        match self.dice.below(4) {
            0 => format!("({a} AND {b})"),
            1 => format!("({a} OR {b})"),
            2 => format!("({a} OR NOT {b})"),
            _ => format!("({a} NOT {b})"),
        }
    }

    /// A section, a source or a topic: whole, one word of it, or the beginning of one.
    fn value(&mut self, seed: usize) -> String {
        let article = self.article(seed).article.clone();
        let values: Vec<(&str, &String)> = (article.section.iter().map(|value| ("section", value)))
            .chain(article.source.iter().map(|value| ("source", value)))
            .chain(article.topics.iter().map(|value| ("topic", value)))
            .collect();
        if values.is_empty() {
            return "section:none".into();
        }
        let (field, value) = self.dice.pick(&values);
        let Some(first) = words(value).next().map(|word| &value[word]) else {
            return "topic:none".into();
        };
        match self.dice.below(4) {
            0 => format!("{field}:\"{value}\""),
            1 => format!("{field}:{}", first.to_uppercase()),
            2 if first.is_ascii() && first.len() > 2 => format!("{field}:{}*", &first[..2]),
            _ => format!("{field}:({first} OR NOT \"{value}\")"),
        }
    }

    fn date(&mut self, seed: usize) -> String {
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

    fn length(&mut self, seed: usize) -> String {
        let count = self.article(seed).article.word_count;
        let sign = self.dice.pick(&[">", ">=", "<", "<=", "=", ""]);
        if self.dice.chance(30) {
            return format!("words:{}..{}", count / 2, count);
        }
        format!("words:{sign}{}", count.max(1))
    }

    fn place(&mut self, seed: usize) -> String {
        let article = self.article(seed).article.clone();
        let places: Vec<&str> = article
            .places
            .iter()
            .map(|place| place.name.as_str())
            .collect();
        if places.is_empty() {
            return "place:york".into();
        }
        format!("place:\"{}\"", self.dice.pick(&places).replace('"', " "))
    }

    fn language(&mut self, seed: usize) -> String {
        match self.article(seed).article.language.clone() {
            Some(tag) if self.dice.chance(50) => {
                format!("lang:{}", tag.split('-').next().unwrap_or(&tag))
            }
            Some(tag) => format!("lang:{tag}"),
            None => "lang:en".into(),
        }
    }
}
