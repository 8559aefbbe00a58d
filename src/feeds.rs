//! Feeds: delivered files, read through a contract into checked columns.
//!
//! A row is used or set aside with a reason; nothing disappears.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::DataFrame;

use crate::period::Month;
use crate::quality::FeedQuality;

pub mod contract;
mod convert;
mod csv;
mod headings;
pub mod lowering;
mod number;
pub mod reading;
mod tally;
mod texts;
pub mod timestamp;
pub mod zone;

/// A feed that has been read and checked.
///
/// `rows` has one column for each column of the contract, named as there:
///
/// | type | stored as |
/// |---|---|
/// | text, code, area | String (codes are the contract's own, spellings already mapped) |
/// | integer | Int64 |
/// | decimal | Float64 |
/// | flag | Boolean |
/// | date | Date |
/// | time | Datetime (microseconds, local, no zone), and `<name>@utc`: Int64 seconds since 1970 |
///
/// Besides: `period` (Date, the first day) in feeds of totals; `<name>@suppressed` (Boolean) for
/// number columns of totals; `@partial` (Boolean) in totals; `@file` (UInt32, position in
/// `quality.files`) and `@line` (UInt32, counted from 1).
#[derive(Debug, Clone)]
pub struct Feed {
    /// The contract it was read through.
    pub contract: contract::Contract,
    /// The rows that passed.
    pub rows: DataFrame,
    /// What became of every row.
    pub quality: FeedQuality,
    /// Which months were delivered.
    pub coverage: Coverage,
}

/// Which months were delivered: a month without a row of any area is a gap, not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Months with at least one used row.
    pub months: BTreeSet<Month>,
    /// The same by area code.
    pub by_area: BTreeMap<String, BTreeSet<Month>>,
}
