//! Stocks: levels such as occupied beds, which carry over from one period to the next.
//!
//! Much of this month's level is last month's. Neighbours differ less than the level wanders, so
//! moving ranges give too narrow limits, and twelve months tell less than twelve separate
//! figures would.

use super::sums;

/// How much of a level carries over from one period to the next: the r of a process in which
/// `value − mean = r · (value before − mean) + something new` (first-order autoregression).
///
/// Always between 0.4 and 0.8: a short series does not tell r well enough to go further, and a
/// stock is never taken for independent values.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Persistence(f64);

impl Persistence {
    /// The least r that is used.
    pub const LEAST: f64 = 0.4;
    /// The greatest r that is used.
    pub const MOST: f64 = 0.8;
    /// Fewest pairs of neighbouring differences that r is estimated from: those of twelve points
    /// without a gap, the fewest for which variation and assurance are judged. The standard error
    /// of r is about 2/√pairs, 0.63 at ten.
    pub const FEWEST_PAIRS: usize = 10;
    /// What is used where r cannot be estimated: 0.6, the middle of what is allowed.
    pub const UNKNOWN: Self = Self(0.6);

    /// Estimates r as 1 + 2ρ, ρ being the lag-1 correlation of the successive differences.
    ///
    /// For a first-order autoregression ρ is (r − 1)/2. Differences are used because their
    /// correlation, unlike that of the values, is hardly moved by a step or a drift of the level.
    /// With dᵢ the difference between two neighbouring reported values and m the mean of all of
    /// them, ρ is the mean of (dᵢ − m)(dᵢ₊₁ − m) over all neighbouring pairs, divided by the mean
    /// of (dᵢ − m)² over all differences. No difference is taken across a missing value, and no
    /// pair. The result is held to 0.4–0.8.
    ///
    /// `None` with fewer than [`FEWEST_PAIRS`](Self::FEWEST_PAIRS) pairs, or where all differences
    /// are equal: use [`UNKNOWN`](Self::UNKNOWN) then.
    ///
    /// Source: Box, Jenkins and Reinsel, *Time Series Analysis*, 2.1.4 (the autocorrelation) and
    /// 3.2.3 (the first-order process); the bounds are ours.
    pub fn estimate(values: &[Option<f64>]) -> Option<Self> {
        let steps: Vec<Option<f64>> =
            values.windows(2).map(|pair| Some(pair[1]? - pair[0]?)).collect();
        let taken: Vec<f64> = steps.iter().copied().flatten().collect();
        let centre = sums::mean(&taken)?;
        let products: Vec<f64> = steps
            .windows(2)
            .filter_map(|pair| Some((pair[0]? - centre) * (pair[1]? - centre)))
            .collect();
        let squares: Vec<f64> =
            taken.iter().map(|step| (step - centre) * (step - centre)).collect();
        let square = sums::mean(&squares)?;
        if products.len() < Self::FEWEST_PAIRS || square <= 0.0 {
            return None;
        }
        let correlation = sums::mean(&products)? / square;
        Some(Self((1.0 + 2.0 * correlation).clamp(Self::LEAST, Self::MOST)))
    }

    /// The r itself, between 0.4 and 0.8.
    pub fn r(self) -> f64 {
        self.0
    }

    /// What a sigma from moving ranges is multiplied by: 1/√(1 − r). Neighbours differ by
    /// √(2(1 − r)) sigma instead of √2 sigma.
    pub fn sigma_factor(self) -> f64 {
        1.0 / (1.0 - self.0).sqrt()
    }

    /// What the standard error of a mean is multiplied by: √((1 + r)/(1 − r)), its value for a
    /// mean of many periods.
    pub fn mean_factor(self) -> f64 {
        ((1.0 + self.0) / (1.0 - self.0)).sqrt()
    }
}
