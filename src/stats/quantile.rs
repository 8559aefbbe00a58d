//! `concordat stats quantile`: medians and other quantiles with distribution-free intervals.

use std::path::Path;

use super::areas::{self, Areas};
use super::output::Cell;
use super::table::Table;
use super::{Answer, Settings};
use crate::error::Error;
use crate::statistics::intervals::quantile::{Quantile, quantile as quantile_of};

const HEADINGS: [&str; 11] = [
    "area",
    "conf",
    "quantile",
    "value_count",
    "value",
    "lowercl",
    "uppercl",
    "lower_rank",
    "upper_rank",
    "coverage",
    "method",
];

/// A quantile (0.5 is the median, 0.9 the 90th percentile) of the values `v` of each `area`.
///
/// Reads what [`mean`](super::mean::mean) reads. Gives the quantile (Hyndman and Fan's type 7) and
/// the values whose ranks are the ends of its interval, with the probability that they hold the
/// true quantile: at least the level. Where there are too few values for an end it is `NA`, and
/// `method` says so. An area with a missing value has `NA` for all figures and is noted in the
/// problems. The multiplier is not used.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks `area` or `v`.
pub fn quantile(input: &Path, settings: &Settings, quantile: Share) -> Result<Answer, Error> {
    let table = Table::read(input, &["area", "v"])?;
    let areas = Areas::of(&table, &settings.levels);
    Ok(areas.answer(&HEADINGS, areas::values, |values, level, row| {
        let known: Option<Vec<f64>> = values.iter().copied().collect();
        let found = known.and_then(|values| quantile_of(&values, quantile.0, level));
        let rank = |rank: Option<usize>| rank.map_or(Cell::Number(None), Cell::Count);
        row.extend([
            Cell::Number(Some(quantile.0)),
            Cell::Count(values.len()),
            Cell::Number(found.map(|found| found.value)),
            Cell::Number(found.and_then(|found| found.lower)),
            Cell::Number(found.and_then(|found| found.upper)),
            rank(found.and_then(|found| found.ranks.lower)),
            rank(found.and_then(|found| found.ranks.upper)),
            Cell::Number(found.map(|found| found.ranks.coverage)),
            Cell::Text(found.as_ref().map_or("NA", method)),
        ]);
    }))
}

fn method(found: &Quantile) -> &'static str {
    match (found.lower, found.upper) {
        (Some(_), Some(_)) => "Order statistics",
        (Some(_), None) => "Order statistics, too few values for an upper end",
        (None, Some(_)) => "Order statistics, too few values for a lower end",
        (None, None) => "Order statistics, too few values",
    }
}

/// A quantile's share, strictly between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(f64);

impl std::str::FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().parse::<f64>() {
            Ok(share) if share > 0.0 && share < 1.0 => Ok(Self(share)),
            _ => {
                Err(format!("`{text}` is no quantile: write 0.5 for the median, 0.9 for the 90th"))
            }
        }
    }
}
