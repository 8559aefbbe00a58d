//! What a series means: facts, then the first row of the rating table that applies.
//!
//! Everything here is a code or a number. Sentences are made in `wording`, from what disclosure
//! lets through.

use crate::indicators::Indicator;
use crate::period::{Month, Period};
use crate::series::Series;
use crate::statistics::limits::Limits;
use crate::statistics::signals::Signal;

pub mod facts;
pub mod rating;

/// Everything known about one indicator in one area as at one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was asked.
    pub indicator: Indicator,
    /// Code of the area.
    pub area: String,
    /// The column and code it is narrowed to, when it is one of a split.
    pub split: Option<(String, String)>,
    /// Nothing after this month was looked at.
    pub as_at: Month,
    /// Every period, in order; empty when nothing can be reported.
    pub series: Series,
    /// The chart's phases: process limits of the values.
    pub phases: Vec<Phase>,
    /// For each point of the series, every special cause it takes part in.
    pub signals: Vec<Vec<Signal>>,
    /// The target in force at each point of the series, where there is one.
    pub targets: Vec<Option<f64>>,
    /// What the rating rests on.
    pub facts: facts::Facts,
    /// The colour and the row of the table that gave it.
    pub rating: rating::Rating,
    /// What a reader must know besides.
    pub caveats: Vec<Caveat>,
}

/// A stretch of a chart with limits of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Position of its first point.
    pub first: usize,
    /// Position of its last point.
    pub last: usize,
    /// Process limits; `None` with fewer than two reported points.
    pub limits: Option<Limits>,
    /// Why it began, when it is not the first.
    pub why: Option<String>,
}

/// What a reader must know besides the number.
#[derive(Debug, Clone, PartialEq)]
pub enum Caveat {
    /// The value is from a feed that has not settled.
    Provisional(Period),
    /// Only a part of the period is covered.
    Partial(Period),
    /// Rows whose deciding field is unknown.
    Unknown(u64),
    /// Fewer points than limits deserve.
    ShortPhase(usize),
    /// The plan states no baseline: the first twelve settled periods are ours.
    OwnBaseline,
    /// The straight line to the target is ours, for orientation.
    OwnPath,
    /// Successive values are correlated; the sigma was widened by this r.
    Correlated(f64),
    /// The feed is late: its latest month.
    Late(Option<Month>),
}
