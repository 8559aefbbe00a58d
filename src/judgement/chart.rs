//! The chart's side: limits and signals of the values, phase by phase.

use super::Phase;
use super::misses::phase_starts;
use super::settling::settled_value;
use super::spread::widened;
use super::variation::drop_runs;
use crate::indicators::baseline::Rebase;
use crate::series::{Nature, Series};
use crate::statistics::signals::{Rules, Signal, signals};

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
        match &limits {
            Some(limits) => found.extend(signals(inside, limits, Rules::default())),
            None => found.extend(inside.iter().map(|_| Vec::new())),
        }
        phases.push(Phase { first, last, limits, why: why(series, first, rebases) });
    }
    if series.nature == Nature::Stock {
        drop_runs(&mut found);
    }
    (phases, found)
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
