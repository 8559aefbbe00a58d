//! Days between rare events: what a count that is mostly 0 says about its process.

use chrono::NaiveDate;

use super::Case;
use super::kind::{Kind, law};
use super::misses::phase_starts;
use super::rating::ENOUGH_POINTS;
use super::settling::settled_value;
use super::spread::rules;
use crate::indicators::Indicator;
use crate::series::{Point, Status};
use crate::statistics::limits::drawn::Drawn;
use crate::statistics::limits::{Limits, Lines, g, run, t};
use crate::statistics::signals::{Side, Signal, signals_by_point};

/// The days between the events of the present phase.
#[derive(Debug, Clone, PartialEq)]
pub struct Gaps {
    /// The g chart, or the t chart where the plan asks for it and no gap is 0.
    pub kind: Kind,
    /// One for each event after the first, in order.
    pub points: Vec<Gap>,
    /// Median; from 12 settled gaps on the limits as well.
    pub drawn: Drawn,
    /// The latest event up to the end of the settled periods.
    pub last: NaiveDate,
    /// The last settled day.
    pub until: NaiveDate,
    /// Days from the one to the other: so long none has been recorded.
    pub since: i64,
}

/// The days from one event to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The day of the later event.
    pub day: NaiveDate,
    /// Days since the event before; `None` where the feed has no figures for a period in between.
    pub days: Option<i64>,
    /// The later event lies in a settled period.
    pub settled: bool,
    /// Special causes: a long gap is high.
    pub signals: Vec<Signal>,
}

impl Gaps {
    /// The special cause that speaks now: of the latest gap, or that none has come for longer than
    /// the upper limit.
    pub(super) fn signal(&self) -> Option<Signal> {
        let latest = self.points.iter().rev().find(|gap| gap.settled);
        let closed = latest.and_then(|gap| gap.signals.first().copied());
        if self.beyond() { Some(Signal::Outside(Side::High)) } else { closed }
    }

    /// Whether none has come for longer than the upper limit.
    pub fn beyond(&self) -> bool {
        self.drawn.upper.is_some_and(|upper| real(self.since) > upper)
    }

    /// Whether there are limits to tell by.
    pub(super) fn tells(&self) -> bool {
        self.drawn.upper.is_some()
    }
}

/// The days between the events of the latest phase, where rare events of known days are counted;
/// `None` without an event in it.
pub(super) fn gaps(case: &Case<'_>, events: Option<&[NaiveDate]>) -> Option<Gaps> {
    let points = case.points;
    let starts = phase_starts(points, case.indicator.rebases.iter().map(|one| one.from));
    let phase = &points[starts.last().copied()?..];
    let kind = law(case.indicator.charting.kind, case.nature, phase);
    let (first, until) = (phase.first()?.period.start, settled_until(phase)?);
    if !matches!(kind, Kind::G | Kind::T) {
        return None;
    }
    let events: Vec<NaiveDate> = events?.iter().copied().filter(|day| *day >= first).collect();
    let last = *events.iter().rev().find(|day| **day <= until)?;
    let mut points: Vec<Gap> = events
        .windows(2)
        .map(|pair| Gap {
            day: pair[1],
            days: known(phase, pair[0], pair[1]).then(|| (pair[1] - pair[0]).num_days()),
            settled: pair[1] <= until,
            signals: Vec::new(),
        })
        .collect();
    let settled: Vec<Option<f64>> = points.iter().filter(|gap| gap.settled).map(days).collect();
    let (kind, drawn) = draw(kind, &settled, case.indicator);
    mark(&mut points, &drawn, case.indicator);
    let since = (until - last).num_days();
    Some(Gaps { kind, points, drawn, last, until, since })
}

fn days(gap: &Gap) -> Option<f64> {
    gap.days.map(real)
}

#[expect(clippy::cast_precision_loss, reason = "days are far below 2^52")]
fn real(days: i64) -> f64 {
    days as f64
}

/// The last day of the latest settled period.
fn settled_until(phase: &[Point]) -> Option<NaiveDate> {
    let settled = phase.iter().rev().find(|point| settled_value(point).is_some());
    settled.map(|point| point.period.last_day())
}

/// Whether the feed has figures for every period between two days.
fn known(phase: &[Point], from: NaiveDate, to: NaiveDate) -> bool {
    let between = |point: &&Point| point.period.last_day() >= from && point.period.start <= to;
    let silent = |status| matches!(status, Status::Missing | Status::Suppressed);
    !phase.iter().filter(between).any(|point| silent(point.status))
}

/// Median and limits; the limits only of 12 gaps or more.
fn draw(kind: Kind, settled: &[Option<f64>], indicator: &Indicator) -> (Kind, Drawn) {
    if settled.iter().flatten().count() < ENOUGH_POINTS {
        return (kind, run::run(settled, None));
    }
    let by_time = t::t(settled, None, indicator.charting.screen);
    match (kind, by_time) {
        (Kind::T, Ok(drawn)) => (Kind::T, drawn),
        _ => (Kind::G, g::g(settled, None)),
    }
}

/// Marks long gaps and runs. Two of three are not looked for: days between events are skewed.
fn mark(points: &mut [Gap], drawn: &Drawn, indicator: &Indicator) {
    let Some(centre) = drawn.centre else { return };
    let lines = drawn.lower.zip(drawn.upper).map(|(lower, upper)| Lines {
        lower,
        upper,
        near_lower: lower,
        near_upper: upper,
    });
    let limits =
        Limits { mean: centre, sigma: None, lines, average_moving_range: None, screened: 0 };
    let values: Vec<Option<f64>> =
        points.iter().map(|gap| days(gap).filter(|_| gap.settled)).collect();
    let limits = vec![Some(limits); values.len()];
    let found = signals_by_point(&values, &limits, rules(&indicator.charting));
    for (gap, signals) in points.iter_mut().zip(found) {
        gap.signals = signals;
    }
}
