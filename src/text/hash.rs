//! The hash that a citation carries, so that anyone can tell whether a text still reads as it did when it was cited.

/// How many bytes of the hash are kept. 16 are beyond accident, and beyond making another text for a given hash.
const BYTES: usize = 16;

/// The first 16 bytes of BLAKE3 over the UTF-8 of `text`, in hexadecimal: what `b3sum --length 16` prints, after `blake3:`.
pub fn hash(text: &str) -> String {
    let mut hash = String::from("blake3:");
    hash.push_str(&blake3::hash(text.as_bytes()).to_hex()[..2 * BYTES]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first value is one of BLAKE3's own test vectors.
    #[test]
    fn it_is_the_beginning_of_blake3() {
        assert_eq!(hash(""), "blake3:af1349b9f5f9a1a6a0404dea36dcc949");
        assert_ne!(hash("é"), hash("e\u{301}"));
    }
}
