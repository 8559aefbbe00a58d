//! Intervals of counted events, of rates, and of the ratio of two rates.

use super::{Confidence, Interval, Method, proportion};
use crate::statistics::quantiles::{gamma_lower, gamma_upper};

/// Fewer events than this have the exact interval in [`rate`]; the rule of PHEindicatormethods.
pub const EXACT_BELOW: f64 = 10.0;

/// Up to so many events or cases an interval is exact. Beyond, the exact one and the approximate
/// one agree to six digits and more, and the exact one would take long to converge.
pub(super) const EXACT_UP_TO: f64 = 1e9;

/// Exact Poisson interval of a number of events.
///
/// The number need not be whole (weighted counts). With none the lower end is exactly 0. `None`
/// below 0. Beyond 1,000,000,000 events Byar's, and labelled so.
///
/// Source: Garwood (1936), *Biometrika* 28, by chi-square (gamma) quantiles.
pub fn exact(events: f64, confidence: Confidence) -> Option<Interval> {
    if !(events >= 0.0 && events.is_finite()) {
        return None;
    }
    if events > EXACT_UP_TO {
        return byar(events, confidence);
    }
    let tail = confidence.tail();
    let lower = if events > 0.0 { gamma_lower(events, tail) } else { 0.0 };
    let upper = gamma_upper(events + 1.0, tail);
    Some(Interval { lower, upper, method: Method::ExactPoisson })
}

/// Byar's interval of a number of events: close to the exact one from about ten events on.
///
/// `None` with no events, or so few that its lower end would be negative.
///
/// Source: Breslow and Day (1987), *Statistical Methods in Cancer Research* II, p. 69.
pub fn byar(events: f64, confidence: Confidence) -> Option<Interval> {
    let z = confidence.z();
    let cube = |x: f64| x * x * x;
    let next = events + 1.0;
    let lower = events * cube(1.0 - 1.0 / (9.0 * events) - z / (3.0 * events.sqrt()));
    let upper = next * cube(1.0 - 1.0 / (9.0 * next) + z / (3.0 * next.sqrt()));
    (lower >= 0.0 && upper.is_finite()).then_some(Interval { lower, upper, method: Method::Byar })
}

/// Interval of a rate: `events` over `exposure` (population, person-years, days).
///
/// Exact below 10 events, Byar's from 10 on, both divided by the exposure. The result is per unit
/// of exposure: [`Interval::times`] makes it per 100,000. `None` without exposure or with events
/// below 0.
///
/// Source: OHID's technical guide on confidence intervals; PHEindicatormethods 2.1.0, `phe_rate`.
pub fn rate(events: f64, exposure: f64, confidence: Confidence) -> Option<Interval> {
    if !(exposure > 0.0 && exposure.is_finite()) {
        return None;
    }
    let counted =
        if events < EXACT_BELOW { exact(events, confidence) } else { byar(events, confidence) };
    counted.map(|interval| Interval {
        lower: interval.lower / exposure,
        upper: interval.upper / exposure,
        ..interval
    })
}

/// Exact interval of the first rate over the second, each given as (events, exposure).
///
/// Given the sum of the events, the first number is binomial with chance
/// `ratio · e1 / (ratio · e1 + e2)`; the ends of its exact interval are turned into ratios. Without
/// events in the second the upper end is infinite, without any in the first the lower end is 0.
/// `None` without any event, or without exposure.
///
/// Source: Przyborowski and Wilenski (1940), *Biometrika* 31; the same as R's `poisson.test`.
pub fn ratio(first: (f64, f64), second: (f64, f64), confidence: Confidence) -> Option<Interval> {
    let exposed = |exposure: f64| exposure > 0.0 && exposure.is_finite();
    if !(exposed(first.1) && exposed(second.1) && first.0 >= 0.0 && second.0 >= 0.0) {
        return None;
    }
    let share = proportion::exact(first.0, first.0 + second.0, confidence)?;
    let ratio = |share: f64| share / (1.0 - share) * (second.1 / first.1);
    Some(Interval {
        lower: ratio(share.lower),
        upper: ratio(share.upper),
        method: Method::ConditionalExact,
    })
}
