//! Excel workbooks.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, Style, Xlsx};

use super::fault::Fault;
use super::limits::MOST_BYTES;
use super::reading::SheetName;
use super::serial;
use super::sheet::{Sheet, choose};
use super::unpack::{self, not_workbook};
use super::written::Written;

/// The sheet of a workbook that the contract names; the fault says why it cannot be read.
pub(crate) fn read(bytes: &[u8], wanted: Option<&SheetName>) -> Result<Sheet, Fault> {
    unpack::archive(bytes, MOST_BYTES)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| not_workbook(&error))?;
    let names = workbook.sheet_names();
    let name = choose(&names, wanted)?;
    let from_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| not_workbook(&error))?;
    let clocks: Vec<bool> = cells.styles().iter().map(has_clock).collect();
    let mut sheet = Sheet::new();
    while let Some((cell, style)) =
        cells.next_cell_with_style_id().map_err(|error| not_workbook(&error))?
    {
        let (row, column) = cell.get_position();
        let line = row.saturating_add(1);
        let mut push = |text: &str, written| sheet.push(line, column, text, written);
        match cell.get_value() {
            DataRef::Empty => {}
            DataRef::String(text) | DataRef::DurationIso(text) => push(text, Written::Text)?,
            DataRef::SharedString(text) => push(text, Written::Text)?,
            DataRef::Int(number) => push(&number.to_string(), Written::Number)?,
            DataRef::Float(number) => push(&number.to_string(), Written::Number)?,
            DataRef::Bool(true) => push("TRUE", Written::Text)?,
            DataRef::Bool(false) => push("FALSE", Written::Text)?,
            DataRef::Error(error) => push(&error.to_string(), Written::Text)?,
            DataRef::DateTime(at) => {
                let clock = clocks.get(style).copied().unwrap_or_default();
                let (text, written) = moment(*at, clock, from_1904);
                push(&text, written)?;
            }
            DataRef::DateTimeIso(text) => match Written::iso(text) {
                Some(written) => push(&written.text().unwrap_or_default(), written)?,
                None => push(text, Written::Text)?,
            },
        }
    }
    Ok(sheet)
}

/// A number that is shown as a date or a time. Whether a whole number is a date alone, or the
/// midnight that begins it, is told by whether its cell shows a time of day.
fn moment(at: ExcelDateTime, shows_clock: bool, from_1904: bool) -> (String, Written) {
    let number = at.as_f64();
    let written = if let Some(clock) = serial::clock(number) {
        Some(Written::Clock(clock))
    } else if at.is_duration() {
        None
    } else {
        serial::seconds(number, from_1904).map(|seconds| {
            if number.fract() > 0.0 || shows_clock {
                Written::Moment(seconds)
            } else {
                Written::Moment(seconds)
                    .day()
                    .map_or(Written::Number, |day| Written::Day(day.to_epoch_days()))
            }
        })
    };
    match written.and_then(|written| Some((written.text()?, written))) {
        Some(told) => told,
        None => (number.to_string(), Written::Number),
    }
}

/// Whether a style shows hours or seconds.
fn has_clock(style: &Style) -> bool {
    let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    let (mut quoted, mut brackets, mut escaped) = (false, false, false);
    format.chars().any(|character| {
        let literal = quoted || brackets || std::mem::take(&mut escaped);
        match character {
            '"' if !brackets => quoted = !quoted,
            '[' if !quoted => brackets = true,
            ']' => brackets = false,
            '\\' | '_' | '*' => escaped = !literal,
            _ => {}
        }
        !literal && matches!(character, 'h' | 'H' | 's' | 'S')
    })
}
