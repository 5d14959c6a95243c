//! Cuts a page before it is parsed: what no reader sees, and hostile nesting. Text → text.
//!
//! Scripts, styles and comments are half of an ordinary page. And the parser looks through all open elements at many
//! tags, so that a page of 100,000 nested `<div>` would take minutes: tags beyond a depth are left out. The rules are
//! those of the HTML5 tokenizer; what stays is passed on letter by letter.

use std::borrow::Cow;

/// How deep elements may lie inside each other, roughly counted: more is no layout.
const DEEPEST: usize = 500;

/// How many attributes a tag may have: the parser compares each with all before it.
const MOST_ATTRIBUTES: usize = 200;

/// Elements whose content is no markup, and is not needed either; of scripts, JSON-LD is.
fn is_unseen(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"noembed" | b"noframes")
}

/// Elements whose content is no markup, but is kept.
fn is_raw(name: &[u8]) -> bool {
    matches!(name, b"textarea" | b"title" | b"xmp" | b"iframe")
}

/// Elements without an end, and those whose end may be left out: they do not nest in themselves.
#[rustfmt::skip]
fn is_flat(name: &[u8]) -> bool {
    matches!(
        name,
        b"area" | b"base" | b"basefont" | b"bgsound" | b"body" | b"br" | b"col" | b"colgroup" | b"dd" | b"dt" | b"embed"
            | b"frame" | b"head" | b"hr" | b"html" | b"image" | b"img" | b"input" | b"keygen" | b"li" | b"link" | b"meta"
            | b"optgroup" | b"option" | b"p" | b"param" | b"rb" | b"rp" | b"rt" | b"source" | b"tbody" | b"td" | b"tfoot"
            | b"th" | b"thead" | b"tr" | b"track" | b"wbr"
    )
}

/// The name of an element in lower case, as far as it fits: longer ones are none that is known here.
#[derive(Clone, Copy)]
struct Name {
    letters: [u8; 16],
    length: usize,
}

impl Name {
    fn at(html: &str, start: usize) -> Option<Name> {
        let mut name = Name { letters: [0; 16], length: 0 };
        let letters = html.as_bytes()[start..].iter().take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>'));
        for (slot, letter) in name.letters.iter_mut().zip(letters) {
            *slot = letter.to_ascii_lowercase();
            name.length += 1;
        }
        name.letters[0].is_ascii_lowercase().then_some(name)
    }

    fn bytes(&self) -> &[u8] {
        &self.letters[..self.length]
    }
}

/// The page without what is not needed.
pub(crate) fn prune(html: &str) -> Cow<'_, str> {
    let mut cut = Cut { html, kept: String::new(), from: 0 };
    let mut depth = 0;
    let mut too_deep = 0;
    let mut at = 0;
    while let Some(start) = html[at..].find('<').map(|found| at + found) {
        let tag = Tag::at(html, start);
        at = match tag {
            Tag::Comment(end) => {
                cut.out(start, end);
                end
            }
            Tag::Open { name, end, attributes } => {
                if attributes > MOST_ATTRIBUTES {
                    cut.out(start, end);
                    end
                } else if let Some(end) = unmarked(html, start, end, name.bytes(), &mut cut) {
                    end
                } else {
                    if !is_flat(name.bytes()) && !html[..end].ends_with("/>") {
                        if depth == DEEPEST {
                            too_deep += 1;
                            cut.out(start, end);
                        } else {
                            depth += 1;
                        }
                    }
                    end
                }
            }
            Tag::Close { name, end } => {
                if !is_flat(name.bytes()) {
                    if too_deep > 0 {
                        too_deep -= 1;
                        cut.out(start, end);
                    } else {
                        depth = depth.saturating_sub(1);
                    }
                }
                end
            }
            Tag::None => start + 1,
            Tag::Unended => break,
        };
    }
    cut.finish()
}

/// The end of an element whose content is no markup, after its content was cut or passed over.
fn unmarked(html: &str, start: usize, end: usize, name: &[u8], cut: &mut Cut<'_>) -> Option<usize> {
    let unseen = is_unseen(name);
    if !unseen && !is_raw(name) {
        return None;
    }
    // Without an end the rest of the page is its content.
    let content_end = find_close(html, end, name).unwrap_or(html.len());
    let is_data = name == b"script" && html[start..end].to_ascii_lowercase().contains("json");
    if unseen && !is_data {
        cut.out(end, content_end);
    }
    Some(content_end)
}

