//! The rows of a feed, some at a time.

use std::ops::Range;

use polars::prelude::{Column, DataFrame, PlSmallStr, PolarsResult};

/// How many rows a stretch has at most.
const STRETCH: usize = 1 << 17;

/// The used rows of a feed, in order; columns are those of [`Feed`](super::Feed).
#[derive(Debug, Clone)]
pub struct Rows {
    held: DataFrame,
}

/// Some rows that stand next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Their positions among all rows.
    pub rows: Range<usize>,
}

impl Rows {
    /// Rows that are held in memory.
    pub fn held(rows: DataFrame) -> Self {
        Self { held: rows }
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.held.height()
    }

    /// Whether there is a column.
    pub fn has(&self, column: &str) -> bool {
        self.held.schema().contains(column)
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<String> {
        self.held.get_column_names().into_iter().map(ToString::to_string).collect()
    }

    /// All rows, in stretches in their order.
    pub fn stretches(&self) -> Vec<Stretch> {
        let rows = self.height();
        let starts = (0..rows).step_by(STRETCH);
        starts.map(|start| Stretch { rows: start..rows.min(start + STRETCH) }).collect()
    }

    /// The rows of a stretch: all columns, or of the named ones those that there are. At least one
    /// column, so that the rows can be counted.
    pub fn read(&self, stretch: &Stretch, columns: Option<&[&str]>) -> PolarsResult<DataFrame> {
        let from = i64::try_from(stretch.rows.start).unwrap_or(i64::MAX);
        let rows = self.held.slice(from, stretch.rows.len());
        match columns {
            None => Ok(rows),
            Some(names) => rows.select(self.among(names)),
        }
    }

    /// Some columns of all rows, of those that there are.
    pub fn columns(&self, names: &[&str]) -> PolarsResult<DataFrame> {
        self.held.select(self.among(names))
    }

    /// A column of all rows.
    pub fn column(&self, name: &str) -> PolarsResult<Column> {
        self.held.column(name).cloned()
    }

    /// All rows in one table: for feeds that are known to be small.
    pub fn whole(&self) -> PolarsResult<DataFrame> {
        Ok(self.held.clone())
    }

    /// Of some names those of columns, each once; any column where none is.
    fn among(&self, names: &[&str]) -> Vec<PlSmallStr> {
        let all = self.held.get_column_names();
        let wanted = |name: &&&PlSmallStr| names.contains(&name.as_str());
        let found: Vec<PlSmallStr> =
            all.iter().filter(wanted).map(|name| (*name).clone()).collect();
        if !found.is_empty() {
            return found;
        }
        let any = all.iter().find(|name| name.as_str() == "@line").or(all.first());
        any.into_iter().map(|name| (*name).clone()).collect()
    }
}
