//! The series of the input file, sorted by date.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::super::table::{Row, Table};
use super::date;
use crate::error::Error;

/// Values of this size and above are refused: their sums could leave the range of numbers.
const TOO_LARGE: f64 = 1e300;

/// One series in the order of its dates, each date once.
pub(super) struct Series<'a> {
    /// The dates as the file writes them, 2024-04-01.
    pub(super) dates: Vec<&'a str>,
    /// The values, missing ones `None`.
    pub(super) values: Vec<Option<f64>>,
}

/// A row of a series.
struct Point<'a> {
    day: NaiveDate,
    date: &'a str,
    value: Option<f64>,
    row: Row<'a>,
}

/// The rows of a series as they come, and the first fault with the number of faulty rows.
#[derive(Default)]
struct Draft<'a> {
    points: Vec<Point<'a>>,
    fault: Option<Error>,
    faults: usize,
}

/// Every series by name, with why it cannot be used where it cannot; and all problems.
pub(super) fn read(table: &Table) -> (BTreeMap<&str, Result<Series<'_>, Error>>, Vec<Error>) {
    let mut problems = Vec::new();
    let mut drafts: Vec<(&str, Draft)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut latest = usize::MAX;
    for row in table.rows() {
        let name = row.text("series_id");
        if name.is_empty() {
            let problem = row.problem("`series_id` is empty").help("name the series of the row");
            problems.push(row.sound().err().unwrap_or(problem));
            continue;
        }
        if drafts.get(latest).is_none_or(|(same, _)| *same != name) {
            latest = *places.entry(name).or_insert(drafts.len());
            if latest == drafts.len() {
                drafts.push((name, Draft::default()));
            }
        }
        drafts[latest].1.add(row);
    }
    let mut found = BTreeMap::new();
    for (name, draft) in drafts {
        let series = draft.finish().map_err(|mut fault| {
            fault.problem = format!("series `{name}`: {}", fault.problem);
            fault
        });
        problems.extend(series.as_ref().err().cloned());
        found.insert(name, series);
    }
    (found, problems)
}

impl<'a> Draft<'a> {
    fn add(&mut self, row: Row<'a>) {
        match point(row) {
            Ok(point) => self.points.push(point),
            Err(fault) => {
                self.faults += 1;
                self.fault.get_or_insert(fault);
            }
        }
    }

    fn finish(mut self) -> Result<Series<'a>, Error> {
        if let Some(mut fault) = self.fault {
            if self.faults > 1 {
                fault.problem =
                    format!("{}, the first of {} faulty rows", fault.problem, self.faults);
            }
            return Err(fault);
        }
        if !self.points.is_sorted_by_key(|point| point.day) {
            self.points.sort_by_key(|point| point.day);
        }
        if let Some(pair) = self.points.windows(2).find(|pair| pair[0].day == pair[1].day) {
            let (first, line) = (&pair[0], pair[0].row.line());
            let problem = format!("`date` {} stands in line {line} already", first.date);
            return Err(pair[1]
                .row
                .problem(problem)
                .help("keep one row for each date of a series"));
        }
        Ok(Series {
            dates: self.points.iter().map(|point| point.date).collect(),
            values: self.points.iter().map(|point| point.value).collect(),
        })
    }
}

fn point(row: Row<'_>) -> Result<Point<'_>, Error> {
    let value = row.number("value")?;
    let written = row.text("date");
    let day = date(written).ok_or_else(|| {
        let problem = match written {
            "" => "`date` is empty".to_owned(),
            other => format!("`date` is `{other}`, not a date"),
        };
        row.problem(problem).help("write dates as 2024-04-01")
    })?;
    if let Some(large) = value.filter(|value| value.abs() >= TOO_LARGE) {
        let problem = format!("`value` is {large:e}, too large to calculate with");
        return Err(row.problem(problem).help("use a larger unit"));
    }
    Ok(Point { day, date: written, value, row })
}
