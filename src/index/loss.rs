//! What a repair or a rebuild would lose for good, which must be wanted.

use crate::error::{Error, Result};

/// How many files are named.
const NAMED: usize = 3;

/// Articles that their files do not give any more.
#[derive(Debug, Default)]
pub(super) struct Loss {
    /// How many.
    pub(super) articles: u64,
    /// The files that they came from.
    files: Vec<String>,
}

impl Loss {
    /// So many articles of `file` are lost.
    pub(super) fn add(&mut self, file: &str, articles: u64) {
        if articles > 0 {
            self.articles += articles;
            self.files.push(file.to_owned());
        }
    }

    /// Refuses to lose anything without `yes`.
    ///
    /// # Errors
    /// [`Error::Loss`].
    pub(super) fn refuse(&self, yes: bool) -> Result<()> {
        if yes || self.articles == 0 {
            return Ok(());
        }
        let named = &self.files[..self.files.len().min(NAMED)];
        let more = match self.files.len() - named.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Err(Error::Loss(format!(
            "{} articles would be lost for good, because {} files are gone, damaged or cannot be read any more ({}{more})",
            self.articles,
            self.files.len(),
            named.join(", ")
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_files_are_named_and_the_others_counted() {
        let mut loss = Loss::default();
        let why = |loss: &Loss| loss.refuse(false).unwrap_err().to_string();
        loss.add("whole.txt", 0);
        assert!(loss.refuse(false).is_ok());
        for (number, end) in [
            (3, "(1.txt, 2.txt, 3.txt)"),
            (5, "(1.txt, 2.txt, 3.txt and 2 more)"),
        ] {
            for file in loss.files.len() + 1..=number {
                loss.add(&format!("{file}.txt"), 2);
            }
            let begin = format!(
                "{} articles would be lost for good, because {number} files",
                2 * number
            );
            let why = why(&loss);
            assert!(why.starts_with(&begin) && why.ends_with(end), "{why}");
        }
        assert!(loss.refuse(true).is_ok());
    }
}
