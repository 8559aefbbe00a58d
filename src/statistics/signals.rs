//! Special causes: what a process would seldom show by itself.

use super::limits::Limits;

/// Above or below, rising or falling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Above the mean, or rising.
    High,
    /// Below the mean, or falling.
    Low,
}

impl Side {
    /// The other side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::High => Self::Low,
            Self::Low => Self::High,
        }
    }

    /// The side of a difference: `High` above 0, `Low` below, `None` at 0.
    pub fn of(difference: f64) -> Option<Self> {
        if difference > 0.0 {
            Some(Self::High)
        } else if difference < 0.0 {
            Some(Self::Low)
        } else {
            None
        }
    }
}

/// A special cause that a point takes part in, in order of priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// Strictly beyond a process limit.
    Outside(Side),
    /// Seven or more points running, each higher (or each lower) than the one before.
    Trend(Side),
    /// Two of three points running, all on one side of the mean, beyond the two-sigma line.
    TwoInThree(Side),
    /// Seven or more points running strictly on one side of the mean.
    Shift(Side),
}

impl Signal {
    /// The side it is on; for a trend, where it leads.
    pub fn side(self) -> Side {
        match self {
            Self::Outside(side)
            | Self::Trend(side)
            | Self::TwoInThree(side)
            | Self::Shift(side) => side,
        }
    }
}

/// Which points count as one of the two in two-in-three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TwoInThree {
    /// Those between two and three sigma only: NHSRplotthedots 0.2.2.
    #[default]
    NearOnly,
    /// Those beyond three sigma as well: NHS England's own tools since 2023.
    OrBeyond,
}

/// How special causes are found. Part of the definition of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Points that make a trend or a shift: 7 by default, 6 allowed.
    pub run: usize,
    /// Which points count in two-in-three.
    pub two_in_three: TwoInThree,
}

impl Default for Rules {
    fn default() -> Self {
        Self { run: 7, two_in_three: TwoInThree::NearOnly }
    }
}

/// Every special cause of every point of one phase; one list a point, sorted by priority.
///
/// - `Outside`: strictly beyond a process limit.
/// - `Trend`: `run` points running with all differences above 0, or all below; a tie breaks it.
///   All its points are marked. A point where a rise turns into a fall can be in both.
/// - `TwoInThree`: three points running strictly on one side of the mean, two or more of them
///   strictly beyond the two-sigma line ([`TwoInThree`] says whether those beyond the limit
///   count). Only the points that count are marked.
/// - `Shift`: `run` points running strictly on one side of the mean; a point on the mean breaks
///   it. All its points are marked.
///
/// A missing value (`None`) has no signal and ends every run: no rule looks across it. Where the
/// limits have no lines, only trends and shifts are found.
///
/// Source: NHSRplotthedots 0.2.2. It stops with an error where a missing value lies inside an
/// otherwise strict rise or fall; here that is two runs with a gap between.
pub fn signals(values: &[Option<f64>], limits: &Limits, rules: Rules) -> Vec<Vec<Signal>> {
    let places = values.iter().map(|value| value.map(|value| Place::of(value, limits))).collect();
    found(values, places, rules)
}

/// The same where each point has limits of its own, as on p and u charts; a value without limits
/// counts as missing.
pub fn signals_by_point(
    values: &[Option<f64>],
    limits: &[Option<Limits>],
    rules: Rules,
) -> Vec<Vec<Signal>> {
    let places = values.iter().zip(limits).map(|(value, limits)| {
        value.zip(limits.as_ref()).map(|(value, limits)| Place::of(value, limits))
    });
    found(values, places.collect(), rules)
}

fn found(values: &[Option<f64>], places: Vec<Option<Place>>, rules: Rules) -> Vec<Vec<Signal>> {
    let mut found = vec![Vec::new(); values.len()];
    mark_outside(&places, &mut found);
    mark_trends(values, rules.run, &mut found);
    mark_two_in_three(&places, rules.two_in_three, &mut found);
    mark_shifts(&places, rules.run, &mut found);
    for signals in &mut found {
        signals.sort_unstable();
        signals.dedup();
    }
    found
}

