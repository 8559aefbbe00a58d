//! What the fold reads of each row, taken out of polars' columns.

use std::hash::Hash;
use std::rc::Rc;

use foldhash::{HashMap, HashMapExt};
use polars::prelude::{Column, DataFrame, DataType, PolarsResult};

use crate::feeds::coded::{self, Codes};
use crate::feeds::contract::Contract;
use crate::measures::people::{Who, who};
use crate::measures::plan::{Fold, Plan};
use crate::measures::polars::{ABOVE, BELOW, DAY, LAST, OUTCOME, Stage, UNDECIDED, steps};
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

/// A number on each row.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Numbers {
    /// None at all.
    #[default]
    None,
    /// One.
    Ones,
    /// Whole numbers.
    Exact(Vec<Option<i64>>),
    /// Numbers with decimals.
    Decimal(Vec<Option<f64>>),
}

impl Numbers {
    /// A column of whole numbers or of decimals.
    pub(super) fn of(column: &Column) -> PolarsResult<Self> {
        if *column.dtype() == DataType::Float64 {
            return Ok(Self::Decimal(column.f64()?.iter().collect()));
        }
        Ok(Self::Exact(column.cast(&DataType::Int64)?.i64()?.iter().collect()))
    }

    pub(super) fn get(&self, row: usize) -> Option<Number> {
        match self {
            Self::None => None,
            Self::Ones => Some(Number::Exact(1)),
            Self::Exact(numbers) => numbers[row].map(Number::Exact),
            Self::Decimal(numbers) => numbers[row].map(Number::Decimal),
        }
    }
}

/// The parts of a split that some rows belong to.
#[derive(Debug)]
pub(super) struct Parts {
    /// Position of each row's code; none where no split is asked for.
    pub(super) at: Vec<u32>,
    /// The codes met; without a split one that stands for all rows.
    pub(super) codes: Vec<Option<String>>,
}

impl Parts {
    /// By a column, where one is asked for.
    pub(super) fn new(rows: &DataFrame, split: Option<&String>) -> PolarsResult<Self> {
        let (at, codes) = match split {
            Some(column) => numbered(rows.column(column)?)?,
            None => (Vec::new(), vec![None]),
        };
        Ok(Self { at, codes })
    }
}

/// Some rows of the feed, column by column; a column the fold does not need is empty.
#[derive(Debug, Default, PartialEq)]
pub(super) struct TakenRows {
    pub(super) stops: Vec<Stop>,
    pub(super) days: Rc<[Option<i32>]>,
    pub(super) above: Numbers,
    pub(super) below: Numbers,
    pub(super) outcomes: Vec<i32>,
    pub(super) spans: Vec<Option<Span>>,
    pub(super) people: Vec<Option<Who>>,
    /// Rows of totals whose source calls them partial.
    pub(super) partial: Vec<Option<bool>>,
    /// What rows of totals say of themselves.
    pub(super) status: Vec<Option<String>>,
}

/// Runs a plan's steps over rows that are prepared for them, by polars' expressions: what the
/// [kernel](super::kernel) does faster.
pub(super) fn plainly(
    plan: &Plan,
    rows: &DataFrame,
    contract: &Contract,
    request: &Request,
) -> PolarsResult<TakenRows> {
    let stages: Vec<Stage<'_>> = plan.steps.iter().map(|step| Stage::Test(&step.test)).collect();
    let frame = steps(plan, &stages, rows.clone(), contract, request)?;
    let mut taken = TakenRows {
        stops: stops(&frame, stages.len())?,
        days: frame.column(DAY)?.i32()?.iter().collect(),
        ..TakenRows::default()
    };
    let numbers = |column: &str| match frame.column(column) {
        Ok(numbers) => Numbers::of(numbers),
        Err(_) => Ok(Numbers::None),
    };
    (taken.above, taken.below) = (numbers(ABOVE)?, numbers(BELOW)?);
    if frame.schema().contains(OUTCOME) {
        let outcomes = frame.column(OUTCOME)?.i32()?.iter();
        taken.outcomes = outcomes.map(|one| one.unwrap_or(UNDECIDED)).collect();
    }
    beside(&frame, plan, contract, &mut taken)?;
    debug_assert!(!frame.schema().contains(stays::PART), "no window was asked for");
    Ok(taken)
}

/// What is there already: people, stays, and what rows of totals say of themselves.
pub(super) fn beside(
    frame: &DataFrame,
    plan: &Plan,
    contract: &Contract,
    taken: &mut TakenRows,
) -> PolarsResult<()> {
    if let Fold::Distinct(of) = &plan.fold {
        taken.people = who(frame.column(of)?)?;
    }
    if matches!(plan.fold, Fold::Census(..)) {
        taken.spans = spans(frame)?;
    }
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

/// The position of each row's text among the texts met, and these.
fn numbered(column: &Column) -> PolarsResult<(Vec<u32>, Vec<Option<String>>)> {
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
