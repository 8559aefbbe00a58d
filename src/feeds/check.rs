//! The contract's checks on each row.

use polars::prelude::{DataFrame, IntoLazy, PolarsResult};

use super::contract::{Contract, Then};
use super::lowering;
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

/// Applies every check in the contract's order; a row for which it is unknown does not fail.
/// A row that is set aside is not checked again. Gives the checks that stop the feed.
pub(crate) fn apply(
    contract: &Contract,
    frame: &DataFrame,
    rest: &mut Rest,
) -> PolarsResult<Vec<Stop>> {
    let fails =
        contract.checks.iter().enumerate().map(|(position, check)| {
            lowering::expression(&check.fails).alias(format!("{position}"))
        });
    let fails = frame.clone().lazy().select(fails.collect::<Vec<_>>()).collect()?;
    let mut stops = Vec::new();
    for (check, column) in contract.checks.iter().zip(fails.columns()) {
        let column = column.bool()?;
        let failing: Vec<usize> = (0..frame.height())
            .filter(|row| rest.alive(*row) && column.get(*row) == Some(true))
            .collect();
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
