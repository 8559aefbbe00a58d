//! Measures: what is counted, once for everybody.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::area::WorkingDays;
use crate::error::Place;
use crate::filter::Filter;
use crate::indicators::standards::Standard;
use crate::unit::Unit;

use each::Each;

mod clocks;
pub(super) mod columns;
pub(super) mod derived;
pub mod each;
pub mod limit;
mod modifiers;
pub(super) mod read;

/// How rows of a feed become one number a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its key in the file.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The feed its rows come from; of a derived measure that of its first part.
    pub feed: String,
    /// The rows that count.
    pub filter: Option<Filter>,
    /// How they are folded.
    pub kind: Kind,
    /// What the value is measured in; follows from the kind unless given.
    pub unit: Unit,
    /// A level that carries over from period to period.
    pub stock: bool,
    /// The value is made of those of days or weeks.
    pub each: Option<Each>,
    /// Time or date column that places a row in a period instead of the feed's event time.
    pub period_by: Option<String>,
    /// The parts of a split count are shown as shares of it.
    pub split_shares: bool,
    /// Where the definition comes from.
    pub source: String,
    /// Where it is defined.
    pub place: Place,
}

/// The closed list of measure kinds, each with its own keys.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Rows.
    Count,
    /// Different people (or places, or staff) among the rows. A year's are counted over the year:
    /// never the sum of its months.
    Distinct {
        /// Column that tells them apart.
        of: String,
    },
    /// The total of a number.
    Sum {
        /// The number.
        of: Quantity,
    },
    /// The total of a number over the rows that have it.
    Mean {
        /// The number.
        of: Quantity,
    },
    /// The value below which a share of rows lies (nearest rank: the least value with at least
    /// that share of rows at or below it).
    Quantile {
        /// The number.
        of: Quantity,
        /// The share, between 0 and 1.
        at: f64,
    },
    /// Rows that satisfy a condition, over rows where it is known.
    Proportion {
        /// Narrows the rows that count below the line.
        denominator: Option<Filter>,
        /// The condition above the line.
        numerator: Filter,
        /// The days for which its outcome is waited for: until they are over, a row is left out.
        follow: Option<u32>,
        /// What becomes of a row for which the condition above the line is unknown.
        unknown: Unknown,
    },
    /// Rows for so many people of the area's population.
    Rate {
        /// For how many people: 100,000.
        per: u32,
        /// The age band of `indicators/areas/population.csv`.
        age: String,
        /// Whether it is for a year of 365 days (people and days below the line), or for the
        /// period whatever its length (people below the line).
        annualised: bool,
    },
    /// One column's sum over another's.
    Ratio {
        /// Column above the line.
        numerator: String,
        /// Column below the line.
        denominator: String,
    },
    /// The share of rows whose person had another within a window before.
    Repeat {
        /// Column that tells people apart.
        person: String,
        /// The window in days; an event on its first day counts.
        days: u32,
        /// What becomes of a row of which it is not known.
        unknown: Unknown,
    },
    /// The mean days from the event before to each of the period's events.
    Gap,
    /// Rows whose clock stopped inside its limit.
    Within {
        /// What starts and what stops the clock.
        clock: Interval,
        /// The first that applies is the limit.
        limits: Vec<Limit>,
        /// The standard they are of, where one is named.
        standard: Option<Standard>,
        /// What becomes of a row whose clock cannot be told.
        unknown: Unknown,
    },
    /// Nights of stays that fall in the period.
    BedDays {
        /// The stay.
        stay: Stay,
        /// Which days are counted.
        convention: Convention,
    },
    /// Stays open at the midnight that ends the period.
    Open {
        /// The stay.
        stay: Stay,
    },
    /// The mean number of stays open at the period's midnights.
    AverageOpen {
        /// The stay.
        stay: Stay,
    },
    /// The most stays open at one instant of the period.
    Peak {
        /// The stay.
        stay: Stay,
    },
    /// Figures another body has already made: a column, or one column over another.
    Given {
        /// Column above the line, or the figure itself.
        numerator: String,
        /// Column below the line.
        denominator: Option<String>,
    },
    /// Made of the figures of other measures.
    Derived(Derived),
}

/// How a measure is made of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Of which, and how.
    pub form: Form,
    /// The feeds they rest on, in order.
    pub feeds: Vec<String>,
}

