//! Parse, run, and the one place where an error becomes a message and an exit code.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Exit, Printer};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version too; clap knows which goes to stdout. A closed pipe is no reason to complain.
        Err(usage) => {
            let usage = cli::with_tip(usage);
            let _ = usage.print();
            return if usage.use_stderr() {
                Exit::Failed.into()
            } else {
                Exit::Found.into()
            };
        }
    };
    let printer = Printer::new(&cli.globals);
    match cli::run(cli, &printer) {
        Ok(exit) => exit.into(),
        // Whoever read our output has seen enough (`| head`).
        Err(error) if cli::is_closed_pipe(&error) => Exit::Found.into(),
        Err(error) => {
            printer.error(&error);
            // `morgue show` of an unknown id is an answer: there is none.
            let nothing = error
                .downcast_ref()
                .is_some_and(morgue::Error::is_about_nothing);
            if nothing {
                Exit::Nothing.into()
            } else {
                Exit::Failed.into()
            }
        }
    }
}
