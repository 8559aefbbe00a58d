//! The chart's side: limits and signals of the values, phase by phase.

use super::facts::{Facts, Promise, Variation};
use super::misses::phase_starts;
use super::rating::ENOUGH_POINTS;
use super::settling::settled_value;
use super::spread::widened;
use super::targets::{good_side, governing};
use super::variation::drop_runs;
use super::{Case, Phase};
use crate::indicators::baseline::Rebase;
use crate::series::{Nature, Series};
use crate::statistics::assurance::{self, Assurance};
use crate::statistics::limits::Limits;
use crate::statistics::signals::{Rules, Signal, signals};

/// Points of a phase from which its limits are drawn.
const FEWEST_POINTS: usize = 6;

/// Phases with their limits, and every special cause of each point.
///
/// Each phase stands alone: no run or trend crosses a rebase. All settled values of a phase make
/// its limits; a hollow point enters no limit and takes part in no signal, and ends a run as a gap
/// does. Stocks: limits are widened, and runs and trends are left out, as in the rating.
pub(super) fn phases(series: &Series, rebases: &[Rebase]) -> (Vec<Phase>, Vec<Vec<Signal>>) {
    let points = &series.points;
    let values: Vec<Option<f64>> = points.iter().map(settled_value).collect();
    if points.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let starts = phase_starts(points, rebases.iter().map(|rebase| rebase.from));
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([points.len() - 1]);
    let (mut phases, mut found) = (Vec::new(), Vec::new());
    for (first, last) in starts.iter().copied().zip(ends) {
        let inside = &values[first..=last];
        let limits =
            widened(inside, series.nature).filter(|_| inside.iter().flatten().count() >= 2);
        let limits = limits.map(|limits| telling(limits, inside));
        match limits.filter(|limits| limits.lines.is_some()) {
            Some(limits) => found.extend(signals(inside, &limits, Rules::default())),
            None => found.extend(inside.iter().map(|_| Vec::new())),
        }
        phases.push(Phase { first, last, limits, why: why(series, first, rebases) });
    }
    if series.nature == Nature::Stock {
        drop_runs(&mut found);
    }
    (phases, found)
}

/// Limits that tell something, or the mean alone.
///
/// Fewer than 6 points have no lines, as in the rating. Values that differ although every range
/// that was kept is 0 are rare events: an `XmR` chart has no limits to give them, and every 0 would
/// look special.
fn telling(limits: Limits, values: &[Option<f64>]) -> Limits {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let varied = known.windows(2).any(|pair| pair[0].total_cmp(&pair[1]).is_ne());
    let rare = varied && limits.sigma == Some(0.0);
    Limits { lines: limits.lines.filter(|_| known.len() >= FEWEST_POINTS && !rare), ..limits }
}

/// What the chart says at the latest settled period: of the values, where the rating's own
/// variation and assurance are of the misses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Icons {
    /// The special cause that the value takes part in.
    pub signal: Option<Signal>,
    /// Its meaning; common cause where neither way is good, `None` where the chart has no limits to
    /// tell by.
    pub variation: Option<Variation>,
    /// The chart's limits against the target in force; `None` without a number in force, without
    /// limits, and with fewer than 12 points.
    pub assurance: Option<Assurance>,
}

pub(super) fn icons(
    case: &Case<'_>,
    facts: &Facts,
    phases: &[Phase],
    signals: &[Vec<Signal>],
) -> Icons {
    let Some(t) = case.points.iter().position(|point| Some(point.period) == facts.period) else {
        return Icons::default();
    };
    let signal = signals.get(t).and_then(|found| found.first()).copied();
    let target = governing(&case.indicator.targets, case.points[t].period.last_month());
    let good = good_side(target.map(|target| &target.goal), case.indicator.better);
    let meaning = match (signal.map(Signal::side), good) {
        (Some(side), Some(good)) if side == good => Variation::Improvement,
        (Some(_), Some(_)) => Variation::Concern,
        _ => Variation::Common,
    };
    let phase = phases.iter().find(|phase| (phase.first..=phase.last).contains(&t));
    let lines = phase.and_then(|phase| phase.limits).and_then(|limits| limits.lines);
    let variation = lines.map(|_| meaning);
    let known = |phase: &&Phase| {
        let values = case.points[phase.first..=t].iter().filter_map(settled_value);
        values.count() >= ENOUGH_POINTS && facts.promise == Promise::Numeric
    };
    let limits = phase.filter(known).and_then(|phase| phase.limits).filter(|l| l.lines.is_some());
    let assurance = limits
        .zip(facts.target)
        .zip(good)
        .map(|((limits, target), good)| assurance::assurance(&limits, target, good));
    Icons { signal, variation, assurance }
}

/// Why a phase began: the reason of the latest rebase in its first period; `None` for the first.
fn why(series: &Series, first: usize, rebases: &[Rebase]) -> Option<String> {
    let period = series.points[first].period;
    rebases
        .iter()
        .filter(|r| first > 0 && period.first_month() <= r.from && r.from <= period.last_month())
        .max_by_key(|rebase| rebase.from)
        .map(|rebase| rebase.why.clone())
}
