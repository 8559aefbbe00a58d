//! The c chart: counts of events where the area of opportunity does not change.

use super::drawn::Drawn;
use crate::statistics::sums;

/// Centre line and limits of a chart of counts.
///
/// The centre is the mean count of the baseline, or the centre that was `given`; sigma is its
/// root, as of a Poisson variable. The limits are held to 0 or more. Missing counts (`None`) enter
/// nothing; without a centre, or with one below 0, there are no limits.
///
/// Source: Montgomery, equation 7.17.
///
/// ```
/// use concordat::statistics::limits::c::c;
/// let drawn = c(&[Some(3.0), Some(5.0), Some(4.0)], None);
/// assert_eq!((drawn.lower, drawn.centre, drawn.upper), (Some(0.0), Some(4.0), Some(10.0)));
/// ```
pub fn c(baseline: &[Option<f64>], given: Option<f64>) -> Drawn {
    let reported: Vec<f64> = baseline.iter().copied().flatten().collect();
    let centre = given.or_else(|| sums::mean(&reported));
    centre.map_or_else(Drawn::default, |centre| {
        Drawn::around(centre, Some(centre.sqrt())).held(0.0, f64::INFINITY)
    })
}
