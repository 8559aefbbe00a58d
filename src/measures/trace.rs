//! Where each row stopped: the account that every number rests on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::polars::prelude::{DataFrame, DataType, IntoLazy, PolarsError, PolarsResult, col, len, lit};

use crate::area::{Days, Members};
use crate::error::Error;
use crate::feeds::Feed;
use crate::feeds::coded;
use crate::feeds::contract::Rows;
use crate::measures::calendar::Calendar;
use crate::measures::plan::{Plan, Test};
use crate::measures::polars::{LAST, Stage, belongs};
use crate::measures::prepared::Prepared;
use crate::measures::scan::{self, Stops};
use crate::measures::sums::Adding;
use crate::measures::{Body, Request, broken, inner};
use crate::parallel;
use crate::period::Period;

/// How many rows of a feed stopped at each step; together with those counted, all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The steps, in order.
    pub steps: Vec<StepCount>,
    /// Rows that passed every step.
    pub counted: u64,
}

/// Rows that stopped at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepCount {
    /// The step's name.
    pub name: &'static str,
    /// Rows that failed it, and none before it.
    pub failed: u64,
    /// Rows that fail nowhere and could not be decided here first.
    pub unknown: u64,
}

impl Trace {
    /// All rows: those counted and those that stopped.
    ///
    /// ```
    /// use concordat::measures::trace::{StepCount, Trace};
    ///
    /// let steps = vec![StepCount { name: "in the area", failed: 3, unknown: 1 }];
    /// assert_eq!(Trace { steps, counted: 6 }.rows(), 10);
    /// ```
    pub fn rows(&self) -> u64 {
        self.counted + self.steps.iter().map(|step| step.failed + step.unknown).sum::<u64>()
    }
}

/// Counts a feed's rows by the step they stop at.
///
/// A further step, "in the period", follows "in the area": an event is placed in the period, a
/// stay has a part in it (in one of its inner periods, where its value is made of theirs). Without
/// a period it is the request's whole calendar.
///
/// The counts are of rows, whether or not their month counts as delivered.
pub fn trace(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    period: Option<Period>,
) -> Result<Trace, Error> {
    counts(plan, feed, request, period).map_err(|error| broken(plan, &error))
}

/// Of the rows that [`trace`] leaves out "in the area", those whose area is part of no plan on the row's
/// own day: by code, with their number. `plans` are the areas that are part of one, and when.
///
/// None in feeds of totals, which are asked for by area, and where no area is a plan's.
pub fn nowhere(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    period: Option<Period>,
    plans: &Members,
) -> Result<BTreeMap<String, u64>, Error> {
    unmapped(plan, feed, request, period, plans).map_err(|error| broken(plan, &error))
}

fn unmapped(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    period: Option<Period>,
    plans: &Members,
) -> PolarsResult<BTreeMap<String, u64>> {
    let mut found = BTreeMap::new();
    let Some(column) = &feed.contract.area else { return Ok(found) };
    let always = |code: &String| plans.days(code).is_some_and(Days::is_always);
    let totals = feed.contract.rows == Rows::Totals;
    if totals || plans.is_empty() || met(feed, column)?.iter().all(always) {
        return Ok(found);
    }
    let (_, stages) = stages(plan, feed, request, period);
    let in_area = stages.iter().position(|stage| matches!(stage, Stage::Test(Test::InArea)));
    let left_out = u32::try_from(2 * in_area.unwrap_or(stages.len())).unwrap_or(u32::MAX);
    let prepared = Prepared::new(plan, &stages, feed, request, &[column])?;
    let count = |rows: DataFrame| {
        prepared
            .steps(rows)?
            .lazy()
            .filter(col(LAST).eq(lit(left_out)).and(belongs(column, plans).not()))
            .group_by([col(column.as_str()).alias("area")])
            .agg([len().cast(DataType::UInt64).alias("rows")])
            .collect()
    };
    prepared.each(count, |grouped| {
        let codes = coded::texts(grouped.column("area")?)?;
        for (code, rows) in codes.str()?.iter().zip(grouped.column("rows")?.u64()?.iter()) {
            *found.entry(code.unwrap_or_default().to_owned()).or_default() += rows.unwrap_or(0);
        }
        Ok(())
    })?;
    Ok(found)
}

