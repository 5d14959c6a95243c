//! Where a format found each field of an article: for `morgue read --explain`, and for those who mend a format.
//!
//! A format notes the origin beside the line that sets the field. Origins are static texts, so that this costs an ordinary
//! run next to nothing; what would have to be put together (the path of a JSON member) is noted only where
//! [`Options::explain`](super::Options) asks for it. Nothing is decided by an origin, and no index keeps one.

use std::fmt;

use super::MapField;

/// What of an article has an origin: the fields that `--map` can name, and what only a source can say of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A field.
    Field(MapField),
    /// [`Article::status`](crate::Article)
    Status,
    /// [`Article::version`](crate::Article)
    Version,
    /// [`Article::follows`](crate::Article)
    Follows,
    /// [`Article::stub`](crate::Article)
    Stub,
    /// [`Article::ocr`](crate::Article)
    Ocr,
}

impl Part {
    /// Its name, as in the JSON of an article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Field(field) => field.name(),
            Part::Status => "status",
            Part::Version => "version",
            Part::Follows => "follows",
            Part::Stub => "stub",
            Part::Ocr => "ocr",
        }
    }
}

impl From<MapField> for Part {
    fn from(field: MapField) -> Part {
        Part::Field(field)
    }
}

/// Where something was found: `element headline`, `JSON-LD datePublished`, `first line of the text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// In words.
    Rule(&'static str),
    /// A kind of place, and its name: `meta`, `og:title`.
    Named(&'static str, &'static str),
    /// Put together for this article.
    Built(String),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Rule(words) => f.write_str(words),
            Origin::Named(kind, name) => write!(f, "{kind} {name}"),
            Origin::Built(text) => f.write_str(text),
        }
    }
}

impl From<&'static str> for Origin {
    fn from(words: &'static str) -> Origin {
        Origin::Rule(words)
    }
}

impl From<(&'static str, &'static str)> for Origin {
    fn from((kind, name): (&'static str, &'static str)) -> Origin {
        Origin::Named(kind, name)
    }
}

impl From<String> for Origin {
    fn from(text: String) -> Origin {
        Origin::Built(text)
    }
}

/// The origins of an article's fields, in the order in which they were noted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(Vec<(Part, Origin)>);

/// How many origins are noted of one field, and for how many there is room at first.
const MOST: usize = 8;
const ROOM: usize = 16;

impl Origins {
    /// The field is from here; what was noted of it before no longer holds.
    pub fn note(&mut self, part: impl Into<Part>, origin: impl Into<Origin>) {
        let part = part.into();
        self.forget(part);
        self.push(part, origin.into());
    }

    /// The field is from here, too.
    pub fn also(&mut self, part: impl Into<Part>, origin: impl Into<Origin>) {
        let (part, origin) = (part.into(), origin.into());
        let known = |(own, from): &(Part, Origin)| *own == part && *from == origin;
        if !self.0.iter().any(known) && self.of(part).count() < MOST {
            self.push(part, origin);
        }
    }

    /// Passes a value on that a field is about to be set to, and notes where it is from if there is one.
    pub fn told<T>(
        &mut self,
        part: impl Into<Part>,
        origin: impl Into<Origin>,
        value: Option<T>,
    ) -> Option<T> {
        if value.is_some() {
            self.note(part, origin);
        }
        value
    }

    /// Nothing holds any more that was noted of the field.
    pub fn forget(&mut self, part: impl Into<Part>) {
        let part = part.into();
        self.0.retain(|(known, _)| *known != part);
    }

    /// All that was noted of a field.
    pub fn of(&self, part: impl Into<Part>) -> impl Iterator<Item = &Origin> {
        let part = part.into();
        self.0
            .iter()
            .filter(move |(known, _)| *known == part)
            .map(|(_, origin)| origin)
    }

    fn push(&mut self, part: Part, origin: Origin) {
        if self.0.capacity() == 0 {
            self.0.reserve_exact(ROOM);
        }
        self.0.push((part, origin));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_from_where_it_was_noted_last() {
        let mut origins = Origins::default();
        origins.note(MapField::Headline, "the title");
        origins.note(MapField::Headline, ("meta", "og:title"));
        origins.also(MapField::Topics, "keywords");
        origins.also(MapField::Topics, "keywords");
        origins.also(MapField::Topics, "tags".to_owned());
        assert_eq!(origins.told(MapField::Deck, "x", None::<u8>), None);
        let of = |field: MapField| -> Vec<String> {
            origins.of(field).map(ToString::to_string).collect()
        };
        assert_eq!(of(MapField::Headline), ["meta og:title"]);
        assert_eq!(of(MapField::Topics), ["keywords", "tags"]);
        assert!(of(MapField::Deck).is_empty());
    }
}
