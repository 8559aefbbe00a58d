//! The misses of a phase: what everything in the T and D rows is made of.

use super::Case;
use super::settling::settled_value;
use super::targets::{Aim, way_begins};
use crate::indicators::target::Target;
use crate::period::{Grain, Month};
use crate::series::Point;

/// The misses up to *t*, all against what judges *t*.
///
/// A level reaches back over the whole phase, also to months before it was in force: the phase is
/// judged by what is asked now. On a way each month has its own value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Misses {
    /// Position of the phase's first period.
    pub start: usize,
    /// Of the periods of the phase before *t*; a gap and a hollow point are `None`.
    pub before: Vec<Option<f64>>,
    /// Of the phase before this one, in the same sense of good and bad.
    pub earlier: Vec<Option<f64>>,
    /// Of *t*.
    pub latest: f64,
}

impl Misses {
    /// The misses of the series at *t*; `None` where nothing is asked of *t* or it has no value.
    ///
    /// `aim` says what is asked of a month, and `otherwise` which way is bad where nothing is.
    pub(super) fn of(
        case: &Case<'_>,
        t: usize,
        target: Option<&Target>,
        aim: impl Fn(Month) -> Option<Aim>,
        otherwise: Aim,
    ) -> Option<Self> {
        let starts = starts(case, t, target);
        let start = starts.last().copied().unwrap_or(0);
        let earlier = starts.iter().rev().nth(1).copied().unwrap_or(0);
        let miss =
            |point: &Point| Some(aim(point.period.last_month())?.miss(settled_value(point)?));
        let rough = |point: &Point| {
            let aim = aim(point.period.last_month()).unwrap_or(otherwise);
            Some(aim.miss(settled_value(point)?))
        };
        Some(Self {
            start,
            before: case.points[start..t].iter().map(miss).collect(),
            earlier: case.points[earlier..start].iter().map(rough).collect(),
            latest: miss(&case.points[t])?,
        })
    }

    /// Settled values of the phase before *t*.
    pub(super) fn number(&self) -> usize {
        self.before.iter().flatten().count()
    }

    /// The misses of the periods of the phase, *t* the last.
    pub(super) fn all(&self) -> Vec<Option<f64>> {
        self.before.iter().copied().chain([Some(self.latest)]).collect()
    }

    /// The same without gaps.
    pub(super) fn reported(&self) -> Vec<f64> {
        self.all().into_iter().flatten().collect()
    }
}

/// First positions of the phases up to *t*: the series' start, each rebase, and the first point
/// of a way that the plan prints, before which there is nothing to miss.
fn starts(case: &Case<'_>, t: usize, target: Option<&Target>) -> Vec<usize> {
    let mut starts = phase_starts(case.points, case.indicator.rebases.iter().map(|r| r.from));
    let begins = target.and_then(|target| way_begins(target, case.base.as_ref()));
    starts.extend(begins.and_then(|first| position_of(case.points, first)));
    starts.retain(|start| *start <= t);
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// First positions of the chart's phases: 0, and the period that each rebase begins with.
pub(super) fn phase_starts(points: &[Point], rebases: impl Iterator<Item = Month>) -> Vec<usize> {
    let mut starts: Vec<usize> = rebases.filter_map(|from| position_of(points, from)).collect();
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Position of the period that a phase begins with from a month on: the first that ends in it or
/// later; of quarters and weeks the first that is wholly in it or later, because a period that holds
/// both sides of a change belongs to neither and least to what follows.
pub(super) fn position_of(points: &[Point], month: Month) -> Option<usize> {
    points.iter().position(|point| match point.period.grain {
        Grain::FinancialYear | Grain::CalendarYear => point.period.last_month() >= month,
        _ => point.period.first_month() >= month,
    })
}
