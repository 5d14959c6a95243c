//! The few styles that outputs for people use. Colour adds to a text and never tells anything alone.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

/// Headlines.
pub(super) const BOLD: Style = Style::new().bold();
/// Matches.
pub(super) const MATCH: Style = AnsiColor::Red.on_default().bold();
/// What stands beside the text: dates, names, files.
pub(super) const DIM: Style = Style::new().dimmed();
/// Bars.
pub(super) const BAR: Style = AnsiColor::Cyan.on_default();

/// Writes a text in a style, or without it where no colour is understood.
pub(super) fn paint(out: &mut dyn Write, color: bool, style: Style, text: &str) -> io::Result<()> {
    if color && !text.is_empty() {
        write!(out, "{style}{text}{style:#}")
    } else {
        out.write_all(text.as_bytes())
    }
}
