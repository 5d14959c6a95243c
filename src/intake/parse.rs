//! What one thread does with one file: open, recognise, read, prepare. It knows no other file.

use std::collections::HashMap;
use std::fmt::Write;
use std::io::{BufReader, Cursor, Read};
use std::ops::ControlFlow;

use super::budget::bytes_of;
use super::company::Company;
use super::{Job, ReadOptions, Recognition, finish};
use crate::format::{self, Draft, Format, HEAD_BYTES, Head, Input, Options, Rejection};
use crate::source::{self, Beside, Member, SkipReason};

/// After so many records of which none is an article, the rest is not read: a list of numbers has one for every two bytes, each
/// of them a line in the report.
const HOPELESS: u32 = 1_000_000;

/// What comes out of a file, in its order.
pub(super) enum Event {
    /// A member was recognised; only where explanations are wanted.
    Recognised(Box<Recognition>),
    /// A member begins: its name, and the format that reads it.
    Member(String, &'static str),
    /// An article, finished but for its dates.
    Draft(Box<Draft>),
    /// A member, or a record of one, that is no article.
    Rejected(String, Option<u32>, Rejection),
}

impl Event {
    /// How many bytes it takes in memory, roughly.
    pub(super) fn bytes(&self) -> usize {
        const LEAST: usize = 512;
        LEAST
            + match self {
                Event::Draft(draft) => bytes_of(&draft.article),
                Event::Recognised(_) | Event::Member(..) | Event::Rejected(..) => 0,
            }
    }

