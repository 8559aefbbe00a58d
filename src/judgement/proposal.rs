//! A suggested rebase of the chart: proposed to the analyst, never applied.

use super::Phase;
use super::settling::settled_value;
use crate::indicators::Indicator;
use crate::indicators::baseline::Baseline;
use crate::period::Period;
use crate::series::{Nature, Series};
use crate::statistics::rebase::{Evidence, rebase};

/// A step of the present phase that has held long enough for limits of its own.
///
/// No limit, signal, fact or rating looks at it: it becomes a rebase when the analyst knows what
/// changed and writes the reason into the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    /// First period of the new phase.
    pub from: Period,
    /// The period with whose figure it was first proposed.
    pub made: Period,
    /// What speaks for it, from the settled values of the phase.
    pub evidence: Evidence,
    /// The baseline that the plan states runs across the date: it must be shortened or moved before
    /// the rebase can be accepted.
    pub across_baseline: bool,
}

/// What the settled values of the present phase suggest; see
/// [`statistics::rebase`](crate::statistics::rebase).
///
/// `None` where the chart has no limits (rare events, few points): then there is nothing to make
/// anew. A step where the plan rebases already begins a phase, so it is never inside one.
pub(super) fn proposal(
    indicator: &Indicator,
    series: &Series,
    phases: &[Phase],
) -> Option<Proposal> {
    let drawn = |phase: &&Phase| phase.limits.iter().flatten().any(|limits| limits.lines.is_some());
    let phase = phases.last().filter(drawn)?;
    let points = series.points.get(phase.first..=phase.last)?;
    let values: Vec<Option<f64>> = points.iter().map(settled_value).collect();
    let found = rebase(&values, series.nature == Nature::Stock)?;
    let from = points[found.from].period;
    let stated = indicator.baseline.as_ref().and_then(Baseline::months);
    let across = stated
        .is_some_and(|(first, last)| first < from.first_month() && from.first_month() <= last);
    Some(Proposal {
        from,
        made: points[found.made].period,
        evidence: found.evidence,
        across_baseline: across,
    })
}
