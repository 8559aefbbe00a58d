//! The g chart: cases or days counted between rare events.

use super::drawn::Drawn;
use super::run::median;
use crate::statistics::sums;

/// Median of a geometric variable over its mean, nearly: the logarithm of 2 as printed by
/// Provost and Murray.
const MEDIAN_PER_MEAN: f64 = 0.693;

/// Centre line and limits of a chart of counts between rare events.
///
/// The limits lie three times √(m(m + 1)) from the mean m of the baseline, as of a geometric
/// variable, and are held to 0 or more. The centre line is not the mean but the median of the
/// baseline, so that runs above and below are equally likely. Where a mean was `given`, the limits
/// are made from it and the centre is 0.693 times it. Missing counts (`None`) enter nothing;
/// without a mean, or with one below 0, there are no limits.
///
/// Source: Montgomery, section 7.3.2 (p. 319 of the sixth edition); Provost and Murray (2011),
/// *The Health Care Data Guide*, p. 228.
///
/// ```
/// use concordat::statistics::limits::g::g;
/// // Mean 8, sigma √(8 · 9) = 8.485; median 6.
/// let drawn = g(&[Some(2.0), Some(6.0), Some(16.0)], None);
/// assert_eq!((drawn.centre, drawn.lower), (Some(6.0), Some(0.0)));
/// assert_eq!(drawn.upper, Some(8.0 + 3.0 * 72.0_f64.sqrt()));
/// ```
pub fn g(baseline: &[Option<f64>], given: Option<f64>) -> Drawn {
    let reported: Vec<f64> = baseline.iter().copied().flatten().collect();
    let Some(mean) = given.or_else(|| sums::mean(&reported)) else { return Drawn::default() };
    let centre = match given {
        Some(given) => Some(MEDIAN_PER_MEAN * given),
        None => median(&reported),
    };
    let sigma = (mean * (mean + 1.0)).sqrt();
    Drawn { centre, ..Drawn::around(mean, Some(sigma)).held(0.0, f64::INFINITY) }
}
