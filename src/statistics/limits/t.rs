//! The t chart: time between rare events.

use super::drawn::Drawn;
use super::individuals::individuals;

/// Times between events of a Poisson process are exponential; to the power of 1/3.6 they are
/// nearly normal.
const POWER: f64 = 3.6;

/// A time between events that is 0 or below, so that no chart can be made: its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAbove0(pub usize);

/// Centre line and limits of a chart of times between rare events.
///
/// The times to the power of 1/3.6 have the limits of [`individuals`]; these are carried back to
/// the unit of the times. `given` is a centre line in that unit. A lower limit that would lie
/// below 0 is 0; a lower two-sigma line that would is not drawn. Missing times (`None`) stay gaps.
///
/// # Errors
/// A time is 0 or below. Two events at one moment are one, or the clock is too coarse: count in
/// hours, or draw a g chart.
///
/// Source: Nelson (1994), *A control chart for parts-per-million nonconforming items*, Journal of
/// Quality Technology 26; Montgomery, section 7.3.5.
///
/// ```
/// use concordat::statistics::limits::t::{NotAbove0, t};
/// assert_eq!(t(&[Some(1.0), Some(0.0)], None, true), Err(NotAbove0(1)));
/// let drawn = t(&[1.0, 1.0].map(Some), None, false).unwrap();
/// assert_eq!((drawn.lower, drawn.centre, drawn.upper), (Some(1.0), Some(1.0), Some(1.0)));
/// ```
pub fn t(baseline: &[Option<f64>], given: Option<f64>, screened: bool) -> Result<Drawn, NotAbove0> {
    if let Some(at) = baseline.iter().position(|time| time.is_some_and(|time| time <= 0.0)) {
        return Err(NotAbove0(at));
    }
    let normal = |time: f64| libm::pow(time, 1.0 / POWER);
    let values: Vec<Option<f64>> = baseline.iter().map(|time| time.map(normal)).collect();
    let drawn = individuals(&values, given.map(normal), screened);
    let back = drawn.map(|line| Some(libm::pow(line, POWER)).filter(|time| time.is_finite()));
    Ok(Drawn { lower: drawn.lower.map(|_| back.lower.unwrap_or(0.0)), ..back })
}
