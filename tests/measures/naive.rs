//! The naive interpreter: one row after the other, one period after the other, one day after the
//! other, with nothing shared with the engine but the words of the definitions.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use concordat::feeds::Coverage;
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::filter::{Comparison, Filter, Literal, Operand};
use concordat::indicators::measure::{Convention, Kind, Limit, Measure, Quantity, Stay};
use concordat::measures::Request;
use concordat::period::{Month, Period};
use concordat::series::{Point, Status};
use concordat::unit::Unit;

use super::frame::{Row, Value, utc};

/// Everything a measure is computed from.
#[derive(Debug, Clone)]
pub(super) struct Question<'a> {
    pub(super) measure: &'a Measure,
    pub(super) narrowed: Option<&'a Filter>,
    pub(super) contract: &'a Contract,
    pub(super) rows: &'a [Row],
    pub(super) coverage: &'a Coverage,
    pub(super) request: &'a Request,
}

// --- filters ------------------------------------------------------------------------------

/// True, false or unknown.
pub(super) fn holds(filter: &Filter, row: &Row) -> Option<bool> {
    match filter {
        Filter::And(parts) => all(&parts.iter().map(|part| holds(part, row)).collect::<Vec<_>>()),
        Filter::Or(parts) => {
            let none: Vec<_> =
                parts.iter().map(|part| holds(part, row).map(|holds| !holds)).collect();
            all(&none).map(|none| !none)
        }
        Filter::Not(part) => holds(part, row).map(|holds| !holds),
        Filter::Compare { left, comparison, right } => {
            let order = compare(&operand(left, row)?, &operand(right, row)?);
            Some(match comparison {
                Comparison::Equal => order.is_eq(),
                Comparison::NotEqual => order.is_ne(),
                Comparison::Less => order.is_lt(),
                Comparison::LessOrEqual => order.is_le(),
                Comparison::Greater => order.is_gt(),
                Comparison::GreaterOrEqual => order.is_ge(),
            })
        }
        Filter::In { value, list } => {
            let value = operand(value, row)?;
            Some(list.iter().any(|item| compare(&value, &literal(item)).is_eq()))
        }
        Filter::IsNull(column) => Some(!row.contains_key(column)),
        Filter::Flag(column) => match row.get(column)? {
            Value::Flag(flag) => Some(*flag),
            other => panic!("{other:?} is not a flag"),
        },
        Filter::Like { column, pattern } => match row.get(column)? {
            Value::Text(text) => Some(like(&text.to_lowercase(), &pattern.to_lowercase())),
            other => panic!("{other:?} is not text"),
        },
    }
}

/// SQL's AND: one false decides, then one unknown.
fn all(parts: &[Option<bool>]) -> Option<bool> {
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Integer(number) | Literal::Seconds(number) => Value::Integer(*number),
        Literal::Decimal(number) => Value::Decimal(*number),
        Literal::Date(day) => Value::Date(*day),
        Literal::Time(time) => Value::Time(*time),
    }
}

fn operand(operand: &Operand, row: &Row) -> Option<Value> {
    match operand {
        Operand::Column(column) => row.get(column).cloned(),
        Operand::Literal(value) => Some(literal(value)),
        Operand::Elapsed { to, from } => {
            Some(Value::Integer(seconds(row.get(to)?) - seconds(row.get(from)?)))
        }
    }
}

fn seconds(value: &Value) -> i64 {
    match value {
        Value::Time(time) => utc(*time),
        Value::Date(day) => (*day - NaiveDate::default()).num_days() * 86_400,
        other => panic!("{other:?} is no time"),
    }
}

fn compare(left: &Value, right: &Value) -> std::cmp::Ordering {
    let number = |value: &Value| match value {
        Value::Integer(number) => f64::from(i32::try_from(*number).unwrap()),
        Value::Decimal(number) => *number,
        other => panic!("{other:?} is not a number"),
    };
    let time = |value: &Value| match value {
        Value::Time(time) => *time,
        Value::Date(day) => day.and_time(NaiveTime::MIN),
        other => panic!("{other:?} is not a time"),
    };
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Flag(left), Value::Flag(right)) => left.cmp(right),
        (Value::Date(_) | Value::Time(_), _) => time(left).cmp(&time(right)),
        _ => number(left).total_cmp(&number(right)),
    }
}

