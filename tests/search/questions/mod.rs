//! Random queries about given articles: every operator in every other that the parser allows, from words that occur.
//! Most of the words of one query come from one article, and those of a proximity from near each other, so that most
//! queries find something. Here is how queries are joined; [`words`] makes their leaves, [`near`] their proximities,
//! [`filters`] what is asked beside the text.

mod filters;
mod near;
mod words;

use morgue::query::tree::Field;
use morgue::search::SnippetField;

use self::words::Spot;
use super::oracle::{Oracle, Read, Text};
use crate::archives::Dice;

/// Asks about the articles of an oracle.
pub struct Questions<'a> {
    pub oracle: &'a Oracle,
    pub dice: Dice,
    /// How deep proximities stand in each other at most: of long articles they have too many matches to enumerate.
    pub deepest: usize,
}

impl<'a> Questions<'a> {
    /// The next query.
    pub fn next(&mut self) -> String {
        let seed = self.dice.below(self.oracle.articles.len());
        let depth = self.dice.below(4).min(self.dice.below(4));
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
            0..6 => {
                let spot = self.spot(seed);
                self.text_leaf(spot)
            }
            6..12 => {
                let spot = self.spot(seed);
                self.counted_or_near(spot)
            }
            12..16 => self.field(seed, 0),
            16 => self.date(seed),
            17 => self.length(seed),
            18 => self.place(seed),
            _ => self.language(seed),
        }
    }

    /// A field with a leaf, a proximity or a group in it.
    fn field(&mut self, seed: usize, depth: usize) -> String {
        for _ in 0..5 {
            let (name, field) = self.dice.pick(&[
                ("headline", Field::Headline),
                ("headline", Field::Headline),
                ("lead", Field::Lead),
                ("lead", Field::Lead),
                ("byline", Field::Byline),
                ("section", Field::Section),
                ("source", Field::Source),
                ("topic", Field::Topic),
            ]);
            if let Some(spot) = self.spot_in(field, seed) {
                return format!("{name}:{}", self.group(spot, depth));
            }
        }
        "topic:none".into()
    }

    /// What may stand in a field.
    fn group(&mut self, spot: Spot<'a>, depth: usize) -> String {
        if depth == 0 {
            return match self.dice.below(10) {
                0..5 => self.text_leaf(spot),
                5 if spot.text.words.len() < 12 => {
                    format!("\"{}\"", words::quotable(&spot.text.text))
                }
                _ => format!("({})", self.counted_or_near(spot)),
            };
        }
        let other = self.beside(spot, 12);
        let (a, b) = (self.group(spot, depth - 1), self.group(other, depth - 1));
        match self.dice.below(4) {
            0 => format!("({a} AND {b})"),
            1 => format!("({a} OR {b})"),
            2 => format!("({a} OR NOT {b})"),
            _ => format!("({a} NOT {b})"),
        }
    }

    /// The article with this number, or another one.
    fn article(&mut self, seed: usize) -> &'a Read {
        let other = self.dice.below(self.oracle.articles.len());
        let number = if self.dice.chance(70) { seed } else { other };
        &self.oracle.articles[number]
    }

    /// A word of some article.
    fn spot(&mut self, seed: usize) -> Spot<'a> {
        loop {
            let read = self.article(seed);
            let texts: Vec<&Text> = read.parts.iter().map(|(_, text)| text).collect();
            if let Some(spot) = self.spot_of(&texts) {
                return spot;
            }
        }
    }

    /// A word of this field of some article.
    fn spot_in(&mut self, field: Field, seed: usize) -> Option<Spot<'a>> {
        let read = self.article(seed);
        let is_in = |part: SnippetField| match field {
            Field::Headline => part == SnippetField::Headline,
            Field::Lead => matches!(part, SnippetField::Headline | SnippetField::Body),
            Field::Byline => part == SnippetField::Byline,
            Field::Section | Field::Source | Field::Topic | Field::Language => false,
        };
        let parts = read.parts.iter().filter(|(part, _)| is_in(*part));
        let values = read.values.iter().filter(|(value, _)| *value == field);
        let texts: Vec<&Text> = parts
            .map(|(_, text)| text)
            .chain(values.map(|(_, text)| text))
            .collect();
        let spot = self.spot_of(&texts)?;
        // The lead is the beginning of the body.
        let at = if field == Field::Lead {
            spot.at % 30
        } else {
            spot.at
        };
        Some(Spot { at, ..spot })
    }

    fn spot_of(&mut self, texts: &[&'a Text]) -> Option<Spot<'a>> {
        let with_words: Vec<&Text> = texts
            .iter()
            .filter(|text| !text.words.is_empty())
            .copied()
            .collect();
        if with_words.is_empty() {
            return None;
        }
        let text = self.dice.pick(&with_words);
        let at = self.dice.below(text.words.len());
        Some(Spot { text, at })
    }
}
