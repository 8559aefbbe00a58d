//! Figures of single rows, `x` out of `n`: proportions and rates share all but their interval.

use super::output::Cell;
use super::settings::{LevelColumn, Settings, multiplier_of};
use super::table::{Row, Table};
use super::{Answer, Output};
use crate::error::Error;
use crate::statistics::intervals::{Confidence, Interval};

/// The columns that are read or written here; all others name the row and are handed on.
const OURS: [&str; 8] = ["x", "n", "multiplier", "conf", "value", "lowercl", "uppercl", "method"];

/// A row's figures, checked.
pub(super) struct Count {
    pub(super) x: f64,
    pub(super) n: f64,
    pub(super) multiplier: f64,
}

impl Count {
    /// Reads a row: `x` at least 0, `n` above 0.
    pub(super) fn read(row: Row<'_>, multiplier: f64) -> Result<Self, Error> {
        let (x, n) = (row.needed("x")?, row.needed("n")?);
        at_least_zero(row, "x", x)?;
        above_zero(row, "n", n)?;
        Ok(Self { x, n, multiplier: multiplier_of(row, multiplier)? })
    }
}

/// A problem where a count is negative.
pub(super) fn at_least_zero(row: Row<'_>, heading: &str, number: f64) -> Result<(), Error> {
    if number < 0.0 {
        return Err(row
            .problem(format!("`{heading}` is {number}, below 0"))
            .help("a count cannot be negative: correct the figure or leave out the row"));
    }
    Ok(())
}

/// A problem where a population or number of cases is not above 0.
pub(super) fn above_zero(row: Row<'_>, heading: &str, number: f64) -> Result<(), Error> {
    if number <= 0.0 {
        return Err(row
            .problem(format!("`{heading}` is {number}, not above 0"))
            .help("correct the figure, or leave out the row if there was nobody to count"));
    }
    Ok(())
}

/// The cells that name a row, and those of its figure.
pub(super) fn names<'a>(table: &'a Table, ours: &[&str]) -> Vec<&'a str> {
    table.headings().filter(|name| !name.is_empty() && !ours.contains(name)).collect()
}

/// Answers a table row by row, in the file's order; with several levels the whole file for one
/// level after the other. `measure` gives a row's interval, or what is wrong with it. Rows with a problem are left out and named.
pub(super) fn answer(
    table: &Table,
    settings: &Settings,
    mut measure: impl FnMut(&Count, Row<'_>, Confidence) -> Result<Interval, Error>,
) -> Answer {
    let names = names(table, &OURS);
    let headings: Vec<&str> = names.iter().copied().chain(OURS).collect();
    let mut output = Output::new(&headings);
    let mut problems = Vec::new();
    let own_levels = table.has("conf");
    let levels = if own_levels { &settings.levels.all()[..1] } else { settings.levels.all() };
    let mut column = LevelColumn::default();
    let mut cells = Vec::with_capacity(headings.len());
    for (turn, level) in levels.iter().enumerate() {
        for row in table.rows() {
            let level = if own_levels { column.of(row) } else { Ok(*level) };
            let figured = level.and_then(|level| {
                let count = Count::read(row, settings.multiplier)?;
                let interval = measure(&count, row, level)?.times(count.multiplier);
                Ok((count, level, interval))
            });
            match figured {
                Ok((count, level, interval)) => {
                    cells.clear();
                    cells.extend(names.iter().map(|name| Cell::Text(row.text(name))));
                    cells.extend(figure(&count, level, &interval));
                    output.row(&cells);
                }
                Err(problem) if turn == 0 => problems.push(problem),
                Err(_) => {}
            }
        }
    }
    Answer { tables: vec![output], problems }
}

fn figure(count: &Count, level: Confidence, interval: &Interval) -> [Cell<'static>; 8] {
    [
        Cell::Number(Some(count.x)),
        Cell::Number(Some(count.n)),
        Cell::Number(Some(count.multiplier)),
        Cell::Number(Some(level.probability())),
        Cell::Number(Some(count.x / count.n * count.multiplier)),
        Cell::Number(Some(interval.lower)),
        Cell::Number(Some(interval.upper)),
        Cell::Text(super::settings::method(interval.method)),
    ]
}
