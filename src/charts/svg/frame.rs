//! What there is to draw, as plain numbers, and where on the picture it goes.

use super::paint::Spot;
use crate::charts::calendar::position;
use crate::charts::ticks::Axis;
use crate::charts::{Chart, ChartExpected, ChartPhase, Mark};
use crate::disclosure::Figure;
use crate::unit::Unit;

/// A period: its place in months and what is drawn there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Seen {
    /// Months, as [`position`] counts them.
    pub(crate) at: f64,
    /// The value; `None` is a gap.
    pub(crate) value: Option<f64>,
    /// Shape and colour.
    pub(crate) mark: Mark,
    /// Not final.
    pub(crate) hollow: bool,
}

/// A process limit as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limit {
    /// Where it is drawn.
    pub(crate) value: f64,
    /// It lies beyond what values can reach, and is drawn at that edge.
    pub(crate) beyond: bool,
}

/// Mean and limits from one month to another.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Band {
    /// Where it begins and ends, in months.
    pub(crate) span: (f64, f64),
    /// Centre line.
    pub(crate) mean: Option<f64>,
    /// It is a median.
    pub(crate) median: bool,
    /// Lower process limit at the last point that has one.
    pub(crate) lower: Option<Limit>,
    /// Upper process limit at the last point that has one.
    pub(crate) upper: Option<Limit>,
    /// Limits as they are drawn: a level line, or stairs where each point has its own.
    pub(crate) stairs: Vec<Vec<(f64, f64)>>,
}

/// A level line from one month to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Level {
    /// Where it begins and ends, in months.
    pub(crate) span: (f64, f64),
    /// Its value.
    pub(crate) value: f64,
}

/// A forecast of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Expected {
    /// Months, as [`position`] counts them.
    pub(crate) at: f64,
    /// The line.
    pub(crate) median: f64,
    /// Ends of the 80 % band.
    pub(crate) eighty: (f64, f64),
    /// Ends of the 95 % band.
    pub(crate) ninety_five: (f64, f64),
}

impl Expected {
    fn of(expected: &ChartExpected) -> Option<Self> {
        let pair = |(low, high): (Figure, Figure)| Some((number(low)?, number(high)?));
        Some(Self {
            at: position(expected.start),
            median: number(expected.median)?,
            eighty: pair(expected.eighty)?,
            ninety_five: pair(expected.ninety_five)?,
        })
    }
}

/// Everything on a chart that has a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sight {
    /// Periods in order.
    pub(crate) points: Vec<Seen>,
    /// Phases in order.
    pub(crate) bands: Vec<Band>,
    /// Targets in order.
    pub(crate) targets: Vec<Level>,
    /// The way to the target.
    pub(crate) path: Vec<(f64, f64)>,
    /// The forecast.
    pub(crate) forecast: Vec<Expected>,
    /// First and last month of the picture, half a period of room included.
    pub(crate) span: (f64, f64),
    /// Half a period.
    pub(crate) half: f64,
}

/// A released number that can be drawn.
fn number(figure: Figure) -> Option<f64> {
    figure.shown().filter(|value| value.abs() <= 1e100)
}

impl Sight {
    /// Picks out what can be drawn. Stretches that name points which are not there are cut to
    /// those that are.
    pub(crate) fn of(chart: &Chart) -> Self {
        let points: Vec<Seen> = chart
            .points
            .iter()
            .map(|point| Seen {
                at: position(point.start),
                value: point.value.and_then(number),
                mark: point.mark,
                hollow: point.hollow,
            })
            .collect();
        let steps = points.windows(2).map(|pair| pair[1].at - pair[0].at).filter(|&s| s > 0.0);
        let half = steps.reduce(f64::min).unwrap_or(1.0) / 2.0;
        let path: Vec<(f64, f64)> = chart
            .path
            .iter()
            .flat_map(|path| &path.points)
            .filter_map(|&(date, figure)| Some((position(date), number(figure)?)))
            .collect();
        let forecast: Vec<Expected> = chart.forecast.iter().filter_map(Expected::of).collect();
        let to_come = || path.iter().map(|p| p.0).chain(forecast.iter().map(|e| e.at));
        let months = || points.iter().map(|p| p.at).chain(to_come());
        let (first, last) = (months().reduce(f64::min), months().reduce(f64::max));
        let span = (first.unwrap_or(0.0) - half, last.unwrap_or(0.0) + half);
        let mut sight = Self { points, bands: vec![], targets: vec![], path, forecast, span, half };
        sight.bands =
            chart.phases.iter().filter_map(|phase| sight.band(phase, chart.unit)).collect();
        sight.targets = chart
            .targets
            .iter()
            .filter_map(|line| {
                Some(Level {
                    span: sight.stretch(line.first, line.last)?,
                    value: number(line.value)?,
                })
            })
            .collect();
        sight
    }

