//! Limits of p′ and u′ charts: shares and rates of cases that differ in number from period to
//! period, their binomial or Poisson sigma widened by Laney's factor.

use super::{Limits, Lines, individuals};
use crate::statistics::sums;

/// A value and the number of cases, or the exposure, that it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sized {
    /// The share, the rate, or what is left of it above a target.
    pub value: f64,
    /// Its cases or exposure, above 0.
    pub size: f64,
}

/// The process behind shares or rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Laney {
    /// Mean of the values, each as often as it has cases.
    pub mean: f64,
    /// One sigma of a value with one case, by the binomial or the Poisson law alone.
    pub unit_sigma: f64,
    /// Laney's factor as computed: how many times more the values scatter than the law says, by
    /// moving ranges. `None` where no two neighbours are reported.
    pub factor: Option<f64>,
}

/// Three sigma, and two.
const THREE: f64 = 3.0;
const TWO: f64 = 2.0;

impl Laney {
    /// Mean, sigma and factor of a phase.
    ///
    /// `unit_variance` is the law's variance of a value with one case: p(1 − p) of a share, the
    /// rate itself of a rate ([`share_variance`], [`rate_variance`]). The factor is the `XmR` sigma
    /// of the values as multiples of their own sigma about the mean, the moving ranges screened
    /// once where asked. A missing value enters nothing, and no range is taken across it.
    ///
    /// `None` without any reported value.
    ///
    /// Source: Laney (2002), *Improved control charts for attributes*, Quality Engineering 14.
    ///
    /// ```
    /// use concordat::statistics::limits::laney::{Laney, Sized, share_variance};
    /// // 4 of 40, 8 of 40, 4 of 40, 8 of 40: p 0.15, sigma √(0.15·0.85/40) = 0.05646, each
    /// // moving range 0.1/0.05646 = 1.771, factor 1.771/1.128 = 1.570.
    /// let points = [4.0, 8.0, 4.0, 8.0].map(|x| Some(Sized { value: x / 40.0, size: 40.0 }));
    /// let laney = Laney::of(&points, share_variance(0.15), true).unwrap();
    /// assert_eq!(format!("{:.2} {:.3}", laney.mean, laney.factor.unwrap()), "0.15 1.570");
    /// assert_eq!(format!("{:.4}", laney.sigma(40.0)), "0.0887");
    /// ```
    pub fn of(points: &[Option<Sized>], unit_variance: f64, screen: bool) -> Option<Self> {
        let reported: Vec<Sized> = points.iter().copied().flatten().collect();
        let weighted: Vec<f64> = reported.iter().map(|one| one.value * one.size).collect();
        let sizes: Vec<f64> = reported.iter().map(|one| one.size).collect();
        let cases = sums::sum(&sizes);
        if cases <= 0.0 {
            return None;
        }
        let mean = sums::sum(&weighted) / cases;
        let unit_sigma = unit_variance.max(0.0).sqrt();
        Some(Self { mean, unit_sigma, factor: factor(points, mean, unit_sigma, screen) })
    }

    /// The factor that is used: never below 1, so that chance alone is never taken for less than
    /// it is; 1 where it could not be computed.
    pub fn held(&self) -> f64 {
        self.factor.map_or(1.0, |factor| factor.max(1.0))
    }

    /// One sigma of a value with so many cases; infinite without any.
    pub fn sigma(&self, size: f64) -> f64 {
        self.held() * self.unit_sigma / size.sqrt()
    }

    /// Mean and limits of a value with so many cases; no lines where nothing varies. The limits
    /// are not held to any bound.
    pub fn limits(&self, size: f64) -> Limits {
        let sigma = self.sigma(size);
        let lines = Lines {
            lower: self.mean - THREE * sigma,
            upper: self.mean + THREE * sigma,
            near_lower: self.mean - TWO * sigma,
            near_upper: self.mean + TWO * sigma,
        };
        Limits {
            mean: self.mean,
            sigma: Some(sigma),
            lines: (sigma > 0.0 && sigma.is_finite()).then_some(lines),
            average_moving_range: None,
            screened: 0,
        }
    }
}

/// Laney's factor as computed: the sigma, by moving ranges over 1.128, of the values as multiples of
/// their own sigma about the mean. A missing value enters nothing and no range is taken across it;
/// `None` where no range is left, or the law has no spread.
pub(super) fn factor(
    points: &[Option<Sized>],
    mean: f64,
    unit_sigma: f64,
    screen: bool,
) -> Option<f64> {
    let score = |one: Sized| (one.value - mean) / (unit_sigma / one.size.sqrt());
    let scores: Vec<Option<f64>> =
        points.iter().map(|one| one.map(score).filter(|score| score.is_finite())).collect();
    individuals::sigma(&scores, screen)
}

/// Variance of a share of one case, whose mean is between 0 and 1: p(1 − p).
pub fn share_variance(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * (1.0 - share)
}

/// Variance of a rate over one unit of exposure, in the unit of a rate that is given for `per` of
/// them: the events of one unit vary as many as they are.
pub fn rate_variance(rate: f64, per: f64) -> f64 {
    rate.max(0.0) * per
}
