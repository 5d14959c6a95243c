//! The objects of PDF (ISO 32000-1, 7.3) and their reader: one pass over bytes, never deeper than [`DEEPEST`], never failing:
//! what breaks the rules is read as far as it goes.

use std::collections::BTreeMap;

/// Arrays and dictionaries in one another are read so deep; what lies deeper is left out.
const DEEPEST: usize = 24;

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Object {
    Null,
    Number(f64),
    /// Without its slash.
    Name(String),
    /// A string of bytes.
    Bytes(Vec<u8>),
    Array(Vec<Object>),
    Dict(Dict),
    /// Another object, by its number; generations are not told apart.
    Reference(u32),
    /// Anything else that is written without marks: operators, keywords.
    Word(String),
}

/// A dictionary.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Dict(BTreeMap<String, Object>);

impl Dict {
    /// What stands under a name; `Null` where nothing does.
    pub(super) fn get(&self, name: &str) -> &Object {
        self.0.get(name).unwrap_or(&Object::Null)
    }

    /// Whether `Type` (or another member) is this name.
    pub(super) fn is(&self, member: &str, name: &str) -> bool {
        matches!(self.get(member), Object::Name(own) if own == name)
    }
}

impl Object {
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Object::Number(number) if number.is_finite() => Some(*number),
            _ => None,
        }
    }

    /// A number that counts something.
    pub(super) fn count(&self) -> Option<usize> {
        let number = self.number().filter(|it| (0.0..4e9).contains(it))?;
        // The range was looked at.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let count = number as usize;
        Some(count)
    }

    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Object::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The members of an array; none of anything else.
    pub(super) fn array(&self) -> &[Object] {
        match self {
            Object::Array(array) => array,
            _ => &[],
        }
    }
}

/// Reads objects one after the other.
pub(super) struct Reader<'b> {
    pub(super) bytes: &'b [u8],
    pub(super) at: usize,
}

