//! Each step's answer for one row.

use chrono::NaiveDate;
use concordat::area::Days;
use concordat::feeds::contract::Rows;
use concordat::filter::Filter;
use concordat::indicators::measure::{Kind, Quantity, Unknown};

use super::filters::{holds, seconds};
use super::{Question, Run};
use crate::measures::frame::Value;

/// What became of a row's condition or clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Inside,
    Outside,
    Undecided,
    Running,
    NoLimit,
}

pub(super) fn local_day(value: &Value) -> NaiveDate {
    match value {
        Value::Date(day) => *day,
        Value::Time(time) => time.date(),
        other => panic!("{other:?} is no day"),
    }
}

impl Outcome {
    fn of(holds: Option<bool>) -> Self {
        match holds {
            Some(true) => Self::Inside,
            Some(false) => Self::Outside,
            None => Self::Undecided,
        }
    }
}

impl Question<'_> {
    pub(super) fn holds(&self, filter: &Filter, row: usize) -> Option<bool> {
        holds(filter, &self.rows[row], &|prior| {
            self.before(row, &prior.person, prior.days, prior.among.as_deref())
        })
    }

    /// Every step's answer for a row, in order; the period is tested after the area.
    pub(in crate::measures) fn answers(
        &self,
        row: usize,
        windows: Option<&[Run]>,
    ) -> Vec<Option<bool>> {
        let mut answers = Vec::new();
        answers.extend(self.measure.filter.as_ref().map(|filter| self.holds(filter, row)));
        answers.extend(self.narrowed.map(|filter| self.holds(filter, row)));
        answers.push(Some(self.day(row).is_some()));
        answers.extend(self.measure.period_by.as_ref().map(|column| self.placed(row, column)));
        answers.push(self.in_area(row));
        if let Some(windows) = windows {
            answers.push(Some(windows.iter().any(|one| self.part(row, one.0, one.1))));
        }
        if let Kind::Proportion { denominator: Some(filter), .. } = &self.measure.kind {
            answers.push(self.holds(filter, row));
        }
        if let Kind::Proportion { follow: Some(days), .. } = &self.measure.kind {
            let over = |day: NaiveDate| self.followed(day, *days);
            answers.push(self.day(row).map(over));
        }
        self.fold_answers(row, &mut answers);
        answers
    }

    /// Whether the column that places the row in a period is known, or has not ended.
    fn placed(&self, row: usize, column: &str) -> Option<bool> {
        let values = &self.rows[row];
        let not_yet = self.contract.rows == Rows::Stays
            || (self.contract.open_ends.contains(column)
                && values.get(&format!("{column}@blank")) == Some(&Value::Flag(true)));
        match values.contains_key(column) {
            true => Some(true),
            false if not_yet => Some(false),
            false => None,
        }
    }

    /// Whether the row is in the areas asked for on its own day.
    fn in_area(&self, row: usize) -> Option<bool> {
        let Some(area) = &self.contract.area else { return Some(true) };
        let day = self.day(row);
        let of =
            |days: &Days| day.map_or(days.is_always().then_some(true), |day| Some(days.holds(day)));
        match self.rows[row].get(area) {
            Some(Value::Text(code)) => self.request.areas.days(code).map_or(Some(false), of),
            // it may be any of those that count on its day
            _ if self.request.areas.iter().all(|(_, days)| of(days) == Some(false)) => Some(false),
            _ => None,
        }
    }

    /// The answers of the steps that the kind itself has.
    fn fold_answers(&self, row: usize, answers: &mut Vec<Option<bool>>) {
        let values = &self.rows[row];
        let told = !self.counts_unknown();
        let totals = self.contract.rows == Rows::Totals;
        match &self.measure.kind {
            Kind::Count | Kind::Gap | Kind::Rate { .. } => {}
            Kind::Repeat { .. } if !told => {}
            Kind::Repeat { person, .. } => {
                answers.push(values.contains_key(person).then_some(true));
                answers.push((self.outcome(row) != Outcome::Undecided).then_some(true));
            }
            Kind::Distinct { of } => answers.push(values.contains_key(of).then_some(true)),
            Kind::Proportion { .. } | Kind::Within { .. } => {
                let outcome = self.outcome(row);
                if matches!(self.measure.kind, Kind::Within { .. }) {
                    answers.push(Some(outcome != Outcome::NoLimit));
                    answers.push(Some(outcome != Outcome::Running));
                }
                if told {
                    let interval = self.interval();
                    answers.extend(interval.into_iter().flat_map(|one| self.sound(row, one)));
                    answers.push((outcome != Outcome::Undecided).then_some(true));
                }
            }
            Kind::BedDays { stay, .. }
            | Kind::Open { stay }
            | Kind::AverageOpen { stay }
            | Kind::Peak { stay } => {
                let pair = values.get(&stay.from).zip(values.get(&stay.to));
                let ordered = pair.map(|(from, to)| seconds(from) <= seconds(to));
                answers.push(match values.get(&stay.from) {
                    None => None,
                    Some(_) => ordered.or(Some(true)),
                });
            }
            _ if self.interval().is_some() => {
                answers.extend(self.sound(row, self.interval().unwrap()));
            }
            _ if totals => {
                let columns = self.number_columns();
                let suppressed = columns.iter().any(|column| {
                    values.get(&format!("{column}@suppressed")) == Some(&Value::Flag(true))
                });
                answers.push(Some(!suppressed));
                answers.push(Some(columns.iter().all(|column| values.contains_key(*column))));
            }
            _ => answers.push(self.numbers(row).map(|_| true)),
        }
    }

    /// Whether every day after one is over at the end of the as-at month.
    pub(super) fn followed(&self, day: NaiveDate, days: u32) -> bool {
        let last = (0..days).try_fold(day, |day, _| day.succ_opt());
        last.is_none_or(|last| last <= self.request.as_at.last_day())
    }

    /// Whether rows whose condition cannot be told count as not meeting it.
    pub(super) fn counts_unknown(&self) -> bool {
        match &self.measure.kind {
            Kind::Proportion { unknown, .. }
            | Kind::Within { unknown, .. }
            | Kind::Repeat { unknown, .. } => *unknown == Unknown::Outside,
            _ => false,
        }
    }

    /// The columns that place a row in a month, by kind.
    pub(super) fn day(&self, row: usize) -> Option<NaiveDate> {
        let values = &self.rows[row];
        let event = self.contract.event_time.as_deref().unwrap_or("period");
        if let Some(column) = &self.measure.period_by {
            return values.get(column).or_else(|| values.get(event)).map(local_day);
        }
        let value = match &self.measure.kind {
            Kind::Within { clock, .. } => values.get(&clock.from).or_else(|| values.get(event)),
            Kind::BedDays { stay, .. }
            | Kind::Open { stay }
            | Kind::AverageOpen { stay }
            | Kind::Peak { stay } => values.get(&stay.from),
            _ if self.contract.rows == Rows::Totals => values.get("period"),
            _ => values.get(event),
        };
        value.map(local_day)
    }

    pub(super) fn number_columns(&self) -> Vec<&str> {
        match &self.measure.kind {
            Kind::Sum { of: Quantity::Column(column) }
            | Kind::Mean { of: Quantity::Column(column) }
            | Kind::Quantile { of: Quantity::Column(column), .. } => vec![column],
            Kind::Ratio { numerator, denominator } => vec![numerator, denominator],
            Kind::Given { numerator, denominator } => {
                let mut columns = vec![numerator.as_str()];
                columns.extend(denominator.as_deref());
                columns
            }
            _ => vec![],
        }
    }

    /// The numbers above and below the line.
    pub(super) fn numbers(&self, row: usize) -> Option<(f64, f64)> {
        let values = &self.rows[row];
        let number = |column: &str| match values.get(column)? {
            Value::Integer(number) => Some(f64::from(i32::try_from(*number).unwrap())),
            Value::Decimal(number) => Some(*number),
            other => panic!("{other:?} is not a number"),
        };
        let quantity = |of: &Quantity| match of {
            Quantity::Column(column) => number(column),
            Quantity::Elapsed(interval) => self.elapsed(values, interval),
        };
        match &self.measure.kind {
            Kind::Sum { of } | Kind::Mean { of } | Kind::Quantile { of, .. } => {
                Some((quantity(of)?, 1.0))
            }
            Kind::Ratio { numerator, denominator } => {
                Some((number(numerator)?, number(denominator)?))
            }
            Kind::Given { numerator, denominator } => Some((
                number(numerator)?,
                match denominator {
                    Some(denominator) => number(denominator)?,
                    None => 1.0,
                },
            )),
            _ => Some((1.0, 1.0)),
        }
    }

    pub(super) fn outcome(&self, row: usize) -> Outcome {
        match &self.measure.kind {
            Kind::Proportion { numerator, .. } => Outcome::of(self.holds(numerator, row)),
            Kind::Within { clock, limits, .. } => self.clock(row, clock, limits),
            Kind::Repeat { person, days, .. } => {
                let among = self.measure.filter.as_ref();
                Outcome::of(self.before(row, person, *days, among))
            }
            _ => Outcome::Undecided,
        }
    }

    /// Every other row against this one: whether one of the person came before it.
    fn before(&self, row: usize, person: &str, days: u32, among: Option<&Filter>) -> Option<bool> {
        let at = |row: usize| {
            let values = &self.rows[row];
            let event = values.get(self.contract.event_time.as_deref()?)?;
            Some((seconds(event), format!("{:?}", values.get("id")), local_day(event)))
        };
        let (own, whose) = (at(row)?, self.rows[row].get(person)?);
        let days = i64::from(days);
        let data = self.coverage.months.iter().next()?.first_day();
        let mut found = ((own.2 - data).num_days() >= days).then_some(false);
        for other in (0..self.rows.len()).filter(|one| self.rows[*one].get(person) == Some(whose)) {
            let Some(event) = at(other) else { continue };
            let before = (event.0, &event.1) < (own.0, &own.1);
            if !before || (own.2 - event.2).num_days() > days {
                continue;
            }
            match among.map_or(Some(true), |filter| self.holds(filter, other)) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => found = None,
            }
        }
        found
    }
}
