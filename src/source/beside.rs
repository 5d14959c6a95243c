//! The files beside one that is read, for formats whose articles are spread over several: an issue of a newspaper whose
//! pages are files of their own. A format names them as its file does; this opens them, and none outside of the root.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::Found;

/// The files beside a file. By default there are none, as for members of archives, which are read in one pass.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// The folder of the file.
    folder: Option<PathBuf>,
    /// How many folders above it still lie in the root.
    above: usize,
}

impl Beside {
    /// What lies beside this file, within the root that it was found in.
    #[must_use]
    pub fn of(found: &Found) -> Self {
        Beside {
            folder: found.path.parent().map(Path::to_owned),
            above: found.file.matches('/').count(),
        }
    }

    /// Whether nothing can be beside it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.folder.is_none()
    }

    /// The names of the files in a folder, relative to that of the file (`""`, `".."`), in a stable order.
    #[must_use]
    pub fn names(&self, folder: &str) -> Vec<String> {
        let Some(entries) = self.path(folder).and_then(|path| fs::read_dir(path).ok()) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// The bytes of a file, relative to the folder of the file, when it lies in the root and has at most `most` bytes.
    #[must_use]
    pub fn bytes(&self, path: &str, most: usize) -> Option<Vec<u8>> {
        let path = self.path(path)?;
        if !fs::metadata(&path).ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(path).ok()?;
        file.take(most as u64 + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() <= most).then_some(bytes)
    }

    /// Where a relative path leads, unless out of the root.
    fn path(&self, relative: &str) -> Option<PathBuf> {
        let mut path = self.folder.clone()?;
        let (mut above, mut below) = (self.above, 0_usize);
        for part in Path::new(&relative.replace('\\', "/")).components() {
            match part {
                Component::Normal(name) => {
                    path.push(name);
                    below += 1;
                }
                Component::CurDir => {}
                Component::ParentDir if below > 0 => {
                    path.pop();
                    below -= 1;
                }
                Component::ParentDir => {
                    above = above.checked_sub(1)?;
                    path.push("..");
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_of_the_root_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let issue = dir.path().join("root/1987/issue");
        fs::create_dir_all(issue.join("text")).unwrap();
        for name in ["secret", "root/top", "root/1987/issue/text/1.xml"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let beside = Beside::of(&Found {
            path: issue.join("mets.xml"),
            file: "1987/issue/mets.xml".to_owned(),
            size: 0,
            modified: None,
            changed: None,
        });
        let check = |path: &str, expected| {
            assert_eq!(beside.bytes(path, 10).is_some(), expected, "{path}");
        };
        check("text/1.xml", true);
        check("./text\\1.xml", true);
        check("../issue/text/1.xml", true);
        check("../../top", true);
        check("../../../secret", false);
        check("text/../../../../secret", false);
        check("/etc/hostname", false);
        check("text", false);
        assert_eq!(beside.bytes("text/1.xml", 0), None);
        assert_eq!(beside.names("text"), ["1.xml"]);
        assert!(beside.names("../../..").is_empty());
        assert!(Beside::default().is_nothing());
        assert_eq!(Beside::default().bytes("top", 10), None);
    }
}
