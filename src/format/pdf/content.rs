//! What a page shows: its content streams run (ISO 32000-1, 7.8.2 and 9), as far as text and its place go.
//!
//! Forms in forms are followed to [`DEEPEST`]; what all pages of a file may do is bounded by [`Work`].

use std::collections::HashMap;
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::object::{Dict, Object, Reader, is_blank};

/// Forms draw forms, so deep.
const DEEPEST: usize = 8;

/// States kept in one another.
const STATES: usize = 64;

/// Operands that are kept of an operator.
const OPERANDS: usize = 64;

/// So many stretches may a page have: one with a place for each letter has 50,000.
const STRETCHES: usize = 200_000;

/// A wider gap between glyphs, in em, is a blank,
const BLANK: f64 = 0.16;

/// and one that is wider than this the end of a stretch: the next stands in another column.
const GUTTER: f64 = 0.9;

/// A stretch of text that stands on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stretch {
    pub(super) text: String,
    /// In points, from the left and from the bottom of the page.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    /// The size of its print.
    pub(super) size: f64,
    pub(super) bold: bool,
    /// Furniture of the page, by the word of who made it.
    pub(super) artifact: bool,
}

/// What may still be done for a file, and what was seen.
pub(super) struct Work {
    /// Operators and glyphs.
    pub(super) left: usize,
    /// Glyphs without a text.
    pub(super) unknown: usize,
    /// Whether there was a picture.
    pub(super) pictures: bool,
    fonts: HashMap<u32, Rc<Font>>,
}

impl Work {
    /// Enough for a newspaper of some hundred pages.
    pub(super) fn new(most: usize) -> Self {
        Work {
            left: most,
            unknown: 0,
            pictures: false,
            fonts: HashMap::new(),
        }
    }
}

/// A matrix as PDF writes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Matrix(pub(super) [f64; 6]);

impl Matrix {
    pub(super) const ONE: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    fn of(operands: &[Object]) -> Option<Matrix> {
        let mut matrix = [0.0; 6];
        if operands.len() < 6 {
            return None;
        }
        for (own, operand) in matrix.iter_mut().zip(operands) {
            *own = operand.number()?;
        }
        Some(Matrix(matrix))
    }

    /// First this, then the other.
    fn then(self, other: Matrix) -> Matrix {
        let (own, other) = (self.0, other.0);
        let product =
            |row: usize, column: usize| own[row] * other[column] + own[row + 1] * other[column + 2];
        Matrix([
            product(0, 0),
            product(0, 1),
            product(2, 0),
            product(2, 1),
            product(4, 0) + other[4],
            product(4, 1) + other[5],
        ])
    }

