//! The I chart: single values about their mean.

use super::drawn::Drawn;
use super::xmr::{RANGE_PER_SIGMA, moving_ranges, screen};
use crate::statistics::sums;

/// Centre line and limits of a chart of individual values.
///
/// The centre is the mean of the baseline, or the centre that was `given`; sigma is the mean
/// moving range of the baseline over 1.128, ranges of 3.267 mean ranges or more left out once
/// where `screened`. `baseline` holds the points that make the limits, those left out of it
/// already removed, so that their neighbours meet; a missing value (`None`) stays and no range is
/// taken across it. The limits are not held to any bound.
///
/// No centre without a reported or given one; no limits without a moving range, or where every
/// range is 0 and they are screened. Here the limits are 3/1.128 mean ranges from the centre;
/// [`xmr`](super::xmr::xmr()) has the rounded 2.66 of Making Data Count.
///
/// Source: Montgomery, *Introduction to Statistical Quality Control*, equation 6.33; screening
/// Nelson (1982), *Control charts for individual measurements*, Journal of Quality Technology 14.
///
/// ```
/// use concordat::statistics::limits::individuals::individuals;
/// // Moving ranges 2, 2, 2: limits 3 · 2/1.128 about 5.
/// let drawn = individuals(&[4.0, 6.0, 4.0, 6.0].map(Some), None, true);
/// assert_eq!((drawn.centre, drawn.upper), (Some(5.0), Some(5.0 + 3.0 * (2.0 / 1.128))));
/// ```
pub fn individuals(baseline: &[Option<f64>], given: Option<f64>, screened: bool) -> Drawn {
    let reported: Vec<f64> = baseline.iter().copied().flatten().collect();
    let centre = given.or_else(|| sums::mean(&reported));
    centre.map_or_else(Drawn::default, |centre| Drawn::around(centre, sigma(baseline, screened)))
}

/// One sigma of individual values by their moving ranges; `None` where no range is left.
pub(super) fn sigma(values: &[Option<f64>], screened: bool) -> Option<f64> {
    let ranges = moving_ranges(values);
    let average = sums::mean(&ranges)?;
    let kept = if screened { screen(&ranges, average).0? } else { average };
    Some(kept / RANGE_PER_SIGMA)
}
