//! `concordat stats dsr`: directly standardised rates with Dobson's interval.

use std::path::Path;

use super::areas::{Area, Areas};
use super::output::Cell;
use super::strata::{self, Bands};
use super::table::Table;
use super::{Answer, Settings, settings};
use crate::error::Error;
use crate::statistics::intervals::Method;
use crate::statistics::standardised::{self, FEWEST_EVENTS};

/// Rates are per 100,000 unless something else is asked for.
pub const MULTIPLIER: f64 = 100_000.0;

const NEEDED: [&str; 5] = ["area", "ageband", "x", "n", "stdpop"];
const HEADINGS: [&str; 9] = [
    "area",
    "conf",
    "total_count",
    "total_pop",
    "value",
    "lowercl",
    "uppercl",
    "statistic",
    "method",
];

/// Directly standardised rates of areas.
///
/// Reads `area`, `ageband`, `x` (events), `n` (population), `stdpop` (standard population) and,
/// where it is there, `conf`. With a column `eventfreq` a row is of `x` persons with that many
/// events each, and the interval allows for events of one person not being independent. Gives the
/// columns of PHEindicatormethods 2.1.0, all areas at one level and then all at the next.
///
/// Below 10 events value and interval are `NA`, and `statistic` says so. An empty `x` counts as 0,
/// as in the reference, and is noted in the problems. An area is not answered where a figure is not
/// a number or out of range, a band stands twice, its bands differ from those most areas have, or
/// the standard population is missing.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks a column.
pub fn dsr(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    let table = Table::read(input, &NEEDED)?;
    let areas = Areas::of(&table, &settings.levels);
    let bands = Bands::of(&areas);
    let method = if table.has("eventfreq") { Method::DobsonRepeats } else { Method::Dobson };
    let per = format!("dsr per {}", settings.multiplier);
    let too_few = format!("dsr NA for total count < {FEWEST_EVENTS}");
    let rate = |area: &Area<'_>, problems: &mut Vec<Error>| {
        standardised::direct(&strata::direct(&table, area, &bands, problems)?)
    };
    Ok(areas.answer(&HEADINGS, rate, |rate, level, row| {
        let few = rate.events < FEWEST_EVENTS;
        let interval = rate.interval(level).map(|interval| interval.times(settings.multiplier));
        row.extend([
            Cell::Number(Some(rate.events)),
            Cell::Number(Some(rate.population)),
            Cell::Number((!few).then_some(rate.rate * settings.multiplier)),
            Cell::Number(interval.map(|interval| interval.lower)),
            Cell::Number(interval.map(|interval| interval.upper)),
            Cell::Text(if few { &too_few } else { &per }),
            Cell::Text(settings::method(method)),
        ]);
    }))
}
