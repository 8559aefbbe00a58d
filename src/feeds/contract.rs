//! A feed's contract: what its files promise.

use crate::filter::{ColumnType, Filter, Schema};

/// A feed's contract, read from `data/<feed>/feed.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// The folder's name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What a row is.
    pub rows: Rows,
    /// Column with the area's code, if it has one.
    pub area: Option<String>,
    /// Time or date column by which an event belongs to a month; start of a stay.
    pub event_time: Option<String>,
    /// Columns that tell rows apart.
    pub key: Vec<String>,
    /// What a month without a row of an area means.
    pub empty: Empty,
    /// Months after which a month's figures no longer move.
    pub settles_after: u32,
    /// Day of the following month on which a month is due.
    pub due_day: Option<u32>,
    /// Column that says `final`, `provisional` or `partial`, in feeds of totals.
    pub status: Option<String>,
    /// Every column, with its type.
    pub columns: Vec<(String, ColumnType)>,
    /// Checks on each row.
    pub checks: Vec<Check>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One event.
    Events,
    /// One stay, open or ended.
    Stays,
    /// A published or returned figure: never added up across areas.
    Totals,
}

/// What a delivered month without a row of an area means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// Nothing was reported.
    Missing,
    /// Nothing happened.
    Zero,
}

/// A check on each row.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// A row for which this is true fails.
    pub fails: Filter,
    /// What then happens.
    pub then: Then,
    /// Why, as words a reader can act on.
    pub why: String,
}

/// What happens to a row that fails a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The row is set aside.
    Quarantine,
    /// The row is used and counted.
    Warn,
    /// The whole feed is stopped.
    Stop,
}

impl Contract {
    /// The columns filters may name.
    pub fn schema(&self) -> Schema {
        self.columns.iter().cloned().collect()
    }
}