    /// The file that it is about.
    pub(super) fn file(&self) -> &str {
        match self {
            Event::Recognised(recognition) => &recognition.file,
            Event::Member(file, _) | Event::Rejected(file, ..) => file,
            Event::Draft(draft) => &draft.article.file,
        }
    }
}

/// Parses the file of `job`, and gives `send` all that comes out of it. `Break` from it ends the work. Where `explain` is
/// asked for, it also tells how members were recognised, and drafts say where all their fields were found.
pub(super) fn parse(
    job: &Job,
    options: &ReadOptions,
    explain: bool,
    send: &mut dyn FnMut(Event) -> ControlFlow<()>,
) {
    let map = Options {
        map: options.map.clone(),
        explain,
    };
    let mut names = Names::default();
    source::open(&job.found, &options.limits, &mut |member| match member {
        Ok(mut member) => {
            names.set_apart(&mut member.file);
            // What lies in an archive is read in one pass: nothing is beside it.
            let beside = if member.file == job.found.file {
                Beside::of(&job.found)
            } else {
                Beside::default()
            };
            read_member(member, &beside, &job.home, options.format, &map, send)
        }
        Err((file, rejection)) => send(Event::Rejected(file, None, rejection)),
    });
}

/// How often the members of an archive have had a name: a tar that was appended to holds a file twice, and no two articles may
/// have one id.
#[derive(Default)]
struct Names(HashMap<String, u32>);

impl Names {
    /// Gives the second of a name its number: `a.txt (2)`.
    fn set_apart(&mut self, name: &mut String) {
        let count = self.0.entry(name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            write!(name, " ({count})").expect("a string takes all");
        }
    }
}

fn read_member(
    member: Member<'_>,
    beside: &Beside,
    home: &str,
    forced: Option<&'static Format>,
    options: &Options,
    send: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let file = member.file;
    let mut head = Vec::new();
    let read = (&mut *member.bytes)
        .take(HEAD_BYTES as u64 + 1)
        .read_to_end(&mut head);
    if let Err(error) = &read
        && head.is_empty()
    {
        return send(Event::Rejected(file, None, unreadable(error)));
    }
    let format = match forced.map_or_else(|| recognise(&head, &file), Ok) {
        Ok(format) => format,
        Err(rejection) => {
            // Damage is the better reason: what is left of the text may be too little to tell.
            let rejection = read.map_or_else(|error| unreadable(&error), |_| rejection);
            return send(Event::Rejected(file, None, rejection));
        }
    };
    if options.explain {
        let said = forced.is_some();
        let told = recognition(&head, &file, format, said);
        send(Event::Recognised(Box::new(told)))?;
    }
    send(Event::Member(file.clone(), format.name))?;

    let mut bytes = BufReader::with_capacity(HEAD_BYTES, Cursor::new(head).chain(member.bytes));
    let mut input = Input {
        bytes: &mut bytes,
        file: &file,
        options,
        beside,
    };
    let mut company = Company::of(&file);
    let (mut records, mut articles, mut stopped, mut hopeless) = (0, 0_u32, false, false);
    let outcome = (format.read)(&mut input, &mut |record| {
        records += 1;
        let event = match record.and_then(|draft| finish::prepare(draft, home, &file, records)) {
            Ok(draft) => {
                articles += 1;
                Event::Draft(draft)
            }
            Err(rejection) => Event::Rejected(file.clone(), Some(records), rejection),
        };
        let flow = company.take(event).into_iter().try_for_each(&mut *send);
        stopped |= flow.is_break();
        hopeless = articles == 0 && records >= HOPELESS;
        if hopeless {
            return ControlFlow::Break(());
        }
        flow
    });
    if stopped {
        return ControlFlow::Break(());
    }
    company.part().into_iter().try_for_each(&mut *send)?;
    if hopeless {
        let detail = format!(
            "none of its first {} million records is an article; the rest is not read",
            HOPELESS / 1_000_000
        );
        let rejection = Rejection::new(SkipReason::NotAnArticle, detail);
        return send(Event::Rejected(file, None, rejection));
    }
    match outcome {
        Err(rejection) => send(Event::Rejected(file, None, rejection)),
        Ok(()) if records == 0 => {
            let rejection = Rejection::new(
                SkipReason::Empty,
                format!("no record of the format {}", format.name),
            );
            send(Event::Rejected(file, None, rejection))
        }
        Ok(()) => ControlFlow::Continue(()),
    }
}

/// How a member that begins so was recognised.
fn recognition(head: &[u8], file: &str, format: &'static Format, said: bool) -> Recognition {
    let bytes = &head[..head.len().min(HEAD_BYTES)];
    let decoded = source::decode(bytes.to_vec(), None);
    let name = file.rsplit('/').next().unwrap_or(file).to_lowercase();
    let head = Head {
        bytes,
        text: &decoded.text,
        whole: head.len() <= HEAD_BYTES,
        name: &name,
    };
    let mut verdicts: Vec<_> = format::verdicts(&head)
        .map(|(format, verdict)| (format.name, verdict))
        .collect();
    verdicts.sort_by_key(|(_, verdict)| std::cmp::Reverse(verdict.sure));
    Recognition {
        file: file.to_owned(),
        format: format.name,
        said,
        verdicts,
        encoding: decoded.encoding,
        sure_of_encoding: matches!(decoded.encoding, "UTF-8" | "UTF-16LE" | "UTF-16BE"),
    }
}

/// The format of a member that begins so.
fn recognise(head: &[u8], file: &str) -> Result<&'static Format, Rejection> {
    let whole = head.len() <= HEAD_BYTES;
    let bytes = &head[..head.len().min(HEAD_BYTES)];
    if bytes.iter().all(u8::is_ascii_whitespace) && whole {
        return Err(Rejection::new(SkipReason::Empty, "nothing but blanks"));
    }
    let text_end = bytes.iter().rposition(|byte| *byte != 0);
    let Some(last) = text_end else {
        let detail = "nothing but zero bytes, as crashes and holes in files leave them";
        return Err(Rejection::new(SkipReason::Empty, detail));
    };
    if source::looks_binary(bytes) {
        let kind = source::binary_kind(bytes);
        let detail = kind.unwrap_or("it begins with bytes that no text has");
        return Err(Rejection::new(SkipReason::Binary, detail));
    }
    // What fills up the last block of a tape is no text.
    let padded = whole && bytes.len() - last > 4;
    let bytes = if padded { &bytes[..=last] } else { bytes };
    let text = source::decode(bytes.to_vec(), None).text;
    let name = file.rsplit('/').next().unwrap_or(file).to_lowercase();
    let head = Head {
        bytes,
        text: &text,
        whole,
        name: &name,
    };
    format::sniff(&head)
        .map(|(format, _)| format)
        .ok_or_else(|| {
            Rejection::new(
                SkipReason::UnknownFormat,
                "nothing in it looks like a format that is read; --format NAME reads it as one",
            )
        })
}

fn unreadable(error: &std::io::Error) -> Rejection {
    Rejection::new(source::reason_of(error), source::plain(error))
}
