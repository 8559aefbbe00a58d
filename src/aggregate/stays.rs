//! Aggregates of stays: how long they last, what they cost, and what would follow from others.

use crate::period::Month;

/// Stays in the long run: how many are open, how many start, how long they last.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow<N> {
    /// Stays open at the midnight that ends the window.
    pub open: N,
    /// Stays that started in the window.
    pub started: N,
    /// Days of the window.
    pub days: N,
    /// Stays that ended in the window.
    pub ended: N,
    /// Starts a day.
    pub a_day: N,
    /// Mean length in nights, from the survival below.
    pub mean: N,
    /// The share of stays that last longer than 0, 1, 2, … nights: by the ends and the stays at risk
    /// on each day of a stay in the window (life table by period).
    pub lasting: Vec<N>,
    /// The share of the nights of all stays that are among the first 0, 1, 2, … nights of a stay.
    pub within: Vec<N>,
    /// Stays longer than the last of these were never seen to end: the mean is the least.
    pub cut: bool,
    /// Stays of which it could not be decided whether they count; they take no part.
    pub undecided: N,
}

/// What stays cost, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost<N> {
    /// Month by month; months not delivered are left out.
    pub months: Vec<CostMonth<N>>,
    /// Over all of them.
    pub total: CostMonth<N>,
}

/// Bed days of a month, and the cost of those whose daily cost is known.
#[derive(Debug, Clone, PartialEq)]
pub struct CostMonth<N> {
    /// The month; of the total the last.
    pub month: Month,
    /// Bed days.
    pub bed_days: N,
    /// Bed days whose daily cost is known.
    pub known: N,
    /// Their share of the bed days; `None` without any.
    pub share: Option<N>,
    /// Their cost in pounds; what the others cost is in no figure.
    pub pounds: N,
    /// It has settled.
    pub settled: bool,
}

impl<N: Copy> Flow<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> Flow<M> {
        Flow {
            open: f(self.open),
            started: f(self.started),
            days: f(self.days),
            ended: f(self.ended),
            a_day: f(self.a_day),
            mean: f(self.mean),
            lasting: self.lasting.iter().map(|share| f(*share)).collect(),
            within: self.within.iter().map(|share| f(*share)).collect(),
            cut: self.cut,
            undecided: f(self.undecided),
        }
    }
}

impl<N: Copy> Cost<N> {
    /// The same with every number made into another.
    pub fn map<M>(&self, f: impl Fn(N) -> M) -> Cost<M> {
        let month = |month: &CostMonth<N>| CostMonth {
            month: month.month,
            bed_days: f(month.bed_days),
            known: f(month.known),
            share: month.share.map(&f),
            pounds: f(month.pounds),
            settled: month.settled,
        };
        Cost { months: self.months.iter().map(month).collect(), total: month(&self.total) }
    }
}
