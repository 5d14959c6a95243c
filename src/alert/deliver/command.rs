//! Gives articles to a program, on its standard input. No shell reads what is in them, nor the words of the command.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::outbox::Batch;
use super::{Target, Watch};

/// How much of what it says is told when it fails, in bytes.
const SAID: u64 = 2_000;
/// The longest rest between two looks at whether it has ended.
const REST: Duration = Duration::from_millis(50);

/// Runs the command of a watch. It has taken the batch when it ends with 0.
pub(super) fn run(watch: &Watch, batch: &Batch, index: &Path) -> Result<(), String> {
    let Target::Command {
        run,
        folder,
        seconds,
    } = &watch.to
    else {
        unreachable!("only commands are run");
    };
    let text = super::lines(watch, batch)?;
    let (program, arguments) = run.split_first().ok_or("there is no command")?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .env("MORGUE_INDEX", index)
        .env("MORGUE_WATCH", &watch.name)
        .env("MORGUE_DELIVERY", &batch.delivery)
        .env("MORGUE_COUNT", batch.articles.len().to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    own_group(&mut command);
    let mut child = command
        .spawn()
        .map_err(|error| format!("`{program}` cannot be run: {error}"))?;
    let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
    // Neither is waited for: a program that was ended may have left others that hold them open.
    thread::spawn(move || {
        // Whoever does not want to read all of it need not.
        let _ = stdin.map(|mut stdin| stdin.write_all(&text));
    });
    let (tell, told) = std::sync::mpsc::channel();
    thread::spawn(move || {
        let mut said = Vec::new();
        if let Some(mut stderr) = stderr {
            let _ = stderr.by_ref().take(SAID).read_to_end(&mut said);
            let _ = tell.send(said);
            let _ = std::io::copy(&mut stderr, &mut std::io::sink());
        }
    });
    let time = Duration::from_secs(*seconds);
    let Some(status) = ended(&mut child, time).map_err(|error| error.to_string())? else {
        return Err(format!(
            "`{program}` took longer than {seconds} s, and was ended"
        ));
    };
    if status.success() {
        return Ok(());
    }
    let said = told
        .recv_timeout(Duration::from_secs(1))
        .unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    let last = last
        .map(|line| format!(": {}", line.trim()))
        .unwrap_or_default();
    Err(format!("`{program}` ended with {status}{last}"))
}

/// How it ended; nothing when it did not in this time, and was killed.
fn ended(child: &mut Child, time: Duration) -> std::io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    let mut rest = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() >= time {
            end_group(child);
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(rest);
        rest = (rest * 2).min(REST);
    }
}

/// What it starts is ended with it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

#[cfg(unix)]
fn end_group(child: &Child) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    // It may have ended at this moment.
    let _ = pid.map(|pid| kill_process_group(pid, Signal::KILL));
}

#[cfg(not(unix))]
fn end_group(_: &Child) {}