/// What is made of the figures of other measures; all by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Their sum; unknown in a period in which any of them is.
    Sum(Vec<String>),
    /// What the figure has grown by since the same period a year before, as a share of that one.
    Change(String),
    /// One figure over another of the same period: sums are divided, never averages averaged.
    Ratio {
        /// The measure above the line.
        above: String,
        /// The measure below the line.
        below: String,
    },
}

impl Form {
    /// The measures it is made of.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Self::Sum(parts) => parts.iter().map(String::as_str).collect(),
            Self::Change(of) => vec![of],
            Self::Ratio { above, below } => vec![above, below],
        }
    }
}

impl Measure {
    /// The feeds it rests on, in order: one, but where it is derived.
    pub fn feeds(&self) -> Vec<&str> {
        match &self.kind {
            Kind::Derived(derived) => derived.feeds.iter().map(String::as_str).collect(),
            _ => vec![&self.feed],
        }
    }

    /// The standard whose limit its clock is held to, where one is named.
    pub fn standard(&self) -> Option<&Standard> {
        match &self.kind {
            Kind::Within { standard, .. } => standard.as_ref(),
            _ => None,
        }
    }

    /// The days for which the outcome of its rows is waited for.
    pub fn follow(&self) -> Option<u32> {
        match &self.kind {
            Kind::Proportion { follow, .. } => *follow,
            _ => None,
        }
    }

    /// What becomes of rows whose condition cannot be told, where it has one.
    pub fn unknown(&self) -> Option<Unknown> {
        match &self.kind {
            Kind::Proportion { unknown, .. }
            | Kind::Within { unknown, .. }
            | Kind::Repeat { unknown, .. } => Some(*unknown),
            _ => None,
        }
    }

    /// Whether its figures are totals that may be added to others: no shares, means, people (who
    /// may be among several) or levels.
    pub fn is_total(&self) -> bool {
        let added = matches!(self.unit, Unit::Count | Unit::Days | Unit::Pounds | Unit::Seconds);
        match &self.kind {
            _ if self.each.is_some() => false,
            Kind::Count | Kind::Sum { .. } => true,
            Kind::Given { denominator: None, .. } => added && !self.stock,
            Kind::Derived(derived) => matches!(derived.form, Form::Sum(_)),
            _ => false,
        }
    }

    /// Whether the figures of months may be added up to that of a year: not where the same person
    /// may be counted in several of them, nor of statistics of weeks.
    pub fn adds_up(&self) -> bool {
        match &self.kind {
            _ if self.each.is_some() => false,
            Kind::Distinct { .. } => false,
            Kind::Derived(derived) => matches!(derived.form, Form::Sum(_)),
            _ => true,
        }
    }
}

/// A number on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// A column.
    Column(String),
    /// The time between two events: seconds, or working days where it has a calendar.
    Elapsed(Interval),
}

/// The time between two events of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    /// Time column that starts the clock.
    pub from: String,
    /// Time column that stops it.
    pub to: String,
    /// More seconds than these are a mistake of record: the row is unknown.
    pub longest: Option<i64>,
    /// The calendar of what is counted in working days.
    pub calendar: Option<Arc<WorkingDays>>,
}

/// A stay: start and end, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// Time or date column of the start.
    pub from: String,
    /// Time or date column of the end; empty for an open stay.
    pub to: String,
    /// Column that tells people apart: an earlier stay ends where the same person's next begins.
    /// `None` where nobody is told apart, or where stays that overlap are kept as they are.
    pub person: Option<String>,
}

/// A limit on elapsed time, and when it applies (by the day its clock starts).
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// Applies to clocks started before this day.
    pub before: Option<NaiveDate>,
    /// Applies where this holds.
    pub when: Option<Filter>,
    /// The limit; a clock that stops exactly on it is inside.
    pub length: Length,
}

/// How long a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// Elapsed seconds.
    Seconds(i64),
    /// Until the end of this working day after the day the clock starts, which is day 0.
    WorkingDays(i64),
}

/// What becomes of a row that counts, but for a condition that cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// It is left out, counted, and gives bounds.
    Exclude,
    /// It counts as not meeting the condition.
    Outside,
}

/// Which days of a stay are bed days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convention {
    /// Start day counted, end day not: each bed day is a night begun (MHSDS).
    Mhsds,
    /// Start day and end day both counted.
    Inclusive,
}
