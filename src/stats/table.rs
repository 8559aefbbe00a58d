//! A CSV file of named columns, read whole, with the line of every row.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use crate::error::{Error, Place, nearest};

/// A file's rows by heading.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    headings: BTreeMap<String, usize>,
    order: Vec<String>,
    rows: Vec<(usize, csv::StringRecord)>,
}

impl Table {
    /// Reads a file whose headings hold at least those that are `needed`; others are allowed.
    ///
    /// # Errors
    /// The file cannot be read or is not text, has no heading line or no rows, lacks a needed
    /// heading, has one twice, or a row has more or fewer cells than the heading line.
    pub fn read(path: &Path, needed: &[&str]) -> Result<Self, Error> {
        let file = path.display().to_string();
        let opened = File::open(path).map_err(|error| {
            Error::run(Place::file(&file), format!("cannot be read: {error}"))
                .help("check the name and that you may read it")
        })?;
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(opened);
        let mut headings = BTreeMap::new();
        let mut order = Vec::new();
        let first = reader.headers().map_err(|error| broken(&file, &error))?.clone();
        for (at, heading) in first.iter().enumerate() {
            let heading = heading.trim_start_matches('\u{feff}');
            if !heading.is_empty() && headings.insert(heading.to_owned(), at).is_some() {
                return Err(Error::run(
                    Place::line(&file, 1),
                    format!("the heading `{heading}` stands twice"),
                )
                .help("name each column once"));
            }
            order.push(heading.to_owned());
        }
        for heading in needed {
            if !headings.contains_key(*heading) {
                return Err(missing_heading(&file, heading, &headings));
            }
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&file, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((usize::try_from(line).unwrap_or(usize::MAX), record));
        }
        if rows.is_empty() {
            return Err(Error::run(Place::file(&file), "has no rows").help(format!(
                "give it a heading line with {} and rows below",
                needed.join(", ")
            )));
        }
        Ok(Self { file, headings, order, rows })
    }

    /// The rows in the file's order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }

    /// Whether the file has a column of this name.
    pub fn has(&self, heading: &str) -> bool {
        self.headings.contains_key(heading)
    }

    /// The headings in the file's order; an empty one is a column without a name.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.order.iter().map(String::as_str)
    }

    /// The file as it was named, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }
}

fn missing_heading(file: &str, heading: &str, found: &BTreeMap<String, usize>) -> Error {
    let names = found.keys().map(String::as_str);
    let help = match nearest(heading, names.clone()) {
        Some(near) => format!("is `{near}` meant? rename it to `{heading}`"),
        None => format!("the columns found are {}", names.collect::<Vec<_>>().join(", ")),
    };
    Error::run(Place::line(file, 1), format!("there is no column `{heading}`")).help(help)
}

fn broken(file: &str, error: &csv::Error) -> Error {
    let line = error.position().and_then(|at| usize::try_from(at.line()).ok());
    let place = line.map_or_else(|| Place::file(file), |line| Place::line(file, line));
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Error::run(place, format!("the row has {len} cells, the heading line {expected_len}"))
                .help("quote cells that hold a comma; give every row every cell")
        }
        csv::ErrorKind::Utf8 { .. } => {
            Error::run(place, "is not UTF-8 text").help("save it as CSV UTF-8")
        }
        _ => Error::run(place, format!("cannot be read: {error}")),
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    line: usize,
    cells: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    /// The text of a cell; empty where the file has no such column.
    pub fn text(self, heading: &str) -> &'a str {
        let at = self.table.headings.get(heading);
        at.and_then(|at| self.cells.get(*at)).unwrap_or_default()
    }

    /// The number of a cell; `None` where it is empty, `NA`, or its column is not there.
    ///
    /// # Errors
    /// The cell is not a number, or not a finite one.
    pub fn number(self, heading: &str) -> Result<Option<f64>, Error> {
        match self.text(heading) {
            "" | "NA" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                Ok(_) => Err(self
                    .problem(format!("`{heading}` is {text}, not a finite number"))
                    .help("leave the cell empty where the figure is not known")),
                Err(_) => Err(self.problem(format!("`{heading}` is `{text}`, not a number")).help(
                    "write plain figures such as 1234.5, without signs or thousands separators; \
                     leave the cell empty where the figure is not known",
                )),
            },
        }
    }

    /// The number of a cell that must hold one.
    ///
    /// # Errors
    /// As [`Row::number`], and where the cell is empty.
    pub fn needed(self, heading: &str) -> Result<f64, Error> {
        self.number(heading)?.ok_or_else(|| {
            self.problem(format!("`{heading}` is empty"))
                .help("give the figure or leave out the row")
        })
    }

    /// A problem at this row.
    pub fn problem(self, problem: impl Into<String>) -> Error {
        Error::definition(Place::line(&self.table.file, self.line), problem)
    }

    /// The line of the file it begins on, counted from 1.
    pub fn line(self) -> usize {
        self.line
    }
}
