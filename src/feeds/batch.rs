//! Some rows of one file: cells to typed columns, and the rows that stay.

use polars::prelude::{
    BooleanChunked, Column, DataFrame, DataType, IntoColumn, IntoLazy, NamedFrom, NewChunkedArray,
    PolarsResult, Series, StringChunked,
};

use super::contract::{Contract, Rows};
use super::convert::{self, Cells, Rules, Typed, Values};
use super::fate::Fate;
use super::lowering;
use super::periods::Said;
use super::reading::{CellKind, Source};
use super::spread;
use super::tally::Why;
use super::times::{self, Times};
use crate::filter::Filter;

/// Some rows of one file as they were delivered.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Line of each row.
    pub(crate) lines: Vec<u32>,
    /// Cells of each column, in the contract's order.
    pub(crate) cells: Vec<Cells>,
    /// What each row says of its period; empty where the contract has none.
    pub(crate) periods: Vec<Said>,
}

/// Reads a batch: codes first, then `keep`, then all other types, then `spread`. Rows that do not
/// stay are told to `fate`. The columns are those of [`Feed`](super::Feed), and `@rows` when rows
/// were spread: how many delivered rows stand in one.
pub(crate) fn frame(
    contract: &Contract,
    rules: &Rules,
    file: u32,
    batch: &Batch,
    fate: &mut Fate,
) -> PolarsResult<DataFrame> {
    let reading = &contract.reading;
    let raw = |name: &str| {
        reading.spread.as_ref().is_some_and(|spread| spread.names == name || spread.values == name)
    };
    let columns = || reading.columns.iter().zip(&batch.cells);
    let mut typed: Vec<Option<Typed>> = columns()
        .map(|(source, cells)| {
            matches!(source.kind, CellKind::Code { .. })
                .then(|| convert::column(source, cells, rules, fate))
        })
        .collect();
    if let Some((filter, words)) = &reading.keep {
        keep(filter, words, columns().zip(&typed), fate)?;
    }
    for ((source, cells), typed) in columns().zip(&mut typed) {
        if typed.is_none() && !raw(&source.name) {
            *typed = Some(convert::column(source, cells, rules, fate));
        }
    }
    let sources: Vec<&Source> = columns().map(|(source, _)| source).collect();
    let totals = contract.rows == Rows::Totals;
    let mut made = assemble(&sources, typed, totals, fate);
    made.extend(periods(contract, batch, fate));
    let rows = batch.lines.len();
    made.push(Series::new("@file".into(), vec![file; rows]).into_column());
    made.push(Series::new("@line".into(), batch.lines.as_slice()).into_column());
    let frame = DataFrame::new(rows, made)?;
    if let Some(spread) = &reading.spread {
        let cells = |name: &str| {
            let found = columns().find(|(source, _)| source.name == name);
            found.map_or(&Cells::Absent, |(_, cells)| cells)
        };
        let long = spread::Long {
            base: &frame,
            names: cells(&spread.names),
            values: cells(&spread.values),
        };
        return spread::widen(spread, &long, totals, rules, fate);
    }
    let stays: BooleanChunked = fate.aside.iter().map(|aside| !aside).collect();
    frame.filter(&stays)
}

/// The columns of the typed cells, times settled, with `@suppressed` in feeds of totals.
pub(crate) fn assemble(
    sources: &[&Source],
    typed: Vec<Option<Typed>>,
    totals: bool,
    fate: &mut Fate,
) -> Vec<Column> {
    let mut all: Vec<Times> = Vec::new();
    let mut plain = Vec::new();
    for (source, typed) in sources.iter().zip(typed) {
        match typed {
            Some(Typed { values: Values::Time(column), .. }) => {
                all.push(column);
                plain.push(None);
            }
            Some(Typed { values: Values::Plain(column), suppressed }) => {
                let number = matches!(source.kind, CellKind::Integer(_) | CellKind::Decimal(_));
                let mark = (totals && number).then_some(suppressed);
                plain.push(Some((column, mark)));
            }
            None => {}
        }
    }
    times::settle(&mut all, fate);
    let mut all = all.into_iter();
    let mut made = Vec::new();
    for column in plain {
        match column {
            Some((column, mark)) => {
                let name = format!("{}@suppressed", column.name());
                let rows = column.len();
                made.push(column);
                made.extend(mark.map(|mut mark| {
                    mark.resize(rows, false);
                    Series::new(name.into(), mark).into_column()
                }));
            }
            None => made.extend(all.next().into_iter().flat_map(Times::columns)),
        }
    }
    made
}

/// The `period` and `@partial` columns; rows without a period are set aside.
fn periods(contract: &Contract, batch: &Batch, fate: &mut Fate) -> Vec<Column> {
    let Some(source) = &contract.reading.period else { return Vec::new() };
    let mut partial = Vec::with_capacity(batch.periods.len());
    let mut days = Vec::with_capacity(batch.periods.len());
    for (row, said) in batch.periods.iter().enumerate() {
        let period = match said {
            Said::Period(period) => Some(*period),
            Said::OtherLength => {
                let why = Why::OtherLength { grain: source.grain.name() };
                fate.set_aside(row, why, Some("period"));
                None
            }
            Said::Nothing => {
                fate.set_aside(row, Why::NoPeriod, Some("period"));
                None
            }
        };
        days.push(period.map(|period| period.start.to_epoch_days()));
        let part = period.and_then(|period| source.partial.get(&period.first_month()));
        partial.push(part.is_some());
    }
    let days = Series::new("period".into(), days).cast(&DataType::Date);
    let partial = Series::new("@partial".into(), partial).into_column();
    days.map(|days| vec![days.into_column(), partial]).unwrap_or_default()
}

/// Leaves out the rows for which `keep` does not hold: words as they arrived, codes as read.
fn keep<'a>(
    filter: &Filter,
    words: &str,
    columns: impl Iterator<Item = ((&'a Source, &'a Cells), &'a Option<Typed>)>,
    fate: &mut Fate,
) -> PolarsResult<()> {
    let named = filter.columns();
    let mut made = Vec::new();
    for ((source, cells), typed) in columns {
        if !named.contains(source.name.as_str()) {
            continue;
        }
        made.push(match typed {
            Some(Typed { values: Values::Plain(column), .. }) => column.clone(),
            _ => words_of(source, cells, fate.lines.len()),
        });
    }
    let frame = DataFrame::new(fate.lines.len(), made)?;
    let kept = frame.lazy().select([lowering::expression(filter).alias("keep")]).collect()?;
    let kept = kept.column("keep")?.bool()?.clone();
    for row in 0..fate.lines.len() {
        let filter = words.to_owned();
        match kept.get(row) {
            Some(true) => {}
            Some(false) => fate.set_aside(row, Why::Keep { filter }, None),
            None => fate.set_aside(row, Why::KeepUnknown { filter }, None),
        }
    }
    Ok(())
}

/// A column of words, trimmed, with the contract's default where a cell is empty.
fn words_of(source: &Source, cells: &Cells, rows: usize) -> Column {
    let name = source.name.as_str().into();
    let Some(texts) = cells.texts() else {
        return StringChunked::from_iter_options(name, (0..rows).map(|_| None::<&str>))
            .into_column();
    };
    let blank = source.blank.as_deref().unwrap_or_default();
    let words = texts.iter().map(|text| match text.trim() {
        "" => Some(blank),
        text => Some(text),
    });
    StringChunked::from_iter_options(name, words).into_column()
}
