//! The sums behind a rating, period by period: what `explain` prints so that a reader can do them
//! by hand.
//!
//! Nothing here rates: the same misses and the same spread are put together once more, and shown.

use super::baseline::base;
use super::facts::{Promise, ToleranceBasis};
use super::gather::promise;
use super::kind::Kind;
use super::misses::Misses;
use super::settling::{Sense, settled_value};
use super::spread::{Process, persistence, rules, size, spread};
use super::targets::{Aim, asked, good_side};
use super::variation::{drop_runs, turned};
use super::{Case, Finding};
use crate::indicators::target::Target;
use crate::period::{Month, Period};
use crate::series::Point;
use crate::statistics::limits::laney::Laney;
use crate::statistics::limits::xmr::SCREEN_PER_RANGE;
use crate::statistics::signals::{Signal, signals_by_point};
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
    /// Its cases or exposure, where they decide how far it scatters.
    pub size: Option<f64>,
    /// Its miss less the mean, as a multiple of its own sigma by the law alone; only with a size.
    pub score: Option<f64>,
    /// Distance to the miss before it, with a size to the score before it; none across a gap, nor to
    /// *t*, which enters no sigma.
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
    /// The law of shares, rates and rare events; `None` where moving ranges alone give sigma.
    pub law: Option<Laney>,
    /// Sum of the sizes, where there are some; the sum of the misses is then of miss × size.
    pub sizes: Option<f64>,
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
    let charting = &case.indicator.charting;
    let spread = spread(&misses, case.points, case.nature, charting);
    let first = misses.start - misses.earlier.len();
    let asked_of = |point: &Point| {
        target?;
        aim_at(point.period.last_month())?.edge(settled_value(point)?).map(|(edge, _)| edge)
    };
    let process = |values: &[Option<f64>], points: &[Point]| {
        Process::of(values, points, (spread.kind, case.nature), charting.screen)
    };
    let phase = &case.points[misses.start..=t];
    let before = Part { process: spread.process, kind: spread.kind };
    let mut lines = before.lines(phase, &misses.all(), &asked_of);
    if let Some(last) = lines.last_mut() {
        (last.range, last.screened) = (None, false);
    }
    let mut found = signals_by_point(&misses.all(), &spread.every, rules(charting));
    if matches!(spread.kind, Kind::Stock | Kind::G | Kind::T) {
        drop_runs(&mut found);
    }
    for (line, signals) in lines.iter_mut().zip(found) {
        let seen = |signal| if otherwise.most.is_some() { signal } else { turned(signal) };
        line.signals = signals.into_iter().map(seen).collect();
    }
    let known = lines.len() - 1;
    let sums = before.sums(&lines[..known], &misses.before, charting.screen);
    screen(&mut lines, sums);
    let borrowed = spread.basis == ToleranceBasis::PhaseBefore;
    let earlier = &case.points[first..misses.start];
    let part = Part { process: process(&misses.earlier, earlier), kind: spread.kind };
    let mut earlier =
        if borrowed { part.lines(earlier, &misses.earlier, &asked_of) } else { Vec::new() };
    let earlier_sums = part.sums(&earlier, &misses.earlier, charting.screen).filter(|_| borrowed);
    screen(&mut earlier, earlier_sums);
    let settled = |at: &usize| settled_value(&case.points[*at]).is_some();
    let last = (misses.start..=t).rev().filter(settled).take(case.sense.running);
    let pooled = if finding.facts.pooled.is_some() { last.collect() } else { Vec::new() };
    let turned = target.is_none() && otherwise.most.is_none();
    Some(Working { lines, earlier, sums, earlier_sums, pooled, turned })
}

/// A stretch of periods and the process behind them.
struct Part {
    process: Option<Process>,
    kind: Kind,
}

impl Part {
    fn law(&self) -> Option<Laney> {
        match self.process {
            Some(Process::Sized(laney)) => Some(laney),
            _ => None,
        }
    }

    fn lines(
        &self,
        points: &[Point],
        misses: &[Option<f64>],
        asked_of: &dyn Fn(&Point) -> Option<f64>,
    ) -> Vec<Line> {
        let law = self.law();
        let mut before: Option<f64> = None;
        let line = |(point, miss): (&Point, &Option<f64>)| {
            let size = law.and_then(|_| size(point, self.kind)).filter(|size| *size > 0.0);
            let score = law.zip(size).zip(*miss).and_then(|((law, size), miss)| {
                let score = (miss - law.mean) / (law.unit_sigma / size.sqrt());
                score.is_finite().then_some(score)
            });
            let compared = if law.is_some() { score } else { *miss };
            let range = compared.zip(before).map(|(now, then)| (now - then).abs());
            before = compared;
            Line {
                period: point.period,
                value: settled_value(point),
                target: asked_of(point),
                miss: *miss,
                size,
                score,
                range,
                screened: false,
                signals: Vec::new(),
            }
        };
        points.iter().zip(misses).map(line).collect()
    }

    /// `None` without a miss.
    fn sums(&self, lines: &[Line], misses: &[Option<f64>], screened: bool) -> Option<Sums> {
        let law = self.law();
        let of = |line: &Line| Some(line.miss? * if law.is_some() { line.size? } else { 1.0 });
        let known: Vec<f64> = lines.iter().filter_map(of).collect();
        let sizes: Vec<f64> =
            lines.iter().filter(|line| line.miss.is_some()).filter_map(|line| line.size).collect();
        let ranges: Vec<f64> = lines.iter().filter_map(|line| line.range).collect();
        let screen = if screened {
            SCREEN_PER_RANGE * sums::mean(&ranges).unwrap_or(0.0)
        } else {
            f64::INFINITY
        };
        let kept: Vec<f64> = ranges.iter().copied().filter(|range| *range < screen).collect();
        (!known.is_empty()).then(|| Sums {
            points: known.len(),
            sum: sums::sum(&known),
            ranges: ranges.len(),
            range_sum: sums::sum(&ranges),
            screen,
            kept: kept.len(),
            kept_sum: sums::sum(&kept),
            r: persistence(misses, self.kind).map(Persistence::r),
            law,
            sizes: law.map(|_| sums::sum(&sizes)),
        })
    }
}

/// Marks the ranges that are left out.
fn screen(lines: &mut [Line], sums: Option<Sums>) {
    let Some(sums) = sums else { return };
    for line in lines {
        line.screened = line.range.is_some_and(|range| range >= sums.screen);
    }
}
