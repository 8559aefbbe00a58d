//! Made-up series whose truth is known, and how often the bands of their forecasts hold.
//!
//! Used by the program `calibration`, which writes the published tables, and by a test that reruns
//! fewer series.

use concordat::statistics::forecast::{Law, Model, Nature, forecast};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Lengths of the past.
pub(crate) const HISTORIES: [usize; 3] = [12, 24, 36];
/// Periods ahead.
pub(crate) const HORIZONS: [usize; 4] = [1, 3, 6, 12];
/// Bins of the predicted probability.
pub(crate) const BINS: usize = 10;

/// What kind of number is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Family {
    /// Normal values, mean 50, sigma 5.
    Measured,
    /// Poisson counts with this mean; `extra` is the variance beyond Poisson, in Poisson variances.
    Counts { mean: f64, extra: f64 },
    /// Binomial shares of 45 to 75 cases; `extra` as above.
    Shares { extra: f64 },
    /// A first-order autoregression, mean 50, sigma 5.
    Stock { r: f64 },
}

/// Every family, with its name in the table.
pub(crate) const FAMILIES: [(&str, Family); 8] = [
    ("measured", Family::Measured),
    ("counts about 3", Family::Counts { mean: 3.0, extra: 0.0 }),
    ("counts about 40", Family::Counts { mean: 40.0, extra: 0.0 }),
    ("counts about 40 over-dispersed", Family::Counts { mean: 40.0, extra: 1.0 }),
    ("shares of about 60", Family::Shares { extra: 0.0 }),
    ("shares of about 60 over-dispersed", Family::Shares { extra: 1.0 }),
    ("stock r 0.6", Family::Stock { r: 0.6 }),
    ("stock r 0.8", Family::Stock { r: 0.8 }),
];

/// How the level moves, in sigma; in half of the series the other way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Process {
    /// It stays.
    Stable,
    /// It rises so many sigma each period.
    Trend(f64),
    /// It rises by two sigma halfway through the past.
    Step,
    /// It rose by two sigma three periods before the end.
    JustStepped,
    /// It has been rising by 0.2 sigma a period for the last four periods, and goes on.
    JustTrending,
    /// It will rise by two sigma in the second period to come.
    StepAhead,
}

/// Every process, with its name in the table and whether a forecast can know of it.
pub(crate) const PROCESSES: [(&str, Process, bool); 7] = [
    ("stable", Process::Stable, true),
    ("trend of 0.1 sigma", Process::Trend(0.1), true),
    ("trend of 0.2 sigma", Process::Trend(0.2), true),
    ("step of 2 sigma halfway", Process::Step, true),
    ("step of 2 sigma 3 periods ago", Process::JustStepped, false),
    ("trend of 0.2 sigma begun 4 periods ago", Process::JustTrending, false),
    ("step of 2 sigma to come", Process::StepAhead, false),
];

impl Process {
    fn level(self, at: usize, history: usize) -> f64 {
        let (at, history) = (at as f64, history as f64);
        let after = |start: f64| if at >= start { 2.0 } else { 0.0 };
        match self {
            Self::Stable => 0.0,
            Self::Trend(slope) => slope * at,
            Self::Step => after(history / 2.0),
            Self::JustStepped => after(history - 3.0),
            Self::JustTrending => 0.2 * (at - (history - 5.0)).max(0.0),
            Self::StepAhead => after(history + 1.0),
        }
    }

    /// Whether the model is the one that made the series.
    fn is(self, model: Model) -> bool {
        match model {
            Model::Level => matches!(self, Self::Stable | Self::StepAhead),
            Model::LatestLevel { .. } => matches!(self, Self::Step | Self::JustStepped),
            Model::Slope { .. } => matches!(self, Self::Trend(_) | Self::JustTrending),
            Model::Reverting { .. } => matches!(self, Self::Stable | Self::StepAhead),
        }
    }
}

/// A number between 0 and 1.
pub(crate) fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (f64::from(random.next_u32()) + 0.5) / (f64::from(u32::MAX) + 1.0)
}

/// A standard normal number (Box and Muller).
pub(crate) fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (first, second) = (uniform(random), uniform(random));
    (-2.0 * libm::log(first)).sqrt() * libm::cos(std::f64::consts::TAU * second)
}

fn poisson(mean: f64, random: &mut ChaCha8Rng) -> f64 {
    let (mut number, mut time) = (0.0, -libm::log(uniform(random)));
    while time < mean {
        number += 1.0;
        time -= libm::log(uniform(random));
    }
    number
}

/// A series with its future: values, cases where it has them, and one sigma.
struct Made {
    values: Vec<f64>,
    cases: Vec<f64>,
    sigma: f64,
}

