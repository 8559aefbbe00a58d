//! `concordat check`: every problem of definitions and feeds at once, and what became of each row.

use std::collections::BTreeMap;

use concordat::quality::{FeedQuality, FeedState, FileQuality};
use concordat::wording::many;
use concordat::workspace::Workspace;

use super::report::report;
use super::{Root, say};

/// Read every definition and feed and list all problems at once.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    root: Root,
}

impl Check {
    /// Prints one paragraph a feed and every problem; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let workspace = match Workspace::load(&self.root.workspace) {
            Ok(workspace) => workspace,
            Err(error) => return report(&[error]),
        };
        let opened = workspace.open(workspace.contracts.keys().map(String::as_str));
        for quality in opened.quality.values().filter(|_| !quiet) {
            say(&feed_lines(quality).join("\n"));
        }
        let mut problems = workspace.problems;
        problems.extend(opened.problems);
        let code = report(&problems);
        let measures = workspace.catalogue.measures.len();
        let indicators: usize =
            workspace.catalogue.plans.values().map(|plan| plan.indicators.len()).sum();
        let plans = workspace.catalogue.plans.len();
        for register in workspace.catalogue.actions.values().filter(|_| !quiet) {
            let waits = if workspace.catalogue.plans.contains_key(&register.plan) {
                String::new()
            } else {
                format!(
                    " (no indicators/plans/{}.toml yet: its links are not checked)",
                    register.plan
                )
            };
            say(&format!("{}: {}{waits}", register.plan, many(register.actions.len(), "action")));
        }
        say(&format!(
            "{measures} measures, {indicators} indicators in {}, {}: {}",
            many(plans, "plan"),
            many(opened.quality.len(), "feed"),
            match problems.len() {
                0 => "no problems".to_owned(),
                some => many(some, "problem"),
            }
        ));
        code
    }
}

/// Places named for each reason; `data/quality.csv` of a run has the rest.
const PLACES: usize = 3;

/// Rows that share a reason, over all files of a feed.
#[derive(Default)]
struct Rows<'a> {
    number: u64,
    /// Where the first are.
    places: Vec<String>,
    /// The text at fault in the first. Shown here, to people inside, and in no file.
    example: Option<&'a str>,
}

/// By what became of them, reason and column.
type Reasons<'a> = BTreeMap<(&'static str, &'a str, Option<&'a str>), Rows<'a>>;

fn feed_lines(quality: &FeedQuality) -> Vec<String> {
    let total = |rows: fn(&FileQuality) -> u64| quality.files.iter().map(rows).sum::<u64>();
    let state = match &quality.state {
        FeedState::Ready => format!(
            "{}, {} rows read, {} used, {} set aside",
            many(quality.files.len(), "file"),
            total(|file| file.rows_read),
            total(|file| file.rows_used),
            total(FileQuality::rows_set_aside)
        ),
        FeedState::Missing => "no files were delivered".to_owned(),
        FeedState::Stopped { why } => format!("stopped: {why}"),
    };
    let mut lines = vec![format!("{}: {state}", quality.feed)];
    for ((fate, reason, column), Rows { number, places, example }) in reasons(quality) {
        let column = column.map_or(String::new(), |column| format!(" ({column})"));
        let more = if number > places.len() as u64 { ", …" } else { "" };
        let at = places.join(", ");
        let at = if at.is_empty() { at } else { format!(": {at}{more}") };
        let such = example.map_or(String::new(), |text| format!(", such as `{text}`"));
        lines.push(format!("  {fate} {number} × {reason}{column}{at}{such}"));
    }
    for file in quality.files.iter().filter(|file| !file.unknown_headings.is_empty()) {
        let names = file.unknown_headings.join("`, `");
        lines.push(format!("  not read: {}: no column claims `{names}`", file.file));
    }
    lines
}

fn reasons(quality: &FeedQuality) -> Reasons<'_> {
    let mut found = Reasons::new();
    for file in &quality.files {
        let aside = file.set_aside.iter().map(|note| ("set aside", note));
        let warned = file.warnings.iter().map(|note| ("used, but", note));
        for (fate, note) in aside.chain(warned) {
            let rows =
                found.entry((fate, note.reason.as_str(), note.column.as_deref())).or_default();
            rows.number += note.rows;
            rows.example = rows.example.or(note.examples.first().map(String::as_str));
            let room = PLACES.saturating_sub(rows.places.len());
            let name = file.file.rsplit('/').next().unwrap_or(&file.file);
            rows.places.extend(note.lines.iter().take(room).map(|line| format!("{name}:{line}")));
        }
    }
    found
}