    fn moved(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// What operators set.
#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    between_glyphs: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Runs the contents of a page.
pub(super) struct Canvas<'f, 'b> {
    file: &'f File<'b>,
    work: &'f mut Work,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
    /// Marked contents that are open, and whether each is furniture.
    marks: Vec<bool>,
    pub(super) shown: Vec<Stretch>,
    /// Where the last glyph of the last stretch ended, as long as a next one may go on there.
    running: bool,
}

impl<'f, 'b> Canvas<'f, 'b> {
    /// A page that is turned so.
    pub(super) fn new(file: &'f File<'b>, work: &'f mut Work, turned: Matrix) -> Self {
        Canvas {
            file,
            work,
            state: State {
                place: turned,
                font: None,
                size: 0.0,
                between_glyphs: 0.0,
                between_words: 0.0,
                stretch: 1.0,
                leading: 0.0,
                rise: 0.0,
            },
            saved: Vec::new(),
            text: Matrix::ONE,
            line: Matrix::ONE,
            marks: Vec::new(),
            shown: Vec::new(),
            running: false,
        }
    }

    /// Runs a content stream with its resources.
    pub(super) fn run(&mut self, bytes: &[u8], resources: &Dict, depth: usize) {
        let mut reader = Reader::new(bytes);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(object) = reader.object() {
            let Object::Word(word) = object else {
                if operands.len() < OPERANDS {
                    operands.push(object);
                }
                continue;
            };
            if self.work.left == 0 || self.file.is_exhausted() {
                return;
            }
            self.work.left -= 1;
            match word.as_str() {
                "Do" => self.draw(&operands, resources, depth),
                "Tf" => self.choose_font(&operands, resources),
                "ID" => skip_picture(&mut reader, self.work),
                word => self.operator(word, &operands),
            }
            operands.clear();
        }
    }

    fn operator(&mut self, word: &str, operands: &[Object]) {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0);
        match word {
            "q" if self.saved.len() < STATES => self.saved.push(self.state.clone()),
            "Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            "cm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    self.state.place = matrix.then(self.state.place);
                }
            }
            "BT" => self.set_line(Matrix::ONE),
            "Tm" => {
                if let Some(matrix) = Matrix::of(operands) {
                    self.set_line(matrix);
                }
            }
            "Td" => self.next_line(number(0), number(1)),
            "TD" => {
                self.state.leading = -number(1);
                self.next_line(number(0), number(1));
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tj" => self.show(operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operands.first());
            }
            "\"" => {
                self.state.between_words = number(0);
                self.state.between_glyphs = number(1);
                self.next_line(0.0, -self.state.leading);
                self.show(operands.get(2));
            }
            "TJ" => self.show_all(operands.first().map_or(&[], Object::array)),
            "Tc" => self.state.between_glyphs = number(0),
            "Tw" => self.state.between_words = number(0),
            "Tz" => self.state.stretch = number(0) / 100.0,
            "TL" => self.state.leading = number(0),
            "Ts" => self.state.rise = number(0),
            "BMC" | "BDC" if self.marks.len() < STATES => {
                let artifact = operands.first().and_then(Object::name) == Some("Artifact");
                self.marks.push(artifact);
                self.running = false;
            }
            "EMC" => {
                self.marks.pop();
            }
            _ => {}
        }
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.text = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(Matrix::moved(x, y).then(self.line));
    }

    fn choose_font(&mut self, operands: &[Object], resources: &Dict) {
        let [name, size, ..] = operands else {
            return;
        };
        self.state.size = size.number().unwrap_or(0.0);
        let Some(fonts) = self.file.dict(resources, "Font") else {
            return;
        };
        let font = fonts.get(name.name().unwrap_or_default());
        let Object::Dict(dict) = self.file.resolve(font) else {
            self.state.font = None;
            return;
        };
        let read = || Rc::new(Font::of(self.file, dict));
        self.state.font = Some(if let Object::Reference(number) = font {
            self.work.fonts.entry(*number).or_insert_with(read).clone()
        } else {
            // It stands in the resources themselves, which is rare.
            self.work.left = self.work.left.saturating_sub(1000);
            read()
        });
    }

    /// Draws a form, or sees a picture.
    fn draw(&mut self, operands: &[Object], resources: &Dict, depth: usize) {
        let name = operands.first().and_then(Object::name).unwrap_or_default();
        let Some(objects) = self.file.dict(resources, "XObject") else {
            return;
        };
        let object = objects.get(name);
        let Object::Dict(dict) = self.file.resolve(object) else {
            return;
        };
        if dict.is("Subtype", "Image") {
            self.work.pictures = true;
        }
        if !dict.is("Subtype", "Form") || depth >= DEEPEST {
            return;
        }
        let Some(bytes) = self.file.stream(object) else {
            return;
        };
        let (state, saved) = (self.state.clone(), std::mem::take(&mut self.saved));
        if let Some(matrix) = Matrix::of(self.file.get(dict, "Matrix").array()) {
            self.state.place = matrix.then(self.state.place);
        }
        let resources = self.file.dict(dict, "Resources").unwrap_or(resources);
        self.run(&bytes, resources, depth + 1);
        (self.state, self.saved) = (state, saved);
    }

    fn show_all(&mut self, array: &[Object]) {
        for object in array {
            match object.number() {
                Some(number) => {
                    let back = -number / 1000.0 * self.state.size * self.state.stretch;
                    self.text = Matrix::moved(back, 0.0).then(self.text);
                }
                None => self.show(Some(object)),
            }
        }
    }

    fn show(&mut self, string: Option<&Object>) {
        let Some(bytes) = string.and_then(Object::bytes) else {
            return;
        };
        let Some(font) = self.state.font.clone() else {
            self.work.unknown += bytes.len();
            return;
        };
        for glyph in font.glyphs(bytes) {
            if self.work.left == 0 {
                return;
            }
            self.work.left -= 1;
            let words = if glyph.blank {
                self.state.between_words
            } else {
                0.0
            };
            let own = glyph.width * self.state.size;
            let step = (own + self.state.between_glyphs + words) * self.state.stretch;
            match &glyph.text {
                Some(text) => self.put(text, own * self.state.stretch, font.bold),
                None => self.work.unknown += 1,
            }
            self.text = Matrix::moved(step, 0.0).then(self.text);
        }
    }

    /// Puts a glyph where the text has come to.
    fn put(&mut self, text: &str, width: f64, bold: bool) {
        let raised = Matrix::moved(0.0, self.state.rise);
        let Matrix([a, b, c, d, left, base]) = raised.then(self.text).then(self.state.place);
        let size = self.state.size.abs() * c.hypot(d);
        let right = left + width * a;
        let sound = [left, right, base, size].iter().all(|it| it.abs() < 1e5);
        // What runs up or down the page, or stands on its head, is none of its lines.
        if !sound || size < 0.5 || a * self.state.size <= 0.0 || b.abs() > a.abs() * 0.2 {
            return;
        }
        let artifact = self.marks.contains(&true);
        let blank = text.chars().all(char::is_whitespace);
        if self.running
            && let Some(last) = self.shown.last_mut()
        {
            let gap = (left - last.right) / size;
            let same = (last.base - base).abs() < size * 0.35
                && (last.size / size - 1.0).abs() < 0.6
                && last.artifact == artifact;
            if same && (-0.6..GUTTER).contains(&gap) {
                if blank {
                    // Where it ends stays: many blanks make a gutter.
                    if !last.text.ends_with(' ') {
                        last.text.push(' ');
                    }
                    return;
                }
                if gap > BLANK && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(text);
                last.right = last.right.max(right);
                return;
            }
        }
        if blank || self.shown.len() >= STRETCHES {
            return;
        }
        self.running = true;
        self.shown.push(Stretch {
            text: text.to_owned(),
            left,
            right,
            base,
            size,
            bold,
            artifact,
        });
    }
}

/// Passes over a picture that stands in the contents: to `EI` between blanks.
fn skip_picture(reader: &mut Reader<'_>, work: &mut Work) {
    work.pictures = true;
    let rest = &reader.bytes[reader.at..];
    let ends = |four: &[u8]| is_blank(four[0]) && &four[1..3] == b"EI" && is_blank(four[3]);
    let end = rest.windows(4).position(ends);
    reader.at += end.map_or(rest.len(), |end| end + 3);
}
