//! `concordat stats rate`: events over a population or time, with exact or Byar's interval.

use std::path::Path;

use super::table::Table;
use super::{Answer, Settings, settings, single};
use crate::error::Error;
use crate::statistics::intervals::events;

/// Rates are per 100,000 unless something else is asked for.
pub const MULTIPLIER: f64 = 100_000.0;

/// Crude rates `x` over `n` times the multiplier: exact intervals below 10 events, Byar's from 10.
///
/// Columns, missing values and problems as [`proportion`](super::proportion::proportion); `x` need
/// not be whole and may be more than `n`.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks `x` or `n`.
pub fn rate(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    let table = Table::read(input, &["x", "n"])?;
    Ok(single::answer(&table, settings, |count, row, level| {
        events::rate(count.x, count.n, level).ok_or_else(|| settings::no_interval(row, level))
    }))
}
