//! Formats on whole files.

mod docx;
mod fixtures;
mod hostile;
mod html;
mod mapping;
mod origins;
mod pdf;
mod reuters_oracle;

use std::io::BufReader;
use std::ops::ControlFlow;

use morgue::format::{Input, Options, Record, by_name};
use morgue::source::Beside;

/// The records of a file that is read as one format; a rejection of the rest of the file is the last of them.
fn read_with(format: &str, file: &str, bytes: &[u8], options: &Options) -> Vec<Record> {
    records(format, file, bytes, options, &Beside::default())
}

/// The same of a file with others beside it.
fn read_beside(format: &str, file: &str, bytes: &[u8], beside: &Beside) -> Vec<Record> {
    records(format, file, bytes, &Options::default(), beside)
}

fn records(
    format: &str,
    file: &str,
    bytes: &[u8],
    options: &Options,
    beside: &Beside,
) -> Vec<Record> {
    let mut records = Vec::new();
    let mut reader = BufReader::new(bytes);
    let mut input = Input {
        bytes: &mut reader,
        file,
        options,
        beside,
    };
    let read = by_name(format).unwrap().read;
    let end = read(&mut input, &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    });
    records.extend(end.err().map(Err));
    records
}

/// The same without options.
fn read_as(format: &str, bytes: &[u8]) -> Vec<Record> {
    read_with(format, "file", bytes, &Options::default())
}
