//! What is asked of a simulated series.

use concordat::indicators::baseline::{Baseline, Rebase};
use concordat::indicators::target::{Goal, Path, Target};
use concordat::indicators::{Better, Indicator};
use concordat::period::Month;

use super::super::build::{indicator, month, target};

/// The month of a position of a monthly series.
pub(crate) fn at(position: usize) -> Month {
    month("2015-01").plus(i32::try_from(position).unwrap_or(0))
}

pub(crate) fn at_most(level: f64) -> Indicator {
    indicator(Better::Lower, vec![target(Goal::AtMost(level))])
}

pub(crate) fn at_least(level: f64) -> Indicator {
    indicator(Better::Higher, vec![target(Goal::AtLeast(level))])
}

pub(crate) fn goal(goal: Goal) -> Indicator {
    indicator(Better::Lower, vec![target(goal)])
}

/// At most the first level, and from a position on at most the second.
pub(crate) fn replaced(first: f64, second: f64, position: usize) -> Indicator {
    let newer = Target { set: Some(at(position)), ..target(Goal::AtMost(second)) };
    indicator(Better::Lower, vec![target(Goal::AtMost(first)), newer])
}

/// A straight line from the mean of the first year to a level at a position.
pub(crate) fn line(to: f64, by: usize) -> Indicator {
    let promised = Target { by: Some(at(by)), path: Path::Straight, ..target(Goal::AtMost(to)) };
    Indicator {
        baseline: Some(Baseline::Months { from: at(0), to: at(11) }),
        ..indicator(Better::Lower, vec![promised])
    }
}

/// Better than the baseline.
pub(crate) fn direction(baseline: Option<Baseline>) -> Indicator {
    Indicator { baseline, ..goal(Goal::Direction) }
}

pub(crate) fn rebased(asked: Indicator, position: usize) -> Indicator {
    let rebase = Rebase { from: at(position), why: "a new service".to_owned() };
    Indicator { rebases: vec![rebase], ..asked }
}
