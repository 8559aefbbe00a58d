//! `concordat completions` and `concordat man`: for shells and for `man`.

use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;
use concordat::error::{Error, Place};

use super::report::report;
use super::{Arguments, say};

/// Print completions for a shell.
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    /// Prints them; the exit code.
    pub(crate) fn run(&self) -> u8 {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "concordat", &mut script);
        say(String::from_utf8_lossy(&script).trim_end());
        0
    }
}

/// Write the manual pages, one a command.
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The folder they go to; the first page is printed unless one is given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    /// Prints or writes them; the exit code.
    pub(crate) fn run(&self) -> u8 {
        let made = if let Some(folder) = &self.out {
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        } else {
            let mut page = Vec::new();
            clap_mangen::Man::new(Arguments::command())
                .render(&mut page)
                .map(|()| say(String::from_utf8_lossy(&page).trim_end()))
        };
        let Err(error) = made else { return 0 };
        let folder = self.out.as_ref().map(|out| out.display().to_string());
        let place = Place::file(folder.unwrap_or_default());
        let error = Error::run(place, format!("could not be written: {error}"));
        report(&[error.help("name a folder that can be written to")])
    }
}
