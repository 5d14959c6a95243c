//! The pages of a file in their order, and what is printed on each.

use std::collections::HashSet;

use super::columns::blocks;
use super::content::{Canvas, Matrix, Stretch, Work};
use super::file::File;
use super::lines::Block;
use super::object::{Dict, Object};

/// So many pages may a file have.
const MOST: usize = 20_000;

/// Nodes of the tree of pages in one another.
const DEEPEST: usize = 64;

/// A page and what it has from the nodes above.
struct Page<'f> {
    dict: &'f Dict,
    resources: Option<&'f Dict>,
    rotate: f64,
}

/// What is printed on each page.
pub(super) fn pages(file: &File<'_>, work: &mut Work) -> Vec<Vec<Block>> {
    let mut printed = Vec::new();
    for page in list(file) {
        let mut stretches = stretches(file, work, &page);
        // Where all is furniture, none is.
        if stretches.iter().any(|stretch| !stretch.artifact) {
            stretches.retain(|stretch| !stretch.artifact);
        }
        printed.push(blocks(stretches, work));
    }
    printed
}

/// The pages, by the tree of them; a node that was seen is not gone into again. Where there is no tree, all that say they are
/// pages.
fn list<'f>(file: &'f File<'_>) -> Vec<Page<'f>> {
    let mut pages = Vec::new();
    let mut seen = HashSet::new();
    let root = match file.trailer("Root") {
        Object::Dict(root) => Some(root),
        _ => file.of_type("Catalog").pop(),
    };
    let mut open: Vec<(&Object, Option<&Dict>, f64, usize)> = Vec::new();
    if let Some(root) = root {
        open.push((root.get("Pages"), None, 0.0, 0));
    }
    while let Some((node, resources, rotate, depth)) = open.pop() {
        if let Object::Reference(number) = node
            && !seen.insert(*number)
        {
            continue;
        }
        let Object::Dict(dict) = file.resolve(node) else {
            continue;
        };
        let resources = file.dict(dict, "Resources").or(resources);
        let rotate = file.get(dict, "Rotate").number().unwrap_or(rotate);
        let kids = file.get(dict, "Kids").array();
        if kids.is_empty() && !dict.is("Type", "Pages") && pages.len() < MOST {
            pages.push(Page {
                dict,
                resources,
                rotate,
            });
        } else if depth < DEEPEST {
            // Kids that are no references would be gone into for ever.
            let kids = kids
                .iter()
                .rev()
                .filter(|kid| matches!(kid, Object::Reference(_)));
            open.extend(kids.map(|kid| (kid, resources, rotate, depth + 1)));
        }
    }
    if pages.is_empty() {
        let alone = file.of_type("Page").into_iter().take(MOST);
        pages = alone
            .map(|dict| Page {
                dict,
                resources: file.dict(dict, "Resources"),
                rotate: 0.0,
            })
            .collect();
    }
    pages
}

fn stretches(file: &File<'_>, work: &mut Work, page: &Page<'_>) -> Vec<Stretch> {
    let turned = match page.rotate.rem_euclid(360.0) {
        90.0 => Matrix([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
        180.0 => Matrix([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
        270.0 => Matrix([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
        _ => Matrix::ONE,
    };
    let contents = page.dict.get("Contents");
    let parts = match file.resolve(contents) {
        Object::Array(parts) => parts.as_slice(),
        _ => std::slice::from_ref(contents),
    };
    // The parts are one stream: an operator may end in the next.
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend(file.stream(part).unwrap_or_default());
        bytes.push(b'\n');
        if file.is_exhausted() {
            return Vec::new();
        }
    }
    let none = Dict::default();
    let mut canvas = Canvas::new(file, work, turned);
    canvas.run(&bytes, page.resources.unwrap_or(&none), 0);
    let mut shown = canvas.shown;
    for stretch in &mut shown {
        stretch.text.truncate(stretch.text.trim_end().len());
    }
    shown
}
