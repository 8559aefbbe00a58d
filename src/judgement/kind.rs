//! Which chart a series takes, hence where its limits come from: one table, the first row that
//! applies. Chosen when a phase starts and kept as long as it lasts.

pub use crate::indicators::charting::Kind;

use super::baseline::whole;
use super::misses::phase_starts;
use super::rating::ENOUGH_POINTS;
use super::settling::settled_value;
use crate::indicators::Indicator;
use crate::period::Grain;
use crate::series::{Nature, Point, Series};

/// Median cases of a share below which months are too short to judge.
pub const FEWEST_CASES: i64 = 20;
/// Fewest cases with and without the outcome that a period should have on average.
pub const FEWEST_OF_EITHER: f64 = 5.0;

/// A row of the table of charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its code.
    pub code: &'static str,
    /// The chart it gives.
    pub kind: Kind,
    /// When it applies.
    pub when: &'static str,
    /// Where the limits come from.
    pub limits: &'static str,
}

/// Every row in the order in which it is tried.
pub const TABLE: [Row; 7] = [
    Row {
        code: "K1",
        kind: Kind::Run,
        when: "the phase has fewer than 12 settled values, and its events are not rare",
        limits: "none: the median, and runs of 7 about it",
    },
    Row {
        code: "K2",
        kind: Kind::Stock,
        when: "a level that carries over: open, average open, peak, bed days, or `stock = true`",
        limits: "mean ± 2.66 × mean moving range / √(1 − r)",
    },
    Row {
        code: "K3",
        kind: Kind::P,
        when: "a share whose cases are known; by quarters where a month has fewer than 20 cases at \
               the median, or fewer than 5 with or without the outcome on average",
        limits: "mean ± 3 × √(p(1 − p)/n) × Laney's factor, at least 1",
    },
    Row {
        code: "K4",
        kind: Kind::U,
        when: "a rate whose events and exposure are known",
        limits: "mean ± 3 × √(u/n) × Laney's factor, at least 1",
    },
    Row {
        code: "K5",
        kind: Kind::G,
        when: "a count that is 0 in half of the periods or more, its events known by day",
        limits: "days between events: up to the mean + 3 × √(mean × (mean + 1)), about the median",
    },
    Row {
        code: "K6",
        kind: Kind::T,
        when: "the same where the plan asks for it and no two events fall on one day",
        limits: "days between events to the power 1/3.6: mean ± 2.66 × mean moving range, turned back",
    },
    Row {
        code: "K7",
        kind: Kind::Xmr,
        when: "otherwise",
        limits: "mean ± 2.66 × mean moving range, after screening",
    },
];

/// Whether a series of months or weeks is charted and judged by quarters: where its plan says so, else by
/// row K3 of the table.
///
/// What decides are the first 12 settled values of the latest phase that has as many, else of all
/// there are: so it does not change while a phase lasts.
pub fn by_quarters(indicator: &Indicator, series: &Series) -> bool {
    if !matches!(indicator.grain, Grain::Week | Grain::Month) || series.nature != Nature::Proportion
    {
        return false;
    }
    if let Some(stated) = indicator.charting.quarters {
        return stated;
    }
    let starts = phase_starts(&series.points, indicator.rebases.iter().map(|one| one.from));
    let first = |start: &usize| deciding(&series.points[*start..]);
    let phase = starts.iter().rev().map(first).find(|found| found.len() == ENOUGH_POINTS);
    too_few_cases(&phase.unwrap_or_else(|| deciding(&series.points)))
}

/// Events and cases of the first 12 settled values that have both.
fn deciding(points: &[Point]) -> Vec<(i64, i64)> {
    let settled = points.iter().filter(|point| settled_value(point).is_some());
    settled.filter_map(|p| Some((p.numerator?, p.denominator?))).take(ENOUGH_POINTS).collect()
}

fn too_few_cases(months: &[(i64, i64)]) -> bool {
    if months.is_empty() {
        return false;
    }
    let mut cases: Vec<i64> = months.iter().map(|(_, cases)| *cases).collect();
    cases.sort_unstable();
    // Of an even number the mean of the two in the middle, doubled on both sides.
    let twice = cases[(cases.len() - 1) / 2] + cases[cases.len() / 2];
    let number = i64::try_from(months.len()).unwrap_or(i64::MAX);
    let sum = |of: fn(&(i64, i64)) -> i64| whole(months.iter().map(of).sum()) / whole(number);
    let either = sum(|(events, _)| *events).min(sum(|(events, cases)| cases - events));
    twice < 2 * FEWEST_CASES || either < FEWEST_OF_EITHER
}

/// The law by which the points of a phase scatter: the table without its first row, which says
/// only that there are too few of them to draw limits.
pub(super) fn law(stated: Option<Kind>, nature: Nature, phase: &[Point]) -> Kind {
    let counted = phase
        .iter()
        .filter(|point| settled_value(point).is_some())
        .all(|point| point.numerator.is_some() && point.denominator.is_some());
    match (nature, stated) {
        (Nature::Stock, _) => Kind::Stock,
        (_, Some(kind)) if kind != Kind::Run => kind,
        (Nature::Proportion, _) if counted => Kind::P,
        (Nature::Rate { .. }, _) if counted => Kind::U,
        (Nature::Count, _) if rare(phase) => Kind::G,
        _ => Kind::Xmr,
    }
}

/// Half or more of the first 12 settled values are 0.
fn rare(phase: &[Point]) -> bool {
    let values: Vec<f64> = phase.iter().filter_map(settled_value).take(ENOUGH_POINTS).collect();
    let none = values.iter().filter(|value| **value <= 0.0).count();
    !values.is_empty() && 2 * none >= values.len()
}
