//! A world: what is true, what is asked, and which periods are judged.

use std::fmt;
use std::ops::Range;

use concordat::indicators::Indicator;
use concordat::judgement::{FeedFacts, Finding, judge};
use concordat::period::Period;
use concordat::series::{Point, Series, Status};
use concordat::unit::Unit;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::super::build::{feed, month};
use super::law::Law;
use super::random::uniform;

/// What the two simple readings compare a month with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plain {
    /// The value with the target in force.
    Target,
    /// The value with the baseline's mean.
    Baseline,
    /// The year's total to date with what it should be by then.
    Total,
    /// Nothing: a date decides.
    Date,
}

/// What is true, what is asked, and which periods are judged.
pub(crate) struct World {
    pub(crate) family: &'static str,
    /// What is true, in plain words.
    pub(crate) truth: &'static str,
    pub(crate) asked: Indicator,
    pub(crate) law: Law,
    /// The true level at each position.
    pub(crate) level: Box<dyn Fn(usize) -> f64 + Send + Sync>,
    /// Positions that are judged.
    pub(crate) judged: Range<usize>,
    /// From which position on it is worse than it should be; delays count from here.
    pub(crate) worse_from: Option<usize>,
    pub(crate) plain: Plain,
    /// Share of periods that are not delivered.
    pub(crate) missing: f64,
    /// Share of cases whose outcome is not recorded.
    pub(crate) unknown: f64,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.family, self.truth)
    }
}

impl World {
    /// The third year of monthly figures, every one delivered, against the target in force.
    pub(crate) fn new(
        (family, truth): (&'static str, &'static str),
        asked: Indicator,
        law: Law,
        level: impl Fn(usize) -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self {
            family,
            truth,
            asked,
            law,
            level: Box::new(level),
            judged: 24..36,
            worse_from: None,
            plain: Plain::Target,
            missing: 0.0,
            unknown: 0.0,
        }
    }

    #[must_use]
    pub(crate) fn judged(self, judged: Range<usize>) -> Self {
        Self { judged, ..self }
    }

    /// Really worse from the first judged period on.
    #[must_use]
    pub(crate) fn worsens(self) -> Self {
        Self { worse_from: Some(self.judged.start), ..self }
    }

    #[must_use]
    pub(crate) fn against(self, plain: Plain) -> Self {
        Self { plain, ..self }
    }

    /// Months in a period.
    pub(crate) fn months(&self) -> u32 {
        self.asked.grain.months().unwrap()
    }

    /// One series, judged as at each judged period and at the one before the first, where there
    /// is one. The same number gives the same chance in every world.
    pub(crate) fn findings(&self, number: u64) -> Vec<Finding> {
        let mut random = ChaCha8Rng::seed_from_u64(number);
        let points = self.points(&mut random);
        let first = self.judged.start.saturating_sub(1);
        (first..self.judged.end).map(|at| self.judge(&points[..=at])).collect()
    }

    fn points(&self, random: &mut ChaCha8Rng) -> Vec<Point> {
        let first = Period::of(self.asked.grain, month("2015-01"));
        let mut points = self.law.draw(self.judged.end, &self.level, self.unknown, random);
        for (point, at) in points.iter_mut().zip(0..) {
            point.period = first.plus(at);
        }
        if self.missing > 0.0 {
            for point in &mut points {
                if uniform(random) < self.missing {
                    *point = Point::empty(point.period, Status::Missing);
                }
            }
        }
        points
    }

    fn judge(&self, points: &[Point]) -> Finding {
        let as_at = points.last().map_or(month("2015-01"), |point| point.period.last_month());
        let nature = self.law.nature();
        let series = Series { nature, unit: Unit::Ratio, points: points.to_vec(), events: None };
        let feed: FeedFacts = feed();
        judge(&self.asked, "testshire", None, series, &feed, as_at.plus(1))
    }
}
