//! A CSV file of named columns, read whole, with the line of every row.

use std::path::Path;

use crate::error::{Error, Place, nearest};

/// A file's rows by heading.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    /// The headings in the file's order; a nameless column is one of them.
    headings: Vec<String>,
    /// Every cell after the other.
    text: String,
    /// Where each cell of `text` ends.
    ends: Vec<usize>,
    rows: Vec<Cells>,
}

/// The cells of one row.
#[derive(Debug, Clone, Copy)]
struct Cells {
    /// The line of the file the row begins on.
    line: usize,
    /// Position of its first cell's end among all ends.
    first: usize,
    /// How many cells it has; a sound row has one a heading.
    number: usize,
}

impl Table {
    /// Reads a file whose headings hold at least those that are `needed`; others are allowed.
    ///
    /// A row with more or fewer cells than the heading line is among the rows: [`Row::sound`],
    /// [`Row::number`] and [`Row::needed`] say what is wrong with it.
    ///
    /// # Errors
    /// The file cannot be read or is not text, has no heading line or no rows, lacks a needed
    /// heading, or has one twice.
    pub fn read(path: &Path, needed: &[&str]) -> Result<Self, Error> {
        let file = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| {
            Error::run(Place::file(&file), format!("cannot be read: {error}"))
                .help("check the name and that you may read it")
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            Error::run(Place::line(&file, line), "is not UTF-8 text").help("save it as CSV UTF-8")
        })?;
        let table = Self::parse(file, text.trim_start_matches('\u{feff}'))?;
        table.check(needed)?;
        Ok(table)
    }

    fn parse(file: String, given: &str) -> Result<Self, Error> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(given.as_bytes());
        let mut table = Self {
            file,
            headings: Vec::new(),
            text: String::with_capacity(given.len()),
            ends: Vec::new(),
            rows: Vec::new(),
        };
        let mut record = csv::StringRecord::new();
        let (mut line, mut counted) = (1, 0);
        loop {
            // The reader skips empty lines itself; they count all the same.
            let from = usize::try_from(reader.position().byte()).unwrap_or(given.len());
            let rest = given.as_bytes().get(from..).unwrap_or_default();
            let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            line += given.get(counted..from + empty).map_or(0, |text| text.matches('\n').count());
            counted = from + empty;
            let read = reader.read_record(&mut record).map_err(|error| {
                Error::run(Place::line(&table.file, line), format!("cannot be read: {error}"))
            })?;
            if !read {
                return Ok(table);
            }
            if table.headings.is_empty() {
                table.headings = record.iter().map(|heading| heading.trim().to_owned()).collect();
            } else {
                table.add(line, &record);
            }
        }
    }

    fn add(&mut self, line: usize, record: &csv::StringRecord) {
        let (start, first) = (self.text.len(), self.ends.len());
        self.text.push_str(record.as_slice());
        self.ends.extend(
            (0..record.len()).filter_map(|cell| record.range(cell)).map(|range| start + range.end),
        );
        self.rows.push(Cells { line, first, number: record.len() });
    }

    fn check(&self, needed: &[&str]) -> Result<(), Error> {
        let headings = || self.headings.iter().map(String::as_str).filter(|name| !name.is_empty());
        let wanted = || format!("give it a heading line with {} and rows below", needed.join(", "));
        if headings().next().is_none() {
            return Err(Error::run(Place::file(&self.file), "is empty").help(wanted()));
        }
        if let Some((_, twice)) = headings()
            .enumerate()
            .find(|(at, heading)| headings().take(*at).any(|before| before == *heading))
        {
            let problem = format!("the heading `{twice}` stands twice");
            return Err(
                Error::run(Place::line(&self.file, 1), problem).help("name each column once")
            );
        }
        if let Some(heading) = needed.iter().find(|heading| !self.has(heading)) {
            let names: Vec<&str> = headings().collect();
            let help = match nearest(heading, names.iter().copied()) {
                Some(near) => format!("is `{near}` meant? rename it to `{heading}`"),
                None => format!("the columns found are {}", names.join(", ")),
            };
            let problem = format!("there is no column `{heading}`");
            return Err(Error::run(Place::line(&self.file, 1), problem).help(help));
        }
        if self.rows.is_empty() {
            return Err(Error::run(Place::file(&self.file), "has no rows").help(wanted()));
        }
        Ok(())
    }

    /// The rows in the file's order.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells: *cells })
    }

    /// Whether the file has a column of this name.
    pub fn has(&self, heading: &str) -> bool {
        self.column(heading).is_some()
    }

    /// The headings in the file's order; a nameless column has an empty one.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(String::as_str)
    }

    fn column(&self, heading: &str) -> Option<usize> {
        self.headings.iter().position(|name| name == heading)
    }

    /// The file as it was named, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    cells: Cells,
}

impl<'a> Row<'a> {
    /// The text of a cell, without space around it; empty where the file has no such column or
    /// the row ends before it.
    pub fn text(self, heading: &str) -> &'a str {
        self.table.column(heading).and_then(|column| self.cell(column)).unwrap_or_default()
    }

    fn cell(self, column: usize) -> Option<&'a str> {
        if column >= self.cells.number {
            return None;
        }
        let at = self.cells.first + column;
        let start = at.checked_sub(1).map_or(0, |before| self.table.ends[before]);
        self.table.text.get(start..self.table.ends[at]).map(str::trim)
    }

    /// Whether the row has a cell for each heading, so that each stands under its own.
    ///
    /// # Errors
    /// It has more or fewer.
    pub fn sound(self) -> Result<(), Error> {
        let headings = self.table.headings.len();
        if self.cells.number == headings {
            return Ok(());
        }
        let number = self.cells.number;
        Err(self
            .problem(format!("the row has {number} cells, the heading line {headings}"))
            .help("quote cells that hold a comma; give every row every cell"))
    }

    /// The number of a cell; `None` where it is empty, `NA`, or its column is not there.
    ///
    /// # Errors
    /// The cell is not a number, or not a finite one, or the row is not [`sound`](Self::sound).
    pub fn number(self, heading: &str) -> Result<Option<f64>, Error> {
        self.sound()?;
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
        Error::definition(self.place(), problem)
    }

    /// Where the row is.
    pub fn place(self) -> Place {
        Place::line(&self.table.file, self.cells.line)
    }

    /// The line of the file it begins on, counted from 1.
    pub fn line(self) -> usize {
        self.cells.line
    }
}
