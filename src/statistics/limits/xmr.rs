//! Process limits of an XmR chart: individual values and their moving ranges.

use super::{Limits, Lines};
use crate::statistics::sums;

/// Mean moving range of two independent normal values with sigma 1: 2/√π = 1.12838, as tables
/// print it (Montgomery, *Introduction to Statistical Quality Control*, appendix VI, d2 for n = 2).
pub const RANGE_PER_SIGMA: f64 = 1.128;

/// From the mean moving range to the process limits. 3/1.128 is 2.6596; this is the rounding of
/// NHSRplotthedots and of Making Data Count, kept so that limits agree to the last digit.
pub const LIMIT_PER_RANGE: f64 = 2.66;

/// A moving range of this many mean moving ranges or more is left out by screening: the upper
/// limit of a range chart (D4 for n = 2: 1 + 3 · 0.8525/1.128).
pub const SCREEN_PER_RANGE: f64 = 3.267;

/// What changes the limits. Part of the definition of an indicator, never a hidden switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Leave out moving ranges of 3.267 mean moving ranges or more, once. On by default, as in
    /// NHSRplotthedots; NHS England's workbooks do not screen.
    pub screen: bool,
    /// Only the first so many points of the phase make the limits, missing ones counted; all
    /// when `None` or when the phase is shorter. (The reference refuses fewer than 12.)
    pub baseline_points: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { screen: true, baseline_points: None }
    }
}

/// Process limits of one phase of an XmR chart.
///
/// The limits lie 2.66 mean moving ranges from the mean of the reported values, the two-sigma
/// lines two thirds of that. Values and limits are in the unit of the series and are not held to
/// any bound. A missing value (`None`) enters nothing, and no range is taken across it. The mean
/// is never screened, only the moving ranges.
///
/// Returns `None` without any reported value. With a single one, or where nothing varies, there
/// is a mean without lines: see [`Limits`].
///
/// Source: NHSRplotthedots 0.2.2; NHS England, *Making Data Count*; Montgomery, section 6.4.
///
/// ```
/// use concordat::statistics::limits::xmr::{Options, xmr};
/// // Moving ranges 2, 2, 2: limits 2.66 · 2 = 5.32 about the mean of 5.
/// let limits = xmr(&[Some(4.0), Some(6.0), Some(4.0), Some(6.0)], Options::default()).unwrap();
/// assert_eq!(limits.mean, 5.0);
/// assert_eq!(limits.lines.unwrap().upper, 10.32);
/// ```
pub fn xmr(values: &[Option<f64>], options: Options) -> Option<Limits> {
    let length = options.baseline_points.unwrap_or(values.len()).min(values.len());
    let baseline = &values[..length];
    let reported: Vec<f64> = baseline.iter().copied().flatten().collect();
    let mean = sums::mean(&reported)?;
    let ranges = moving_ranges(baseline);
    let unscreened = sums::mean(&ranges);
    let (average, screened) = match unscreened {
        Some(average) if options.screen => screen(&ranges, average),
        unscreened => (unscreened, 0),
    };
    Some(Limits {
        mean,
        sigma: unscreened.map(|_| average.unwrap_or(0.0) / RANGE_PER_SIGMA),
        lines: average.map(|average| lines(mean, average)),
        average_moving_range: average,
        screened,
    })
}

/// Distances between neighbouring reported values; none across a missing one.
pub(super) fn moving_ranges(values: &[Option<f64>]) -> Vec<f64> {
    values.windows(2).filter_map(|pair| Some((pair[1]? - pair[0]?).abs())).collect()
}

/// The mean of the ranges strictly below 3.267 times their mean, and how many are not: where all
/// are 0 none is below.
pub(super) fn screen(ranges: &[f64], average: f64) -> (Option<f64>, usize) {
    let most = SCREEN_PER_RANGE * average;
    if ranges.iter().all(|range| *range < most) {
        return (Some(average), 0);
    }
    let kept: Vec<f64> = ranges.iter().copied().filter(|range| *range < most).collect();
    (sums::mean(&kept), ranges.len() - kept.len())
}

fn lines(mean: f64, average_moving_range: f64) -> Lines {
    let three_sigma = LIMIT_PER_RANGE * average_moving_range;
    let two_sigma = 2.0 * (LIMIT_PER_RANGE / 3.0) * average_moving_range;
    Lines {
        lower: mean - three_sigma,
        upper: mean + three_sigma,
        near_lower: mean - two_sigma,
        near_upper: mean + two_sigma,
    }
}
