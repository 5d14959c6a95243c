//! An answer of a web server (RFC 9112): status, fields, and a body in chunks and codings.

use crate::format::{Head, Rejection, html};

/// An answer, its body as the page was before it was sent.
#[derive(Debug)]
pub(super) struct Message {
    /// The status, where a server said one.
    pub(super) status: Option<u16>,
    media: Media,
    /// The page.
    pub(super) body: Vec<u8>,
}

/// A media type: `text/html; charset=utf-8`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Media {
    /// Type and subtype in lower case; empty where nothing is said.
    pub(super) name: String,
    /// The encoding of the text.
    pub(super) charset: Option<String>,
}

impl Media {
    /// Reads the value of a `Content-Type`.
    pub(super) fn of(value: &str) -> Self {
        let mut parts = value.split(';');
        let name = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let charset = parts
            .filter_map(|part| part.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
            .map(|(_, label)| label.trim().trim_matches(['"', '\'']).to_owned());
        Media { name, charset }
    }
}

impl Message {
    /// Whether a block begins as an answer.
    pub(super) fn begins(block: &[u8]) -> bool {
        block.starts_with(b"HTTP/")
    }

    /// A body of which no server has said anything.
    pub(super) fn unheaded(body: Vec<u8>, media: Media) -> Self {
        Message {
            status: None,
            media,
            body,
        }
    }

    /// Reads an answer; it fails where the codings of its body do.
    pub(super) fn parse(block: &[u8]) -> Result<Self, Rejection> {
        let (mut fields, mut at, mut status) = (Vec::new(), 0, None);
        for line in block.split_inclusive(|byte| *byte == b'\n') {
            at += line.len();
            if line.trim_ascii().is_empty() {
                break;
            }
            if status.is_none() {
                let line = String::from_utf8_lossy(line);
                let code = line
                    .split_whitespace()
                    .nth(1)
                    .and_then(|code| code.parse().ok());
                status = Some(code.unwrap_or(0));
            } else {
                take_field(&mut fields, line);
            }
        }
        let media = Media::of(field(&fields, "content-type").unwrap_or_default());
        let mut body = block[at..].to_vec();
        let transfer = field(&fields, "transfer-encoding").unwrap_or_default();
        if transfer.to_ascii_lowercase().contains("chunked") {
            body = unchunked(body);
        }
        let is_text = status == Some(200);
        let body = match field(&fields, "content-encoding") {
            Some(coding) if is_text => super::uncoded(coding, body)?,
            _ => body,
        };
        Ok(Message {
            status,
            media,
            body,
        })
    }

    /// What the body is said to be.
    pub(super) fn media(&self) -> Media {
        self.media.clone()
    }

    /// Whether the body is a web page: as the server says, or as it looks where the server says nothing useful.
    pub(super) fn is_page(&self) -> bool {
        match self.media.name.as_str() {
            "text/html" | "application/xhtml+xml" => true,
            ""
            | "text/plain"
            | "application/octet-stream"
            | "application/unknown"
            | "no-type"
            | "unk" => {
                let beginning = &self.body[..self.body.len().min(4096)];
                let head = Head {
                    bytes: beginning,
                    text: &String::from_utf8_lossy(beginning),
                    whole: beginning.len() == self.body.len(),
                    name: "",
                };
                html::sniff(&head).sure >= 90
            }
            _ => false,
        }
    }
}

/// Adds the field in a line to those before it; a line that begins with a blank goes on with the last one.
pub(super) fn take_field(fields: &mut Vec<(String, String)>, line: &[u8]) {
    let line = String::from_utf8_lossy(line);
    let goes_on = line.starts_with([' ', '\t']);
    if let (true, Some((_, value))) = (goes_on, fields.last_mut()) {
        value.push(' ');
        value.push_str(line.trim());
    } else if let Some((name, value)) = line.split_once(':') {
        fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// The value of the first field of this name, which is in lower case.
pub(super) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields
        .iter()
        .find(|(own, _)| own == name)
        .map(|(_, value)| value.as_str())
}

/// A body put together from its chunks. Crawlers that put it together and keep the field leave no chunks: what does
/// not begin with one is given back as it is. Of chunks that break off, what came before is kept.
fn unchunked(body: Vec<u8>) -> Vec<u8> {
    let (mut page, mut rest, mut any) = (Vec::with_capacity(body.len()), body.as_slice(), false);
    while let Some((length, begin)) = chunk(rest) {
        any = true;
        let end = begin.saturating_add(length).min(rest.len());
        page.extend_from_slice(&rest[begin..end]);
        rest = &rest[end..];
        if length == 0 {
            break;
        }
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    if any { page } else { body }
}

/// The length of the chunk that begins here, and where its bytes begin: a number in hexadecimal, and perhaps more, on a line.
fn chunk(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = bytes.iter().take(1024).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let number = line.split(';').next()?.trim();
    let length = usize::from_str_radix(number, 16).ok()?;
    Some((length, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        let check = |body: &str, expected: &str| {
            let page = unchunked(body.as_bytes().to_vec());
            assert_eq!(String::from_utf8(page).unwrap(), expected, "{body:?}");
        };
        check("5\r\n<p>Fe\r\n4;x=y\r\nrry!\r\n0\r\n\r\n", "<p>Ferry!");
        check("00005\n<p>Fe\n4\nrry!\n0\n", "<p>Ferry!");
        check("<p>Ferry!", "<p>Ferry!");
        check("5\r\n<p>Fe\r\nff\r\nrry", "<p>Ferry");
        check("ffffffffffffffff\r\n<p>", "<p>");
        check("", "");
    }

    #[test]
    fn media_types_have_a_charset() {
        let media = Media::of("Text/HTML; q=1; Charset=\"windows-1251\"");
        assert_eq!(media.name, "text/html");
        assert_eq!(media.charset.as_deref(), Some("windows-1251"));
        assert_eq!(Media::of(""), Media::default());
    }
}
