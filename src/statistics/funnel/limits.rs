//! Limits of a funnel at one size of unit.

use crate::statistics::intervals::{Confidence, events};

/// Both limits, in the unit of the average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// The proportions whose Wilson interval just reaches the average, between 0 and 1.
///
/// An end L of Wilson's interval of p out of n solves (p − L)² = z²·L(1 − L)/n, so that p is the
/// average ± z·√(average·(1 − average)/n): the solution that OHID's workbook writes at length. Not
/// held to 0 and 1, so that a unit at 0 lies inside.
pub fn proportion(average: f64, cases: f64, level: Confidence) -> Limits {
    let half = level.z() * (average * (1.0 - average) / cases).sqrt();
    Limits { lower: average - half, upper: average + half }
}

/// The numbers of expected events between which so many observed are not significant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// As many or more would be observed with the tail's probability: observed over this is the
    /// upper limit of a ratio.
    pub fewest: f64,
    /// As many or fewer would be observed with the tail's probability: observed over this is the
    /// lower limit of a ratio.
    pub most: f64,
}

/// The expected numbers at which `observed` events, 1 or more, lie on the limits.
///
/// Exact Poisson, but given as the reference gives it: at the centre of a cell of a grid of 2⁻²³ in
/// expected/(expected + 1 + observed), where its search ends. So the tables agree with those of
/// OHID's workbook digit by digit. The relative error is below 1e-6 from four observed events on
/// and 1.2e-4 at most, of the outer upper limit at one event.
///
/// Beyond 1,000,000 events by Byar's limits, which are then nearer to the exact ones than the grid
/// is fine. `None` below 1, or where the number is not finite.
pub fn expected(observed: f64, level: Confidence) -> Option<Expected> {
    if !(observed >= 1.0 && observed.is_finite()) {
        return None;
    }
    let by = if observed > EXACT_UP_TO { events::byar } else { events::exact };
    let ends = by(observed, level)?;
    Some(Expected { fewest: on_grid(observed, ends.lower), most: on_grid(observed, ends.upper) })
}

const EXACT_UP_TO: f64 = 1e6;

/// Cells of the reference's grid: it halves the span from 0 to 1 until 1e-7 is passed.
const CELLS: f64 = 8_388_608.0;

fn on_grid(observed: f64, expected: f64) -> f64 {
    let share = expected / (expected + 1.0 + observed);
    let centre = ((share * CELLS).floor() + 0.5) / CELLS;
    (1.0 + observed) * centre / (1.0 - centre)
}
