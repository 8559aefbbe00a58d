//! `concordat stats rate`: events over a population or time, with exact or Byar's interval.

use std::collections::BTreeMap;
use std::path::Path;

use super::areas::Areas;
use super::output::Cell;
use super::table::Table;
use super::{Answer, Settings, settings, single, strata};
use crate::error::Error;
use crate::statistics::intervals::{Interval, events};

/// Rates are per 100,000 unless something else is asked for.
pub const MULTIPLIER: f64 = 100_000.0;

const REPEATS: [&str; 9] = [
    "area",
    "conf",
    "persons",
    "total_count",
    "total_pop",
    "value",
    "lowercl",
    "uppercl",
    "method",
];

/// Crude rates `x` over `n` times the multiplier: exact intervals below 10 events, Byar's from 10.
///
/// Columns, missing values and problems as [`proportion`](super::proportion::proportion); `x` need
/// not be whole and may be more than `n`.
///
/// With a column `eventfreq` a row is of `x` persons with that many events each, and the rows of an
/// `area` are one figure: the rate of all events, with an interval that allows for several being
/// of one person (see [`Repeats::rate`](crate::statistics::intervals::repeats::Repeats::rate)).
/// It gives `area`, `conf`, `persons`, `total_count` (events), `total_pop`, `value`, `lowercl`,
/// `uppercl`, `method`, as [`dsr`](super::dsr::dsr) with repeat events does.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks `x` or `n`, or `area` beside `eventfreq`.
pub fn rate(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    let table = Table::read(input, &["x", "n"])?;
    if table.has("eventfreq") {
        let table = Table::read(input, &["area", "eventfreq", "x", "n"])?;
        return Ok(of_repeats(&table, settings));
    }
    // The interval of a count is the same whatever it is divided by, and counts come again.
    let mut counts = BTreeMap::new();
    Ok(single::answer(&table, settings, |count, row, level| {
        let key = (count.x.to_bits(), level.probability().to_bits());
        let counted = counts.entry(key).or_insert_with(|| events::rate(count.x, 1.0, level));
        let interval = counted.ok_or_else(|| settings::no_interval(row, level))?;
        Ok(Interval {
            lower: interval.lower / count.n,
            upper: interval.upper / count.n,
            ..interval
        })
    }))
}

fn of_repeats(table: &Table, settings: &Settings) -> Answer {
    let per = settings.multiplier;
    let areas = Areas::of(table, &settings.levels);
    areas.answer(&REPEATS, strata::repeats, |(repeats, people), level, row| {
        let interval = repeats.rate(*people, level).map(|interval| interval.times(per));
        row.extend([
            Cell::Number(Some(repeats.persons)),
            Cell::Number(Some(repeats.events)),
            Cell::Number(Some(*people)),
            Cell::Number(Some(repeats.events / people * per)),
            Cell::Number(interval.map(|interval| interval.lower)),
            Cell::Number(interval.map(|interval| interval.upper)),
            Cell::Text(interval.map_or("NA", |interval| settings::method(interval.method))),
        ]);
    })
}