/// Where `</name` begins, in any case.
fn find_close(html: &str, from: usize, name: &[u8]) -> Option<usize> {
    html[from..].match_indices("</").map(|(found, _)| from + found).find(|&found| {
        let rest = &html.as_bytes()[found + 2..];
        rest.get(..name.len()).is_some_and(|own| own.eq_ignore_ascii_case(name))
            && rest.get(name.len()).is_none_or(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    })
}

/// What begins at a `<`.
enum Tag {
    /// A comment, declaration or processing instruction.
    Comment(usize),
    /// An opening tag.
    Open { name: Name, end: usize, attributes: usize },
    /// A closing tag.
    Close { name: Name, end: usize },
    /// Nothing: the sign stands for itself.
    None,
    /// A tag inside which the page ends: all the rest belongs to it.
    Unended,
}

impl Tag {
    fn at(html: &str, start: usize) -> Tag {
        let rest = &html[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            // `<!-->` and `<!--->` are whole comments.
            if comment.starts_with('>') {
                return Tag::Comment(start + 5);
            }
            let end = comment.find("-->").map_or(html.len(), |found| start + 4 + found + 3);
            return Tag::Comment(end);
        }
        let closing = rest.starts_with('/');
        let name_start = start + 1 + usize::from(closing);
        let Some(name) = Name::at(html, name_start) else {
            return Tag::None;
        };
        let Some((end, attributes)) = tag_end(html, name_start) else {
            return Tag::Unended;
        };
        if closing { Tag::Close { name, end } } else { Tag::Open { name, end, attributes } }
    }
}

/// The place after the `>` of a tag, and how many attributes it has; a `>` in quotes does not count.
fn tag_end(html: &str, from: usize) -> Option<(usize, usize)> {
    let mut attributes = 0;
    let mut quote = None;
    let mut before = b' ';
    for (offset, byte) in html.as_bytes()[from..].iter().copied().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return Some((from + offset + 1, attributes)),
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None if byte.is_ascii_whitespace() => attributes += usize::from(!before.is_ascii_whitespace()),
            None => {}
        }
        // White space round `=` belongs to the attribute.
        if !(byte.is_ascii_whitespace() && before == b'=') {
            before = byte;
        }
    }
    None
}

/// The page with pieces taken out; nothing is copied while none is.
struct Cut<'a> {
    html: &'a str,
    kept: String,
    from: usize,
}

impl<'a> Cut<'a> {
    fn out(&mut self, start: usize, end: usize) {
        self.kept.push_str(&self.html[self.from..start]);
        self.from = end;
    }

    fn finish(mut self) -> Cow<'a, str> {
        if self.from == 0 {
            return Cow::Borrowed(self.html);
        }
        self.kept.push_str(&self.html[self.from..]);
        Cow::Owned(self.kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(prune(html), expected, "{html}");
    }

    #[test]
    fn cuts_what_no_reader_sees() {
        check("<p>a<!-- b -->c", "<p>ac");
        check("<script>if (a<b) '<p>'</script><p>c", "<script></script><p>c");
        check("<SCRIPT type='application/ld+json'>{}</SCRIPT>", "<SCRIPT type='application/ld+json'>{}</SCRIPT>");
        check("<style>p > a {}</style >x", "<style></style >x");
        check("<script>no end", "<script>");
        check("<!-->a<!-- no end", "a");
    }

    #[test]
    fn keeps_everything_else() {
        for html in ["", "a < b & c > d", "<p title='a > b'>x</p>", "<title>a <b> c</title>", "<", "</", "<p", "<!DOCTYPE html><p>é"] {
            check(html, html);
        }
    }

    #[test]
    fn cuts_hostile_nesting() {
        let bomb = format!("{}x{}", "<div>".repeat(2_000), "</div>".repeat(2_000));
        let expected = format!("{}x{}", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST));
        check(&bomb, &expected);
        let list = "<ul><li>a<li>b</ul>".repeat(2_000);
        check(&list, &list);
        check(&format!("<p {}>x", "a ".repeat(10_000)), "x");
    }
}
