//! Quantiles of the gamma distribution.

use super::solve::{Near, Start, solve};
use super::{continued_fraction, rough_normal};

/// The probability that a gamma variable of this shape and scale 1 lies above `x`; for a shape of
/// n + 1, that a Poisson number with mean `x` is at most n.
pub fn gamma_above(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    match Law::new(shape).tail(x) {
        Tail::Lower { log, .. } => 1.0 - libm::exp(log),
        Tail::Upper { log, .. } => libm::exp(log),
    }
}

/// The value below which a gamma variable of this shape and scale 1 lies with probability `tail`.
/// Half the chi-square quantile with twice the shape as degrees of freedom.
pub fn gamma_lower(shape: f64, tail: f64) -> f64 {
    let law = Law::new(shape);
    if law.is_summed() && tail >= 0.001 {
        // What lies above is the quicker sum, and tells so large a tail to thirteen digits.
        let wanted = libm::log1p(-tail);
        return solve(law.start(tail), |x| {
            let (upper, slope) = law.summed(x);
            Near { value: wanted - upper, slope, bend: (shape - 1.0) / x - 1.0 + slope }
        });
    }
    let wanted = libm::log(tail);
    solve(law.start(tail), |x| {
        let (lower, slope) = match law.tail(x) {
            Tail::Lower { log, slope } => (log, slope),
            Tail::Upper { log, slope } => other(log, slope),
        };
        Near { value: lower - wanted, slope, bend: (shape - 1.0) / x - 1.0 - slope }
    })
}

/// The value above which a gamma variable of this shape and scale 1 lies with probability `tail`.
pub fn gamma_upper(shape: f64, tail: f64) -> f64 {
    let (law, wanted) = (Law::new(shape), libm::log(tail));
    solve(law.start(1.0 - tail), |x| {
        let (upper, slope) = match law.tail(x) {
            Tail::Upper { log, slope } => (log, slope),
            Tail::Lower { log, slope } => other(log, slope),
        };
        Near { value: wanted - upper, slope, bend: (shape - 1.0) / x - 1.0 + slope }
    })
}

/// Up to this shape, a whole one's upper tail is summed.
const SUMMED: f64 = 20.0;

/// The logarithm of the probability on one side of a value, whichever is told exactly, and the
/// density over that probability.
enum Tail {
    Lower { log: f64, slope: f64 },
    Upper { log: f64, slope: f64 },
}

/// The same for the other side.
fn other(log: f64, slope: f64) -> (f64, f64) {
    let this = libm::exp(log);
    (libm::log1p(-this), slope * this / (1.0 - this))
}

/// A gamma distribution with scale 1.
struct Law {
    shape: f64,
    log_gamma: f64,
}

impl Law {
    fn new(shape: f64) -> Self {
        Self { shape, log_gamma: libm::lgamma(shape) }
    }

    /// Near the value below which lies `lower`: Wilson and Hilferty's cube of a normal value
    /// (Abramowitz and Stegun, 26.4.17); far below one, where the density is a power, that power's.
    fn start(&self, lower: f64) -> Start {
        let z = if lower < 0.5 { -rough_normal(lower) } else { rough_normal(1.0 - lower) };
        let (ninth, spread) = (1.0 / (9.0 * self.shape), self.shape.sqrt());
        let root = 1.0 - ninth + z * ninth.sqrt();
        let at = if root > 0.3 {
            self.shape * root * root * root
        } else {
            let power = libm::log(lower * self.shape) + self.log_gamma;
            libm::exp(power / self.shape).max(f64::MIN_POSITIVE)
        };
        Start { at, low: 0.0, high: f64::INFINITY, spread }
    }

    fn tail(&self, x: f64) -> Tail {
        if x < self.shape + 1.0 {
            let (mut term, mut series) = (1.0 / self.shape, 1.0 / self.shape);
            let mut next = self.shape;
            while term > series * f64::EPSILON / 8.0 {
                next += 1.0;
                term *= x / next;
                series += term;
            }
            return Tail::Lower {
                log: self.log_weight(x) + libm::log(series),
                slope: 1.0 / (x * series),
            };
        }
        if self.is_summed() {
            let (log, slope) = self.summed(x);
            return Tail::Upper { log, slope };
        }
        let fraction = continued_fraction(x + 1.0 - self.shape, |step| {
            let step = f64::from(step);
            (-step * (step - self.shape), x + 1.0 - self.shape + 2.0 * step)
        });
        Tail::Upper { log: self.log_weight(x) - libm::log(fraction), slope: fraction / x }
    }

    fn is_summed(&self) -> bool {
        self.shape <= SUMMED && self.shape.fract() == 0.0
    }

    /// The logarithm of the probability above, and the density over that probability, for a whole
    /// shape: fewer events than that, the terms of a Poisson distribution.
    fn summed(&self, x: f64) -> (f64, f64) {
        let (mut term, mut sum, mut next) = (1.0, 1.0, 1.0);
        while next < self.shape {
            term *= x / next;
            sum += term;
            next += 1.0;
        }
        (libm::log(sum) - x, term / sum)
    }

    /// The logarithm of the density times x.
    fn log_weight(&self, x: f64) -> f64 {
        self.shape * libm::log(x) - x - self.log_gamma
    }
}
