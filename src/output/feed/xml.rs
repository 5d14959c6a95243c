//! Atom (RFC 4287) and RSS 2.0. Texts of the archive stand in both as HTML, which they are not: so they are escaped twice, and
//! no reader takes a `<` in a headline for markup.

use chrono::SecondsFormat;

use super::{Entry, Feed, has_day};

/// The feed as Atom.
pub(crate) fn atom(feed: &Feed) -> String {
    let mut xml = Xml::begin(
        "feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
    );
    xml.text("id", &feed.id);
    xml.text("title", &feed.title);
    xml.text(
        "updated",
        &feed.updated.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    );
    xml.link("self", feed.here.as_deref());
    xml.link("alternate", feed.page.as_deref());
    // An entry without an author has that of the feed, which it must have then.
    xml.author("morgue");
    for entry in &feed.entries {
        atom_entry(&mut xml, entry);
    }
    xml.end("feed")
}

fn atom_entry(xml: &mut Xml, entry: &Entry) {
    let article = &entry.article;
    let language = article.language.as_deref().unwrap_or_default();
    xml.open(&format!("entry xml:lang=\"{}\"", escape(language)));
    xml.text("id", &entry.id);
    xml.html("title type=\"html\"", headline(entry));
    xml.text(
        "updated",
        &entry.updated.to_rfc3339_opts(SecondsFormat::AutoSi, true),
    );
    if let Some(published) = entry.published {
        xml.text(
            "published",
            &published.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        );
    }
    xml.link("alternate", entry.page.as_deref());
    xml.link("via", entry.original());
    for name in &article.byline {
        xml.author(name);
    }
    for topic in article.section.iter().chain(&article.topics) {
        let term = escape(topic);
        xml.line(&format!("<category term=\"{term}\"/>"));
    }
    if let Some(source) = &article.source {
        xml.open("source");
        xml.html("title type=\"html\"", source);
        xml.close("source");
    }
    if let Some(copyright) = &article.copyright {
        xml.html("rights type=\"html\"", copyright);
    }
    // An entry that cannot be read elsewhere must have a content.
    let place = match entry.page {
        Some(_) => "summary type=\"html\"",
        None => "content type=\"html\"",
    };
    xml.html(place, &entry.summary);
    xml.close("entry");
}

/// The feed as RSS 2.0, with Dublin Core for what RSS has no place for: several authors, and dates without a day.
pub(crate) fn rss(feed: &Feed) -> String {
    let mut xml = Xml::begin(
        "rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"",
    );
    xml.open("channel");
    xml.text("title", &feed.title);
    xml.text("link", feed.page.as_deref().unwrap_or(&feed.id));
    xml.text(
        "description",
        "What this archive has to a query, the newest first",
    );
    xml.text("lastBuildDate", &feed.updated.to_rfc2822());
    if let Some(here) = &feed.here {
        let here = escape(here);
        xml.line(&format!(
            "<atom:link href=\"{here}\" rel=\"self\" type=\"application/rss+xml\"/>"
        ));
    }
    for entry in &feed.entries {
        rss_item(&mut xml, entry);
    }
    xml.close("channel");
    xml.end("rss")
}

fn rss_item(xml: &mut Xml, entry: &Entry) {
    let article = &entry.article;
    xml.open("item");
    xml.text("guid isPermaLink=\"false\"", &entry.id);
    xml.html("title", headline(entry));
    if let Some(page) = &entry.page {
        xml.text("link", page);
    }
    match article.date {
        Some(date) if has_day(date) => xml.text("pubDate", &super::instant(date).to_rfc2822()),
        Some(date) => xml.text("dc:date", &date.to_string()),
        None => {}
    }
    for name in &article.byline {
        xml.text("dc:creator", name);
    }
    for topic in &article.topics {
        xml.text("category", topic);
    }
    let told = [
        ("dc:language", &article.language),
        ("dc:publisher", &article.source),
        ("dc:rights", &article.copyright),
    ];
    for (name, text) in told {
        if let Some(text) = text {
            xml.text(name, text);
        }
    }
    xml.html("description", &entry.summary);
    xml.close("item");
}

/// Both want a title.
fn headline(entry: &Entry) -> &str {
    match entry.article.headline.trim() {
        "" => "(no headline)",
        headline => headline,
    }
}

/// A document in the making, an element a line.
struct Xml(String);

impl Xml {
    fn begin(root: &str) -> Self {
        Xml(format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<{root}>\n"
        ))
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    /// Begins an element: its name, with its attributes.
    fn open(&mut self, tag: &str) {
        self.line(&format!("<{tag}>"));
    }

    fn close(&mut self, name: &str) {
        self.line(&format!("</{name}>"));
    }

    /// An element with a text.
    fn text(&mut self, tag: &str, text: &str) {
        let name = tag.split(' ').next().unwrap_or(tag);
        self.line(&format!("<{tag}>{}</{name}>", escape(text)));
    }

    /// An element with a text, as HTML.
    fn html(&mut self, tag: &str, text: &str) {
        self.text(tag, &escape(text));
    }

    fn link(&mut self, relation: &str, address: Option<&str>) {
        if let Some(address) = address {
            let address = escape(address);
            self.line(&format!("<link rel=\"{relation}\" href=\"{address}\"/>"));
        }
    }

    fn author(&mut self, name: &str) {
        self.line(&format!("<author><name>{}</name></author>", escape(name)));
    }

    fn end(mut self, name: &str) -> String {
        self.close(name);
        self.0
    }
}

/// Text in elements and in quoted attributes, without what XML 1.0 does not allow and without marks that turn the order of
/// letters round.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(letter),
            '\u{202d}' | '\u{202e}' | '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
