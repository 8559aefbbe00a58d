//! Stays, day by day and instant by instant.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use concordat::indicators::measure::{Convention, Kind, Stay};

use super::filters::seconds;
use super::steps::local_day;
use super::{Question, Run};
use crate::measures::frame::{Row, Value, utc};

impl Question<'_> {
    pub(super) fn stay(&self) -> Option<&Stay> {
        match &self.measure.kind {
            Kind::BedDays { stay, .. }
            | Kind::Open { stay }
            | Kind::AverageOpen { stay }
            | Kind::Peak { stay } => Some(stay),
            _ => None,
        }
    }

    /// Start and end of a row's stay, cut where the same person's next one starts.
    pub(super) fn span(&self, row: usize) -> Option<(Value, Option<Value>)> {
        let stay = self.stay()?;
        let of = |row: usize| {
            let values = &self.rows[row];
            let id = |values: &Row| format!("{:?}", values.get("id"));
            let start = values.get(&stay.from)?.clone();
            let end = values.get(&stay.to).cloned();
            Some((seconds(&start), end.as_ref().map_or(i64::MAX, seconds), id(values), start, end))
        };
        let own = of(row)?;
        let (start, mut end) = (own.3.clone(), own.4.clone());
        let person = stay.person.as_ref().and_then(|column| self.rows[row].get(column));
        if let Some(person) = person {
            let column = stay.person.as_ref().unwrap();
            let mut others: Vec<_> = (0..self.rows.len())
                .filter(|other| self.rows[*other].get(column) == Some(person))
                .filter_map(of)
                .collect();
            others.sort_by_key(|other| (other.0, other.1, other.2.clone()));
            let at = others.iter().position(|other| other.2 == own.2).unwrap();
            if let Some(next) = others.get(at + 1)
                && next.0 < own.1
            {
                end = Some(next.3.clone());
            }
        }
        Some((start, end))
    }

    /// Whether a stay occupies a day.
    pub(super) fn occupies(&self, row: usize, day: NaiveDate) -> bool {
        let Some((start, end)) = self.span(row) else { return false };
        let inclusive =
            matches!(self.measure.kind, Kind::BedDays { convention: Convention::Inclusive, .. });
        let (from, to) = (local_day(&start), end.as_ref().map(local_day));
        from <= day && to.is_none_or(|to| if inclusive { day <= to } else { day < to })
    }

    pub(super) fn timed(&self, row: usize) -> Option<(i64, i64)> {
        let (start, end) = self.span(row)?;
        matches!(start, Value::Time(_))
            .then(|| (seconds(&start), end.as_ref().map_or(i64::MAX, seconds)))
    }

    pub(super) fn part(&self, row: usize, first: NaiveDate, last: NaiveDate) -> bool {
        let mut days = first.iter_days().take_while(|day| *day <= last);
        if self.stay().is_none() {
            return self.day(row).is_some_and(|day| first <= day && day <= last);
        }
        match (&self.measure.kind, self.timed(row)) {
            _ if last < first => false,
            (Kind::Open { .. }, _) => self.occupies(row, last),
            (Kind::Peak { .. }, Some((from, to))) => {
                let edge = |day: NaiveDate| utc(day.and_time(NaiveTime::MIN));
                from < to && from < edge(last.succ_opt().unwrap()) && to > edge(first)
            }
            _ => days.any(|day| self.occupies(row, day)),
        }
    }

    /// The most stays open at one instant of a run of days.
    pub(super) fn peak(&self, rows: &[usize], (first, last): Run) -> i64 {
        let days = first.iter_days().take_while(|day| *day <= last);
        let open_at = |instant: i64| {
            rows.iter().filter(move |row| {
                self.timed(**row).is_some_and(|(from, to)| from <= instant && instant < to)
            })
        };
        let timed = self.rows.iter().any(|row| {
            matches!(self.stay().and_then(|stay| row.get(&stay.from)), Some(Value::Time(_)))
        });
        let most = if timed {
            let edge = |day: NaiveDate| utc(NaiveDateTime::new(day, NaiveTime::MIN));
            let (from, to) = (edge(first), edge(last.succ_opt().unwrap()));
            let starts = rows.iter().filter_map(|row| Some(self.timed(*row)?.0));
            let instants = starts.filter(|start| from <= *start && *start < to).chain([from]);
            instants.map(|instant| open_at(instant).count()).max()
        } else {
            days.map(|day| rows.iter().filter(|row| self.occupies(**row, day)).count()).max()
        };
        i64::try_from(most.unwrap_or(0)).unwrap()
    }
}
