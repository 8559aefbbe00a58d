//! `concordat synth`: synthetic feeds with the real ones' shape and mess.

use std::path::PathBuf;

use concordat::synth::{self, Options};

use super::report::report;
use super::say;

/// Write synthetic feeds with the real ones' shape and mess.
#[derive(Debug, clap::Args)]
pub(crate) struct Synth {
    /// The folder to write into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many months, from January 2014.
    #[arg(long, default_value_t = Options::default().months)]
    months: u32,
    /// How many times the volume of the sample, which is 60,000 rows in 63 months.
    #[arg(long, default_value_t = Options::default().scale)]
    scale: f64,
    /// The same seed gives the same files.
    #[arg(long, default_value_t = Options::default().seed)]
    seed: u64,
}

impl Synth {
    /// Writes the feeds; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let options = Options { months: self.months, scale: self.scale, seed: self.seed };
        match synth::write(&self.out, options) {
            Ok(written) => {
                if !quiet {
                    for file in written {
                        say(&format!("{}: {} rows, synthetic", file.file, file.rows));
                    }
                }
                0
            }
            Err(error) => report(&[error]),
        }
    }
}
