//! What may be found in one period to come, as a probability law.

use crate::statistics::quantiles::{
    beta_below, gamma_above, log_of_beta, student_below, student_beyond,
};
use crate::statistics::signals::Side;
use crate::statistics::sums::count;

/// More cases than this, and a share is taken as a continuous number: one case in 5,000 is less
/// than any band shows.
pub(super) const WHOLE_CASES: f64 = 5000.0;

/// The probability law of one value to come: simpler laws, each with its weight.
///
/// All parts are of one kind: measured, or counted, or shares of the same cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Law {
    parts: Vec<(f64, Part)>,
    least: f64,
    most: f64,
}

/// One part of a law.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Student's t law.
    Measured(Student),
    /// Whole events: the negative binomial law with this mean and variance, the Poisson law where
    /// the variance is no larger than the mean.
    Counted {
        /// Events to expect.
        mean: f64,
        /// Variance of their number.
        variance: f64,
    },
    /// Whole cases out of all.
    Shared(Shared),
}

/// One Student's t law.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Student {
    /// The middle.
    pub centre: f64,
    /// The standard error that t is multiplied by; 0 where nothing varies.
    pub scale: f64,
    /// Degrees of freedom.
    pub freedom: f64,
}

/// A beta-binomial law, summed up: the probability of at most 0, 1, 2, … cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    below: Vec<f64>,
}

impl Student {
    fn below(&self, value: f64) -> f64 {
        if self.scale > 0.0 {
            student_below((value - self.centre) / self.scale, self.freedom)
        } else if value >= self.centre {
            1.0
        } else {
            0.0
        }
    }

    fn quantile(&self, probability: f64) -> f64 {
        let tails = 2.0 * probability.min(1.0 - probability);
        let t = if tails < 1.0 { student_beyond(self.freedom, tails) } else { 0.0 };
        self.centre + self.scale * if probability < 0.5 { -t } else { t }
    }
}

impl Part {
    /// The probability of at most so much; of shares, of so many cases.
    fn below(&self, level: f64) -> f64 {
        match self {
            Self::Measured(student) => student.below(level),
            Self::Counted { mean, variance } => counted_below(*mean, *variance, level),
            Self::Shared(shared) => shared.at_most(level),
        }
    }
}

impl Law {
    /// A law of measured values held between two ends: what the parts say lies beyond an end is put
    /// on it. The weights add up to 1.
    pub(super) fn measured(parts: Vec<(f64, Student)>, least: f64, most: f64) -> Self {
        let parts = parts.into_iter().map(|(weight, part)| (weight, Part::Measured(part)));
        Self { parts: parts.collect(), least, most }
    }

    /// A law of one part: counts from 0 on, shares from 0 to 1.
    pub(super) fn of(part: Part) -> Self {
        let most = if matches!(part, Part::Counted { .. }) { f64::INFINITY } else { 1.0 };
        Self { parts: vec![(1.0, part)], least: 0.0, most }
    }

    /// Several laws of the same values as one, each with its weight; the weights add up to 1.
    pub(super) fn mixed(laws: Vec<(f64, Self)>) -> Self {
        let least = laws.iter().map(|(_, law)| law.least).fold(f64::INFINITY, f64::min);
        let most = laws.iter().map(|(_, law)| law.most).fold(f64::NEG_INFINITY, f64::max);
        let parts = laws.into_iter().flat_map(|(weight, law)| {
            law.parts.into_iter().map(move |(share, part)| (weight * share, part))
        });
        Self { parts: parts.collect(), least, most }
    }

    /// The parts and their weights.
    pub fn parts(&self) -> &[(f64, Part)] {
        &self.parts
    }

    /// What a value is multiplied by to make whole numbers; `None` where there are none.
    fn whole_per_value(&self) -> Option<f64> {
        self.parts.first().and_then(|(_, part)| match part {
            Part::Measured(_) => None,
            Part::Counted { .. } => Some(1.0),
            Part::Shared(shared) => Some(shared.cases()),
        })
    }

