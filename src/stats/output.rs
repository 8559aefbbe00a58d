//! A table to be written as CSV, built row by row.

use std::io::Write;

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
    /// Neighbouring cells that many rows share.
    Shared(&'a Shared),
}

/// Neighbouring cells, written once to stand in many rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    bytes: Vec<u8>,
    number: usize,
}

impl Shared {
    /// Writes the cells.
    pub fn new(cells: &[Cell<'_>]) -> Self {
        let mut bytes = Vec::new();
        Self { number: write_cells(&mut bytes, cells), bytes }
    }
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
        let number = write_cells(&mut self.bytes, cells);
        debug_assert_eq!(number, self.columns, "a cell for each heading");
        self.bytes.push(b'\n');
    }

    /// The CSV file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// Writes cells with commas between; how many they are.
fn write_cells(bytes: &mut Vec<u8>, cells: &[Cell<'_>]) -> usize {
    let mut number = 0;
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        number += if let Cell::Shared(shared) = cell { shared.number } else { 1 };
        write_cell(bytes, cell);
    }
    number
}

fn write_cell(bytes: &mut Vec<u8>, cell: &Cell<'_>) {
    let written = match *cell {
        Cell::Text(text) if must_be_quoted(text) => {
            write!(bytes, "\"{}\"", text.replace('"', "\"\""))
        }
        Cell::Text(text) => bytes.write_all(text.as_bytes()),
        Cell::Number(Some(number)) if number.is_finite() => write_number(bytes, number),
        Cell::Number(_) | Cell::Logical(None) => bytes.write_all(b"NA"),
        Cell::Count(count) => write!(bytes, "{count}"),
        Cell::Logical(Some(true)) => bytes.write_all(b"TRUE"),
        Cell::Logical(Some(false)) => bytes.write_all(b"FALSE"),
        Cell::Shared(shared) => bytes.write_all(&shared.bytes),
    };
    debug_assert!(written.is_ok(), "memory takes every byte");
}

fn must_be_quoted(text: &str) -> bool {
    // Without a way out of the loop, so that several bytes are looked at together.
    let special = |byte: u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    text.bytes().fold(false, |found, byte| found | special(byte))
}

/// A finite number; whole ones, which most figures are, take the short way.
fn write_number(bytes: &mut Vec<u8>, number: f64) -> std::io::Result<()> {
    #[expect(clippy::cast_possible_truncation, reason = "what was cut off is compared")]
    let whole = number as i32;
    #[expect(clippy::float_cmp, reason = "only if nothing was cut off")]
    if f64::from(whole) == number { write!(bytes, "{whole}") } else { write!(bytes, "{number}") }
}
