//! From delivered files to a feed, with every row accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars::prelude::{DataFrame, PolarsError, PolarsResult};

use super::account::{self, file, quality, ready};
use super::check::{self, Stop};
use super::contract::Contract;
use super::convert::Rules;
use super::deliveries::{self, Delivery};
use super::log::Log;
use super::marks::{self, Marking};
use super::rest::Rest;
use super::rows::Rows;
use super::rows::folder::Folder;
use super::rows::spool::Spool;
use super::tally::{Tally, Why};
use super::zone::Zone;
use super::{How, Opened, Progress, files, keys};
use crate::area::Areas;
use crate::error::{Error, Place};
use crate::quality::FeedState;

/// How a feed is opened.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    /// Of its columns only those are read, beside codes and areas; all of them where it is not said.
    pub(super) columns: Option<&'a BTreeSet<String>>,
    /// Its rows are written to a file, and how; else they are held.
    pub(super) filed: Option<How<'a>>,
    /// Codes and areas that are not read are not kept either.
    pub(super) sparing: bool,
}

/// Reads every delivered file of a contract.
///
/// Files are read in the order of their names: a row of a later file replaces the row with the
/// same key of an earlier one. A file that cannot be read, or a check that says so, stops the
/// feed; then there are no rows, and every problem says why. Without files the feed is missing.
pub(super) fn open(contract: &Contract, root: &Path, areas: &Areas, asked: Asked<'_>) -> Opened {
    let folder = root.join("data").join(&contract.id);
    let mut names = files::delivered(&folder, &contract.reading.files);
    if names.is_empty() {
        return missing(contract, &folder);
    }
    let (log, log_problems) = Log::read(contract, root, &names);
    log.order(&mut names);
    let zone = Zone::new(contract.reading.zone);
    let rules =
        Rules { missing: &contract.reading.missing, areas, zone: &zone, key: &contract.key };
    let marking = Marking { columns: asked.columns.filter(|_| reads_line_by_line(contract)) };
    let mut spool = spool(contract, root, asked);
    let mut deliveries = Vec::new();
    for (position, name) in (0..).zip(&names) {
        let with = (&rules, marking);
        let mut delivery = deliveries::read(contract, root, name, (position, with), &mut spool);
        delivery.delivered = log.of(name);
        if log.kept && delivery.delivered.is_none() {
            delivery.doubts_of_file.push(Why::NotLogged);
        }
        deliveries.push(delivery);
    }
    let mut problems: Vec<Error> = deliveries.iter().flat_map(unreadable).collect();
    let rows = if problems.is_empty() {
        let again = Again { contract, root, names: &names, rules: &rules };
        settle(&again, marking, spool, &mut deliveries)
    } else {
        Ok(Err(Vec::new()))
    };
    let opened = rows.and_then(|rows| match rows {
        Ok(rows) => ready(contract, areas, rows, std::mem::take(&mut deliveries)),
        Err(more) => {
            problems.extend(more);
            let deliveries = std::mem::take(&mut deliveries);
            Ok(stopped(contract, deliveries, std::mem::take(&mut problems)))
        }
    });
    let mut opened = opened.unwrap_or_else(|error| {
        stopped(contract, deliveries, vec![internal(contract, &error.to_string())])
    });
    opened.problems.extend(log_problems);
    opened
}

/// Where the rows go.
fn spool<'a>(contract: &'a Contract, root: &Path, asked: Asked<'a>) -> Spool<'a> {
    let Some(how) = asked.filed else { return Spool::held() };
    let bytes = super::bytes(contract, root);
    let progress = Progress { feed: &contract.id, bytes, ..Progress::default() };
    let columns = asked.columns.filter(|_| asked.sparing);
    let made = Folder::new(root, &contract.id);
    let made = made.and_then(|folder| Spool::file(folder, columns, how, progress));
    // where nothing can be written memory has to do
    made.unwrap_or_else(|_| Spool::held())
}

/// Whether a row stands on a line of its own and can be read without those before it.
fn reads_line_by_line(contract: &Contract) -> bool {
    let reading = &contract.reading;
    let filled = reading.columns.iter().any(|source| source.fill);
    reading.gather.is_none() && reading.spread.is_none() && !filled
}

