//! Rates that allow for age: directly and indirectly standardised.
//!
//! A stratum is an age band (or age and sex). Rates are per person, ratios per one; [`Interval::times`]
//! makes them per 100,000 or of 100.

use super::intervals::{Confidence, Interval, Method, events};
use super::sums;

/// Below this many events a directly standardised rate has no interval and should not be shown;
/// the rule of OHID and of PHEindicatormethods.
pub const FEWEST_EVENTS: f64 = 10.0;

/// One age band of one area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    events: f64,
    squares: f64,
    population: f64,
    standard: f64,
    repeats: bool,
}

impl Stratum {
    /// A band whose events are independent: each person has at most one, or one tells nothing of
    /// the next.
    pub fn independent(events: f64, population: f64, standard: f64) -> Self {
        Self { events, squares: events, population, standard, repeats: false }
    }

    /// A band whose persons may have several events: pairs of (events of a person, number of such
    /// persons).
    pub fn repeats(persons: &[(f64, f64)], population: f64, standard: f64) -> Self {
        let each = |power: fn(f64) -> f64| {
            sums::sum(&persons.iter().map(|&(times, n)| power(times) * n).collect::<Vec<_>>())
        };
        let (events, squares) = (each(|k| k), each(|k| k * k));
        Self { events, squares, population, standard, repeats: true }
    }
}

/// A directly standardised rate: the rate the standard population would have with the bands'
/// rates of this one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Direct {
    /// All events.
    pub events: f64,
    /// The whole population.
    pub population: f64,
    /// The rate per person: Σ w·events/population over Σ w, w being the standard population.
    pub rate: f64,
    /// Variance of the rate: Σ (w/population)²·Σ k²·persons over (Σ w)². Of independent events
    /// Σ k²·persons is their number.
    pub variance: f64,
    repeats: bool,
}

impl Direct {
    /// Dobson's interval, per person: the rate, and Byar's distances of the count on both sides
    /// times the standard error of the rate over that of the count.
    ///
    /// `None` below [`FEWEST_EVENTS`]. The lower end is not held to 0: it can fall below where few
    /// events lie in a band of great weight.
    ///
    /// Source: Dobson, Kuulasmaa, Eberle and Scherer (1991), *Statistics in Medicine* 10, 457–462;
    /// PHEindicatormethods 2.1.0, `calculate_dsr`, also for events that are not independent.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        if self.events < FEWEST_EVENTS {
            return None;
        }
        let count = events::byar(self.events, confidence)?;
        let scale = (self.variance / self.events).sqrt();
        Some(Interval {
            lower: self.rate + scale * (count.lower - self.events),
            upper: self.rate + scale * (count.upper - self.events),
            method: if self.repeats { Method::DobsonRepeats } else { Method::Dobson },
        })
    }
}

/// The directly standardised rate of an area's bands.
///
/// `None` without bands, where a population is not above 0, a count or standard population is
/// below 0, or the standard population is 0 altogether. A band with standard population 0 counts
/// in `events` only.
///
/// ```
/// use concordat::statistics::standardised::{Stratum, direct};
/// // 5 of 1,000 young, 30 of 2,000 old; the standard has three young for each old:
/// // (3 · 0.005 + 1 · 0.015) / 4 = 0.0075.
/// let bands = [Stratum::independent(5.0, 1e3, 3.0), Stratum::independent(30.0, 2e3, 1.0)];
/// assert!((direct(&bands).unwrap().rate - 0.0075).abs() < 1e-15);
/// ```
pub fn direct(bands: &[Stratum]) -> Option<Direct> {
    let total =
        |part: &dyn Fn(&Stratum) -> f64| sums::sum(&bands.iter().map(part).collect::<Vec<f64>>());
    let standard = total(&|band| band.standard);
    let sound = bands.iter().all(|band| {
        band.population > 0.0 && band.events >= 0.0 && band.squares >= 0.0 && band.standard >= 0.0
    });
    if !(sound && standard > 0.0 && standard.is_finite()) {
        return None;
    }
    let share = |band: &Stratum| band.standard / standard;
    Some(Direct {
        events: total(&|band| band.events),
        population: total(&|band| band.population),
        rate: total(&|band| share(band) * band.events / band.population),
        variance: total(&|band| {
            let weight = share(band) / band.population;
            weight * weight * band.squares
        }),
        repeats: bands.iter().any(|band| band.repeats),
    })
}

/// One age band of an area beside the same band of the reference population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// Events in the area.
    pub events: f64,
    /// People in the area.
    pub population: f64,
    /// Events in the reference population.
    pub reference_events: f64,
    /// People in the reference population.
    pub reference_population: f64,
}

/// An area's events beside those expected of it at the reference's rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indirect {
    /// Events counted.
    pub observed: f64,
    /// Events expected: Σ population · the reference's rate of the band.
    pub expected: f64,
    /// The reference's crude rate, per person.
    pub reference_rate: f64,
}

impl Indirect {
    /// The standardised ratio (SMR of deaths): observed over expected; 1 is as expected.
    pub fn ratio(&self) -> f64 {
        self.observed / self.expected
    }

    /// Interval of the ratio: exact below 10 events, Byar's from 10 on; the expected number is
    /// taken as known. Times [`Indirect::reference_rate`] it is that of the indirectly
    /// standardised rate.
    ///
    /// Source: Breslow and Day (1987), *Statistical Methods in Cancer Research* II, 2.3;
    /// PHEindicatormethods 2.1.0, `calculate_ISRatio`, `calculate_ISRate`.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        events::rate(self.observed, self.expected, confidence)
    }
}

/// Observed and expected events of an area's bands.
///
/// `None` without bands, where a reference population is not above 0 or another figure is below 0,
/// and where nothing is expected.
pub fn indirect(bands: &[Compared]) -> Option<Indirect> {
    let total =
        |part: &dyn Fn(&Compared) -> f64| sums::sum(&bands.iter().map(part).collect::<Vec<f64>>());
    let sound = bands.iter().all(|band| {
        band.reference_population > 0.0
            && band.events >= 0.0
            && band.population >= 0.0
            && band.reference_events >= 0.0
    });
    let expected =
        total(&|band| band.population * (band.reference_events / band.reference_population));
    (sound && expected > 0.0 && expected.is_finite()).then(|| Indirect {
        observed: total(&|band| band.events),
        expected,
        reference_rate: total(&|band| band.reference_events)
            / total(&|band| band.reference_population),
    })
}
