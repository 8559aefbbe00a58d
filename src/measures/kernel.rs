//! A plan's steps over plain columns: a faster body of what [`plainly`](super::rows::plainly) does through
//! polars' expressions. Row filters are polars' own; everything else is one loop over slices.

use std::collections::BTreeSet;

use polars::prelude::{DataFrame, PolarsResult};

use crate::feeds::contract::Contract;
use crate::feeds::lowering::expression;
use crate::indicators::measure::{Interval, Quantity};
use crate::measures::Request;
use crate::measures::plan::{Fold, Plan, timed};
use crate::measures::polars::{INSIDE, OUTSIDE, UNDECIDED, named};
use crate::measures::rows::{Numbers, Stop, TakenRows, beside};
use crate::measures::working::WORKED;

use batch::{Batch, Days, Truths};
use clock::{Limits, Times};

pub(super) mod batch;
mod clock;
mod members;
mod steps;

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

/// The columns that it reads beside those of the expressions, also some that may not be there.
pub(super) fn reads(plan: &Plan, contract: &Contract) -> BTreeSet<String> {
    let mut found: BTreeSet<String> =
        plan.time.iter().cloned().chain(contract.area.clone()).collect();
    found.extend(
        plan.conditions()
            .into_iter()
            .map(expression)
            .flat_map(|asked| named(&asked).collect::<Vec<_>>()),
    );
    let interval = plan.fold.interval().into_iter();
    for column in interval.flat_map(|Interval { from, to, .. }| [from, to]) {
        found.extend([column.clone(), format!("{column}@utc"), format!("{column}@blank")]);
    }
    found
}

/// A plan, and some rows with what it alone makes of them: ends of stays, working days.
struct Asked<'a, 'b> {
    plan: &'a Plan,
    batch: &'a Batch<'b>,
    own: &'a DataFrame,
    contract: &'a Contract,
    request: &'a Request,
}

/// Runs a plan's steps over some rows, which are prepared for it in `own`.
pub(super) fn take(
    plan: &Plan,
    (batch, own): (&Batch<'_>, &DataFrame),
    contract: &Contract,
    request: &Request,
) -> PolarsResult<TakenRows> {
    let asked = Asked { plan, batch, own, contract, request };
    let mut taken = TakenRows {
        stops: vec![Stop::Counted; batch.height()],
        days: batch.first_day(&plan.time)?,
        ..TakenRows::default()
    };
    beside(own, plan, contract, &mut taken)?;
    let flaws = asked.fold(&mut taken)?;
    // backwards, so that the first that fails is the one that stays
    for (at, step) in plan.steps.iter().enumerate().rev() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        asked.judge(&step.test, at, &mut taken, &flaws)?;
    }
    Ok(taken)
}

impl Asked<'_, '_> {
    /// What is known of the time between two events.
    fn times(&self, interval: &Interval) -> PolarsResult<Times> {
        let timed = timed(self.contract, &[&interval.from, &interval.to]);
        Ok(Times {
            from: self.batch.instants(&interval.from, timed)?,
            to: self.batch.instants(&interval.to, timed)?,
            blank: self.batch.flags(&format!("{}@blank", interval.to))?,
            worked: match interval.calendar {
                Some(_) => self.own.column(WORKED)?.i64()?.iter().collect(),
                None => Vec::new(),
            },
            timed,
        })
    }

    /// What the fold needs of each row; gives the first flaw of each, by its number, where it may have
    /// any.
    fn fold(&self, taken: &mut TakenRows) -> PolarsResult<Vec<i32>> {
        let numbers = |column: &String| Numbers::of(self.batch.rows.column(column)?);
        let interval = self.plan.fold.interval();
        let times = interval.map(|interval| self.times(interval)).transpose()?;
        let mut flaws = Vec::new();
        if let (Some(times), Some(interval)) = (&times, interval) {
            flaws = times.flaws(&self.plan.fold.flaws(self.contract), interval, self.contract);
        }
        match &self.plan.fold {
            Fold::Count | Fold::Distinct(_) | Fold::Gap | Fold::Rate { .. } | Fold::Census(..) => {}
            Fold::Sum(of) | Fold::Mean(of) | Fold::Quantile(of, _) => {
                taken.above = match (of, &times) {
                    (Quantity::Column(column), _) => numbers(column)?,
                    (Quantity::Elapsed(_), Some(times)) => Numbers::Exact(times.lengths()),
                    (Quantity::Elapsed(_), None) => Numbers::None,
                };
                taken.below = Numbers::Ones;
            }
            Fold::Ratio(above, below) => {
                (taken.above, taken.below) = (numbers(above)?, numbers(below)?);
            }
            Fold::Given(above, below) => {
                taken.above = numbers(above)?;
                taken.below = below.as_ref().map_or(Ok(Numbers::Ones), numbers)?;
            }
            Fold::Share(numerator, _) => {
                taken.outcomes = self.batch.truths(numerator)?.iter().copied().map(told).collect();
            }
            Fold::Repeat(prior, _) => {
                let found = self.batch.rows.column(&prior.column())?.bool()?;
                taken.outcomes = found.iter().map(Truth::perhaps).map(told).collect();
            }
            Fold::Within(clock) => {
                let conditions = clock.limits.iter().map(|limit| limit.when.as_ref());
                let conditions = conditions
                    .map(|filter| filter.map(|filter| self.batch.truths(filter)).transpose())
                    .collect::<PolarsResult<Vec<Option<Truths>>>>()?;
                let dated = clock.limits.iter().any(|limit| limit.before.is_some());
                let started =
                    if dated { Some(self.batch.days(&clock.interval.from)?) } else { None };
                if let Some(times) = &times {
                    let limits = Limits::new(clock, times, (conditions, started), self.request);
                    let rows = 0..self.batch.height();
                    taken.outcomes = rows.map(|row| limits.outcome(row)).collect();
                }
            }
        }
        Ok(flaws)
    }
}

/// The outcome of a condition.
fn told(holds: Truth) -> i32 {
    match holds {
        Truth::Yes => INSIDE,
        Truth::No => OUTSIDE,
        Truth::Unknown => UNDECIDED,
    }
}
