//! The sizes of unit at which a funnel's limits are drawn: close together where it is wide.

use crate::statistics::sums;

/// How the steps between the sizes are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// The last of the sizes is the axis' end: proportions and rates.
    ToTheEnd,
    /// The axis' end would be one step further: ratios.
    ShortOfTheEnd,
}

/// Sizes on an axis.
pub const POINTS: i32 = 100;

/// Both ends of an axis for units from `smallest` to `largest`.
///
/// From 0 where the largest is more than twice the smallest, else from the smallest less 5 %,
/// rounded down to its first digit; to the largest plus 5 %, rounded up to its second digit.
///
/// Source: PHEindicatormethods 2.1.0, `calculate_funnel_limits`.
pub fn ends(smallest: f64, largest: f64) -> (f64, f64) {
    let from = if largest > 2.0 * smallest {
        0.0
    } else {
        let less = (smallest * 0.95).floor();
        let unit = libm::exp10(digits(less) - 1.0);
        (smallest * 0.95 / unit).floor() * unit
    };
    let unit = libm::exp10(digits((largest * 1.05).ceil()) - 2.0);
    (from, (largest * 1.05 / unit).ceil() * unit)
}

/// Digits of a whole number; 1 of 0.
fn digits(whole: f64) -> f64 {
    let powers = std::iter::successors(Some(10.0), |power| Some(power * 10.0));
    sums::count(1 + powers.take(308).take_while(|power| *power <= whole).count())
}

/// A hundred whole sizes between the ends, each further from the last by about the same share;
/// by at least 1, so that they pass the end where the axis is short. Halves are rounded to even.
pub fn sizes(from: f64, to: f64, steps: Steps) -> Vec<f64> {
    let mut size = from.max(1.0);
    let mut sizes = vec![size];
    for position in 2..=POINTS {
        let left = match steps {
            Steps::ToTheEnd => POINTS + 1 - position,
            Steps::ShortOfTheEnd => POINTS + 2 - position,
        };
        let next = libm::pow(to / size, 1.0 / f64::from(left)) * size;
        size = next.round_ties_even().max(size + 1.0);
        sizes.push(size);
    }
    sizes
}
