#![doc = include_str!("README.md")]

pub mod article;
pub mod error;

pub mod source;

pub mod format;

pub mod text;

pub mod query;

pub mod search;

pub use article::Article;
pub use error::{Error, Result};
