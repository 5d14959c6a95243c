//! `morgue watch add`: what is typed, as a watch.

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Utc};
use clap::{Args, ValueEnum};
use morgue::Error;
use morgue::alert::{self, Existing, Format, Options, Target, Watch};
use morgue::output::terminal::clean;
use morgue::query::Dialect;
use morgue::search::Match;

use super::super::{Exit, Printer, values};
use super::shown;

/// How long commands and addresses may take, in seconds, where nothing is said.
const SECONDS: u64 = 30;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  morgue watch add floods 'flood* W/10 (rhine OR danube)' --to file --path floods.jsonl
  morgue watch add mayor '\"Ann Roe\"' --to command --run 'mail -s Roe desk@news.example' --only-recent 7d
  morgue watch add strikes 'strike AND in:france' --to webhook --url https://hooks.example/T1 --header 'Authorization: Bearer …'
  morgue watch add ports 'headline:port' --to feed --path /srv/www/ports.atom --entries 50

What is delivered to a file or a feed is there once. A command and an address get it at least once: where the program is ended
between the delivery and its note, again, with the same MORGUE_DELIVERY or Idempotency-Key.")]
pub(in crate::cli) struct Add {
    /// What it is called: letters, digits, `.`, `-` and `_`
    name: String,
    /// The query; several words are joined by blanks. One that begins with `-` comes after `--`
    query: Vec<String>,
    /// Where to deliver
    #[arg(long, value_name = "KIND")]
    to: To,
    /// The file that is appended to, or that is the feed
    #[arg(long, value_name = "FILE", required_if_eq_any = [("to", "file"), ("to", "feed")])]
    path: Option<PathBuf>,
    /// With file: how the articles are written
    #[arg(long, value_name = "NAME", default_value = "jsonl", value_parser = values::one_of::<Format>(Format::ALL.iter().map(|value| value.name())))]
    format: Format,
    /// With command: the program and its arguments, in quotes; no shell is started. It is given the articles as JSON Lines
    #[arg(long, value_name = "COMMAND", required_if_eq("to", "command"))]
    run: Option<String>,
    /// With webhook: the address that the articles are sent to, as JSON
    #[arg(long, value_name = "URL", required_if_eq("to", "webhook"))]
    url: Option<String>,
    /// With webhook: a header to send, `NAME: VALUE` (may be repeated); only the owner of the index can read it
    #[arg(long = "header", value_name = "HEADER", value_parser = header)]
    headers: Vec<(String, String)>,
    /// With command, webhook: how long a delivery may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = SECONDS, value_parser = clap::value_parser!(u64).range(1..=3600))]
    time: u64,
    /// With feed: how many articles it has
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1000))]
    entries: u16,
    /// Only articles dated so many days (7d) or weeks (2w) back at most; those without a date are then not delivered
    #[arg(long, value_name = "TIME", value_parser = days)]
    only_recent: Option<u32>,
    /// Deliver what the index has already, too
    #[arg(long)]
    include_existing: bool,
    /// Whether all words must occur, or any
    #[arg(long = "match", value_name = "MODE", default_value = "all", value_parser = values::one_of::<Match>(Match::ALL.iter().map(|value| value.name())))]
    matching: Match,
    /// The language that the query is written in
    #[arg(long, value_name = "NAME", default_value = "morgue", value_parser = values::one_of::<Dialect>(Dialect::ALL.iter().map(|value| value.name())))]
    dialect: Dialect,
    /// The day that `date:last-week` and its like start from, instead of the clock's
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    today: Option<NaiveDate>,
}

/// Where to deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// Append the articles to a file
    File,
    /// Start a program, and give it the articles
    Command,
    /// Send the articles to an address
    Webhook,
    /// Keep an Atom feed with the newest
    Feed,
}

impl Add {
    fn target(&self) -> anyhow::Result<Target> {
        self.refuse_strangers()?;
        let path = self.path.as_deref().map(std::path::absolute).transpose()?;
        let needed = "asked for with its kind";
        Ok(match self.to {
            To::File => Target::File {
                path: path.expect(needed),
                format: self.format,
            },
            To::Feed => Target::Feed {
                path: path.expect(needed),
                entries: self.entries.into(),
            },
            To::Command => {
                let typed = self.run.as_deref().expect(needed);
                let run = shlex::split(typed).ok_or_else(|| Error::Invalid {
                    what: "--run".into(),
                    why: "a quote is not closed".into(),
                })?;
                Target::Command {
                    run,
                    folder: std::env::current_dir()?,
                    seconds: self.time,
                }
            }
            To::Webhook => Target::Webhook {
                url: self.url.clone().expect(needed),
                headers: self.headers.clone(),
                seconds: self.time,
            },
        })
    }

    /// An option that belongs to another kind is a slip.
    fn refuse_strangers(&self) -> anyhow::Result<()> {
        let given = [
            (self.path.is_some(), "--path", &[To::File, To::Feed][..]),
            (self.run.is_some(), "--run", &[To::Command]),
            (self.url.is_some(), "--url", &[To::Webhook]),
            (!self.headers.is_empty(), "--header", &[To::Webhook]),
            (self.format != Format::Jsonl, "--format", &[To::File]),
        ];
        for (is_given, option, kinds) in given {
            if is_given && !kinds.contains(&self.to) {
                let names = kinds.iter().filter_map(ValueEnum::to_possible_value);
                let names: Vec<_> = names.map(|value| value.get_name().to_owned()).collect();
                let why = format!("it belongs to `--to {}`", names.join("` and `--to "));
                return Err(Error::Invalid {
                    what: option.into(),
                    why,
                }
                .into());
            }
        }
        Ok(())
    }
}

pub(super) fn run(args: &Add, dir: &Path, printer: &Printer) -> anyhow::Result<Exit> {
    let watch = Watch {
        name: args.name.clone(),
        number: 0,
        query: args.query.join(" "),
        matching: args.matching,
        dialect: args.dialect,
        only_recent: args.only_recent,
        added: Utc::now(),
        to: args.target()?,
    };
    let existing = if args.include_existing {
        Existing::Deliver
    } else {
        Existing::Known
    };
    let options = Options {
        today: args.today,
        ..Options::default()
    };
    let place = format!("{} {}", watch.to.kind(), clean(&watch.to.place()));
    let added = alert::add(dir, watch, existing, &options)?;
    printer.query_warnings(&added.query);
    let found = shown::articles(added.found);
    printer.note(match existing {
        Existing::Known => format!(
            "watch `{}` delivers what is new from now on ({place}); it finds {found} now, which count as known",
            args.name
        ),
        Existing::Deliver => format!(
            "watch `{}` delivers the {found} that it finds now, and what is new ({place})",
            args.name
        ),
    });
    if existing == Existing::Deliver && added.found > 0 {
        printer.hint("`morgue watch run` delivers now; the next `morgue index` does, too");
    }
    if added.undated > 0 {
        printer.warning(format!(
            "{} that match have no date: with --only-recent, such ones are never delivered",
            shown::articles(added.undated)
        ));
    }
    Ok(Exit::Found)
}

/// `NAME: VALUE`.
fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("write NAME: VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// `7d`, `2w`, `7`.
fn days(text: &str) -> Result<u32, String> {
    let (number, unit) = match text.strip_suffix('w') {
        Some(number) => (number, 7),
        None => (text.strip_suffix('d').unwrap_or(text), 1),
    };
    let days = number
        .parse()
        .ok()
        .and_then(|number: u32| number.checked_mul(unit));
    days.filter(|days| (1..=36_500).contains(days))
        .ok_or_else(|| "write a number of days or weeks: 7d, 2w".into())
}
