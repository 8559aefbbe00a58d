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

/// The z above which a standard normal value lies with probability `tail`, `tail` in (0, 1).
pub fn normal_upper(tail: f64) -> f64 {
    if tail > 0.5 {
        return -normal_upper(1.0 - tail);
    }
    solve((0.0, 40.0), 1.0, |z| {
        let above = libm::erfc(z / SQRT_2) / 2.0;
        let density = libm::exp(-z * z / 2.0) / (2.0 * PI).sqrt();
        (libm::log(tail) - libm::log(above), density / above)
    })
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

/// The value below which a gamma variable of this shape and scale 1 lies with probability `tail`.
/// Half the chi-square quantile with twice the shape as degrees of freedom.
pub fn gamma_lower(shape: f64, tail: f64) -> f64 {
    solve((0.0, gamma_bound(shape, 1.0 - tail)), shape, |x| {
        let at = gamma_tails(shape, x);
        (libm::log(at.lower) - libm::log(tail), at.density / at.lower)
    })
}

/// The value above which a gamma variable of this shape and scale 1 lies with probability `tail`.
pub fn gamma_upper(shape: f64, tail: f64) -> f64 {
    solve((0.0, gamma_bound(shape, tail)), shape, |x| {
        let at = gamma_tails(shape, x);
        (libm::log(tail) - libm::log(at.upper), at.density / at.upper)
    })
}

/// The share below which a beta(a, b) variable lies with probability `tail`.
pub fn beta_lower(a: f64, b: f64, tail: f64) -> f64 {
    solve((0.0, 1.0), a / (a + b), |x| {
        let at = beta_tails(a, b, x);
        (libm::log(at.lower) - libm::log(tail), at.density / at.lower)
    })
}

/// The share above which a beta(a, b) variable lies with probability `tail`.
pub fn beta_upper(a: f64, b: f64, tail: f64) -> f64 {
    solve((0.0, 1.0), a / (a + b), |x| {
        let at = beta_tails(a, b, x);
        (libm::log(tail) - libm::log(at.upper), at.density / at.upper)
    })
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
        beta_tails(a, b, share).lower
    }
}

/// The probability that a gamma variable of this shape and scale 1 lies above `x`; for a shape of
/// n + 1, that a Poisson number with mean `x` is at most n.
pub fn gamma_above(shape: f64, x: f64) -> f64 {
    if x <= 0.0 { 1.0 } else { gamma_tails(shape, x).upper }
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

fn gamma_tails(shape: f64, x: f64) -> Tails {
    let weight = libm::exp(shape * libm::log(x) - x - libm::lgamma(shape));
    let density = weight / x;
    if x < shape + 1.0 {
        let (mut term, mut series) = (1.0 / shape, 1.0 / shape);
        let mut next = shape;
        while term > series * f64::EPSILON / 8.0 {
            next += 1.0;
            term *= x / next;
            series += term;
        }
        let lower = weight * series;
        Tails { lower, upper: 1.0 - lower, density }
    } else {
        let fraction = continued_fraction(x + 1.0 - shape, |step| {
            (-step * (step - shape), x + 1.0 - shape + 2.0 * step)
        });
        let upper = weight / fraction;
        Tails { lower: 1.0 - upper, upper, density }
    }
}

/// A value with no more than `tail` above it.
fn gamma_bound(shape: f64, tail: f64) -> f64 {
    let mut bound = 2.0 * shape + 1.0;
    while gamma_tails(shape, bound).upper > tail {
        bound *= 2.0;
    }
    bound
}

fn beta_tails(a: f64, b: f64, x: f64) -> Tails {
    let weight = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - log_beta(a, b));
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
        let m = (step / 2.0).floor();
        let numerator = if step % 2.0 > 0.5 {
            -(a + m) * (a + b + m) * x / ((a + step - 1.0) * (a + step))
        } else {
            m * (b - m) * x / ((a + step - 1.0) * (a + step))
        };
        (numerator, 1.0)
    })
}

/// `first + n(1)/(d(1) + n(2)/(d(2) + …))` with `terms(step) = (n, d)`.
fn continued_fraction(first: f64, terms: impl Fn(f64) -> (f64, f64)) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |x: f64| if x.abs() < TINY { TINY } else { x };
    let mut value = away_from_zero(first);
    let (mut above, mut below) = (value, 0.0);
    for step in 1..1_000_000 {
        let (numerator, denominator) = terms(f64::from(step));
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

/// Where a rising function is 0: Newton's steps, and halving where a step leaves the bracket.
/// `rising` gives the value and the slope.
fn solve(bracket: (f64, f64), start: f64, rising: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = bracket;
    let mut x = start;
    for _ in 0..200 {
        let (value, slope) = rising(x);
        if value > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - value / slope;
        let next = if newton > low && newton < high { newton } else { low + (high - low) / 2.0 };
        if (next - x).abs() <= 2.0 * f64::EPSILON * x.abs() {
            return next;
        }
        x = next;
    }
    x
}
