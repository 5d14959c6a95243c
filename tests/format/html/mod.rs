//! Pages: what is read in invented ones, and that no bytes do harm.
//!
//! Each file of `pages/` is one way of stating an article; what is read in it stands beside it as `.snap`.

mod hostile;
mod pages;
mod sniffing;

use std::ops::ControlFlow;

use morgue::format::{self, Draft, Input, Options, Rejection};

/// The one record of a page.
fn read(bytes: &[u8]) -> Result<Draft, Rejection> {
    let mut records = Vec::new();
    let mut input = Input {
        bytes: &mut &*bytes,
        file: "page.html",
        options: &Options::default(),
        beside: &morgue::source::Beside::default(),
    };
    let row = format::by_name("html").expect("the format has a row");
    (row.read)(&mut input, &mut |record| {
        records.push(record);
        ControlFlow::Continue(())
    })
    .expect("bytes in memory can be read");
    assert_eq!(records.len(), 1, "a page is one record");
    records.remove(0).map(|draft| *draft)
}