    fn band(&self, phase: &ChartPhase, unit: Unit) -> Option<Band> {
        let floor = self.floor(unit);
        let low = |value: f64| match floor {
            Some(floor) if value < floor => Limit { value: floor, beyond: true },
            _ => Limit { value, beyond: false },
        };
        let high = |value: f64| match unit {
            Unit::Proportion if value > 1.0 => Limit { value: 1.0, beyond: true },
            _ => Limit { value, beyond: false },
        };
        let drawn = |limits: &[Option<Figure>], held: &dyn Fn(f64) -> Limit| {
            let limits = limits.iter().map(|limit| limit.and_then(number).map(held));
            limits.collect::<Vec<Option<Limit>>>()
        };
        let (lower, upper) = (drawn(&phase.lower, &low), drawn(&phase.upper, &high));
        let last = |limits: &[Option<Limit>]| limits.iter().rev().find_map(|limit| *limit);
        let stairs = [&lower, &upper].map(|limits| self.stairs(phase.first, limits));
        Some(Band {
            span: self.stretch(phase.first, phase.last)?,
            mean: phase.mean.and_then(number),
            median: phase.median,
            lower: last(&lower),
            upper: last(&upper),
            stairs: stairs.into_iter().flatten().collect(),
        })
    }

    /// A line through limits, level over each point, broken where one is missing.
    fn stairs(&self, first: usize, limits: &[Option<Limit>]) -> Vec<Vec<(f64, f64)>> {
        let mut found: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut before: Option<f64> = None;
        for (point, limit) in self.points.iter().skip(first).zip(limits) {
            let value = limit.map(|limit| limit.value);
            let (start, end) = (point.at - self.half, point.at + self.half);
            match (value, before, found.last_mut()) {
                (Some(value), Some(level), Some(line)) if level.total_cmp(&value).is_eq() => {
                    line.pop();
                    line.push((end, value));
                }
                (Some(value), Some(_), Some(line)) => line.extend([(start, value), (end, value)]),
                (Some(value), ..) => found.push(vec![(start, value), (end, value)]),
                (None, ..) => {}
            }
            before = value;
        }
        found
    }

    /// Zero, where values cannot be below it and none is. Money and growth can be.
    fn floor(&self, unit: Unit) -> Option<f64> {
        let negative = self.points.iter().filter_map(|p| p.value).any(|value| value < 0.0);
        (!matches!(unit, Unit::Pounds | Unit::Change) && !negative).then_some(0.0)
    }

    /// From half a period before the first point to half a period after the last.
    fn stretch(&self, first: usize, last: usize) -> Option<(f64, f64)> {
        let last = last.min(self.points.len().checked_sub(1)?);
        let (first, last) = (self.points.get(first)?, self.points.get(last)?);
        (first.at <= last.at).then_some((first.at - self.half, last.at + self.half))
    }

    /// Position of the last point that has a value.
    pub(crate) fn latest(&self) -> Option<&Seen> {
        self.points.iter().rev().find(|point| point.value.is_some())
    }

    /// Runs of points with values; a period without one ends a run.
    pub(crate) fn runs(&self) -> Vec<Vec<(f64, f64)>> {
        self.points
            .split(|point| point.value.is_none())
            .map(|run| run.iter().filter_map(|p| Some((p.at, p.value?))).collect::<Vec<_>>())
            .filter(|run| !run.is_empty())
            .collect()
    }

    /// A scale that holds everything. Without any number it is one that suits the unit.
    pub(crate) fn axis(&self, unit: Unit) -> Axis {
        let limits = self.bands.iter().flat_map(|band| band.stairs.iter().flatten().map(|p| p.1));
        let means = self.bands.iter().filter_map(|band| band.mean);
        let all = || {
            let points = self.points.iter().filter_map(|p| p.value);
            let lines = self.targets.iter().map(|t| t.value).chain(self.path.iter().map(|p| p.1));
            // The outer band of a forecast may leave the plot; the table beside it has its ends.
            let bands = self.forecast.iter().flat_map(|e| [e.eighty.0, e.eighty.1]);
            points.chain(limits.clone()).chain(means.clone()).chain(lines).chain(bands)
        };
        match (all().reduce(f64::min), all().reduce(f64::max)) {
            (Some(low), Some(high)) => Axis::around(unit, low, high),
            _ => match unit {
                Unit::Proportion => Axis::around(unit, 0.0, 1.0),
                Unit::Seconds => Axis::around(unit, 0.0, 600.0),
                _ => Axis::around(unit, 0.0, 10.0),
            },
        }
    }
}

/// The plot's place on the picture.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    /// Left edge in pixels.
    pub(crate) left: f64,
    /// Right edge.
    pub(crate) right: f64,
    /// Upper edge.
    pub(crate) top: f64,
    /// Lower edge.
    pub(crate) bottom: f64,
    /// Months at the left and right edges.
    pub(crate) span: (f64, f64),
    /// Values at the lower and upper edges.
    pub(crate) axis: Axis,
}

impl Frame {
    /// Pixels a month.
    pub(crate) fn month(&self) -> f64 {
        (self.right - self.left) / (self.span.1 - self.span.0)
    }

    /// Where a month stands; held to the plot.
    pub(crate) fn x(&self, month: f64) -> f64 {
        (self.left + (month - self.span.0) * self.month()).clamp(self.left, self.right)
    }

    /// Where a value stands; held to the plot.
    pub(crate) fn y(&self, value: f64) -> f64 {
        self.bottom - self.axis.share(value) * (self.bottom - self.top)
    }

    /// Where a value in a month stands.
    pub(crate) fn spot(&self, (month, value): (f64, f64)) -> Spot {
        (self.x(month), self.y(value))
    }

    /// A level line.
    pub(crate) fn level(&self, span: (f64, f64), value: f64) -> Vec<Spot> {
        vec![self.spot((span.0, value)), self.spot((span.1, value))]
    }
}
