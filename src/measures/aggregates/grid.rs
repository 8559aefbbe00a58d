//! Rows by hour and weekday, and by two codes.

use chrono::offset::LocalResult;
use chrono::{DateTime, Datelike, TimeZone, Timelike};
use polars::prelude::{DataType, PolarsResult};

use super::{Inside, Taken, apart, codes, real};
use crate::aggregate::{Grid, Why, Window};
use crate::error::Error;
use crate::feeds::Feed;
use crate::measures::plan::Plan;
use crate::measures::{Request, broken};

/// Days of the week, the grid's rows.
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The counted rows of a window by weekday and hour of a time column, both local.
///
/// A date without a time of day is no time and is counted apart. So is a time in the hour that the
/// clocks show twice on one night of October: its cell would be of two hours. The hour that is
/// skipped in March leaves its cell with one night less, which is not corrected.
pub fn by_hour(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    column: &str,
) -> Result<Grid<f64>, Error> {
    hours(plan, feed, request, window, column).map_err(|error| broken(plan, &error))
}

fn hours(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    column: &str,
) -> PolarsResult<Grid<f64>> {
    let taken = Taken::new(plan, feed, request, Inside::Day(window), &[column])?;
    let local = taken.frame.column(column)?.cast(&DataType::Int64)?;
    let mut cells = vec![vec![0_u64; 24]; 7];
    let (mut timeless, mut twice) = (0, 0);
    for time in local.i64()?.iter() {
        let time = time.and_then(DateTime::from_timestamp_micros);
        let Some(time) = time.map(|time| time.naive_utc()) else {
            timeless += 1;
            continue;
        };
        let read = feed.contract.reading.zone.from_local_datetime(&time);
        if matches!(read, LocalResult::Ambiguous(..)) {
            twice += 1;
            continue;
        }
        let weekday = time.weekday().num_days_from_monday() as usize;
        cells[weekday][time.hour() as usize] += 1;
    }
    let names =
        (WEEKDAYS.map(str::to_owned).to_vec(), (0..24).map(|hour| format!("{hour:02}")).collect());
    let without = [(Why::Undecided, taken.undecided), (Why::NoTime, timeless), (Why::Twice, twice)];
    Ok(filled(names, &cells, &without))
}

/// The counted rows of a window by the codes of two columns. A row without one of the codes is counted
/// apart; codes without a row are left out.
pub fn by_codes(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    (down, across): (&str, &str),
) -> Result<Grid<f64>, Error> {
    crossed(plan, feed, request, window, (down, across)).map_err(|error| broken(plan, &error))
}

fn crossed(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    (down, across): (&str, &str),
) -> PolarsResult<Grid<f64>> {
    let taken = Taken::new(plan, feed, request, Inside::Day(window), &[down, across])?;
    let (first, second) = (taken.texts(down)?, taken.texts(across)?);
    let names = [codes(&feed.contract, down, &first), codes(&feed.contract, across, &second)];
    let place = |names: &[String], code: &Option<String>| {
        names.iter().position(|name| Some(name) == code.as_ref())
    };
    let mut cells = vec![vec![0_u64; names[1].len()]; names[0].len()];
    let mut without = 0;
    for (one, other) in first.iter().zip(&second) {
        match (place(&names[0], one), place(&names[1], other)) {
            (Some(one), Some(other)) => cells[one][other] += 1,
            _ => without += 1,
        }
    }
    let [rows, columns] = names;
    Ok(filled(
        (rows, columns),
        &cells,
        &[(Why::Undecided, taken.undecided), (Why::NoCode, without)],
    ))
}

/// A grid with the sums of its rows and columns.
fn filled(
    (rows, columns): (Vec<String>, Vec<String>),
    cells: &[Vec<u64>],
    without: &[(Why, u64)],
) -> Grid<f64> {
    let all = |counts: &[u64]| counts.iter().map(|count| real(*count)).collect();
    let column = |at: usize| real(cells.iter().filter_map(|row| row.get(at)).sum());
    Grid {
        by_row: cells.iter().map(|row| real(row.iter().sum())).collect(),
        by_column: (0..columns.len()).map(column).collect(),
        total: real(cells.iter().flatten().sum()),
        cells: cells.iter().map(|row| all(row)).collect(),
        rows,
        columns,
        apart: apart(without),
    }
}
