//! A CSV text cut into rows of cells that know where they stand.

use std::ops::Range;

use csv::{ReaderBuilder, Trim};

use crate::definition::{Source, Spanned};
use crate::error::{Error, Place};

/// A row and its cells, trimmed.
pub(super) struct Row {
    pub(super) place: Place,
    pub(super) cells: Vec<Spanned<String>>,
}

/// Every row that is not empty, the headings first.
pub(super) fn rows(source: &Source, errors: &mut Vec<Error>) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(source.text.as_bytes());
    let mut found = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(problem) => {
                let place = Place::file(&*source.file);
                errors.push(Error::definition(place, format!("not CSV: {problem}")));
                continue;
            }
        };
        let start = record.position().map_or(0, csv::Position::byte);
        let spans = spans(&source.text, usize::try_from(start).unwrap_or(usize::MAX));
        let Some(first) = spans.first() else { continue };
        let place = Place::line(&*source.file, line(&source.text, first.start));
        let mut cells = Vec::new();
        for (at, cell) in record.iter().enumerate() {
            let span = spans.get(at).unwrap_or(first).clone();
            // Only the first cell of the file can hold a byte order mark.
            let value = cell.trim_start_matches('\u{feff}').to_owned();
            cells.push(Spanned { value, source: source.clone(), span });
        }
        found.push(Row { place, cells });
    }
    found
}

fn line(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// The bytes of each cell of the record that begins at or after `start`, quotes included.
fn spans(text: &str, start: usize) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let blank = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let rest = bytes.get(start..).unwrap_or_default();
    let mut begin = start + rest.iter().take_while(|byte| blank(byte)).count();
    let mut quoted = false;
    let mut spans = Vec::new();
    for (at, byte) in bytes.iter().enumerate().skip(begin) {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                spans.push(begin..at);
                begin = at + 1;
            }
            _ if blank(byte) && !quoted => {
                spans.push(begin..at);
                return spans;
            }
            _ => {}
        }
    }
    if begin <= bytes.len() {
        spans.push(begin..bytes.len());
    }
    spans
}
