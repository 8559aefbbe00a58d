//! What became of every delivered row, and the months that the used rows cover.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::{HashSet, HashSetExt};
use polars::prelude::{Column, DataFrame};

use super::coded::{self, Codes};
use super::contract::{Contract, Empty};
use super::days::{Days, Span};
use super::deliveries::Delivery;
use super::marks;
use super::tally::{Tally, Why};
use super::unmapped::Mapped;
use super::{Coverage, Derived, Feed, Opened, Rows};
use crate::area::Areas;
use crate::period::Period;
use crate::quality::{FeedQuality, FeedState, FileQuality, Revised};

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
pub(super) fn held(contract: &Contract, rows: &DataFrame, deliveries: &mut [Delivery]) {
    let days = Days::new(contract, rows);
    for (range, delivery) in of_files(rows, deliveries.len()).into_iter().zip(deliveries) {
        let mut last = None;
        for span in days.slice(&range).spans() {
            if span == last {
                continue;
            }
            last = span;
            if let Some((first, end)) = span {
                delivery.months.extend((0..=end.since(first)).map(|step| first.plus(step)));
            }
        }
    }
}

/// Where the rows of each of so many files stand; they stand in the order of the files.
fn of_files(rows: &DataFrame, files: usize) -> Vec<Range<usize>> {
    let Ok(of) = rows.column("@file").and_then(Column::u32) else { return vec![0..0; files] };
    let of = of.rechunk();
    let mut start = 0;
    let mut found = Vec::with_capacity(files);
    for file in 0..files {
        let is_later = |row: usize| {
            of.get(row).and_then(|at| usize::try_from(at).ok()).is_none_or(|at| at > file)
        };
        let (mut from, mut to) = (start, rows.height());
        while from < to {
            let middle = usize::midpoint(from, to);
            if is_later(middle) { to = middle } else { from = middle + 1 }
        }
        found.push(start..from);
        start = from;
    }
    found
}

/// A feed that can be used: its rows, what is doubtful about them, and the months they cover.
pub(super) fn ready(
    contract: &Contract,
    areas: &Areas,
    mut rows: DataFrame,
    deliveries: Vec<Delivery>,
) -> Opened {
    let mapped = Mapped::new(areas);
    let mut quality = quality(contract, FeedState::Ready);
    let mut coverage = Coverage::default();
    let days = Days::new(contract, &rows);
    let weights: Vec<usize> = numbers(&rows, "@rows");
    let ranges = of_files(&rows, deliveries.len());
    for (range, delivery) in ranges.into_iter().zip(deliveries) {
        let used: usize = match weights.get(range.clone()) {
            Some(weights) => weights.iter().sum(),
            None => range.len(),
        };
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
        let own = rows.slice(i64::try_from(range.start).unwrap_or(i64::MAX), range.len());
        let days = days.slice(&range);
        let lines = lines(&own);
        let mut warnings = warnings(contract, &delivery, &lines, used, partial(contract, &days));
        mapped.note(contract, (&own, &days), &lines, &mut warnings);
        let mut file = file(delivery, u64::try_from(used).unwrap_or(u64::MAX), warnings);
        file.latest = days.latest();
        file.completeness = completeness(contract, &own);
        quality.files.push(file);
    }
    quality.latest = days.latest();
    cover(contract, &rows, &days, &mut coverage);
    // Only spread rows have it, and it has done its work.
    let _ = rows.drop_in_place("@rows");
    let (contract, derived) = (contract.clone(), Derived::default());
    let rows = Rows::held(rows);
    let feed = Feed { contract, rows, quality: quality.clone(), coverage, derived };
    Opened { feed: Some(feed), quality, problems: Vec::new() }
}

/// The line of each row.
fn lines(rows: &DataFrame) -> Vec<u32> {
    let lines = rows.column("@line").and_then(Column::u32);
    lines.map(|lines| lines.iter().map(Option::unwrap_or_default).collect()).unwrap_or_default()
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
fn partial(contract: &Contract, days: &Days) -> Vec<(String, u64)> {
    let source = contract.reading.period.iter().flat_map(|period| &period.partial);
    source
        .map(|(month, what)| {
            let rows = days.spans().flatten().filter(|(first, _)| first == month).count();
            (format!("{month} {what}"), u64::try_from(rows).unwrap_or(u64::MAX))
        })
        .filter(|(_, rows)| *rows > 0)
        .collect()
}

/// Doubts about rows that are used, and about the file as a whole.
fn warnings(
    contract: &Contract,
    delivery: &Delivery,
    lines: &[u32],
    used: usize,
    partial: Vec<(String, u64)>,
) -> Tally {
    let mut warnings = Tally::default();
    let mut sorted = Cow::Borrowed(lines);
    if !lines.is_sorted() {
        sorted.to_mut().sort_unstable();
    }
    for (line, why, column) in &delivery.doubts {
        let stays = contract.reading.spread.is_some() || sorted.binary_search(line).is_ok();
        if stays {
            let column = Some(column.as_str()).filter(|column| !column.is_empty());
            warnings.add(why.clone(), column, *line, 1);
        }
    }
    for (what, rows) in partial {
        warnings.add(Why::Partial { what }, Some("period"), 0, rows);
    }
    for why in &delivery.doubts_of_file {
        warnings.add(why.clone(), None, 0, 0);
    }
    if delivery.rows_read == 0 {
        warnings.add(Why::NoRows, None, 1, 0);
    }
    let used = u64::try_from(used).unwrap_or(u64::MAX);
    for column in delivery.absent.iter().filter(|_| used > 0) {
        warnings.add(Why::NoHeading, Some(column), 1, used);
    }
    warnings
}

/// Share of rows with a value, by column; none without rows.
fn completeness(contract: &Contract, rows: &DataFrame) -> BTreeMap<String, f64> {
    let all = rows.height();
    if all == 0 {
        return BTreeMap::new();
    }
    let share = |column: &Column| {
        #[expect(clippy::cast_precision_loss, reason = "a share of rows")]
        let share = (all - column.null_count()) as f64 / all as f64;
        share
    };
    contract
        .columns
        .iter()
        .filter_map(|(name, _)| Some((name.clone(), share(marks::known(rows, name)?))))
        .collect()
}

/// Which months were delivered, of which areas.
fn cover(contract: &Contract, rows: &DataFrame, days: &Days, coverage: &mut Coverage) {
    let area = contract.area.as_ref().and_then(|name| Codes::new(rows.column(name).ok()?));
    let mut codes = area.iter().flat_map(Codes::numbers);
    let mut known: HashSet<(Option<u32>, Span)> = HashSet::new();
    for span in days.spans() {
        let code = codes.next().flatten();
        let Some(span) = span else { continue };
        if !known.insert((code, span)) {
            continue;
        }
        let all = (0..=span.1.since(span.0)).map(|step| span.0.plus(step));
        coverage.months.extend(all.clone());
        if let Some(code) = code.and_then(coded::text) {
            coverage.by_area.entry(code.to_owned()).or_default().extend(all);
        }
    }
}
