//! Which periods count: closed, delivered and settled at the as-at month.

use super::facts::Absent;
use crate::period::{Grain, Month, Period};
use crate::series::{Point, Series, Status};

/// How many periods stand for "three running" and for "12 periods": a year's sense of each grain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sense {
    /// Periods that make "three running".
    pub running: usize,
    /// Periods that make "12 periods".
    pub year: usize,
}

impl Sense {
    pub(super) fn of(grain: Grain) -> Self {
        match grain {
            Grain::Day | Grain::Week | Grain::Month => Self { running: 3, year: 12 },
            Grain::Quarter => Self { running: 2, year: 4 },
            Grain::FinancialYear | Grain::CalendarYear => Self { running: 1, year: 3 },
        }
    }
}

/// The newest period that should be settled at the as-at month: the month of its last day and the
/// months it takes to settle are over.
pub(super) fn due(grain: Grain, as_at: Month, settles_after: u32) -> Period {
    let months = i32::try_from(settles_after).unwrap_or(i32::MAX).min(1200);
    let newest = as_at.plus(-months);
    let period = Period::of(grain, newest);
    if period.last_month() > newest { period.plus(-1) } else { period }
}

/// The series as it is known at the as-at month.
///
/// Periods that begin after it are cut off. A final figure that is not settled becomes
/// provisional, and partial where its period is not over. A value that is no number is missing.
pub(super) fn as_known(mut series: Series, as_at: Month, settles_after: u32) -> Series {
    series.points.retain(|point| point.period.first_month() <= as_at);
    for point in &mut series.points {
        if point.value.is_some_and(|value| !value.is_finite()) {
            point.value = None;
            point.status = Status::Missing;
        }
        let due = due(point.period.grain, as_at, settles_after);
        if point.status == Status::Final && point.period.start > due.start {
            let closed = point.period.last_month() <= as_at;
            point.status = if closed { Status::Provisional } else { Status::Partial };
        }
    }
    series
}

/// The value of a settled point; `None` for a hollow point, a gap and a period without cases.
pub(super) fn settled_value(point: &Point) -> Option<f64> {
    if point.status == Status::Final { point.value } else { None }
}

/// A settled period that is known to have had no cases.
fn without_cases(point: &Point) -> bool {
    point.status == Status::Final && point.value.is_none() && point.denominator == Some(0)
}

/// The latest settled period.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Latest {
    /// Position of the period that is judged.
    Value(usize),
    /// Position of a period without cases, as the two before it.
    NoCases(usize),
    /// There is none, and why.
    Absent(Absent),
}

/// Finds the latest settled period, *t*.
///
/// It is looked for among the settled periods about which the source said something: a value, no
/// cases, or that it withholds the figure. If the latest of these is more than one period older
/// than the newest that is due, the series is late; if it was withheld, so is *t*. A period
/// without cases is known, not late: *t* is then the latest value, at most two periods before.
pub(super) fn latest(points: &[Point], due: Period) -> Latest {
    let known = points.iter().rposition(|point| {
        let said = settled_value(point).is_some() || without_cases(point);
        point.period.start <= due.start && (said || point.status == Status::Suppressed)
    });
    let Some(known) = known else { return Latest::Absent(Absent::NoValue) };
    let point = &points[known];
    if due.since(point.period) > 1 {
        return Latest::Absent(Absent::Late);
    }
    if point.status == Status::Suppressed {
        return Latest::Absent(Absent::Suppressed);
    }
    if point.value.is_some() {
        return Latest::Value(known);
    }
    let first = known.saturating_sub(2);
    let recent = &points[first..=known];
    if recent.len() == 3 && recent.iter().all(without_cases) {
        return Latest::NoCases(known);
    }
    match recent.iter().rposition(|point| settled_value(point).is_some()) {
        Some(offset) => Latest::Value(first + offset),
        None => Latest::Absent(Absent::Late),
    }
}
