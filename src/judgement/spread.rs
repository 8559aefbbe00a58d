//! How far a process wanders: one sigma, and the limits that *t* is tested against.

use super::facts::ToleranceBasis;
use super::misses::Misses;
use super::rating::ENOUGH_POINTS;
use crate::series::Nature;
use crate::statistics::limits::xmr::{Options, xmr};
use crate::statistics::limits::{Limits, Lines};
use crate::statistics::stocks::Persistence;

/// Points from which a sigma is taken at all.
pub(super) const FEW_POINTS: usize = 6;

/// The spread of a phase before *t*.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    /// One sigma; for stocks already divided by √(1 − r).
    pub sigma: Option<f64>,
    /// Which points it is from.
    pub basis: ToleranceBasis,
    /// Limits of the phase's points before *t*, for stocks widened; without lines where sigma is 0.
    pub limits: Option<Limits>,
    /// How much carries over, for stocks.
    pub persistence: Option<Persistence>,
}

impl Spread {
    /// What the standard error of a mean is multiplied by: 1 but for stocks.
    pub(super) fn mean_factor(&self) -> f64 {
        self.persistence.map_or(1.0, Persistence::mean_factor)
    }
}

/// One sigma from the 12 or more points of the phase before *t*; else from the phase before, if it
/// has 6 or more; else from the 6 or more points there are; else none.
pub(super) fn spread(misses: &Misses, nature: Nature) -> Spread {
    let own = limits(&misses.before, nature);
    let own_sigma = own.and_then(|limits| limits.sigma);
    let number = misses.number();
    let enough = own_sigma.filter(|_| number >= ENOUGH_POINTS);
    let before = limits(&misses.earlier, nature)
        .and_then(|limits| limits.sigma)
        .filter(|_| misses.earlier.iter().flatten().count() >= FEW_POINTS);
    let few = own_sigma.filter(|_| number >= FEW_POINTS);
    let (sigma, basis) = if enough.is_some() {
        (enough, ToleranceBasis::Sigma)
    } else if before.is_some() {
        (before, ToleranceBasis::PhaseBefore)
    } else if few.is_some() {
        (few, ToleranceBasis::FewPoints)
    } else {
        (None, ToleranceBasis::None)
    };
    Spread { sigma, basis, limits: own, persistence: persistence(&misses.before, nature) }
}

/// How much of a stock carries over; `None` for anything else.
pub(super) fn persistence(values: &[Option<f64>], nature: Nature) -> Option<Persistence> {
    (nature == Nature::Stock).then(|| Persistence::estimate(values).unwrap_or(Persistence::UNKNOWN))
}

/// XmR limits as a rating uses them: for stocks as far out as their sigma, without lines where
/// nothing varies. (Where screening leaves only ranges of 0 the chart's limits lie on the mean and
/// every point is outside; that is no ground for a rating.)
pub(super) fn limits(values: &[Option<f64>], nature: Nature) -> Option<Limits> {
    let mut limits = widened(values, nature)?;
    if limits.sigma == Some(0.0) {
        limits.lines = None;
    }
    Some(limits)
}

/// XmR limits as charted: for stocks sigma and lines are divided by √(1 − r).
pub(super) fn widened(values: &[Option<f64>], nature: Nature) -> Option<Limits> {
    let limits = xmr(values, Options::default())?;
    let Some(persistence) = persistence(values, nature) else { return Some(limits) };
    let factor = persistence.sigma_factor();
    let from_mean = |line: f64| limits.mean + (line - limits.mean) * factor;
    Some(Limits {
        sigma: limits.sigma.map(|sigma| sigma * factor),
        lines: limits.lines.map(|lines| Lines {
            lower: from_mean(lines.lower),
            upper: from_mean(lines.upper),
            near_lower: from_mean(lines.near_lower),
            near_upper: from_mean(lines.near_upper),
        }),
        ..limits
    })
}
