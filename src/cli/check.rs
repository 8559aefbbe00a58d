//! `concordat check`: every problem of definitions and feeds at once, and what became of each row.

use std::path::PathBuf;

use concordat::error::{Error, Place, nearest};
use concordat::feeds::drift::drifts;
use concordat::wording::many;
use concordat::workspace::{Opened, Workspace};

use super::progress::Ways;
use super::report::report;
use super::{Root, say};

mod aside;
mod feed;
mod page;
mod rows;

/// Read every definition and feed and list all problems at once.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    #[command(flatten)]
    root: Root,
    /// Of this feed alone a page, and one for each of its files. May be given again.
    #[arg(long, value_name = "ID")]
    feed: Vec<String>,
    /// Write the rows that were set aside, as they were delivered, with file, line and reason, into
    /// this new folder. They may be about a person.
    #[arg(long, value_name = "DIR")]
    quarantine: Option<PathBuf>,
}

impl Check {
    /// Prints one paragraph a feed, or the pages of some, and every problem; the exit code.
    pub(crate) fn run(&self, ways: Ways) -> u8 {
        let quiet = ways.quiet;
        let workspace = match Workspace::load(&self.root.workspace) {
            Ok(workspace) => workspace,
            Err(error) => return report(&[error]),
        };
        if let Some(error) = self.feed.iter().find_map(|id| unknown(&workspace, id)) {
            return report(&[error]);
        }
        if !self.feed.is_empty() {
            return self.pages(&workspace, ways);
        }
        let feeds = workspace.contracts.keys().map(String::as_str);
        let opened = ways.open(|how| workspace.open_to_check(feeds, how));
        let mut broken = Vec::new();
        for quality in opened.quality.values().filter(|_| !quiet) {
            let feed = opened.feeds.get(&quality.feed);
            match feed::lines(quality, feed, &workspace.areas) {
                Ok(lines) => say(&lines.join("\n")),
                Err(error) => broken.push(error),
            }
        }
        let aside = self.set_aside(&workspace, &opened, quiet);
        let mut problems = workspace.problems;
        problems.extend(opened.problems);
        problems.extend(broken);
        problems.extend(aside);
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
        let standards = workspace.catalogue.standards.values();
        for unused in standards.filter(|one| !quiet && one.used_by.is_empty()) {
            say(&format!("standard {}: no measure and no filter uses it", unused.id));
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

    /// The pages of the feeds asked for; the exit code is of their problems.
    fn pages(&self, workspace: &Workspace, ways: Ways) -> u8 {
        let feeds = self.feed.iter().map(String::as_str);
        let opened = ways.open(|how| workspace.open_to_check(feeds, how));
        let mut broken = Vec::new();
        for quality in opened.quality.values() {
            let feed = opened.feeds.get(&quality.feed);
            let drifts = workspace.contracts.get(&quality.feed).map_or_else(Vec::new, |contract| {
                drifts(contract, &workspace.root, &quality.files)
            });
            match page::lines(quality, feed, &drifts, &workspace.areas) {
                Ok(lines) => say(&lines.join("\n")),
                Err(error) => broken.push(error),
            }
        }
        let aside = self.set_aside(workspace, &opened, ways.quiet);
        let mut problems = opened.problems;
        problems.extend(broken);
        problems.extend(aside);
        report(&problems)
    }

    /// Writes the rows that were set aside, where they are asked for; what went wrong with it.
    fn set_aside(&self, workspace: &Workspace, opened: &Opened, quiet: bool) -> Option<Error> {
        let target = self.quarantine.as_ref()?;
        match aside::write(workspace, opened, target) {
            Ok(said) => said.iter().filter(|_| !quiet).for_each(|line| say(line)),
            Err(error) => return Some(error),
        }
        None
    }
}

fn unknown(workspace: &Workspace, id: &str) -> Option<Error> {
    if workspace.contracts.contains_key(id) {
        return None;
    }
    let error = Error::run(Place::file("command line"), format!("there is no feed `{id}`"));
    let known = workspace.contracts.keys().map(String::as_str);
    Some(match nearest(id, known.clone()) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help(format!("the feeds are {}", known.collect::<Vec<_>>().join(", "))),
    })
}
