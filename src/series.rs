//! One indicator in one area over time: what the measures hand to the statistics.

use chrono::NaiveDate;
use serde::Serialize;

use crate::period::Period;
use crate::unit::Unit;

/// How far a point can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Closed, delivered and settled.
    Final,
    /// Delivered, but its feed has not settled yet: it may still move.
    Provisional,
    /// The source covers only a part of the period.
    Partial,
    /// Nothing was delivered for the period: unknown, not zero.
    Missing,
    /// The source withheld the figure: unknown, not zero.
    Suppressed,
}

/// What kind of number a series holds; intervals and tolerances follow from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// Events counted: Poisson intervals.
    Count,
    /// Events out of cases, 0 to 1: Wilson and exact binomial intervals.
    Proportion,
    /// Events over an exposure, for so many of its units: Poisson intervals. A value of a rate per
    /// 100,000 people is 100,000 times its numerator over its denominator.
    Rate {
        /// What the rate is for: 100,000 people, one bed day.
        per: u32,
    },
    /// One sum over another, a mean or a quantile: no counting interval.
    Continuous,
    /// A level that carries over from period to period (beds, open cases): autocorrelated.
    Stock,
}

/// One period of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// How far it can be relied on.
    pub status: Status,
    /// The exact sum above the line (events, seconds, days); `None` when unknown.
    pub numerator: Option<i64>,
    /// The exact sum below the line, where the measure has one.
    pub denominator: Option<i64>,
    /// Rows that could not be decided because a field they need is unknown.
    pub unknown: u64,
    /// The figure itself; `None` when missing, suppressed or without cases.
    pub value: Option<f64>,
    /// The least and most the value could be, were every unknown row known.
    pub bounds: Option<(f64, f64)>,
    /// Of shares with rows whose condition cannot be told.
    pub other_reading: Option<OtherReading>,
}

/// Rows that count, but for a condition that cannot be told, and what the figure would be were they
/// taken the other way: left out where they count as not meeting it, counted so where they are left
/// out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherReading {
    /// How many they are: at least one.
    pub rows: u64,
    /// Whether they count as not meeting the condition; otherwise they are left out.
    pub counted: bool,
    /// The figure under the other reading; `None` where that leaves no cases.
    pub value: Option<f64>,
}

impl Point {
    /// A period about which nothing is known.
    pub fn empty(period: Period, status: Status) -> Self {
        Self {
            period,
            status,
            numerator: None,
            denominator: None,
            unknown: 0,
            value: None,
            bounds: None,
            other_reading: None,
        }
    }
}

/// One indicator in one area over time, every period of its calendar in order, none left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What kind of number it holds.
    pub nature: Nature,
    /// What it is measured in.
    pub unit: Unit,
    /// Consecutive periods; a period without a value is there and says why.
    pub points: Vec<Point>,
    /// The day of every counted event, in order, where the feed's rows are single events and the
    /// series counts them.
    pub events: Option<Vec<NaiveDate>>,
}
