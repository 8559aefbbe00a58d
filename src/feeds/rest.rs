//! The rows of all files, while checks and keys take some away.

use polars::prelude::{DataFrame, PolarsResult, UInt32Chunked};

use super::deliveries::Delivery;
use super::tally::Why;

/// The rows that stay so far.
#[derive(Debug)]
pub(crate) struct Rest<'a> {
    deliveries: &'a mut [Delivery],
    alive: Vec<bool>,
    files: UInt32Chunked,
    lines: UInt32Chunked,
    /// Delivered rows in each row, where rows were spread.
    weights: Option<UInt32Chunked>,
}

impl<'a> Rest<'a> {
    /// All rows of a table.
    pub(crate) fn new(frame: &DataFrame, deliveries: &'a mut [Delivery]) -> PolarsResult<Self> {
        let numbers = |name: &str| -> PolarsResult<UInt32Chunked> {
            Ok(frame.column(name)?.u32()?.rechunk().into_owned())
        };
        Ok(Self {
            deliveries,
            alive: vec![true; frame.height()],
            files: numbers("@file")?,
            lines: numbers("@line")?,
            weights: numbers("@rows").ok(),
        })
    }

    /// Whether a row stays so far.
    pub(crate) fn alive(&self, row: usize) -> bool {
        self.alive.get(row).copied().unwrap_or_default()
    }

    /// The rows that stay.
    pub(crate) fn into_alive(self) -> Vec<bool> {
        self.alive
    }

    /// Position of a row's file.
    pub(crate) fn file(&self, row: usize) -> usize {
        self.files.get(row).and_then(|file| usize::try_from(file).ok()).unwrap_or_default()
    }

    /// Line of a row.
    pub(crate) fn line(&self, row: usize) -> u32 {
        self.lines.get(row).unwrap_or_default()
    }

    /// Name of a row's file, without its folder.
    pub(crate) fn file_name(&self, row: usize) -> &str {
        let path = self.path(row);
        path.rsplit('/').next().unwrap_or(path)
    }

    /// Path of a row's file.
    pub(crate) fn path(&self, row: usize) -> &str {
        self.deliveries.get(self.file(row)).map_or("", |delivery| &delivery.file)
    }

    /// Delivered rows in a row.
    pub(crate) fn weight(&self, row: usize) -> u64 {
        self.weights.as_ref().and_then(|weights| weights.get(row)).map_or(1, u64::from)
    }

    /// Sets a row aside.
    pub(crate) fn set_aside(&mut self, row: usize, why: Why) {
        let (file, line, weight) = (self.file(row), self.line(row), self.weight(row));
        let Some(alive) = self.alive.get_mut(row).filter(|alive| **alive) else { return };
        *alive = false;
        if let Some(delivery) = self.deliveries.get_mut(file) {
            delivery.set_aside.add(why, None, line, weight);
        }
    }

    /// Doubts a row, in case it stays.
    pub(crate) fn doubt(&mut self, row: usize, why: Why) {
        let (file, line) = (self.file(row), self.line(row));
        if let Some(delivery) = self.deliveries.get_mut(file) {
            delivery.doubts.push((line, why, String::new()));
        }
    }

    /// Counts a column that a row changes in a row of an earlier file. What is worked out from a
    /// column (`ended@utc`) is no column of its own.
    pub(crate) fn revise(&mut self, row: usize, column: &str, filled: bool) {
        let (file, weight) = (self.file(row), self.weight(row));
        if column.contains('@') {
            return;
        }
        if let Some(delivery) = self.deliveries.get_mut(file) {
            let counts = delivery.revised.entry(column.to_owned()).or_default();
            counts.0 += weight;
            counts.1 += if filled { weight } else { 0 };
        }
    }
}
