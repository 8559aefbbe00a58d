//! Baselines and rebases: what later periods are compared with, and where a phase begins.

use crate::period::Month;

/// The periods, or the value, that later periods are compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Baseline {
    /// All periods from the first month to the last, both counted.
    Months {
        /// First month.
        from: Month,
        /// Last month.
        to: Month,
    },
    /// A value the plan prints, for which there are no periods.
    Value(f64),
}

/// A new phase of the chart: limits start afresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// First month of the new phase.
    pub from: Month,
    /// Why the process is thought to have changed.
    pub why: String,
}
