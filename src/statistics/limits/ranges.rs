//! The MR chart: how far each value is from the one before.

use super::drawn::Drawn;
use super::xmr::SCREEN_PER_RANGE;
use crate::statistics::sums;

/// The moving range at each point, in the unit of the values: the distance from the point before.
///
/// None at the first point, at a missing value and at the point after one.
pub fn ranges(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let pairs = values.windows(2).map(|pair| Some((pair[1]? - pair[0]?).abs()));
    values.iter().take(1).map(|_| None).chain(pairs).collect()
}

/// Centre line and limits of a chart of moving ranges.
///
/// The centre is the mean of the baseline's ranges, or the centre that was `given`; the upper
/// limit is 3.267 times the centre (D4 for two values), its two-sigma line two thirds of that, and
/// the lower lines are 0. Without a centre there are no upper lines.
///
/// Source: Montgomery, section 6.4 and appendix VI.
pub fn moving_ranges(baseline: &[Option<f64>], given: Option<f64>) -> Drawn {
    let reported: Vec<f64> = baseline.iter().copied().flatten().collect();
    let centre = given.or_else(|| sums::mean(&reported));
    Drawn {
        centre,
        lower: Some(0.0),
        near_lower: Some(0.0),
        near_upper: centre.map(|centre| SCREEN_PER_RANGE / 3.0 * 2.0 * centre),
        upper: centre.map(|centre| SCREEN_PER_RANGE * centre),
    }
}
