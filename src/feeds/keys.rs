//! Rows that come again: copies, corrections and later deliveries.

use std::collections::HashMap;

use polars::prelude::{DataFrame, PlSmallStr, PolarsResult};

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
    let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(frame.height()));
    for row in 0..frame.height() {
        keys.write(row, &mut bytes);
        ends.push(bytes.len());
    }
    let mut holders: HashMap<&[u8], usize> = HashMap::with_capacity(frame.height());
    let mut start = 0;
    for (row, end) in ends.into_iter().enumerate() {
        let key = bytes.get(start..end).unwrap_or_default();
        start = end;
        if !rest.alive(row) {
            continue;
        }
        let Some(earlier) = holders.get(key).copied() else {
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
