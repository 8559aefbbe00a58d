//! Funnel plots: how far a figure may lie from the average by chance, at each size of unit.
//!
//! [`axis`] chooses the sizes at which limits are drawn, [`limits`] gives the limits, and
//! [`Significance`] says where one unit lies. Two standard limits leave 2.5 % outside on each side,
//! the three-sigma ones 0.1 %.
//!
//! Source: Spiegelhalter (2005), *Statistics in Medicine* 24, 1185–1202; the tables are those of
//! PHEindicatormethods 2.1.0 and of OHID's funnel plot workbooks.

use super::intervals::{Confidence, Interval, events};

pub mod axis;
pub mod limits;

/// The inner limits: 95 %.
pub const TWO_SIGMA: f64 = 0.95;
/// The outer limits: 99.8 %.
pub const THREE_SIGMA: f64 = 0.998;

/// The two levels, inner and outer.
pub(crate) fn levels() -> [Option<Confidence>; 2] {
    [Confidence::new(TWO_SIGMA), Confidence::new(THREE_SIGMA)]
}

/// Where a unit lies in a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Significance {
    /// Above the outer limit.
    HighOuter,
    /// Above the inner limit.
    HighInner,
    /// Below the outer limit.
    LowOuter,
    /// Below the inner limit.
    LowInner,
    /// Between the inner limits or on them.
    Within,
}

impl Significance {
    fn of(beyond: impl Fn(Confidence) -> Option<Self>) -> Self {
        let [inner, outer] = levels().map(|level| level.and_then(&beyond));
        match (outer, inner) {
            (Some(Self::HighInner), _) => Self::HighOuter,
            (Some(Self::LowInner), _) => Self::LowOuter,
            (_, Some(side)) => side,
            _ => Self::Within,
        }
    }

    fn side(above: bool, below: bool) -> Option<Self> {
        match (above, below) {
            (true, _) => Some(Self::HighInner),
            (_, true) => Some(Self::LowInner),
            _ => None,
        }
    }

    /// Of a proportion, against limits at its own number of cases.
    pub fn proportion(share: f64, cases: f64, average: f64) -> Self {
        Self::of(|level| {
            let limits = limits::proportion(average, cases, level);
            Self::side(share > limits.upper, share < limits.lower)
        })
    }

    /// Of a rate or standardised ratio: whether the average lies outside the interval of
    /// `events` over `exposure` (exact below 10 events, Byar's from 10 on).
    pub fn events(events: f64, exposure: f64, average: f64) -> Self {
        Self::of(|level| {
            let Interval { lower, upper, .. } = events::rate(events, exposure, level)?;
            Self::side(average < lower, average > upper)
        })
    }

    /// Of a standardised distance from the average, as
    /// [`Dispersion::adjusted`](super::dispersion::Dispersion::adjusted) gives it.
    pub fn distance(z: f64) -> Self {
        Self::of(|level| Self::side(z > level.z(), z < -level.z()))
    }
}