/// By recursion, as the definition reads.
fn like(text: &str, pattern: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('%') => {
            let cuts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            cuts.into_iter().any(|at| like(&text[at..], rest.as_str()))
        }
        Some(wanted) => {
            let mut text = text.chars();
            text.next().is_some_and(|first| wanted == '_' || wanted == first)
                && like(text.as_str(), rest.as_str())
        }
    }
}

// --- steps --------------------------------------------------------------------------------

/// What became of a row's condition or clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Inside,
    Outside,
    Undecided,
    Running,
    NoLimit,
}

fn local_day(value: &Value) -> NaiveDate {
    match value {
        Value::Date(day) => *day,
        Value::Time(time) => time.date(),
        other => panic!("{other:?} is no day"),
    }
}

impl Question<'_> {
    /// Every step's answer for a row, in order; the period is tested after the area.
    pub(super) fn answers(
        &self,
        row: usize,
        window: Option<(NaiveDate, NaiveDate)>,
    ) -> Vec<Option<bool>> {
        let values = &self.rows[row];
        let mut answers = Vec::new();
        answers.extend(self.measure.filter.as_ref().map(|filter| holds(filter, values)));
        answers.extend(self.narrowed.map(|filter| holds(filter, values)));
        answers.push(Some(self.day(row).is_some()));
        answers.push(self.contract.area.as_ref().map_or(
            Some(true),
            |area| match values.get(area) {
                Some(Value::Text(code)) => Some(self.request.areas.contains(code)),
                _ if self.request.areas.is_empty() => Some(false),
                _ => None,
            },
        ));
        if let Some((first, last)) = window {
            answers.push(Some(self.part(row, first, last)));
        }
        if let Kind::Proportion { denominator: Some(filter), .. } = &self.measure.kind {
            answers.push(holds(filter, values));
        }
        let totals = self.contract.rows == Rows::Totals;
        match &self.measure.kind {
            Kind::Count => {}
            Kind::Proportion { .. } | Kind::Within { .. } => {
                let outcome = self.outcome(row);
                if matches!(self.measure.kind, Kind::Within { .. }) {
                    answers.push(Some(outcome != Outcome::NoLimit));
                    answers.push(Some(outcome != Outcome::Running));
                }
                answers.push((outcome != Outcome::Undecided).then_some(true));
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
        answers
    }

    /// The columns that place a row in a month, by kind.
    fn day(&self, row: usize) -> Option<NaiveDate> {
        let values = &self.rows[row];
        let event = self.contract.event_time.as_deref().unwrap_or("period");
        let value = match &self.measure.kind {
            Kind::Within { from, .. } => values.get(from).or_else(|| values.get(event)),
            Kind::BedDays { stay, .. }
            | Kind::Open { stay }
            | Kind::AverageOpen { stay }
            | Kind::Peak { stay } => values.get(&stay.from),
            _ if self.contract.rows == Rows::Totals => values.get("period"),
            _ => values.get(event),
        };
        value.map(local_day)
    }

    fn number_columns(&self) -> Vec<&str> {
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
    fn numbers(&self, row: usize) -> Option<(f64, f64)> {
        let values = &self.rows[row];
        let number = |column: &str| match values.get(column)? {
            Value::Integer(number) => Some(f64::from(i32::try_from(*number).unwrap())),
            Value::Decimal(number) => Some(*number),
            other => panic!("{other:?} is not a number"),
        };
        let quantity = |of: &Quantity| match of {
            Quantity::Column(column) => number(column),
            Quantity::Elapsed { from, to } => {
                let elapsed = seconds(values.get(to)?) - seconds(values.get(from)?);
                (elapsed >= 0).then(|| f64::from(i32::try_from(elapsed).unwrap()))
            }
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

    fn outcome(&self, row: usize) -> Outcome {
        let values = &self.rows[row];
        match &self.measure.kind {
            Kind::Proportion { numerator, .. } => match holds(numerator, values) {
                Some(true) => Outcome::Inside,
                Some(false) => Outcome::Outside,
                None => Outcome::Undecided,
            },
            Kind::Within { from, to, limits } => self.clock(values, from, to, limits),
            _ => Outcome::Undecided,
        }
    }

    fn clock(&self, values: &Row, from: &str, to: &str, limits: &[Limit]) -> Outcome {
        let Some((limit, rest)) = limits.split_first() else { return Outcome::NoLimit };
        let start = values.get(from);
        let applies = all(&[
            limit.before.map_or(Some(true), |before| Some(local_day(start?) < before)),
            limit.when.as_ref().map_or(Some(true), |when| holds(when, values)),
        ]);
        let this = match (start, values.get(to)) {
            (Some(start), Some(end)) => match seconds(end) - seconds(start) {
                elapsed if elapsed < 0 => Outcome::Undecided,
                elapsed if elapsed <= limit.seconds => Outcome::Inside,
                _ => Outcome::Outside,
            },
            (Some(start), None) => {
                let end = self.request.as_at.plus(1).first_day();
                let cut_off = match start {
                    Value::Time(_) => seconds(&Value::Time(end.and_time(NaiveTime::MIN))),
                    _ => seconds(&Value::Date(end)),
                };
                if cut_off - seconds(start) <= limit.seconds {
                    Outcome::Running
                } else if self.contract.rows == Rows::Stays {
                    Outcome::Outside
                } else {
                    Outcome::Undecided
                }
            }
            (None, _) => Outcome::Undecided,
        };
        match applies {
            Some(true) => this,
            Some(false) => self.clock(values, from, to, rest),
            None if this == self.clock(values, from, to, rest) => this,
            None => Outcome::Undecided,
        }
    }

    // --- stays ----------------------------------------------------------------------------

    fn stay(&self) -> Option<&Stay> {
        match &self.measure.kind {
            Kind::BedDays { stay, .. }
            | Kind::Open { stay }
            | Kind::AverageOpen { stay }
            | Kind::Peak { stay } => Some(stay),
            _ => None,
        }
    }

    /// Start and end of a row's stay, cut where the same person's next one starts.
    fn span(&self, row: usize) -> Option<(Value, Option<Value>)> {
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
    fn occupies(&self, row: usize, day: NaiveDate) -> bool {
        let Some((start, end)) = self.span(row) else { return false };
        let inclusive =
            matches!(self.measure.kind, Kind::BedDays { convention: Convention::Inclusive, .. });
        let (from, to) = (local_day(&start), end.as_ref().map(local_day));
        from <= day && to.is_none_or(|to| if inclusive { day <= to } else { day < to })
    }

    fn timed(&self, row: usize) -> Option<(i64, i64)> {
        let (start, end) = self.span(row)?;
        matches!(start, Value::Time(_))
            .then(|| (seconds(&start), end.as_ref().map_or(i64::MAX, seconds)))
    }

    fn part(&self, row: usize, first: NaiveDate, last: NaiveDate) -> bool {
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

    /// The most stays open at one instant of a month.
    fn peak(&self, rows: &[usize], month: Month) -> i64 {
        let days = month.first_day().iter_days().take_while(|day| *day <= month.last_day());
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
            let (from, to) = (edge(month.first_day()), edge(month.plus(1).first_day()));
            let starts = rows.iter().filter_map(|row| Some(self.timed(*row)?.0));
            let instants = starts.filter(|start| from <= *start && *start < to).chain([from]);
            instants.map(|instant| open_at(instant).count()).max()
        } else {
            days.map(|day| rows.iter().filter(|row| self.occupies(**row, day)).count()).max()
        };
        i64::try_from(most.unwrap_or(0)).unwrap()
    }

    // --- points ---------------------------------------------------------------------------

    fn decided(&self, row: usize) -> Option<bool> {
        all(&self.answers(row, None))
    }

    /// 0 for nothing, 1 for some of the areas, 2 for all.
    fn delivered(&self, month: Month) -> u8 {
        let whole = &self.coverage.months;
        if self.contract.empty == Empty::Zero {
            let inside = whole.first().is_some_and(|first| *first <= month)
                && whole.last().is_some_and(|last| *last >= month);
            return if inside { 2 } else { 0 };
        }
        if self.contract.area.is_none() {
            return if whole.contains(&month) { 2 } else { 0 };
        }
        let areas: Vec<_> = self
            .coverage
            .by_area
            .iter()
            .filter(|(code, _)| self.request.areas.contains(*code))
            .map(|(_, months)| months.contains(&month))
            .collect();
        match areas.iter().filter(|found| **found).count() {
            0 => 0,
            some if some < areas.len() => 1,
            _ => 2,
        }
    }

    fn first_month(&self) -> Month {
        let mut month = Month::new(1990, 1).unwrap();
        if let Some(first) = self.request.first {
            return first.min(self.request.as_at);
        }
        while month < self.request.as_at && self.delivered(month) == 0 {
            month = month.plus(1);
        }
        month
    }

    /// The first and the last day of the calendar, or of a period held to it.
    pub(super) fn window(&self, period: Option<Period>) -> (NaiveDate, NaiveDate) {
        let (first, last) = (self.first_month().first_day(), self.request.as_at.last_day());
        period
            .map_or((first, last), |period| (first.max(period.start), last.min(period.last_day())))
    }

    /// Every point of the series of some rows (of a split code).
    pub(super) fn points(&self, rows: &[usize]) -> Vec<Point> {
        let mut period = Period::of(self.request.grain, self.first_month());
        let mut points = Vec::new();
        while period.first_month() <= self.request.as_at {
            points.push(self.point(rows, period));
            period = period.plus(1);
        }
        points
    }

    fn point(&self, rows: &[usize], period: Period) -> Point {
        let months: Vec<Month> = (0..12)
            .map(|step| period.first_month().plus(step))
            .filter(|month| {
                *month <= period.last_month()
                    && *month >= self.first_month()
                    && *month <= self.request.as_at
                    && self.delivered(*month) > 0
            })
            .collect();
        if months.is_empty() {
            return Point::empty(period, Status::Missing);
        }
        let whole = u32::try_from(months.len()).unwrap() == period.grain.months()
            && months.iter().all(|month| self.delivered(*month) == 2);
        let age = self.request.as_at.since(period.last_month());
        let settled = age >= i32::try_from(self.contract.settles_after).unwrap();
        let status = match (whole, settled) {
            (false, _) => Status::Partial,
            (true, false) => Status::Provisional,
            (true, true) => Status::Final,
        };
        let point = Point::empty(period, status);
        if self.stay().is_some() {
            return self.level(point, rows, &months);
        }
        let here: Vec<usize> = rows
            .iter()
            .copied()
            .filter(|row| {
                self.day(*row).is_some_and(|day| months.contains(&Month::containing(day)))
            })
            .collect();
        let counted: Vec<usize> =
            here.iter().copied().filter(|row| self.decided(*row) == Some(true)).collect();
        let unknown: Vec<usize> =
            here.iter().copied().filter(|row| self.decided(*row).is_none()).collect();
        self.figure(point, &counted, &unknown)
    }

    fn figure(&self, mut point: Point, counted: &[usize], unknown: &[usize]) -> Point {
        let whole = |number: f64| (number.fract() == 0.0).then_some(number as i64);
        let cases = counted.len() as f64;
        let sums = counted.iter().filter_map(|row| self.numbers(*row));
        let (above, below) = sums.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        point.unknown = unknown.len() as u64;
        let doubtful = !unknown.is_empty();
        match &self.measure.kind {
            Kind::Count => {
                point.numerator = whole(cases);
                point.value = Some(cases);
                point.bounds = doubtful.then(|| (cases, cases + unknown.len() as f64));
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
            Kind::Proportion { .. } | Kind::Within { .. } => {
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
            _ => [left_out, as_inside(), as_outside()],
        };
        ways.into_iter().flatten().reduce(|one, two| (one.0.min(two.0), one.1.max(two.1)))
    }

    fn level(&self, mut point: Point, rows: &[usize], months: &[Month]) -> Point {
        let window = (months[0].first_day(), months[months.len() - 1].last_day());
        let counted: Vec<usize> =
            rows.iter().copied().filter(|row| self.decided(*row) == Some(true)).collect();
        let mut possible: Vec<usize> =
            rows.iter().copied().filter(|row| self.decided(*row).is_none()).collect();
        point.unknown =
            possible.iter().filter(|row| self.part(**row, window.0, window.1)).count() as u64;
        possible.extend(&counted);
        let days: Vec<NaiveDate> = months
            .iter()
            .flat_map(|month| month.first_day().iter_days().take(month.period().days() as usize))
            .collect();
        let number = |rows: &[usize]| -> i64 {
            let on = |day: &NaiveDate| rows.iter().filter(|row| self.occupies(**row, *day)).count();
            match self.measure.kind {
                Kind::Open { .. } => on(&window.1) as i64,
                Kind::Peak { .. } => {
                    months.iter().map(|month| self.peak(rows, *month)).max().unwrap()
                }
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
