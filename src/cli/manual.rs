//! `concordat manual`: the definitions manual, one page.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use concordat::error::{Error, Place};
use concordat::manual::manual;
use concordat::packs::said;
use concordat::workspace::Workspace;
use concordat::writers::html::html;

use super::Root;
use super::report::report;
use super::stats::write_whole;

/// Write the definitions manual: what every indicator, measure and feed is, as one page of HTML.
#[derive(Debug, clap::Args)]
pub(crate) struct Manual {
    #[command(flatten)]
    root: Root,
    /// The file to write; standard output unless given.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Manual {
    /// Writes the manual; the exit code.
    pub(crate) fn run(&self) -> u8 {
        match self.write() {
            Ok(problems) => report(&problems),
            Err(error) => report(&[error]),
        }
    }

    fn write(&self) -> Result<Vec<Error>, Error> {
        if self.out.is_none() && std::io::stdout().is_terminal() {
            let said = "the manual is a page of HTML, which a terminal does not show";
            return Err(Error::run(Place::file("command line"), said)
                .help("name a file, --out manual.html, and open it in a browser"));
        }
        let workspace = Workspace::load(&self.root.workspace)?;
        let Workspace { catalogue, contracts, areas, packs, problems, .. } = workspace;
        let page = html(&manual(&catalogue, &contracts, &areas, &said(&packs), &problems))?;
        write_whole(page.as_bytes(), self.out.as_deref().unwrap_or(Path::new("-")))?;
        Ok(problems)
    }
}
