//! The fields that a query can name, as one table: the lexer looks names up in it, help and the page list it.
//! What an index stores under them is `index::schema`'s affair.

use super::tree::Field;

/// A name before a colon.
#[derive(Debug)]
pub struct QueryField {
    /// The name that canonical queries use.
    pub name: &'static str,
    /// Other names for it, as other archives and engines have them.
    pub aliases: &'static [&'static str],
    /// One line of help.
    pub help: &'static str,
    /// A query that uses it.
    pub example: &'static str,
    /// What the name means to the parser.
    pub(super) meaning: Meaning,
}

/// What a field's value is, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Words, a phrase or a group, looked for in this field.
    Text(Field),
    /// The name of a place; what it does to it.
    Place(Lies),
    /// A date or a range of dates.
    Date(Side),
    /// A number of words or a range of them.
    Words,
    /// Which versions of the articles are searched.
    Versions,
    /// The day as of which they are searched.
    AsOf,
}

/// How an article is bound to a named place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    /// One of its places lies there.
    In,
    /// It names the place.
    Named,
}

/// Which days a date selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Its own.
    Within,
    /// All before its first.
    Before,
    /// All after its last.
    After,
    /// From its first on.
    Since,
    /// Up to and with its last.
    Until,
}

/// Every field of the query language, in the order in which help lists them.
pub static FIELDS: &[QueryField] = &[
    QueryField {
        name: "headline",
        aliases: &["title", "hl", "hd"],
        help: "in the headline",
        example: "headline:\"crab supper\"",
        meaning: Meaning::Text(Field::Headline),
    },
    QueryField {
        name: "lead",
        aliases: &["hlead", "hlp"],
        help: "in the headline or the first paragraph",
        example: "lead:(strike OR stoppage)",
        meaning: Meaning::Text(Field::Lead),
    },
    QueryField {
        name: "byline",
        aliases: &["author", "by"],
        help: "by this author",
        example: "byline:feld",
        meaning: Meaning::Text(Field::Byline),
    },
    QueryField {
        name: "section",
        aliases: &["desk", "category"],
        help: "in this section of the publication",
        example: "section:shipping",
        meaning: Meaning::Text(Field::Section),
    },
    QueryField {
        name: "source",
        aliases: &["pub", "publication", "paper"],
        help: "in this publication",
        example: "source:\"harbour courier\"",
        meaning: Meaning::Text(Field::Source),
    },
    QueryField {
        name: "lang",
        aliases: &["language"],
        help: "in this language, a BCP 47 tag: en also finds en-GB",
        example: "lang:en",
        meaning: Meaning::Text(Field::Language),
    },
    QueryField {
        name: "topic",
        aliases: &["subject", "tag"],
        help: "filed under this topic",
        example: "topic:ship",
        meaning: Meaning::Text(Field::Topic),
    },
    QueryField {
        name: "in",
        aliases: &["location"],
        help: "its places lie there",
        example: "in:egypt",
        meaning: Meaning::Place(Lies::In),
    },
    QueryField {
        name: "place",
        aliases: &[],
        help: "it names this very place",
        example: "place:cairo",
        meaning: Meaning::Place(Lies::Named),
    },
    QueryField {
        name: "date",
        aliases: &["published"],
        help: "its date overlaps this day, month, year, season or range",
        example: "date:1963-08..1963-10",
        meaning: Meaning::Date(Side::Within),
    },
    QueryField {
        name: "before",
        aliases: &[],
        help: "dated before the first day of it",
        example: "before:1963",
        meaning: Meaning::Date(Side::Before),
    },
    QueryField {
        name: "after",
        aliases: &[],
        help: "dated after the last day of it",
        example: "after:1963",
        meaning: Meaning::Date(Side::After),
    },
    QueryField {
        name: "since",
        aliases: &[],
        help: "dated on its first day or later",
        example: "since:2020",
        meaning: Meaning::Date(Side::Since),
    },
    QueryField {
        name: "until",
        aliases: &[],
        help: "dated on its last day or earlier",
        example: "until:1963-08",
        meaning: Meaning::Date(Side::Until),
    },
    QueryField {
        name: "words",
        aliases: &["wc", "length", "wordcount"],
        help: "so many words long",
        example: "words:>200",
        meaning: Meaning::Words,
    },
    QueryField {
        name: "versions",
        aliases: &[],
        help: "all: also the versions that were replaced or withdrawn",
        example: "versions:all",
        meaning: Meaning::Versions,
    },
    QueryField {
        name: "as-of",
        aliases: &["asof", "as_of"],
        help: "the archive as it read at the end of this day",
        example: "as-of:2024-03-01",
        meaning: Meaning::AsOf,
    },
];

/// The field of this name or alias, in any case.
pub(super) fn find(name: &str) -> Option<&'static QueryField> {
    FIELDS
        .iter()
        .find(|field| field.names().any(|known| known.eq_ignore_ascii_case(name)))
}

/// The canonical name of a field of the tree.
pub(crate) fn name_of(field: Field) -> &'static str {
    FIELDS
        .iter()
        .find(|row| row.meaning == Meaning::Text(field))
        .map_or("", |row| row.name)
}

impl QueryField {
    /// Its name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_given_once_and_found() {
        let mut names: Vec<_> = FIELDS.iter().flat_map(QueryField::names).collect();
        for name in &names {
            let field = find(&name.to_uppercase()).unwrap();
            assert!(field.names().any(|known| known == *name));
        }
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_field_of_the_tree_has_a_name() {
        use Field::*;
        for field in [Headline, Lead, Byline, Section, Source, Language, Topic] {
            assert!(!name_of(field).is_empty(), "{field:?}");
        }
    }
}
