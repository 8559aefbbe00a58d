//! What became of every delivered row, and the months that the used rows cover.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use polars::prelude::{Column, DataFrame, PolarsResult};

use super::contract::{Contract, Empty};
use super::days::Days;
use super::deliveries::Delivery;
use super::rows::{Rows, Stretch};
use super::tally::{Tally, Why};
use super::{Derived, Feed, Opened};
use crate::area::Areas;
use crate::parallel;
use crate::period::{Month, Period};
use crate::quality::{FeedQuality, FeedState, FileQuality, Revised};

mod used;

/// The state of a feed, before its files.
pub(super) fn quality(contract: &Contract, state: FeedState) -> FeedQuality {
    FeedQuality {
        feed: contract.id.clone(),
        title: contract.title.clone(),
        state,
        files: Vec::new(),
        due_day: contract.due_day,
        settles_after: contract.settles_after,
        synthetic: contract.synthetic,
        latest: None,
    }
}

/// What became of a file's rows.
pub(super) fn file(delivery: Delivery, rows_used: u64, warnings: Tally) -> FileQuality {
    FileQuality {
        file: delivery.file,
        sha256: delivery.sha256,
        rows_read: delivery.rows_read,
        rows_used,
        set_aside: delivery.set_aside.notes(),
        warnings: warnings.notes(),
        unknown_headings: delivery.unknown_headings,
        completeness: BTreeMap::new(),
        latest: None,
        delivered: delivery.delivered,
        months: delivery.months,
        revised: delivery.revised.into_iter().map(revised).collect(),
    }
}

fn revised((column, (rows, filled)): (String, (u64, u64))) -> Revised {
    Revised { column, rows, filled }
}

/// Which months each file has rows of, before checks and keys take some away.
pub(super) fn held(
    contract: &Contract,
    rows: &Rows,
    deliveries: &mut [Delivery],
) -> PolarsResult<()> {
    let columns: Vec<&str> = Days::column(contract).into_iter().chain(["@file"]).collect();
    let of = |stretch: Stretch| {
        let some = rows.read(&stretch, Some(&columns))?;
        let days = Days::new(contract, &some);
        let months = of_files(&some).into_iter().map(|(file, range)| {
            let mut months = BTreeSet::new();
            let mut last = None;
            for span in days.slice(&range).spans() {
                if span == last {
                    continue;
                }
                last = span;
                if let Some((first, end)) = span {
                    months.extend((0..=end.since(first)).map(|step| first.plus(step)));
                }
            }
            (file, months)
        });
        PolarsResult::Ok(months.collect::<Vec<_>>())
    };
    parallel::in_order(rows.stretches(), of, |found| {
        for (file, months) in found {
            if let Some(delivery) = deliveries.get_mut(file) {
                delivery.months.extend(months);
            }
        }
        Ok(())
    })
}

/// Where the rows of each file stand among some rows; they stand in the order of the files.
fn of_files(rows: &DataFrame) -> Vec<(usize, Range<usize>)> {
    let files = numbers(rows, "@file");
    let mut start = 0;
    let ranges = files.chunk_by(|one, other| one == other).map(|same| {
        let range = start..start + same.len();
        start = range.end;
        (same.first().copied().unwrap_or_default(), range)
    });
    ranges.collect()
}

/// A feed that can be used: its rows, what is doubtful about them, and the months they cover.
pub(super) fn ready(
    contract: &Contract,
    areas: &Areas,
    mut rows: Rows,
    deliveries: Vec<Delivery>,
) -> PolarsResult<Opened> {
    let used = used::used(contract, areas, &rows, &deliveries)?;
    rows = rows.alone()?;
    let mut quality = quality(contract, FeedState::Ready);
    let mut coverage = used.coverage;
    for (delivery, mut of) in deliveries.into_iter().zip(used.files) {
        let empty = (contract.empty == Empty::Zero && delivery.rows_read == 0)
            .then_some(delivery.period)
            .flatten();
        coverage.months.extend(empty.map(Period::first_month));
        for month in &delivery.months {
            if delivery.delivered.is_some_and(|delivered| delivered.provisional) {
                coverage.provisional.insert(*month);
            } else {
                coverage.provisional.remove(month);
            }
        }
        of_file(&delivery, of.rows, &mut of.warnings);
        for (what, rows) in partial(contract, &of.partial) {
            of.warnings.add(Why::Partial { what }, Some("period"), 0, rows);
        }
        let completeness = of.completeness();
        let mut file = file(delivery, of.rows, of.warnings);
        file.latest = of.latest;
        file.completeness = completeness;
        quality.latest = quality.latest.max(file.latest);
        quality.files.push(file);
    }
    // only spread rows have it, and it has done its work
    rows.hide(["@rows".to_owned()]);
    let (contract, derived) = (contract.clone(), Derived::default());
    let feed = Feed { contract, rows, quality: quality.clone(), coverage, derived };
    Ok(Opened { feed: Some(feed), quality, problems: Vec::new() })
}

/// A column of small numbers.
pub(super) fn numbers(rows: &DataFrame, name: &str) -> Vec<usize> {
    let column = rows.column(name).and_then(Column::u32);
    let number = |number: Option<u32>| number.and_then(|n| usize::try_from(n).ok());
    column
        .map(|column| column.iter().map(|n| number(n).unwrap_or_default()).collect())
        .unwrap_or_default()
}

/// Rows of months that were delivered in part, by month.
fn partial(contract: &Contract, rows: &BTreeMap<Month, u64>) -> Vec<(String, u64)> {
    let source = contract.reading.period.iter().flat_map(|period| &period.partial);
    let found = source.map(|(month, what)| {
        (format!("{month} {what}"), rows.get(month).copied().unwrap_or_default())
    });
    found.filter(|(_, rows)| *rows > 0).collect()
}

/// Doubts about a file as a whole.
fn of_file(delivery: &Delivery, used: u64, warnings: &mut Tally) {
    for why in &delivery.doubts_of_file {
        warnings.add(why.clone(), None, 0, 0);
    }
    if delivery.rows_read == 0 {
        warnings.add(Why::NoRows, None, 1, 0);
    }
    for column in delivery.absent.iter().filter(|_| used > 0) {
        warnings.add(Why::NoHeading, Some(column), 1, used);
    }
}
