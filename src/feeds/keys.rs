//! Rows that come again: copies, corrections and later deliveries.

use std::collections::{HashMap, HashSet};

use polars::prelude::{DataFrame, PlSmallStr, PolarsResult};
use rayon::prelude::*;

use super::contract::Contract;
use super::marks::KEY;
use super::rest::Rest;
use super::rowkey::RowKeys;
use super::tally::Why;
use crate::error::Error;

/// Leaves one row for each key. A row that says the same as the one before is a copy and is set
/// aside; otherwise the later row counts, and the earlier is set aside as revised (by a later
/// file) or superseded (in the same file, where the later row gets a warning).
///
/// Where nothing tells rows apart (`key = []`), every row stays.
///
/// `whole` gives some rows of the table with all their columns.
pub(crate) fn settle(
    contract: &Contract,
    frame: &DataFrame,
    rest: &mut Rest,
    whole: impl FnOnce(&[usize]) -> Result<DataFrame, Vec<Error>>,
) -> PolarsResult<Result<(), Vec<Error>>> {
    if contract.key.is_empty() {
        return Ok(Ok(()));
    }
    let rows = again(frame)?;
    if rows.is_empty() {
        return Ok(Ok(()));
    }
    let whole = match whole(&rows) {
        Ok(whole) => whole,
        Err(errors) => return Ok(Err(errors)),
    };
    let keys = RowKeys::new(&whole, contract.key.iter().map(String::as_str))?;
    let own = |name: &&str| *name == "@partial" || !name.starts_with('@');
    let all = whole.get_column_names().into_iter().map(PlSmallStr::as_str);
    let names: Vec<&str> = all.filter(own).collect();
    let values = RowKeys::new(&whole, names.iter().copied())?;
    // by position among `rows`
    let mut holders: HashMap<Vec<u8>, usize> = HashMap::new();
    for (at, row) in rows.iter().copied().enumerate() {
        if !rest.alive(row) {
            continue;
        }
        let mut key = Vec::new();
        keys.write(at, &mut key);
        let Some(before) = holders.get(&key).copied() else {
            holders.insert(key, at);
            continue;
        };
        if values.same(before, at) {
            rest.set_aside(row, Why::Copy);
            continue;
        }
        let earlier = rows[before];
        if rest.file(earlier) == rest.file(row) {
            rest.set_aside(earlier, Why::Superseded);
            rest.doubt(row, Why::SameKey);
        } else {
            let file = rest.file_name(row).to_owned();
            for (column, filled) in values.changed(before, at) {
                rest.revise(row, names.get(column).map_or("", |name| name), filled);
            }
            rest.set_aside(earlier, Why::Revised { file });
        }
        holders.insert(key, at);
    }
    Ok(Ok(()))
}

/// The rows, in order, whose key may be that of another: their hash is. Most files have none.
fn again(frame: &DataFrame) -> PolarsResult<Vec<usize>> {
    let hashes = frame.column(KEY)?.u64()?;
    let mut sorted: Vec<u64> = hashes.iter().flatten().collect();
    sorted.par_sort_unstable();
    let twice: HashSet<u64> =
        sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    if twice.is_empty() {
        return Ok(Vec::new());
    }
    drop(sorted);
    let met = |hash: Option<u64>| hash.is_some_and(|hash| twice.contains(&hash));
    let rows = hashes.iter().enumerate().filter(|(_, hash)| met(*hash));
    Ok(rows.map(|(row, _)| row).collect())
}
