//! `concordat stats mean`: means of values with Student's t interval.

use std::path::Path;

use super::areas::{self, Area, Areas};
use super::output::Cell;
use super::table::Table;
use super::{Answer, Settings};
use crate::error::Error;
use crate::statistics::intervals::mean::student;
use crate::statistics::sums;

const HEADINGS: [&str; 8] =
    ["area", "conf", "value_sum", "value_count", "stdev", "value", "lowercl", "uppercl"];

/// Means of the values `v` of each `area`, with Student's t interval.
///
/// Reads `area`, `v` and, where it is there, `conf`. Gives `area`, `conf`, `value_sum`,
/// `value_count`, `stdev`, `value`, `lowercl`, `uppercl`: the columns of PHEindicatormethods 2.1.0,
/// all areas at one level and then all at the next, in the file's order.
///
/// An area with a missing value has its number of rows and `NA` for the rest, and is noted in
/// the problems. One value alone has neither deviation nor interval. A value that is not a number
/// stops its area. The multiplier is not used.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks `area` or `v`.
pub fn mean(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    let table = Table::read(input, &["area", "v"])?;
    Ok(Areas::of(&table, &settings.levels).answer(&HEADINGS, summed, |values, level, row| {
        let known = values.known.as_deref();
        let interval = known.and_then(|values| student(values, 1.0, level));
        row.extend([
            Cell::Number(known.map(sums::sum)),
            Cell::Count(values.rows),
            Cell::Number(known.and_then(sums::deviation)),
            Cell::Number(known.and_then(sums::mean)),
            Cell::Number(interval.map(|interval| interval.lower)),
            Cell::Number(interval.map(|interval| interval.upper)),
        ]);
    }))
}

/// The values of an area; `None` where one is missing.
struct Values {
    rows: usize,
    known: Option<Vec<f64>>,
}

fn summed(area: &Area<'_>, problems: &mut Vec<Error>) -> Option<Values> {
    let values = areas::values(area, problems)?;
    Some(Values { rows: values.len(), known: values.into_iter().collect() })
}
