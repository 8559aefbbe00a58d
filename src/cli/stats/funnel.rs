//! `concordat stats funnel`.

use std::path::PathBuf;

use concordat::stats::funnel::{self, Options, Statistic};
use concordat::stats::settings::multiplier;

use super::finish;

/// Limits of funnel plots, and which units lie outside: `num` out of `den`, by `set`.
///
/// What a set is of is told by a column `stat`, by --stat, or by its figures: with rates it is of
/// rates; where all denominators are whole and no numerator is larger, of proportions; else of
/// ratios of observed to expected events.
#[derive(Debug, clap::Args)]
pub(crate) struct Funnel {
    /// The units, a CSV file.
    #[arg(value_name = "IN.csv")]
    input: PathBuf,
    /// Where the table of limits goes; `-` for standard output.
    #[arg(long, short, value_name = "LIMITS.csv")]
    out: PathBuf,
    /// Where the table of units and their significance goes.
    #[arg(long, value_name = "UNITS.csv")]
    significance: Option<PathBuf>,
    /// Where the table of units with over-dispersion allowed for goes: winsorised z, φ, τ² and
    /// limits, as the Care Quality Commission makes them.
    #[arg(long, value_name = "UNITS.csv")]
    over_dispersion: Option<PathBuf>,
    /// What the figures are: proportion, ratio, rate or dsr.
    #[arg(long, value_name = "KIND")]
    stat: Option<Statistic>,
    /// What figures are multiplied by; without it 100, and 100000 for rates.
    #[arg(long, value_name = "NUMBER", value_parser = multiplier)]
    multiplier: Option<f64>,
    /// How many years the denominators of rates cover.
    #[arg(long, value_name = "YEARS", default_value_t = 1.0, value_parser = multiplier)]
    years: f64,
}

impl Funnel {
    /// Writes the tables; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let options = Options {
            statistic: self.stat,
            multiplier: self.multiplier,
            years: self.years,
            over_dispersion: self.over_dispersion.is_some(),
        };
        let destinations = [
            Some(self.out.as_path()),
            self.significance.as_deref(),
            self.over_dispersion.as_deref(),
        ];
        finish(funnel::funnel(&self.input, &options), &destinations, quiet)
    }
}
