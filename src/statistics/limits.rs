//! Process limits: how far a process wanders by itself.
//!
//! Not confidence limits, which belong to one value, and not targets.

pub mod c;
pub mod counted;
pub mod drawn;
pub mod g;
pub mod individuals;
pub mod iprime;
pub mod laney;
pub mod p;
pub mod ranges;
pub mod run;
pub mod s;
pub mod t;
pub mod u;
pub mod xbar;
pub mod xmr;

/// Mean and process limits of one phase, in the unit of the values.
///
/// The fields say separately what the reference (NHSRplotthedots 0.2.2) expresses by NaN:
///
/// | phase | `average_moving_range` | `sigma` | `lines` | reference |
/// |---|---|---|---|---|
/// | one reported point, or never two neighbours | `None` | `None` | `None` | limits NaN |
/// | all moving ranges 0, screened (all are left out) | `None` | 0 | `None` | limits NaN |
/// | all moving ranges 0, not screened | 0 | 0 | on the mean | limits = mean |
/// | all moving ranges but 0 screened out | 0 | 0 | on the mean | limits = mean |
/// | otherwise | above 0 | above 0 | about the mean | the same |
///
/// No field is ever NaN where the values are finite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Mean of the baseline points.
    pub mean: f64,
    /// One sigma: mean moving range over 1.128. 0 where nothing varies; `None` where the
    /// spread is unknown because no two neighbouring points are reported.
    pub sigma: Option<f64>,
    /// Process limits and two-sigma lines; `None` where there are none to draw or to test against.
    pub lines: Option<Lines>,
    /// Mean moving range after screening; `None` without any moving range left.
    pub average_moving_range: Option<f64>,
    /// Number of moving ranges left out by screening.
    pub screened: usize,
}

/// The four lines around a mean, in the unit of the values. Not held to 0 or to 100 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lines {
    /// Lower process limit, three sigma below the mean.
    pub lower: f64,
    /// Upper process limit, three sigma above the mean.
    pub upper: f64,
    /// Two-sigma line below the mean.
    pub near_lower: f64,
    /// Two-sigma line above the mean.
    pub near_upper: f64,
}

impl Lines {
    /// Whether a value lies strictly beyond a process limit.
    pub fn outside(&self, value: f64) -> bool {
        value < self.lower || value > self.upper
    }

    /// Whether a value lies strictly beyond a two-sigma line and not outside: between two and
    /// three sigma.
    pub fn near(&self, value: f64) -> bool {
        (value < self.near_lower || value > self.near_upper) && !self.outside(value)
    }
}
