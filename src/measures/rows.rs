//! What the fold reads of each row, taken out of polars' columns.

use std::collections::HashMap;

use polars::prelude::{DataFrame, DataType, PolarsResult};

use crate::feeds::Feed;
use crate::measures::plan::{Fold, Plan, Test};
use crate::measures::polars::{ABOVE, BELOW, DAY, KEY, LAST, OUTCOME, SPLIT, Stage, lower};
use crate::measures::stays::{Span, spans};
use crate::measures::{Request, stays};

/// Where a row stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It passed every step.
    Counted,
    /// It failed none, and could not be decided at this one.
    Unknown(usize),
    /// It failed this step first.
    Failed(usize),
}

/// A number on a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    /// Whole: summed exactly.
    Exact(i64),
    /// With decimals.
    Decimal(f64),
}

/// Every row of the feed, column by column; a column the fold does not need is empty.
#[derive(Debug, Default)]
pub(super) struct TakenRows {
    pub(super) stops: Vec<Stop>,
    pub(super) days: Vec<Option<i32>>,
    pub(super) splits: Vec<Option<String>>,
    pub(super) above: Vec<Option<Number>>,
    pub(super) below: Vec<Option<Number>>,
    pub(super) outcomes: Vec<Option<i32>>,
    pub(super) spans: Vec<Option<Span>>,
    /// Numbers that tell people apart.
    pub(super) keys: Vec<Option<u32>>,
    /// Rows of totals whose source calls them partial.
    pub(super) partial: Vec<Option<bool>>,
    /// What rows of totals say of themselves.
    pub(super) status: Vec<Option<String>>,
}

/// Runs a plan's steps over a feed.
pub(super) fn take(plan: &Plan, feed: &Feed, request: &Request) -> PolarsResult<TakenRows> {
    let stages: Vec<Stage<'_>> = plan.steps.iter().map(|step| Stage::Test(&step.test)).collect();
    let frame = lower(plan, &stages, feed, request)?;
    let mut taken = TakenRows {
        stops: stops(&frame, stages.len())?,
        days: frame.column(DAY)?.i32()?.iter().collect(),
        splits: texts(&frame, SPLIT)?,
        ..TakenRows::default()
    };
    if frame.schema().contains(ABOVE) {
        taken.above = numbers(&frame, ABOVE)?;
        taken.below = numbers(&frame, BELOW)?;
    }
    if frame.schema().contains(OUTCOME) {
        taken.outcomes = frame.column(OUTCOME)?.i32()?.iter().collect();
    }
    if frame.schema().contains(KEY) {
        taken.keys = keys(&frame, KEY)?;
    }
    if matches!(plan.fold, Fold::Census(..)) {
        taken.spans = spans(&frame)?;
    }
    if frame.schema().contains("@partial") {
        taken.partial = frame.column("@partial")?.bool()?.iter().collect();
    }
    if let Some(status) = &feed.contract.status {
        taken.status = texts(&frame, status)?;
    }
    debug_assert!(!frame.schema().contains(stays::PART), "no window was asked for");
    Ok(taken)
}

/// Where each row stopped, of so many steps.
pub(super) fn stops(frame: &DataFrame, steps: usize) -> PolarsResult<Vec<Stop>> {
    Ok(frame
        .column(LAST)?
        .u32()?
        .iter()
        .map(|code| {
            let code = code.map_or(2 * steps, |code| code as usize);
            match (code / 2, code % 2) {
                (step, _) if step >= steps => Stop::Counted,
                (step, 0) => Stop::Failed(step),
                (step, _) => Stop::Unknown(step),
            }
        })
        .collect())
}

/// The position of the step that tests for suppression or a blank figure.
pub(super) fn position(plan: &Plan, is: impl Fn(&Test) -> bool) -> Option<usize> {
    plan.steps.iter().position(|step| is(&step.test))
}

fn texts(frame: &DataFrame, column: &str) -> PolarsResult<Vec<Option<String>>> {
    Ok(frame.column(column)?.str()?.iter().map(|text| text.map(str::to_owned)).collect())
}

/// Each text of a column as a number of its own.
pub(super) fn keys(frame: &DataFrame, column: &str) -> PolarsResult<Vec<Option<u32>>> {
    let texts = frame.column(column)?;
    let mut known: HashMap<&str, u32> = HashMap::new();
    Ok(texts
        .str()?
        .iter()
        .map(|text| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            text.map(|text| *known.entry(text).or_insert(next))
        })
        .collect())
}

fn numbers(frame: &DataFrame, column: &str) -> PolarsResult<Vec<Option<Number>>> {
    let column = frame.column(column)?;
    Ok(if *column.dtype() == DataType::Float64 {
        column.f64()?.iter().map(|number| number.map(Number::Decimal)).collect()
    } else {
        column.i64()?.iter().map(|number| number.map(Number::Exact)).collect()
    })
}
