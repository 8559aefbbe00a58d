//! `concordat check`: every problem of definitions and feeds at once, and what became of each row.

use concordat::quality::{FeedQuality, FeedState, FileQuality, Note};
use concordat::workspace::Workspace;

use super::Root;
use super::report::report;

/// Read every definition and feed and list all problems at once.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    root: Root,
}

impl Check {
    /// Prints one paragraph a feed and every problem; the exit code.
    pub(crate) fn run(&self) -> u8 {
        let workspace = match Workspace::load(&self.root.workspace) {
            Ok(workspace) => workspace,
            Err(error) => return report(&[error]),
        };
        let opened = workspace.open(workspace.contracts.keys().map(String::as_str));
        for quality in opened.quality.values() {
            print!("{}", feed_lines(quality));
        }
        let mut problems = workspace.problems;
        problems.extend(opened.problems);
        let code = report(&problems);
        let measures = workspace.catalogue.measures.len();
        let indicators: usize =
            workspace.catalogue.plans.values().map(|plan| plan.indicators.len()).sum();
        let plans = workspace.catalogue.plans.len();
        println!(
            "{measures} measures, {indicators} indicators in {plans} plan(s), {} feed(s): {}",
            opened.quality.len(),
            match problems.len() {
                0 => "no problems".to_owned(),
                1 => "1 problem".to_owned(),
                many => format!("{many} problems"),
            }
        );
        code
    }
}

fn feed_lines(quality: &FeedQuality) -> String {
    let mut text = match &quality.state {
        FeedState::Ready => format!("{}: {}\n", quality.feed, quality.title),
        FeedState::Missing => format!("{}: no files were delivered\n", quality.feed),
        FeedState::Stopped { why } => format!("{}: stopped: {why}\n", quality.feed),
    };
    for file in &quality.files {
        text.push_str(&file_lines(file));
    }
    text
}

fn file_lines(file: &FileQuality) -> String {
    let mut text = format!(
        "  {}: {} rows read, {} used, {} set aside\n",
        file.file,
        file.rows_read,
        file.rows_used,
        file.rows_set_aside()
    );
    for note in &file.set_aside {
        text.push_str(&note_line("set aside", note));
    }
    for note in &file.warnings {
        text.push_str(&note_line("warning", note));
    }
    if !file.unknown_headings.is_empty() {
        let names = file.unknown_headings.join("`, `");
        text.push_str(&format!("    not read: no column claims the heading(s) `{names}`\n"));
    }
    text
}

fn note_line(what: &str, note: &Note) -> String {
    let column = note.column.as_ref().map_or(String::new(), |column| format!(" ({column})"));
    let lines: Vec<String> = note.lines.iter().map(ToString::to_string).collect();
    let more = if note.rows > note.lines.len() as u64 && !lines.is_empty() { ", …" } else { "" };
    let at =
        if lines.is_empty() { String::new() } else { format!(", line {}{more}", lines.join(", ")) };
    format!("    {what}: {} × {}{column}{at}\n", note.rows, note.reason)
}
