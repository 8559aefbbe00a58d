//! The naive interpreter: one row after the other, one period after the other, one day after the
//! other, with nothing shared with the engine but the words of the definitions.

use chrono::{Datelike, NaiveDate};
use concordat::area::Days;
use concordat::feeds::Coverage;
use concordat::feeds::contract::{Contract, Empty};
use concordat::filter::Filter;
use concordat::indicators::measure::{Kind, Measure, Unknown};
use concordat::measures::Request;
use concordat::period::{Month, Period};
use concordat::series::{OtherReading, Point, Status};
use concordat::unit::Unit;

use super::frame::{Row, Value};
use each::inside;
use filters::{all, before, days_before};
use steps::{Outcome, local_day};

mod clocks;
mod each;
mod filters;
mod stays;
mod steps;

/// A first and a last day.
type Run = (NaiveDate, NaiveDate);

fn days_of((first, last): Run) -> impl Iterator<Item = NaiveDate> {
    first.iter_days().take_while(move |day| *day <= last)
}

/// Everything a measure is computed from.
#[derive(Debug, Clone)]
pub(super) struct Question<'a> {
    pub(super) measure: &'a Measure,
    pub(super) narrowed: Option<&'a Filter>,
    pub(super) contract: &'a Contract,
    pub(super) rows: &'a [Row],
    pub(super) coverage: &'a Coverage,
    pub(super) request: &'a Request,
    /// When the code of this part of a split by areas is in force.
    pub(super) part: Option<&'a Days>,
}

