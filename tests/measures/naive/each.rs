//! Days and weeks inside longer periods, day by day.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use concordat::indicators::measure::Measure;
use concordat::indicators::measure::each::{Each, Then};
use concordat::measures::Request;
use concordat::period::{Grain, Period};
use concordat::series::{Point, Status};

use super::{Question, Run};

/// The inner periods of an outer one: its days, or the weeks of its Thursdays.
pub(super) fn inside(each: Each, outer: Period) -> Vec<Period> {
    let days = outer.start.iter_days().take_while(|day| *day <= outer.last_day());
    match each.inner {
        Grain::Day => days.map(|start| Period { grain: Grain::Day, start }).collect(),
        _ => days
            .filter(|day| day.weekday() == Weekday::Thu)
            .map(|day| Period { grain: Grain::Week, start: day - Days::new(3) })
            .collect(),
    }
}

/// A question about inner periods, which owns what differs.
pub(super) struct Inner<'a> {
    measure: Measure,
    request: Request,
    outer: &'a Question<'a>,
}

impl Inner<'_> {
    pub(super) fn question(&self) -> Question<'_> {
        Question { measure: &self.measure, request: &self.request, ..self.outer.clone() }
    }

    pub(super) fn calendar(&self) -> Run {
        self.question().calendar()
    }
}

impl Question<'_> {
    pub(super) fn inner(&self) -> Option<(Each, Inner<'_>)> {
        let each = self.measure.each?;
        let measure = Measure { each: None, ..self.measure.clone() };
        let first = self.request.first.map(|month| month.plus(-1));
        let request = Request { grain: each.inner, first, ..self.request.clone() };
        Some((each, Inner { measure, request, outer: self }))
    }

    /// The first and the last day of the rows that a trace looks at.
    pub(in crate::measures) fn all_days(&self) -> (NaiveDate, NaiveDate) {
        self.inner().map_or_else(|| self.calendar(), |(_, inner)| inner.calendar())
    }

    pub(super) fn of_inner(
        &self,
        each: Each,
        inner: &Inner<'_>,
        rows: &[usize],
        period: Period,
    ) -> Point {
        let question = inner.question();
        let (first, last) = question.calendar();
        let wanted = inside(each, period);
        let points: Vec<Point> = wanted
            .iter()
            .filter(|one| one.start <= last && one.last_day() >= first)
            .map(|one| question.point(rows, *one))
            .collect();
        let is = |point: &&Point, status| point.status == status;
        let whole: Vec<&Point> = points
            .iter()
            .filter(|point| is(point, Status::Final) || is(point, Status::Provisional))
            .collect();
        let mut point = Point::empty(period, Status::Final);
        if whole.is_empty() && !points.iter().any(|point| is(&point, Status::Partial)) {
            point.status = Status::Missing;
        } else if whole.len() < wanted.len() {
            point.status = Status::Partial;
        } else if !self.settled(period) || whole.iter().any(|point| is(point, Status::Provisional))
        {
            point.status = Status::Provisional;
        }
        if whole.is_empty() {
            return point;
        }
        let values: Vec<f64> = whole.iter().map(|point| point.value.unwrap()).collect();
        point.value = Some(statistic(each.then, &values));
        point.unknown = whole.iter().map(|point| point.unknown).sum();
        let ends = |end: fn(&Point) -> f64| {
            let ends: Vec<f64> = whole.iter().map(|point| end(point)).collect();
            statistic(each.then, &ends)
        };
        let low = ends(|point| point.bounds.map_or(point.value.unwrap(), |bounds| bounds.0));
        let high = ends(|point| point.bounds.map_or(point.value.unwrap(), |bounds| bounds.1));
        point.bounds = (point.unknown > 0).then_some((low, high));
        match each.then {
            Then::Mean => {
                point.numerator = whole.iter().map(|point| point.numerator).sum();
                if let Some(sum) = point.numerator {
                    let number = whole.iter().map(|one| one.denominator.unwrap_or(1)).sum();
                    point.denominator = Some(number);
                    point.value = Some(sum as f64 / number as f64);
                }
            }
            Then::Median => {}
            Then::Max | Then::Min => {
                let one = whole.iter().find(|one| one.value == point.value).unwrap();
                (point.numerator, point.denominator) = (one.numerator, one.denominator);
            }
        }
        point
    }
}

fn statistic(then: Then, values: &[f64]) -> f64 {
    let number = values.len();
    // the value that has so many others below it, those equal in any order
    let ranked = |rank: usize| {
        let is = |value: &&f64| {
            let below = values.iter().filter(|other| other < value).count();
            let not_above = values.iter().filter(|other| other <= value).count();
            below <= rank && rank < not_above
        };
        *values.iter().find(is).unwrap()
    };
    match then {
        Then::Mean => values.iter().sum::<f64>() / number as f64,
        Then::Median if number.is_multiple_of(2) => {
            f64::midpoint(ranked(number / 2 - 1), ranked(number / 2))
        }
        Then::Median => ranked(number / 2),
        Then::Max => ranked(number - 1),
        Then::Min => ranked(0),
    }
}
