//! From delivered files to a feed, with every row accounted for.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use polars::prelude::{BooleanChunked, Column, DataFrame, DataType, PolarsResult};

use super::check::{self, Stop};
use super::contract::{Contract, Empty};
use super::convert::Rules;
use super::deliveries::{self, Delivery, Rest};
use super::tally::{Tally, Why};
use super::zone::Zone;
use super::{Coverage, Feed, Opened, files, keys};
use crate::area::Areas;
use crate::error::{Error, Place};
use crate::period::Month;
use crate::quality::{FeedQuality, FeedState, FileQuality};

/// Reads every delivered file of a contract.
///
/// Files are read in the order of their names: a row of a later file replaces the row with the
/// same key of an earlier one. A file that cannot be read, or a check that says so, stops the
/// feed; then there are no rows, and every problem says why. Without files the feed is missing.
pub(super) fn open(contract: &Contract, root: &Path, areas: &Areas) -> Opened {
    let folder = root.join("data").join(&contract.id);
    let names = files::delivered(&folder, &contract.reading.files);
    if names.is_empty() {
        return missing(contract);
    }
    let zone = Zone::new(contract.reading.zone);
    let rules =
        Rules { missing: &contract.reading.missing, areas, zone: &zone, key: &contract.key };
    let (mut deliveries, mut frames) = (Vec::new(), Vec::new());
    for (position, name) in (0..).zip(&names) {
        let (delivery, rows) = deliveries::read(contract, root, name, position, &rules);
        deliveries.push(delivery);
        frames.extend(rows);
    }
    let mut problems: Vec<Error> = deliveries.iter().flat_map(unreadable).collect();
    let rows = if problems.is_empty() {
        let settled = settle(contract, &rules, frames, &mut deliveries);
        settled.unwrap_or_else(|error| Err(vec![internal(contract, &error.to_string())]))
    } else {
        Err(Vec::new())
    };
    match rows {
        Ok(rows) => ready(contract, rows, deliveries),
        Err(more) => {
            problems.extend(more);
            stopped(contract, deliveries, problems)
        }
    }
}

/// The rows that pass checks and keys; `Err` when a check stops the feed.
fn settle(
    contract: &Contract,
    rules: &Rules,
    frames: Vec<DataFrame>,
    deliveries: &mut [Delivery],
) -> PolarsResult<Result<DataFrame, Vec<Error>>> {
    let mut all = deliveries::nothing(contract, rules)?;
    for frame in frames {
        all.vstack_mut(&frame)?;
    }
    all.rechunk_mut();
    let mut rest = Rest::new(&all, deliveries)?;
    let stops = check::apply(contract, &all, &mut rest)?;
    if !stops.is_empty() {
        return Ok(Err(stops.iter().map(|stop| stops_feed(stop, &rest)).collect()));
    }
    keys::settle(contract, &all, &mut rest)?;
    let alive: BooleanChunked = rest.into_alive().into_iter().collect();
    Ok(Ok(all.filter(&alive)?))
}

fn unreadable(delivery: &Delivery) -> impl Iterator<Item = Error> {
    delivery.problems.iter().map(|fault| fault.error(&delivery.file))
}

fn stops_feed(stop: &Stop, rest: &Rest) -> Error {
    let line = usize::try_from(rest.line(stop.row)).unwrap_or_default();
    let rows = if stop.rows == 1 { "1 row".to_owned() } else { format!("{} rows", stop.rows) };
    Error::feed(Place::line(rest.path(stop.row), line), format!("{}: {rows}", stop.why))
        .help("this check stops the feed: mend the delivery, or let the check set rows aside")
}

fn internal(contract: &Contract, error: &str) -> Error {
    let place = Place::file(format!("data/{}/feed.toml", contract.id));
    Error::feed(place, format!("the delivered rows could not be put together: {error}"))
        .help("this is a fault of the program: please report it")
}

fn quality(contract: &Contract, state: FeedState) -> FeedQuality {
    FeedQuality {
        feed: contract.id.clone(),
        title: contract.title.clone(),
        state,
        files: Vec::new(),
        due_day: contract.due_day,
        settles_after: contract.settles_after,
        latest: None,
    }
}

fn missing(contract: &Contract) -> Opened {
    let folder = format!("data/{}", contract.id);
    let patterns: Vec<String> =
        contract.reading.files.iter().map(|pattern| format!("`{pattern}`")).collect();
    let problem = format!("no delivered file matches {}", patterns.join(" or "));
    let error = Error::feed(Place::file(format!("{folder}/feed.toml")), problem)
        .help(format!("put the files into {folder}, or change `files` in its contract"));
    Opened { feed: None, quality: quality(contract, FeedState::Missing), problems: vec![error] }
}

/// A stopped feed has no used rows: what was read well is set aside with it.
fn stopped(contract: &Contract, deliveries: Vec<Delivery>, problems: Vec<Error>) -> Opened {
    let why: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let mut quality = quality(contract, FeedState::Stopped { why: why.join("; ") });
    for mut delivery in deliveries {
        let unused = delivery.rows_read.saturating_sub(delivery.set_aside.rows());
        if unused > 0 {
            delivery.set_aside.add(Why::Stopped, None, 0, unused);
        }
        quality.files.push(file(delivery, 0, Tally::default()));
    }
    Opened { feed: None, quality, problems }
}

fn file(delivery: Delivery, rows_used: u64, warnings: Tally) -> FileQuality {
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
    }
}

fn ready(contract: &Contract, mut rows: DataFrame, deliveries: Vec<Delivery>) -> Opened {
    let mut quality = quality(contract, FeedState::Ready);
    let mut coverage = Coverage::default();
    let months = months(contract, &rows);
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
        coverage.months.extend(empty.map(|period| period.first_month()));
        let lines = lines.get(range.clone()).unwrap_or_default();
        let parts = partial(contract, &months, range.clone());
        let warnings = warnings(contract, &delivery, lines, used, parts);
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

fn numbers(rows: &DataFrame, name: &str) -> Vec<usize> {
    let column = rows.column(name).and_then(Column::u32);
    let number = |number: Option<u32>| number.and_then(|n| usize::try_from(n).ok());
    column
        .map(|column| column.iter().map(|n| number(n).unwrap_or_default()).collect())
        .unwrap_or_default()
}

/// The first and last month that each row belongs to.
fn months(contract: &Contract, rows: &DataFrame) -> Vec<Option<(Month, Month)>> {
    let (name, length) = match (&contract.reading.period, &contract.event_time) {
        (Some(source), _) => ("period", source.grain.months()),
        (None, Some(name)) => (name.as_str(), 1),
        (None, None) => return vec![None; rows.height()],
    };
    let days = rows.column(name).and_then(|column| {
        let days = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
        Ok(days.i32()?.iter().collect::<Vec<_>>())
    });
    let month = |day: i32| {
        let first = Month::containing(NaiveDate::from_epoch_days(day)?);
        Some((first, first.plus(length.cast_signed() - 1)))
    };
    days.unwrap_or_default().into_iter().map(|day| day.and_then(month)).collect()
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
    let mut last: Option<(Option<&str>, (Month, Month))> = None;
    for (row, span) in months.iter().enumerate() {
        let Some(span) = span else { continue };
        let code = area.and_then(|area| area.get(row));
        if last == Some((code, *span)) {
            continue;
        }
        last = Some((code, *span));
        let all = (0..=span.1.since(span.0)).map(|step| span.0.plus(step));
        coverage.months.extend(all.clone());
        if let Some(code) = code {
            coverage.by_area.entry(code.to_owned()).or_default().extend(all);
        }
    }
}
