//! Intervals of means and of their difference, in the unit of the values.

use super::{Confidence, Interval, Method};
use crate::statistics::quantiles::student_beyond;
use crate::statistics::sums;

/// Student's t interval of the mean of the values.
///
/// `stretch` multiplies the standard error: 1 for values that are independent,
/// [`Persistence::mean_factor`](crate::statistics::stocks::Persistence::mean_factor) for stocks.
/// `None` with fewer than two values. Equal values give an interval without width.
///
/// Source: Armitage, Berry and Matthews, *Statistical Methods in Medical Research*, 4.2;
/// PHEindicatormethods 2.1.0, `phe_mean`.
pub fn student(values: &[f64], stretch: f64, confidence: Confidence) -> Option<Interval> {
    let mean = sums::mean(values)?;
    let deviation = sums::deviation(values)?;
    let number = sums::count(values.len());
    let error = stretch * deviation / number.sqrt();
    let half = student_beyond(number - 1.0, 2.0 * confidence.tail()) * error;
    Some(Interval { lower: mean - half, upper: mean + half, method: Method::StudentT })
}

/// A mean of so many values whose sigma is known beforehand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Known {
    /// The mean.
    pub mean: f64,
    /// Sigma of a single value, in the unit of the mean; for stocks already multiplied by
    /// [`Persistence::mean_factor`](crate::statistics::stocks::Persistence::mean_factor).
    pub sigma: f64,
    /// How many values the mean is of.
    pub number: usize,
}

/// Normal interval of the first mean less the second, their sigmas being known.
///
/// `None` where either mean is of no values, or a sigma is negative or not a number.
///
/// Source: Armitage, Berry and Matthews, *Statistical Methods in Medical Research*, 4.3.
pub fn difference(first: Known, second: Known, confidence: Confidence) -> Option<Interval> {
    let variance = |known: Known| {
        (known.number > 0 && known.sigma >= 0.0)
            .then(|| known.sigma * known.sigma / sums::count(known.number))
    };
    let half = confidence.z() * (variance(first)? + variance(second)?).sqrt();
    let difference = first.mean - second.mean;
    Some(Interval { lower: difference - half, upper: difference + half, method: Method::Normal })
}
