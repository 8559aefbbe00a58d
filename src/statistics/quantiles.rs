//! Quantiles of the distributions that intervals are made of.
//!
//! Written out rather than taken from a crate for two reasons: the logarithms and exponentials
//! are `libm`'s, so that a pack has the same digits on every machine, and the continued fractions
//! run until they have converged, whatever the size of the counts. Every function is solved from
//! its tail to the last digits; tested against 50-digit references to 1e-12.
//!
//! Sources: Abramowitz and Stegun, *Handbook of Mathematical Functions*, 6.5.29, 6.5.31, 26.5.8;
//! Lentz's method for continued fractions (Press and others, *Numerical Recipes*, 5.2).

use std::f64::consts::{PI, SQRT_2};

mod gamma;
mod solve;

pub use gamma::{gamma_above, gamma_lower, gamma_upper};
use solve::{Near, Start, solve};

/// The z above which a standard normal value lies with probability `tail`, `tail` in (0, 1).
pub fn normal_upper(tail: f64) -> f64 {
    if tail > 0.5 {
        return -normal_upper(1.0 - tail);
    }
    let start = Start { at: rough_normal(tail), low: 0.0, high: 40.0, spread: 1.0 };
    let wanted = libm::log(tail);
    solve(start, |z| {
        let above = libm::erfc(z / SQRT_2) / 2.0;
        let density = libm::exp(-z * z / 2.0) / (2.0 * PI).sqrt();
        let slope = density / above;
        Near { value: wanted - libm::log(above), slope, bend: slope - z }
    })
}

/// About [`normal_upper`], to 0.0005, for tails up to a half (Abramowitz and Stegun, 26.2.23).
fn rough_normal(tail: f64) -> f64 {
    let t = (-2.0 * libm::log(tail)).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    (t - above / below).max(0.0)
}

/// The t beyond which, on both sides together, Student's t with `freedom` degrees lies with
/// probability `tails`.
pub fn student_beyond(freedom: f64, tails: f64) -> f64 {
    // Both shares are of one whole, t² / (freedom + t²) and the rest; the smaller is the exacter.
    let rest = beta_lower(freedom / 2.0, 0.5, tails);
    if rest < 0.5 {
        (freedom * (1.0 - rest) / rest).sqrt()
    } else {
        let share = beta_upper(0.5, freedom / 2.0, tails);
        (freedom * share / (1.0 - share)).sqrt()
    }
}

/// The share below which a beta(a, b) variable lies with probability `tail`.
pub fn beta_lower(a: f64, b: f64, tail: f64) -> f64 {
    let (wanted, whole) = (libm::log(tail), log_beta(a, b));
    solve(beta_start(a, b), |x| {
        let at = beta_tails(a, b, x, whole);
        let slope = at.density / at.lower;
        Near { value: libm::log(at.lower) - wanted, slope, bend: beta_bend(a, b, x) - slope }
    })
}

/// The share above which a beta(a, b) variable lies with probability `tail`.
pub fn beta_upper(a: f64, b: f64, tail: f64) -> f64 {
    let (wanted, whole) = (libm::log(tail), log_beta(a, b));
    solve(beta_start(a, b), |x| {
        let at = beta_tails(a, b, x, whole);
        let slope = at.density / at.upper;
        Near { value: wanted - libm::log(at.upper), slope, bend: beta_bend(a, b, x) + slope }
    })
}

fn beta_start(a: f64, b: f64) -> Start {
    // No spread, so that every step is checked by another: near 0 and 1 the fractions lose digits.
    Start { at: a / (a + b), low: 0.0, high: 1.0, spread: 0.0 }
}

/// The density's slope over the density.
fn beta_bend(a: f64, b: f64, x: f64) -> f64 {
    (a - 1.0) / x - (b - 1.0) / (1.0 - x)
}

/// The probability that Student's t with `freedom` degrees lies at or below `t`.
pub fn student_below(t: f64, freedom: f64) -> f64 {
    let square = t * t;
    // Both shares are of one whole; taken from the smaller, nothing is lost on either side.
    let beyond = if square < freedom {
        1.0 - beta_below(0.5, freedom / 2.0, square / (freedom + square))
    } else {
        beta_below(freedom / 2.0, 0.5, freedom / (freedom + square))
    };
    if t > 0.0 { 1.0 - beyond / 2.0 } else { beyond / 2.0 }
}

/// The probability that a beta(a, b) variable lies at or below `share`.
pub fn beta_below(a: f64, b: f64, share: f64) -> f64 {
    if share <= 0.0 {
        0.0
    } else if share >= 1.0 {
        1.0
    } else {
        beta_tails(a, b, share, log_beta(a, b)).lower
    }
}

/// Logarithm of the beta function of two positive numbers.
pub fn log_of_beta(a: f64, b: f64) -> f64 {
    log_beta(a, b)
}

/// Probability below and above a value, and the density at it.
struct Tails {
    lower: f64,
    upper: f64,
    density: f64,
}

/// `whole` is the logarithm of the beta function of both.
fn beta_tails(a: f64, b: f64, x: f64, whole: f64) -> Tails {
    let weight = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - whole);
    let density = weight / (x * (1.0 - x));
    if x < (a + 1.0) / (a + b + 2.0) {
        let lower = weight / (a * beta_fraction(a, b, x));
        Tails { lower, upper: 1.0 - lower, density }
    } else {
        let upper = weight / (b * beta_fraction(b, a, 1.0 - x));
        Tails { lower: 1.0 - upper, upper, density }
    }
}

/// Logarithm of the beta function.
///
/// For large arguments the difference of two log-gammas would lose what the smaller is worth, so
/// it is made from Stirling's formula with the large parts taken together.
fn log_beta(a: f64, b: f64) -> f64 {
    let (small, large) = (a.min(b), a.max(b));
    let both = small + large;
    if large < 10.0 {
        return libm::lgamma(small) + libm::lgamma(large) - libm::lgamma(both);
    }
    let apart = stirling_rest(large) - stirling_rest(both);
    libm::lgamma(small) + apart + small
        - (large - 0.5) * libm::log1p(small / large)
        - small * libm::log(both)
}

/// What Stirling's formula leaves of log-gamma, for arguments from 10 on (Abramowitz and Stegun,
/// 6.1.41).
fn stirling_rest(x: f64) -> f64 {
    const SERIES: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    let square = 1.0 / (x * x);
    SERIES.iter().rev().fold(0.0, |rest, coefficient| rest * square + coefficient) / x
}

fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    continued_fraction(1.0, |step| {
        let m = f64::from(step / 2);
        let is_odd = step % 2 == 1;
        let step = f64::from(step);
        let numerator = if is_odd {
            -(a + m) * (a + b + m) * x / ((a + step - 1.0) * (a + step))
        } else {
            m * (b - m) * x / ((a + step - 1.0) * (a + step))
        };
        (numerator, 1.0)
    })
}

/// `first + n(1)/(d(1) + n(2)/(d(2) + …))` with `terms(step) = (n, d)`.
fn continued_fraction(first: f64, terms: impl Fn(u32) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut value = away_from_zero(first);
    let (mut above, mut below) = (value, 0.0);
    for step in 1..1_000_000 {
        let (numerator, denominator) = terms(step);
        below = 1.0 / away_from_zero(denominator + numerator * below);
        above = away_from_zero(denominator + numerator / above);
        let factor = above * below;
        value *= factor;
        if (factor - 1.0).abs() <= 4.0 * f64::EPSILON {
            break;
        }
    }
    value
}
