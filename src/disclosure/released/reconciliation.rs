//! Counts by several bodies, as released.

pub use crate::indicators::reconciliation::Key;

use super::Status;
use crate::disclosure::Figure;
use crate::period::Month;

/// Counts of the same thing by several bodies.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciliation {
    /// Its id.
    pub id: String,
    /// What is counted.
    pub title: String,
    /// Where the question comes from.
    pub source: String,
    /// Who counts, in the order of every list of counts.
    pub sides: Vec<Side>,
    /// What records are matched by; none where months are compared.
    pub key: Option<Key>,
    /// Every month, in order.
    pub months: Vec<Compared>,
    /// The latest 12 comparable and settled months, of as many as there are: first, last, their sums.
    pub latest: Option<Latest>,
}

/// Who counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its name: "police".
    pub by: String,
    /// The measure it counts by.
    pub measure: String,
    /// Its feed.
    pub feed: String,
}

/// One month.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The month.
    pub month: Month,
    /// Each side's count.
    pub counts: Vec<Counted>,
    /// Whether every side reported the whole month.
    pub comparable: bool,
    /// Records of both sides against each other.
    pub matched: Option<Matched>,
}

/// What one side says of a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// Whether it reported.
    pub status: Status,
    /// Its count.
    pub counted: Option<Figure>,
    /// Records that could not be decided.
    pub unknown: Figure,
}

/// Records of two sides against each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matched {
    /// Pairs.
    pub both: Figure,
    /// Records that only one side has.
    pub only: [Figure; 2],
    /// Records whose partner may lie where the other side did not report, or among its undecided ones.
    pub untold: [Figure; 2],
    /// Records without a key.
    pub without_key: [Figure; 2],
}

/// Comparable and settled months together: sums over time of each side by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest {
    /// The first month.
    pub first: Month,
    /// The last month.
    pub last: Month,
    /// How many.
    pub months: usize,
    /// Each side's count.
    pub counts: Vec<Figure>,
    /// Records of both sides against each other.
    pub matched: Option<Matched>,
}