impl<'b> Reader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Reader { bytes, at: 0 }
    }

    /// The next object; `None` at the end.
    pub(super) fn object(&mut self) -> Option<Object> {
        self.object_at(0)
    }

    fn object_at(&mut self, depth: usize) -> Option<Object> {
        self.skip_blanks();
        let first = *self.bytes.get(self.at)?;
        Some(match first {
            b'/' => {
                self.at += 1;
                Object::Name(self.name())
            }
            b'(' => Object::Bytes(self.string()),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                self.dict(depth)
            }
            b'<' => Object::Bytes(self.hex()),
            b'[' => {
                self.at += 1;
                self.array(depth)
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number_or_reference(),
            b']' | b'{' | b'}' | b')' => {
                self.at += 1;
                Object::Word(char::from(first).into())
            }
            b'>' => {
                self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'>'));
                Object::Word(">>".into())
            }
            _ => {
                let word = self.regular();
                match word {
                    b"null" | b"true" | b"false" => Object::Null,
                    word => Object::Word(String::from_utf8_lossy(word).into_owned()),
                }
            }
        })
    }

    /// Passes over blanks and comments.
    pub(super) fn skip_blanks(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
                self.at += end.unwrap_or(rest.len());
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Passes over characters that are neither blanks nor marks.
    fn regular(&mut self) -> &'b [u8] {
        let rest = &self.bytes[self.at..];
        let end = rest
            .iter()
            .position(|byte| is_blank(*byte) || is_mark(*byte));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn name(&mut self) -> String {
        let raw = self.regular();
        if !raw.contains(&b'#') {
            return String::from_utf8_lossy(raw).into_owned();
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut at = 0;
        while at < raw.len() {
            let coded = raw.get(at + 1..at + 3).filter(|_| raw[at] == b'#');
            let pair = coded.and_then(|pair| Some((hex_digit(pair[0])?, hex_digit(pair[1])?)));
            if let Some((high, low)) = pair {
                name.push(high << 4 | low);
                at += 3;
            } else {
                name.push(raw[at]);
                at += 1;
            }
        }
        String::from_utf8_lossy(&name).into_owned()
    }

    fn number_or_reference(&mut self) -> Object {
        let number = self.number();
        let after = self.at;
        if let Some(own) = number.filter(|it| it.fract() == 0.0 && (0.0..4e9).contains(it))
            && self.bytes.get(self.at).is_some_and(|byte| is_blank(*byte))
        {
            // `12 0 R`; nothing else of PDF has two numbers and an R.
            self.skip_few_blanks();
            let begin = self.at;
            while self.at - begin < 6 && self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
                self.at += 1;
            }
            if self.at > begin {
                self.skip_few_blanks();
                let ended = |byte: &u8| is_blank(*byte) || is_mark(*byte);
                if self.bytes.get(self.at) == Some(&b'R')
                    && self.bytes.get(self.at + 1).is_none_or(ended)
                {
                    self.at += 1;
                    // The range was looked at.
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    return Object::Reference(own as u32);
                }
            }
            self.at = after;
        }
        number.map_or(Object::Null, Object::Number)
    }

    fn skip_few_blanks(&mut self) {
        let begin = self.at;
        while self.at - begin < 8 && self.bytes.get(self.at).is_some_and(|byte| is_blank(*byte)) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<f64> {
        let word = self.regular();
        let text = std::str::from_utf8(word).ok()?;
        text.parse().ok().or_else(|| {
            // `--5`, `5-3`: writers make such, readers take the first number of it.
            let text = text.trim_start_matches(['-', '+']);
            let end = text.find(|c: char| c != '.' && !c.is_ascii_digit());
            text[..end.unwrap_or(text.len())].parse().ok()
        })
    }

    /// A string in parentheses, which may stand in one another.
    fn string(&mut self) -> Vec<u8> {
        let mut string = Vec::new();
        let mut open = 0_usize;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'(' => {
                    open += 1;
                    if open > 1 {
                        string.push(byte);
                    }
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                    string.push(byte);
                }
                b'\\' => self.escape(&mut string),
                _ => string.push(byte),
            }
        }
        string
    }

    fn escape(&mut self, string: &mut Vec<u8>) {
        let Some(&byte) = self.bytes.get(self.at) else {
            return;
        };
        self.at += 1;
        match byte {
            b'n' => string.push(b'\n'),
            b'r' => string.push(b'\r'),
            b't' => string.push(b'\t'),
            b'b' => string.push(8),
            b'f' => string.push(12),
            b'\r' => self.at += usize::from(self.bytes.get(self.at) == Some(&b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u16::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.bytes.get(self.at) else {
                        break;
                    };
                    code = code << 3 | u16::from(digit - b'0');
                    self.at += 1;
                }
                string.push(code.to_le_bytes()[0]);
            }
            other => string.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let end = rest.iter().position(|byte| *byte == b'>');
        self.at += end.map_or(rest.len(), |end| end + 1);
        unhex(&rest[..end.unwrap_or(rest.len())])
    }

    fn array(&mut self, depth: usize) -> Object {
        let mut array = Vec::new();
        if depth >= DEEPEST {
            return Object::Null;
        }
        loop {
            let begin = self.at;
            match self.object_at(depth + 1) {
                None => break,
                Some(Object::Word(word)) if word == "]" => break,
                Some(Object::Word(word)) if is_outside(&word) => {
                    self.at = begin;
                    break;
                }
                Some(object) => array.push(object),
            }
        }
        Object::Array(array)
    }

    fn dict(&mut self, depth: usize) -> Object {
        let mut dict = BTreeMap::new();
        if depth >= DEEPEST {
            return Object::Null;
        }
        loop {
            let begin = self.at;
            match self.object_at(depth + 1) {
                None => break,
                Some(Object::Word(word)) if word == ">>" => break,
                Some(Object::Word(word)) if is_outside(&word) => {
                    self.at = begin;
                    break;
                }
                Some(Object::Name(name)) => {
                    let begin = self.at;
                    match self.object_at(depth + 1) {
                        None => break,
                        Some(Object::Word(word)) if word == ">>" || is_outside(&word) => {
                            self.at = begin;
                        }
                        Some(object) => {
                            dict.insert(name, object);
                        }
                    }
                }
                Some(_) => {}
            }
        }
        Object::Dict(Dict(dict))
    }
}

/// Words that no array and no dictionary holds: it was not ended.
fn is_outside(word: &str) -> bool {
    matches!(
        word,
        "obj" | "endobj" | "stream" | "endstream" | "xref" | "trailer"
    )
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_mark(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

fn hex_digit(byte: u8) -> Option<u8> {
    // A digit of base 16 fits.
    #[expect(clippy::cast_possible_truncation)]
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

/// The bytes that hexadecimal digits mean; a last one alone is followed by 0.
pub(super) fn unhex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|byte| hex_digit(*byte)).collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut reader = Reader::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(object) = reader.object() {
            found.push(format!("{object:?}"));
        }
        assert_eq!(found.join(" "), expected, "{text}");
    }

    #[test]
    fn objects_are_read() {
        check(
            "-1.5 12 0 R 1 0",
            "Number(-1.5) Reference(12) Number(1.0) Number(0.0)",
        );
        check(
            "/A#20b % no\n(a\\(b(c)\\101\\\n)",
            "Name(\"A b\") Bytes([97, 40, 98, 40, 99, 41, 65])",
        );
        check(
            "<41 4>[/a null]",
            "Bytes([65, 64]) Array([Name(\"a\"), Null])",
        );
        check(
            "<</a 1 0 R/b<<>>>>Tj",
            "Dict(Dict({\"a\": Reference(1), \"b\": Dict(Dict({}))})) Word(\"Tj\")",
        );
        check("[1 endobj", "Array([Number(1.0)]) Word(\"endobj\")");
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for piece in ["[", "<<", "<</a", "(", "<", "[<<", "1 0 R ", "%", "/"] {
            let bytes = piece.repeat(1 << 18);
            let mut reader = Reader::new(bytes.as_bytes());
            while reader.object().is_some() {}
        }
    }
}
