//! Step 1: where bytes come from. Walks the paths given, opens what it finds, unpacks, decodes.
//!
//! It knows files and archives, and nothing of what is in them.

mod decode;
mod open;
mod skip;
mod walk;

pub use decode::{Decoded, decode, decoding_reader};
pub use open::{Limits, Member, open};
pub use skip::SkipReason;
pub use walk::{Found, walk};