    fn below(&self, level: f64) -> f64 {
        self.parts.iter().map(|(weight, part)| weight * part.below(level)).sum::<f64>().min(1.0)
    }

    /// The probability of a value at or below `level`.
    pub fn at_or_below(&self, level: f64) -> f64 {
        if level < self.least {
            0.0
        } else if level >= self.most {
            1.0
        } else {
            self.whole_per_value()
                .map_or_else(|| self.below(level), |per_value| self.below(whole(level * per_value)))
        }
    }

    /// The probability of a value at or above `level`.
    pub fn at_or_above(&self, level: f64) -> f64 {
        if level <= self.least {
            1.0
        } else if level > self.most {
            0.0
        } else {
            1.0 - self.whole_per_value().map_or_else(
                // A law without width lies on its centre, and all of it is at or above that.
                || self.below(level.next_down()),
                |per_value| self.below(-whole(-level * per_value) - 1.0),
            )
        }
    }

    /// The least value that has at least `probability` at or below it.
    ///
    /// Of whole events a whole number, of shares so many cases in all: a band from the quantile of
    /// `tail` to that of `1 − tail` never leaves more than `tail` outside on a side.
    pub fn quantile(&self, probability: f64) -> f64 {
        match self.whole_per_value() {
            None => self.measured_quantile(probability).clamp(self.least, self.most),
            Some(per_value) => least_whole(|whole| self.below(whole) >= probability) / per_value,
        }
    }

    fn measured_quantile(&self, probability: f64) -> f64 {
        let ends = self.parts.iter().filter_map(|(_, part)| match part {
            Part::Measured(student) => Some(student.quantile(probability)),
            Part::Counted { .. } | Part::Shared(_) => None,
        });
        let (low, high) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), end| {
            (low.min(end), high.max(end))
        });
        cross((low, high), |value| self.below(value) - probability)
    }
}

/// Where a rising function is 0 between two values: straight lines between the ends of the
/// bracket, the weight of an end halved when it stays (Dowell and Jarratt 1971, *BIT* 11), and
/// every fourth step halfway, so that the bracket closes however the function bends.
fn cross((mut low, mut high): (f64, f64), rising: impl Fn(f64) -> f64) -> f64 {
    let (mut under, mut over) = (rising(low), rising(high));
    let mut moved = None;
    for step in 1..200 {
        let halfway = low + (high - low) / 2.0;
        if high - low <= 1e-14 * high.abs().max(low.abs()) {
            break;
        }
        let line = (low * over - high * under) / (over - under);
        let inside = line > low && line < high && step % 4 != 0;
        let next = if inside { line } else { halfway };
        let at = rising(next);
        if at.abs() <= f64::EPSILON / 2.0 {
            return next;
        }
        let side = Side::of(at);
        let again = moved == side;
        if at < 0.0 {
            (low, under) = (next, at);
            over = if again { over / 2.0 } else { over };
        } else {
            (high, over) = (next, at);
            under = if again { under / 2.0 } else { under };
        }
        moved = side;
    }
    high
}

/// Rounded down to a whole number, what is a whole number but for rounding errors kept.
fn whole(value: f64) -> f64 {
    let near = value.round();
    if (value - near).abs() <= 1e-9 * near.abs().max(1.0) { near } else { value.floor() }
}

