//! The time between two events, walked day by day where it is counted in working days.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use concordat::feeds::contract::Rows;
use concordat::indicators::measure::{Interval, Kind, Length, Limit, Quantity};

use super::Question;
use super::filters::{all, seconds};
use super::steps::{Outcome, local_day};
use crate::measures::frame::{Row, Value};

/// The first cell of every line of the repository's own file.
static HOLIDAYS: LazyLock<BTreeSet<NaiveDate>> = LazyLock::new(|| {
    let lines = include_str!("../../../indicators/areas/holidays.csv").lines().skip(1);
    lines.map(|line| line[..10].parse().unwrap()).collect()
});

fn is_working(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !HOLIDAYS.contains(&day)
}

/// Whether anything is known of the holidays of a day's year.
fn is_known(day: NaiveDate) -> bool {
    HOLIDAYS.iter().any(|holiday| holiday.year() == day.year())
}

fn next_working_day(after: NaiveDate) -> NaiveDate {
    after.iter_days().skip(1).find(|day| is_working(*day)).unwrap()
}

impl Question<'_> {
    /// The time between two events that the measure is of.
    pub(super) fn interval(&self) -> Option<&Interval> {
        match &self.measure.kind {
            Kind::Within { clock, .. } => Some(clock),
            Kind::Sum { of: Quantity::Elapsed(interval) }
            | Kind::Mean { of: Quantity::Elapsed(interval) }
            | Kind::Quantile { of: Quantity::Elapsed(interval), .. } => Some(interval),
            _ => None,
        }
    }

    /// The steps that tell apart why such a time cannot be used; of a clock they stop a row only
    /// where what became of it is not known.
    pub(super) fn sound(&self, row: usize, interval: &Interval) -> Vec<Option<bool>> {
        let values = &self.rows[row];
        let (start, end) = (values.get(&interval.from), values.get(&interval.to));
        let blank = values.get(&format!("{}@blank", interval.to)) == Some(&Value::Flag(true));
        let stays = self.contract.rows == Rows::Stays;
        let declared = !stays && self.contract.open_ends.contains(&interval.to);
        let clock = matches!(self.measure.kind, Kind::Within { .. });
        let open = end.is_none() && (stays || declared && blank);
        let elapsed = start.zip(end).map(|(start, end)| seconds(end) - seconds(start));
        let decided = clock && self.outcome(row) != Outcome::Undecided;
        let answer = |flawed: bool| (decided || !flawed).then_some(true);
        let mut answers = vec![answer(start.is_none())];
        if !clock && (stays || declared) {
            answers.push(answer(open));
        }
        if !stays {
            answers.push(answer(end.is_none() && !open));
        }
        answers.push(answer(elapsed.is_some_and(|elapsed| elapsed < 0)));
        if let Some(longest) = interval.longest {
            answers.push(answer(elapsed.is_some_and(|elapsed| elapsed > longest)));
        }
        if interval.calendar.is_some() {
            answers.push(answer(self.working_span(values, interval).is_none()));
        }
        answers
    }

    /// First and last day, where their years' holidays are known; without an end the last is the
    /// day after the as-at month.
    fn working_span(&self, values: &Row, interval: &Interval) -> Option<(NaiveDate, NaiveDate)> {
        let from = local_day(values.get(&interval.from)?);
        let after = self.request.as_at.last_day() + Days::new(1);
        let to = values.get(&interval.to).map_or(after.max(from), local_day);
        (is_known(from) && is_known(to)).then_some((from, to))
    }

    /// Elapsed time as a number, where it can be used.
    pub(super) fn elapsed(&self, values: &Row, interval: &Interval) -> Option<f64> {
        let passed = seconds(values.get(&interval.to)?) - seconds(values.get(&interval.from)?);
        if passed < 0 || interval.longest.is_some_and(|longest| passed > longest) {
            return None;
        }
        if interval.calendar.is_none() {
            return Some(f64::from(i32::try_from(passed).unwrap()));
        }
        let (from, to) = self.working_span(values, interval)?;
        let (mut reached, mut days) = (from, 0);
        while reached < to {
            reached = next_working_day(reached);
            days += 1;
        }
        Some(f64::from(days))
    }

    pub(super) fn clock(&self, row: usize, interval: &Interval, limits: &[Limit]) -> Outcome {
        let values = &self.rows[row];
        let Some((limit, rest)) = limits.split_first() else { return Outcome::NoLimit };
        let start = values.get(&interval.from);
        let applies = all(&[
            limit.before.map_or(Some(true), |before| Some(local_day(start?) < before)),
            limit.when.as_ref().map_or(Some(true), |when| self.holds(when, row)),
        ]);
        let this = match (start, values.get(&interval.to)) {
            (Some(start), Some(end)) => {
                let elapsed = seconds(end) - seconds(start);
                let late = self.late(values, interval, limit, elapsed);
                let long = interval.longest.is_some_and(|longest| elapsed > longest);
                match late {
                    _ if elapsed < 0 || long => Outcome::Undecided,
                    Some(false) => Outcome::Inside,
                    Some(true) => Outcome::Outside,
                    None => Outcome::Undecided,
                }
            }
            (Some(start), None) => self.unfinished(values, interval, limit, start),
            (None, _) => Outcome::Undecided,
        };
        match applies {
            Some(true) => this,
            Some(false) => self.clock(row, interval, rest),
            None if this == self.clock(row, interval, rest) => this,
            None => Outcome::Undecided,
        }
    }

    fn unfinished(
        &self,
        values: &Row,
        interval: &Interval,
        limit: &Limit,
        start: &Value,
    ) -> Outcome {
        let blank = values.get(&format!("{}@blank", interval.to)) == Some(&Value::Flag(true));
        let stays = self.contract.rows == Rows::Stays;
        let declared = !stays && self.contract.open_ends.contains(&interval.to);
        let end = self.request.as_at.plus(1).first_day();
        let cut_off = match start {
            Value::Time(_) => seconds(&Value::Time(end.and_hms_opt(0, 0, 0).unwrap())),
            _ => seconds(&Value::Date(end)),
        };
        let late = self.late(values, interval, limit, cut_off - seconds(start));
        if declared && !blank {
            return Outcome::Undecided;
        }
        match late {
            Some(false) => Outcome::Running,
            Some(true) if stays || declared => Outcome::Outside,
            _ => Outcome::Undecided,
        }
    }

    /// Whether so many seconds, or the row's working days, are beyond a limit.
    fn late(&self, values: &Row, interval: &Interval, limit: &Limit, passed: i64) -> Option<bool> {
        match limit.length {
            Length::Seconds(seconds) => Some(passed > seconds),
            Length::WorkingDays(days) => {
                let (from, to) = self.working_span(values, interval)?;
                let deadline = (0..days).fold(from, |day, _| next_working_day(day));
                Some(to > deadline)
            }
        }
    }
}
