//! Shares and rates: events counted among cases or exposure that differ from point to point.

use super::drawn::Drawn;
use super::laney::{self, Sized};
use crate::statistics::sums;

/// Events, and the cases or the exposure they happened among.
pub type Counted = (f64, f64);

/// Where shares or rates stand and how far they scatter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scatter {
    /// Mean share or rate of the baseline: its events over its cases or exposure.
    pub mean: f64,
    /// One sigma of a point with one case or one unit of exposure, by chance alone.
    pub unit_sigma: f64,
    /// How many times more than by chance alone the points scatter: 1 on p and u charts; on p′
    /// and u′ charts Laney's factor as computed, not held to 1 or more. `None` where it cannot be
    /// computed.
    pub factor: Option<f64>,
    /// The largest value there can be: 1 for shares.
    most: f64,
}

impl Scatter {
    /// Scatter by chance alone.
    pub(super) fn by_chance(mean: f64, unit_variance: f64, most: f64) -> Self {
        Self { mean, unit_sigma: unit_variance.sqrt(), factor: Some(1.0), most }
    }

    /// Widened by Laney's factor as computed.
    pub(super) fn widened(self, baseline: &[Option<Counted>], screened: bool) -> Self {
        let sized = |(events, size): Counted| Sized { value: events / size, size };
        let points: Vec<Option<Sized>> = baseline.iter().map(|point| point.map(sized)).collect();
        Self { factor: laney::factor(&points, self.mean, self.unit_sigma, screened), ..self }
    }

    /// One sigma of a point with so many cases or so much exposure; `None` without any.
    pub fn sigma(&self, size: f64) -> Option<f64> {
        let by_chance = self.unit_sigma / size.sqrt();
        self.factor.map(|factor| by_chance * factor).filter(|sigma| sigma.is_finite())
    }

    /// Centre line and limits of a point with so many cases or so much exposure, the limits held
    /// to 0 or more, and to 1 or less for shares.
    pub fn drawn(&self, size: Option<f64>) -> Drawn {
        Drawn::around(self.mean, size.and_then(|size| self.sigma(size))).held(0.0, self.most)
    }
}

/// All events over all cases or exposure; `None` without any.
pub(super) fn pooled(baseline: &[Option<Counted>]) -> Option<f64> {
    let (events, sizes): (Vec<f64>, Vec<f64>) = baseline.iter().copied().flatten().unzip();
    let size = sums::sum(&sizes);
    (size > 0.0).then(|| sums::sum(&events) / size)
}
