//! `concordat coverage`: every indicator of every plan, computed or not, why, and what would make it so.

use clap::ValueEnum;
use concordat::document::coverage::coverage;
use concordat::error::Error;
use concordat::period::Month;
use concordat::wording::coverage::{counts, lines};
use concordat::workspace::Workspace;

use super::progress::Ways;
use super::report::told;
use super::{Root, this_month};

/// Every indicator of every plan: computed, or why not, and what would make it so.
#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    #[command(flatten)]
    root: Root,
    /// A plan; all of them when none is named. May be given again.
    #[arg(long, value_name = "ID")]
    plan: Vec<String>,
    /// The month to judge, such as 2019-03; the latest of the feeds' own records unless given.
    #[arg(long, value_name = "YYYY-MM")]
    as_at: Option<Month>,
    /// Text to read, or a table for machines.
    #[arg(long, default_value = "text")]
    format: Format,
}

/// How it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines to read.
    Text,
    /// One row an indicator.
    Csv,
}

impl Coverage {
    /// Prints the coverage; the exit code.
    pub(crate) fn run(&self, ways: Ways) -> u8 {
        told(self.text(ways))
    }

    fn text(&self, ways: Ways) -> Result<(String, Vec<Error>), Error> {
        let workspace = Workspace::load(&self.root.workspace)?;
        let plans = workspace.plans(&self.plan)?;
        let feeds: Vec<&str> = plans.iter().flat_map(|plan| workspace.feeds_of(plan)).collect();
        let opened = ways.open(|how| workspace.open_kept(feeds.iter().copied(), how));
        // what waits for its first delivery has an answer as well
        let nothing = opened.feeds.values().all(|feed| feed.coverage.months.is_empty());
        let as_at = opened.as_at(self.as_at.or_else(|| nothing.then(this_month)), &feeds)?;
        let mut found = Vec::new();
        let mut problems = Vec::new();
        for plan in plans {
            let (_, one, errors) = workspace.inside(&opened, plan, as_at);
            found.push(one);
            problems.extend(errors);
        }
        let text = match self.format {
            Format::Csv => {
                let table = concordat::writers::csv::csv("coverage", &coverage(&found))?;
                String::from_utf8_lossy(&table).into_owned()
            }
            Format::Text => {
                let blocks = found.iter().map(|plan| lines(plan).join("\n") + "\n");
                let all = format!("As at {as_at}, all plans: {}", counts(&found));
                blocks.chain([all]).collect::<Vec<_>>().join("\n")
            }
        };
        let mut all = workspace.problems;
        all.extend(opened.problems);
        all.extend(problems);
        Ok((text, all))
    }
}
