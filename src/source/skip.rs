//! Why a file or a record was left out. Nothing is left out without one of these.

use serde::{Deserialize, Serialize};

/// Declares the reasons as one table: variant, name in reports, one sentence for people.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $sentence:literal;)+) => {
        /// Why a file or a record is no article of the archive.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum SkipReason { $($(#[$doc])* $variant),+ }

        impl SkipReason {
            /// Every reason, in the order of the way.
            pub const ALL: &[SkipReason] = &[$(SkipReason::$variant),+];

            /// The name used in reports.
            pub const fn name(self) -> &'static str {
                match self { $(SkipReason::$variant => $name),+ }
            }

            /// The reason in words.
            pub const fn sentence(self) -> &'static str {
                match self { $(SkipReason::$variant => $sentence),+ }
            }
        }
    };
}

reasons! {
    /// The system refused to give the file.
    Unreadable, "unreadable", "the file cannot be read";
    /// A pipe, socket or device.
    SpecialFile, "special-file", "not a regular file";
    /// A link that leads back to a folder it lies in.
    LinkLoop, "link-loop", "a symbolic link leads back to its own folder";
    /// A hidden file or folder, a backup of an editor, a file that a system keeps for itself: `.git`, `story.txt~`, `Thumbs.db`.
    Hidden, "hidden", "hidden, a backup copy or a system's own file";
    /// Nothing in it.
    Empty, "empty", "there is nothing in it";
    /// An archive or compressed file ends too early or is broken.
    BrokenArchive, "broken-archive", "the archive or compressed file is damaged";
    /// Archives in archives in archives.
    TooDeep, "too-deep", "archives are nested too deeply";
    /// Larger than the limits allow, or grows without bound when unpacked.
    TooLarge, "too-large", "larger than the limits allow";
    /// Needs a password.
    Encrypted, "encrypted", "encrypted";
    /// No text at all: pictures, programs, databases.
    Binary, "binary", "not text";
    /// Text, but of no format that is read.
    UnknownFormat, "unknown-format", "no format that is known";
    /// The record or the rest of the file breaks the rules of its format.
    Malformed, "malformed", "breaks the rules of its format";
    /// A valid item of the format that is no article: a picture, an event, a front page.
    NotAnArticle, "not-an-article", "not an article";
    /// An article that its source holds back until a time that cannot be read.
    Embargo, "embargo", "its embargo cannot be read";
    /// An article without headline and without text.
    NoText, "no-text", "it has neither headline nor text";
}

impl std::fmt::Display for SkipReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_have_the_same_name_in_code_and_in_reports() {
        for reason in SkipReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.name());
        }
    }
}
