//! `concordat stats funnel`: limits of funnel plots, and which units lie outside.

use std::path::Path;
use std::str::FromStr;

use super::Answer;
use super::table::Table;
use crate::error::Error;

mod dispersed;
mod limits;
mod sets;
mod significance;

/// What the figures of a set are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Events out of cases.
    Proportion,
    /// Observed over expected events.
    Ratio,
    /// Crude rates.
    Rate,
    /// Directly standardised rates: their populations are worked back from events and rate.
    Dsr,
}

impl FromStr for Statistic {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "proportion" => Ok(Self::Proportion),
            "ratio" => Ok(Self::Ratio),
            "rate" => Ok(Self::Rate),
            "dsr" => Ok(Self::Dsr),
            _ => Err(format!("`{text}` is none of proportion, ratio, rate, dsr")),
        }
    }
}

impl Statistic {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proportion => "proportion",
            Self::Ratio => "ratio",
            Self::Rate => "rate",
            Self::Dsr => "dsr",
        }
    }

    fn multiplier(self) -> f64 {
        match self {
            Self::Proportion | Self::Ratio => 100.0,
            Self::Rate | Self::Dsr => 100_000.0,
        }
    }
}

/// What a user may set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// What all figures are; a column `stat` goes before. Without either it is told from the
    /// figures, see [`funnel`].
    pub statistic: Option<Statistic>,
    /// What figures are multiplied by, above 0; without it 100 for proportions and ratios,
    /// 100,000 for rates.
    pub multiplier: Option<f64>,
    /// Years that the denominators of rates cover, above 0: the axis is for one.
    pub years: f64,
    /// Whether to add the table of over-dispersion.
    pub over_dispersion: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { statistic: None, multiplier: None, years: 1.0, over_dispersion: false }
    }
}

/// Funnel limits over an axis, the significance of each unit, and, when asked for, limits with
/// over-dispersion allowed for.
///
/// Reads `num`, `den` (cases, expected events, or population) and, where they are there, `set`
/// (which units belong together), `id`, `rate` and `stat`. Without a `stat` a set with rates is of
/// rates; one whose denominators are all whole numbers with no numerator above its denominator is
/// of proportions; any other is of ratios. The column `stat` of every table says how it was read.
///
/// Tables: limits at 100 sizes of unit for each set and significance of each unit, both with the
/// columns of PHEindicatormethods 2.1.0; for over-dispersion z, its winsorised value, φ, τ²,
/// adjusted z, and the limits at the unit's own size. Limits of proportions are held to 0 and the
/// whole (the reference holds them to 100 whatever the multiplier).
///
/// A unit with a figure missing or out of range is left out, of the average too, and named in the
/// problems; so is a set of which nothing is left or that has no events.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks `num` or `den`.
pub fn funnel(input: &Path, options: &Options) -> Result<Answer, Error> {
    let table = Table::read(input, &["num", "den"])?;
    let mut problems = Vec::new();
    let sets = sets::read(&table, options, &mut problems);
    let mut tables = vec![limits::table(&sets, options), significance::table(&sets)];
    if options.over_dispersion {
        tables.push(dispersed::table(&sets, &mut problems));
    }
    Ok(Answer { tables, problems })
}
