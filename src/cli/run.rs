//! `concordat run`: compute, judge and write the packs.

use std::path::{Path, PathBuf};
use std::thread;

use clap::ValueEnum;
use concordat::error::Error;
use concordat::indicators::Plan;
use concordat::packs::{self, Pack};
use concordat::period::Month;
use concordat::workspace::{Opened, Workspace};

use super::progress::Ways;
use super::report::report;
use super::{Root, say};

/// Compute, judge and write the packs.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    #[command(flatten)]
    root: Root,
    /// The plan to run; all of them when none is named. May be given again.
    #[arg(long, value_name = "ID")]
    plan: Vec<String>,
    /// The month to judge, such as 2019-03; the latest of the plan's own records unless given.
    #[arg(long, value_name = "YYYY-MM")]
    as_at: Option<Month>,
    /// The pack to make, of `reports/`. May be given again.
    #[arg(long, value_name = "ID", default_values_t = [String::from("monthly")])]
    pack: Vec<String>,
    /// Where the packs go; `out` in the workspace unless given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What is written besides the manifest.
    #[arg(long, value_delimiter = ',', default_values_t = [Format::Html, Format::Csv, Format::Parquet])]
    format: Vec<Format>,
}

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// `pack.html`, and each chart as SVG.
    Html,
    /// Tables as CSV.
    Csv,
    /// Values as Parquet.
    Parquet,
    /// Each chart as PNG, for slides and mail.
    Png,
}

impl Format {
    fn asked(self) -> packs::Format {
        match self {
            Self::Html => packs::Format::Html,
            Self::Csv => packs::Format::Csv,
            Self::Parquet => packs::Format::Parquet,
            Self::Png => packs::Format::Png,
        }
    }
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Png => "png",
        })
    }
}

impl Run {
    /// Writes the packs and says where; the exit code.
    pub(crate) fn run(&self, ways: Ways) -> u8 {
        match self.write(ways) {
            Ok(problems) => report(&problems),
            Err(error) => report(&[error]),
        }
    }

    fn write(&self, ways: Ways) -> Result<Vec<Error>, Error> {
        thread::spawn(packs::program);
        let workspace = Workspace::load(&self.root.workspace)?;
        let plans = workspace.plans(&self.plan)?;
        let packs = workspace.packs(&self.pack)?;
        let feeds = plans.iter().flat_map(|plan| workspace.feeds_of(plan));
        let feeds = feeds.chain(workspace.feeds_of_packs(&packs));
        let opened = ways.open(|how| workspace.open_kept(feeds, how));
        let out = self.out.clone().unwrap_or_else(|| workspace.root.join("out"));
        let months = plans
            .iter()
            .map(|plan| Some((*plan, opened.as_at(self.as_at, &workspace.feeds_of(plan)).ok()?)));
        workspace.count(&opened, &months.flatten().collect::<Vec<_>>());
        let mut found = Vec::new();
        for plan in plans {
            for pack in &packs {
                found.extend(self.write_one(&workspace, &opened, plan, pack, &out, ways.quiet)?);
            }
        }
        let mut problems = workspace.problems;
        problems.extend(opened.problems);
        problems.extend(found);
        Ok(problems)
    }

    fn write_one(
        &self,
        workspace: &Workspace,
        opened: &Opened,
        plan: &Plan,
        pack: &Pack,
        out: &Path,
        quiet: bool,
    ) -> Result<Vec<Error>, Error> {
        let formats: Vec<packs::Format> = self.format.iter().map(|one| one.asked()).collect();
        let as_at = opened.as_at(self.as_at, &workspace.feeds_of(plan))?;
        let made = packs::make(workspace, opened, plan, pack, as_at, &formats)?;
        let folder = out.join(&plan.id).join(as_at.to_string()).join(&pack.id);
        concordat::writers::folder::write(&folder, &made.files)?;
        if !quiet {
            say(&folder.display().to_string());
            say(&format!("  {}", made.headline));
        }
        Ok(made.problems)
    }
}
