//! Names of files and members as the archive keeps them: text, `/` between the parts, nothing that leads elsewhere.
//!
//! Used by [`walk`](super::walk()) and by the archives. It touches no file.

/// Names that systems give to files of their own, compared without case.
const OF_SYSTEMS: &[&str] = &[
    "__macosx",
    "desktop.ini",
    "ehthumbs.db",
    "icon\r",
    "thumbs.db",
];

/// Whether a file or folder of this name (one part of a path) is hidden, a backup or a system's own.
pub(crate) fn is_hidden(part: &[u8]) -> bool {
    part.starts_with(b".")
        || part.starts_with(b"~$")
        || part.ends_with(b"~")
        || (part.len() > 2 && part.starts_with(b"#") && part.ends_with(b"#"))
        || OF_SYSTEMS
            .iter()
            .any(|name| part.eq_ignore_ascii_case(name.as_bytes()))
}

/// A name as text. A byte that is not UTF-8 is written `\xE9`: with U+FFFD two files could get one name, and the
/// articles of one would replace those of the other.
pub(crate) fn readable(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            text.push_str("\\x");
            text.push(hex_digit(byte >> 4));
            text.push(hex_digit(byte & 15));
        }
    }
    text
}

fn hex_digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value)])
}

/// The parts of a member's path, without those that lead to a root or upwards. Archives from Windows divide with `\`.
pub(crate) fn parts(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| matches!(byte, b'/' | b'\\'))
        .filter(|part| !matches!(*part, b"" | b"." | b".."))
}

/// The name of the member `path` of `archive`: `archive!/path`.
pub(crate) fn of_member(archive: &str, path: &[u8]) -> String {
    let path = parts(path).map(readable).collect::<Vec<_>>().join("/");
    format!("{archive}!/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_named_below_their_archive() {
        let check = |path: &[u8], expected: &str| assert_eq!(of_member("a.zip", path), expected);
        check(b"news/1.txt", "a.zip!/news/1.txt");
        check(b"./news//1.txt", "a.zip!/news/1.txt");
        check(b"../../etc/passwd", "a.zip!/etc/passwd");
        check(b"/etc/passwd", "a.zip!/etc/passwd");
        check(b"news\\1963\\1.txt", "a.zip!/news/1963/1.txt");
        check(b"caf\xe9.txt", "a.zip!/caf\\xE9.txt");
        check("мир.txt".as_bytes(), "a.zip!/мир.txt");
    }

    #[test]
    fn hidden_names() {
        for name in [
            ".git",
            ".DS_Store",
            "story.txt~",
            "#story.txt#",
            "~$memo.doc",
            "THUMBS.DB",
            "__MACOSX",
        ] {
            assert!(is_hidden(name.as_bytes()), "{name}");
        }
        for name in ["story.txt", "a~b", "#1 story", "#", "thumbs.txt"] {
            assert!(!is_hidden(name.as_bytes()), "{name}");
        }
    }
}
