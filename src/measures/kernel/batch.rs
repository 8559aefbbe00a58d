//! Some rows at a time, and what several measures ask of them, worked out once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, Expr, IntoLazy, PolarsError, PolarsResult,
    TimeUnit,
};

use super::Truth;
use crate::feeds::lowering::expression;
use crate::filter::Filter;
use crate::measures::rows::Parts;

pub(super) type Truths = Rc<[Truth]>;
pub(super) type Days = Rc<[Option<i32>]>;

/// What conditions say of some rows, worked out once for all that ask.
pub(in crate::measures) struct Answers(Vec<(Filter, BooleanChunked)>);

impl Answers {
    /// Of rows that have what is worked out of rows that came before.
    pub(in crate::measures) fn new<'a>(
        rows: &DataFrame,
        conditions: impl Iterator<Item = &'a Filter>,
    ) -> PolarsResult<Self> {
        let mut asked: Vec<&Filter> = Vec::new();
        for condition in conditions {
            if !asked.contains(&condition) {
                asked.push(condition);
            }
        }
        let name = |at: usize| format!("@{at}");
        let expressions = asked.iter().enumerate();
        let expressions: Vec<Expr> =
            expressions.map(|(at, filter)| expression(filter).alias(name(at))).collect();
        let found = rows.clone().lazy().with_columns(expressions).collect()?;
        let answer = |(at, filter): (usize, &Filter)| {
            Ok((filter.clone(), found.column(&name(at))?.bool()?.clone()))
        };
        asked.into_iter().enumerate().map(answer).collect::<PolarsResult<_>>().map(Self)
    }

    fn slice(&self, from: i64, rows: usize) -> Vec<(&Filter, BooleanChunked)> {
        self.0.iter().map(|(filter, answers)| (filter, answers.slice(from, rows))).collect()
    }
}

/// Some rows, few enough to stay in the processor's memory, and what measures share of them.
pub(in crate::measures) struct Batch<'a> {
    pub(super) rows: DataFrame,
    answers: Vec<(&'a Filter, BooleanChunked)>,
    truths: RefCell<Vec<(&'a Filter, Truths)>>,
    days: RefCell<Vec<(String, Days)>>,
    parts: RefCell<BTreeMap<Option<String>, Rc<Parts>>>,
}

impl<'a> Batch<'a> {
    /// Those from a position on.
    pub(in crate::measures) fn new(
        all: &DataFrame,
        answers: &'a Answers,
        from: i64,
        rows: usize,
    ) -> Self {
        Self {
            rows: all.slice(from, rows),
            answers: answers.slice(from, rows),
            truths: RefCell::default(),
            days: RefCell::default(),
            parts: RefCell::default(),
        }
    }

    /// The parts of a split that the rows belong to.
    pub(in crate::measures) fn parts(&self, split: Option<&String>) -> PolarsResult<Rc<Parts>> {
        if let Some(known) = self.parts.borrow().get(&split.cloned()) {
            return Ok(known.clone());
        }
        let parts = Rc::new(Parts::new(&self.rows, split)?);
        self.parts.borrow_mut().insert(split.cloned(), parts.clone());
        Ok(parts)
    }

    pub(super) fn height(&self) -> usize {
        self.rows.height()
    }

    /// What a condition says of each row; it is one of those that were asked of all rows.
    pub(super) fn truths(&self, filter: &Filter) -> PolarsResult<Truths> {
        if let Some((_, known)) = self.truths.borrow().iter().find(|(other, _)| *other == filter) {
            return Ok(known.clone());
        }
        let known = self.answers.iter().find(|(other, _)| *other == filter);
        let (filter, answers) = known.ok_or_else(|| not_asked(filter))?;
        let truths: Truths = answers.iter().map(Truth::perhaps).collect();
        self.truths.borrow_mut().push((filter, truths.clone()));
        Ok(truths)
    }

    /// A date or local time of each row in days since 1970.
    pub(super) fn days(&self, name: &str) -> PolarsResult<Days> {
        if let Some((_, known)) = self.days.borrow().iter().find(|(other, _)| other == name) {
            return Ok(known.clone());
        }
        let days: Days = local_days(self.rows.column(name)?)?.into();
        self.days.borrow_mut().push((name.to_owned(), days.clone()));
        Ok(days)
    }

    /// The first known of some columns, as a day.
    pub(super) fn first_day(&self, columns: &[String]) -> PolarsResult<Days> {
        let [first, others @ ..] = columns else { return Ok(vec![None; self.height()].into()) };
        let first = self.days(first)?;
        if others.is_empty() || first.iter().all(Option::is_some) {
            return Ok(first);
        }
        let mut days = first.to_vec();
        for column in others {
            for (day, other) in days.iter_mut().zip(self.days(column)?.iter()) {
                *day = day.or(*other);
            }
        }
        Ok(days.into())
    }

    /// A date or local time of each row in seconds: universal time, or whole days when only days count.
    pub(super) fn instants(&self, column: &str, timed: bool) -> PolarsResult<Vec<Option<i64>>> {
        if timed {
            let seconds = self.rows.column(&format!("{column}@utc"))?.i64()?;
            return Ok(seconds.iter().collect());
        }
        let days = self.days(column)?;
        Ok(days.iter().map(|day| Some(i64::from((*day)?) * 86_400)).collect())
    }

    /// A column of yes and no; all no where there is none of that name.
    pub(super) fn flags(&self, column: &str) -> PolarsResult<Vec<bool>> {
        let Ok(column) = self.rows.column(column) else { return Ok(vec![false; self.height()]) };
        Ok(column.bool()?.iter().map(|flag| flag == Some(true)).collect())
    }

    pub(super) fn known(&self, column: &str) -> PolarsResult<Vec<bool>> {
        let known = self.rows.column(column)?.is_not_null();
        Ok(known.iter().map(|known| known == Some(true)).collect())
    }
}

fn not_asked(filter: &Filter) -> PolarsError {
    std::io::Error::other(format!("no plan asks whether {filter:?}")).into()
}

/// Dates or local times in days since 1970.
fn local_days(column: &Column) -> PolarsResult<Vec<Option<i32>>> {
    const DAY: i64 = 86_400_000_000;
    if *column.dtype() == DataType::Datetime(TimeUnit::Microseconds, None) {
        let times = column.datetime()?.physical();
        let day = |time: i64| i32::try_from(time.div_euclid(DAY)).ok();
        return Ok(times.iter().map(|time| time.and_then(day)).collect());
    }
    let days = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
    Ok(days.i32()?.iter().collect())
}
