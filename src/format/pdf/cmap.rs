//! Character maps (CMap, ToUnicode; ISO 32000-1, 9.7.5 and 9.10.3): codes of one to four bytes → text.

use std::collections::HashMap;

use super::object::{Object, Reader};

/// So many codes may one map name.
const MOST: usize = 1 << 17;

/// And so many spaces of codes.
const SPACES: usize = 256;

/// A map.
#[derive(Debug, Default)]
pub(super) struct Map {
    /// The text of each code, by its length in bytes and its number.
    texts: HashMap<(usize, u32), String>,
    /// Which codes there are: their length, the first, the last.
    spaces: Vec<(usize, u32, u32)>,
    /// How often a code was given a text, the same one too.
    given: usize,
}

impl Map {
    /// Reads a map.
    pub(super) fn of(bytes: &[u8]) -> Map {
        let mut map = Map::default();
        let mut reader = Reader::new(bytes);
        let mut given: Vec<Object> = Vec::new();
        while let Some(object) = reader.object() {
            let Object::Word(word) = &object else {
                given.push(object);
                continue;
            };
            match word.as_str() {
                "endcodespacerange" => map.add_spaces(&given),
                "endbfchar" => {
                    for pair in given.chunks_exact(2) {
                        if let (Some(code), Some(text)) = (pair[0].bytes(), pair[1].bytes()) {
                            map.insert(code.len(), number(code), utf16(text));
                        }
                    }
                }
                "endbfrange" => map.add_ranges(&given),
                _ => {}
            }
            given.clear();
        }
        map
    }

    fn insert(&mut self, length: usize, code: u32, text: String) {
        self.given += 1;
        if self.given <= MOST && (1..=4).contains(&length) {
            self.texts.insert((length, code), text);
        }
    }

    fn add_spaces(&mut self, given: &[Object]) {
        for pair in given.chunks_exact(2) {
            if let (Some(first), Some(last)) = (pair[0].bytes(), pair[1].bytes())
                && (1..=4).contains(&first.len())
                && self.spaces.len() < SPACES
            {
                self.spaces.push((first.len(), number(first), number(last)));
            }
        }
    }

    fn add_ranges(&mut self, given: &[Object]) {
        for range in given.chunks_exact(3) {
            let (Some(first), Some(last)) = (range[0].bytes(), range[1].bytes()) else {
                continue;
            };
            let (length, first, last) = (first.len(), number(first), number(last));
            let codes = (first..=last).take(MOST - self.given.min(MOST));
            match &range[2] {
                Object::Array(texts) => {
                    for (code, text) in codes.zip(texts) {
                        self.insert(length, code, utf16(text.bytes().unwrap_or_default()));
                    }
                }
                // The last character counts up.
                Object::Bytes(text) if text.len() <= 64 => {
                    let text = utf16(text);
                    let Some(end) = text.chars().next_back() else {
                        continue;
                    };
                    let begin = &text[..text.len() - end.len_utf8()];
                    for (nth, code) in (0..).zip(codes) {
                        let Some(end) = char::from_u32(u32::from(end).saturating_add(nth)) else {
                            break;
                        };
                        self.insert(length, code, format!("{begin}{end}"));
                    }
                }
                _ => {}
            }
        }
    }

    /// The text of a code.
    pub(super) fn text(&self, length: usize, code: u32) -> Option<&str> {
        self.texts.get(&(length, code)).map(String::as_str)
    }

    /// How many bytes the next code has, where the map says so.
    pub(super) fn length(&self, bytes: &[u8]) -> Option<usize> {
        let fits = |length: usize| {
            let code = bytes.get(..length).map(number);
            code.is_some_and(|code| {
                let holds = |space: &&(usize, u32, u32)| {
                    space.0 == length && (space.1..=space.2).contains(&code)
                };
                self.spaces.iter().any(|space| holds(&space))
            })
        };
        (1..=4).find(|length| fits(*length))
    }

    /// How many codes were given a text.
    pub(super) fn len(&self) -> usize {
        self.given
    }
}

/// The number that bytes are, the last four of them.
pub(super) fn number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// Text in UTF-16, the higher byte first.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [high, low] => u16::from_be_bytes([*high, *low]),
        one => u16::from(one[0]),
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_texts() {
        let map = Map::of(
            b"1 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange 1 beginbfchar <01> <00660069> endbfchar \
              2 beginbfrange <8001> <8003> <0041> <10> <11> [<0078> <D83DDE00>] endbfrange",
        );
        let check = |length, code, expected| assert_eq!(map.text(length, code), expected);
        check(1, 1, Some("fi"));
        check(2, 0x8003, Some("C"));
        check(1, 0x11, Some("😀"));
        check(2, 1, None);
        assert_eq!(map.length(b"\x01\x90"), Some(1));
        assert_eq!(map.length(b"\x90\x01"), Some(2));
        assert_eq!(map.length(b"\x90"), None);
    }

    #[test]
    fn ranges_are_bounded() {
        let ranges = "<00000000> <FFFFFFFF> <0041> ".repeat(1000);
        let map = Map::of(format!("{ranges} endbfrange").as_bytes());
        assert!(map.texts.len() <= MOST);
    }
}
