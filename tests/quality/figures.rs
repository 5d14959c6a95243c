//! Figures that are tracked in a text file: comment lines, then one `name value` a line.

use std::path::{Path, PathBuf};

/// A fall by less than this is rounding.
const ROUNDING: f64 = 0.000_6;

/// Figures in the order in which they were measured.
#[derive(Default)]
pub struct Figures(Vec<(String, f64)>);

impl Figures {
    /// Adds a figure.
    pub fn add(&mut self, name: &str, value: f64) {
        self.0.push((name.to_owned(), value));
    }

    /// Compares with the tracked file, or writes it when the environment says `UPDATE_FIGURES=1`.
    pub fn check(&self, file: &str) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let tracked = std::fs::read_to_string(&path).unwrap_or_default();
        println!("{self}");
        if std::env::var_os("UPDATE_FIGURES").is_some_and(|value| value == "1") {
            let comments: Vec<String> = tracked
                .lines()
                .filter(|line| line.starts_with('#'))
                .map(|line| format!("{line}\n"))
                .collect();
            std::fs::write(&path, format!("{}{self}", comments.concat()))
                .expect("the file of figures can be written");
            return;
        }
        let fallen: Vec<String> = tracked
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.rsplit_once(' '))
            .filter_map(|(name, value)| Some((name.trim_end(), value.parse::<f64>().ok()?)))
            .filter_map(|(name, before)| {
                let now = self
                    .0
                    .iter()
                    .find(|(own, _)| own == name)
                    .map_or(0.0, |(_, value)| *value);
                (now < before - ROUNDING).then(|| format!("{name}: {now:.3}, was {before:.3}"))
            })
            .collect();
        assert!(
            fallen.is_empty(),
            "figures fell below {file}:\n{}",
            fallen.join("\n")
        );
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|(name, value)| writeln!(f, "{name:<52} {value:.3}"))
    }
}

/// The folder of a corpus beside the repository, when it is there; says so when it is not.
pub fn corpus(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpora")
        .join(path);
    if !folder.is_dir() {
        println!("skipped: there is no corpus `{path}` beside the repository");
        return None;
    }
    Some(folder)
}
