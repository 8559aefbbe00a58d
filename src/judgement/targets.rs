//! What was promised for a month: the target in force, and its level on the way there.

use super::baseline::Base;
use crate::indicators::Better;
use crate::indicators::target::{Goal, Path, Target};
use crate::period::Month;
use crate::statistics::signals::Side;

/// What is no difference between two numbers: this share of the larger, which is what adding and
/// dividing shares in floating point leaves over. Without it 0.92 − 0.90 would miss 0.02.
const NO_DIFFERENCE: f64 = 1e-12;

/// The values that are allowed, both ends included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Aim {
    /// The least that is allowed.
    pub least: Option<f64>,
    /// The most that is allowed.
    pub most: Option<f64>,
}

impl Aim {
    pub(super) fn at_most(value: f64) -> Self {
        Self { least: None, most: Some(value) }
    }

    pub(super) fn at_least(value: f64) -> Self {
        Self { least: Some(value), most: None }
    }

    /// The orientation of a direction without a number: the miss is the value itself where lower
    /// is better, and the value with its sign turned where higher is.
    pub(super) fn direction(good: Side) -> Self {
        match good {
            Side::Low => Self::at_most(0.0),
            Side::High => Self::at_least(0.0),
        }
    }

    /// How far a value is from being allowed: 0 or below is met.
    pub(super) fn miss(&self, value: f64) -> f64 {
        let above = self.most.map(|most| less(value, most));
        let below = self.least.map(|least| less(least, value));
        match (above, below) {
            (Some(above), Some(below)) => above.max(below),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => 0.0,
        }
    }

    /// The end that a value misses, or is nearest to missing; and the side that is bad beyond it.
    pub(super) fn edge(&self, value: f64) -> Option<(f64, Side)> {
        match (self.least, self.most) {
            (Some(least), Some(most)) if least - value > value - most => Some((least, Side::Low)),
            (_, Some(most)) => Some((most, Side::High)),
            (Some(least), None) => Some((least, Side::Low)),
            (None, None) => None,
        }
    }

    /// Whether everything from `lower` to `upper` lies outside.
    pub(super) fn excludes(&self, lower: f64, upper: f64) -> bool {
        self.most.is_some_and(|most| less(lower, most) > 0.0)
            || self.least.is_some_and(|least| less(least, upper) > 0.0)
    }

    /// Whether everything from `lower` to `upper` is allowed.
    pub(super) fn holds(&self, lower: f64, upper: f64) -> bool {
        self.miss(lower) <= 0.0 && self.miss(upper) <= 0.0
    }
}

/// `a − b`, and exactly 0 where the two differ by rounding only.
pub(super) fn less(a: f64, b: f64) -> f64 {
    let difference = a - b;
    if difference.abs() <= NO_DIFFERENCE * a.abs().max(b.abs()) { 0.0 } else { difference }
}

/// The target that judges a month: the last one set by its end.
///
/// Targets are in the order they were set; one whose month of setting is not stated was always
/// set. A month before any was set has none.
pub(super) fn governing(targets: &[Target], month: Month) -> Option<&Target> {
    targets.iter().rev().find(|target| target.set.is_none_or(|set| set <= month))
}

/// Which way is good: as the goal says, else as the indicator says; `None` when neither does.
pub(super) fn good_side(goal: Option<&Goal>, better: Better) -> Option<Side> {
    match goal {
        Some(Goal::AtMost(_) | Goal::ReduceBy(_) | Goal::Never) => Some(Side::Low),
        Some(Goal::AtLeast(_) | Goal::IncreaseBy(_) | Goal::YearTotal { .. }) => Some(Side::High),
        _ => match better {
            Better::Lower => Some(Side::Low),
            Better::Higher => Some(Side::High),
            Better::Neither => None,
        },
    }
}

/// What a goal allows once it is in force; `None` for goals without a level, or where the share
/// of a baseline is promised and the baseline is unknown.
pub(super) fn level(goal: &Goal, base: Option<&Base>) -> Option<Aim> {
    match *goal {
        Goal::AtMost(value) => Some(Aim::at_most(value)),
        Goal::AtLeast(value) => Some(Aim::at_least(value)),
        Goal::Between(least, most) => Some(Aim { least: Some(least), most: Some(most) }),
        Goal::ReduceBy(share) => base.map(|base| Aim::at_most(base.mean * (1.0 - share))),
        Goal::IncreaseBy(share) => base.map(|base| Aim::at_least(base.mean * (1.0 + share))),
        Goal::Never => Some(Aim::at_most(0.0)),
        Goal::Direction | Goal::Monitor | Goal::Milestone { .. } | Goal::YearTotal { .. } => None,
    }
}

