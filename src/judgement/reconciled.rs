//! Counts of the same thing by several bodies, month by month: what they have in common and who did not
//! report. Never added up across bodies.

use crate::indicators::reconciliation::Reconciliation;
use crate::period::Month;
use crate::series::Status;

/// Months that are summed up.
const LATEST: usize = 12;

/// A reconciliation with its figures for one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Reconciled {
    /// What is compared.
    pub asked: Reconciliation,
    /// The feed of each side.
    pub feeds: Vec<String>,
    /// Every month from the first in which any side reports, in order.
    pub months: Vec<Compared>,
}

/// One month.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The month.
    pub month: Month,
    /// Each side's count, in the order of the sides.
    pub counts: Vec<Counted>,
    /// Records of both sides against each other, where there is a key.
    pub matched: Option<Matched>,
}

/// What one side says of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Whether it reported.
    pub status: Status,
    /// Its count.
    pub counted: Option<i64>,
    /// Records that could not be decided.
    pub unknown: u64,
}

/// Records of two sides against each other. A pair is of the month of the first side's record; what is
/// only with one side is of its own month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Matched {
    /// Pairs.
    pub both: u64,
    /// Records with a key that only one side has.
    pub only: [u64; 2],
    /// Records with a key whose partner may lie where the other side did not report, or among its
    /// undecided records.
    pub untold: [u64; 2],
    /// Records without a key, which may be of either kind.
    pub without_key: [u64; 2],
}

impl Counted {
    /// Whether the whole month was reported.
    pub fn whole(&self) -> bool {
        matches!(self.status, Status::Final | Status::Provisional) && self.counted.is_some()
    }
}

impl Compared {
    /// Whether every side reported the whole month: otherwise what one side has alone says nothing.
    pub fn comparable(&self) -> bool {
        self.counts.iter().all(Counted::whole)
    }

    /// Whether it is comparable and no side's count may still move.
    fn settled(&self) -> bool {
        self.comparable() && self.counts.iter().all(|one| one.status == Status::Final)
    }
}

impl Reconciled {
    /// The latest 12 comparable and settled months (of as many as there are), in order.
    pub fn latest(&self) -> Vec<&Compared> {
        let all: Vec<&Compared> = self.months.iter().filter(|month| month.settled()).collect();
        all[all.len().saturating_sub(LATEST)..].to_vec()
    }

    /// Whether two sides or more ever report.
    pub fn has_figures(&self) -> bool {
        let reports = |side: usize| {
            self.months
                .iter()
                .any(|month| month.counts.get(side).is_some_and(|one| one.counted.is_some()))
        };
        (0..self.asked.sides.len()).filter(|side| reports(*side)).count() > 1
    }
}
