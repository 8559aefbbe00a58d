//! Tidy tables as Parquet, through Arrow.

use std::sync::Arc;

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};
use arrow::record_batch::RecordBatch;
use chrono::NaiveDate;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::document::frame::{Frame, Values};
use crate::error::{Error, Place};

/// Writes a table: text as UTF-8, whole numbers as 64-bit integers, numbers as 64-bit floats,
/// days as dates; an empty cell is null.
pub fn parquet(name: &str, frame: &Frame) -> Result<Vec<u8>, Error> {
    let failed =
        |error: String| Error::run(Place::file(name), format!("not written as Parquet: {error}"));
    let columns = frame.columns.iter().map(|(heading, values)| (*heading, array(values), true));
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns).map_err(|e| failed(e.to_string()))?;
    let properties = WriterProperties::builder()
        .set_created_by("concordat".to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), Some(properties))
        .map_err(|e| failed(e.to_string()))?;
    writer.write(&batch).map_err(|e| failed(e.to_string()))?;
    writer.close().map_err(|e| failed(e.to_string()))?;
    Ok(bytes)
}

fn array(values: &Values) -> ArrayRef {
    match values {
        Values::Text(cells) => {
            Arc::new(cells.iter().map(Option::as_deref).collect::<StringArray>())
        }
        Values::Integer(cells) => Arc::new(cells.iter().copied().collect::<Int64Array>()),
        Values::Number(cells) => Arc::new(cells.iter().copied().collect::<Float64Array>()),
        Values::Date(cells) => {
            Arc::new(cells.iter().map(|cell| cell.map(days_since_1970)).collect::<Date32Array>())
        }
    }
}

fn days_since_1970(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}
