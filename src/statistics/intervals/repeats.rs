//! The interval of a crude rate of repeat events: several of them may be of one person.
//!
//! Of N persons found, n(k) have k events each. A count of events is then not Poisson: one person
//! detained ten times is one chance happening, not ten. If the persons with k events are Poisson
//! counts, independent of each other, the events O = Σ k·n(k) have the variance V = Σ k²·E n(k),
//! whose unbiased estimate is Σ k²·n(k) (a compound Poisson count). V/O is by how much the
//! interval's square must widen.

use super::{Confidence, Interval, Method, events};
use crate::statistics::sums;

/// Events of persons who may have several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeats {
    /// Persons with one event or more: Σ n(k).
    pub persons: f64,
    /// Their events: Σ k·n(k).
    pub events: f64,
    /// Variance of the events: Σ k²·n(k).
    pub variance: f64,
}

impl Repeats {
    /// Sums up pairs of (events of a person, number of such persons). `None` where a number of
    /// events is not above 0 or a number of persons is below 0.
    pub fn of(persons: &[(f64, f64)]) -> Option<Self> {
        let sound = |&(times, number): &(f64, f64)| {
            times > 0.0 && number >= 0.0 && (times * times * number).is_finite()
        };
        let total = |part: fn(f64) -> f64| {
            sums::sum(&persons.iter().map(|&(times, n)| part(times) * n).collect::<Vec<_>>())
        };
        persons.iter().all(sound).then(|| Self {
            persons: total(|_| 1.0),
            events: total(|times| times),
            variance: total(|times| times * times),
        })
    }

    /// Interval of the rate of events, per unit of exposure (population, person-years).
    ///
    /// The distances of [`events::rate`]'s ends from the count (exact below 10 events, Byar's from
    /// 10 on), times √(V/O): Dobson's interval with a single stratum, so that it equals that of a
    /// directly standardised rate with one age band. With one event a person it is the plain
    /// interval, and labelled as such. The lower end is held to 0.
    ///
    /// Without events nothing is known of how they cluster: the interval is then the plain one,
    /// too narrow if they do. Simulated with one person in five detained again, up to ten times, a
    /// 95 % interval holds the truth in 93.6 % with 10 or 20 persons and in 94.3–95.3 % from 50 on;
    /// the plain interval in 80 %. `None` without exposure.
    pub fn rate(&self, exposure: f64, confidence: Confidence) -> Option<Interval> {
        let plain = events::rate(self.events, exposure, confidence)?;
        if self.variance <= self.events {
            return Some(plain);
        }
        let rate = self.events / exposure;
        let scale = (self.variance / self.events).sqrt();
        Some(Interval {
            lower: (rate - scale * (rate - plain.lower)).max(0.0),
            upper: rate + scale * (plain.upper - rate),
            method: Method::DobsonRepeats,
        })
    }
}
