//! Which files are found, in which order, under which names.

use std::fs;
use std::path::Path;

use morgue::source::walk;

/// One line for each entry: the name, or `name = reason`.
fn found(root: &Path) -> Vec<String> {
    walk(root)
        .map(|entry| match entry {
            Ok(found) => {
                let metadata = fs::metadata(&found.path).unwrap();
                assert_eq!(found.size, metadata.len());
                assert_eq!(found.modified, metadata.modified().ok());
                found.file
            }
            Err((file, rejection)) => format!("{file} = {}", rejection.reason),
        })
        .collect()
}

fn tree(paths: &[&str]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for path in paths {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    root
}

#[test]
fn files_come_in_the_order_of_their_bytes() {
    let root = tree(&[
        "b.txt",
        "B.txt",
        "a/z.txt",
        "a/y/1.txt",
        "ä.txt",
        "10.txt",
        "9.txt",
    ]);
    let expected = [
        "10.txt",
        "9.txt",
        "B.txt",
        "a/y/1.txt",
        "a/z.txt",
        "b.txt",
        "ä.txt",
    ];
    assert_eq!(found(root.path()), expected);
}

#[test]
fn hidden_files_and_folders_are_named_once() {
    let root = tree(&[
        ".git/a",
        ".git/b/c",
        ".DS_Store",
        "a.txt",
        "a.txt~",
        "Thumbs.db",
    ]);
    let expected = [
        ".DS_Store = hidden",
        ".git = hidden",
        "Thumbs.db = hidden",
        "a.txt",
        "a.txt~ = hidden",
    ];
    assert_eq!(found(root.path()), expected);
    assert_eq!(found(&root.path().join(".git")), ["a", "b/c"]);
    assert_eq!(found(&root.path().join(".DS_Store")), [".DS_Store"]);
}

#[test]
fn a_root_may_be_a_file_and_must_exist() {
    let root = tree(&["news/a.txt"]);
    assert_eq!(found(&root.path().join("news/a.txt")), ["a.txt"]);
    assert_eq!(
        found(Path::new("no/such/folder")),
        ["no/such/folder = unreadable"]
    );
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let root = tree(&["a/1.txt"]);
    symlink("a", root.path().join("b")).unwrap();
    symlink("..", root.path().join("a/up")).unwrap();
    symlink("nowhere", root.path().join("c")).unwrap();
    let expected = [
        "a/1.txt",
        "a/up = link-loop",
        "b/1.txt",
        "b/up = link-loop",
        "c = unreadable",
    ];
    assert_eq!(found(root.path()), expected);
}

#[cfg(unix)]
#[test]
fn links_to_a_folder_that_the_root_lies_in_are_circles() {
    use std::os::unix::fs::symlink;
    let tree = tree(&["d/1.txt", "d/e/2.txt", "beside/3.txt"]);
    let root = tree.path().join("d");
    symlink("..", root.join("up")).unwrap();
    symlink("../..", root.join("e/top")).unwrap();
    symlink("../beside", root.join("f")).unwrap();
    symlink("..", tree.path().join("beside/back")).unwrap();
    let expected = [
        "1.txt",
        "e/2.txt",
        "e/top = link-loop",
        "f/3.txt",
        "f/back = link-loop",
        "up = link-loop",
    ];
    assert_eq!(found(&root), expected);
    // Also where the root is a link itself.
    symlink("d", tree.path().join("link")).unwrap();
    assert_eq!(found(&tree.path().join("link")), expected);
    let (_, rejection) = walk(&root).find_map(Result::err).unwrap();
    let above = tree.path().canonicalize().unwrap();
    let why = format!(
        "leads to `{}`, which the folder given lies in",
        above.display()
    );
    assert_eq!(rejection.detail, why);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_stay_different() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let root = tempfile::tempdir().unwrap();
    for name in [&b"caf\xe8"[..], b"caf\xe9"] {
        fs::write(root.path().join(OsStr::from_bytes(name)), "x").unwrap();
    }
    assert_eq!(found(root.path()), ["caf\\xE8", "caf\\xE9"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_named() {
    let root = tempfile::tempdir().unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(root.path().join("socket")).unwrap();
    assert_eq!(found(root.path()), ["socket = special-file"]);
}
