//! The only place that writes to stdout and stderr: data to the one, everything else to the other.
//!
//! What can be said aside (summaries, warnings, hints) is silent under `--quiet`; errors never are. Failing to write to
//! stderr is passed over, since there is nobody left to tell.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};

use anstream::AutoStream;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use morgue::Error;
use morgue::output::Look;
use morgue::output::terminal::clean;
use morgue::query::caret;
use morgue::query::tree::Span;
use morgue::search::QueryEcho;
use terminal_size::{Width, terminal_size_of};

use super::Globals;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// How many columns are assumed of a terminal that does not tell.
const COLUMNS: usize = 80;

/// What reaches the screen, and in which colours.
pub(crate) struct Printer {
    quiet: bool,
    color: anstream::ColorChoice,
}

impl Printer {
    pub(crate) fn new(globals: &Globals) -> Self {
        let color = match globals.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        };
        Printer {
            quiet: globals.quiet,
            color,
        }
    }

    /// Where data goes. Flush it at the end: what is lost at the very last is lost too.
    #[expect(
        clippy::unused_self,
        reason = "whoever has no printer has no business on the screen"
    )]
    pub(super) fn data(&self) -> impl Write + use<> {
        BufWriter::with_capacity(64 * 1024, Stdout(io::stdout().lock()))
    }

    /// What stdout can show.
    pub(super) fn look(&self) -> Look {
        let width = io::stdout().is_terminal().then(columns);
        Look {
            color: self.shows_color(&io::stdout()),
            width,
            context: None,
        }
    }

    /// Whether somebody who sits before a terminal says yes to going on after this error; nobody is asked elsewhere, nor under `--quiet`.
    pub(super) fn is_willing(&self, error: &Error) -> bool {
        if self.quiet || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return false;
        }
        let mut screen = io::stderr();
        let _ = write!(screen, "{}. Go on? [y/N] ", clean(&error.to_string()));
        let _ = screen.flush();
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
    }

    /// Whether progress may be drawn over and over on stderr.
    pub(super) fn draws_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Says something aside.
    pub(super) fn note(&self, text: impl Display) {
        if !self.quiet {
            self.say(&text.to_string());
        }
    }

    /// Says what is needed to go on, also under `--quiet`.
    pub(super) fn always(&self, text: impl Display) {
        self.say(&text.to_string());
    }

    /// Says what the user should know, though the work goes on.
    pub(super) fn warning(&self, text: impl Display) {
        if !self.quiet {
            self.say(&format!("{WARNING}warning{WARNING:#}: {text}"));
        }
    }

    /// Says what could be done next.
    pub(super) fn hint(&self, text: impl Display) {
        if !self.quiet {
            self.say(&hint(&text));
        }
    }

    /// Says what the user should know about the query, each with a caret below the place.
    pub(super) fn query_warnings(&self, query: &QueryEcho) {
        for warning in &query.warnings {
            let place = indented(&caret(&query.text, Span::new(warning.start, warning.end)));
            self.warning(format!("{}\n{place}", clean(&warning.message)));
        }
    }

    /// Says why the command failed: the error, for a query the place in it, and a hint.
    pub(crate) fn error(&self, error: &anyhow::Error) {
        // A message may quote a file name or a query, and so anything.
        let mut message = String::new();
        for link in error.chain() {
            let cause = link.to_string();
            // Some errors already tell their cause.
            if !message.ends_with(&cause) {
                message += if message.is_empty() { "" } else { ": " };
                message += &cause;
            }
            // Ours tell theirs.
            if link.is::<Error>() {
                break;
            }
        }
        let mut text = format!("{ERROR}error{ERROR:#}: {}", clean(&message));
        let ours = error
            .chain()
            .find_map(|cause| cause.downcast_ref::<Error>());
        if let Some(Error::Query(query)) = ours {
            text += "\n";
            text += &indented(&query.caret());
        }
        if let Some(next) = ours.and_then(Error::hint) {
            text += "\n";
            text += &hint(&clean(&next));
        }
        self.say(&text);
    }

    fn say(&self, text: &str) {
        let _ = writeln!(AutoStream::new(io::stderr().lock(), self.color), "{text}");
    }

    fn shows_color(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            anstream::ColorChoice::Auto => {
                AutoStream::choice(stream) != anstream::ColorChoice::Never
            }
            choice => choice != anstream::ColorChoice::Never,
        }
    }
}

fn hint(text: &impl Display) -> String {
    format!("{HINT}hint{HINT:#}: {text}")
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("  {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The columns of the terminal that stdout is.
fn columns() -> usize {
    terminal_size_of(io::stdout()).map_or(COLUMNS, |(Width(columns), _)| usize::from(columns))
}

/// stdout. When its reader has gone, that is marked, so that no other broken pipe is taken for it.
struct Stdout(io::StdoutLock<'static>);

/// The reader of stdout has gone.
#[derive(Debug, thiserror::Error)]
#[error("stdout is closed")]
struct ClosedPipe;

/// stdout takes no more, and not because its reader has gone.
#[derive(Debug, thiserror::Error)]
#[error("cannot write to stdout: {0}")]
struct Unwritable(io::Error);

fn told(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::BrokenPipe => io::Error::new(io::ErrorKind::BrokenPipe, ClosedPipe),
        // The caller tries again.
        io::ErrorKind::Interrupted => error,
        kind => io::Error::new(kind, Unwritable(error)),
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(told)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(told)
    }
}

/// Whether a command ended because nobody reads its output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let inner = cause
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        matches!(inner, Some(inner) if inner.is::<ClosedPipe>())
    })
}
