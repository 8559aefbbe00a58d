//! A plan's steps over plain columns: a faster body of what [`plainly`](super::rows::plainly) does through
//! polars' expressions. Row filters are polars' own; everything else is one loop over slices.

use std::cell::RefCell;
use std::rc::Rc;

use polars::prelude::{BooleanChunked, Column, DataFrame, DataType, IntoLazy, PolarsResult};

use crate::feeds::coded::Codes;
use crate::feeds::contract::{Contract, Rows};
use crate::feeds::lowering::expression;
use crate::filter::Filter;
use crate::indicators::measure::{Interval, Quantity};
use crate::measures::Request;
use crate::measures::calendar::last_followed;
use crate::measures::plan::{Fold, Plan, Test, timed};
use crate::measures::polars::{INSIDE, KEY, NO_LIMIT, OUTSIDE, RUNNING, UNDECIDED};
use crate::measures::rows::{Number, Stop, TakenRows, numbered, said};
use crate::measures::stays::spans;
use crate::measures::working::WORKED;

use clock::{Limits, Times};
use members::Belonging;

mod clock;
mod members;

/// Whether a condition holds for a row: `and` is the least, `or` the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    No,
    Unknown,
    Yes,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    fn perhaps(holds: Option<bool>) -> Self {
        holds.map_or(Self::Unknown, Self::of)
    }

    /// Unknown where it does not hold.
    fn known(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::Unknown }
    }
}

type Truths = Rc<[Truth]>;

/// Some rows of a feed, and what has been worked out of them for all measures that ask for it.
pub(super) struct Stretch<'a> {
    rows: &'a DataFrame,
    filters: RefCell<Vec<(Filter, Truths)>>,
}

impl<'a> Stretch<'a> {
    pub(super) fn new(rows: &'a DataFrame) -> Self {
        Self { rows, filters: RefCell::default() }
    }

    fn filter(&self, filter: &Filter) -> PolarsResult<Truths> {
        let mut known = self.filters.borrow_mut();
        if let Some((_, truths)) = known.iter().find(|(other, _)| other == filter) {
            return Ok(truths.clone());
        }
        let found = self.rows.clone().lazy().select([expression(filter).alias("@")]).collect()?;
        let truths = self.truths(found.column("@")?.bool()?);
        known.push((filter.clone(), truths.clone()));
        Ok(truths)
    }

    /// One answer for each row; a condition without columns has one for all.
    fn truths(&self, found: &BooleanChunked) -> Truths {
        let rows = self.rows.height();
        match (found.len(), found.get(0)) {
            (1, one) if rows != 1 => (0..rows).map(|_| Truth::perhaps(one)).collect(),
            _ => found.iter().map(Truth::perhaps).collect(),
        }
    }

    /// A date or local time of each row in days since 1970.
    fn days(&self, column: &str) -> PolarsResult<Vec<Option<i32>>> {
        const DAY: i64 = 86_400_000_000;
        let column = self.rows.column(column)?;
        if let DataType::Datetime(polars::prelude::TimeUnit::Microseconds, None) = column.dtype() {
            let times = column.datetime()?.physical();
            let day = |time: i64| i32::try_from(time.div_euclid(DAY)).ok();
            return Ok(times.iter().map(|time| time.and_then(day)).collect());
        }
        let days = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
        Ok(days.i32()?.iter().collect())
    }

    /// The first known of some columns, as a day.
    fn first_day(&self, columns: &[String]) -> PolarsResult<Vec<Option<i32>>> {
        let mut columns = columns.iter();
        let first = columns.next();
        let mut days = match first {
            Some(column) => self.days(column)?,
            None => vec![None; self.rows.height()],
        };
        for column in columns {
            for (day, other) in days.iter_mut().zip(self.days(column)?) {
                *day = day.or(other);
            }
        }
        Ok(days)
    }

    /// A date or local time of each row in seconds: universal time, or whole days when only days count.
    fn instants(&self, column: &str, timed: bool) -> PolarsResult<Vec<Option<i64>>> {
        if timed {
            return self.whole_numbers(&format!("{column}@utc"));
        }
        let days = self.days(column)?.into_iter();
        Ok(days.map(|day| Some(i64::from(day?) * 86_400)).collect())
    }

    fn whole_numbers(&self, column: &str) -> PolarsResult<Vec<Option<i64>>> {
        let numbers = self.rows.column(column)?.cast(&DataType::Int64)?;
        Ok(numbers.i64()?.iter().collect())
    }

