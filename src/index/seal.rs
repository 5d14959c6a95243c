//! The checksum of `meta.json`. Every other file of an index has one of tantivy's at its end; this one says which files there are and
//! how many articles are in each, so a changed digit in it hides articles, and nothing else would tell.
//!
//! It is the first member of the object, over the text without it. tantivy passes over members that it does not know.

use std::io;
use std::path::Path;

/// What a sealed text begins with, and what stands behind the checksum.
const BEGIN: &[u8] = b"{\"blake3\":\"";
const END: &[u8] = b"\",";
/// How many digits a checksum has.
const DIGITS: usize = 2 * blake3::OUT_LEN;

/// A JSON object with its checksum.
pub(super) fn sealed(object: &[u8]) -> Vec<u8> {
    let Some(rest) = object.strip_prefix(b"{") else {
        return object.to_vec();
    };
    let checksum = blake3::hash(object).to_hex();
    [BEGIN, checksum.as_bytes(), END, rest].concat()
}

/// Whether a text is what was sealed. One without a checksum was written by an earlier version.
pub(super) fn is_whole(text: &[u8]) -> bool {
    let Some(sealed) = text.strip_prefix(BEGIN) else {
        return true;
    };
    let Some((checksum, rest)) = sealed.split_at_checked(DIGITS) else {
        return false;
    };
    let Some(rest) = rest.strip_prefix(END) else {
        return false;
    };
    let found = blake3::hash(&[b"{", rest].concat()).to_hex();
    found.as_bytes() == checksum
}

/// The same of a file.
pub(super) fn check(path: &Path) -> io::Result<()> {
    if is_whole(&std::fs::read(path)?) {
        Ok(())
    } else {
        Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "it is not what was written",
        ))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_changed_bit_of_a_sealed_text_is_passed_over(text in "\\{[ -~]{0,200}\\}", place in any::<prop::sample::Index>(), bit in 0_u32..8) {
            let whole = sealed(text.as_bytes());
            prop_assert!(is_whole(&whole));
            let mut changed = whole.clone();
            let at = place.index(changed.len());
            changed[at] ^= 1_u8 << bit;
            // Without its beginning it is taken for an older one; what it says is then untouched.
            prop_assert!(!is_whole(&changed) || at < BEGIN.len());
        }
    }

    #[test]
    fn it_is_json_as_before() {
        let value: serde_json::Value =
            serde_json::from_slice(&sealed(b"{\n  \"a\": 1\n}")).unwrap();
        assert_eq!(value["a"], 1);
    }
}
