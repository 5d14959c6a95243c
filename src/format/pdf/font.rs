//! Fonts: the bytes of a string that is shown → its text, glyph by glyph, and how wide each is. No font program is read: what
//! neither a map of the font nor its encoding names has no text.

use std::collections::HashMap;

use super::cmap::{Map, number, utf16};
use super::encoding::{Encoding, of_name};
use super::file::File;
use super::object::{Dict, Object};

/// How wide glyphs are where nothing says so, in em.
const USUAL: f64 = 0.5;

/// What an entry of a map takes of what may be unpacked.
const ENTRY: usize = 32;

/// A font.
#[derive(Debug, Default)]
pub(super) struct Font {
    to_unicode: Map,
    /// The texts of codes of one byte, by encoding and differences.
    simple: Vec<Option<String>>,
    composite: bool,
    /// Codes are UTF-16 by the name of the encoding.
    is_utf16: bool,
    widths: HashMap<u32, f64>,
    usual_width: Option<f64>,
    pub(super) bold: bool,
}

/// One glyph of a string.
pub(super) struct Glyph {
    /// Its text; `None` where the font does not say.
    pub(super) text: Option<String>,
    /// In em.
    pub(super) width: f64,
    /// Whether it is the blank that word spacing is added to.
    pub(super) blank: bool,
}

impl Font {
    /// The font that a dictionary describes.
    pub(super) fn of(file: &File<'_>, dict: &Dict) -> Font {
        let mut font = Font::default();
        if let Some(bytes) = file.stream(dict.get("ToUnicode")) {
            font.to_unicode = Map::of(&bytes);
            file.spend(font.to_unicode.len() * ENTRY);
        }
        let base = file.get(dict, "BaseFont").name().unwrap_or_default();
        font.bold = ["Bold", "bold", "Black", "Heavy"]
            .iter()
            .any(|it| base.contains(it));
        if dict.is("Subtype", "Type0") {
            font.read_composite(file, dict);
        } else {
            font.read_simple(file, dict, base);
        }
        font
    }

    fn read_composite(&mut self, file: &File<'_>, dict: &Dict) {
        self.composite = true;
        let encoding = file.get(dict, "Encoding").name().unwrap_or_default();
        self.is_utf16 = ["UCS2", "UTF16"].iter().any(|it| encoding.contains(it));
        let descendants = file.get(dict, "DescendantFonts").array();
        let Some(Object::Dict(inner)) = descendants.first().map(|it| file.resolve(it)) else {
            return;
        };
        self.usual_width = Some(file.get(inner, "DW").number().unwrap_or(1000.0) / 1000.0);
        let mut rest = file.get(inner, "W").array();
        // `first [w w w]` and `first last w`.
        while let [first, second, after @ ..] = rest {
            let Some(first) = first.count().and_then(|it| u32::try_from(it).ok()) else {
                return;
            };
            if let Object::Array(widths) = file.resolve(second) {
                for (code, width) in (first..).zip(widths) {
                    self.widths
                        .insert(code, width.number().unwrap_or(0.0) / 1000.0);
                }
                file.spend(widths.len() * ENTRY);
                rest = after;
            } else {
                let (Some(last), [width, after @ ..]) = (second.count(), after) else {
                    return;
                };
                let width = width.number().unwrap_or(0.0) / 1000.0;
                let last = u32::try_from(last)
                    .unwrap_or(0)
                    .min(first.saturating_add(0xffff));
                if !file.spend((last.saturating_sub(first) as usize) * ENTRY) {
                    return;
                }
                self.widths.extend((first..=last).map(|code| (code, width)));
                rest = after;
            }
        }
    }

    fn read_simple(&mut self, file: &File<'_>, dict: &Dict, base: &str) {
        // Symbols have an encoding of their own, in their program.
        let symbols = ["Symbol", "ZapfDingbats", "Wingdings"];
        let usual = match dict.get("Subtype").name() {
            _ if symbols.iter().any(|it| base.contains(it)) => None,
            Some("TrueType") => Some(Encoding::WinAnsi),
            Some("Type3") => None,
            _ => Some(Encoding::Standard),
        };
        let encoding = file.get(dict, "Encoding");
        let (table, differences) = match encoding {
            Object::Name(name) => (Encoding::by_name(name).or(usual), &[][..]),
            Object::Dict(encoding) => {
                let base = file.get(encoding, "BaseEncoding").name();
                let differences = file.get(encoding, "Differences").array();
                (base.and_then(Encoding::by_name).or(usual), differences)
            }
            _ => (usual, &[][..]),
        };
        let text_of = |code: u8| Some(table?.character(code)?.to_string());
        self.simple = (0..=255).map(text_of).collect();
        let mut code = 0;
        for object in differences {
            match object {
                Object::Number(_) => code = object.count().unwrap_or(256),
                Object::Name(name) => {
                    if let Some(text) = self.simple.get_mut(code) {
                        *text = of_name(name);
                    }
                    code += 1;
                }
                _ => {}
            }
        }
        let unit = match file.get(dict, "FontMatrix").array().first() {
            Some(scale) if dict.is("Subtype", "Type3") => scale.number().unwrap_or(0.001),
            _ => 0.001,
        };
        let first = file.get(dict, "FirstChar").count().unwrap_or(0);
        let widths = file.get(dict, "Widths").array();
        for (code, width) in (first..256).zip(widths) {
            if let (Ok(code), Some(width)) = (u32::try_from(code), file.resolve(width).number()) {
                self.widths.insert(code, width * unit);
            }
        }
        let descriptor = file.dict(dict, "FontDescriptor");
        self.usual_width = descriptor
            .and_then(|it| file.get(it, "MissingWidth").number())
            .map(|width| width * unit)
            .filter(|width| *width > 0.0 || !self.widths.is_empty());
    }

    /// The glyphs of a string.
    pub(super) fn glyphs<'s>(&'s self, bytes: &'s [u8]) -> impl Iterator<Item = Glyph> + 's {
        let mut rest = bytes;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let length = if self.composite {
                self.to_unicode.length(rest).unwrap_or(2).min(rest.len())
            } else {
                1
            };
            let (code, after) = rest.split_at(length);
            rest = after;
            Some(self.glyph(code))
        })
    }

    fn glyph(&self, code: &[u8]) -> Glyph {
        let number = number(code);
        let mapped = self.to_unicode.text(code.len(), number);
        // Some write maps for codes of two bytes where they have one.
        let mapped = mapped.or_else(|| self.to_unicode.text(3 - code.len().min(2), number));
        let mapped = mapped.filter(|text| !text.trim_matches('\0').is_empty());
        let text = match mapped {
            Some(text) => Some(text.to_owned()),
            None if self.is_utf16 => Some(utf16(code)),
            None if self.composite => None,
            None => self.simple.get(number as usize).cloned().flatten(),
        };
        let width = self.widths.get(&number).copied().or(self.usual_width);
        let width = width.unwrap_or_else(|| text.as_deref().map_or(USUAL, guessed_width));
        Glyph {
            blank: code == b" ",
            text,
            width: width.clamp(-5.0, 5.0),
        }
    }
}

/// About how wide the first character of a text is in most fonts: for those that every reader has, files do not say.
fn guessed_width(text: &str) -> f64 {
    match text.chars().next().unwrap_or(' ') {
        ' ' | 'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.28,
        'r' | '(' | ')' | '-' => 0.35,
        'm' | 'w' | 'M' | 'W' => 0.85,
        c if c.is_uppercase() => 0.68,
        _ => USUAL,
    }
}
