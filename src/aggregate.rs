//! Aggregates that stand beside series: when, how long, what kind, how often the same person.
//!
//! Each is counted from the rows that a measure counts and is no longer a row. The numbers are of
//! type `N`: plain where they are made, released figures after the wall. Every kind of row that
//! could not take part is counted apart.

pub mod stays;

use crate::period::Month;

/// The months whose rows are taken: at most so many, the latest that have settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first month.
    pub first: Month,
    /// The last month.
    pub last: Month,
    /// How many of them were delivered, wholly or in part.
    pub delivered: usize,
}

impl Window {
    /// How many months it has.
    pub fn months(&self) -> usize {
        usize::try_from(self.last.since(self.first) + 1).unwrap_or(0)
    }
}

/// Why rows do not take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Whether the measure counts them could not be decided.
    Undecided,
    /// They have no time of day.
    NoTime,
    /// Their time is in the hour that the clocks show twice.
    Twice,
    /// The start or the end is not known.
    NotKnown,
    /// The end lies before the start.
    Negative,
    /// Longer than can be true.
    TooLong,
    /// Not ended yet.
    Open,
    /// The code is not known.
    NoCode,
    /// The person is not known.
    NoPerson,
}

/// Rows that do not take part, by reason; reasons without a row are left out.
pub type Apart<N> = Vec<(Why, N)>;

/// Counts by two things at once: hour and weekday, or two codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid<N> {
    /// Names of the rows, in order.
    pub rows: Vec<String>,
    /// Names of the columns, in order.
    pub columns: Vec<String>,
    /// The count of each column in each row.
    pub cells: Vec<Vec<N>>,
    /// The count of each row.
    pub by_row: Vec<N>,
    /// The count of each column.
    pub by_column: Vec<N>,
    /// All cells together.
    pub total: N,
    /// What stands in no cell.
    pub apart: Apart<N>,
}

/// How long something took.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution<N> {
    /// The bands in order, each as wide as the others; the last has no end.
    pub bands: Vec<Band<N>>,
    /// Whether the lengths are whole days.
    pub days: bool,
    /// Rows whose length is known: those of all bands.
    pub known: N,
    /// The length that half of them do not exceed, in seconds (nearest rank).
    pub median: Option<N>,
    /// The length that nine in ten of them do not exceed, in seconds (nearest rank).
    pub ninetieth: Option<N>,
    /// The limits in force in some part of the window, in seconds, shortest first.
    pub limits: Vec<i64>,
    /// Rows over the limit in force on their own day; `None` without a limit.
    pub over: Option<N>,
    /// Rows of known length of which it cannot be told which limit was theirs, and it matters.
    pub untold: N,
    /// Rows not ended whose limit has passed at the cut-off; they are among those apart.
    pub open_over: N,
    /// What stands in no band.
    pub apart: Apart<N>,
}

/// Lengths above one and up to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Band<N> {
    /// Longer than this, in seconds; the first band also holds 0.
    pub above: i64,
    /// Up to and including this, in seconds; `None` of the last.
    pub to: Option<i64>,
    /// Rows.
    pub rows: N,
    /// Of these, rows over the limit in force on their own day.
    pub over: N,
}

/// Cases by month and code.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix<N> {
    /// The codes, in the contract's order; those never met are left out.
    pub codes: Vec<String>,
    /// Month by month.
    pub months: Vec<MixMonth<N>>,
}

/// The cases of one month by code.
#[derive(Debug, Clone, PartialEq)]
pub struct MixMonth<N> {
    /// The month.
    pub month: Month,
    /// Cases of each code; `None` where the month was not delivered.
    pub cases: Option<Vec<N>>,
    /// Their shares of the cases whose code is known; `None` where there are none.
    pub shares: Option<Vec<N>>,
    /// Cases whose code is not known.
    pub unknown: Option<N>,
    /// It has settled.
    pub settled: bool,
}

/// Cases by code over the window, and over as many months before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Codes<N> {
    /// Each code in the contract's order; last, without a code, the cases whose code is not known.
    pub rows: Vec<Coded<N>>,
    /// The months before the window that are compared; `None` where they were not all delivered.
    pub before: Option<(Month, Month)>,
    /// The share is of cases that meet a condition, not of all cases.
    pub condition: bool,
}

