//! Over-dispersion of a funnel: units that differ by more than chance for reasons nobody measured.
//!
//! As the Care Quality Commission and its predecessor use it. Each figure is transformed so that
//! its standard error s hardly depends on it, z is its distance from the average over s, and the
//! tenth of z at each end is drawn in to the rest (winsorised). φ, the mean of those squares, is
//! about 1 by chance alone. Where there is more, τ², the variance between units, is added to s².
//!
//! Sources: Spiegelhalter (2005), *Quality and Safety in Health Care* 14, 347–351; Spiegelhalter,
//! Sherlaw-Johnson, Bardsley, Blunt, Wood and Grigg (2012), *Journal of the Royal Statistical
//! Society A* 175, 1–47, appendix; Care Quality Commission (2014), *Intelligent Monitoring: NHS
//! acute hospitals, statistical methodology*.

use super::intervals::quantile::between_ranks;
use super::sums;

/// The share of units drawn in at each end.
pub const WINSORISED: f64 = 0.10;

/// What the figures are, which decides how they are transformed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Events out of cases: arcsine of the square root.
    Proportion,
    /// Events over expected events, or over an exposure times the average: square root.
    Events,
}

impl Kind {
    /// A figure on the scale where its standard error is constant.
    pub fn transformed(self, figure: f64) -> f64 {
        match self {
            Self::Proportion => libm::asin(figure.clamp(0.0, 1.0).sqrt()),
            Self::Events => figure.max(0.0).sqrt(),
        }
    }

    /// The figure of a place on that scale.
    pub fn back(self, place: f64) -> f64 {
        match self {
            Self::Proportion => {
                let sine = libm::sin(place.clamp(0.0, std::f64::consts::FRAC_PI_2));
                sine * sine
            }
            Self::Events => place.max(0.0) * place.max(0.0),
        }
    }
}

/// A unit: its figure and the number it is out of (cases, or expected events).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Share of cases, or observed over expected.
    pub figure: f64,
    /// Cases, or expected events; above 0.
    pub size: f64,
}

impl Unit {
    /// Standard error on the transformed scale: 1/(2√size) by the delta method, for both kinds.
    fn error(self) -> f64 {
        0.5 / self.size.sqrt()
    }
}

/// How much more the units differ than chance explains.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    kind: Kind,
    average: f64,
    /// Each unit's distance from the average in standard errors.
    pub distances: Vec<f64>,
    /// The same, drawn in at both ends.
    pub winsorised: Vec<f64>,
    /// Mean square of the winsorised distances: about 1 by chance alone.
    pub phi: f64,
    /// Variance between units on the transformed scale; 0 where chance explains all.
    pub between: f64,
}

/// The over-dispersion of units around an average (1 for standardised ratios).
///
/// `None` with fewer than two units, or where a size is not above 0. The percentiles of the
/// winsorising lie between neighbours in rank (Hyndman and Fan's type 7, as R's `quantile`).
pub fn dispersion(kind: Kind, units: &[Unit], average: f64) -> Option<Dispersion> {
    let sound = |unit: &Unit| unit.size > 0.0 && unit.size.is_finite() && unit.figure >= 0.0;
    if units.len() < 2 || !units.iter().all(sound) || average <= 0.0 || average.is_nan() {
        return None;
    }
    let target = kind.transformed(average);
    let distances: Vec<f64> =
        units.iter().map(|unit| (kind.transformed(unit.figure) - target) / unit.error()).collect();
    let mut sorted = distances.clone();
    sorted.sort_by(f64::total_cmp);
    let (low, high) =
        (between_ranks(&sorted, WINSORISED), between_ranks(&sorted, 1.0 - WINSORISED));
    let winsorised: Vec<f64> = distances.iter().map(|z| z.clamp(low, high)).collect();
    let number = sums::count(units.len());
    let squares = sums::sum(&winsorised.iter().map(|z| z * z).collect::<Vec<_>>());
    let weights: Vec<f64> = units.iter().map(|unit| 4.0 * unit.size).collect();
    let total = sums::sum(&weights);
    let of_squares = sums::sum(&weights.iter().map(|weight| weight * weight).collect::<Vec<_>>());
    let between = ((squares - (number - 1.0)) / (total - of_squares / total)).max(0.0);
    Some(Dispersion { kind, average, distances, winsorised, phi: squares / number, between })
}

impl Dispersion {
    /// A unit's distance from the average with the variance between units allowed for.
    pub fn adjusted(&self, unit: Unit) -> f64 {
        let distance = self.kind.transformed(unit.figure) - self.kind.transformed(self.average);
        distance / self.error(unit.size)
    }

    /// The funnel's limits for units of this size, `z` errors from the average, as figures: not
    /// below 0, and of proportions not above 1.
    pub fn limits(&self, size: f64, z: f64) -> (f64, f64) {
        let (target, half) = (self.kind.transformed(self.average), z * self.error(size));
        (self.kind.back(target - half), self.kind.back(target + half))
    }

    fn error(&self, size: f64) -> f64 {
        (0.25 / size + self.between).sqrt()
    }
}
