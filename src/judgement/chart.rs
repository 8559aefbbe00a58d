//! The chart's side: limits and signals of the values, phase by phase.

use super::facts::{Facts, Promise, Variation};
use super::gaps::Gaps;
use super::kind::{Kind, law};
use super::misses::{phase_starts, position_of};
use super::rating::ENOUGH_POINTS;
use super::settling::settled_value;
use super::spread::{Process, rules, size};
use super::targets::{good_side, governing};
use super::variation::drop_runs;
use super::{Case, Phase};
use crate::indicators::Indicator;
use crate::indicators::baseline::Rebase;
use crate::series::{Nature, Point, Series};
use crate::statistics::assurance::{self, Assurance};
use crate::statistics::limits::run::median;
use crate::statistics::limits::{Limits, Lines};
use crate::statistics::signals::{Side, Signal, signals_by_point};
use crate::statistics::sums;

/// Phases with their limits, and every special cause of each point.
///
/// Each phase stands alone: no run or trend crosses a rebase. All settled values of a phase make
/// its limits; a hollow point enters no limit and takes part in no signal, and ends a run as a gap
/// does. With fewer than 12 settled values there is the median only, and runs about it. Stocks:
/// limits are widened, and runs and trends are left out, as in the rating. Rare events by periods
/// have their mean only: what they do is seen in the days between them.
pub(super) fn phases(series: &Series, indicator: &Indicator) -> (Vec<Phase>, Vec<Vec<Signal>>) {
    let points = &series.points;
    let values: Vec<Option<f64>> = points.iter().map(settled_value).collect();
    if points.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let rebases = &indicator.rebases;
    let starts = phase_starts(points, rebases.iter().map(|rebase| rebase.from));
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([points.len() - 1]);
    let (mut phases, mut found) = (Vec::new(), Vec::new());
    for (first, last) in starts.iter().copied().zip(ends) {
        let values = &values[first..=last];
        let kind = kind(values, &points[first..=last], series.nature, indicator);
        let limits = limits(values, &points[first..=last], (kind, series.nature), indicator);
        let mut signals = signals_by_point(values, &limits, rules(&indicator.charting));
        match kind {
            Kind::Stock => drop_runs(&mut signals),
            Kind::G | Kind::T => signals.iter_mut().for_each(Vec::clear),
            Kind::Xmr | Kind::P | Kind::U | Kind::Run => {}
        }
        found.extend(signals);
        phases.push(Phase { first, last, kind, limits, why: why(series, first, rebases) });
    }
    (phases, found)
}

/// The chart of a phase: the table's, from its first row on.
fn kind(values: &[Option<f64>], points: &[Point], nature: Nature, indicator: &Indicator) -> Kind {
    let few = values.iter().flatten().count() < ENOUGH_POINTS;
    let law = law(indicator.charting.kind, nature, points);
    if indicator.charting.kind == Some(Kind::Run) || (few && !matches!(law, Kind::G | Kind::T)) {
        return Kind::Run;
    }
    law
}

/// Mean and limits of each point of a phase, held inside what shares and counts can be.
fn limits(
    values: &[Option<f64>],
    points: &[Point],
    (kind, nature): (Kind, Nature),
    indicator: &Indicator,
) -> Vec<Option<Limits>> {
    let nowhere = vec![None; points.len()];
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let centre = |mean: f64| Limits {
        mean,
        sigma: None,
        lines: None,
        average_moving_range: None,
        screened: 0,
    };
    match kind {
        Kind::Run => {
            median(&known).map_or(nowhere, |median| vec![Some(centre(median)); points.len()])
        }
        Kind::G | Kind::T => {
            sums::mean(&known).map_or(nowhere, |mean| vec![Some(centre(mean)); points.len()])
        }
        Kind::Xmr | Kind::Stock | Kind::P | Kind::U => {
            let process = Process::of(values, points, (kind, nature), indicator.charting.screen);
            let Some(process) = process else { return nowhere };
            points
                .iter()
                .map(|point| process.at(size(point, kind)).map(|l| held(l, kind)))
                .collect()
        }
    }
}

/// Limits of shares and rates end at 0, those of shares at 1; others are as they come.
///
/// Where every range that was kept is 0 there are no lines: every value off the mean would look
/// special.
fn held(limits: Limits, kind: Kind) -> Limits {
    let (floor, ceiling) = match kind {
        Kind::P => (0.0, 1.0),
        Kind::U => (0.0, f64::INFINITY),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let lines = limits.lines.filter(|_| limits.sigma != Some(0.0)).map(|lines| Lines {
        lower: lines.lower.max(floor),
        upper: lines.upper.min(ceiling),
        near_lower: lines.near_lower.max(floor),
        near_upper: lines.near_upper.min(ceiling),
    });
    Limits { lines, ..limits }
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
    (phases, signals): (&[Phase], &[Vec<Signal>]),
    gaps: Option<&Gaps>,
) -> Icons {
    let Some(t) = case.points.iter().position(|point| Some(point.period) == facts.period) else {
        return Icons::default();
    };
    let signal = match gaps {
        Some(gaps) => gaps.signal(),
        None => signals.get(t).and_then(|found| found.first()).copied(),
    };
    let target = governing(&case.indicator.targets, case.points[t].period.last_month());
    let good = good_side(target.map(|target| &target.goal), case.indicator.better);
    // Few events are long gaps.
    let good_sign = if gaps.is_some() { good.map(Side::other) } else { good };
    let meaning = match (signal.map(Signal::side), good_sign) {
        (Some(side), Some(good)) if side == good => Variation::Improvement,
        (Some(_), Some(_)) => Variation::Concern,
        _ => Variation::Common,
    };
    let phase = phases.iter().find(|phase| (phase.first..=phase.last).contains(&t));
    let limits = phase.and_then(|phase| phase.at(t));
    let lines = limits.and_then(|limits| limits.lines);
    let tells = gaps.is_some_and(Gaps::tells)
        || lines.is_some()
        || phase.is_some_and(|phase| runs_can_show(case, phase, t));
    let variation = tells.then_some(meaning);
    let known = |phase: &Phase| {
        let values = case.points[phase.first..=t].iter().filter_map(settled_value);
        values.count() >= ENOUGH_POINTS && facts.promise == Promise::Numeric
    };
    let limits = limits.filter(|limits| limits.lines.is_some() && phase.is_some_and(known));
    let assurance = limits
        .zip(facts.target)
        .zip(good)
        .map(|((limits, target), good)| assurance::assurance(&limits, target, good));
    Icons { signal, variation, assurance }
}

/// Whether a run chart has points enough for a run.
fn runs_can_show(case: &Case<'_>, phase: &Phase, t: usize) -> bool {
    let values = case.points[phase.first..=t].iter().filter_map(settled_value).count();
    phase.kind == Kind::Run && values >= rules(&case.indicator.charting).run
}

/// Why a phase began: the reason of the latest rebase in its first period; `None` for the first.
fn why(series: &Series, first: usize, rebases: &[Rebase]) -> Option<String> {
    rebases
        .iter()
        .filter(|r| first > 0 && position_of(&series.points, r.from) == Some(first))
        .max_by_key(|rebase| rebase.from)
        .map(|rebase| rebase.why.clone())
}
