#![doc = include_str!("README.md")]

pub mod article;
pub mod error;

pub mod source;

pub mod format;

pub mod text;

pub mod intake;

pub mod places;

pub mod index;

pub mod query;

pub mod search;

pub mod output;

pub mod alert;

pub mod serve;

pub use article::Article;
pub use error::{Error, Result};
pub use index::Archive;
