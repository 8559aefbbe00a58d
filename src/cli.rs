//! The command line: one file a command. Printing happens here and nowhere else.
#![allow(clippy::print_stderr, reason = "this is where printing happens")]

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use concordat::period::Month;

mod check;
mod coverage;
mod explain;
mod init;
mod manual;
pub(crate) mod memory;
pub(crate) mod progress;
pub(crate) mod report;
mod run;
mod shell;
mod stats;
mod synth;

/// Crisis care concordat records into explained, rated and charted indicator packs.
#[derive(Debug, Parser)]
#[command(name = "concordat", version, about)]
pub(crate) struct Arguments {
    /// Say only what went wrong.
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Memory to stay in, such as 2GB: large feeds are read and measured in parts that fit. Half of what the
    /// machine has unless given, here or in `CONCORDAT_MEMORY`.
    #[arg(long, global = true, value_name = "SIZE")]
    pub(crate) memory: Option<memory::Memory>,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a starter workspace: small, synthetic, and ready to run.
    Init(init::Init),
    /// Read every definition and feed and list all problems at once.
    Check(check::Check),
    /// Compute, judge and write the packs.
    Run(run::Run),
    /// Say of every indicator of every plan whether it is computed, and what would make it so.
    Coverage(coverage::Coverage),
    /// Write the definitions manual: what every indicator, measure and feed is, as one page of HTML.
    Manual(manual::Manual),
    /// Show a number, the rows it counts step by step, and each rule's test.
    Explain(explain::Explain),
    /// Write synthetic feeds with the real ones' shape and mess.
    Synth(synth::Synth),
    /// Statistics of a CSV file as a CSV file, to put beside other tools.
    #[command(subcommand)]
    Stats(stats::Stats),
    /// Print completions for a shell.
    Completions(shell::Completions),
    /// Write the pages of `man`, one a command.
    Man(shell::Man),
}

/// Writes a line to standard output; a reader that has gone away (`| head`) is no fault.
pub(crate) fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// The month it is, for commands that need one where no feed says it.
pub(crate) fn this_month() -> Month {
    Month::containing(chrono::Local::now().date_naive())
}

/// The folder the tool works on.
#[derive(Debug, clap::Args)]
pub(crate) struct Root {
    /// The workspace folder.
    #[arg(long, short, default_value = ".", value_name = "DIR")]
    pub(crate) workspace: PathBuf,
}
