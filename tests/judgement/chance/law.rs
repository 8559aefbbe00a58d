//! How the figures of a simulated series scatter about their true level.

use concordat::series::{Nature, Point, Status};
use rand_chacha::ChaCha8Rng;

use super::super::build::month;
use super::random::{binomial, normal, poisson};

/// A law of chance.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Law {
    /// Independent values with this sigma.
    Normal(f64),
    /// The same, with twice this sigma from a position on.
    Widening { sigma: f64, from: usize },
    /// Values with this sigma, each carrying over a share `r` of the one before.
    Carrying { sigma: f64, r: f64 },
    /// Counts.
    Poisson,
    /// Shares of so many cases, whose chance itself wanders by a sigma.
    Share { cases: i32, wander: f64 },
    /// Events per 100,000 of so many people, whose rate itself wanders by a share of it.
    Rate { people: i32, wander: f64 },
}

/// What rates are given per.
pub(crate) const PER: u32 = 100_000;

impl Law {
    pub(crate) fn nature(self) -> Nature {
        match self {
            Self::Normal(_) | Self::Widening { .. } => Nature::Continuous,
            Self::Carrying { .. } => Nature::Stock,
            Self::Poisson => Nature::Count,
            Self::Share { .. } => Nature::Proportion,
            Self::Rate { .. } => Nature::Rate { per: PER },
        }
    }

    /// The figures of so many periods, their level by position; `unknown` is the share of cases
    /// whose outcome is not recorded. The period is the caller's to set.
    pub(crate) fn draw(
        self,
        number: usize,
        level: &dyn Fn(usize) -> f64,
        unknown: f64,
        random: &mut ChaCha8Rng,
    ) -> Vec<Point> {
        let mut carried = normal(random);
        (0..number)
            .map(|at| match self {
                Self::Normal(sigma) => valued(level(at) + sigma * normal(random)),
                Self::Widening { sigma, from } => {
                    let wide = if at < from { sigma } else { 2.0 * sigma };
                    valued(level(at) + wide * normal(random))
                }
                Self::Carrying { sigma, r } => {
                    carried = r * carried + (1.0 - r * r).sqrt() * normal(random);
                    valued(level(at) + sigma * carried)
                }
                Self::Poisson => counted(poisson(level(at), random)),
                Self::Share { cases, wander } => {
                    let chance =
                        if wander > 0.0 { level(at) + wander * normal(random) } else { level(at) };
                    share(cases, chance, unknown, random)
                }
                Self::Rate { people, wander } => {
                    let wide = if wander > 0.0 { 1.0 + wander * normal(random) } else { 1.0 };
                    let mean = level(at) * wide.max(0.0) * f64::from(people) / f64::from(PER);
                    let events = poisson(mean, random);
                    let value = f64::from(PER) * events as f64 / f64::from(people);
                    let parts = (Some(events), Some(i64::from(people)));
                    Point { numerator: parts.0, denominator: parts.1, ..valued(value) }
                }
            })
            .collect()
    }
}

fn valued(value: f64) -> Point {
    Point { value: Some(value), ..Point::empty(month("2015-01").period(), Status::Final) }
}

fn counted(events: i64) -> Point {
    Point { numerator: Some(events), ..valued(events as f64) }
}

fn share(cases: i32, chance: f64, unknown: f64, random: &mut ChaCha8Rng) -> Point {
    let hidden = if unknown > 0.0 { binomial(cases, unknown, random) } else { 0 };
    let known = cases - i32::try_from(hidden).unwrap_or(0);
    let events = binomial(known, chance, random);
    let of = |events: i64, cases: i32| events as f64 / f64::from(cases);
    Point {
        numerator: Some(events),
        denominator: Some(known.into()),
        unknown: hidden.unsigned_abs(),
        bounds: (hidden > 0).then(|| (of(events, cases), of(events + hidden, cases))),
        ..valued(of(events, known))
    }
}
