//! Records of two bodies that are of one event.

use polars::prelude::{DataFrame, DataType, PolarsResult};

use crate::error::Error;
use crate::feeds::Feed;
use crate::measures::plan::Plan;
use crate::measures::polars::{DAY, Stage};
use crate::measures::prepared::Prepared;
use crate::measures::rows::{Stop, stops};
use crate::measures::{Request, broken};

/// A counted row, as far as another may be of the same event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    /// What tells events apart; `None` where the cell is empty.
    pub key: Option<String>,
    /// Its day, in days since 1970.
    pub day: i32,
    /// Position of its file in the feed's quality.
    pub file: usize,
    /// Its line there.
    pub line: usize,
}

/// The rows that a plan counts, in order of key, day, file and line.
pub fn records(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    key: &str,
) -> Result<Vec<Record>, Error> {
    read(plan, feed, request, key).map_err(|error| broken(plan, &error))
}

fn read(plan: &Plan, feed: &Feed, request: &Request, key: &str) -> PolarsResult<Vec<Record>> {
    let stages: Vec<Stage<'_>> = plan.steps.iter().map(|step| Stage::Test(&step.test)).collect();
    let prepared = Prepared::new(plan, &stages, feed, request, &[key, "@file", "@line"])?;
    let of = |rows: DataFrame| -> PolarsResult<Vec<Record>> {
        let frame = prepared.steps(rows)?;
        let keys = frame.column(key)?.cast(&DataType::String)?;
        let (days, files) = (frame.column(DAY)?.i32()?, frame.column("@file")?.u32()?);
        let lines = frame.column("@line")?.u32()?;
        let position = |number: Option<u32>| number.map_or(0, |number| number as usize);
        Ok(stops(&frame, stages.len())?
            .into_iter()
            .zip(keys.str()?.iter().zip(days.iter()))
            .zip(files.iter().zip(lines.iter()))
            .filter(|((stop, _), _)| *stop == Stop::Counted)
            .filter_map(|((_, (key, day)), (file, line))| {
                let key = key.map(str::to_owned);
                Some(Record { key, day: day?, file: position(file), line: position(line) })
            })
            .collect())
    };
    let mut records = Vec::new();
    prepared.each(of, |found| {
        records.extend(found);
        Ok(())
    })?;
    records.sort_unstable();
    Ok(records)
}

/// The most pairs of one record of each side that share a key and lie no more than `days` apart, each
/// record in one pair at most; by position. Both sides are in order.
///
/// Of one key the earliest two that lie near enough are paired and both are done with; otherwise the
/// earlier of the two has no partner. No other way of pairing gives more pairs, since whoever is
/// left out lies further back than anything still to come.
///
/// ```
/// use concordat::measures::matching::{Record, pairs};
///
/// let of = |key: &str, day| Record { key: Some(key.into()), day, file: 0, line: 2 };
/// let police = [of("a", 10), of("a", 12), of("b", 10)];
/// let custody = [of("a", 13), of("b", 20)];
/// assert_eq!(pairs(&police, &custody, 1), [(1, 0)]);
/// ```
pub fn pairs(one: &[Record], other: &[Record], days: i32) -> Vec<(usize, usize)> {
    let (mut here, mut there) = (0, 0);
    let mut found = Vec::new();
    while let (Some(first), Some(second)) = (one.get(here), other.get(there)) {
        let same = first.key == second.key && first.key.is_some();
        if same && first.day.abs_diff(second.day) <= days.unsigned_abs() {
            found.push((here, there));
            here += 1;
            there += 1;
        } else if (&first.key, first.day) <= (&second.key, second.day) {
            here += 1;
        } else {
            there += 1;
        }
    }
    found
}
