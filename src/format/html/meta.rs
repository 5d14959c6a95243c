//! `<meta>` and `<link>` in the head of a page → [`Stated`].
//!
//! Open Graph, Dublin Core, Parse.ly, Sailthru and the many names that newsrooms made up. One table a field, the most
//! trustworthy name first; names are compared in lower case.

use super::page::Page;
use super::plain;
use super::stated::{Stated, keywords};
use crate::format::MapField;

#[rustfmt::skip]
const HEADLINE: &[&str] = &[
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "headline", "hdl", "dc.title", "dcterms.title",
    "article_headline", "cxenseparse:title", "title",
];
#[rustfmt::skip]
const DECK: &[&str] = &[
    "og:description", "description", "twitter:description", "sailthru.description", "dc.description",
    "dcterms.description",
];
#[rustfmt::skip]
const AUTHORS: &[&str] = &[
    "author", "parsely-author", "article:author_name", "article:author:name", "sailthru.author", "dc.creator",
    "dcterms.creator", "dc.contributor", "byl", "byline", "authors", "article:author", "article_author",
    "cxenseparse:author", "og:article:author", "bt:author", "citation_author", "lp.article:author", "autor",
    "rbauthors",
];
/// Times of publication.
#[rustfmt::skip]
const PUBLISHED: &[&str] = &[
    "article:published_time", "article:published", "og:article:published_time", "datepublished", "og:published_time",
    "article:publicationdate", "article:publication_date", "article:published_date", "parsely-pub-date",
    "sailthru.date", "bt:pubdate", "og:pubdate", "pubdate", "pub_date", "pdate", "publishdate", "publish-date",
    "publish_date", "publish_time", "publishtime", "publication_date", "publication-date", "published-date",
    "published_date", "published_at", "published_time", "datepublication", "release_date", "rbpubdate", "displaydate",
    "display_date", "firstpublished", "originalpublicationdate", "article_date_original", "article.published",
    "article:post_date", "article-publication-date", "citation_publication_date", "citation_date",
    "citation_online_date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date.created", "dcterms.created",
    "dcterms.available", "date.available", "article:created", "article_creation_date", "createdat", "creation_date",
    "created", "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "cxenseparse:recs:published_time",
    "vr:published_time", "shareaholic:article_published_time", "gentime", "ptime", "weibo: article:create_at",
    "eomportal-firstpublished", "video:release_date", "last_published", "issue_date", "doc_date", "dc.date", "date",
    "dcterms.dateaccepted", "dat", "timestamp", "datecreated",
];
/// Times of change.
#[rustfmt::skip]
const UPDATED: &[&str] = &[
    "article:modified_time", "article:modified", "og:article:modified_time", "datemodified", "bt:moddate",
    "og:updated_time", "article:updated_time", "article:updated", "updated-date", "updated_at", "updated_time",
    "update_time", "lastupdate", "last_updated", "article_date_updated", "dcterms.modified", "dc.date.modified",
    "utime", "moddate", "modified", "modificationdate", "revision_date", "lastmod", "last-modified", "revised",
    "shareaholic:article_modified_time",
];
#[rustfmt::skip]
const SECTION: &[&str] = &[
    "article:section", "parsely-section", "og:article:section", "og:section", "section", "sectionname", "cg",
    "cxenseparse:section", "dc.section", "article_section", "category",
];
#[rustfmt::skip]
const PUBLISHER: &[&str] = &[
    "og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "article_publication_name", "cre", "source",
    "application-name", "apple-mobile-web-app-title",
];
#[rustfmt::skip]
const LANGUAGE: &[&str] = &[
    "content-language", "dc.language", "dcterms.language", "language", "og:locale",
];
#[rustfmt::skip]
const URL: &[&str] = &[
    "og:url", "parsely-link", "vr:canonical", "twitter:url", "dc.identifier", "mainentityofpage", "url",
];
/// Keywords of the article itself come first; `keywords` are often those of the site.
#[rustfmt::skip]
const TOPICS: &[&str] = &[
    "article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "dc.subject",
    "dcterms.subject", "keywords",
];
#[rustfmt::skip]
const COPYRIGHT: &[&str] = &[
    "copyright", "dc.rights", "dcterms.rights", "dcterms.rightsholder", "rights",
];
const PLACES: &[&str] = &["geo.placename", "dc.coverage", "dcterms.spatial"];
const DATELINE: &[&str] = &["dateline"];

