//! Intervals of proportions and of their difference. Proportions are between 0 and 1.

use super::events::EXACT_UP_TO;
use super::{Confidence, Interval, Method};
use crate::statistics::quantiles::{beta_lower, beta_upper};

/// Wilson's score interval of `events` out of `cases`.
///
/// `None` without cases, or with events below 0 or above the cases. With no events the lower end
/// is exactly 0, with nothing but events the upper end is exactly 1.
///
/// Source: Wilson (1927), *Journal of the American Statistical Association* 22; the formula in
/// use is that of OHID's technical guide and of PHEindicatormethods 2.1.0.
///
/// ```
/// use concordat::statistics::intervals::{Confidence, proportion};
/// // Newcombe (1998), table I: 81 of 263 is 0.2553 to 0.3662.
/// let interval = proportion::wilson(81.0, 263.0, Confidence::NINETY_FIVE).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "0.2553 0.3662");
/// ```
pub fn wilson(events: f64, cases: f64, confidence: Confidence) -> Option<Interval> {
    if !is_share(events, cases) {
        return None;
    }
    let z = confidence.z();
    let square = z * z;
    let middle = 2.0 * events + square;
    let width = z * (square + 4.0 * events * (1.0 - events / cases)).sqrt();
    let below = 2.0 * (cases + square);
    let lower = if events > 0.0 { (middle - width) / below } else { 0.0 };
    let upper = if events < cases { (middle + width) / below } else { 1.0 };
    Some(Interval { lower, upper, method: Method::Wilson })
}

/// Exact (Clopper-Pearson) interval of `events` out of `cases`: both one-sided binomial tests
/// would just not reject its ends. Wider than Wilson's; never less sure than it says.
///
/// `None` without cases, or with events below 0 or above the cases. With no events the lower end
/// is exactly 0, with nothing but events the upper end is exactly 1. Beyond 1,000,000,000 cases
/// Wilson's, and labelled so.
///
/// Source: Clopper and Pearson (1934), *Biometrika* 26, by beta quantiles.
pub fn exact(events: f64, cases: f64, confidence: Confidence) -> Option<Interval> {
    if !is_share(events, cases) {
        return None;
    }
    if cases > EXACT_UP_TO {
        return wilson(events, cases, confidence);
    }
    let tail = confidence.tail();
    let others = cases - events;
    let lower = if events > 0.0 { beta_lower(events, others + 1.0, tail) } else { 0.0 };
    let upper = if others > 0.0 { beta_upper(events + 1.0, others, tail) } else { 1.0 };
    Some(Interval { lower, upper, method: Method::ClopperPearson })
}

/// Newcombe's hybrid score interval of the first proportion less the second, each given as
/// (events, cases).
///
/// `overdispersion` multiplies the width on both sides: Laney's factor where the shares of single
/// periods scatter more than the binomial law says, 1 where they do not; below 1 it is read as 1.
/// The ends are held to −1 and 1. `None` where either proportion has no cases or is none.
///
/// Source: Newcombe (1998), *Statistics in Medicine* 17, 873–890, method 10.
///
/// ```
/// use concordat::statistics::intervals::{Confidence, proportion};
/// // Newcombe's example (a): 56 of 70 less 48 of 80 is 0.2, from 0.0524 to 0.3339.
/// let (first, second) = ((56.0, 70.0), (48.0, 80.0));
/// let interval = proportion::difference(first, second, 1.0, Confidence::NINETY_FIVE).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", interval.lower, interval.upper), "0.0524 0.3339");
/// ```
pub fn difference(
    first: (f64, f64),
    second: (f64, f64),
    overdispersion: f64,
    confidence: Confidence,
) -> Option<Interval> {
    let one = wilson(first.0, first.1, confidence)?;
    let two = wilson(second.0, second.1, confidence)?;
    let (p, q) = (first.0 / first.1, second.0 / second.1);
    let factor = overdispersion.max(1.0);
    let down = factor * libm::hypot(p - one.lower, two.upper - q);
    let up = factor * libm::hypot(one.upper - p, q - two.lower);
    Some(Interval {
        lower: (p - q - down).max(-1.0),
        upper: (p - q + up).min(1.0),
        method: Method::Newcombe,
    })
}

fn is_share(events: f64, cases: f64) -> bool {
    cases > 0.0 && cases.is_finite() && events >= 0.0 && events <= cases
}
