//! Intervals of a median or another quantile, from the ranks of the values alone.
//!
//! How many of n values lie below the true quantile is binomial, whatever the values'
//! distribution. The ends are therefore values of certain ranks, and what the interval covers is
//! known exactly; it is at least the level asked for, more where n is small.

use super::{Confidence, Interval, Method};
use crate::statistics::sums;

/// Ranks, counted from 1, of the sorted values at an interval's ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranks {
    /// Rank of the lower end; `None` where even the smallest value is not low enough.
    pub lower: Option<usize>,
    /// Rank of the upper end; `None` where even the largest value is not high enough.
    pub upper: Option<usize>,
    /// The probability that the quantile lies between the ends; a missing end counts as endless.
    pub coverage: f64,
}

impl Ranks {
    /// The ranks for a quantile, strictly between 0 and 1, of so many values: at each end the
    /// innermost rank that leaves no more than the tail's probability beyond it. `None` for no
    /// values or another quantile.
    ///
    /// Source: Conover (1999), *Practical Nonparametric Statistics*, 3rd ed., 3.2; David and
    /// Nagaraja (2003), *Order Statistics*, 7.1.
    ///
    /// ```
    /// use concordat::statistics::intervals::{Confidence, quantile::Ranks};
    /// // The median of ten values: from the 2nd to the 9th, with 1 − 2·11/1024.
    /// let ranks = Ranks::of(10, 0.5, Confidence::NINETY_FIVE).unwrap();
    /// assert_eq!((ranks.lower, ranks.upper), (Some(2), Some(9)));
    /// assert!((ranks.coverage - 1002.0 / 1024.0).abs() < 1e-12);
    /// ```
    pub fn of(number: usize, quantile: f64, confidence: Confidence) -> Option<Self> {
        if number == 0 || !(quantile > 0.0 && quantile < 1.0) {
            return None;
        }
        let chances = binomial(number, quantile);
        // A probability that equals the tail is within it, whatever its last digits.
        let tail = confidence.tail() * (1.0 + 1e-12);
        let innermost = |towards: &mut dyn Iterator<Item = &(usize, f64)>| {
            let (mut beyond, mut end) = (0.0, None);
            for (below, chance) in towards {
                if beyond + chance > tail {
                    break;
                }
                beyond += chance;
                end = Some(*below);
            }
            (end, beyond)
        };
        // The value of rank r lies above the quantile if fewer than r values lie below it, that of
        // rank s lies below the quantile if s or more do.
        let (fewer, too_high) = innermost(&mut chances.iter());
        let (upper, too_low) = innermost(&mut chances.iter().rev());
        let lower = fewer.map(|fewer| fewer + 1);
        Some(Self { lower, upper, coverage: 1.0 - too_high - too_low })
    }
}

/// How many of so many values lie below the quantile, with the probability of each number that is
/// not negligible (below 1e-20 of the likeliest): out from the likeliest by the ratio of
/// neighbours, then divided by their sum.
fn binomial(number: usize, quantile: f64) -> Vec<(usize, f64)> {
    const NEGLIGIBLE: f64 = 1e-20;
    let n = sums::count(number);
    let odds = quantile / (1.0 - quantile);
    let likeliest = place((n + 1.0) * quantile).min(number);
    let mut chances = vec![(likeliest, 1.0)];
    let mut chance = 1.0;
    for below in (0..likeliest).rev() {
        chance *= sums::count(below + 1) / (sums::count(number - below) * odds);
        if chance < NEGLIGIBLE {
            break;
        }
        chances.push((below, chance));
    }
    chances.reverse();
    chance = 1.0;
    for below in likeliest + 1..=number {
        chance *= sums::count(number - below + 1) * odds / sums::count(below);
        if chance < NEGLIGIBLE {
            break;
        }
        chances.push((below, chance));
    }
    let total = sums::sum(&chances.iter().map(|(_, chance)| *chance).collect::<Vec<_>>());
    chances.into_iter().map(|(below, chance)| (below, chance / total)).collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place in a list, at least 0; held to the list's length by the caller"
)]
fn place(number: f64) -> usize {
    number.floor() as usize
}

/// A quantile of values and the values at its interval's ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The estimate, between neighbours in rank (Hyndman and Fan's type 7, as R's `quantile` and the
    /// PERCENTILE of spreadsheets).
    pub value: f64,
    /// The ranks of the ends, and what they cover.
    pub ranks: Ranks,
    /// Value at the lower rank, where there is one.
    pub lower: Option<f64>,
    /// Value at the upper rank, where there is one.
    pub upper: Option<f64>,
}

impl Quantile {
    /// The interval; `None` unless it has both ends.
    pub fn interval(&self) -> Option<Interval> {
        let (lower, upper) = (self.lower?, self.upper?);
        Some(Interval { lower, upper, method: Method::OrderStatistics })
    }
}

/// A quantile of the values, in any order, with its distribution-free interval, in their unit.
///
/// `None` without values, with one that is not a number, or for a quantile that is not strictly
/// between 0 and 1. With few values an end may be missing: a 95 % interval of the median needs 6,
/// one of the 90th percentile 36 for its upper end. An end that would lie on the wrong side of the
/// estimate, as in the far tail of a handful of values, is the estimate: that covers no less.
pub fn quantile(values: &[f64], quantile: f64, confidence: Confidence) -> Option<Quantile> {
    let ranks = Ranks::of(values.len(), quantile, confidence)?;
    if values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |rank: Option<usize>| rank.map(|rank| sorted[rank - 1]);
    let value = between_ranks(&sorted, quantile);
    Some(Quantile {
        value,
        ranks,
        lower: at(ranks.lower).map(|end| end.min(value)),
        upper: at(ranks.upper).map(|end| end.max(value)),
    })
}

/// A quantile of sorted values, at least one, between neighbours in rank: Hyndman and Fan (1996),
/// *The American Statistician* 50, type 7.
pub(crate) fn between_ranks(sorted: &[f64], share: f64) -> f64 {
    let rank = share * sums::count(sorted.len() - 1);
    let below = place(rank).min(sorted.len() - 1);
    let next = sorted.get(below + 1).copied().unwrap_or(sorted[below]);
    sorted[below] + (rank - rank.floor()) * (next - sorted[below])
}
