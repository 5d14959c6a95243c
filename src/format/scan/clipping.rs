//! Single articles cut out of a scanned newspaper, one a file: PrXML of Olive, and the plain article texts that the Dutch
//! national library gives beside its pages.

use super::lines::{Line, paragraphs};
use super::tree::Tree;
use super::{Head, Input, Rejection, Sink, Verdict, day_in_path, no_article, one, root, tree};
use crate::article::Article;
use crate::format::{Draft, MapField, Origins, Record};
use crate::source::SkipReason;
use crate::text::clean;
use crate::text::date::{self, Reading};

/// Certain at Olive's names; a root of the name `text` needs paragraphs.
pub(crate) fn sniff(head: &Head<'_>) -> Verdict {
    match root(head).as_str() {
        "xmd-entity" | "xmd-page" | "xmd-toc" => Verdict::new(
            98,
            "the root element is <XMD-entity>, <XMD-PAGE> or <XMD-TOC> of Olive",
        ),
        "text" if head.text.contains("<p>") || head.text.contains("<title>") => {
            Verdict::new(75, "the root element is <text>, with <p> or <title> in it")
        }
        _ => Verdict::NO,
    }
}

/// Reads the article.
pub(crate) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let tree = tree(input)?;
    let name = tree.elements.first().map_or("", |root| root.name.as_str());
    let record = match name {
        "text" => plain(&tree, input.file),
        "XMD-entity" => entity(&tree, input.file),
        _ => Err(no_article("a page that lists the articles in other files")),
    };
    one(record, sink);
    Ok(())
}

/// `<text><title>…</title><p>…</p></text>`
fn plain(tree: &Tree, file: &str) -> Record {
    let texts = |name| {
        tree.named(0, name)
            .map(|at| tree.text(at))
            .filter(|text| !text.is_empty())
    };
    let article = Article {
        headline: texts("title").next().unwrap_or_default(),
        body: texts("p").collect::<Vec<_>>().join("\n\n"),
        ..Article::default()
    };
    let mut origins = Origins::default();
    origins.note(MapField::Headline, ("element", "title"));
    origins.note(MapField::Body, ("elements", "p"));
    origins.note(MapField::Date, "the path of the file");
    filled(article, day_in_path(file).map(Reading::Settled), origins)
}

/// `<XMD-entity><Meta NAME=…/><Content>…`
fn entity(tree: &Tree, file: &str) -> Record {
    let root = &tree.elements[0];
    let meta = tree.named(0, "Meta").next().map(|at| &tree.elements[at]);
    let field = |name| {
        let value = clean::line(
            meta.and_then(|meta| meta.attribute(name))
                .unwrap_or_default(),
        );
        let says = !value.is_empty() && value != "None" && !value.starts_with("Untitled ");
        says.then_some(value)
    };
    let kind = root
        .attribute("ENTITY_TYPE")
        .unwrap_or_default()
        .to_lowercase();
    if ["picture", "image", "graphic"].contains(&kind.as_str()) {
        return Err(no_article("a picture"));
    }
    let own = [root.attribute("DOC_UID"), root.attribute("ID")];
    let id = match own {
        [Some(issue), Some(id)] => format!("{issue}#{id}"),
        _ => String::new(),
    };
    let headline = heading(tree, "HedLine");
    let mut origins = Origins::default();
    let at = if headline.is_empty() {
        ("attribute", "NAME of <Meta>")
    } else {
        ("element", "HedLine")
    };
    origins.note(MapField::Headline, at);
    for (field, at) in [
        (MapField::Id, ("attributes", "DOC_UID and ID")),
        (MapField::Body, ("elements", "Primitive")),
        (MapField::Section, ("attribute", "SECTION of <Meta>")),
        (MapField::Source, ("attribute", "PUBLICATION of <Meta>")),
        (MapField::Topics, ("attribute", "ENTITY_TYPE")),
    ] {
        origins.note(field, at);
    }
    let article = Article {
        id,
        headline: if headline.is_empty() {
            field("NAME").unwrap_or_default()
        } else {
            headline
        },
        body: body(tree),
        section: field("SECTION"),
        source: field("PUBLICATION"),
        topics: if kind == "article" {
            Vec::new()
        } else {
            vec![kind]
        },
        ..Article::default()
    };
    // The folder of the issue says which of two numbers is the month.
    let in_folder = || day_in_path(&field("BASE_HREF")?).map(Reading::Settled);
    let in_path = || day_in_path(file).map(Reading::Settled);
    let stated = || date::read(&field("ISSUE_DATE")?, None);
    let date = origins
        .told(MapField::Date, "attribute BASE_HREF of <Meta>", in_folder())
        .or_else(|| origins.told(MapField::Date, "the path of the file", in_path()))
        .or_else(|| origins.told(MapField::Date, "attribute ISSUE_DATE of <Meta>", stated()));
    filled(article, date, origins)
}

fn filled(article: Article, date: Option<Reading>, origins: Origins) -> Record {
    if article.headline.is_empty() && article.body.is_empty() {
        return Err(Rejection::new(
            SkipReason::NoText,
            "an article without a word",
        ));
    }
    Ok(Box::new(Draft {
        article,
        date,
        origins,
        ..Draft::default()
    }))
}

/// The words in the elements whose name begins so.
fn heading(tree: &Tree, name: &str) -> String {
    let found = (0..tree.elements.len()).find(|at| tree.elements[*at].name.starts_with(name));
    let blocks = found
        .map(|at| blocks(tree, tree.inside(at)))
        .unwrap_or_default();
    clean::line(&paragraphs(blocks.iter().map(Vec::as_slice)))
}

/// The words that are in no heading.
fn body(tree: &Tree) -> String {
    let (mut all, mut at) = (Vec::new(), 0);
    while at < tree.elements.len() {
        let element = &tree.elements[at];
        if element.name.starts_with("HedLine") {
            at = element.end;
        } else if element.name == "Primitive" {
            all.extend(blocks(tree, tree.inside(at)));
            at = element.end;
        } else {
            at += 1;
        }
    }
    paragraphs(all.iter().map(Vec::as_slice))
}

/// Words in paragraphs. `L` begins a line, with `P` a paragraph too; `W` is a word, `NS` says that no blank follows it; the
/// pieces `Q` and `q` of a word that was divided are followed by the whole of it, `QW`.
fn blocks(tree: &Tree, elements: std::ops::Range<usize>) -> Vec<Vec<Line>> {
    let mut blocks = vec![vec![Line::default()]];
    let mut glued = false;
    for at in elements {
        let element = &tree.elements[at];
        let glues = element.attribute("NS") == Some("y");
        match element.name.as_str() {
            "L" if element.attribute("P").is_some() => blocks.push(vec![Line::default()]),
            "W" | "QW" => {
                let word = tree.text(at);
                let line = blocks.last_mut().and_then(|block| block.last_mut());
                if let Some(line) = line.filter(|_| !word.is_empty()) {
                    match line.words.last_mut() {
                        Some(last) if glued => last.push_str(&word),
                        _ => line.words.push(word),
                    }
                }
                glued = element.name == "W" && glues;
            }
            _ => {}
        }
    }
    blocks
}
