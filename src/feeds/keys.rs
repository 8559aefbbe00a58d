//! Rows that come again: copies, corrections and later deliveries.

use std::collections::HashMap;

use polars::prelude::{DataFrame, PlSmallStr, PolarsResult};
use rayon::prelude::*;

use super::contract::Contract;
use super::marks::KEY;
use super::rest::{Places, Rest, Row};
use super::rowkey::RowKeys;
use super::rows::{Rows, Stretch};
use super::tally::Why;
use crate::error::Error;
use crate::parallel;

/// Bytes that a row takes while hashes are held against each other.
const HASHED: usize = 16;

/// Bytes that a row takes, about, while it is compared with all its columns.
const WHOLE: usize = 1_024;

/// A row whose key's hash is that of another, by hash and position.
type Again = (u64, usize);

/// What becomes of a row that comes again, or is come again.
struct Verdict {
    /// Position of the row that comes again.
    order: usize,
    row: Row,
    what: What,
}

enum What {
    Copy,
    Superseded,
    SameKey,
    /// By a row of a later file.
    Revised(u32),
}

/// Leaves one row for each key. A row that says the same as the one before is a copy and is set
/// aside; otherwise the later row counts, and the earlier is set aside as revised (by a later
/// file) or superseded (in the same file, where the later row gets a warning).
///
/// Where nothing tells rows apart (`key = []`), every row stays.
///
/// Hashes are held against each other in as many rounds as memory asks for, each with a share of them, and
/// rows whose hash comes again are compared some at a time. `whole` gives some rows with all their columns.
pub(crate) fn settle(
    contract: &Contract,
    rows: &Rows,
    rest: &mut Rest<'_>,
    whole: impl Fn(&[usize]) -> Result<DataFrame, Vec<Error>>,
) -> PolarsResult<Result<(), Vec<Error>>> {
    if contract.key.is_empty() {
        return Ok(Ok(()));
    }
    let mut waiting: Vec<Again> = Vec::new();
    let mut verdicts = Vec::new();
    // so many rows at a time that a quarter of the memory is enough for them
    let most = rows.height().div_ceil(usize::try_from(rows.rounds(WHOLE)).unwrap_or(1)).max(1);
    let rounds = rows.rounds(HASHED);
    for round in 0..rounds {
        waiting.extend(again(rows, (round, rounds))?);
        while waiting.len() >= most || (round + 1 == rounds && !waiting.is_empty()) {
            let some = portion(&mut waiting, most);
            match compare(contract, &some, rest, &whole)? {
                Ok(found) => verdicts.extend(found),
                Err(errors) => return Ok(Err(errors)),
            }
        }
    }
    verdicts.sort_by_key(|verdict| verdict.order);
    for Verdict { row, what, .. } in verdicts {
        match what {
            What::Copy => rest.set_aside(row, Why::Copy),
            What::Superseded => rest.set_aside(row, Why::Superseded),
            What::SameKey => rest.doubt(row, Why::SameKey),
            What::Revised(file) => {
                let file = rest.file_name(file).to_owned();
                rest.set_aside(row, Why::Revised { file });
            }
        }
    }
    Ok(Ok(()))
}

/// Takes about so many rows from the front, all of one hash together; their positions ascend.
fn portion(waiting: &mut Vec<Again>, most: usize) -> Vec<usize> {
    let mut end = most.min(waiting.len());
    while end < waiting.len() && waiting[end].0 == waiting[end - 1].0 {
        end += 1;
    }
    let mut rows: Vec<usize> = waiting.drain(..end).map(|(_, row)| row).collect();
    rows.sort_unstable();
    rows
}

/// What becomes of some rows, among which are all that may have the key of one of them.
fn compare(
    contract: &Contract,
    rows: &[usize],
    rest: &mut Rest<'_>,
    whole: impl Fn(&[usize]) -> Result<DataFrame, Vec<Error>>,
) -> PolarsResult<Result<Vec<Verdict>, Vec<Error>>> {
    let whole = match whole(rows) {
        Ok(whole) => whole,
        Err(errors) => return Ok(Err(errors)),
    };
    let places = Places::new(&whole)?;
    let keys = RowKeys::new(&whole, contract.key.iter().map(String::as_str))?;
    let own = |name: &&str| *name == "@partial" || !name.starts_with('@');
    let all = whole.get_column_names().into_iter().map(PlSmallStr::as_str);
    let names: Vec<&str> = all.filter(own).collect();
    let values = RowKeys::new(&whole, names.iter().copied())?;
    let mut verdicts = Vec::new();
    // by position among `rows`
    let mut holders: HashMap<Vec<u8>, usize> = HashMap::new();
    for (at, order) in rows.iter().copied().enumerate() {
        if !rest.alive(order) {
            continue;
        }
        let row = places.row(at, order);
        let mut say = |row, what| verdicts.push(Verdict { order, row, what });
        let mut key = Vec::new();
        keys.write(at, &mut key);
        let Some(before) = holders.get(&key).copied() else {
            holders.insert(key, at);
            continue;
        };
        if values.same(before, at) {
            say(row, What::Copy);
            continue;
        }
        let earlier = places.row(before, rows[before]);
        if earlier.file == row.file {
            say(earlier, What::Superseded);
            say(row, What::SameKey);
        } else {
            for (column, filled) in values.changed(before, at) {
                rest.revise(row, names.get(column).map_or("", |name| name), filled);
            }
            say(earlier, What::Revised(row.file));
        }
        holders.insert(key, at);
    }
    Ok(Ok(verdicts))
}

/// The rows of a round whose key may be that of another: their hash is. Most files have none. Those of one
/// hash stand next to each other.
fn again(rows: &Rows, (round, rounds): (u64, u64)) -> PolarsResult<Vec<Again>> {
    let read = |stretch: Stretch| {
        let hashes = rows.read(&stretch, Some(&[KEY]))?;
        let hashes = hashes.column(KEY)?.u64()?;
        let own = |(row, hash): (usize, Option<u64>)| {
            let hash = hash.filter(|hash| hash % rounds == round)?;
            Some((hash, stretch.rows.start + row))
        };
        PolarsResult::Ok(hashes.iter().enumerate().filter_map(own).collect::<Vec<Again>>())
    };
    let mut all: Vec<Again> =
        Vec::with_capacity(rows.height() / usize::try_from(rounds).unwrap_or(1));
    parallel::in_order(rows.stretches(), read, |some| {
        all.extend(some);
        PolarsResult::Ok(())
    })?;
    all.par_sort_unstable();
    let twice = all.chunk_by(|one, other| one.0 == other.0).filter(|rows| rows.len() > 1);
    Ok(twice.flatten().copied().collect())
}
