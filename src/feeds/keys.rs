//! Rows that come again: copies, corrections and later deliveries.

use std::collections::{HashMap, HashSet};

use polars::prelude::{DataFrame, PlSmallStr, PolarsResult};
use rayon::prelude::*;

use super::contract::Contract;
use super::rest::Rest;
use super::rowkey::RowKeys;
use super::tally::Why;

/// Leaves one row for each key. A row that says the same as the one before is a copy and is set
/// aside; otherwise the later row counts, and the earlier is set aside as revised (by a later
/// file) or superseded (in the same file, where the later row gets a warning).
///
/// Where nothing tells rows apart (`key = []`), every row stays.
pub(crate) fn settle(contract: &Contract, frame: &DataFrame, rest: &mut Rest) -> PolarsResult<()> {
    if contract.key.is_empty() {
        return Ok(());
    }
    let keys = RowKeys::new(frame, contract.key.iter().map(String::as_str))?;
    let own = |name: &&str| !matches!(*name, "@file" | "@line" | "@rows");
    let all = frame.get_column_names().into_iter().map(PlSmallStr::as_str);
    let names: Vec<&str> = all.filter(own).collect();
    let values = RowKeys::new(frame, names.iter().copied())?;
    let mut holders: HashMap<Vec<u8>, usize> = HashMap::new();
    for row in again(&keys, frame.height()) {
        if !rest.alive(row) {
            continue;
        }
        let mut key = Vec::new();
        keys.write(row, &mut key);
        let Some(earlier) = holders.get(&key).copied() else {
            holders.insert(key, row);
            continue;
        };
        if values.same(earlier, row) {
            rest.set_aside(row, Why::Copy);
            continue;
        }
        if rest.file(earlier) == rest.file(row) {
            rest.set_aside(earlier, Why::Superseded);
            rest.doubt(row, Why::SameKey);
        } else {
            let file = rest.file_name(row).to_owned();
            for (at, filled) in values.changed(earlier, row) {
                rest.revise(row, names.get(at).map_or("", |name| name), filled);
            }
            rest.set_aside(earlier, Why::Revised { file });
        }
        holders.insert(key, row);
    }
    Ok(())
}

/// The rows, in order, whose key may be that of another: their hash is. Most files have none.
fn again(keys: &RowKeys, rows: usize) -> Vec<usize> {
    let hashes = keys.hashes(rows);
    let mut sorted = hashes.clone();
    sorted.par_sort_unstable();
    let twice: HashSet<u64> =
        sorted.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    if twice.is_empty() {
        return Vec::new();
    }
    (0..).zip(hashes).filter(|(_, hash)| twice.contains(hash)).map(|(row, _)| row).collect()
}
