//! The cells of a sample file, column by column.

use std::collections::{BTreeMap, BTreeSet};

use super::ROWS;
use crate::feeds::csv::Csv;
use crate::feeds::deliveries::{DELIMITERS, Raw};
use crate::feeds::fault::Fault;
use crate::feeds::reading::{Encoding, Reading, SheetName};
use crate::feeds::records::Records;

/// Rows by which the headings and what parts the fields are told.
const LOOKED_AT: usize = 200;

/// What was found in a sample.
#[derive(Debug)]
pub(super) struct Sample {
    /// What parts the fields of a text, as the contract writes it.
    pub(super) delimiter: Option<&'static str>,
    /// A text that is not UTF-8.
    pub(super) windows_1252: bool,
    /// The sheet of a workbook that has several, counted from 1.
    pub(super) sheet: Option<usize>,
    /// Line of the headings, where something stands above them.
    pub(super) headings_on: Option<u32>,
    /// Rows below the headings that were looked at.
    pub(super) rows: usize,
    /// The columns with a heading, in their order.
    pub(super) columns: Vec<Column>,
    /// Fields without a heading that hold something, counted from 1.
    pub(super) unnamed: Vec<usize>,
}

/// A column of a sample.
#[derive(Debug)]
pub(super) struct Column {
    /// Its heading, trimmed.
    pub(super) heading: String,
    /// Its cells that hold something, trimmed.
    pub(super) cells: Vec<String>,
}

impl Sample {
    pub(super) fn of(name: &str, bytes: Vec<u8>) -> Result<Self, Fault> {
        let mut reading = Reading::default();
        let mut windows_1252 = false;
        let mut sheet = None;
        let raw = match Raw::open(name, bytes.clone(), &reading) {
            Ok(raw) => raw,
            Err(fault) => {
                // A workbook of several sheets, or a text of the older code page.
                reading.encoding = Encoding::Windows1252;
                reading.table.sheet = Some(SheetName::Position(1));
                let raw = Raw::open(name, bytes, &reading).map_err(|_| fault)?;
                windows_1252 = matches!(raw, Raw::Text(_));
                sheet = (!windows_1252).then_some(1);
                raw
            }
        };
        match raw {
            Raw::Text(text) => {
                let (byte, written) = delimiter(&text);
                let records = || Records::Csv(Csv::new(&text, byte));
                let delimiter = Some(written).filter(|written| *written != ",");
                Ok(Self { delimiter, windows_1252, ..Self::read(records(), &shape(records())?)? })
            }
            Raw::Sheet(found) => {
                let widths = shape(Records::Sheet(found.clone()))?;
                Ok(Self { sheet, ..Self::read(Records::Sheet(found), &widths)? })
            }
            Raw::Columns(_) => Err(Fault::new("a draft is made of text files and workbooks")
                .help("write a part of it as CSV, and let its columns keep their names")),
        }
    }

    fn read(mut records: Records, full: &[usize]) -> Result<Self, Fault> {
        let most = full.iter().copied().max().unwrap_or_default();
        let mut headings: Option<Vec<String>> = None;
        let (mut above, mut line, mut rows) = (false, 0, 0);
        let (mut columns, mut unnamed) = (Vec::<Column>::new(), BTreeSet::new());
        while let Some(row) = records.advance()? {
            let cells: Vec<&str> =
                (0..records.width()).map(|field| records.text(field).trim()).collect();
            let some = cells.iter().filter(|cell| !cell.is_empty()).count();
            let Some(known) = &headings else {
                // Titles have few cells, headings nearly as many as the widest row.
                if some * 5 >= most * 3 && some > 0 {
                    line = row.line;
                    let texts: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
                    let column =
                        |heading: &String| Column { heading: heading.clone(), cells: Vec::new() };
                    columns = texts.iter().map(column).collect();
                    headings = Some(texts);
                } else {
                    above = true;
                }
                continue;
            };
            let torn = records.counts_fields() && records.width() != known.len();
            if some == 0 || torn {
                continue;
            }
            rows += 1;
            for (field, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                match columns.get_mut(field).filter(|column| !column.heading.is_empty()) {
                    Some(column) => column.cells.push((*cell).to_owned()),
                    None => _ = unnamed.insert(field + 1),
                }
            }
            if rows == ROWS {
                break;
            }
        }
        if headings.is_none() {
            return Err(Fault::new("the file is empty: it has not even headings"));
        }
        columns.retain(|column| !column.heading.is_empty());
        Ok(Self {
            delimiter: None,
            windows_1252: false,
            sheet: None,
            headings_on: above.then_some(line),
            rows,
            columns,
            unnamed: unnamed.into_iter().collect(),
        })
    }
}

/// How many cells hold something in each of the first rows.
fn shape(mut records: Records) -> Result<Vec<usize>, Fault> {
    let mut full = Vec::new();
    while full.len() < LOOKED_AT
        && let Some(_) = records.advance()?
    {
        let some = |field: &usize| !records.text(*field).trim().is_empty();
        full.push((0..records.width()).filter(some).count());
    }
    Ok(full)
}

/// What parts the fields: that by which most rows have the same number of fields, more than one.
fn delimiter(text: &str) -> (u8, &'static str) {
    let rows_alike = |byte: u8| {
        let mut csv = Csv::new(text, byte);
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for _ in 0..LOOKED_AT {
            let Ok(Some(_)) = csv.advance() else { break };
            *widths.entry(csv.width()).or_default() += 1;
        }
        widths.into_iter().filter(|(width, _)| *width > 1).map(|(_, rows)| rows).max().unwrap_or(0)
    };
    let mut best = DELIMITERS[0];
    for other in DELIMITERS {
        if rows_alike(other.0) > rows_alike(best.0) {
            best = other;
        }
    }
    best
}
