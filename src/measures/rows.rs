//! What the fold reads of each row, taken out of polars' columns.

use std::hash::Hash;

use foldhash::{HashMap, HashMapExt};
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, IntoSeries, NewChunkedArray, PolarsResult,
    UInt32Chunked,
};

use crate::feeds::coded::{self, Codes};
use crate::feeds::contract::Contract;
use crate::measures::plan::{Fold, Plan};
use crate::measures::polars::{ABOVE, BELOW, DAY, KEY, LAST, OUTCOME, SPLIT, Stage, steps};
use crate::measures::stays::{Span, spans};
use crate::measures::{Request, stays};

/// Where a row stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// It passed every step.
    Counted,
    /// It failed none, and could not be decided at this one.
    Unknown(u16),
    /// It failed this step first.
    Failed(u16),
}

/// A number on a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    /// Whole: summed exactly.
    Exact(i64),
    /// With decimals.
    Decimal(f64),
}

/// Some rows of the feed, column by column; a column the fold does not need is empty.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TakenRows {
    pub(super) stops: Vec<Stop>,
    pub(super) days: Vec<Option<i32>>,
    /// Position of each row's split code; none where no split is asked for.
    pub(super) splits: Vec<u32>,
    /// The split codes met; without a split one that stands for all rows.
    pub(super) codes: Vec<Option<String>>,
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

/// Runs a plan's steps over rows that are prepared for them, by polars' expressions: what the
/// [kernel](super::kernel) does faster.
pub(super) fn plainly(
    plan: &Plan,
    stages: &[Stage<'_>],
    rows: &DataFrame,
    contract: &Contract,
    request: &Request,
) -> PolarsResult<TakenRows> {
    let frame = steps(plan, stages, rows.clone(), contract, request)?;
    let mut taken = TakenRows {
        stops: stops(&frame, stages.len())?,
        days: frame.column(DAY)?.i32()?.iter().collect(),
        codes: vec![None],
        ..TakenRows::default()
    };
    if request.split.is_some() {
        (taken.splits, taken.codes) = numbered(frame.column(SPLIT)?)?;
    }
    if frame.schema().contains(ABOVE) {
        taken.above = numbers(&frame, ABOVE)?;
        taken.below = numbers(&frame, BELOW)?;
    }
    if frame.schema().contains(OUTCOME) {
        taken.outcomes = frame.column(OUTCOME)?.i32()?.iter().collect();
    }
    if frame.schema().contains(KEY) {
        taken.keys = frame.column(KEY)?.u32()?.iter().collect();
    }
    if matches!(plan.fold, Fold::Census(..)) {
        taken.spans = spans(&frame)?;
    }
    said(&frame, contract, &mut taken)?;
    debug_assert!(!frame.schema().contains(stays::PART), "no window was asked for");
    Ok(taken)
}

/// What rows of totals say of themselves.
pub(super) fn said(
    frame: &DataFrame,
    contract: &Contract,
    taken: &mut TakenRows,
) -> PolarsResult<()> {
    if frame.schema().contains("@partial") {
        taken.partial = frame.column("@partial")?.bool()?.iter().collect();
    }
    if let Some(status) = &contract.status {
        taken.status = texts(frame, status)?;
    }
    Ok(())
}

/// Where each row stopped, of so many steps.
pub(super) fn stops(frame: &DataFrame, steps: usize) -> PolarsResult<Vec<Stop>> {
    Ok(frame
        .column(LAST)?
        .u32()?
        .iter()
        .map(|code| {
            let code = code.map_or(2 * steps, |code| code as usize);
            let step = u16::try_from(code / 2).unwrap_or(u16::MAX);
            match code % 2 {
                _ if code / 2 >= steps => Stop::Counted,
                0 => Stop::Failed(step),
                _ => Stop::Unknown(step),
            }
        })
        .collect())
}

fn texts(frame: &DataFrame, column: &str) -> PolarsResult<Vec<Option<String>>> {
    let texts = coded::texts(frame.column(column)?)?;
    Ok(texts.str()?.iter().map(|text| text.map(str::to_owned)).collect())
}

/// Each text of a column as a number of its own.
pub(super) fn keys(column: &Column) -> PolarsResult<Column> {
    let texts = coded::texts(column)?;
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut number = |text| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        *known.entry(text).or_insert(next)
    };
    let numbers = texts.str()?.iter().map(|text| text.map(&mut number));
    Ok(UInt32Chunked::from_iter_options("".into(), numbers).into_series().into_column())
}

/// The position of each row's text among the texts met, and these.
pub(super) fn numbered(column: &Column) -> PolarsResult<(Vec<u32>, Vec<Option<String>>)> {
    let Some(codes) = Codes::new(column) else {
        let texts = coded::texts(column)?;
        let (positions, met) = positions(texts.str()?.iter());
        return Ok((positions, met.into_iter().map(|text| text.map(str::to_owned)).collect()));
    };
    let (positions, met) = positions(codes.numbers());
    let text = |number: Option<u32>| number.and_then(coded::text).map(str::to_owned);
    Ok((positions, met.into_iter().map(text).collect()))
}

/// The position of each row's value among the different values met, and these.
fn positions<T: Copy + Eq + Hash>(values: impl Iterator<Item = T>) -> (Vec<u32>, Vec<T>) {
    let mut known: HashMap<T, u32> = HashMap::new();
    let mut met = Vec::new();
    let position = |value: T| {
        *known.entry(value).or_insert_with(|| {
            met.push(value);
            u32::try_from(met.len() - 1).unwrap_or(u32::MAX)
        })
    };
    (values.map(position).collect(), met)
}

fn numbers(frame: &DataFrame, column: &str) -> PolarsResult<Vec<Option<Number>>> {
    let column = frame.column(column)?;
    Ok(if *column.dtype() == DataType::Float64 {
        column.f64()?.iter().map(|number| number.map(Number::Decimal)).collect()
    } else {
        column.i64()?.iter().map(|number| number.map(Number::Exact)).collect()
    })
}
