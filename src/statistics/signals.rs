//! Special causes: what a process would seldom show by itself.

use super::limits::Limits;

pub mod marks;

pub use marks::{Marks, marks};

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
/// The rules are those of [`marks`](marks()), which finds them; this is the same as lists.
pub fn signals(values: &[Option<f64>], limits: &Limits, rules: Rules) -> Vec<Vec<Signal>> {
    marks(values, limits, rules).into_iter().map(|marks| marks.iter().collect()).collect()
}

/// The same where each point has limits of its own, as on p and u charts; a value without limits
/// counts as missing.
pub fn signals_by_point(
    values: &[Option<f64>],
    limits: &[Option<Limits>],
    rules: Rules,
) -> Vec<Vec<Signal>> {
    let found = marks::marks_by_point(values, limits, rules);
    found.into_iter().map(|marks| marks.iter().collect()).collect()
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
    let marks: Vec<Marks> = signals.iter().map(|found| found.iter().copied().collect()).collect();
    marks::labels(values, &marks)
}