/// The name that the canonical address is told under.
const CANONICAL: &str = "link rel=canonical";

/// The tables by the fields that they are for.
const TABLES: &[(MapField, &[&str])] = &[
    (MapField::Headline, HEADLINE),
    (MapField::Deck, DECK),
    (MapField::Byline, AUTHORS),
    (MapField::Date, PUBLISHED),
    (MapField::Updated, UPDATED),
    (MapField::Section, SECTION),
    (MapField::Source, PUBLISHER),
    (MapField::Language, LANGUAGE),
    (MapField::Url, URL),
    (MapField::Topics, TOPICS),
    (MapField::Copyright, COPYRIGHT),
    (MapField::Places, PLACES),
    (MapField::Dateline, DATELINE),
];

/// What the head of the page states.
pub(crate) fn read(page: &Page) -> Stated {
    let metas: Vec<(String, String)> = page
        .elements("meta")
        .flat_map(|(_, meta)| {
            let content = meta.attribute("content").unwrap_or_default();
            ["property", "name", "itemprop", "http-equiv"]
                .into_iter()
                .filter_map(|attribute| meta.attribute(attribute))
                .map(move |name| (name.trim().to_ascii_lowercase(), content))
        })
        .map(|(name, content)| (name, plain::line(content)))
        .filter(|(_, content)| !content.is_empty())
        .collect();
    let mut told: Vec<_> = TABLES
        .iter()
        .flat_map(|(field, names)| names.iter().map(move |name| (*field, *name)))
        .flat_map(|(field, name)| {
            let said = metas.iter().filter(move |(own, _)| own == name);
            said.map(move |(_, content)| (field, name, content.clone()))
        })
        .collect();
    let link = canonical(page);
    told.extend(link.clone().map(|url| (MapField::Url, CANONICAL, url)));
    let all = |names: &[&str]| -> Vec<String> {
        names
            .iter()
            .flat_map(|name| metas.iter().filter(move |(own, _)| own == name))
            .map(|(_, content)| content.clone())
            .collect()
    };
    let one = |names: &[&str]| all(names).into_iter().next();
    let published = all(PUBLISHED);
    let kind = one(&["og:type"]).unwrap_or_default().to_ascii_lowercase();
    Stated {
        is_article: kind.contains("article") || !published.is_empty(),
        headline: all(HEADLINE),
        deck: one(DECK),
        body: None,
        authors: first_filled(AUTHORS, &metas),
        published,
        updated: all(UPDATED),
        section: one(SECTION),
        publisher: one(PUBLISHER),
        language: one(LANGUAGE),
        url: link.into_iter().chain(all(URL)).collect(),
        topics: first_filled(TOPICS, &metas)
            .iter()
            .flat_map(|field| keywords(field))
            .collect(),
        captions: Vec::new(),
        copyright: one(COPYRIGHT),
        places: all(PLACES),
        dateline: one(DATELINE),
        told,
    }
}

/// All values of the first name that has one; addresses (`article:author` of Facebook) are no values.
fn first_filled(names: &[&str], metas: &[(String, String)]) -> Vec<String> {
    names
        .iter()
        .map(|name| -> Vec<String> {
            metas
                .iter()
                .filter(|(own, content)| own == name && !content.contains("://"))
                .map(|(_, content)| content.clone())
                .collect()
        })
        .find(|values| !values.is_empty())
        .unwrap_or_default()
}

/// `<link rel=canonical>`.
fn canonical(page: &Page) -> Option<String> {
    page.elements("link")
        .filter(|(_, link)| link.has_word("rel", "canonical"))
        .find_map(|(_, link)| link.attribute("href"))
        .map(|address| address.trim().to_owned())
}
