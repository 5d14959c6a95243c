//! The root element of a file, and the encoding that it declares, from its beginning alone: what sniffing needs.

/// The start tag of the root element.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Root<'t> {
    /// Its name without a prefix, as written.
    pub(crate) name: &'t str,
    /// The whole tag, as far as it is there.
    pub(crate) tag: &'t str,
    /// What follows the tag.
    pub(crate) rest: &'t str,
}

impl Root<'_> {
    /// Whether the root has this name, in any case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

/// The root element of a text that begins as XML does: with or without a declaration, comments and a document type before.
pub(crate) fn root(text: &str) -> Option<Root<'_>> {
    let mut rest = text.trim_start_matches(['\u{feff}', '\0']).trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<!") {
            end_of_doctype(rest)?
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?;
    let name = tag[..end].rsplit(':').next().unwrap_or_default();
    let close = tag.find('>').unwrap_or(tag.len());
    name.starts_with(char::is_alphabetic).then_some(Root {
        name,
        tag: &tag[..close],
        rest: &tag[close..],
    })
}

/// Where a document type ends, with the declarations in it.
fn end_of_doctype(text: &str) -> Option<usize> {
    let close = text.find('>')?;
    match text[..close].find('[') {
        Some(_) => {
            let inner = text.find(']')?;
            text[inner..].find('>').map(|end| inner + end + 1)
        }
        None => Some(close + 1),
    }
}

/// What `<?xml … encoding="…"?>` says. (UTF-16 and UTF-32 are told by their bytes.)
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let value = declaration.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_found_behind_what_precedes_them() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(root(text).map(|root| root.name), expected, "{text}");
        };
        check("<nitf>", Some("nitf"));
        check(
            "\u{feff}<?xml version=\"1.0\"?>\n<!-- a --><rdf:RDF xmlns='x'>",
            Some("RDF"),
        );
        check("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>", Some("a"));
        check("<!DOCTYPE a SYSTEM 'b'><a/>", Some("a"));
        check("<3 of them>", None);
        check("<!-- ", None);
        check("plain", None);
        check("", None);
    }

    #[test]
    fn encodings_are_declared() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(declared_encoding(text.as_bytes()).as_deref(), expected);
        };
        check(
            "<?xml version='1.0' encoding = \"ISO-8859-15\"?>",
            Some("ISO-8859-15"),
        );
        check("<?xml version='1.0'?><a encoding='b'/>", None);
        check("<?xml encoding=", None);
        check("<a>", None);
    }
}
