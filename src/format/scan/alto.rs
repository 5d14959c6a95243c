//! A page in ALTO, versions 1 to 4 → what was printed on it.

use std::collections::HashMap;

use super::lines::{HYPHENS, Line};
use super::print::{Block, Page, Sureness};
use super::tree::{Element, Tree};

impl Page {
    /// Reads the elements of a page.
    pub(super) fn of(tree: &Tree) -> Page {
        let sizes = font_sizes(tree);
        let mut page = Page::default();
        // What has begun and not ended: element, its first line, the size of its print.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut line_end = 0;
        for (at, element) in tree.elements.iter().enumerate() {
            while let Some(&(begun, line)) = open
                .last()
                .filter(|(begun, _)| tree.elements[*begun].end <= at)
            {
                page.close(&tree.elements[begun], line, &sizes);
                open.pop();
            }
            match element.name.as_str() {
                "Page" => {
                    open.push((at, page.lines.len()));
                    let stated =
                        number(element, "PC").or(number(element, "ACCURACY").map(|it| it / 100.0));
                    page.stated = page.stated.or(stated);
                }
                "PrintSpace" | "ComposedBlock" | "TextBlock" => open.push((at, page.lines.len())),
                // A line in a line is part of it.
                "TextLine" if at >= line_end => {
                    line_end = element.end;
                    let (line, sure) = line(tree, at);
                    let number = page.lines.len();
                    if let Some(id) = element.attribute("ID") {
                        page.places.insert(id.to_owned(), number..number + 1);
                    }
                    page.push(line, sure);
                }
                _ => {}
            }
        }
        for (begun, line) in open.into_iter().rev() {
            page.close(&tree.elements[begun], line, &sizes);
        }
        page
    }

    fn close(&mut self, element: &Element, first: usize, sizes: &HashMap<&str, f64>) {
        let lines = first..self.lines.len();
        if let Some(id) = element.attribute("ID") {
            self.places.insert(id.to_owned(), lines.clone());
        }
        if element.name == "TextBlock" {
            let styles = element.attribute("STYLEREFS").unwrap_or_default();
            let font = styles.split_whitespace().find_map(|style| sizes.get(style));
            let height = number(element, "HEIGHT").unwrap_or(0.0);
            // Points are smaller than the pixels of a scan: where any block has a font, one without is no headline.
            let size = match font {
                Some(size) => *size,
                None if sizes.is_empty() => {
                    height / f64::from(u32::try_from(lines.len().max(1)).unwrap_or(u32::MAX))
                }
                None => 0.0,
            };
            self.blocks.push(Block { lines, size });
        }
    }
}

/// The sizes of the styles that blocks refer to.
fn font_sizes(tree: &Tree) -> HashMap<&str, f64> {
    let styles = tree.elements.iter().filter(|it| it.name == "TextStyle");
    styles
        .filter_map(|style| Some((style.attribute("ID")?, number(style, "FONTSIZE")?)))
        .collect()
}

fn number(element: &Element, name: &str) -> Option<f64> {
    let number: f64 = element.attribute(name)?.trim().parse().ok()?;
    number.is_finite().then_some(number)
}

/// A line. Where blanks are marked, strings stand together without one: a word and its comma.
fn line(tree: &Tree, at: usize) -> (Line, Sureness) {
    let (mut line, mut sure, mut apart) = (Line::default(), Sureness::default(), true);
    let has_blanks = tree.named(at, "SP").next().is_some();
    for at in tree.inside(at) {
        let element = &tree.elements[at];
        match element.name.as_str() {
            "SP" => apart = true,
            "HYP" => {
                let hyphen = element
                    .attribute("CONTENT")
                    .filter(|mark| !mark.trim().is_empty());
                if let Some(last) = line
                    .words
                    .last_mut()
                    .filter(|last| !last.ends_with(HYPHENS))
                {
                    last.push_str(hyphen.unwrap_or("-").trim());
                }
            }
            "String" => {
                let content = element.attribute("CONTENT").unwrap_or_default().trim();
                sure.add(sureness(element, content));
                line.begun = None;
                match (
                    element.attribute("SUBS_TYPE"),
                    element.attribute("SUBS_CONTENT"),
                ) {
                    (Some("HypPart1"), Some(whole)) => line.begun = Some(whole.trim().to_owned()),
                    (Some("HypPart2"), Some(whole)) if line.words.is_empty() => {
                        line.ended = Some(whole.trim().to_owned());
                    }
                    _ => {}
                }
                if content.is_empty() {
                    continue;
                }
                match line.words.last_mut() {
                    Some(last) if has_blanks && !apart => last.push_str(content),
                    _ => line.words.push(content.to_owned()),
                }
                apart = false;
            }
            _ => {}
        }
    }
    (line, sure)
}

/// How sure a word is: `WC` from 0 to 1; else `CC`, a figure for each letter from 0, sure, to 9, unsure.
fn sureness(element: &Element, content: &str) -> Sureness {
    let word = number(element, "WC").filter(|share| (0.0..=1.0).contains(share));
    let share = word.or_else(|| {
        let figures = element
            .attribute("CC")?
            .chars()
            .filter_map(|c| c.to_digit(10));
        let (sum, count) = figures.fold((0, 0), |(sum, count), figure| (sum + figure, count + 1));
        (count > 0).then(|| 1.0 - f64::from(sum) / (9.0 * f64::from(count)))
    });
    share.map_or_else(Sureness::default, |share| {
        Sureness::of(share, content.chars().count())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<alto><Styles><TextStyle ID="T1" FONTSIZE="20"/></Styles><Layout><Page ID="P1" PC="0.9"><PrintSpace>
        <ComposedBlock ID="C1"><TextBlock ID="B1" STYLEREFS="T1 X"><TextLine ID="L1"><String CONTENT="Ferry" WC="0.5"/><String CONTENT="," WC="0.5"/>
        <SP/><String CONTENT="har" SUBS_TYPE="HypPart1" SUBS_CONTENT="harbour" CC="009"/><HYP CONTENT="-"/></TextLine></TextBlock>
        <TextBlock ID="B2" HEIGHT="30"><TextLine><String CONTENT="bour" SUBS_TYPE="HypPart2" SUBS_CONTENT="harbour"/><String CONTENT="shut"/></TextLine></TextBlock>
        </ComposedBlock></PrintSpace></Page></Layout></alto>"#;

    #[test]
    fn pages_have_lines_in_blocks() {
        let page = Page::of(&Tree::parse(PAGE).unwrap());
        assert_eq!(page.lines[0].words, ["Ferry,", "har-"]);
        assert_eq!(page.lines[1].words, ["bour", "shut"]);
        assert_eq!(page.lines[0].begun, page.lines[1].ended);
        assert_eq!(page.blocks.len(), 2);
        assert!(page.blocks[0].size > page.blocks[1].size);
        for (id, lines) in [
            ("L1", 0..1),
            ("B2", 1..2),
            ("C1", 0..2),
            ("P1", 0..2),
            ("", 0..2),
        ] {
            assert_eq!(page.place(id), Some(lines), "{id}");
        }
        assert_eq!(page.place("none"), None);
        // Six letters half sure, three two thirds sure.
        assert_eq!(page.percent(), Some(56));
    }
}
