//! `concordat stats isr`: indirectly standardised rates.

use std::path::Path;

use super::areas::Areas;
use super::output::Cell;
use super::strata::{self, Bands};
use super::table::Table;
use super::{Answer, Settings, settings};
use crate::error::Error;
use crate::statistics::standardised::{self, Indirect};

/// Rates are per 100,000 unless something else is asked for.
pub const MULTIPLIER: f64 = 100_000.0;

const NEEDED: [&str; 6] = ["area", "ageband", "x", "n", "xr", "nr"];
const HEADINGS: [&str; 9] =
    ["area", "conf", "observed", "expected", "ref_rate", "value", "lowercl", "uppercl", "method"];

/// Indirectly standardised rates of areas: the reference's crude rate times observed over expected
/// events.
///
/// Reads `area`, `ageband`, `x` (events), `n` (population), `xr` and `nr` (events and population of
/// the reference) and, where it is there, `conf`. Gives the columns of PHEindicatormethods 2.1.0,
/// all areas at one level and then all at the next; the interval is exact below 10 events, Byar's
/// from 10 on. Missing values and problems as [`dsr`](super::dsr::dsr); an area of which nothing is
/// expected is a problem.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks a column.
pub fn isr(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    let headings = &HEADINGS;
    answer(input, settings, headings, |figure, per| {
        let reference = figure.reference_rate * per;
        (reference, vec![Cell::Number(Some(reference))])
    })
}

/// Rates and ratios differ in what a ratio of 1 is worth, and in the columns that say so.
pub(super) fn answer(
    input: &Path,
    settings: &Settings,
    headings: &[&str],
    unit: fn(&Indirect, f64) -> (f64, Vec<Cell<'static>>),
) -> Result<Answer, Error> {
    let table = Table::read(input, &NEEDED)?;
    let areas = Areas::of(&table, &settings.levels);
    let bands = Bands::of(&areas);
    let figure = |area: &super::areas::Area<'_>, problems: &mut Vec<Error>| {
        let found = standardised::indirect(&strata::compared(area, &bands, problems)?);
        if found.is_none() {
            problems.push(super::areas::in_area(
                area.name,
                area.rows[0]
                    .problem("no events are expected of it")
                    .help("check `n` and `xr`: one of them is 0 in every age band"),
            ));
        }
        found
    };
    Ok(areas.answer(headings, figure, |figure, level, row| {
        let (one, cells) = unit(figure, settings.multiplier);
        let interval = figure.interval(level).map(|interval| interval.times(one));
        row.extend([Cell::Number(Some(figure.observed)), Cell::Number(Some(figure.expected))]);
        row.extend(cells);
        row.extend([
            Cell::Number(Some(figure.ratio() * one)),
            Cell::Number(interval.map(|interval| interval.lower)),
            Cell::Number(interval.map(|interval| interval.upper)),
            Cell::Text(interval.map_or("NA", |interval| settings::method(interval.method))),
        ]);
    }))
}
