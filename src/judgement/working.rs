//! The sums behind a rating, period by period: what `explain` prints so that a reader can do them
//! by hand.
//!
//! Nothing here rates: the same misses and the same spread are put together once more, and shown.

use super::baseline::base;
use super::facts::{Promise, ToleranceBasis};
use super::gather::promise;
use super::misses::Misses;
use super::settling::{Sense, settled_value};
use super::spread::{persistence, spread};
use super::targets::{Aim, asked, good_side};
use super::variation::{drop_runs, turned};
use super::{Case, Finding};
use crate::indicators::target::Target;
use crate::period::{Month, Period};
use crate::series::{Nature, Point};
use crate::statistics::limits::xmr::SCREEN_PER_RANGE;
use crate::statistics::signals::{Rules, Signal, signals};
use crate::statistics::stocks::Persistence;
use crate::statistics::sums;

/// The periods behind a rating of the T or D rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Working {
    /// The phase's periods before *t*, and *t* last.
    pub lines: Vec<Line>,
    /// The periods of the phase before, where the sigma is of them; else empty.
    pub earlier: Vec<Line>,
    /// Sums of the misses before *t*.
    pub sums: Option<Sums>,
    /// Sums of the phase before, where the sigma is of it.
    pub earlier_sums: Option<Sums>,
    /// Positions in the series of the last values that are pooled, *t* the first; empty where
    /// nothing is.
    pub pooled: Vec<usize>,
    /// Of a direction: the sign of the values was turned, because higher is better.
    pub turned: bool,
}

/// One period.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The period.
    pub period: Period,
    /// Its settled value; `None` for a gap and a hollow point.
    pub value: Option<f64>,
    /// What is asked of it (the nearer end of a range); `None` for a direction.
    pub target: Option<f64>,
    /// By how much it misses; for a direction the value, its sign turned where higher is better.
    pub miss: Option<f64>,
    /// Distance to the miss before it; none across a gap, nor to *t*, which enters no sigma.
    pub range: Option<f64>,
    /// The range is left out by screening.
    pub screened: bool,
    /// Special causes of the misses that it takes part in, their side as seen in the values.
    pub signals: Vec<Signal>,
}

/// From misses to the mean and to the mean moving range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sums {
    /// Number of misses.
    pub points: usize,
    /// Their sum.
    pub sum: f64,
    /// Number of moving ranges.
    pub ranges: usize,
    /// Their sum.
    pub range_sum: f64,
    /// A range of so much or more is left out: 3.267 times their mean.
    pub screen: f64,
    /// Number of ranges that are kept.
    pub kept: usize,
    /// Their sum.
    pub kept_sum: f64,
    /// How much of a stock carries over; `None` for anything else.
    pub r: Option<f64>,
}

/// The sums behind a finding; `None` where its promise is not judged by a process.
pub fn working(finding: &Finding) -> Option<Working> {
    let points = &finding.series.points;
    let (nature, sense) = (finding.series.nature, Sense::of(finding.indicator.grain));
    let base = base(finding.indicator.baseline.as_ref(), points, nature, sense);
    let case =
        Case { indicator: &finding.indicator, points, nature, sense, base, as_at: finding.as_at };
    let t = points.iter().position(|point| Some(point.period) == finding.facts.period)?;
    let value = settled_value(&points[t]).filter(|_| finding.facts.absent.is_none())?;
    let (promised, target) = promise(&case, points[t].period.last_month());
    match (promised, target) {
        (Promise::Numeric, Some(target)) => {
            let aim_at = |month: Month| asked(target, case.base.as_ref(), month);
            let (_, bad) = aim_at(points[t].period.last_month())?.edge(value)?;
            of(&case, finding, t, Some(target), &aim_at, Aim::direction(bad.other()))
        }
        (Promise::Direction, target) => {
            let good = good_side(target.map(|target| &target.goal), case.indicator.better)?;
            let aim = Aim::direction(good);
            of(&case, finding, t, None, &|_| Some(aim), aim)
        }
        _ => None,
    }
}

