//! Targets: what was promised, from when, by when, and when it was set.

use crate::period::Month;

mod check;
mod path;
pub(super) mod read;
mod total;

/// A promise, and when it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// What was promised.
    pub goal: Goal,
    /// First month in force; at once when `None` and there is no `by`.
    pub from: Option<Month>,
    /// The month by which it is to be reached.
    pub by: Option<Month>,
    /// The month in which it was set; `None` when the plan does not say.
    pub set: Option<Month>,
    /// The way from here to there, where the plan gives one.
    pub path: Path,
    /// How far from the target still counts as near, in the indicator's unit.
    pub tolerance: Option<f64>,
    /// Events a year that are allowed although the target is 0.
    pub allowance: Option<u32>,
    /// Where the plan prints it.
    pub reference: Option<String>,
}

/// What was promised. Values are in the indicator's unit; shares are 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Goal {
    /// No more than.
    AtMost(f64),
    /// No less than.
    AtLeast(f64),
    /// Inside two values, both allowed.
    Between(f64, f64),
    /// This share (0 to 1) below the baseline's mean.
    ReduceBy(f64),
    /// This share (0 to 1) above the baseline's mean.
    IncreaseBy(f64),
    /// It must never happen.
    Never,
    /// Better than the baseline; no number was promised.
    Direction,
    /// Watched only.
    Monitor,
    /// Done by a date or not.
    Milestone {
        /// Whether it was done.
        done: Done,
    },
    /// At least so many in each financial year.
    YearTotal {
        /// The total to reach by the year's end.
        at_least: f64,
        /// The total to be there by the end of each quarter or month from April on, the year's last;
        /// empty where it is shared out evenly.
        profile: Vec<f64>,
    },
}

/// Whether a milestone is done, as far as anybody has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// It was, in this month.
    In(Month),
    /// It is not.
    No,
    /// Nobody has said.
    NotSaid,
}

/// The way from the baseline to a target that has a date.
#[derive(Debug, Clone, PartialEq)]
pub enum Path {
    /// None given: until the date only the direction is judged.
    None,
    /// A straight line from the baseline to the target.
    Straight,
    /// Points the plan prints; straight between them.
    Points(Vec<(Month, f64)>),
}

impl Target {
    /// A goal without dates, path or tolerance.
    pub fn plain(goal: Goal) -> Self {
        Self {
            goal,
            from: None,
            by: None,
            set: None,
            path: Path::None,
            tolerance: None,
            allowance: None,
            reference: None,
        }
    }
}
