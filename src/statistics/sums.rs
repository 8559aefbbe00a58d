//! Sums and means that do not lose digits.
//!
//! A plain sum of twenty-four times 0.1 divided by 24 is not 0.1, and a point that lies on the
//! mean would be counted as lying beside it. Every sum of the statistics is made here.

/// Sum of the values, exact to the last digit or next to it. 0 without values.
///
/// The rounding error of each addition is kept in a second number and added at the end. Values
/// are expected to be finite.
///
/// Source: Neumaier (1974), *Zeitschrift für Angewandte Mathematik und Mechanik* 54, with the
/// two-sum of Knuth (*The Art of Computer Programming*, 4.2.2).
pub fn sum(values: &[f64]) -> f64 {
    total(values.iter().copied())
}

/// Arithmetic mean of the values, in their unit. `None` without values.
///
/// The sum over the number, then a second pass that adds the mean of what is left over: the
/// result is the number nearest to the true mean, or the one beside it. R's `mean()` does the same
/// in extended precision, so that equality with the mean is decided alike.
///
/// ```
/// use concordat::statistics::sums::mean;
/// assert_eq!(mean(&[0.1; 24]), Some(0.1));
/// assert_eq!(mean(&[]), None);
/// ```
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let number = count(values.len());
    let first = sum(values) / number;
    let mut left_over = Total::default();
    for &value in values {
        left_over.add(value);
        left_over.add(-first);
    }
    Some(first + left_over.value() / number)
}

/// Sample standard deviation (divisor: number less one), in the unit of the values.
///
/// `None` with fewer than two values. Exactly 0 where all values are equal.
pub fn deviation(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let centre = mean(values)?;
    let squares = total(values.iter().map(|&value| (value - centre) * (value - centre)));
    Some((squares / count(values.len() - 1)).sqrt())
}

/// A number of things as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "a series has far fewer than 2^53 points")]
pub(crate) fn count(number: usize) -> f64 {
    number as f64
}

fn total(values: impl Iterator<Item = f64>) -> f64 {
    let mut total = Total::default();
    values.for_each(|value| total.add(value));
    total.value()
}

/// A running sum and the rounding errors it has made.
#[derive(Default)]
struct Total {
    high: f64,
    low: f64,
}

impl Total {
    fn add(&mut self, value: f64) {
        let next = self.high + value;
        let part = next - self.high;
        self.low += (self.high - (next - part)) + (value - part);
        self.high = next;
    }

    fn value(self) -> f64 {
        self.high + self.low
    }
}
