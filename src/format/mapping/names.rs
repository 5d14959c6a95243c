//! The names under which JSON, tables and headers of texts keep the fields of an article.
//!
//! One table. A name is compared without case, blanks and punctuation (`pubDate`, `pub_date`, `Pub Date`), then without
//! what exporters put around it (`article_title`, `body_html`, `dc:title`). Which of several names holds the field is
//! told by their order in the row.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::MapField;

/// Every name that is recognised by itself, divided by blanks; the first of a row is the best.
const NAMES: &[(MapField, &str)] = &[
    (
        MapField::Id,
        "guid uri articleid newsid storyid docno docid documentid uuid id itemid postid did newid \
         identifier urn key",
    ),
    (
        MapField::Headline,
        "headline headlines title webtitle head heading mainheadline hl hed headlinemain titleen titel \
         schlagzeile überschrift titre título titulo titular titolo título başlık baslik rubrik заголовок \
         название 标题 標題 题目 タイトル 제목 عنوان العنوان judul nagłówek tytuł name",
    ),
    (
        MapField::Deck,
        "deck standfirst subtitle subheadline subheading subhead subhed dek description shortdescription \
         metadescription summary abstract lead lede teaser trailtext excerpt intro kicker leadparagraph \
         snippet descriptions headlineextended descriptionsummary descriptioncaption untertitel vorspann chapo chapeau bajada entradilla özet ozet 摘要",
    ),
    (
        MapField::Body,
        "articlebody body bodies fulltext maintext bodytext storytext text content contents article story \
         newscontent fullcontent cleanedtext paragraphs passage document doc news post copy bodyxhtml \
         bodyhtml html texte texto testo contenu contenido contenuto inhalt metin içerik icerik haber \
         noticia nitf текст содержание 正文 内容 內容 本文 본문 نص النص المحتوى متن isi treść",
    ),
    (
        MapField::Byline,
        "byline authors author creator by writer writers reporter reporters journalist journalists \
         columnist contributor contributors correspondent authornames bylines autor autoren autores \
         auteur auteurs autore yazar muhabir автор 作者 記者 记者 الكاتب penulis",
    ),
    (
        MapField::Date,
        "datepublished datepublish publisheddate publishdate publicationdate publishingdate publishedat published \
         publishedon webpublicationdate pubdate firstpublished publishtime publishedtime publicationtime \
         datetime date datelocal issuedate newsdate firstcreated versioncreated contentcreated releasedate pubtime \
         posted postdate datecreated createdat created creationdate createddate publishdatetime createddatetime timestamp time day fecha \
         data datum tarih дата 日期 时间 發布時間 发布时间 تاريخ التاريخ tanggal year",
    ),
    (
        MapField::Updated,
        "datemodified datemodify modified modifieddate modifiedat updated updatedat dateupdated \
         lastmodified lastmodifieddate lastupdated lastupdate updatedate updateddate updateddatetime modificationdate \
         contentmodified versionupdated",
    ),
    (
        MapField::Embargo,
        "embargo embargoed embargountil embargoeduntil embargodate embargoeddate embargodatetime embargotime sperrfrist",
    ),
    (
        MapField::Places,
        "places place locations location geo geofacet city country countries where located",
    ),
    (MapField::Dateline, "dateline locationline town"),
    (
        MapField::Section,
        "section sectionname articlesection category categories desk newsdesk rubric channel department \
         column class label labels genre topicname pillarname ressort rubrique sección seccion categoria \
         categoría kategori kategorie рубрика 分类 類別 类别",
    ),
    (
        MapField::Source,
        "publication newspaper outlet publisher publishername sourcename source sourcedomain \
         sourcecommonname medianame media provider site sitename website domain journal agency paper \
         newssource zeitung quelle fuente kaynak источник 来源 來源",
    ),
    (
        MapField::Language,
        "language lang inlanguage locale langcode languagecode langue idioma sprache dil",
    ),
    (
        MapField::Url,
        "canonicalurl canonical url link weburl articleurl articlelink permalink href sourceurl \
         originalurl newsurl pageurl finalurl mainentityofpage adresse",
    ),
    (
        MapField::Topics,
        "topics topic keywords keyword tags tag subjects subject themes theme newskeywords metakeywords \
         schlagwörter etiketler 关键词",
    ),
    (
        MapField::Captions,
        "captions caption imagecaption imagecaptions photocaption figcaption",
    ),
    (
        MapField::Copyright,
        "copyright copyrightnotice rights copyrightline copyrightholder",
    ),
];

/// What exporters put before a name.
const PREFIXES: &str = "article news story post item doc document page main full original raw clean cleaned meta og dc the";

/// What exporters put behind it.
const SUFFIXES: &str =
    "text html xhtml raw clean cleaned plain value string str full en original gmt utc";

/// A field, and how good a name for it was found: less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recognised {
    /// The field.
    pub(crate) field: MapField,
    /// Its place in the table; names with something around them come after all others.
    pub(crate) rank: u16,
}

/// Names with something around them.
const AROUND: u16 = 100;

static BY_NAME: LazyLock<HashMap<&'static str, Recognised>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (field, names) in NAMES {
        for (rank, name) in (0u16..).zip(names.split(' ')) {
            table.entry(name).or_insert(Recognised {
                field: *field,
                rank,
            });
        }
    }
    table
});

/// The field that a member or a column of this name holds.
pub(crate) fn recognise(name: &str) -> Option<Recognised> {
    // No name of a field is a sentence: a cell of text is not taken for one.
    if name.len() > 64 {
        return None;
    }
    let squashed = squashed(name);
    if let Some(found) = BY_NAME.get(squashed.as_str()) {
        return Some(*found);
    }
    let around = |inner: &str| {
        BY_NAME.get(inner).map(|found| Recognised {
            field: found.field,
            rank: found.rank + AROUND,
        })
    };
    let inner = name
        .rsplit_once(':')
        .map(|(_, inner)| self::squashed(inner));
    if let Some(found) = inner.and_then(|inner| around(&inner)) {
        return Some(found);
    }
    PREFIXES
        .split(' ')
        .filter_map(|prefix| squashed.strip_prefix(prefix))
        .chain(
            SUFFIXES
                .split(' ')
                .filter_map(|suffix| squashed.strip_suffix(suffix)),
        )
        .find_map(around)
}

/// The letters and digits of a name, in lower case.
fn squashed(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_recognised_however_they_are_spelt() {
        let check = |name: &str, expected: Option<MapField>| {
            assert_eq!(recognise(name).map(|found| found.field), expected, "{name}");
        };
        check("Pub Date", Some(MapField::Date));
        check("published_at", Some(MapField::Date));
        check("articleBody", Some(MapField::Body));
        check("article:published_time", Some(MapField::Date));
        check("og:title", Some(MapField::Headline));
        check("headline_text", Some(MapField::Headline));
        check("news_title", Some(MapField::Headline));
        check("body_html", Some(MapField::Body));
        check("_id", Some(MapField::Id));
        check("embargo-until", Some(MapField::Embargo));
        check("embargoed_until", Some(MapField::Embargo));
        check("Titel", Some(MapField::Headline));
        check("version", None);
        check("", None);
        check("A headline that speaks of the title of a text", None);
    }

    #[test]
    fn a_name_belongs_to_one_field() {
        let mut seen = HashMap::new();
        for (field, names) in NAMES {
            for name in names.split(' ') {
                assert_eq!(squashed(name), name);
                let before = seen.insert(name, *field);
                assert!(before.is_none() || before == Some(*field), "{name}");
            }
        }
    }
}
