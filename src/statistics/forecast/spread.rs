//! How far single values lie from their line, by the nature of the number.

use super::Nature;
use super::fit::Fit;
use super::law::{Law, Part, Shared, Student, WHOLE_CASES, freedom};
use crate::statistics::sums::{count, mean, sum};

/// The spread of single values about a fitted line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Spread {
    /// Standard deviation about the line.
    Measured { deviation: f64, freedom: f64, least: f64 },
    /// Variance about the line in Poisson variances, 1 or above.
    Counts { dispersion: f64, usual: f64, points: f64 },
    /// Variance about the line in binomial variances, 1 or above.
    Shares { dispersion: f64, freedom: f64, usual: f64, cases: f64, all_cases: f64, expected: f64 },
}

impl Spread {
    pub(super) fn of(values: &[Option<f64>], nature: Nature<'_>, fit: &Fit) -> Self {
        let points: Vec<(usize, f64)> =
            values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
        let freedom = freedom(points.len(), fit.used);
        let plain: Vec<f64> = points.iter().map(|(_, value)| *value).collect();
        let usual = mean(&plain).unwrap_or(0.0);
        let left_over = |variance: &dyn Fn(usize, f64) -> f64| {
            let ratio = |&(at, value): &(usize, f64)| {
                let line = fit.at(count(at));
                (value - line) * (value - line) / variance(at, line)
            };
            sum(&points.iter().map(ratio).collect::<Vec<_>>()) / freedom
        };
        match nature {
            Nature::Counts => {
                let points = count(points.len());
                let dispersion = left_over(&|_, line| counted(line, points));
                let usual = counted(usual, points);
                Self::Counts { dispersion: held(dispersion, freedom), usual, points }
            }
            Nature::Shares { cases, expected } => {
                let cases_at = |at: usize| cases.get(at).copied().flatten().unwrap_or(1.0);
                let all: Vec<f64> = points.iter().map(|(at, _)| cases_at(*at)).collect();
                let all_cases = sum(&all);
                let share = |line: f64| inside(line, all_cases);
                let dispersion =
                    left_over(&|at, line| share(line) * (1.0 - share(line)) / cases_at(at));
                Self::Shares {
                    dispersion: held(dispersion, freedom),
                    freedom,
                    usual: share(usual),
                    cases: all_cases / count(points.len()),
                    all_cases,
                    expected: expected.round(),
                }
            }
            Nature::Measured | Nature::Stock => {
                let negative = plain.iter().any(|value| *value < 0.0);
                let least = if negative { f64::NEG_INFINITY } else { 0.0 };
                Self::Measured { deviation: left_over(&|_, _| 1.0).sqrt(), freedom, least }
            }
        }
    }

    /// The law of a value at a position to come.
    pub(super) fn law(&self, fit: &Fit, position: f64) -> Law {
        let (line, doubt) = (fit.at(position), fit.doubt(position));
        match *self {
            Self::Measured { deviation, freedom, least } => {
                let scale = deviation * (1.0 + doubt).sqrt();
                let part = Student { centre: line, scale, freedom };
                Law::measured(vec![(1.0, part)], least, f64::INFINITY)
            }
            Self::Counts { dispersion, usual, points } => {
                let mean = counted(line, points);
                Law::of(Part::Counted { mean, variance: dispersion * (mean + usual * doubt) })
            }
            Self::Shares { dispersion, freedom, usual, cases, all_cases, expected } => {
                let mean = inside(line, all_cases);
                let single = mean * (1.0 - mean);
                let line_variance = usual * (1.0 - usual) / cases * doubt;
                let dispersion = dispersion * (1.0 + line_variance * expected / single);
                if expected > WHOLE_CASES {
                    let scale = (dispersion * single / expected).sqrt();
                    let part = Student { centre: mean, scale, freedom };
                    return Law::measured(vec![(1.0, part)], 0.0, 1.0);
                }
                Law::of(Part::Shared(Shared::new(expected, mean, dispersion)))
            }
        }
    }
}

/// A line of counts with half an event added to all of its points together, so that a stretch
/// without any does not make one impossible (Jeffreys).
fn counted(line: f64, points: f64) -> f64 {
    line.max(0.0) + 0.5 / points
}

/// A line of shares with half an event and half a case without added to all cases.
fn inside(share: f64, all_cases: f64) -> f64 {
    (share.clamp(0.0, 1.0) * all_cases + 0.5) / (all_cases + 1.0)
}

/// Dispersion as it is used: that of Student's law with so many degrees of freedom, because it is
/// estimated, and never below what chance alone makes.
fn held(dispersion: f64, freedom: f64) -> f64 {
    let stretched = dispersion * freedom / (freedom - 2.0).max(1.0);
    stretched.max(1.0)
}
