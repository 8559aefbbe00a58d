//! The p and p′ charts: shares of cases that differ in number from point to point.

use super::counted::{Counted, Scatter, pooled};

/// The shares of a p chart, which scatter by chance alone: sigma √(p(1 − p)/n).
///
/// `given` is a mean to be used instead of the baseline's. `None` without any cases.
///
/// Source: Montgomery, equation 7.8.
///
/// ```
/// use concordat::statistics::limits::p::p;
/// // 4 + 6 of 50 + 50: p 0.1, sigma of 25 cases √(0.1 · 0.9/25) = 0.06.
/// let shares = p(&[Some((4.0, 50.0)), Some((6.0, 50.0))], None).unwrap();
/// let drawn = shares.drawn(Some(25.0));
/// assert_eq!((drawn.lower, drawn.centre), (Some(0.0), Some(0.1)));
/// assert!((drawn.upper.unwrap() - 0.28).abs() < 1e-12);
/// ```
pub fn p(baseline: &[Option<Counted>], given: Option<f64>) -> Option<Scatter> {
    let mean = given.or_else(|| pooled(baseline))?;
    Some(Scatter::by_chance(mean, mean * (1.0 - mean), 1.0))
}

/// The shares of a p′ chart, which scatter as Laney's factor says.
///
/// Source: Laney (2002), *Improved control charts for attributes*, Quality Engineering 14.
pub fn p_prime(
    baseline: &[Option<Counted>],
    given: Option<f64>,
    screened: bool,
) -> Option<Scatter> {
    Some(p(baseline, given)?.widened(baseline, screened))
}
