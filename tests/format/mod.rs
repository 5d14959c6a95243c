//! Formats: files → records.

mod html;
