//! A table to be written as CSV, built row by row.

/// One cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Words, as they are.
    Text(&'a str),
    /// A number with as many digits as bring it back exactly; `NA` where it is not known or not
    /// finite.
    Number(Option<f64>),
    /// A whole number.
    Count(usize),
    /// `TRUE` or `FALSE`; `NA` where it cannot be said.
    Logical(Option<bool>),
}

/// Rows under headings, already as bytes.
#[derive(Debug, Clone)]
pub struct Output {
    bytes: Vec<u8>,
    columns: usize,
}

impl Output {
    /// A table with headings and no rows yet.
    pub fn new(headings: &[&str]) -> Self {
        let mut output = Self { bytes: Vec::new(), columns: headings.len() };
        let cells: Vec<Cell<'_>> = headings.iter().map(|heading| Cell::Text(heading)).collect();
        output.row(&cells);
        output
    }

    /// Adds a row, one cell a heading.
    pub fn row(&mut self, cells: &[Cell<'_>]) {
        debug_assert_eq!(cells.len(), self.columns, "a cell for each heading");
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                self.bytes.push(b',');
            }
            self.cell(cell);
        }
        self.bytes.push(b'\n');
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        use std::io::Write;
        let written = match cell {
            Cell::Text(text) if text.contains([',', '"', '\n', '\r']) => {
                write!(self.bytes, "\"{}\"", text.replace('"', "\"\""))
            }
            Cell::Text(text) => self.bytes.write_all(text.as_bytes()),
            Cell::Number(Some(number)) if number.is_finite() => write!(self.bytes, "{number}"),
            Cell::Number(_) | Cell::Logical(None) => self.bytes.write_all(b"NA"),
            Cell::Count(count) => write!(self.bytes, "{count}"),
            Cell::Logical(Some(true)) => self.bytes.write_all(b"TRUE"),
            Cell::Logical(Some(false)) => self.bytes.write_all(b"FALSE"),
        };
        debug_assert!(written.is_ok(), "memory takes every byte");
    }

    /// The CSV file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
