//! `concordat init`: a starter workspace.

use std::path::PathBuf;

use concordat::starter;

use super::report::report;
use super::say;

/// Make a starter workspace: small, synthetic, and ready to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder; it must be new or empty.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl Init {
    /// Writes the workspace and says what to do next; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        if let Err(error) = starter::write(&self.folder) {
            return report(&[error]);
        }
        if !quiet {
            let folder = self.folder.display();
            say(&format!("{folder} is a workspace. Next:"));
            say(&format!("  concordat check -w {folder}"));
            say(&format!("  concordat run -w {folder}"));
            say("Its README.md says what to change to make it yours.");
        }
        0
    }
}
