//! Confidence intervals: how far one figure could be off by chance.
//!
//! One file a kind of figure: [`proportion`], [`events`] (counts, rates and their ratio),
//! [`repeats`] (rates of events of which one person may have several), [`mean`], [`quantile`].

use super::quantiles;

pub mod events;
pub mod mean;
pub mod proportion;
pub mod quantile;
pub mod repeats;

/// How sure an interval is: a probability strictly between 0 and 1, never a percentage.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Confidence {
    probability: f64,
    /// Worked out once: it costs more than most intervals.
    z: f64,
}

impl Confidence {
    /// 95 %, the level of every rating.
    pub const NINETY_FIVE: Self = Self { probability: 0.95, z: 1.959_963_984_540_054_2 };
    /// 80 %, the inner band of forecasts.
    pub const EIGHTY: Self = Self { probability: 0.80, z: 1.281_551_565_544_600_5 };

    /// A level; `None` unless strictly between 0 and 1.
    pub fn new(probability: f64) -> Option<Self> {
        let known = probability > 0.0 && probability < 1.0;
        known.then(|| Self { probability, z: quantiles::normal_upper((1.0 - probability) / 2.0) })
    }

    /// The level itself: 0.95 for 95 %.
    pub fn probability(self) -> f64 {
        self.probability
    }

    /// The probability left outside on each side: 0.025 for 95 %.
    pub fn tail(self) -> f64 {
        (1.0 - self.probability) / 2.0
    }

    /// Standard errors on each side of a normal estimate: 1.96 for 95 %.
    pub fn z(self) -> f64 {
        self.z
    }
}

/// How an interval was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Wilson's score interval of a proportion.
    Wilson,
    /// Exact binomial interval of a proportion.
    ClopperPearson,
    /// Byar's approximation for a count.
    Byar,
    /// Exact Poisson interval of a count.
    ExactPoisson,
    /// Student's t interval of a mean.
    StudentT,
    /// Normal interval with known sigma.
    Normal,
    /// Newcombe's hybrid score interval of a difference of proportions.
    Newcombe,
    /// Ratio of two rates, exact given the sum of their events.
    ConditionalExact,
    /// Dobson's interval of a weighted sum of counts.
    Dobson,
    /// Dobson's interval with the variance of events of which one person may have several.
    DobsonRepeats,
    /// Ranks of the sorted values.
    OrderStatistics,
}

/// A confidence interval, in the unit of its estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lower: f64,
    /// Upper end; infinite only for a ratio to a rate without events.
    pub upper: f64,
    /// How it was made.
    pub method: Method,
}

impl Interval {
    /// Whether a value lies inside or on an end.
    pub fn holds(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// The same interval in another unit: both ends times a positive number.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { lower: self.lower * factor, upper: self.upper * factor, ..self }
    }
}
