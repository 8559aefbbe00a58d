//! `concordat stats proportion`: shares with Wilson's interval.

use std::path::Path;

use super::table::Table;
use super::{Answer, Settings, settings, single};
use crate::error::Error;
use crate::statistics::intervals::proportion::wilson;

/// Proportions are percentages unless something else is asked for.
pub const MULTIPLIER: f64 = 100.0;

/// Proportions `x` of `n` times the multiplier, with Wilson's interval.
///
/// Reads `x`, `n` and, where they are there, `multiplier` and `conf`, which go before the settings;
/// all other columns name the row and are handed on. Gives them, `x`, `n`, `multiplier`, `conf`,
/// `value`, `lowercl`, `uppercl`, `method`: the columns of PHEindicatormethods 2.1.0.
///
/// A row with a figure missing, not a number or out of range (`x` below 0 or above `n`, `n` not
/// above 0) is left out and named in the problems.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks `x` or `n`.
pub fn proportion(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    let table = Table::read(input, &["x", "n"])?;
    Ok(single::answer(&table, settings, |count, row, level| {
        if count.x > count.n {
            return Err(row
                .problem(format!("`x` is {}, more than `n`, {}", count.x, count.n))
                .help("a proportion is a part of its whole: correct the row, or use stats rate"));
        }
        wilson(count.x, count.n, level).ok_or_else(|| settings::no_interval(row, level))
    }))
}
