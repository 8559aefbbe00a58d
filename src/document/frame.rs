//! Tidy tables for machines: typed columns of released values, in order.

use chrono::NaiveDate;

/// A table of typed columns, all of one length.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// Name and values of each column, in order.
    pub columns: Vec<(&'static str, Values)>,
}

/// The values of a column; `None` is an empty cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Words or codes.
    Text(Vec<Option<String>>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Numbers at full precision.
    Number(Vec<Option<f64>>),
    /// Days.
    Date(Vec<Option<NaiveDate>>),
}

impl Values {
    /// How many cells it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Integer(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
            Self::Date(cells) => cells.len(),
        }
    }

    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Frame {
    /// How many rows it has.
    pub fn height(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }
}