#[expect(clippy::cast_sign_loss, reason = "cases are 45 or more")]
fn make(family: Family, process: Process, history: usize, random: &mut ChaCha8Rng) -> Made {
    let length = history + HORIZONS[HORIZONS.len() - 1];
    let rising: Vec<f64> = (0..length).map(|at| process.level(at, history)).collect();
    let top = rising.iter().copied().fold(0.0, f64::max);
    // Every other series falls by as much: a forecast cannot know the side beforehand.
    let falls = random.next_u32() % 2 == 1;
    let levels = rising.into_iter().map(|level| if falls { top - level } else { level });
    let mut made = Made { values: Vec::new(), cases: Vec::new(), sigma: 5.0 };
    let mut carried = normal(random);
    for level in levels {
        let value = match family {
            Family::Measured => 50.0 + 5.0 * (level + normal(random)),
            Family::Counts { mean, extra } => {
                made.sigma = (mean * (1.0 + extra)).sqrt();
                let mean = mean + made.sigma * level;
                poisson((mean + (extra * mean).sqrt() * normal(random)).max(0.0), random)
            }
            Family::Shares { extra } => {
                let single = (0.2_f64 * 0.8 / 60.0).sqrt();
                made.sigma = single * (1.0 + extra).sqrt();
                let cases = 45.0 + (31.0 * uniform(random)).floor();
                let chance = 0.2 + made.sigma * level + extra.sqrt() * single * normal(random);
                made.cases.push(cases);
                let hits = (0..cases as u32).filter(|_| uniform(random) < chance).count();
                hits as f64 / cases
            }
            Family::Stock { r } => {
                let value = 50.0 + 5.0 * (level + carried);
                carried = r * carried + (1.0 - r * r).sqrt() * normal(random);
                value
            }
        };
        made.values.push(value);
    }
    made
}

/// How often the bands held in one cell of the table.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Held {
    /// Series that a forecast was made of.
    pub series: usize,
    /// Of these, the forecasts whose model is the one that made the series.
    pub recognised: usize,
    /// Values inside the 80 % band.
    pub inside_80: usize,
    /// Values inside the 95 % band.
    pub inside_95: usize,
    /// What the forecasts' own laws say lies inside the 80 % band, added up: more than 80 % of the
    /// series where whole events leave no narrower band.
    pub said_80: f64,
    /// The same of the 95 % band.
    pub said_95: f64,
    /// The bands of the recognised.
    pub recognised_80: usize,
    /// The same of the 95 % band.
    pub recognised_95: usize,
    /// By predicted probability of a value at or below a level: number, sum of the predicted, and
    /// how often it was so.
    pub bins: [(usize, f64, usize); BINS],
}

/// One cell a horizon.
pub(crate) fn cell(
    family: Family,
    process: Process,
    history: usize,
    series: u32,
) -> [Held; HORIZONS.len()] {
    let mut held = [Held::default(); HORIZONS.len()];
    let stream = FAMILIES.iter().position(|(_, one)| *one == family).unwrap_or(0) * 100 + history;
    for seed in 0..series {
        let mut random = ChaCha8Rng::seed_from_u64(u64::from(seed));
        random.set_stream(stream as u64);
        let made = make(family, process, history, &mut random);
        let level = 2.0 * (2.0 * uniform(&mut random) - 1.0);
        for (held, horizon) in held.iter_mut().zip(HORIZONS) {
            look(held, (family, process), history, horizon, &made, level);
        }
    }
    held
}

#[expect(clippy::cast_sign_loss, reason = "a probability is 0 or more")]
fn look(
    held: &mut Held,
    (family, process): (Family, Process),
    history: usize,
    horizon: usize,
    made: &Made,
    level: f64,
) {
    let values: Vec<Option<f64>> = made.values[..history].iter().copied().map(Some).collect();
    let cases: Vec<Option<f64>> = made.cases.iter().copied().map(Some).collect();
    let at = history + horizon - 1;
    let nature = match family {
        Family::Measured => Nature::Measured,
        Family::Counts { .. } => Nature::Counts,
        Family::Shares { .. } => Nature::Shares { cases: &cases, expected: made.cases[at] },
        Family::Stock { .. } => Nature::Stock,
    };
    let Ok(forecast) = forecast(&values, nature) else { return };
    let ahead = forecast.ahead(horizon);
    let value = made.values[at];
    let (in_80, in_95) = (ahead.eighty.holds(value), ahead.ninety_five.holds(value));
    let recognised = process.is(forecast.model);
    held.series += 1;
    held.recognised += usize::from(recognised);
    held.inside_80 += usize::from(in_80);
    held.inside_95 += usize::from(in_95);
    held.recognised_80 += usize::from(in_80 && recognised);
    held.recognised_95 += usize::from(in_95 && recognised);
    held.said_80 += content(&ahead.law, ahead.eighty.lower, ahead.eighty.upper);
    held.said_95 += content(&ahead.law, ahead.ninety_five.lower, ahead.ninety_five.upper);
    let asked = ahead.median + level * made.sigma;
    let predicted = ahead.law.at_or_below(asked);
    let bin = ((predicted * BINS as f64) as usize).min(BINS - 1);
    held.bins[bin].0 += 1;
    held.bins[bin].1 += predicted;
    held.bins[bin].2 += usize::from(value <= asked);
}

fn content(law: &Law, lower: f64, upper: f64) -> f64 {
    law.at_or_below(upper) + law.at_or_above(lower) - 1.0
}