/// The least whole number from 0 on that is enough.
fn least_whole(enough: impl Fn(f64) -> bool) -> f64 {
    if enough(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while !enough(high) && high < 1e15 {
        low = high;
        high *= 2.0;
    }
    while high - low > 1.0 {
        let middle = (low + (high - low) / 2.0).floor();
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Probability of at most `events` events.
///
/// A negative binomial number with mean m and variance v has size s = m²/(v − m), and is at most k
/// with the probability that a beta(s, k + 1) variable is at most s/(s + m).
fn counted_below(mean: f64, variance: f64, events: f64) -> f64 {
    if events < 0.0 {
        return 0.0;
    }
    if mean <= 0.0 {
        return 1.0;
    }
    let size = mean * mean / (variance - mean);
    if variance <= mean || size > 1e9 {
        return gamma_above(events + 1.0, mean);
    }
    beta_below(size, events + 1.0, size / (size + mean))
}

impl Shared {
    /// The beta-binomial law of so many cases (a whole number) with this mean share, strictly
    /// between 0 and 1, and with `dispersion` binomial variances, above 1 and below `cases`.
    pub(super) fn new(cases: f64, mean: f64, dispersion: f64) -> Self {
        // dispersion = (a + b + cases) / (a + b + 1), a and b being those of the beta law
        let held = dispersion.clamp(1.0 + 1e-9, 1.0 + 0.999 * (cases - 1.0).max(1e-6));
        let size = ((cases - held) / (held - 1.0)).max(1e-6);
        let (a, b) = (mean * size, (1.0 - mean) * size);
        let mut sum = 0.0;
        let mut below: Vec<f64> = each_of(cases, a, b)
            .into_iter()
            .map(|each| {
                sum += each;
                f64::min(sum, 1.0)
            })
            .collect();
        below.pop();
        below.push(1.0);
        Self { below }
    }

    fn cases(&self) -> f64 {
        count(self.below.len() - 1)
    }

    fn at_most(&self, events: f64) -> f64 {
        if events < 0.0 {
            return 0.0;
        }
        self.below.get(whole_index(events)).copied().unwrap_or(1.0)
    }
}

/// The beta-binomial probability of each number of cases from 0 to all, a and b being those of the beta
/// law.
///
/// The one at the mean is worked out by itself; each other follows from its neighbour, a few roundings
/// further from exact with each step.
fn each_of(cases: f64, a: f64, b: f64) -> Vec<f64> {
    let middle = (cases * a / (a + b)).floor();
    let ways = -libm::log(cases + 1.0) - log_of_beta(middle + 1.0, cases - middle + 1.0);
    let at_middle =
        libm::exp(ways + log_of_beta(middle + a, cases - middle + b) - log_of_beta(a, b));
    // how many times as probable one more is
    let more = |events: f64| {
        (cases - events) / (events + 1.0) * ((events + a) / (cases - events - 1.0 + b))
    };
    let (mut each, mut events) = (at_middle, middle);
    let mut found = Vec::new();
    while events > 0.0 {
        events -= 1.0;
        each /= more(events);
        found.push(each);
    }
    found.reverse();
    found.push(at_middle);
    (each, events) = (at_middle, middle);
    while events < cases {
        each *= more(events);
        events += 1.0;
        found.push(each);
    }
    found
}

/// A number of degrees that belongs to so many values, after `used` numbers were taken from them.
pub(super) fn freedom(values: usize, used: usize) -> f64 {
    count(values.saturating_sub(used)).max(1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number from 0 on; one too large is past the end of any table"
)]
fn whole_index(number: f64) -> usize {
    number as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: ways × rising factorials of a and b over that of both, such as 4 × 2 × (3·4·5) / (5·6·7·8).
    #[test]
    fn beta_binomial_probabilities_are_the_exact_fractions() {
        let cases: [(f64, f64, f64, &[f64]); 3] = [
            (4.0, 2.0, 3.0, &[3.0 / 14.0, 2.0 / 7.0, 9.0 / 35.0, 6.0 / 35.0, 1.0 / 14.0]),
            // more at the ends than at the mean
            (2.0, 0.5, 0.5, &[3.0 / 8.0, 1.0 / 4.0, 3.0 / 8.0]),
            // no middle but an end
            (1.0, 1.0, 3.0, &[3.0 / 4.0, 1.0 / 4.0]),
        ];
        for (all, a, b, expected) in cases {
            let found = each_of(all, a, b);
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(expected) {
                assert!((found / expected - 1.0).abs() < 1e-14, "{found} is not {expected}");
            }
        }
    }
}
