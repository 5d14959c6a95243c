//! The encodings of simple fonts (ISO 32000-1, annex D) and the names of their glyphs → characters.
//!
//! Windows and Macintosh are tables of [`encoding_rs`]; Adobe's own is here. Names that no table has are read by their
//! pattern (`uni00E9`, `u1F600`), others are unknown.

use encoding_rs::{MACINTOSH, WINDOWS_1252};

/// The encodings that a font can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
}

impl Encoding {
    /// The encoding of this name.
    pub(super) fn by_name(name: &str) -> Option<Encoding> {
        match name {
            "WinAnsiEncoding" => Some(Encoding::WinAnsi),
            "MacRomanEncoding" => Some(Encoding::MacRoman),
            "StandardEncoding" => Some(Encoding::Standard),
            _ => None,
        }
    }

    /// The character of a code.
    pub(super) fn character(self, code: u8) -> Option<char> {
        let table = match self {
            Encoding::WinAnsi => WINDOWS_1252,
            Encoding::MacRoman => MACINTOSH,
            Encoding::Standard => return standard(code),
        };
        let code = [code];
        let (text, _) = table.decode_without_bom_handling(&code);
        text.chars().next().filter(|c| !c.is_control())
    }
}

fn standard(code: u8) -> Option<char> {
    match code {
        b'\'' => Some('’'),
        b'`' => Some('‘'),
        b' '..=b'~' => Some(char::from(code)),
        _ => STANDARD
            .iter()
            .find(|(own, _)| *own == code)
            .map(|(_, c)| *c),
    }
}

/// What Adobe's standard encoding has above ASCII.
const STANDARD: &[(u8, char)] = &[
    (0o241, '¡'),
    (0o242, '¢'),
    (0o243, '£'),
    (0o244, '⁄'),
    (0o245, '¥'),
    (0o246, 'ƒ'),
    (0o247, '§'),
    (0o250, '¤'),
    (0o251, '\''),
    (0o252, '“'),
    (0o253, '«'),
    (0o254, '‹'),
    (0o255, '›'),
    (0o256, 'ﬁ'),
    (0o257, 'ﬂ'),
    (0o261, '–'),
    (0o262, '†'),
    (0o263, '‡'),
    (0o264, '·'),
    (0o266, '¶'),
    (0o267, '•'),
    (0o270, '‚'),
    (0o271, '„'),
    (0o272, '”'),
    (0o273, '»'),
    (0o274, '…'),
    (0o275, '‰'),
    (0o277, '¿'),
    (0o301, '`'),
    (0o302, '´'),
    (0o320, '—'),
    (0o341, 'Æ'),
    (0o343, 'ª'),
    (0o350, 'Ł'),
    (0o351, 'Ø'),
    (0o352, 'Œ'),
    (0o353, 'º'),
    (0o361, 'æ'),
    (0o365, 'ı'),
    (0o370, 'ł'),
    (0o371, 'ø'),
    (0o372, 'œ'),
    (0o373, 'ß'),
];

/// The text of a glyph by its name.
pub(super) fn of_name(name: &str) -> Option<String> {
    // `a.sc`, `one.oldstyle`: another form of the same.
    let name = name.split('.').next().filter(|name| !name.is_empty())?;
    let mut characters = name.chars();
    if let (Some(one), None) = (characters.next(), characters.next()) {
        return Some(one.to_string());
    }
    if let Some((_, text)) = NAMES.iter().find(|(own, _)| *own == name) {
        return Some((*text).to_owned());
    }
    let hex = |digits: &str| {
        let fits = (4..=6).contains(&digits.len());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| fits)?;
        char::from_u32(number).map(String::from)
    };
    if let Some(found) = name
        .strip_prefix("uni")
        .or(name.strip_prefix('u'))
        .and_then(hex)
    {
        return Some(found);
    }
    accented(name)
}

/// `eacute`, `Scaron`: a letter and its accent.
fn accented(name: &str) -> Option<String> {
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let (_, mark) = ACCENTS.iter().find(|(accent, _)| *accent == &name[1..])?;
    let pair: String = [letter, *mark].into_iter().collect();
    Some(crate::text::clean::line(&pair))
}

const ACCENTS: &[(&str, char)] = &[
    ("grave", '\u{300}'),
    ("acute", '\u{301}'),
    ("circumflex", '\u{302}'),
    ("tilde", '\u{303}'),
    ("macron", '\u{304}'),
    ("breve", '\u{306}'),
    ("dotaccent", '\u{307}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("hungarumlaut", '\u{30b}'),
    ("caron", '\u{30c}'),
    ("cedilla", '\u{327}'),
    ("commaaccent", '\u{327}'),
    ("ogonek", '\u{328}'),
];

/// Names of glyphs, after the Adobe Glyph List, as far as news has them.
const NAMES: &[(&str, &str)] = &[
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("quoteright", "’"),
    ("quoteleft", "‘"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "-"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("exclamdown", "¡"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("fraction", "⁄"),
    ("yen", "¥"),
    ("florin", "ƒ"),
    ("section", "§"),
    ("currency", "¤"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("f_i", "fi"),
    ("f_l", "fl"),
    ("f_f", "ff"),
    ("f_f_i", "ffi"),
    ("f_f_l", "ffl"),
    ("endash", "–"),
    ("emdash", "—"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("paragraph", "¶"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("perthousand", "‰"),
    ("questiondown", "¿"),
    ("acute", "´"),
    ("dieresis", "¨"),
    ("AE", "Æ"),
    ("ae", "æ"),
    ("OE", "Œ"),
    ("oe", "œ"),
    ("Oslash", "Ø"),
    ("oslash", "ø"),
    ("Lslash", "Ł"),
    ("lslash", "ł"),
    ("Dcroat", "Đ"),
    ("dcroat", "đ"),
    ("Eth", "Ð"),
    ("eth", "ð"),
    ("Thorn", "Þ"),
    ("thorn", "þ"),
    ("dotlessi", "ı"),
    ("germandbls", "ß"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("degree", "°"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("mu", "µ"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("plusminus", "±"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("Euro", "€"),
    ("euro", "€"),
    ("brokenbar", "¦"),
    ("logicalnot", "¬"),
    ("space", " "),
    ("nbspace", " "),
    ("nonbreakingspace", " "),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glyphs_have_characters() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(of_name(name).as_deref(), expected, "{name}");
        };
        check("A", Some("A"));
        check("a.sc", Some("a"));
        check("eacute", Some("é"));
        check("Scaron", Some("Š"));
        check("quotedblleft", Some("“"));
        check("uni00E9", Some("é"));
        check("u1F600", Some("😀"));
        check("g27", None);
        check("éacute", None);
        check("", None);
    }

    #[test]
    fn codes_have_characters() {
        let check = |encoding: Encoding, code: u8, expected: Option<char>| {
            assert_eq!(encoding.character(code), expected, "{encoding:?} {code}");
        };
        check(Encoding::WinAnsi, 0x93, Some('“'));
        check(Encoding::MacRoman, 0x8e, Some('é'));
        check(Encoding::Standard, 0o252, Some('“'));
        check(Encoding::Standard, 0o200, None);
        check(Encoding::WinAnsi, 7, None);
    }
}
