//! The special causes of a point as a set in one byte, and the rules that find them.

use super::{Rules, Side, Signal, TwoInThree};
use crate::statistics::limits::Limits;

/// The special causes that one point takes part in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Every special cause, in order of priority; the place in this list is the bit.
    const ALL: [Signal; 8] = [
        Signal::Outside(Side::High),
        Signal::Outside(Side::Low),
        Signal::Trend(Side::High),
        Signal::Trend(Side::Low),
        Signal::TwoInThree(Side::High),
        Signal::TwoInThree(Side::Low),
        Signal::Shift(Side::High),
        Signal::Shift(Side::Low),
    ];
    const TRENDS: u8 = 0b1100;

    /// The set with this one only.
    const fn of(signal: Signal) -> Self {
        let rule = match signal {
            Signal::Outside(_) => 0,
            Signal::Trend(_) => 2,
            Signal::TwoInThree(_) => 4,
            Signal::Shift(_) => 6,
        };
        match signal {
            Signal::Outside(Side::High)
            | Signal::Trend(Side::High)
            | Signal::TwoInThree(Side::High)
            | Signal::Shift(Side::High) => Self(1 << rule),
            _ => Self(2 << rule),
        }
    }

    fn add(&mut self, signal: Signal) {
        self.0 |= Self::of(signal).0;
    }

    /// The first by priority; `None` for common cause.
    pub fn first(self) -> Option<Signal> {
        Self::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// All of them by priority.
    pub fn iter(self) -> impl Iterator<Item = Signal> {
        Self::ALL.into_iter().filter(move |signal| self.0 & Self::of(*signal).0 != 0)
    }

    /// Whether there is none: common cause.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn in_trend(self) -> bool {
        self.0 & Self::TRENDS != 0
    }
}

impl FromIterator<Signal> for Marks {
    fn from_iter<I: IntoIterator<Item = Signal>>(signals: I) -> Self {
        let mut marks = Self::default();
        signals.into_iter().for_each(|signal| marks.add(signal));
        marks
    }
}

/// Every special cause of every point of one phase.
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
///
/// ```
/// use concordat::statistics::limits::xmr::{Options, xmr};
/// use concordat::statistics::signals::{Rules, Side, Signal, marks};
/// let rising: Vec<Option<f64>> = (0..7).map(|month| Some(f64::from(month))).collect();
/// let limits = xmr(&rising, Options::default()).unwrap();
/// let found = marks(&rising, &limits, Rules::default());
/// assert_eq!(found[3].iter().collect::<Vec<_>>(), [Signal::Trend(Side::High)]);
/// ```
pub fn marks(values: &[Option<f64>], limits: &Limits, rules: Rules) -> Vec<Marks> {
    let place = |value: &Option<f64>| value.map_or(Place::MISSING, |v| Place::of(v, limits));
    of_places(values, &values.iter().map(place).collect::<Vec<_>>(), rules)
}

/// The same where each point has limits of its own; a value without limits counts as missing.
pub(super) fn marks_by_point(
    values: &[Option<f64>],
    limits: &[Option<Limits>],
    rules: Rules,
) -> Vec<Marks> {
    let place = |(value, limits): (&Option<f64>, &Option<Limits>)| {
        value.zip(limits.as_ref()).map_or(Place::MISSING, |(v, limits)| Place::of(v, limits))
    };
    of_places(values, &values.iter().zip(limits).map(place).collect::<Vec<_>>(), rules)
}

fn of_places(values: &[Option<f64>], places: &[Place], rules: Rules) -> Vec<Marks> {
    let mut found: Vec<Marks> = places.iter().map(|place| place.marks()).collect();
    mark_two_in_three(places, rules.two_in_three, &mut found);
    let steps = values.windows(2).map(|pair| Side::of(pair[1]? - pair[0]?));
    runs(steps, |first, end, side| {
        // So many steps running join one point more.
        if end + 1 - first >= rules.run {
            found[first..=end].iter_mut().for_each(|point| point.add(Signal::Trend(side)));
        }
    });
    runs(places.iter().map(|place| place.side), |first, end, side| {
        if end - first >= rules.run {
            found[first..end].iter_mut().for_each(|point| point.add(Signal::Shift(side)));
        }
    });
    found
}

/// As [`labels`](super::labels), from what [`marks`](marks()) found in the same values.
pub fn labels(values: &[Option<f64>], marks: &[Marks]) -> Vec<Option<Signal>> {
    let difference = |from: usize, to: usize| Some((*values.get(to)?)? - (*values.get(from)?)?);
    let label = |(at, found): (usize, &Marks)| {
        let first = found.first()?;
        if !matches!(first, Signal::Trend(_)) {
            return Some(first);
        }
        let step = if marks.get(at + 1).is_some_and(|next| next.in_trend()) {
            difference(at, at + 1)
        } else {
            at.checked_sub(1).and_then(|before| difference(before, at))
        };
        Some(Signal::Trend(step.and_then(Side::of).unwrap_or(Side::Low)))
    };
    marks.iter().enumerate().map(label).collect()
}

/// Where a point lies against the limits in force for it.
#[derive(Clone, Copy)]
struct Place {
    /// Side of the mean; `None` on it and for a missing value.
    side: Option<Side>,
    /// Strictly beyond a process limit.
    outside: bool,
    /// Strictly beyond a two-sigma line, but not outside.
    near: bool,
}

impl Place {
    const MISSING: Self = Self { side: None, outside: false, near: false };

    fn of(value: f64, limits: &Limits) -> Self {
        let side = Side::of(value - limits.mean);
        let outside = limits.lines.is_some_and(|lines| lines.outside(value));
        let near = limits.lines.is_some_and(|lines| lines.near(value));
        Self { side, outside, near }
    }

    fn marks(self) -> Marks {
        match self.side {
            Some(side) if self.outside => Marks::of(Signal::Outside(side)),
            _ => Marks::default(),
        }
    }

    fn counts_as_near(self, reading: TwoInThree) -> bool {
        self.near || (self.outside && reading == TwoInThree::OrBeyond)
    }
}

fn mark_two_in_three(places: &[Place], reading: TwoInThree, found: &mut [Marks]) {
    for (first, three) in places.windows(3).enumerate() {
        let Some(side) = three[0].side else { continue };
        if three.iter().any(|place| place.side != Some(side)) {
            continue;
        }
        let near = |place: &&Place| place.counts_as_near(reading);
        if three.iter().filter(near).count() >= 2 {
            for (place, marks) in three.iter().zip(&mut found[first..]) {
                if place.counts_as_near(reading) {
                    marks.add(Signal::TwoInThree(side));
                }
            }
        }
    }
}

/// Longest stretches of one side: first position, one past the last, and the side.
fn runs(sides: impl Iterator<Item = Option<Side>>, mut found: impl FnMut(usize, usize, Side)) {
    let (mut first, mut current) = (0, None);
    for (at, side) in sides.chain(std::iter::once(None)).enumerate() {
        if side != current {
            if let Some(side) = current {
                found(first, at, side);
            }
            (first, current) = (at, side);
        }
    }
}
