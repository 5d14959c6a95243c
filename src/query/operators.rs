//! The operators of the query language, as one table: help, the search page and the API documentation list it, and a test
//! parses every example. The fields have a table of their own, `fields::FIELDS`.

/// A form of the query language.
#[derive(Debug)]
pub struct Operator {
    /// What people call it.
    pub name: &'static str,
    /// How it is typed, the canonical form first.
    pub forms: &'static [&'static str],
    /// What it is for.
    pub category: Category,
    /// One line of help.
    pub help: &'static str,
    /// A query that uses it.
    pub example: &'static str,
}

/// What an operator is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// Words and phrases.
    Terms,
    /// Joining them.
    Logic,
    /// How near they stand.
    Proximity,
    /// Words that are not known exactly.
    Spelling,
    /// Where in the article, and which articles.
    Fields,
}

/// Every operator, in the order in which help lists them.
pub static OPERATORS: &[Operator] = &[
    Operator {
        name: "word",
        forms: &["word"],
        category: Category::Terms,
        help: "a word in all its forms; words side by side must all occur",
        example: "truce cairo",
    },
    Operator {
        name: "phrase",
        forms: &["\"a b\"", "“a b”", "'a b'"],
        category: Category::Terms,
        help: "these words in this order, in exactly these forms",
        example: "\"prisoner swap\"",
    },
    Operator {
        name: "everything",
        forms: &["*"],
        category: Category::Terms,
        help: "every article",
        example: "* NOT strike",
    },
    Operator {
        name: "and",
        forms: &["a AND b", "a b"],
        category: Category::Logic,
        help: "both; binds more tightly than OR",
        example: "truce AND cairo",
    },
    Operator {
        name: "or",
        forms: &["a OR b"],
        category: Category::Logic,
        help: "either",
        example: "truce OR ceasefire",
    },
    Operator {
        name: "not",
        forms: &["NOT a", "-a"],
        category: Category::Logic,
        help: "not; binds more tightly than AND",
        example: "strike NOT lightning",
    },
    Operator {
        name: "group",
        forms: &["( )"],
        category: Category::Logic,
        help: "taken together",
        example: "(truce OR ceasefire) cairo",
    },
    Operator {
        name: "near",
        forms: &["a W/10 b"],
        category: Category::Proximity,
        help: "at most so many words apart, in either order",
        example: "(truce OR \"cease-fire\") W/10 (cairo OR doha)",
    },
    Operator {
        name: "before",
        forms: &["a PRE/3 b"],
        category: Category::Proximity,
        help: "at most so many words apart, in this order",
        example: "talks PRE/5 cairo",
    },
    Operator {
        name: "not near",
        forms: &["a NOT W/5 b", "a NOT PRE/5 b"],
        category: Category::Proximity,
        help: "the first where the second is not that near",
        example: "bridge NOT W/5 boats",
    },
    Operator {
        name: "same sentence",
        forms: &["a W/S b", "a PRE/S b"],
        category: Category::Proximity,
        help: "in one sentence",
        example: "strike W/S crane*",
    },
    Operator {
        name: "same paragraph",
        forms: &["a W/P b", "a PRE/P b"],
        category: Category::Proximity,
        help: "in one paragraph",
        example: "tally* W/P crane",
    },
    Operator {
        name: "at least",
        forms: &["ATLEAST5(a)"],
        category: Category::Proximity,
        help: "at least so many matches in the article",
        example: "ATLEAST3(bridge)",
    },
    Operator {
        name: "wildcard",
        forms: &["a*", "*a", "a*b", "a?b"],
        category: Category::Spelling,
        help: "* for any letters, ? for one letter, anywhere in a word",
        example: "m*hamm?d",
    },
    Operator {
        name: "fuzzy",
        forms: &["a~1", "a~2", "a~"],
        category: Category::Spelling,
        help: "within one or two edits of the word",
        example: "portishaed~1",
    },
    Operator {
        name: "field",
        forms: &["headline:a", "headline:\"a b\"", "headline:(a OR b)"],
        category: Category::Fields,
        help: "in this field only",
        example: "headline:(oil OR gas)",
    },
];
