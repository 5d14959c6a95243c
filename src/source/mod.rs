//! Step 1: where bytes come from. Walks the paths given, opens what it finds, unpacks, decodes.
//!
//! It knows files and archives, and nothing of what is in them. Everything it leaves out it names, with the reason;
//! every failure is told to the reader in whose bytes it happens, else to the visitor of [`open`](open()); one that ends an
//! archive before its last member is told of the archive, too.

mod beside;
mod binary;
mod coding;
mod decode;
mod decompress;
mod failure;
mod name;
mod open;
mod packing;
mod skip;
mod stream;
mod tape;
mod tar;
mod walk;
mod wide;
mod zip;

pub use beside::Beside;
pub(crate) use binary::binary_kind;
pub use binary::looks_binary;
pub(crate) use coding::{inflated, uncoded};
pub use decode::{Decoded, decode};
pub(crate) use failure::plain;
pub use failure::reason_of;
pub(crate) use name::readable;
pub use open::{Limits, Member, Visit, open};
pub(crate) use packing::is_document;
pub use skip::SkipReason;
pub use stream::decoding_reader;
pub use walk::{Found, walk};
pub(crate) use zip::Parts;
