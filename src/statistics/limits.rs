//! Process limits.

pub mod xmr;

/// Mean and process limits of one phase, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Mean of the baseline points.
    pub mean: f64,
    /// One sigma: mean moving range over 1.128.
    pub sigma: f64,
    /// Lower process limit.
    pub lower: f64,
    /// Upper process limit.
    pub upper: f64,
    /// Two-sigma lower line.
    pub near_lower: f64,
    /// Two-sigma upper line.
    pub near_upper: f64,
    /// Mean moving range after screening.
    pub average_moving_range: f64,
    /// Moving ranges left out by screening.
    pub screened: usize,
}
