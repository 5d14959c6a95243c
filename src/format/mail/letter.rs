//! One message → one article. The only place that names the parser of mail.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use crate::article::Article;
use crate::format::{Draft, MapField, Origins, Record, Rejection, html, json, layout, markup};
use crate::source::SkipReason;
use crate::text::{byline, clean, date};

/// What programs put before the subject of a message that they pass on, in lower case.
const PASSED_ON: &[&str] = &["fwd:", "fw:", "re:", "aw:", "wg:", "tr:", "rv:"];

/// The article of a message.
pub(super) fn record(letter: &[u8]) -> Record {
    let letter = letter.trim_ascii_start();
    let Some(message) = MessageParser::default().parse(letter) else {
        return Err(Rejection::new(SkipReason::Malformed, "no message"));
    };
    if let Some(rejection) = no_article(&message) {
        return Err(rejection);
    }
    if let Some(page) = saved_page(&message) {
        return page;
    }
    if let Some(form) = filled_form(&message) {
        return form;
    }
    let mut draft = text(&message);
    let language = message.header_raw("Content-Language").map(clean::line);
    for (field, name) in [
        (MapField::Date, "Date"),
        (MapField::Id, "Message-ID"),
        (MapField::Language, "Content-Language"),
    ] {
        draft.origins.note(field, ("header", name));
    }
    draft.date = message
        .header_raw("Date")
        .and_then(|date| date::read(date, None))
        .or(draft.date);
    let article = &mut draft.article;
    let subject = subject(&message);
    if !subject.is_empty() {
        article.headline = subject;
        draft
            .origins
            .note(MapField::Headline, ("header", "Subject"));
    }
    article.id = clean::line(message.message_id().unwrap_or_default());
    article.language = language
        .filter(|tag| !tag.is_empty())
        .or(article.language.take());
    sender(&message, article, &mut draft.origins);
    if article.headline.is_empty() && article.body.is_empty() {
        return Err(Rejection::new(
            SkipReason::NoText,
            "a message without a word",
        ));
    }
    Ok(Box::new(draft))
}

/// The page that a browser has saved in the form of a message (MHTML, RFC 2557). Its date and subject are those of the saving.
fn saved_page(message: &Message<'_>) -> Option<Record> {
    let address = clean::line(message.header_raw("Snapshot-Content-Location")?);
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page.as_bytes().to_vec()),
        _ => None,
    })?;
    Some(html::page(page, None, Some(&address)))
}

/// The article of a form that an editor has filled in, which is sent as one JSON object. The message is only its envelope:
/// subject and sender are those of the form.
fn filled_form(message: &Message<'_>) -> Option<Record> {
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    })?;
    let mut draft = json::article(plain)?.ok()?;
    draft.date = draft.date.or_else(|| {
        let sent = message.header_raw("Date");
        sent.and_then(|date| date::read(date, None))
    });
    if draft.article.id.is_empty() {
        draft.article.id = clean::line(message.message_id().unwrap_or_default());
        draft.origins.note(MapField::Id, "header Message-ID");
    }
    Some(Ok(draft))
}

/// Why a message is none that was written to be read.
fn no_article(message: &Message<'_>) -> Option<Rejection> {
    let media = message.root_part().content_type();
    let media = media.map(|media| (media.ctype(), media.subtype().unwrap_or_default()))?;
    let is = |kind: &str, subtype: &str| {
        media.0.eq_ignore_ascii_case(kind) && media.1.eq_ignore_ascii_case(subtype)
    };
    if is("multipart", "encrypted") || is("application", "pkcs7-mime") {
        return Some(Rejection::new(
            SkipReason::Encrypted,
            "an encrypted message",
        ));
    }
    let no_article = |detail: &str| Some(Rejection::new(SkipReason::NotAnArticle, detail));
    if is("multipart", "report") {
        return no_article("a report of the delivery of another message");
    }
    let is_text = |part: &mail_parser::MessagePart<'_>| {
        matches!(part.body, PartType::Text(_) | PartType::Html(_))
    };
    if !message.parts.iter().any(is_text) {
        return no_article("a message of nothing but attachments");
    }
    None
}

/// What the message says: its page as the reader of pages sees it, unless that leaves out most of it, as of a letter of many
/// short pieces; else its plain text.
fn text(message: &Message<'_>) -> Draft {
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page.as_ref()),
        _ => None,
    });
    let plain: Vec<&str> = message
        .text_bodies()
        .filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let plain = layout::paragraphs(without_signature(&plain.join("\n\n")));
    let Some(page) = page else {
        return of_body(plain, "part text/plain");
    };
    let shown = markup::text(page).into_owned();
    let (all, at) = if letters(&plain) * 2 > letters(&shown) {
        (plain, "part text/plain")
    } else {
        (shown, "part text/html, all of it")
    };
    match html::page(page.as_bytes().to_vec(), None, None) {
        Ok(draft) if letters(&draft.article.body) * 2 > letters(&all) => {
            let body = draft.article.body;
            of_body(body, "part text/html, the article in it")
        }
        _ => of_body(all, at),
    }
}

fn of_body(body: String, from: &'static str) -> Draft {
    let mut draft = Draft::default();
    draft.article.body = body;
    draft.origins.note(MapField::Body, from);
    draft
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Without what follows the line `-- ` (RFC 3676, 4.3).
fn without_signature(text: &str) -> &str {
    let end = ["\n-- \n", "\n-- \r\n"]
        .iter()
        .filter_map(|line| text.find(line))
        .min();
    let text = &text[..end.unwrap_or(text.len())];
    // An empty one, of which relays have taken the blank.
    let bare = text.trim_end();
    bare.strip_suffix("\n--").unwrap_or(text)
}

/// The subject without marks of passing on.
fn subject(message: &Message<'_>) -> String {
    let subject = clean::line(message.subject().unwrap_or_default());
    let mut rest = subject.as_str();
    while let Some(mark) = PASSED_ON.iter().find(|mark| {
        rest.get(..mark.len())
            .is_some_and(|own| own.eq_ignore_ascii_case(mark))
    }) {
        rest = rest[mark.len()..].trim_start();
    }
    rest.to_owned()
}

/// Who sent it: a list is a publication; else a name of a person is the author, and any other one the source.
fn sender(message: &Message<'_>, article: &mut Article, origins: &mut Origins) {
    let Some(from) = message.from().and_then(|from| from.first()) else {
        return;
    };
    let host = from
        .address()
        .and_then(|address| address.rsplit('@').next());
    let name = clean::line(from.name().or(host).unwrap_or_default());
    if name.is_empty() {
        return;
    }
    let is_list = ["List-Id", "List-Unsubscribe", "List-Post"]
        .iter()
        .any(|field| message.header_raw(*field).is_some());
    let people = byline::names(&name);
    if is_list || people.is_empty() {
        article.source = Some(name);
        origins.note(MapField::Source, ("header", "From"));
    } else {
        article.byline = people;
        article.byline_line = Some(name);
        origins.note(MapField::Byline, ("header", "From"));
    }
}
