//! What became of every delivered row, and the months that the used rows cover.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use foldhash::{HashSet, HashSetExt};
use polars::prelude::{Column, DataFrame, DataType};

use super::contract::{Contract, Empty};
use super::deliveries::Delivery;
use super::tally::{Tally, Why};
use super::unmapped::Mapped;
use super::{Coverage, Feed, Opened};
use crate::area::Areas;
use crate::period::{Month, Period};
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
    let mut known = HashSet::new();
    for (file, span) in numbers(rows, "@file").into_iter().zip(months(contract, rows)) {
        let (Some((first, end)), Some(delivery)) = (span, deliveries.get_mut(file)) else {
            continue;
        };
        if known.insert((file, first, end)) {
            delivery.months.extend((0..=end.since(first)).map(|step| first.plus(step)));
        }
    }
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
    let days = days(contract, &rows);
    let months = months_of(contract, &days);
    let files: Vec<usize> = numbers(&rows, "@file");
    let lines: Vec<usize> = numbers(&rows, "@line");
    let weights: Vec<usize> = numbers(&rows, "@rows");
    let mut start = 0;
    for (position, delivery) in deliveries.into_iter().enumerate() {
        let length = files.get(start..).unwrap_or_default().partition_point(|at| *at == position);
        let range = start..start + length;
        start = range.end;
        let used: usize = match weights.get(range.clone()) {
            Some(weights) => weights.iter().sum(),
            None => length,
        };
        let latest = months.get(range.clone()).unwrap_or_default().iter().flatten().max();
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
        let lines = lines.get(range.clone()).unwrap_or_default();
        let parts = partial(contract, &months, range.clone());
        let mut warnings = warnings(contract, &delivery, lines, used, parts);
        mapped.note(contract, (&rows, &days), range.clone(), lines, &mut warnings);
        let mut file = file(delivery, u64::try_from(used).unwrap_or(u64::MAX), warnings);
        file.latest = latest.map(|(_, last)| *last);
        file.completeness = completeness(contract, &rows, range);
        quality.files.push(file);
    }
    quality.latest = months.iter().flatten().map(|(_, last)| *last).max();
    cover(contract, &rows, &months, &mut coverage);
    // Only spread rows have it, and it has done its work.
    let _ = rows.drop_in_place("@rows");
    let feed = Feed { contract: contract.clone(), rows, quality: quality.clone(), coverage };
    Opened { feed: Some(feed), quality, problems: Vec::new() }
}

/// A column of small numbers.
pub(super) fn numbers(rows: &DataFrame, name: &str) -> Vec<usize> {
    let column = rows.column(name).and_then(Column::u32);
    let number = |number: Option<u32>| number.and_then(|n| usize::try_from(n).ok());
    column
        .map(|column| column.iter().map(|n| number(n).unwrap_or_default()).collect())
        .unwrap_or_default()
}

/// The first and last month that each row belongs to.
pub(super) fn months(contract: &Contract, rows: &DataFrame) -> Vec<Option<(Month, Month)>> {
    months_of(contract, &days(contract, rows))
}

fn months_of(contract: &Contract, days: &[Option<NaiveDate>]) -> Vec<Option<(Month, Month)>> {
    let length = contract.reading.period.as_ref().and_then(|source| source.grain.months());
    let length = length.unwrap_or(1);
    let month = |day: NaiveDate| {
        let first = Month::containing(day);
        (first, first.plus(length.cast_signed() - 1))
    };
    days.iter().map(|day| day.map(month)).collect()
}

/// The day of each row: that of its event, or the first of its period.
fn days(contract: &Contract, rows: &DataFrame) -> Vec<Option<NaiveDate>> {
    let name = match (&contract.reading.period, &contract.event_time) {
        (Some(_), _) => "period",
        (None, Some(name)) => name.as_str(),
        (None, None) => return vec![None; rows.height()],
    };
    let days = rows.column(name).and_then(|column| {
        let days = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
        Ok(days.i32()?.iter().collect::<Vec<_>>())
    });
    let days = days.unwrap_or_default().into_iter();
    days.map(|day| day.and_then(NaiveDate::from_epoch_days)).collect()
}

/// Rows of months that were delivered in part, by month.
fn partial(
    contract: &Contract,
    months: &[Option<(Month, Month)>],
    range: std::ops::Range<usize>,
) -> Vec<(String, u64)> {
    let source = contract.reading.period.iter().flat_map(|period| &period.partial);
    let months = months.get(range).unwrap_or_default();
    source
        .map(|(month, what)| {
            let rows = months.iter().flatten().filter(|(first, _)| first == month).count();
            (format!("{month} {what}"), u64::try_from(rows).unwrap_or(u64::MAX))
        })
        .filter(|(_, rows)| *rows > 0)
        .collect()
}

/// Doubts about rows that are used, and about the file as a whole.
fn warnings(
    contract: &Contract,
    delivery: &Delivery,
    lines: &[usize],
    used: usize,
    partial: Vec<(String, u64)>,
) -> Tally {
    let mut warnings = Tally::default();
    let mut sorted = lines.to_vec();
    sorted.sort_unstable();
    for (line, why, column) in &delivery.doubts {
        let stays = contract.reading.spread.is_some()
            || usize::try_from(*line).is_ok_and(|line| sorted.binary_search(&line).is_ok());
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
fn completeness(
    contract: &Contract,
    rows: &DataFrame,
    range: std::ops::Range<usize>,
) -> BTreeMap<String, f64> {
    if range.is_empty() {
        return BTreeMap::new();
    }
    let offset = i64::try_from(range.start).unwrap_or(i64::MAX);
    let share = |column: &Column| {
        let missing = column.slice(offset, range.len()).null_count();
        #[expect(clippy::cast_precision_loss, reason = "a share of rows")]
        let share = (range.len() - missing) as f64 / range.len() as f64;
        share
    };
    contract
        .columns
        .iter()
        .filter_map(|(name, _)| Some((name.clone(), share(rows.column(name).ok()?))))
        .collect()
}

/// Which months were delivered, of which areas.
fn cover(
    contract: &Contract,
    rows: &DataFrame,
    months: &[Option<(Month, Month)>],
    coverage: &mut Coverage,
) {
    let area = contract.area.as_ref().and_then(|name| rows.column(name).ok()?.str().ok());
    let mut known: HashSet<(Option<&str>, (Month, Month))> = HashSet::new();
    for (row, span) in months.iter().enumerate() {
        let Some(span) = span else { continue };
        let code = area.and_then(|area| area.get(row));
        if !known.insert((code, *span)) {
            continue;
        }
        let all = (0..=span.1.since(span.0)).map(|step| span.0.plus(step));
        coverage.months.extend(all.clone());
        if let Some(code) = code {
            coverage.by_area.entry(code.to_owned()).or_default().extend(all);
        }
    }
}
