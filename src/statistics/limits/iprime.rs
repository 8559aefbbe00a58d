//! The I′ chart: values that rest on denominators of differing size.

use std::f64::consts::PI;

use super::drawn::Drawn;
use crate::statistics::sums;

/// A spread of this many mean spreads or more is left out by screening: the upper limit of a
/// range chart, one digit longer than elsewhere, as in qicharts2.
const SCREEN_PER_SPREAD: f64 = 3.2665;

/// A value and the size of the denominator behind it.
pub type Weighted = (f64, f64);

/// Where the values of an I′ chart stand and how far they scatter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IPrime {
    /// Mean of the baseline's values, each as often as its denominator is large.
    pub mean: f64,
    /// One sigma of a value with denominator 1; `None` without two neighbouring points.
    pub unit_sigma: Option<f64>,
}

/// Mean and spread of an I′ chart.
///
/// The mean is of the `baseline`, or was `given`. The spread is of *all* `points`, also those
/// outside the baseline, as in the reference: each distance between neighbours over the root of
/// the sum of their inverse denominators, times √(π/2), averaged; spreads of 3.2665 mean spreads
/// or more left out once where `screened`. A missing point (`None`) enters nothing and no distance
/// is taken across it. `None` without any reported or given mean.
///
/// Source: Taylor (2018), *Normalized individuals chart*; qicharts2 0.8.1, chart `ip`.
pub fn i_prime(
    points: &[Option<Weighted>],
    baseline: &[Option<Weighted>],
    given: Option<f64>,
    screened: bool,
) -> Option<IPrime> {
    let spreads: Vec<f64> =
        points.windows(2).filter_map(|pair| spread(pair[0]?, pair[1]?)).collect();
    let average = sums::mean(&spreads);
    let unit_sigma = match average.filter(|_| screened) {
        None => average,
        Some(average) => {
            let most = SCREEN_PER_SPREAD * average;
            let kept: Vec<f64> = spreads.into_iter().filter(|spread| *spread < most).collect();
            sums::mean(&kept)
        }
    };
    Some(IPrime { mean: given.or_else(|| weighted_mean(baseline))?, unit_sigma })
}

impl IPrime {
    /// Centre line and limits of a point with this denominator; not held to any bound.
    pub fn drawn(&self, size: Option<f64>) -> Drawn {
        let sigma = size.zip(self.unit_sigma).map(|(size, unit)| unit * (1.0 / size).sqrt());
        Drawn::around(self.mean, sigma.filter(|sigma| sigma.is_finite()))
    }
}

fn spread(one: Weighted, next: Weighted) -> Option<f64> {
    let apart = (next.0 - one.0).abs() / (1.0 / one.1 + 1.0 / next.1).sqrt();
    Some((PI / 2.0).sqrt() * apart).filter(|spread| spread.is_finite())
}

fn weighted_mean(baseline: &[Option<Weighted>]) -> Option<f64> {
    let reported = || baseline.iter().copied().flatten();
    let products: Vec<f64> = reported().map(|(value, size)| value * size).collect();
    let sizes: Vec<f64> = reported().map(|(_, size)| size).collect();
    let size = sums::sum(&sizes);
    (size > 0.0).then(|| sums::sum(&products) / size)
}
