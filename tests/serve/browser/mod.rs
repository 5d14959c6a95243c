//! The page in a real browser: `run.mjs` beside this file drives it. It needs Node, Chromium and what `npm ci` installs here;
//! where one of them is missing, the test says so and is skipped, unless `MORGUE_BROWSER` is set. `.ci/run` installs them.

use std::path::Path;
use std::process::Command;

#[test]
fn people_can_use_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/serve/browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    let there =
        folder.join("node_modules/playwright-core").is_dir() && Path::new(&chromium).exists();
    if !there {
        let wanted = std::env::var_os("MORGUE_BROWSER").is_some();
        assert!(!wanted, "MORGUE_BROWSER is set, and there is none");
        eprintln!("skipped: `npm ci --prefix tests/serve/browser` and {chromium} are wanted");
        return;
    }
    let run = Command::new("node")
        .arg(folder.join("run.mjs"))
        .current_dir(root)
        .env("MORGUE", env!("CARGO_BIN_EXE_morgue"))
        .output()
        .expect("node runs");
    let told = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{told}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    // A run that stops early is no success.
    assert!(told.matches("\nok ").count() > 15, "{told}");
}
