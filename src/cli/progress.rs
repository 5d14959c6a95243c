//! A bar on the terminal while files are read: how far, how fast, how long still. Into a pipe or file it draws nothing.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use morgue::intake::Progress;
use morgue::output::terminal::clean;

use super::Printer;

/// The bar, or nothing where none can be drawn.
pub(super) struct Bar {
    draws: bool,
    drawing: ProgressBar,
    articles: u64,
}

impl Bar {
    pub(super) fn new(printer: &Printer) -> Self {
        Bar {
            draws: printer.draws_progress(),
            drawing: ProgressBar::hidden(),
            articles: 0,
        }
    }
}

impl Progress for Bar {
    fn begin(&mut self, _files: u64, bytes: u64) {
        if !self.draws {
            return;
        }
        let style = "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left  {wide_msg}";
        let style =
            ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.drawing =
            ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr_with_hz(10))
                .with_style(style);
    }

    fn advance(&mut self, bytes: u64, articles: u64, file: &str) {
        self.articles += articles;
        if self.draws {
            self.drawing.inc(bytes);
            let file = clean(file);
            self.drawing.set_message(match self.articles {
                0 => file.into_owned(),
                articles => format!("{articles} articles  {file}"),
            });
        }
    }

    fn end(&mut self) {
        self.drawing.finish_and_clear();
    }
}

/// An error on the way leaves no half bar behind.
impl Drop for Bar {
    fn drop(&mut self) {
        self.drawing.finish_and_clear();
    }
}
