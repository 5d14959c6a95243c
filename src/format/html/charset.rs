//! The encoding that a page declares in its head.

/// How far into a page a declaration is looked for.
const HEAD: usize = 2 * 1024;

/// The label in `<meta charset=…>`, in the `content` of `<meta http-equiv=content-type>`, or in an XML declaration.
pub(crate) fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head);
    if let Some(declaration) = head.trim_start().strip_prefix("<?xml") {
        let declaration = declaration.split("?>").next()?;
        return label_after(declaration, "encoding");
    }
    head.split("<meta")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .find_map(|meta| label_after(meta, "charset"))
}

/// The label that follows `name=`.
fn label_after(text: &str, name: &str) -> Option<String> {
    let rest = text[text.find(name)? + name.len()..].trim_start().strip_prefix('=')?;
    let label: String = rest
        .trim_start()
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.'))
        .collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: Option<&str>) {
        assert_eq!(declared(page.as_bytes()).as_deref(), expected, "{page}");
    }

    #[test]
    fn finds_what_a_page_declares() {
        check("<meta charset=UTF-8>", Some("utf-8"));
        check("<META Charset = 'windows-1252'>", Some("windows-1252"));
        check("<meta name=a><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", Some("iso-8859-1"));
        check("<?xml version='1.0' encoding='EUC-KR'?><html>", Some("euc-kr"));
        check("<p>charset=utf-8", None);
        check("<meta charset>", None);
        check("", None);
    }
}