/// One code.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded<N> {
    /// The code; `None` for cases whose code is not known.
    pub code: Option<String>,
    /// Its cases.
    pub cases: N,
    /// Cases that meet the condition; all of them where there is none.
    pub inside: N,
    /// The share: of the code's cases that meet the condition, else of all cases whose code is known.
    pub share: Option<N>,
    /// The 95 % interval of a share that meets a condition (Wilson).
    pub interval: Option<(N, N)>,
    /// Its cases in the months before.
    pub cases_before: Option<N>,
    /// Its share in the months before.
    pub share_before: Option<N>,
    /// Its cases differ from those before by more than chance explains: of counts of events of which every
    /// month was delivered, by the exact test of two counts.
    pub moved: bool,
}

/// How often the same people came.
#[derive(Debug, Clone, PartialEq)]
pub struct People<N> {
    /// People by how often they came, once first; the last class is open above.
    pub classes: Vec<Class<N>>,
    /// All people.
    pub people: N,
    /// All of their events.
    pub events: N,
    /// People who came more than once.
    pub again: N,
    /// All events of people who came more than once.
    pub events_again: N,
    /// Rows that could not be given to anybody.
    pub apart: Apart<N>,
}

/// People who came equally often.
#[derive(Debug, Clone, PartialEq)]
pub struct Class<N> {
    /// How often.
    pub times: usize,
    /// Or more often.
    pub or_more: bool,
    /// How many people.
    pub people: N,
    /// Their events.
    pub events: N,
}

impl<N: Copy> Grid<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> Grid<M> {
        Grid {
            rows: self.rows.clone(),
            columns: self.columns.clone(),
            cells: self.cells.iter().map(|row| row.iter().map(|cell| f(*cell)).collect()).collect(),
            by_row: self.by_row.iter().map(|count| f(*count)).collect(),
            by_column: self.by_column.iter().map(|count| f(*count)).collect(),
            total: f(self.total),
            apart: apart(&self.apart, &f),
        }
    }
}

impl<N: Copy> Distribution<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> Distribution<M> {
        let band = |band: &Band<N>| Band {
            above: band.above,
            to: band.to,
            rows: f(band.rows),
            over: f(band.over),
        };
        Distribution {
            bands: self.bands.iter().map(band).collect(),
            days: self.days,
            known: f(self.known),
            median: self.median.map(&f),
            ninetieth: self.ninetieth.map(&f),
            limits: self.limits.clone(),
            over: self.over.map(&f),
            untold: f(self.untold),
            open_over: f(self.open_over),
            apart: apart(&self.apart, &f),
        }
    }
}

impl<N: Copy> Mix<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> Mix<M> {
        let all = |numbers: &Vec<N>| numbers.iter().map(|number| f(*number)).collect::<Vec<M>>();
        let month = |month: &MixMonth<N>| MixMonth {
            month: month.month,
            cases: month.cases.as_ref().map(all),
            shares: month.shares.as_ref().map(all),
            unknown: month.unknown.map(&f),
            settled: month.settled,
        };
        Mix { codes: self.codes.clone(), months: self.months.iter().map(month).collect() }
    }
}

impl<N: Copy> Codes<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> Codes<M> {
        let row = |row: &Coded<N>| Coded {
            code: row.code.clone(),
            cases: f(row.cases),
            inside: f(row.inside),
            share: row.share.map(&f),
            interval: row.interval.map(|(low, high)| (f(low), f(high))),
            cases_before: row.cases_before.map(&f),
            share_before: row.share_before.map(&f),
            moved: row.moved,
        };
        Codes {
            rows: self.rows.iter().map(row).collect(),
            before: self.before,
            condition: self.condition,
        }
    }
}

impl<N: Copy> People<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> People<M> {
        let class = |class: &Class<N>| Class {
            times: class.times,
            or_more: class.or_more,
            people: f(class.people),
            events: f(class.events),
        };
        People {
            classes: self.classes.iter().map(class).collect(),
            people: f(self.people),
            events: f(self.events),
            again: f(self.again),
            events_again: f(self.events_again),
            apart: apart(&self.apart, &f),
        }
    }
}

fn apart<N: Copy, M>(apart: &Apart<N>, f: &impl Fn(N) -> M) -> Apart<M> {
    apart.iter().map(|(why, rows)| (*why, f(*rows))).collect()
}