/// The rows that pass checks and keys; `Err` when a check stops the feed.
fn settle(
    again: &Again<'_>,
    marking: Marking<'_>,
    spool: Spool<'_>,
    deliveries: &mut [Delivery],
) -> PolarsResult<Result<Rows, Vec<Error>>> {
    let contract = again.contract;
    let mut rows = spool.finish(deliveries::nothing(contract, again.rules, marking)?)?;
    account::held(contract, &rows, deliveries)?;
    let mut rest = Rest::new(rows.height(), deliveries);
    let stops = check::apply(contract, &rows, &mut rest)?;
    if !stops.is_empty() {
        return Ok(Err(stops.iter().map(|stop| stops_feed(stop, &rest)).collect()));
    }
    let whole = |some: &[usize]| again.whole(&rows, some, marking);
    if let Err(errors) = keys::settle(contract, &rows, &mut rest, whole)? {
        return Ok(Err(errors));
    }
    let dead = rest.into_dead();
    rows.hide(marks::used_up(contract));
    Ok(Ok(rows.without(dead)?))
}

/// What rows are read once more by, where not all of their columns were kept.
struct Again<'a> {
    contract: &'a Contract,
    root: &'a Path,
    names: &'a [String],
    rules: &'a Rules<'a>,
}

impl Again<'_> {
    /// Some rows of a feed, in its order, with all their columns.
    fn whole(
        &self,
        all: &Rows,
        rows: &[usize],
        marking: Marking<'_>,
    ) -> Result<DataFrame, Vec<Error>> {
        let broken = |error: PolarsError| vec![internal(self.contract, &error.to_string())];
        if marking.columns.is_none() {
            return all.take(rows, None).map_err(broken);
        }
        let place = |rows: &DataFrame| -> PolarsResult<Vec<(u32, u32)>> {
            let (files, lines) = (rows.column("@file")?.u32()?, rows.column("@line")?.u32()?);
            Ok(files.iter().flatten().zip(lines.iter().flatten()).collect())
        };
        let some = all.take(rows, Some(&["@file", "@line"])).map_err(broken)?;
        let places = place(&some).map_err(broken)?;
        let mut lines: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (file, line) in &places {
            lines.entry(*file).or_default().insert(*line);
        }
        let none = deliveries::nothing(self.contract, self.rules, Marking::default());
        let mut found = none.map_err(broken)?;
        for (file, lines) in lines {
            let name = self.names.get(file as usize).map_or("", String::as_str);
            let with = (self.rules, &lines);
            let frames = deliveries::read_again(self.contract, self.root, name, file, with);
            let path = format!("data/{}/{name}", self.contract.id);
            for frame in frames.map_err(|fault| vec![fault.error(&path)])? {
                found.vstack_mut_owned(frame).map_err(broken)?;
            }
        }
        if place(&found).map_err(broken)? == places {
            return Ok(found);
        }
        let place = Place::file(format!("data/{}", self.contract.id));
        Err(vec![
            Error::feed(place, "a delivered file was changed while it was read")
                .help("run again once nothing writes to the feed's folder"),
        ])
    }
}

fn unreadable(delivery: &Delivery) -> impl Iterator<Item = Error> {
    delivery.problems.iter().map(|fault| fault.error(&delivery.file))
}

fn stops_feed(stop: &Stop, rest: &Rest) -> Error {
    let line = usize::try_from(stop.row.line).unwrap_or_default();
    let rows = if stop.rows == 1 { "1 row".to_owned() } else { format!("{} rows", stop.rows) };
    Error::feed(Place::line(rest.path(stop.row.file), line), format!("{}: {rows}", stop.why))
        .help("this check stops the feed: mend the delivery, or let the check set rows aside")
}

fn internal(contract: &Contract, error: &str) -> Error {
    let place = Place::file(format!("data/{}/feed.toml", contract.id));
    Error::feed(place, format!("the delivered rows could not be put together: {error}"))
        .help("this is a fault of the program: please report it")
}

fn missing(contract: &Contract, delivered: &Path) -> Opened {
    let folder = format!("data/{}", contract.id);
    // what lies there under another name, the folder's own words aside
    let mut others = files::delivered(delivered, &["*".to_owned()]);
    others.retain(|name| name != "README.md" && !name.starts_with('.'));
    let others = match others.as_slice() {
        [] => String::new(),
        [one] => format!(": {one} lies there"),
        [first, ..] => format!(": {first} and {} more lie there", others.len() - 1),
    };
    let patterns: Vec<String> =
        contract.reading.files.iter().map(|pattern| format!("`{pattern}`")).collect();
    let problem = format!("no delivered file matches {}", patterns.join(" or "));
    let error = Error::feed(Place::file(format!("{folder}/feed.toml")), problem)
        .help(format!("put the files into {folder}, or change `files` in its contract{others}"));
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