    fn numbers(&self, column: &str) -> PolarsResult<Vec<Option<Number>>> {
        let column = self.rows.column(column)?;
        if *column.dtype() == DataType::Float64 {
            let numbers = column.f64()?.iter();
            return Ok(numbers.map(|number| number.map(Number::Decimal)).collect());
        }
        let numbers = column.cast(&DataType::Int64)?;
        Ok(numbers.i64()?.iter().map(|number| number.map(Number::Exact)).collect())
    }

    /// A column of yes and no; all no where there is none of that name.
    fn flags(&self, column: &str) -> PolarsResult<Vec<bool>> {
        let Ok(column) = self.rows.column(column) else {
            return Ok(vec![false; self.rows.height()]);
        };
        Ok(column.bool()?.iter().map(|flag| flag == Some(true)).collect())
    }

    fn known(&self, column: &str) -> PolarsResult<Vec<bool>> {
        let column: &Column = self.rows.column(column)?;
        let known = column.is_not_null();
        Ok(known.iter().map(|known| known == Some(true)).collect())
    }

    /// What is known of the time between two events.
    fn times(&self, interval: &Interval, contract: &Contract) -> PolarsResult<Times> {
        let timed = timed(contract, &[&interval.from, &interval.to]);
        Ok(Times {
            from: self.instants(&interval.from, timed)?,
            to: self.instants(&interval.to, timed)?,
            blank: self.flags(&format!("{}@blank", interval.to))?,
            worked: match interval.calendar {
                Some(_) => self.whole_numbers(WORKED)?,
                None => Vec::new(),
            },
            timed,
        })
    }
}

/// Runs a plan's steps over rows that are prepared for them.
pub(super) fn take(
    plan: &Plan,
    stretch: &Stretch<'_>,
    contract: &Contract,
    request: &Request,
) -> PolarsResult<TakenRows> {
    let rows = stretch.rows;
    let mut taken = TakenRows {
        stops: vec![Stop::Counted; rows.height()],
        days: stretch.first_day(&plan.time)?,
        codes: vec![None],
        ..TakenRows::default()
    };
    if let Some(column) = &request.split {
        (taken.splits, taken.codes) = numbered(rows.column(column)?)?;
    }
    let flaws = fold(plan, stretch, contract, request, &mut taken)?;
    if rows.schema().contains(KEY) {
        taken.keys = rows.column(KEY)?.u32()?.iter().collect();
    }
    said(rows, contract, &mut taken)?;
    // backwards, so that the first that fails is the one that stays
    for (at, step) in plan.steps.iter().enumerate().rev() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        judge(&step.test, at, (plan, stretch, contract, request), &mut taken, &flaws)?;
    }
    Ok(taken)
}

/// What the fold needs of each row; gives the first flaw of each, by its number, where it may have any.
fn fold(
    plan: &Plan,
    stretch: &Stretch<'_>,
    contract: &Contract,
    request: &Request,
    taken: &mut TakenRows,
) -> PolarsResult<Vec<i32>> {
    let rows = stretch.rows.height();
    let one = || vec![Some(Number::Exact(1)); rows];
    let of_condition = |truth: &Truth| {
        Some(match truth {
            Truth::Yes => INSIDE,
            Truth::No => OUTSIDE,
            Truth::Unknown => UNDECIDED,
        })
    };
    let mut flaws = Vec::new();
    let times =
        plan.fold.interval().map(|interval| stretch.times(interval, contract)).transpose()?;
    if let (Some(times), Some(interval)) = (&times, plan.fold.interval()) {
        flaws = times.flaws(&plan.fold.flaws(contract), interval, contract);
    }
    match &plan.fold {
        Fold::Count | Fold::Distinct(_) | Fold::Gap | Fold::Rate { .. } => {}
        Fold::Census(..) => taken.spans = spans(stretch.rows)?,
        Fold::Sum(of) | Fold::Mean(of) | Fold::Quantile(of, _) => {
            taken.above = match (of, &times) {
                (Quantity::Elapsed(_), Some(times)) => times.lengths(),
                (Quantity::Column(column), _) => stretch.numbers(column)?,
                (Quantity::Elapsed(_), None) => vec![None; rows],
            };
            taken.below = one();
        }
        Fold::Ratio(above, below) => {
            (taken.above, taken.below) = (stretch.numbers(above)?, stretch.numbers(below)?);
        }
        Fold::Given(above, below) => {
            taken.above = stretch.numbers(above)?;
            taken.below =
                below.as_ref().map_or_else(|| Ok(one()), |below| stretch.numbers(below))?;
        }
        Fold::Share(numerator, _) => {
            taken.outcomes = stretch.filter(numerator)?.iter().map(of_condition).collect();
        }
        Fold::Repeat(prior, _) => {
            let found = stretch.rows.column(&prior.column())?;
            taken.outcomes = stretch.truths(found.bool()?).iter().map(of_condition).collect();
        }
        Fold::Within(clock) => {
            let conditions = clock.limits.iter().map(|limit| limit.when.as_ref());
            let conditions = conditions
                .map(|filter| filter.map(|filter| stretch.filter(filter)).transpose())
                .collect::<PolarsResult<Vec<Option<Truths>>>>()?;
            if let Some(times) = &times {
                let mut limits = Limits::new(clock, times, request);
                limits.conditions = conditions;
                if clock.limits.iter().any(|limit| limit.before.is_some()) {
                    limits.started = stretch.days(&clock.interval.from)?;
                }
                taken.outcomes = (0..rows).map(|row| Some(limits.outcome(row))).collect();
            }
        }
    }
    Ok(flaws)
}