impl Question<'_> {
    fn decided(&self, row: usize) -> Option<bool> {
        all(&self.answers(row, None))
    }

    /// The days before an event that must be known to decide whether others came before it.
    fn days_before(&self) -> u64 {
        let rows = before(self.measure.filter.as_ref());
        let own = match &self.measure.kind {
            Kind::Repeat { days, .. } => u64::from(*days) + rows,
            Kind::Proportion { denominator, numerator, .. } => {
                days_before(numerator).max(before(denominator.as_ref()))
            }
            Kind::Within { limits, .. } => {
                limits.iter().map(|limit| before(limit.when.as_ref())).max().unwrap_or(0)
            }
            _ => 0,
        };
        rows.max(own).max(before(self.narrowed))
    }

    /// The same of the month of a day and the days before it: nothing where the data start later than
    /// those.
    fn delivered(&self, first: NaiveDate) -> u8 {
        let month = Month::containing(first);
        let before = first.iter_days().rev().skip(1).take(self.days_before() as usize);
        let months: std::collections::BTreeSet<Month> = before.map(Month::containing).collect();
        let own = self.own(month);
        let start = self.data_start();
        if own == 0 || months.iter().any(|month| start.is_none_or(|start| *month < start)) {
            return 0;
        }
        if months.iter().all(|month| self.own(*month) == 2) { own } else { 1 }
    }

    fn data_start(&self) -> Option<Month> {
        let mut month = self.earliest();
        while month < Month::new(2020, 1).unwrap() {
            if self.own(month) > 0 {
                return Some(month);
            }
            month = month.plus(1);
        }
        None
    }

    /// Before the first delivered month there is nothing.
    fn earliest(&self) -> Month {
        let first = self.coverage.months.first().copied();
        first.unwrap_or(self.request.as_at).min(self.request.as_at)
    }

    /// 0 for nothing, 1 for some of the areas, 2 for all.
    fn own(&self, month: Month) -> u8 {
        let whole = &self.coverage.months;
        if self.contract.empty == Empty::Zero {
            let inside = whole.first().is_some_and(|first| *first <= month)
                && whole.last().is_some_and(|last| *last >= month);
            return if inside { 2 } else { 0 };
        }
        if self.contract.area.is_none() {
            return if whole.contains(&month) { 2 } else { 0 };
        }
        let is_part = |code: &str, month: Month| {
            let days = self.request.areas.days(code);
            days.is_some_and(|days| days.meets(month.first_day(), month.last_day()))
        };
        let areas: Vec<_> = self
            .coverage
            .by_area
            .iter()
            .filter(|(code, _)| is_part(code, month))
            .filter(|(code, months)| months.iter().any(|month| is_part(code, *month)))
            .map(|(_, months)| months.contains(&month))
            .collect();
        match areas.iter().filter(|found| **found).count() {
            0 => 0,
            some if some < areas.len() => 1,
            _ => 2,
        }
    }

    /// Of a part of a split by areas: its code is in force on a day of the run, or a row is of it.
    fn of_part(&self, rows: &[usize], run: Run) -> bool {
        let Some(part) = self.part else { return true };
        let days = || run.0.iter_days().take_while(|day| *day <= run.1);
        let here = |row: usize| match self.stay() {
            None => self.day(row).is_some_and(|on| days().any(|day| day == on)),
            Some(_) => self.span(row).is_some_and(|(from, to)| {
                let (from, to) = (local_day(&from), to.as_ref().map(local_day));
                days().any(|day| from <= day && to.is_none_or(|to| day <= to))
            }),
        };
        days().any(|day| part.holds(day))
            || rows.iter().any(|row| self.decided(*row) != Some(false) && here(*row))
    }

    fn first_month(&self) -> Month {
        let mut month = self.earliest();
        if let Some(first) = self.request.first {
            return first.min(self.request.as_at);
        }
        while month < self.request.as_at && self.own(month) == 0 {
            month = month.plus(1);
        }
        let from = month.first_day() + chrono::Days::new(self.days_before());
        while self.data_start().is_some() && month < self.request.as_at && month.first_day() < from
        {
            month = month.plus(1);
        }
        month
    }

    /// The first and the last day of the calendar.
    pub(super) fn calendar(&self) -> Run {
        (self.first_month().first_day(), self.request.as_at.last_day())
    }

    /// The runs of days that a period is made of, held to the calendar.
    pub(super) fn windows(&self, period: Period) -> Vec<Run> {
        let inner = self.inner();
        let (first, last) = inner.as_ref().map_or_else(|| self.calendar(), |(_, q)| q.calendar());
        let held = |one: &Period| (first.max(one.start), last.min(one.last_day()));
        inner.map_or_else(
            || vec![held(&period)],
            |(each, _)| inside(each, period).iter().map(held).collect(),
        )
    }

    /// Every point of the series of some rows (of a split code).
    pub(super) fn points(&self, rows: &[usize]) -> Vec<Point> {
        let mut period = Period::holding(self.request.grain, self.calendar().0);
        let mut points = Vec::new();
        while period.start <= self.calendar().1 {
            points.push(match self.inner() {
                Some((each, inner)) => self.of_inner(each, &inner, rows, period),
                None => self.point(rows, period),
            });
            period = period.plus(1);
        }
        points
    }

    fn settled(&self, period: Period) -> bool {
        let age = self.request.as_at.since(period.last_month());
        let over = |month: &Month| *month < period.first_month() || period.last_month() < *month;
        age >= i32::try_from(self.contract.settles_after).unwrap()
            && self.coverage.provisional.iter().all(over)
            && match self.measure.kind {
                Kind::Proportion { follow: Some(days), .. } => {
                    self.followed(period.last_day(), days)
                }
                _ => true,
            }
    }

    /// A period's days by month: of each month the first and the last that were delivered.
    fn runs(&self, period: Period) -> Vec<Run> {
        let (first, last) = self.calendar();
        let mut runs: Vec<Run> = Vec::new();
        for day in period.start.iter_days().take_while(|day| *day <= period.last_day()) {
            match runs.last_mut() {
                _ if day < first || day > last => {}
                Some(run) if Month::containing(run.1) == Month::containing(day) => run.1 = day,
                _ => runs.push((day, day)),
            }
        }
        runs.retain(|run| self.delivered(run.0) > 0);
        runs
    }

    fn point(&self, rows: &[usize], period: Period) -> Point {
        let mut runs = self.runs(period);
        runs.retain(|run| self.of_part(rows, *run));
        if runs.is_empty() {
            return Point::empty(period, Status::Missing);
        }
        let days: i64 = runs.iter().map(|run| (run.1 - run.0).num_days() + 1).sum();
        let whole = days == period.days() && runs.iter().all(|run| self.delivered(run.0) == 2);
        let status = match (whole, self.settled(period)) {
            (false, _) => Status::Partial,
            (true, false) => Status::Provisional,
            (true, true) => Status::Final,
        };
        let point = Point::empty(period, status);
        if self.stay().is_some() {
            return self.level(point, rows, &runs);
        }
        let here: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|row| {
                let within = |day| runs.iter().any(|run| run.0 <= day && day <= run.1);
                self.day(*row).is_some_and(within)
            })
            .collect();
        let counted: Vec<usize> =
            here.iter().copied().filter(|row| self.decided(*row) == Some(true)).collect();
        let unknown: Vec<usize> =
            here.iter().copied().filter(|row| self.decided(*row).is_none()).collect();
        let mut point = self.figure(point, &counted, &unknown);
        point.other_reading = self.other_reading(&here, &counted);
        match self.measure.kind {
            Kind::Gap => self.gaps(point, rows, &counted),
            Kind::Rate { per, annualised, .. } => self.rate(point, per, annualised, &runs),
            _ => point,
        }
    }

    /// The same share asked with the other word for what is unknown.
    fn other_reading(&self, here: &[usize], counted: &[usize]) -> Option<OtherReading> {
        let mut measure = self.measure.clone();
        let (Kind::Proportion { unknown, .. }
        | Kind::Within { unknown, .. }
        | Kind::Repeat { unknown, .. }) = &mut measure.kind
        else {
            return None;
        };
        *unknown = match unknown {
            Unknown::Exclude => Unknown::Outside,
            Unknown::Outside => Unknown::Exclude,
        };
        let other = Question { measure: &measure, ..self.clone() };
        let all: Vec<usize> =
            here.iter().copied().filter(|row| other.decided(*row) == Some(true)).collect();
        let rows = all.len().abs_diff(counted.len()) as u64;
        let inside = all.iter().filter(|row| other.outcome(**row) == Outcome::Inside).count();
        let value = (!all.is_empty()).then(|| inside as f64 / all.len() as f64);
        (rows > 0).then_some(OtherReading { rows, counted: self.counts_unknown(), value })
    }

    fn figure(&self, mut point: Point, counted: &[usize], unknown: &[usize]) -> Point {
        let whole = |number: f64| (number.fract() == 0.0).then_some(number as i64);
        let cases = counted.len() as f64;
        let sums = counted.iter().filter_map(|row| self.numbers(*row));
        let (above, below) = sums.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        point.unknown = unknown.len() as u64;
        let doubtful = !unknown.is_empty();
        match &self.measure.kind {
            Kind::Count | Kind::Rate { .. } => {
                point.numerator = whole(cases);
                point.value = Some(cases);
                point.bounds = doubtful.then_some((cases, cases + unknown.len() as f64));
            }
            Kind::Distinct { of } => {
                let people = self.people(of, counted);
                point.numerator = i64::try_from(people).ok();
                point.value = Some(people as f64);
                let most = self.most_people(of, counted, unknown) as f64;
                point.bounds = doubtful.then_some((people as f64, most));
            }
            Kind::Sum { .. } => {
                point.numerator = whole(above);
                point.value = Some(above);
            }
            Kind::Mean { .. } | Kind::Ratio { .. } => {
                point.numerator = whole(above);
                point.denominator = whole(below);
                point.value = (below != 0.0).then(|| above / below);
            }
            Kind::Quantile { at, .. } => {
                let mut values: Vec<f64> = counted
                    .iter()
                    .filter_map(|row| self.numbers(*row))
                    .map(|pair| pair.0)
                    .collect();
                values.sort_by(f64::total_cmp);
                let reached = |value: &&f64| {
                    let below = values.iter().filter(|other| other <= value).count();
                    below as f64 / cases >= *at - 1e-12
                };
                point.denominator = whole(cases);
                point.value = values.iter().find(reached).copied();
            }
            Kind::Gap => {}
            Kind::Proportion { .. } | Kind::Within { .. } | Kind::Repeat { .. } => {
                let inside = |row: &&usize| self.outcome(**row) == Outcome::Inside;
                let inside = counted.iter().filter(inside).count();
                point.numerator = i64::try_from(inside).ok();
                point.denominator = whole(cases);
                point.value = (cases > 0.0).then(|| inside as f64 / cases);
                point.bounds =
                    doubtful.then(|| self.extremes(inside as f64, cases, unknown)).flatten();
            }
            _ => panic!("the naive interpreter leaves {:?} to cases", self.measure.kind),
        }
        point
    }

    /// Each event of the period against the latest one before it, of all rows of the series.
    fn gaps(&self, mut point: Point, rows: &[usize], counted: &[usize]) -> Point {
        let day = |row: usize| self.day(row).unwrap();
        let is_before = |one: usize, other: usize| (day(one), one) < (day(other), other);
        let events: Vec<usize> =
            rows.iter().copied().filter(|row| self.decided(*row) == Some(true)).collect();
        let (mut days, mut gaps) = (0, 0);
        for row in counted {
            let before = events.iter().copied().filter(|other| is_before(*other, *row));
            let Some(last) = before.max_by_key(|other| (day(*other), *other)) else { continue };
            let mut month = Month::containing(day(last));
            let mut known = true;
            while month <= Month::containing(day(*row)) {
                known = known && self.delivered(month.first_day()) > 0;
                month = month.plus(1);
            }
            if known {
                days += (day(*row) - day(last)).num_days();
                gaps += 1;
            } else {
                point.unknown += 1;
            }
        }
        point.numerator = Some(days);
        point.denominator = Some(gaps);
        point.value = (gaps > 0).then(|| days as f64 / gaps as f64);
        point
    }

    /// Day by day for a rate a year: each day with the people of its year, or the latest before.
    fn rate(&self, mut point: Point, per: u32, annualised: bool, runs: &[Run]) -> Point {
        let people = |year: i32| {
            let known = self.request.populations.get(&None)?;
            (1900..=year).rev().find_map(|year| known.of(year).filter(|found| found.0 == year))
        };
        let days = runs.iter().copied().flat_map(days_of);
        let exposure: Option<i64> = if annualised {
            days.map(|day| Some(people(day.year())?.1.people)).sum()
        } else {
            people(point.period.start.year()).map(|found| found.1.people)
        };
        let Some(exposure) = exposure else {
            let unknown = point.unknown;
            return Point { unknown, ..Point::empty(point.period, Status::Missing) };
        };
        let per = f64::from(per) * if annualised { 365.0 } else { 1.0 };
        let rate = |events: f64| per * events / exposure as f64;
        point.denominator = Some(exposure);
        point.value = point.value.map(rate);
        point.bounds = point.bounds.map(|(least, most)| (rate(least), rate(most)));
        point
    }

    fn people(&self, of: &str, rows: &[usize]) -> usize {
        let mut met: Vec<&Value> = Vec::new();
        for row in rows {
            let person = self.rows[*row].get(of);
            met.extend(person.filter(|person| !met.contains(person)));
        }
        met.len()
    }

    /// With every unknown row counted, one without a person as a further one.
    fn most_people(&self, of: &str, counted: &[usize], unknown: &[usize]) -> usize {
        let all: Vec<usize> = counted.iter().chain(unknown).copied().collect();
        self.people(of, &all) + all.iter().filter(|row| !self.rows[**row].contains_key(of)).count()
    }

    /// The least and the most over every way in which the unknown rows may turn out.
    fn extremes(&self, inside: f64, cases: f64, unknown: &[usize]) -> Option<(f64, f64)> {
        let Some((row, rest)) = unknown.split_first() else {
            return (cases > 0.0).then(|| (inside / cases, inside / cases));
        };
        let as_inside = || self.extremes(inside + 1.0, cases + 1.0, rest);
        let as_outside = || self.extremes(inside, cases + 1.0, rest);
        let left_out = self.extremes(inside, cases, rest);
        let ways = match self.outcome(*row) {
            Outcome::Inside => [left_out, as_inside(), None],
            Outcome::Outside => [left_out, None, as_outside()],
            Outcome::Undecided if self.counts_unknown() => [left_out, None, as_outside()],
            _ => [left_out, as_inside(), as_outside()],
        };
        ways.into_iter().flatten().reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)))
    }

    fn level(&self, mut point: Point, rows: &[usize], runs: &[Run]) -> Point {
        let window = (runs[0].0, runs[runs.len() - 1].1);
        let counted: Vec<usize> =
            rows.iter().copied().filter(|row| self.decided(*row) == Some(true)).collect();
        let mut possible: Vec<usize> =
            rows.iter().copied().filter(|row| self.decided(*row).is_none()).collect();
        point.unknown =
            possible.iter().filter(|row| self.part(**row, window.0, window.1)).count() as u64;
        possible.extend(&counted);
        let days: Vec<NaiveDate> = runs.iter().copied().flat_map(days_of).collect();
        let number = |rows: &[usize]| -> i64 {
            let on = |day: &NaiveDate| rows.iter().filter(|row| self.occupies(**row, *day)).count();
            match self.measure.kind {
                Kind::Open { .. } => on(&window.1) as i64,
                Kind::Peak { .. } => runs.iter().map(|run| self.peak(rows, *run)).max().unwrap(),
                _ => days.iter().map(on).sum::<usize>() as i64,
            }
        };
        let per_day = matches!(self.measure.kind, Kind::AverageOpen { .. })
            || self.measure.unit == Unit::BedDaysPerDay;
        point.denominator = per_day.then_some(days.len() as i64);
        let value = |number: i64| number as f64 / point.denominator.unwrap_or(1) as f64;
        point.numerator = Some(number(&counted));
        point.value = point.numerator.map(value);
        point.bounds =
            (point.unknown > 0).then(|| (value(number(&counted)), value(number(&possible))));
        point
    }
}
