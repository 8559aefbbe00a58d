//! `concordat init`: a starter workspace, or the draft of a contract.

use std::path::PathBuf;

use concordat::feeds::draft;
use concordat::starter;

use super::report::report;
use super::say;

/// Make a starter workspace: small, synthetic, and ready to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The folder; it must be new or empty.
    #[arg(value_name = "DIR", required_unless_present = "feed")]
    folder: Option<PathBuf>,
    /// Make no workspace: print a draft of the contract (feed.toml) of files like this one, every
    /// guess marked.
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    feed: Option<PathBuf>,
}

impl Init {
    /// Writes the workspace and says what to do next, or prints the draft; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        if let Some(file) = &self.feed {
            return match draft::of_file(file) {
                Ok(draft) => {
                    say(draft.trim_end());
                    0
                }
                Err(error) => report(&[error]),
            };
        }
        let Some(folder) = &self.folder else { return 2 };
        if let Err(error) = starter::write(folder) {
            return report(&[error]);
        }
        if !quiet {
            let folder = folder.display();
            say(&format!("{folder} is a workspace. Next:"));
            say(&format!("  concordat check -w {folder}"));
            say(&format!("  concordat run -w {folder}"));
            say("Its README.md says what to change to make it yours.");
        }
        0
    }
}
