//! Mail: a message (RFC 5322, `.eml`) or a box of many (mbox, RFC 4155), as newsletters and press offices send them. One
//! message → one article. A page saved as a message (MHTML) is read as a page, one
//! that holds nothing but a JSON object as that object.
//!
//! Given bytes by `source`; a box is cut here, a message is read by [`letter`]. Attachments are not opened.

mod letter;

use super::stream::{Line, RECORD_BYTES, RECORD_PARTS, lost, next_line, too_large, too_many};
use super::{Head, Input, Rejection, Sink, Verdict};
use crate::source::SkipReason;

/// Fields that nothing but mail has.
const OF_MAIL: &[&str] = &[
    "content-transfer-encoding",
    "delivered-to",
    "dkim-signature",
    "list-unsubscribe",
    "message-id",
    "mime-version",
    "received",
    "reply-to",
    "return-path",
    "x-mailer",
    "x-received",
];

/// Fields of which a message has one at least.
const OF_MESSAGES: &[&str] = &["date", "from", "subject"];

/// Certain where a head with fields of mail begins the file, or follows the first line of a box.
pub(super) fn sniff(head: &Head<'_>) -> Verdict {
    let text = head.text.trim_start_matches('\u{feff}').trim_start();
    let mut lines = text.lines().peekable();
    let boxed = lines
        .next_if(|line| begins_message(line.as_bytes()))
        .is_some();
    let (mut of_mail, mut of_messages, mut any) = (false, false, false);
    for line in lines.take(400) {
        if line.trim().is_empty() {
            break;
        }
        // A field that goes on, or that a relay has broken.
        if line.starts_with([' ', '\t', '>']) && any {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return Verdict::NO;
        };
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_name {
            return Verdict::NO;
        }
        any = true;
        let is = |table: &[&str]| table.iter().any(|known| known.eq_ignore_ascii_case(name));
        of_mail |= is(OF_MAIL);
        of_messages |= is(OF_MESSAGES);
    }
    match (of_mail || boxed, of_messages) {
        (true, true) => Verdict::new(
            97,
            "begins with header lines of mail, `From:`, `Date:` or `Subject:` among them",
        ),
        _ => Verdict::NO,
    }
}

/// Reads message by message.
pub(super) fn read(input: &mut Input<'_>, sink: &mut Sink<'_>) -> Result<(), Rejection> {
    let mut letters = Letters {
        boxed: None,
        letter: Vec::new(),
        large: false,
        after_blank: true,
    };
    let mut line = Vec::new();
    loop {
        let found =
            next_line(input.bytes, &mut line, RECORD_BYTES).map_err(|error| lost(&error))?;
        let ended = match found {
            Line::End => {
                let flow = letters.end().map(&mut *sink);
                if letters.boxed.is_none() {
                    return Err(Rejection::new(SkipReason::Empty, "no message in it"));
                }
                let _ = flow;
                return Ok(());
            }
            Line::TooLong => {
                letters.large = true;
                None
            }
            Line::Whole => letters.line(&line),
        };
        if ended.map(&mut *sink).is_some_and(|flow| flow.is_break()) {
            return Ok(());
        }
    }
}

/// The messages of a file.
struct Letters {
    /// Whether it is a box; unknown before the first line that is not blank.
    boxed: Option<bool>,
    /// The message that is being read.
    letter: Vec<u8>,
    /// Whether it is too large.
    large: bool,
    /// Whether the last line was blank: only after such a one another message may begin.
    after_blank: bool,
}

impl Letters {
    /// Takes a line; gives the message that it ends.
    fn line(&mut self, line: &[u8]) -> Option<super::Record> {
        let blank = line.trim_ascii().is_empty();
        if self.boxed.is_none() {
            if blank {
                return None;
            }
            self.boxed = Some(begins_message(line));
        }
        let begins = self.boxed == Some(true) && self.after_blank && begins_message(line);
        self.after_blank = blank;
        if begins {
            return self.end();
        }
        if self.letter.len() + line.len() > RECORD_BYTES {
            self.large = true;
        }
        if !self.large {
            self.letter.extend_from_slice(self.unquoted(line));
        }
        None
    }

    /// In a box, a line that begins with `From ` is marked with `>`, and one that is marked once more.
    fn unquoted<'a>(&self, line: &'a [u8]) -> &'a [u8] {
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let quoted = self.boxed == Some(true) && marks > 0 && line[marks..].starts_with(b"From ");
        &line[usize::from(quoted)..]
    }

    /// Reads the message that has ended, if there was one.
    fn end(&mut self) -> Option<super::Record> {
        let letter = std::mem::take(&mut self.letter);
        let large = std::mem::take(&mut self.large);
        if large {
            return Some(Err(too_large("a message")));
        }
        // Every one of its parts begins with such a line.
        let dashes = letter.split(|byte| *byte == b'\n');
        let parts = dashes.filter(|line| line.starts_with(b"--"));
        if parts.take(RECORD_PARTS + 1).count() > RECORD_PARTS {
            return Some(Err(too_many("a message", "parts")));
        }
        (!letter.trim_ascii().is_empty()).then(|| letter::record(&letter))
    }
}

/// Whether a line begins a message in a box: `From ada@mercury.example Fri Mar  4 09:30:00 1987`. A sentence may begin
/// so too, but it has no time.
fn begins_message(line: &[u8]) -> bool {
    let line = &line[..line.len().min(400)];
    let is_time =
        |five: &[u8]| five[2] == b':' && [0, 1, 3, 4].iter().all(|at| five[*at].is_ascii_digit());
    line.starts_with(b"From ") && line.windows(5).any(is_time)
}