fn of(
    case: &Case<'_>,
    finding: &Finding,
    t: usize,
    target: Option<&Target>,
    aim_at: &dyn Fn(Month) -> Option<Aim>,
    otherwise: Aim,
) -> Option<Working> {
    let misses = Misses::of(case, t, target, aim_at, otherwise)?;
    let spread = spread(&misses, case.nature);
    let first = misses.start - misses.earlier.len();
    let asked_of = |point: &Point| {
        target?;
        aim_at(point.period.last_month())?.edge(settled_value(point)?).map(|(edge, _)| edge)
    };
    let mut lines = lines(&case.points[misses.start..=t], &misses.all(), &asked_of);
    if let Some(last) = lines.last_mut() {
        (last.range, last.screened) = (None, false);
    }
    if let Some(limits) = spread.limits {
        let mut found = signals(&misses.all(), &limits, Rules::default());
        if case.nature == Nature::Stock {
            drop_runs(&mut found);
        }
        for (line, signals) in lines.iter_mut().zip(found) {
            let seen = |signal| if otherwise.most.is_some() { signal } else { turned(signal) };
            line.signals = signals.into_iter().map(seen).collect();
        }
    }
    let borrowed = spread.basis == ToleranceBasis::PhaseBefore;
    let earlier = &case.points[first..misses.start];
    let sums = sums_of(&misses.before, case.nature);
    screen(&mut lines, sums);
    let earlier_sums = sums_of(&misses.earlier, case.nature).filter(|_| borrowed);
    let mut earlier =
        if borrowed { self::lines(earlier, &misses.earlier, &asked_of) } else { Vec::new() };
    screen(&mut earlier, earlier_sums);
    let settled = |at: &usize| settled_value(&case.points[*at]).is_some();
    let last = (misses.start..=t).rev().filter(settled).take(case.sense.running);
    let pooled = if finding.facts.pooled.is_some() { last.collect() } else { Vec::new() };
    let turned = target.is_none() && otherwise.most.is_none();
    Some(Working { lines, earlier, sums, earlier_sums, pooled, turned })
}

fn lines(
    points: &[Point],
    misses: &[Option<f64>],
    asked_of: &dyn Fn(&Point) -> Option<f64>,
) -> Vec<Line> {
    let before = std::iter::once(None).chain(misses.iter().copied());
    points
        .iter()
        .zip(misses.iter().zip(before))
        .map(|(point, (miss, before))| Line {
            period: point.period,
            value: settled_value(point),
            target: asked_of(point),
            miss: *miss,
            range: miss.zip(before).map(|(miss, before)| (miss - before).abs()),
            screened: false,
            signals: Vec::new(),
        })
        .collect()
}

/// Marks the ranges that are left out.
fn screen(lines: &mut [Line], sums: Option<Sums>) {
    let Some(sums) = sums else { return };
    for line in lines {
        line.screened = line.range.is_some_and(|range| range >= sums.screen);
    }
}

/// `None` without a miss.
fn sums_of(misses: &[Option<f64>], nature: Nature) -> Option<Sums> {
    let known: Vec<f64> = misses.iter().copied().flatten().collect();
    let ranges: Vec<f64> =
        misses.windows(2).filter_map(|pair| Some((pair[1]? - pair[0]?).abs())).collect();
    let screen = SCREEN_PER_RANGE * sums::mean(&ranges).unwrap_or(0.0);
    let kept: Vec<f64> = ranges.iter().copied().filter(|range| *range < screen).collect();
    (!known.is_empty()).then(|| Sums {
        points: known.len(),
        sum: sums::sum(&known),
        ranges: ranges.len(),
        range_sum: sums::sum(&ranges),
        screen,
        kept: kept.len(),
        kept_sum: sums::sum(&kept),
        r: persistence(misses, nature).map(Persistence::r),
    })
}
