//! Charts as data: everything a picture shows, before it is drawn.

use chrono::NaiveDate;

use crate::disclosure::Figure;
use crate::unit::Unit;

mod calendar;
mod font;
pub mod heat;
pub mod histogram;
pub mod icons;
mod label;
pub mod sparkline;
pub mod svg;
mod text;
mod theme;
mod ticks;

pub use font::{font_face_css, font_files};

/// A time-series chart with process limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Unique in its pack; the file's name.
    pub id: String,
    /// What the chart shows, as a sentence.
    pub title: String,
    /// What is measured, how often, where.
    pub subtitle: String,
    /// Method, source and date, under the chart.
    pub caption: String,
    /// The same for somebody who cannot see it.
    pub alt: String,
    /// What the values are measured in.
    pub unit: Unit,
    /// Every period in order; a period without a value is a gap.
    pub points: Vec<ChartPoint>,
    /// Mean and limits, phase by phase.
    pub phases: Vec<ChartPhase>,
    /// Target lines in force, stretch by stretch.
    pub targets: Vec<ChartLine>,
    /// The way to the target: the plan's own, or ours for orientation (drawn thin).
    pub path: Option<ChartPath>,
    /// What is to be expected of the periods to come, in order; empty without a forecast.
    pub forecast: Vec<ChartExpected>,
    /// Things that happened, at their month. The one at the first point of a phase says why the
    /// phase began and stands at its break; one outside the chart's months is not drawn.
    pub annotations: Vec<(NaiveDate, String)>,
}

/// One period on a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartPoint {
    /// First day of the period.
    pub start: NaiveDate,
    /// The value; `None` is a gap.
    pub value: Option<Figure>,
    /// How it is drawn.
    pub mark: Mark,
    /// Not settled or only part of a period: drawn hollow.
    pub hollow: bool,
}

/// The forecast of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChartExpected {
    /// First day of the period.
    pub start: NaiveDate,
    /// As likely exceeded as not.
    pub median: Figure,
    /// Ends of the 80 % band.
    pub eighty: (Figure, Figure),
    /// Ends of the 95 % band.
    pub ninety_five: (Figure, Figure),
}

/// What a point's shape and colour say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Common cause: a grey circle.
    Common,
    /// Special cause, improvement: a blue upward or downward triangle.
    Improvement(Direction),
    /// Special cause, concern: an orange upward or downward triangle.
    Concern(Direction),
    /// Special cause where neither way is good: a purple diamond.
    Neither(Direction),
}

/// High or low.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Above, or rising.
    High,
    /// Below, or falling.
    Low,
}

/// Mean and limits of one phase.
///
/// A limit that values cannot reach, such as one below zero on a count, is drawn at the edge and
/// labelled so; the value here stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartPhase {
    /// Position of its first point.
    pub first: usize,
    /// Position of its last point.
    pub last: usize,
    /// Mean line; of a run chart the median.
    pub mean: Option<Figure>,
    /// The centre line is a median.
    pub median: bool,
    /// Lower process limit of each of its points.
    pub lower: Vec<Option<Figure>>,
    /// Upper process limit of each of its points.
    pub upper: Vec<Option<Figure>>,
}

/// A level line over a stretch of points.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartLine {
    /// Position of its first point.
    pub first: usize,
    /// Position of its last point.
    pub last: usize,
    /// Its level.
    pub value: Figure,
}

/// A line through given points of time.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartPath {
    /// First day of the month, and the planned value there.
    pub points: Vec<(NaiveDate, Figure)>,
    /// Whether the plan prints it; ours is drawn thin and labelled so.
    pub stated: bool,
}
