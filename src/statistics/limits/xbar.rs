//! The x̄ chart: means of several measurements a point.

use super::drawn::Drawn;
use super::s::{c4, spread};
use crate::statistics::sums;

/// What is known of the measurements at one point.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Subgroup {
    /// How many there are; missing ones not counted.
    pub number: usize,
    /// Their mean; `None` without any.
    pub mean: Option<f64>,
    /// Their standard deviation; `None` with fewer than two.
    pub deviation: Option<f64>,
}

impl Subgroup {
    /// The subgroup of these measurements.
    pub fn of(values: &[f64]) -> Self {
        Self { number: values.len(), mean: sums::mean(values), deviation: sums::deviation(values) }
    }
}

/// Where the means of an x̄ chart stand and how far single measurements scatter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct XBar {
    /// Mean of all measurements of the baseline.
    pub mean: f64,
    /// Spread inside the subgroups, as the s chart's centre; `None` where none has two.
    pub spread: Option<f64>,
}

/// Mean and spread of an x̄ chart.
///
/// The mean is of all measurements of the `baseline`, or was `given`. The spread is the mean of
/// its standard deviations where all subgroups are of `one_size`, else the pooled one. `None`
/// without any reported or given mean.
///
/// Source: Montgomery, equations 6.29 to 6.31.
pub fn xbar(baseline: &[Subgroup], one_size: bool, given: Option<f64>) -> Option<XBar> {
    let number = |group: &Subgroup| sums::count(group.number);
    let totals: Vec<f64> =
        baseline.iter().filter_map(|group| Some(number(group) * group.mean?)).collect();
    let measured = sums::sum(&baseline.iter().map(number).collect::<Vec<_>>());
    let mean = || (measured > 0.0).then(|| sums::sum(&totals) / measured);
    Some(XBar { mean: given.or_else(mean)?, spread: spread(baseline, one_size) })
}

impl XBar {
    /// Centre line and limits of a point with so many measurements; no limits with fewer than two.
    pub fn drawn(&self, number: usize) -> Drawn {
        let root = sums::count(number).sqrt();
        let sigma = self.spread.zip(c4(number)).map(|(spread, c4)| spread / (c4 * root));
        Drawn::around(self.mean, sigma)
    }
}
