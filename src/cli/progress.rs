//! A bar on the terminal while files are read: how far, how fast, how long still. Into a pipe or file it draws nothing.

use std::cell::Cell;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use morgue::intake::Progress;
use morgue::output::terminal::clean;

use super::Printer;
use super::interrupt::Wish;

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

/// The bar of a work that ends in good order when the user or the system wants that.
pub(super) struct Interruptible<'a> {
    bar: Bar,
    printer: &'a Printer,
    wish: Wish,
    is_broken_off: Cell<bool>,
}

impl<'a> Interruptible<'a> {
    pub(super) fn new(printer: &'a Printer, wish: Wish) -> Self {
        Interruptible {
            bar: Bar::new(printer),
            printer,
            wish,
            is_broken_off: Cell::new(false),
        }
    }

    /// Whether it was ended before all was done. A wish that came after that has ended nothing.
    pub(super) fn is_broken_off(&self) -> bool {
        self.is_broken_off.get()
    }
}

impl Progress for Interruptible<'_> {
    fn begin(&mut self, files: u64, bytes: u64) {
        self.bar.begin(files, bytes);
    }

    fn advance(&mut self, bytes: u64, articles: u64, file: &str) {
        self.bar.advance(bytes, articles, file);
    }

    fn end(&mut self) {
        self.bar.end();
    }

    fn wants_end(&self) -> bool {
        let wants = self.wish.has_come();
        if wants && !self.is_broken_off.replace(true) {
            let what = "stopping, when what has come in is safe; once more stops at once";
            self.bar.drawing.suspend(|| self.printer.note(what));
        }
        wants
    }
}
