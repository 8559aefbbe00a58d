//! The latest periods against the baseline: what a direction is judged by.

use super::Case;
use super::baseline::{Base, mean, pooled};
use super::certainty::counting_error;
use super::facts::{Change, MadeOf, Verdict};
use super::kind::Kind;
use super::misses::Misses;
use super::settling::settled_value;
use super::spread::{FEW_POINTS, Process, Spread, size};
use super::targets::less;
use crate::indicators::charting::Charting;
use crate::period::Period;
use crate::series::{Nature, Point};
use crate::statistics::intervals::mean::{Known, difference};
use crate::statistics::intervals::{Confidence, Interval, proportion};
use crate::statistics::signals::Side;
use crate::statistics::sums;

/// Compares the latest 12 settled values after the baseline with it (3 for years).
///
/// With fewer than 12 only the same calendar months of the baseline are compared, where it has
/// any. `None` without any value after the baseline.
pub(super) fn change(
    case: &Case<'_>,
    t: usize,
    misses: &Misses,
    spread: &Spread,
    good: Side,
) -> Option<Change> {
    let base = case.base.as_ref()?;
    let later: Vec<usize> = (0..=t)
        .filter(|at| {
            let point = &case.points[*at];
            settled_value(point).is_some() && after(base, *at, point.period)
        })
        .collect();
    let latest = &later[later.len().saturating_sub(case.sense.year)..];
    let same = if latest.len() < case.sense.year {
        same_months(case.points, &base.points, latest)
    } else {
        Vec::new()
    };
    let same_months = !same.is_empty();
    let compared = if same_months { &same } else { &base.points };
    let before =
        if base.points.is_empty() { base.mean } else { mean(case.points, compared, case.nature)? };
    let now = mean(case.points, latest, case.nature)?;
    let found = shares(case, base, compared, latest, &case.points[misses.start..t])
        .or_else(|| means(case, spread, (before, compared), (now, latest)));
    let interval = found.map(|(interval, _)| interval);
    Some(Change {
        baseline: before,
        baseline_points: compared.len(),
        own: base.own,
        after: later.len(),
        latest: now,
        latest_points: latest.len(),
        same_months,
        interval,
        baseline_periods: periods(case.points, compared),
        latest_periods: periods(case.points, latest),
        made_of: found.map(|(_, made_of)| made_of),
        verdict: interval.map_or(Verdict::Unclear, |interval| verdict(interval, good)),
    })
}

/// Whether a period lies after the baseline: after the last of its periods where they are ours, else
/// wholly after its months.
fn after(base: &Base, at: usize, period: Period) -> bool {
    match base.points.last() {
        Some(last) if base.own => at > *last,
        _ => base.last.is_none_or(|last| period.first_month() > last),
    }
}

fn periods(points: &[Point], positions: &[usize]) -> Vec<Period> {
    positions.iter().map(|at| points[*at].period).collect()
}

/// Which side of 0 an interval of latest less baseline lies on.
fn verdict(interval: Interval, good: Side) -> Verdict {
    let side = if interval.lower > 0.0 {
        Side::High
    } else if interval.upper < 0.0 {
        Side::Low
    } else {
        return Verdict::Unclear;
    };
    if side == good { Verdict::Better } else { Verdict::Worse }
}

/// The baseline's points in the calendar months that the latest points are of.
fn same_months(points: &[Point], baseline: &[usize], latest: &[usize]) -> Vec<usize> {
    let month = |at: usize| points[at].period.first_month().month();
    let is_among = |at: &usize| latest.iter().any(|other| month(*other) == month(*at));
    baseline.iter().copied().filter(is_among).collect()
}

/// Proportions: the difference of the pooled shares, its interval widened by Laney's factor of the
/// phase before *t*. A printed baseline has no error of its own. `None` where the series is of
/// something else, or events and cases are not known.
fn shares(
    case: &Case<'_>,
    base: &Base,
    compared: &[usize],
    latest: &[usize],
    phase: &[Point],
) -> Option<(Interval, MadeOf)> {
    if case.nature != Nature::Proportion {
        return None;
    }
    let now = pooled(case.points, latest)?;
    let factor = laney(phase, &case.indicator.charting);
    if base.points.is_empty() {
        let share = now.0 / now.1;
        let wilson = proportion::wilson(now.0, now.1, Confidence::NINETY_FIVE)?;
        let from_share = |end: f64| less(share + (end - share) * factor, base.mean);
        let interval =
            Interval { lower: from_share(wilson.lower), upper: from_share(wilson.upper), ..wilson };
        return Some((interval, MadeOf::Shares { latest: now, baseline: None, factor }));
    }
    let before = pooled(case.points, compared)?;
    let interval = proportion::difference(now, before, factor, Confidence::NINETY_FIVE)?;
    Some((interval, MadeOf::Shares { latest: now, baseline: Some(before), factor }))
}

/// Laney's factor of the phase before *t*, held to at least 1.
fn laney(phase: &[Point], charting: &Charting) -> f64 {
    let values: Vec<Option<f64>> = phase.iter().map(settled_value).collect();
    let kind = (Kind::P, Nature::Proportion);
    match Process::of(&values, phase, kind, charting.screen) {
        Some(Process::Sized(laney)) => laney.held(),
        _ => 1.0,
    }
}

/// Anything else: the difference of the means, each side with the larger of its process sigma and
/// its counting error.
///
/// The latest side's process sigma is that of the phase before *t*, so that *t* never widens it; the
/// baseline's is that of its own points if it has 6 or more, else the same. Stocks: the standard
/// errors are multiplied by √((1 + r)/(1 − r)). A printed baseline has no error of its own. `None`
/// where there is neither a process sigma nor a counting error.
fn means(
    case: &Case<'_>,
    spread: &Spread,
    before: (f64, &[usize]),
    now: (f64, &[usize]),
) -> Option<(Interval, MadeOf)> {
    let own = |positions: &[usize]| {
        let (first, last) = (*positions.first()?, *positions.last()?);
        let values: Vec<Option<f64>> = case.points[first..=last]
            .iter()
            .enumerate()
            .map(|(at, point)| settled_value(point).filter(|_| positions.contains(&(first + at))))
            .collect();
        let points = &case.points[first..=last];
        let process = Process::of(
            &values,
            points,
            (spread.kind, case.nature),
            case.indicator.charting.screen,
        )?;
        let sizes: Vec<f64> =
            positions.iter().filter_map(|at| size(&case.points[*at], spread.kind)).collect();
        process.at(sums::mean(&sizes))?.sigma
    };
    let known = |mean: f64, positions: &[usize], process: Option<f64>| {
        let points: Vec<Point> = positions.iter().map(|at| case.points[*at].clone()).collect();
        let counting = counting_error(case.nature, &points);
        let sigma = match (process, counting) {
            (Some(process), Some(counting)) => process.max(counting),
            (one, other) => one.or(other)?,
        };
        Some(Known { mean, sigma: sigma * spread.mean_factor(), number: positions.len() })
    };
    let latest = known(now.0, now.1, spread.sigma)?;
    let baseline = if before.1.is_empty() {
        Known { mean: before.0, sigma: 0.0, number: 1 }
    } else {
        let process = own(before.1).filter(|_| before.1.len() >= FEW_POINTS).or(spread.sigma);
        known(before.0, before.1, process)?
    };
    let interval = difference(latest, baseline, Confidence::NINETY_FIVE)?;
    Some((interval, MadeOf::Means { latest, baseline }))
}
