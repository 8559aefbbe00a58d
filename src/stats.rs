//! The statistics as tables: a CSV file in, a CSV file out, for whoever wants to put them beside
//! the tools they trust.
//!
//! One file a command. A row or a series that cannot be answered is a problem with its file, line
//! and column; the others are answered all the same.

use crate::error::Error;

mod areas;
pub mod dsr;
pub mod funnel;
pub mod isr;
pub mod mean;
pub mod output;
pub mod proportion;
pub mod qic;
pub mod quantile;
pub mod rate;
pub mod settings;
mod single;
pub mod smr;
pub mod spc;
mod strata;
pub mod table;

pub use output::Output;
pub use settings::Settings;
pub use table::Table;

/// What a command found: the tables it was asked for, and what it could not answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The tables, in the order in which the command names its files.
    pub tables: Vec<Output>,
    /// Every row and series that was not answered, and why.
    pub problems: Vec<Error>,
}
