//! What the names of elements (`class`, `id` and their kin) say about their content.
//!
//! Names are cut into words (`relatedArticles__box` → related, articles, box) and looked up whole: a part of a word
//! proves nothing (`ad` in `headline`). A label is only a hint; [`super::beside`] tells when it is believed.

use super::page::{Node, NodeIndex, Page};

/// What a name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// Beside the article: menus, teasers, forms, share buttons, advertisements.
    Beside,
    /// What readers wrote.
    Comments,
    /// Not shown.
    Hidden,
    /// The text of the article.
    Text,
}

/// The labels of all nodes of a page.
#[derive(Debug)]
pub(crate) struct Labels(Vec<Option<Label>>);

impl Labels {
    /// Labels every element once.
    pub(crate) fn of(page: &Page) -> Self {
        Labels(page.nodes.iter().map(label).collect())
    }

    /// The label of a node.
    pub(crate) fn get(&self, node: NodeIndex) -> Option<Label> {
        self.0.get(node).copied().flatten()
    }

    /// Every node with this label, in document order.
    pub(crate) fn nodes(&self, wanted: Label) -> impl Iterator<Item = NodeIndex> {
        self.0.iter().enumerate().filter(move |(_, label)| **label == Some(wanted)).map(|(node, _)| node)
    }
}

/// Words that name what stands beside the article.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "ad", "ads", "adsense", "adslot", "advert", "advertisement", "advertising", "advertorial", "anzeige", "author",
    "authorbox", "authors", "autor", "autoren", "banner", "barrier", "bio", "biography", "breadcrumb", "breadcrumbs",
    "button", "byline", "caption", "captions", "carousel", "consent", "cookie", "cookies", "copyright", "credit",
    "credits", "cta", "date", "disclaimer", "donate", "donation", "facebook", "fb", "footer", "gallery", "gdpr",
    "keywords", "kicker", "legend", "lightbox", "livefyre", "login", "masthead", "menu", "meta", "metadata", "modal",
    "most", "mostread", "nav", "navbar", "navi", "navigation", "newsletter", "newsletters", "outbrain", "overlay",
    "pager", "pagination", "paywall", "piano", "player", "poll", "popular", "popup", "print", "promo", "promos",
    "promoted", "promotion", "pubdate", "publicidad", "published", "quiz", "rail", "rating", "readmore", "recirc",
    "recirculation", "recomendado", "recommend", "recommendation", "recommendations", "recommended", "register",
    "registration", "regwall", "related", "relatedarticles", "relatedcontent", "relacionada", "relacionadas",
    "relacionados", "share", "sharebar", "sharedaddy", "shares", "sharing", "sidebar", "signin", "signup", "skip",
    "slideshow", "social", "socials", "sponsor", "sponsored", "sponsors", "subscribe", "subscription", "syndication",
    "taboola", "taglist", "tags", "teaser", "teasers", "ticker", "timestamp", "toolbar", "tools", "tooltip", "topics",
    "trending", "upnext", "werbung", "whatsapp", "widget", "widgets", "yarpp", "zergnet",
];

/// Pairs of neighbouring words that do the same.
#[rustfmt::skip]
const BESIDE_PAIRS: &[[&str; 2]] = &[
    ["also", "like"], ["also", "read"], ["app", "download"], ["article", "info"], ["call", "to"], ["entry", "meta"],
    ["follow", "us"], ["image", "credit"], ["in", "page"], ["inline", "story"], ["latest", "news"], ["more", "from"],
    ["more", "on"], ["more", "stories"], ["most", "read"], ["post", "meta"], ["read", "also"], ["read", "more"],
    ["read", "next"], ["screen", "reader"], ["see", "also"], ["sign", "up"], ["sr", "only"], ["tag", "list"],
    ["up", "next"], ["visually", "hidden"], ["wp", "caption"],
];

/// Words that name what readers wrote.
#[rustfmt::skip]
const COMMENTS: &[&str] = &[
    "comment", "commentaires", "commentlist", "comments", "comentarios", "disqus", "kommentar", "kommentare",
    "replies", "reply", "respond",
];

