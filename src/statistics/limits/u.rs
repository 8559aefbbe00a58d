//! The u and u′ charts: rates of events where the exposure differs from point to point.

use super::counted::{Counted, Scatter, pooled};

/// The rates of a u chart, which scatter by chance alone: sigma √(u/n).
///
/// `given` is a mean to be used instead of the baseline's. `None` without any exposure.
///
/// Source: Montgomery, equation 7.19.
pub fn u(baseline: &[Option<Counted>], given: Option<f64>) -> Option<Scatter> {
    let mean = given.or_else(|| pooled(baseline))?;
    Some(Scatter::by_chance(mean, mean, f64::INFINITY))
}

/// The rates of a u′ chart, which scatter as Laney's factor says.
///
/// Source: Laney (2002), *Improved control charts for attributes*, Quality Engineering 14.
pub fn u_prime(
    baseline: &[Option<Counted>],
    given: Option<f64>,
    screened: bool,
) -> Option<Scatter> {
    Some(u(baseline, given)?.widened(baseline, screened))
}