/// The way to a target as points of time, straight between them; empty where there is none.
///
/// - `Straight`: from the baseline's mean at the month the baseline ends (at the month the target
///   was set when the baseline is a printed value) to the goal at `by`.
/// - `Points`: the plan's own, and the goal at `by` when that is later than the last of them.
///
/// A straight line without a baseline, a `by`, or a goal with one end is no way.
pub(super) fn way(target: &Target, base: Option<&Base>) -> Vec<(Month, f64)> {
    let Some(goal) = level(&target.goal, base).and_then(|aim| match (aim.least, aim.most) {
        (Some(value), None) | (None, Some(value)) => Some(value),
        _ => None,
    }) else {
        return Vec::new();
    };
    match &target.path {
        Path::None => Vec::new(),
        Path::Straight => straight(target, base, goal),
        Path::Points(points) => {
            let mut points = points.clone();
            points.sort_by_key(|(month, _)| *month);
            if let (Some(by), Some((last, _))) = (target.by, points.last())
                && by > *last
            {
                points.push((by, goal));
            }
            points
        }
    }
}

/// The straight line from the baseline to a goal, for [`way`] and for orientation.
pub(super) fn straight(target: &Target, base: Option<&Base>, goal: f64) -> Vec<(Month, f64)> {
    let start = base.and_then(|base| Some((base.last.or(target.set)?, base.mean)));
    match (start, target.by) {
        (Some(start), Some(by)) if start.0 < by => vec![start, (by, goal)],
        _ => Vec::new(),
    }
}

/// Whether a target is in force in a month, given that it was set by then.
///
/// From `from` where that is stated; else on a way to it from the way's first month (of a straight
/// line from a baseline the month after: the baseline is not judged by itself); else from `by`;
/// else at once. A share of a baseline that is unknown is not in force. A direction, a
/// milestone and watching only are always in force. A year's total is in force for the whole
/// financial year that ends with, or holds, its `by`, and after.
pub(super) fn in_force(target: &Target, base: Option<&Base>, month: Month) -> bool {
    match &target.goal {
        Goal::Direction | Goal::Monitor | Goal::Milestone { .. } => return true,
        Goal::YearTotal { .. } => {
            let year =
                |month| crate::period::Period::of(crate::period::Grain::FinancialYear, month);
            let first = target.from.or(target.by.map(|by| year(by).first_month()));
            return first.is_none_or(|first| first <= month);
        }
        goal if level(goal, base).is_none() => return false,
        _ => {}
    }
    let from_baseline = base.and_then(|base| base.last).is_some();
    let first = target.from.or_else(|| match (way(target, base).first(), &target.path) {
        (Some((first, _)), Path::Straight) if from_baseline => Some(first.plus(1)),
        (Some((first, _)), _) => Some(*first),
        (None, _) => target.by,
    });
    first.is_none_or(|first| first <= month)
}

/// What a target asks of a month, whether or not it was in force then.
///
/// A level asks the same of every month. On a way each month has its own value: after its last
/// point that is the goal; over the baseline from which a straight line starts it is the
/// baseline's mean. Of months before the way (see [`way_begins`]) nothing is asked.
pub(super) fn asked(target: &Target, base: Option<&Base>, month: Month) -> Option<Aim> {
    let goal = level(&target.goal, base)?;
    let way = way(target, base);
    let Some((first, last)) = way.first().zip(way.last()) else { return Some(goal) };
    if month > last.0 {
        return Some(goal);
    }
    if way_begins(target, base).is_some_and(|begins| month < begins) {
        return None;
    }
    let value = if month < first.0 { first.1 } else { between(&way, month) };
    Some(if goal.most.is_some() { Aim::at_most(value) } else { Aim::at_least(value) })
}

/// The first month that is measured against a way: of a straight line the first of the baseline it
/// starts from, so that what the process did long before tells nothing about the line; else its
/// first point. `None` where there is no way.
pub(super) fn way_begins(target: &Target, base: Option<&Base>) -> Option<Month> {
    let first = way(target, base).first()?.0;
    match target.path {
        Path::Straight => Some(base.and_then(|base| base.first).map_or(first, |b| b.min(first))),
        Path::Points(_) | Path::None => Some(first),
    }
}

/// The value at a month on the straight pieces between points; the month lies among them.
fn between(way: &[(Month, f64)], month: Month) -> f64 {
    let after = way.partition_point(|(at, _)| *at < month).min(way.len() - 1);
    let (to, end) = way[after];
    let (from, start) = way[after.saturating_sub(1)];
    let length = to.since(from);
    if to == month || length <= 0 {
        return end;
    }
    start + (end - start) * f64::from(month.since(from)) / f64::from(length)
}

/// What the target in force in a month, in its own time, asks of it.
pub(super) fn in_its_time(targets: &[Target], base: Option<&Base>, month: Month) -> Option<Aim> {
    let target = governing(targets, month)?;
    if in_force(target, base, month) { asked(target, base, month) } else { None }
}