/// The one special cause by which the reference names each point; `None` for common cause.
///
/// The order is outside, trend, two-in-three, shift. A trend is named by the difference to the
/// next point if that point is in a trend as well, else by the difference from the point before;
/// it is `High` if that difference is above 0, else `Low`: so a tie at a peak between a rise and a
/// fall reads `Low`, whatever the run the point is in.
///
/// `signals` are those that [`signals`](signals()) found in the same `values`.
///
/// Source: NHSRplotthedots 0.2.2, `ptd_calculate_point_type`.
pub fn labels(values: &[Option<f64>], signals: &[Vec<Signal>]) -> Vec<Option<Signal>> {
    let in_trend = |at: usize| {
        signals.get(at).is_some_and(|found| found.iter().any(|s| matches!(s, Signal::Trend(_))))
    };
    let difference = |from: usize, to: usize| Some((*values.get(to)?)? - (*values.get(from)?)?);
    let label = |(at, found): (usize, &Vec<Signal>)| {
        let first = found.first().copied()?;
        if !matches!(first, Signal::Trend(_)) {
            return Some(first);
        }
        let step = if in_trend(at + 1) {
            difference(at, at + 1)
        } else {
            at.checked_sub(1).and_then(|before| difference(before, at))
        };
        Some(Signal::Trend(step.and_then(Side::of).unwrap_or(Side::Low)))
    };
    signals.iter().enumerate().map(label).collect()
}

/// Where a point lies against the limits in force for it.
struct Place {
    /// Side of the mean; `None` on it.
    side: Option<Side>,
    /// Strictly beyond a process limit.
    outside: bool,
    /// Strictly beyond a two-sigma line, but not outside.
    near: bool,
}

impl Place {
    fn of(value: f64, limits: &Limits) -> Self {
        let side = Side::of(value - limits.mean);
        let beyond = |low: f64, high: f64| value < low || value > high;
        let outside = limits.lines.is_some_and(|lines| beyond(lines.lower, lines.upper));
        let near = limits.lines.is_some_and(|lines| beyond(lines.near_lower, lines.near_upper));
        Self { side, outside, near: near && !outside }
    }

    fn counts_as_near(&self, reading: TwoInThree) -> bool {
        self.near || (self.outside && reading == TwoInThree::OrBeyond)
    }
}

fn mark_outside(places: &[Option<Place>], found: &mut [Vec<Signal>]) {
    for (place, signals) in places.iter().zip(found) {
        if let Some(Place { side: Some(side), outside: true, .. }) = place {
            signals.push(Signal::Outside(*side));
        }
    }
}

fn mark_trends(values: &[Option<f64>], run: usize, found: &mut [Vec<Signal>]) {
    let steps: Vec<Option<Side>> =
        values.windows(2).map(|pair| Side::of(pair[1]? - pair[0]?)).collect();
    for (first, last, side) in runs(&steps) {
        // So many steps running join one point more.
        if last + 2 - first >= run {
            found[first..=last + 1].iter_mut().for_each(|point| point.push(Signal::Trend(side)));
        }
    }
}

fn mark_two_in_three(places: &[Option<Place>], reading: TwoInThree, found: &mut [Vec<Signal>]) {
    for (first, three) in places.windows(3).enumerate() {
        let [Some(a), Some(b), Some(c)] = three else { continue };
        let Some(side) = a.side else { continue };
        if b.side != a.side || c.side != a.side {
            continue;
        }
        let near = [a, b, c].map(|place| place.counts_as_near(reading));
        if near.iter().filter(|near| **near).count() >= 2 {
            for (offset, _) in near.iter().enumerate().filter(|(_, near)| **near) {
                found[first + offset].push(Signal::TwoInThree(side));
            }
        }
    }
}

fn mark_shifts(places: &[Option<Place>], run: usize, found: &mut [Vec<Signal>]) {
    let sides: Vec<Option<Side>> =
        places.iter().map(|place| place.as_ref().and_then(|place| place.side)).collect();
    for (first, last, side) in runs(&sides) {
        if last + 1 - first >= run {
            found[first..=last].iter_mut().for_each(|point| point.push(Signal::Shift(side)));
        }
    }
}

/// Longest stretches of one side: first and last position, and the side.
fn runs(sides: &[Option<Side>]) -> Vec<(usize, usize, Side)> {
    let mut runs: Vec<(usize, usize, Side)> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let Some(side) = *side else { continue };
        match runs.last_mut() {
            Some((_, last, same)) if *same == side && *last + 1 == at => *last = at,
            _ => runs.push((at, at, side)),
        }
    }
    runs
}
