//! How much memory the worst of the bad inputs take: each is read by the real program, which is given so much address space and
//! ends by a signal if it asks for more.

use std::path::Path;
use std::process::Command;

use super::{Trial, sizes};
use crate::support::morgue;

/// Address space, in KB: what a record of 64 MB may take, threads and their stacks.
const MOST: u32 = 1_200_000;

#[test]
fn bad_sizes_take_bounded_memory() {
    for case in sizes::CASES {
        let Trial::Files(make) = case.trial else {
            continue;
        };
        let dir = tempfile::tempdir().unwrap();
        make(dir.path());
        let run = read(dir.path());
        let ended = run.status.code();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(
            matches!(ended, Some(0 | 1)),
            "{}: {:?} {told}",
            case.name,
            run.status
        );
    }
}

fn read(dir: &Path) -> std::process::Output {
    let program = morgue(dir, &[]).get_program().to_owned();
    let script = format!("ulimit -v {MOST}; exec \"$0\" read \"$1\" > /dev/null");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]).arg(program).arg(dir);
    shell.output().unwrap()
}
