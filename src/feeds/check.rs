//! The contract's checks on each row.

use polars::prelude::{DataFrame, PolarsResult};

use super::contract::{Contract, Then};
use super::marks;
use super::rest::Rest;
use super::tally::Why;

/// A check that stops the feed, and the first row that fails it.
#[derive(Debug)]
pub(crate) struct Stop {
    /// The first row that fails.
    pub(crate) row: usize,
    /// How many rows fail.
    pub(crate) rows: usize,
    /// Why, as the contract says it.
    pub(crate) why: String,
}

/// Applies every check, as the rows are [marked](super::marks), in the contract's order; a row for which it is unknown does not fail.
/// A row that is set aside is not checked again. Gives the checks that stop the feed.
pub(crate) fn apply(
    contract: &Contract,
    frame: &DataFrame,
    rest: &mut Rest,
) -> PolarsResult<Vec<Stop>> {
    let mut stops = Vec::new();
    for (at, check) in contract.checks.iter().enumerate() {
        let fails = frame.column(&marks::fails(at))?.bool()?;
        let failing = fails.iter().enumerate().filter(|(_, fails)| *fails == Some(true));
        let failing: Vec<usize> =
            failing.map(|(row, _)| row).filter(|row| rest.alive(*row)).collect();
        let why = || Why::Check { why: check.why.clone() };
        match (check.then, failing.first()) {
            (Then::Quarantine, _) => failing.iter().for_each(|row| rest.set_aside(*row, why())),
            (Then::Warn, _) => failing.iter().for_each(|row| rest.doubt(*row, why())),
            (Then::Stop, None) => {}
            (Then::Stop, Some(row)) => {
                stops.push(Stop { row: *row, rows: failing.len(), why: check.why.clone() });
            }
        }
    }
    Ok(stops)
}
