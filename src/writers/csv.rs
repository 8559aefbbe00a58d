//! Tidy tables as CSV: UTF-8, comma, LF, full precision, empty cell for no value.

use crate::document::frame::{Frame, Values};
use crate::error::{Error, Place};

/// Writes a table. A text that a spreadsheet would run as a formula (it begins with `=`, `+`,
/// `-`, `@`, a tab or a return) is given a leading apostrophe; numbers stay numbers.
pub fn csv(name: &str, frame: &Frame) -> Result<Vec<u8>, Error> {
    let failed = |error: csv::Error| Error::run(Place::file(name), format!("not written: {error}"));
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(frame.columns.iter().map(|(heading, _)| *heading)).map_err(failed)?;
    for row in 0..frame.height() {
        writer
            .write_record(frame.columns.iter().map(|(_, values)| cell(values, row)))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}

/// Writes rows of texts as they are, which may be of several lengths: rows as they were delivered,
/// to be mended and delivered again.
pub fn rows(name: &str, rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let failed = |error: csv::Error| Error::run(Place::file(name), format!("not written: {error}"));
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.write_record(row)).map_err(failed)?;
    writer.into_inner().map_err(|error| failed(error.into_error().into()))
}

fn cell(values: &Values, row: usize) -> String {
    fn at<T: Clone>(cells: &[Option<T>], row: usize) -> Option<T> {
        cells.get(row).cloned().flatten()
    }
    match values {
        Values::Text(cells) => at(cells, row).map(inert),
        Values::Integer(cells) => at(cells, row).map(|value| value.to_string()),
        Values::Number(cells) => at(cells, row).map(|value| value.to_string()),
        Values::Date(cells) => at(cells, row).map(|value| value.to_string()),
    }
    .unwrap_or_default()
}

fn inert(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_inert_and_numbers_are_not() {
        let frame = Frame {
            columns: vec![
                ("words", Values::Text(vec![Some("=1+1".into()), Some("a, \"b\"".into()), None])),
                ("number", Values::Number(vec![Some(-0.5), None, Some(0.1)])),
                ("count", Values::Integer(vec![Some(-3), Some(0), None])),
            ],
        };
        let text = String::from_utf8(csv("x.csv", &frame).unwrap()).unwrap();
        assert_eq!(text, "words,number,count\n'=1+1,-0.5,-3\n\"a, \"\"b\"\"\",,0\n,0.1,\n");
    }
}