/// The texts of a column, looked for once for a feed.
fn met(feed: &Feed, column: &str) -> PolarsResult<Arc<BTreeSet<String>>> {
    let what = format!("texts of {column}");
    if let Some(known) = feed.derived.known(&what) {
        return Ok(known);
    }
    let mut met = BTreeSet::new();
    let of = |stretch| {
        coded::texts(&feed.rows.read(&stretch, Some(&[column]))?.column(column)?.unique()?)
    };
    parallel::in_order(feed.rows.stretches(), of, |texts| {
        met.extend(texts.str()?.iter().flatten().map(str::to_owned));
        Ok::<(), PolarsError>(())
    })?;
    Ok(feed.derived.keep(&what, met))
}

/// The plan's steps, and "in the period" after "in the area".
fn stages<'a>(
    plan: &'a Plan,
    feed: &Feed,
    request: &Request,
    period: Option<Period>,
) -> (Vec<StepCount>, Vec<Stage<'a>>) {
    let wider = plan.each.map(|each| inner(request, each));
    let calendar = Calendar::new(feed, wider.as_ref().unwrap_or(request), plan.look_back());
    let within = |run| calendar.days_within(request, run);
    let runs: Vec<(i32, i32)> = period.map_or_else(
        || vec![within(None)],
        |period| plan.runs(period).into_iter().map(|run| within(Some(run))).collect(),
    );
    let mut stages = Vec::with_capacity(plan.steps.len() + 1);
    let mut steps = Vec::with_capacity(plan.steps.len() + 1);
    let mut add = |name, stage| {
        stages.push(stage);
        steps.push(StepCount { name, failed: 0, unknown: 0 });
    };
    for step in &plan.steps {
        add(step.name, Stage::Test(&step.test));
        if step.test == Test::InArea {
            add("in the period", Stage::Days(runs.clone()));
        }
    }
    (steps, stages)
}

fn counts(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    period: Option<Period>,
) -> PolarsResult<Trace> {
    let (mut steps, stages) = stages(plan, feed, request, period);
    let mut counted = 0;
    let mut add = |counts: &[u64]| {
        for (code, rows) in counts.iter().enumerate() {
            match steps.get_mut(code / 2) {
                Some(step) if code % 2 == 0 => step.failed += rows,
                Some(step) => step.unknown += rows,
                None => counted += rows,
            }
        }
    };
    if period.is_none() {
        add(&of_all(plan, feed, request)?);
        return Ok(Trace { steps, counted });
    }
    let prepared = Prepared::new(plan, &stages, feed, request, &[])?;
    let count = |rows: DataFrame| {
        let frame = prepared.steps(rows)?;
        let mut counts = vec![0; 2 * stages.len() + 1];
        for code in frame.column(LAST)?.u32()?.iter() {
            let code = code.map_or(usize::MAX, |code| code as usize).min(2 * stages.len());
            counts[code] += 1;
        }
        Ok(counts)
    };
    prepared.each(count, |counts| {
        add(&counts);
        Ok(())
    })?;
    Ok(Trace { steps, counted })
}

/// As the pass that counts a plan's rows has it.
fn of_all(plan: &Plan, feed: &Feed, request: &Request) -> PolarsResult<Arc<Stops>> {
    let wider = plan.each.map_or_else(|| request.clone(), |each| inner(request, each));
    let calendar = &Calendar::new(feed, &wider, plan.look_back());
    let request = &Request { split: None, ..wider };
    scan::stops(Adding { plan, feed, request, calendar, live: false, body: Body::Kernel })
}
