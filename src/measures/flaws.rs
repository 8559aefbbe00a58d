//! Why the time between two events of a row cannot be used, each reason told apart.

use polars::prelude::{Expr, col, lit, when};

use crate::feeds::contract::{Contract, Rows};
use crate::indicators::measure::{Interval, Quantity};
use crate::measures::plan::{EmptyEnd, Fold, Step, Test, timed};
use crate::measures::polars::instant;
use crate::measures::working::WORKED;

/// Why the time between two events cannot be used; of several the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// When it started is not known.
    NoStart,
    /// It has not ended.
    NotEnded,
    /// When it ended is not known.
    NoEnd,
    /// The end is before the start.
    Backwards,
    /// It is longer than can be true.
    TooLong,
    /// It starts or ends in a year whose bank holidays are not known.
    NoCalendar,
}

impl Flaw {
    /// A number of its own, from 1 on.
    pub(super) fn number(self) -> i32 {
        self as i32 + 1
    }

    /// Whether a row's first flaw is another, or it has none.
    pub(super) fn absent(self) -> Expr {
        col(FLAW).neq(lit(self.number()))
    }

    /// The step at which rows with it stop.
    pub(super) fn step(self) -> Step {
        let name = match self {
            Self::NoStart => "start known",
            Self::NotEnded => "ended",
            Self::NoEnd => "end known",
            Self::Backwards => "end not before start",
            Self::TooLong => "not too long to be true",
            Self::NoCalendar => "in the calendar's years",
        };
        Step { name, test: Test::Sound(self) }
    }
}

/// What an end without a time means in a feed.
pub(super) fn empty_end(to: &str, contract: &Contract) -> EmptyEnd {
    match contract.rows {
        Rows::Stays => EmptyEnd::NotEnded,
        _ if contract.open_ends.contains(to) => EmptyEnd::NotEndedWhereBlank,
        Rows::Events | Rows::Totals => EmptyEnd::NotKnown,
    }
}

impl Fold {
    /// The time between two events that it measures, if it does.
    pub(super) fn interval(&self) -> Option<&Interval> {
        match self {
            Self::Within(clock) => Some(&clock.interval),
            Self::Sum(Quantity::Elapsed(interval))
            | Self::Mean(Quantity::Elapsed(interval))
            | Self::Quantile(Quantity::Elapsed(interval), _) => Some(interval),
            _ => None,
        }
    }

    /// What can be wrong with that time, in the order in which it is asked. A clock that has not
    /// ended may be past its limit and is no flaw of it.
    pub(super) fn flaws(&self, contract: &Contract) -> Vec<Flaw> {
        let Some(interval) = self.interval() else { return Vec::new() };
        let end = empty_end(&interval.to, contract);
        let open = end != EmptyEnd::NotKnown && !matches!(self, Self::Within(_));
        let asked = [
            (Flaw::NoStart, true),
            (Flaw::NotEnded, open),
            (Flaw::NoEnd, end != EmptyEnd::NotEnded),
            (Flaw::Backwards, true),
            (Flaw::TooLong, interval.longest.is_some()),
            (Flaw::NoCalendar, interval.calendar.is_some()),
        ];
        asked.into_iter().filter_map(|(flaw, asked)| asked.then_some(flaw)).collect()
    }
}

/// The first flaw of each row, by its number; 0 where there is none.
pub(super) const FLAW: &str = "@flaw";

/// [`FLAW`] of the time between two events, of the flaws that it may have, in their order.
pub(super) fn first(flaws: &[Flaw], interval: &Interval, contract: &Contract) -> Expr {
    let timed = timed(contract, &[&interval.from, &interval.to]);
    let from = || instant(&interval.from, timed);
    let to = || instant(&interval.to, timed);
    let blank = || col(format!("{}@blank", interval.to)).fill_null(lit(false));
    let is = |flaw: &Flaw| match (flaw, empty_end(&interval.to, contract)) {
        (Flaw::NoStart, _) => from().is_null(),
        (Flaw::NotEnded, EmptyEnd::NotEndedWhereBlank) => to().is_null().and(blank()),
        (Flaw::NoEnd, EmptyEnd::NotEndedWhereBlank) => to().is_null().and(blank().not()),
        (Flaw::NotEnded | Flaw::NoEnd, _) => to().is_null(),
        (Flaw::Backwards, _) => (to() - from()).lt(lit(0_i64)),
        (Flaw::TooLong, _) => (to() - from()).gt(lit(interval.longest.unwrap_or(i64::MAX))),
        (Flaw::NoCalendar, _) => col(WORKED).is_null(),
    };
    flaws
        .iter()
        .rev()
        .fold(lit(0), |rest, flaw| when(is(flaw)).then(lit(flaw.number())).otherwise(rest))
}
