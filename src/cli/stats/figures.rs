//! `concordat stats proportion|rate|mean|quantile|dsr|isr|smr`: figures with their intervals.

use std::path::PathBuf;

use concordat::stats::quantile::Share;
use concordat::stats::settings::{Levels, multiplier};
use concordat::stats::{Settings, dsr, isr, mean, proportion, quantile, rate, smr};

use super::finish;

/// What all figures take.
#[derive(Debug, clap::Args)]
struct Shared {
    /// The figures, a CSV file.
    #[arg(value_name = "IN.csv")]
    input: PathBuf,
    /// Where the table goes; `-` for standard output.
    #[arg(long, short, value_name = "OUT.csv")]
    out: PathBuf,
    /// How sure the intervals are, as probabilities: 0.95, or several such as 0.95,0.998. A column
    /// `conf` goes before.
    #[arg(long, value_name = "LEVELS", default_value = "0.95")]
    conf: Levels,
}

impl Shared {
    fn settings(&self, multiplier: f64) -> Settings {
        Settings { levels: self.conf.clone(), multiplier }
    }
}

/// Proportions with Wilson's interval: `x` out of `n`.
#[derive(Debug, clap::Args)]
pub(crate) struct Proportion {
    #[command(flatten)]
    shared: Shared,
    /// What figures are multiplied by; a column `multiplier` goes before.
    #[arg(long, value_name = "NUMBER", default_value_t = proportion::MULTIPLIER, value_parser = multiplier)]
    multiplier: f64,
}

impl Proportion {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(self.multiplier);
        let answer = proportion::proportion(&self.shared.input, &settings);
        finish(answer, &[Some(self.shared.out.as_path())], quiet)
    }
}

/// Rates with exact or Byar's interval: `x` events over `n`.
///
/// With a column `eventfreq` the rows of an `area` are of `x` persons with that many events each,
/// and the interval allows for several events being of one person.
#[derive(Debug, clap::Args)]
pub(crate) struct Rate {
    #[command(flatten)]
    shared: Shared,
    /// What figures are multiplied by; a column `multiplier` goes before.
    #[arg(long, value_name = "NUMBER", default_value_t = rate::MULTIPLIER, value_parser = multiplier)]
    multiplier: f64,
}

impl Rate {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(self.multiplier);
        finish(rate::rate(&self.shared.input, &settings), &[Some(self.shared.out.as_path())], quiet)
    }
}

/// Means of the values `v` of each `area`, with Student's t interval.
#[derive(Debug, clap::Args)]
pub(crate) struct Mean {
    #[command(flatten)]
    shared: Shared,
}

impl Mean {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(1.0);
        finish(mean::mean(&self.shared.input, &settings), &[Some(self.shared.out.as_path())], quiet)
    }
}

/// Medians or other quantiles of the values `v` of each `area`, with intervals from ranks alone.
#[derive(Debug, clap::Args)]
pub(crate) struct Quantile {
    #[command(flatten)]
    shared: Shared,
    /// Which quantile: 0.5 for the median, 0.9 for the 90th percentile.
    #[arg(long, value_name = "SHARE", default_value = "0.5")]
    quantile: Share,
}

impl Quantile {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(1.0);
        let answer = quantile::quantile(&self.shared.input, &settings, self.quantile);
        finish(answer, &[Some(self.shared.out.as_path())], quiet)
    }
}

/// Directly standardised rates with Dobson's interval: `x` events among `n` people of each
/// `ageband`, standard population `stdpop`.
///
/// With a column `eventfreq` a row is of `x` persons with that many events each, and the interval
/// allows for several events being of one person.
#[derive(Debug, clap::Args)]
pub(crate) struct Dsr {
    #[command(flatten)]
    shared: Shared,
    /// What rates are multiplied by.
    #[arg(long, value_name = "NUMBER", default_value_t = dsr::MULTIPLIER, value_parser = multiplier)]
    multiplier: f64,
}

impl Dsr {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(self.multiplier);
        finish(dsr::dsr(&self.shared.input, &settings), &[Some(self.shared.out.as_path())], quiet)
    }
}

/// Indirectly standardised rates: `x` events among `n` people of each `ageband`, beside `xr` among
/// `nr` of the reference.
#[derive(Debug, clap::Args)]
pub(crate) struct Isr {
    #[command(flatten)]
    shared: Shared,
    /// What rates are multiplied by.
    #[arg(long, value_name = "NUMBER", default_value_t = isr::MULTIPLIER, value_parser = multiplier)]
    multiplier: f64,
}

impl Isr {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(self.multiplier);
        finish(isr::isr(&self.shared.input, &settings), &[Some(self.shared.out.as_path())], quiet)
    }
}

/// Indirectly standardised ratios: observed over expected events, from the columns of isr.
#[derive(Debug, clap::Args)]
pub(crate) struct Smr {
    #[command(flatten)]
    shared: Shared,
    /// What an area has where events are as expected.
    #[arg(long, value_name = "NUMBER", default_value_t = smr::REFERENCE, value_parser = multiplier)]
    refvalue: f64,
}

impl Smr {
    /// Writes the table; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        let settings = self.shared.settings(self.refvalue);
        finish(smr::smr(&self.shared.input, &settings), &[Some(self.shared.out.as_path())], quiet)
    }
}
