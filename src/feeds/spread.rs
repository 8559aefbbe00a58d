//! Long to wide: names in one column become columns, each with a type of its own.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::{
    DataFrame, IdxCa, IdxSize, IntoColumn, NamedFrom, PlSmallStr, PolarsResult, Series,
};

use super::batch;
use super::convert::{self, Cells, Rules};
use super::fate::Fate;
use super::reading::{Source, Spread};
use super::rowkey::RowKeys;
use super::tally::Why;
use super::texts::{Texts, fold};

/// Rows before they are spread.
#[derive(Debug)]
pub(crate) struct Long<'a> {
    /// Every other column, typed; with `@line`.
    pub(crate) base: &'a DataFrame,
    /// The names.
    pub(crate) names: &'a Cells,
    /// The values.
    pub(crate) values: &'a Cells,
}

/// A wide row in the making: the long row that gives each column its value.
struct Wide {
    first: usize,
    members: BTreeMap<usize, usize>,
}

/// Spreads rows: those that agree in every other column become one. A row whose name becomes no
/// column is left out; where a name comes twice for one wide row the later value counts.
/// `@rows` counts the long rows in each.
pub(crate) fn widen(
    spread: &Spread,
    long: &Long,
    totals: bool,
    rules: &Rules,
    fate: &mut Fate,
) -> PolarsResult<DataFrame> {
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); spread.columns.len()];
    for (row, column) in columns_of(spread, long.names, fate.lines.len()).into_iter().enumerate() {
        match column.and_then(|column| taken.get_mut(column)) {
            Some(taken) if !fate.aside[row] => taken.push(row),
            Some(_) => {}
            None => fate.set_aside(row, Why::NotSpread, Some(&spread.names)),
        }
    }
    let mut sources = Vec::new();
    let mut typed = Vec::new();
    for (made, rows) in spread.columns.iter().zip(&taken) {
        let lines: Vec<u32> = rows.iter().map(|row| fate.lines[*row]).collect();
        let mut part = Fate {
            lines: &lines,
            aside: vec![false; rows.len()],
            set_aside: &mut *fate.set_aside,
            doubts: &mut *fate.doubts,
            orders: &mut *fate.orders,
        };
        typed.push(Some(convert::column(&made.column, &some(long.values, rows), rules, &mut part)));
        for (row, aside) in rows.iter().zip(part.aside) {
            fate.aside[*row] |= aside;
        }
        sources.push(&made.column);
    }
    let wide = gather(&taken, long, fate)?;
    build(&sources, typed, &taken, &wide, long, totals, fate)
}

/// The column that each row's name becomes.
fn columns_of(spread: &Spread, names: &Cells, rows: usize) -> Vec<Option<usize>> {
    let Some(names) = names.texts() else { return vec![None; rows] };
    let mut known: HashMap<&str, Option<usize>> = HashMap::new();
    let find = |name: &str| {
        let folded = fold(name);
        spread.columns.iter().position(|column| column.from.contains(&folded))
    };
    names.iter().map(|name| *known.entry(name).or_insert_with(|| find(name))).collect()
}

/// Some rows of a column of text.
fn some(cells: &Cells, rows: &[usize]) -> Cells {
    let Some(texts) = cells.texts() else { return Cells::Absent };
    let some: Texts = rows.iter().map(|row| texts.get(*row)).collect();
    match cells {
        Cells::Sheet(..) => {
            Cells::Sheet(some, rows.iter().map(|row| cells.written(*row)).collect())
        }
        _ => Cells::Text(some),
    }
}

/// Which long rows become one, in the order in which they begin.
fn gather(taken: &[Vec<usize>], long: &Long, fate: &mut Fate) -> PolarsResult<Vec<Wide>> {
    let names = long.base.get_column_names().into_iter().map(PlSmallStr::as_str);
    let keys = RowKeys::new(long.base, names.filter(|name| *name != "@line"))?;
    let mut column_of = vec![None; fate.lines.len()];
    for (column, rows) in taken.iter().enumerate() {
        for row in rows {
            column_of[*row] = Some(column);
        }
    }
    let text = |row: usize| long.values.texts().map(|texts| texts.get(row));
    let (mut wide, mut known): (Vec<Wide>, HashMap<Vec<u8>, usize>) = Default::default();
    for (row, column) in column_of.iter().enumerate() {
        let Some(column) = column.filter(|_| !fate.aside[row]) else { continue };
        let mut key = Vec::new();
        keys.write(row, &mut key);
        let at = *known.entry(key).or_insert_with(|| {
            wide.push(Wide { first: row, members: BTreeMap::new() });
            wide.len() - 1
        });
        let members = &mut wide[at].members;
        match members.get(&column).copied() {
            Some(earlier) if text(earlier) == text(row) => {
                fate.set_aside(row, Why::Copy, None);
            }
            earlier => {
                members.insert(column, row);
                if let Some(earlier) = earlier {
                    fate.set_aside(earlier, Why::Superseded, None);
                    fate.doubt(row, Why::SameKey, "");
                }
            }
        }
    }
    Ok(wide)
}

fn build(
    sources: &[&Source],
    typed: Vec<Option<convert::Typed>>,
    taken: &[Vec<usize>],
    wide: &[Wide],
    long: &Long,
    totals: bool,
    fate: &mut Fate,
) -> PolarsResult<DataFrame> {
    let index = |row: usize| IdxSize::try_from(row).unwrap_or(IdxSize::MAX);
    let first: Vec<IdxSize> = wide.iter().map(|wide| index(wide.first)).collect();
    let mut made = long.base.take(&IdxCa::from_vec("".into(), first))?.into_columns();
    let narrow = batch::assemble(sources, typed, totals, fate);
    for (position, (source, rows)) in sources.iter().zip(taken).enumerate() {
        let places: Vec<Option<IdxSize>> = wide
            .iter()
            .map(|wide| wide.members.get(&position))
            .map(|row| row.and_then(|row| rows.binary_search(row).ok()).map(index))
            .collect();
        let places = IdxCa::new("".into(), places);
        let suppressed = format!("{}@suppressed", source.name);
        for column in &narrow {
            if *column.name() == source.name.as_str() {
                made.push(column.take(&places)?);
            } else if *column.name() == suppressed.as_str() {
                let taken = column.take(&places)?;
                let known: Vec<bool> =
                    taken.bool()?.iter().map(|mark| mark == Some(true)).collect();
                made.push(Series::new(suppressed.as_str().into(), known).into_column());
            }
        }
    }
    let rows: Vec<u32> =
        wide.iter().map(|wide| u32::try_from(wide.members.len()).unwrap_or(u32::MAX)).collect();
    made.push(Series::new("@rows".into(), rows).into_column());
    DataFrame::new(wide.len(), made)
}
