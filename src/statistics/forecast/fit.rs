//! A line through the values: level, level since a change, or straight with a slope.

use super::slope::theil_sen;
use super::{Model, Nature};
use crate::statistics::sums::{count, mean, sum};

/// Fewest values on each side of a change of level.
pub(super) const FEWEST_ON_A_SIDE: usize = 4;

/// A line through the values and how far it is in doubt.
///
/// At position x it is `level + slope · (x − origin)`, and its variance there is
/// `level_doubt + slope_doubt · (x − origin)²` times that of a single value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// What line it is.
    pub model: Model,
    /// Position of the first value that the level is of; before it lies `before`.
    pub first: usize,
    /// The level before a change; the same as `level` without one.
    pub before: f64,
    /// Position where the level is.
    pub origin: f64,
    /// The level.
    pub level: f64,
    /// Change from one period to the next.
    pub slope: f64,
    /// Variance of the level, in variances of a single value.
    pub level_doubt: f64,
    /// Variance of the slope, in variances of a single value.
    pub slope_doubt: f64,
    /// How many numbers were taken from the values.
    pub used: usize,
}

impl Fit {
    /// The mean of all values; of shares all events over all cases.
    pub(super) fn level(values: &[Option<f64>], nature: Nature<'_>) -> Self {
        let level = centre(values, nature, 0, values.len());
        let points = values.iter().flatten().count();
        Self {
            model: Model::Level,
            first: 0,
            before: level,
            origin: 0.0,
            level,
            slope: 0.0,
            level_doubt: 1.0 / count(points),
            slope_doubt: 0.0,
            used: 1,
        }
    }

    /// The mean since the change of level that leaves the least squares over; `None` with too few
    /// values for a level on each side.
    pub(super) fn latest_level(values: &[Option<f64>], nature: Nature<'_>) -> Option<Self> {
        let reported: Vec<usize> = (0..values.len()).filter(|&at| values[at].is_some()).collect();
        if reported.len() < 2 * FEWEST_ON_A_SIDE {
            return None;
        }
        let changes = FEWEST_ON_A_SIDE..reported.len() + 1 - FEWEST_ON_A_SIDE;
        let of = |change: usize| {
            let first = reported[change];
            let level = centre(values, nature, first, values.len());
            Self {
                model: Model::LatestLevel { first },
                first,
                before: centre(values, nature, 0, first),
                origin: 0.0,
                level,
                slope: 0.0,
                level_doubt: 1.0 / count(reported.len() - change),
                slope_doubt: 0.0,
                used: 3,
            }
        };
        changes.map(of).min_by(|a, b| a.left_over(values).total_cmp(&b.left_over(values)))
    }

    /// Theil and Sen's slope through the mean of the values.
    ///
    /// The slope is the robust one; the level is the mean, because the median of skewed counts
    /// lies below what is to be expected of them.
    pub(super) fn slope(values: &[Option<f64>]) -> Option<Self> {
        let (at, reported): (Vec<f64>, Vec<f64>) = values
            .iter()
            .enumerate()
            .filter_map(|(at, value)| Some((count(at), (*value)?)))
            .unzip();
        let slope = theil_sen(&at, &reported)?;
        let (origin, level) = (mean(&at)?, mean(&reported)?);
        let squares: Vec<f64> = at.iter().map(|at| (at - origin) * (at - origin)).collect();
        Some(Self {
            model: Model::Slope { per_period: slope },
            first: 0,
            before: level,
            origin,
            level,
            slope,
            level_doubt: 1.0 / count(reported.len()),
            slope_doubt: super::slope::LESS_EFFICIENT / sum(&squares),
            used: 2,
        })
    }

    /// The line at a position, also of one to come.
    pub fn at(&self, position: f64) -> f64 {
        if position < count(self.first) {
            return self.before;
        }
        self.level + self.slope * (position - self.origin)
    }

    /// Variance of the line at a position to come, in variances of a single value.
    pub fn doubt(&self, position: f64) -> f64 {
        let away = position - self.origin;
        self.level_doubt + self.slope_doubt * away * away
    }

    fn price(&self) -> usize {
        let looked_for = matches!(self.model, Model::LatestLevel { .. });
        if looked_for { self.used + 1 } else { self.used }
    }

    /// Sum of squares between the values and the line.
    fn left_over(&self, values: &[Option<f64>]) -> f64 {
        let squares: Vec<f64> = values
            .iter()
            .enumerate()
            .filter_map(|(at, value)| {
                let apart = (*value)? - self.at(count(at));
                Some(apart * apart)
            })
            .collect();
        sum(&squares)
    }

    /// Schwarz's criterion, lower is better: what is left over, and a price for every number that
    /// was taken from the values. The place of a change counts twice, because it was looked for
    /// among all places (Zhang and Siegmund 2007, *Biometrics* 63, who price it as high or higher).
    pub(super) fn misfit(&self, values: &[Option<f64>]) -> f64 {
        let points = count(values.iter().flatten().count());
        let rounding = no_more_than_rounding(values.iter().copied().flatten());
        let left = self.left_over(values).max(rounding);
        points * libm::log(left / points) + count(self.price()) * libm::log(points)
    }
}

/// The mean of a stretch; of shares all events over all cases.
fn centre(values: &[Option<f64>], nature: Nature<'_>, from: usize, to: usize) -> f64 {
    let stretch: Vec<(usize, f64)> = (from..to).filter_map(|at| Some((at, values[at]?))).collect();
    if let Nature::Shares { cases, .. } = nature {
        let cases_at = |at: usize| cases.get(at).copied().flatten().unwrap_or(0.0);
        let events: Vec<f64> = stretch.iter().map(|(at, value)| value * cases_at(*at)).collect();
        let cases: Vec<f64> = stretch.iter().map(|(at, _)| cases_at(*at)).collect();
        return sum(&events) / sum(&cases);
    }
    let plain: Vec<f64> = stretch.iter().map(|(_, value)| *value).collect();
    mean(&plain).unwrap_or(0.0)
}

/// What is no distance from a line: a sum of squares this small is what rounding leaves over of
/// values that lie on their line, and tells nothing about which line is better.
pub(super) fn no_more_than_rounding(values: impl Iterator<Item = f64>) -> f64 {
    let sizes = values.map(|value| (1e-9 * value) * (1e-9 * value));
    sizes.sum::<f64>().max(f64::MIN_POSITIVE)
}
