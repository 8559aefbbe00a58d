//! The rows of all files, while checks and keys take some away.

use polars::prelude::{DataFrame, PolarsResult, UInt32Chunked};

use super::deliveries::Delivery;
use super::rows::set::RowSet;
use super::tally::Why;

/// A row that something is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its position among all rows.
    pub(crate) at: usize,
    /// Position of its file.
    pub(crate) file: u32,
    /// Its line.
    pub(crate) line: u32,
    /// Delivered rows in it, where rows were spread.
    pub(crate) weight: u32,
}

/// Where some rows stood when they were delivered.
#[derive(Debug)]
pub(crate) struct Places {
    files: UInt32Chunked,
    lines: UInt32Chunked,
    weights: Option<UInt32Chunked>,
}

impl Places {
    /// The columns that it reads.
    pub(crate) const COLUMNS: [&'static str; 3] = ["@file", "@line", "@rows"];

    pub(crate) fn new(rows: &DataFrame) -> PolarsResult<Self> {
        let numbers = |name: &str| -> PolarsResult<UInt32Chunked> {
            Ok(rows.column(name)?.u32()?.rechunk().into_owned())
        };
        Ok(Self {
            files: numbers("@file")?,
            lines: numbers("@line")?,
            weights: numbers("@rows").ok(),
        })
    }

    /// One of the rows, which stands at a position among all rows.
    pub(crate) fn row(&self, row: usize, at: usize) -> Row {
        let weight = self.weights.as_ref().and_then(|weights| weights.get(row)).unwrap_or(1);
        let (file, line) = (self.files.get(row), self.lines.get(row));
        Row { at, file: file.unwrap_or_default(), line: line.unwrap_or_default(), weight }
    }
}

/// The rows that stay so far.
#[derive(Debug)]
pub(crate) struct Rest<'a> {
    deliveries: &'a mut [Delivery],
    dead: RowSet,
}

impl<'a> Rest<'a> {
    /// So many rows.
    pub(crate) fn new(rows: usize, deliveries: &'a mut [Delivery]) -> Self {
        Self { deliveries, dead: RowSet::none(rows) }
    }

    /// Whether a row stays so far, by its position.
    pub(crate) fn alive(&self, at: usize) -> bool {
        !self.dead.contains(at)
    }

    /// The rows that do not stay.
    pub(crate) fn into_dead(self) -> RowSet {
        self.dead
    }

    /// Name of a file, without its folder.
    pub(crate) fn file_name(&self, file: u32) -> &str {
        let path = self.path(file);
        path.rsplit('/').next().unwrap_or(path)
    }

    /// Path of a file.
    pub(crate) fn path(&self, file: u32) -> &str {
        self.deliveries.get(file as usize).map_or("", |delivery| &delivery.file)
    }

    /// Sets a row aside that stays so far.
    pub(crate) fn set_aside(&mut self, row: Row, why: Why) {
        if !self.alive(row.at) {
            return;
        }
        self.dead.insert(row.at);
        if let Some(delivery) = self.deliveries.get_mut(row.file as usize) {
            delivery.set_aside.add(why, None, row.line, row.weight.into());
        }
    }

    /// Doubts a row, in case it stays.
    pub(crate) fn doubt(&mut self, row: Row, why: Why) {
        if let Some(delivery) = self.deliveries.get_mut(row.file as usize) {
            delivery.doubts.push(row.line, why, "");
        }
    }

    /// Counts a column that a row changes in a row of an earlier file. What is worked out from a
    /// column (`ended@utc`) is no column of its own.
    pub(crate) fn revise(&mut self, row: Row, column: &str, filled: bool) {
        if column.contains('@') {
            return;
        }
        if let Some(delivery) = self.deliveries.get_mut(row.file as usize) {
            let counts = delivery.revised.entry(column.to_owned()).or_default();
            counts.0 += u64::from(row.weight);
            counts.1 += if filled { u64::from(row.weight) } else { 0 };
        }
    }
}
