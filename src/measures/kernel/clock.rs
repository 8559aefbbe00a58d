//! Clocks with limits, row by row: inside, outside, still running, or not to be told.

use super::{Days, Truth, Truths};
use crate::feeds::contract::Contract;
use crate::indicators::measure::{Interval, Length};
use crate::measures::Request;
use crate::measures::calendar::day_number;
use crate::measures::clock::cut_off;
use crate::measures::flaws::{Flaw, empty_end};
use crate::measures::plan::{Clock, EmptyEnd};
use crate::measures::polars::{INSIDE, NO_LIMIT, OUTSIDE, RUNNING, UNDECIDED};

/// What is known of the time between two events, for each row.
#[derive(Debug)]
pub(super) struct Times {
    /// In seconds.
    pub(super) from: Vec<Option<i64>>,
    /// In seconds.
    pub(super) to: Vec<Option<i64>>,
    /// Whether the end was delivered blank.
    pub(super) blank: Vec<bool>,
    /// The working days between them, where those are counted.
    pub(super) worked: Vec<Option<i64>>,
    /// Whether both have a time of day.
    pub(super) timed: bool,
}

impl Times {
    fn elapsed(&self, row: usize) -> Option<i64> {
        Some(self.to[row]? - self.from[row]?)
    }

    /// The time itself: working days where those are counted, else seconds.
    pub(super) fn lengths(&self) -> Vec<Option<i64>> {
        if self.worked.is_empty() {
            return (0..self.from.len()).map(|row| self.elapsed(row)).collect();
        }
        self.worked.clone()
    }

    /// The number of each row's first flaw, of those that it may have, in their order; 0 without one.
    pub(super) fn flaws(
        &self,
        asked: &[Flaw],
        interval: &Interval,
        contract: &Contract,
    ) -> Vec<i32> {
        let blank_is_open = empty_end(&interval.to, contract) == EmptyEnd::NotEndedWhereBlank;
        let longest = interval.longest.unwrap_or(i64::MAX);
        let is = |flaw: Flaw, row: usize| match flaw {
            Flaw::NoStart => self.from[row].is_none(),
            Flaw::NotEnded => self.to[row].is_none() && (!blank_is_open || self.blank[row]),
            Flaw::NoEnd => self.to[row].is_none() && (!blank_is_open || !self.blank[row]),
            Flaw::Backwards => self.elapsed(row).is_some_and(|elapsed| elapsed < 0),
            Flaw::TooLong => self.elapsed(row).is_some_and(|elapsed| elapsed > longest),
            Flaw::NoCalendar => self.worked[row].is_none(),
        };
        let first = |row| asked.iter().find(|flaw| is(**flaw, row)).map_or(0, |flaw| flaw.number());
        (0..self.from.len()).map(first).collect()
    }
}

/// The limits of a clock, and what is known of each row's.
pub(super) struct Limits<'a> {
    clock: &'a Clock,
    times: &'a Times,
    /// Whether the condition of each limit holds, where it has one.
    conditions: Vec<Option<Truths>>,
    /// The local day on which each row's clock starts, where a limit asks for it.
    started: Option<Days>,
    cut_off: i64,
}

impl<'a> Limits<'a> {
    pub(super) fn new(
        clock: &'a Clock,
        times: &'a Times,
        (conditions, started): (Vec<Option<Truths>>, Option<Days>),
        request: &Request,
    ) -> Self {
        let cut_off = cut_off(times.timed, request);
        Self { clock, times, conditions, started, cut_off }
    }

    /// What became of a row's clock, as [`super::super::clock::outcome`] says it.
    pub(super) fn outcome(&self, row: usize) -> i32 {
        let limits = self.clock.limits.iter().enumerate().rev();
        limits.fold(NO_LIMIT, |rest, (at, limit)| {
            let this = self.against(limit.length, row);
            let before = limit.before.map(|before| {
                let day = self.started.as_ref().and_then(|days| days[row]);
                Truth::perhaps(day.map(|day| day < day_number(before)))
            });
            let asked = self.conditions.get(at).and_then(Option::as_ref).map(|holds| holds[row]);
            match before.into_iter().chain(asked).min() {
                None | Some(Truth::Yes) => this,
                Some(Truth::No) => rest,
                Some(Truth::Unknown) if this == rest => this,
                Some(Truth::Unknown) => UNDECIDED,
            }
        })
    }

    /// What became of it were this its limit.
    fn against(&self, limit: Length, row: usize) -> i32 {
        let times = self.times;
        let worked = || times.worked.get(row).copied().flatten();
        let longest = self.clock.interval.longest.unwrap_or(i64::MAX);
        let Some(elapsed) = times.elapsed(row) else {
            let (running_for, limit) = match limit {
                Length::Seconds(seconds) => {
                    (times.from[row].map(|from| self.cut_off - from), seconds)
                }
                Length::WorkingDays(days) => (worked(), days),
            };
            return match self.clock.empty_end {
                _ if times.to[row].is_some() => UNDECIDED,
                EmptyEnd::NotEnded => beside(running_for, limit, RUNNING, OUTSIDE),
                EmptyEnd::NotEndedWhereBlank if times.blank[row] => {
                    beside(running_for, limit, RUNNING, OUTSIDE)
                }
                EmptyEnd::NotEndedWhereBlank => UNDECIDED,
                EmptyEnd::NotKnown => beside(running_for, limit, RUNNING, UNDECIDED),
            };
        };
        if elapsed < 0 || elapsed > longest {
            return UNDECIDED;
        }
        match limit {
            Length::Seconds(seconds) => beside(Some(elapsed), seconds, INSIDE, OUTSIDE),
            Length::WorkingDays(days) => beside(worked(), days, INSIDE, OUTSIDE),
        }
    }
}

/// One answer up to the limit, another beyond it; neither where the time is not known.
fn beside(passed: Option<i64>, limit: i64, up_to: i32, beyond: i32) -> i32 {
    match passed {
        Some(passed) if passed <= limit => up_to,
        Some(_) => beyond,
        None => UNDECIDED,
    }
}
