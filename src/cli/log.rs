//! What a server logs, and how: lines on stderr, for a person or for a collector of logs.

use std::io;

use clap::ValueEnum;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Log {
    /// Only what failed
    Failures,
    /// Every request, a line each
    Text,
    /// Every request, a JSON object each
    Json,
}

/// Begins to log.
pub(super) fn begin(log: Log) {
    let level = match log {
        Log::Failures => LevelFilter::WARN,
        Log::Text | Log::Json => LevelFilter::INFO,
    };
    let lines = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false);
    let registry = tracing_subscriber::registry();
    // Fails when somebody else logs already, who then has the lines.
    let _ = match log {
        Log::Json => registry
            .with(lines.json().flatten_event(true).with_filter(level))
            .try_init(),
        Log::Failures | Log::Text => registry.with(lines.with_filter(level)).try_init(),
    };
}
