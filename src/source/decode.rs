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
pub fn decode(_bytes: Vec<u8>, _declared: Option<&str>) -> Decoded {
    todo!()
}
