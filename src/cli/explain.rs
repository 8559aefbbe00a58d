//! `concordat explain`: a number, the rows it counts step by step, and each rule's test.

use concordat::error::{Error, Place};
use concordat::explain::explain;
use concordat::period::Month;
use concordat::workspace::Workspace;

use super::Root;
use super::progress::Ways;
use super::report::told;

/// Show a number, the rows it counts step by step, and each rule's test.
#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    root: Root,
    /// Plan and indicator, such as derbyshire/DER-010; or plan and reconciliation, such as
    /// `derbyshire/s136_cell`.
    #[arg(value_name = "PLAN/INDICATOR")]
    indicator: String,
    /// One part of its split instead of the whole, by code, such as 03X.
    #[arg(long)]
    area: Option<String>,
    /// The month to judge, such as 2019-03; the latest of the plan's own records unless given.
    #[arg(long, value_name = "YYYY-MM")]
    as_at: Option<Month>,
}

impl Explain {
    /// Prints the explanation; the exit code.
    pub(crate) fn run(&self, ways: Ways) -> u8 {
        told(self.text(ways))
    }

    fn text(&self, ways: Ways) -> Result<(String, Vec<Error>), Error> {
        let (plan, id) = self.indicator.split_once('/').ok_or_else(|| {
            Error::run(
                Place::file("command line"),
                format!("`{}` is not a plan and an indicator", self.indicator),
            )
            .help("write it as derbyshire/DER-010")
        })?;
        let workspace = Workspace::load(&self.root.workspace)?;
        let plan = workspace.plan(plan)?;
        let feeds = workspace.feeds_of(plan);
        let opened = ways.open(|how| workspace.open_kept(feeds.iter().copied(), how));
        let as_at = opened.as_at(self.as_at, &feeds)?;
        let text = explain(&workspace, &opened, plan, id, self.area.as_deref(), as_at)?;
        Ok((text, opened.problems))
    }
}
