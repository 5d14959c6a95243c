//! Bytes → text, for what is kept whole. The rules are shared with [`stream`](super::stream), which decodes line by line.
//!
//! Nothing fails here: every byte becomes some character. Declarations inside a text (`<meta charset>`, `<?xml
//! encoding?>`) are found by the formats and given as `declared`.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, Encoding, ISO_2022_JP, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250,
    WINDOWS_1252,
};

use super::wide::{self, Wide};

/// Text, and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding that was used, as the WHATWG Encoding Standard names it (which leaves out UTF-32).
    pub encoding: &'static str,
    /// Whether every byte had a meaning in that encoding.
    pub clean: bool,
}

/// The byte-order mark of UTF-8.
pub(super) const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// So many bytes, from the first that is not ASCII, are shown to the detector of encodings.
const DETECTOR_SAMPLE: usize = 1 << 20;

/// Decodes: a byte-order mark decides, else UTF-8 where the bytes are valid UTF-8 (or were meant to be: many whole
/// characters, few errors), else the encoding that the file declares (when the bytes are possible in it), else a
/// detected one. The declaration can be wrong; validity cannot.
#[must_use]
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Decoded {
    match Wide::of(&bytes) {
        Some(Wide::Utf16(encoding)) => return decode_in(encoding, &bytes),
        Some(Wide::Utf32 { little }) => return wide::decode_utf32(&bytes, little),
        None => {}
    }
    if let Some(unmarked) = bytes.strip_prefix(UTF8_MARK) {
        return decode_utf8(unmarked.to_vec());
    }
    match guess(&bytes, declared, true) {
        Guess::Utf8 => decode_utf8(bytes),
        Guess::Other(encoding) => decode_in(encoding, &bytes),
    }
}

fn decode_utf8(bytes: Vec<u8>) -> Decoded {
    let (text, clean) = match String::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => (
            String::from_utf8_lossy(error.as_bytes()).into_owned(),
            false,
        ),
    };
    Decoded {
        text,
        encoding: UTF_8.name(),
        clean,
    }
}

fn decode_in(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, errors) = encoding.decode_with_bom_removal(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        clean: !errors,
    }
}

/// What the bytes are, if not UTF-16 or UTF-32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// UTF-8, perhaps with errors.
    Utf8,
    Other(&'static Encoding),
}

/// What `bytes` are; when they are not the `whole` text, they may end within a character. A mark is heeded too.
pub(super) fn guess(bytes: &[u8], declared: Option<&str>, whole: bool) -> Guess {
    // UTF-32 has no decoder that streams. It is read where a text is kept whole.
    if let Some(Wide::Utf16(encoding)) = Wide::of(bytes) {
        return Guess::Other(encoding);
    }
    if bytes.starts_with(UTF8_MARK) {
        return Guess::Utf8;
    }
    if is_japanese_mail(bytes) && fits(ISO_2022_JP, bytes, whole) {
        return Guess::Other(ISO_2022_JP);
    }
    let valid = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => !whole && error.error_len().is_none(),
    };
    if valid || is_mostly_utf8(bytes) {
        return Guess::Utf8;
    }
    if let Some(encoding) = declared.and_then(legacy)
        && fits(encoding, bytes, whole)
    {
        return Guess::Other(encoding);
    }
    Guess::Other(detect(bytes, whole))
}

/// The declared encoding, unless it is UTF-8 or UTF-16: the bytes have been seen not to be that.
fn legacy(label: &str) -> Option<&'static Encoding> {
    // XML of Windows and Java has labels like `cp1252` and `latin1`, which the WHATWG table knows, and these.
    let label = label.trim().trim_matches(['"', '\'']);
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    let unicode = [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding);
    (!unicode).then_some(encoding)
}

/// The encoding of lines that are not UTF-8, in a file that is.
pub(super) fn fallback(declared: Option<&str>) -> &'static Encoding {
    declared.and_then(legacy).unwrap_or(WINDOWS_1252)
}

/// Decodes one line of a file that is UTF-8 as a whole: as that if it has more to show for it than errors, else in
/// `fallback`, which is Windows-1252 when the declared one is impossible.
pub(super) fn line<'a>(line: &'a [u8], fallback: &'static Encoding) -> Cow<'a, str> {
    let (trails, errors) = utf8_evidence(line);
    if trails > errors || errors == 0 {
        return String::from_utf8_lossy(line);
    }
    fallback
        .decode_without_bom_handling_and_without_replacement(line)
        .unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(line).0)
}

/// UTF-8 that was damaged: cut in the middle of a character, or glued to a piece of something else. Text of other
/// encodings has hardly a sequence that is valid by accident, and then many that are not.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (trails, errors) = utf8_evidence(bytes);
    trails >= 4 && errors * 4 <= trails
}

/// How many bytes go on with a character of UTF-8 (the longer it is, the less it is one by accident), and how many
/// errors there are.
fn utf8_evidence(bytes: &[u8]) -> (usize, usize) {
    let (mut trails, mut errors) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        let beyond_first = chunk.valid().bytes().filter(|byte| byte & 0xc0 == 0x80);
        trails += beyond_first.count();
        errors += usize::from(!chunk.invalid().is_empty());
    }
    (trails, errors)
}

/// ISO-2022-JP is valid ASCII. An escape to a Japanese alphabet is in no other text.
fn is_japanese_mail(bytes: &[u8]) -> bool {
    const ESCAPES: [&[u8]; 2] = [b"\x1b$B", b"\x1b$@"];
    bytes.contains(&0x1b) && bytes.windows(3).any(|three| ESCAPES.contains(&three))
}

/// Whether the bytes are possible in the encoding.
fn fits(encoding: &'static Encoding, bytes: &[u8], whole: bool) -> bool {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut scratch = [0; 4096];
    let mut at = 0;
    loop {
        let (result, read, _) =
            decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut scratch, whole);
        at += read;
        match result {
            DecoderResult::InputEmpty => return true,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => return false,
        }
    }
}

fn detect(bytes: &[u8], whole: bool) -> &'static Encoding {
    // Some letters of ASCII before the first other one are evidence too.
    let start = Encoding::ascii_valid_up_to(bytes).saturating_sub(64);
    let sample = &bytes[start..bytes.len().min(start + DETECTOR_SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, whole && start + sample.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    // £ of Windows-1252 is Ł of Central Europe, and the detector prefers letters.
    let pounds = sample.windows(3).any(is_pound_sign);
    if pounds && [WINDOWS_1250, ISO_8859_2].contains(&guess) {
        return WINDOWS_1252;
    }
    guess
}

/// Whether the second of three bytes is £ before a sum or a quotation mark: no word is that short or begins so.
fn is_pound_sign(three: &[u8]) -> bool {
    let [before, 0xa3, after] = three else {
        return false;
    };
    let follows = after.is_ascii_digit() || matches!(after, b' ' | 0x91..=0x94);
    follows && !before.is_ascii_alphabetic() && *before < 0xc0
}