/// Names that the text of an article has on very many sites, as words in this order.
#[rustfmt::skip]
const TEXT: &[&[&str]] = &[
    &["article", "body"], &["article", "content"], &["article", "copy"], &["article", "main"], &["article", "text"],
    &["articlebody"], &["articlecontent"], &["articletext"], &["body", "content"], &["body", "copy"],
    &["content", "body"], &["entry"], &["news", "body"], &["news", "content"], &["news", "text"], &["post", "body"],
    &["post", "content"], &["post", "entry"], &["prose"], &["rich", "text"], &["richtext"], &["single", "content"],
    &["story", "body"], &["story", "content"], &["story", "text"], &["storybody"], &["storytext"], &["text", "content"],
];

/// Elements whose own names say nothing about what they hold: the whole page, and parts of running text.
#[rustfmt::skip]
const UNLABELLED: &[&str] = &[
    "", "a", "article", "b", "body", "em", "h1", "html", "i", "li", "main", "strong", "table", "tbody", "td", "th", "tr",
];

/// What an element promises, by its tag, its role and its names.
fn label(node: &Node) -> Option<Label> {
    let tag = node.tag.as_str();
    if hidden(node) {
        return Some(Label::Hidden);
    }
    if node.has_word("itemprop", "articleBody") {
        return Some(Label::Text);
    }
    let role = node.attribute("role").unwrap_or_default();
    if matches!(tag, "nav" | "footer" | "aside" | "menu" | "form" | "header" | "time")
        || matches!(role, "navigation" | "complementary" | "banner" | "contentinfo" | "search" | "dialog")
    {
        return Some(Label::Beside);
    }
    if UNLABELLED.contains(&tag) {
        return None;
    }
    let words = words(node);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    if has(COMMENTS) {
        return Some(Label::Comments);
    }
    if has(BESIDE) || words.windows(2).any(|pair| BESIDE_PAIRS.iter().any(|known| known == pair)) {
        return Some(Label::Beside);
    }
    let is_text = TEXT.iter().any(|name| words.windows(name.len()).any(|part| part == *name));
    is_text.then_some(Label::Text)
}

/// Whether the page asks that the element be not shown.
fn hidden(node: &Node) -> bool {
    node.attribute("hidden").is_some()
        || node.attribute("style").is_some_and(|style| {
            let style: String = style.chars().take(1_000).filter(|letter| !letter.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Attributes that name an element.
const NAMING: &[&str] = &[
    "class", "id", "role", "aria-label", "data-component", "data-testid", "data-qa", "data-type", "data-module", "data-block", "data-block-type",
];

/// The words of the names of an element, in lower case; an empty one stands between two names.
pub(crate) fn words(node: &Node) -> Vec<String> {
    let mut words = Vec::new();
    for (attribute, value) in &node.attributes {
        if !NAMING.contains(&attribute.as_str()) || value.len() > 1_000 {
            continue;
        }
        // `print:hidden`, `md:[…]` are instructions to the style sheet, no names.
        for name in value.split_whitespace().filter(|name| !name.contains([':', '['])) {
            split(name, &mut words);
            words.push(String::new());
        }
    }
    words
}

/// Cuts a name at every sign and digit, and where a small letter meets a capital.
fn split(name: &str, words: &mut Vec<String>) {
    let mut word = String::new();
    let mut after_small = false;
    for letter in name.chars().chain(['-']) {
        let begins = after_small && letter.is_ascii_uppercase();
        if begins && word.len() < 3 {
            // A generated name (`hJpRRP`) has no words.
            word.clear();
        }
        if (begins || !letter.is_ascii_alphabetic()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        after_small = letter.is_ascii_lowercase();
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: Option<Label>) {
        let page = Page::parse(html);
        let body = page.elements("body").next().expect("every page has a body").0;
        assert_eq!(Labels::of(&page).get(body + 1), expected, "{html}");
    }

    #[test]
    fn reads_names_word_by_word() {
        check("<div class='relatedArticles__box'>", Some(Label::Beside));
        check("<div id=read-more>", Some(Label::Beside));
        check("<div class='article-body'>", Some(Label::Text));
        check("<div itemprop=articleBody class=widget>", Some(Label::Text));
        check("<section class='c-comments'>", Some(Label::Comments));
        check("<p style='color: red; display: none'>", Some(Label::Hidden));
        check("<nav>", Some(Label::Beside));
    }

    #[test]
    fn does_not_take_parts_of_words_and_instructions_for_names() {
        check("<div class='headline shadow loadable'>", None);
        check("<div class='print:hidden hJpRRP'>", None);
        check("<div class='read other-more'>", None);
        check("<article class='author-jane post'>", None);
    }
}
