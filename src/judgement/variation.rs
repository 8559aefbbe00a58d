//! How *t* stands to the points before it: improvement, concern, or nothing that chance cannot do.

use super::facts::Variation;
use super::kind::Kind;
use super::misses::Misses;
use super::spread::{FEW_POINTS, Spread};
use crate::statistics::signals::{Rules, Side, Signal, labels, signals_by_point};

/// The special cause at *t*, seen in the misses: high is bad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Seen {
    /// What it says.
    pub variation: Variation,
    /// The signal that decides, by the priority of the chart's labels.
    pub signal: Option<Signal>,
    /// Points running on the signal's side of the mean, *t* the last.
    pub run: usize,
    /// The run is no longer than 12 periods.
    pub fresh: bool,
}

const NOTHING: Seen = Seen { variation: Variation::Common, signal: None, run: 0, fresh: false };

/// Tests *t* against the mean and the limits of the points before it, each period by limits of its
/// own where its cases decide them.
///
/// With fewer than 6 of them there is no variation to tell: a sigma of so few is not used anywhere
/// in the table. Runs and trends of stocks and of rare events do not count. A gap ends a run.
pub(super) fn variation(misses: &Misses, spread: &Spread, rules: Rules, year: usize) -> Seen {
    let Some(limits) = spread.limits.filter(|_| misses.number() >= FEW_POINTS) else {
        return NOTHING;
    };
    let values = misses.all();
    let mut found = signals_by_point(&values, &spread.every, rules);
    if matches!(spread.kind, Kind::Stock | Kind::G | Kind::T) {
        drop_runs(&mut found);
    }
    let Some(signal) = labels(&values, &found).last().copied().flatten() else { return NOTHING };
    let side = signal.side();
    let run = values
        .iter()
        .rev()
        .take_while(|value| value.is_some_and(|v| Side::of(v - limits.mean) == Some(side)))
        .count();
    let variation = match side {
        Side::High => Variation::Concern,
        Side::Low => Variation::Improvement,
    };
    Seen { variation, signal: Some(signal), run, fresh: run <= year }
}

/// Leaves out runs and trends of 7, which stocks and counts that are mostly 0 show by themselves.
pub(super) fn drop_runs(found: &mut [Vec<Signal>]) {
    for signals in found {
        signals.retain(|signal| !matches!(signal, Signal::Trend(_) | Signal::Shift(_)));
    }
}

/// The same signal seen from the other side: what is high in the misses is low in the values where
/// higher is better.
pub(super) fn turned(signal: Signal) -> Signal {
    match signal {
        Signal::Outside(side) => Signal::Outside(side.other()),
        Signal::Trend(side) => Signal::Trend(side.other()),
        Signal::TwoInThree(side) => Signal::TwoInThree(side.other()),
        Signal::Shift(side) => Signal::Shift(side.other()),
    }
}