/// Where a step leaves each row that fails it, or cannot be decided there and fails none after it.
fn judge(
    test: &Test,
    at: u16,
    (plan, stretch, contract, request): (&Plan, &Stretch<'_>, &Contract, &Request),
    taken: &mut TakenRows,
    flaws: &[i32],
) -> PolarsResult<()> {
    let rows = stretch.rows;
    let TakenRows { stops, days, outcomes, above, below, spans, .. } = taken;
    match test {
        Test::Filter(filter) => {
            let truths = stretch.filter(filter)?;
            mark(stops, at, |row| truths[row]);
        }
        Test::TimeKnown => mark(stops, at, |row| Truth::of(days[row].is_some())),
        Test::PlaceKnown(column) => {
            let known = stretch.known(column)?;
            let open = contract.open_ends.contains(column);
            let blank = stretch.flags(&format!("{column}@blank"))?;
            let stays = contract.rows == Rows::Stays;
            mark(stops, at, |row| match (known[row], open && blank[row]) {
                (true, _) => Truth::Yes,
                (false, true) => Truth::No,
                (false, false) => {
                    if stays {
                        Truth::No
                    } else {
                        Truth::Unknown
                    }
                }
            });
        }
        Test::InArea => {
            let Some(column) = &contract.area else { return Ok(()) };
            let areas = Belonging::new(&request.areas);
            let codes = Codes::new(rows.column(column)?);
            let codes: Vec<Option<u32>> = match codes {
                Some(codes) => codes.numbers().collect(),
                None => Vec::new(),
            };
            mark(stops, at, |row| areas.holds(codes[row], days[row]));
        }
        Test::NotSuppressed(columns) => {
            for column in columns {
                let withheld = stretch.flags(&format!("{column}@suppressed"))?;
                mark(stops, at, |row| Truth::of(!withheld[row]));
            }
        }
        Test::FigureGiven(columns) => {
            for column in columns {
                let known = stretch.known(column)?;
                mark(stops, at, |row| Truth::of(known[row]));
            }
        }
        Test::Ordered => {
            mark(stops, at, |row| Truth::perhaps(spans[row].map(|span| span.to >= span.from)))
        }
        Test::KeyKnown(column) => {
            let known = stretch.known(column)?;
            mark(stops, at, |row| Truth::known(known[row]));
        }
        Test::ValueKnown => {
            mark(stops, at, |row| Truth::known(above[row].is_some() && below[row].is_some()))
        }
        Test::FollowedUp(follow) => {
            let last = last_followed(request.as_at, *follow);
            mark(stops, at, |row| Truth::perhaps(days[row].map(|day| day <= last)));
        }
        Test::ConditionKnown | Test::ClockKnown => {
            mark(stops, at, |row| Truth::known(outcomes[row] != Some(UNDECIDED)));
        }
        Test::LimitInForce => mark(stops, at, |row| Truth::of(outcomes[row] != Some(NO_LIMIT))),
        Test::NotRunning => mark(stops, at, |row| Truth::of(outcomes[row] != Some(RUNNING))),
        Test::Sound(flaw) => {
            let clock = matches!(plan.fold, Fold::Within(_));
            let told = |row: usize| clock && outcomes[row] != Some(UNDECIDED);
            mark(stops, at, |row| Truth::known(flaws[row] != flaw.number() || told(row)));
        }
    }
    Ok(())
}

/// Steps come from the last to the first.
fn mark(stops: &mut [Stop], step: u16, truth: impl Fn(usize) -> Truth) {
    for (row, stop) in stops.iter_mut().enumerate() {
        match truth(row) {
            Truth::No => *stop = Stop::Failed(step),
            Truth::Unknown if !matches!(stop, Stop::Failed(_)) => *stop = Stop::Unknown(step),
            _ => {}
        }
    }
}
