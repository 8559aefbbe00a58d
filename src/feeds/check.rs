//! The contract's checks on each row.

use polars::prelude::PolarsResult;

use super::contract::{Contract, Then};
use super::marks;
use super::rest::{Places, Rest, Row};
use super::rows::{Rows, Stretch};
use super::tally::Why;
use crate::parallel;

/// A check that stops the feed, and the first row that fails it.
#[derive(Debug)]
pub(crate) struct Stop {
    /// The first row that fails.
    pub(crate) row: Row,
    /// How many rows fail.
    pub(crate) rows: usize,
    /// Why, as the contract says it.
    pub(crate) why: String,
}

/// Applies every check, as the rows are [marked](super::marks), in the contract's order; a row for which it is unknown does not fail.
/// A row that is set aside is not checked again. Gives the checks that stop the feed.
pub(crate) fn apply(
    contract: &Contract,
    rows: &Rows,
    rest: &mut Rest<'_>,
) -> PolarsResult<Vec<Stop>> {
    let mut stops: Vec<Option<Stop>> = contract.checks.iter().map(|_| None).collect();
    if stops.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<String> = (0..stops.len()).map(marks::fails).collect();
    let columns: Vec<&str> = names.iter().map(String::as_str).chain(Places::COLUMNS).collect();
    let read = |stretch: Stretch| Ok((rows.read(&stretch, Some(&columns))?, stretch.rows.start));
    parallel::in_order(rows.stretches(), read, |(some, from)| {
        let places = Places::new(&some)?;
        for ((check, name), stop) in contract.checks.iter().zip(&names).zip(&mut stops) {
            let fails = some.column(name)?.bool()?;
            let failing = fails.iter().enumerate().filter(|(_, fails)| *fails == Some(true));
            for row in failing.map(|(row, _)| places.row(row, from + row)) {
                let why = || Why::Check { why: check.why.clone() };
                match check.then {
                    _ if !rest.alive(row.at) => {}
                    Then::Quarantine => rest.set_aside(row, why()),
                    Then::Warn => rest.doubt(row, why()),
                    Then::Stop => {
                        let first = || Stop { row, rows: 0, why: check.why.clone() };
                        stop.get_or_insert_with(first).rows += 1;
                    }
                }
            }
        }
        PolarsResult::Ok(())
    })?;
    Ok(stops.into_iter().flatten().collect())
}
