//! How many events chance alone explains.

use statrs::distribution::{DiscreteCDF, Poisson};

use super::intervals::Confidence;

/// The fewest events that are more than an expected number explains by chance: as many or more
/// have a probability of at most the confidence's tail (2.5% for 95%).
///
/// With nothing expected, 1. The expected number is at least 0 and finite; anything else is read
/// as 0.
///
/// ```
/// use concordat::statistics::{chance::beyond, intervals::Confidence};
/// // One a year: 2 in a month, 3 in three months, 4 in twelve.
/// let fewest = |months: f64| beyond(months / 12.0, Confidence::NINETY_FIVE);
/// assert_eq!([fewest(1.0), fewest(3.0), fewest(12.0)], [2, 3, 4]);
/// ```
pub fn beyond(expected: f64, confidence: Confidence) -> u64 {
    Poisson::new(expected).map_or(1, |law| law.inverse_cdf(1.0 - confidence.tail()) + 1)
}
