//! One hit a line, as JSON: what programs read, and what an export of a whole archive is written in.

use std::io::{self, Write};

use super::{Render, json};
use crate::search::{Hit, Response};

/// The output `jsonl`.
pub(super) struct JsonLines<'a> {
    out: &'a mut dyn Write,
}

impl<'a> JsonLines<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        JsonLines { out }
    }
}

impl Render for JsonLines<'_> {
    fn begin(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        json::write_line(self.out, hit)
    }

    fn end(&mut self, _: &Response) -> io::Result<()> {
        Ok(())
    }
}
