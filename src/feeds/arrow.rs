//! Arrow IPC, as a file or as a stream: columns that arrive with a type of their own, or as text.

use std::io::Cursor;
use std::ops::Range;

use ::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int64Array, PrimitiveArray, StringArray,
    new_empty_array,
};
use ::arrow::compute::{CastOptions, cast_with_options, concat};
use ::arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, Float64Type, Int64Type, TimeUnit,
};
use ::arrow::error::ArrowError;
use ::arrow::ipc::reader::{FileReader, StreamReader};
use ::arrow::record_batch::RecordBatch;

use super::convert::Cells;
use super::fault::Fault;
use super::form::Kept;
use super::limits;
use super::reading::CellKind;
use super::texts::Texts;
use super::zone::Zone;

mod claims;

/// How an Arrow file begins; what begins otherwise is a stream.
const FILE: &[u8] = b"ARROW1";

/// The rows of an Arrow file and the names of its columns.
#[derive(Debug)]
pub(crate) struct Arrow {
    batches: Vec<RecordBatch>,
    types: Vec<DataType>,
    /// The names of the columns.
    pub(crate) headings: Vec<String>,
}

impl Arrow {
    /// Reads a file or a stream; the fault says why it cannot be read.
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        let is_file = bytes.starts_with(FILE);
        claims::fit(&bytes, is_file)?;
        let bytes = Cursor::new(bytes);
        let (schema, batches) = if is_file {
            let reader = FileReader::try_new(bytes, None).map_err(|error| not_arrow(&error))?;
            (reader.schema(), reader.collect::<Result<Vec<RecordBatch>, ArrowError>>())
        } else {
            let reader = StreamReader::try_new(bytes, None).map_err(|error| not_arrow(&error))?;
            (reader.schema(), reader.collect())
        };
        let batches = batches.map_err(|error| not_arrow(&error))?;
        limits::columns(schema.fields().len())?;
        let headings = schema.fields().iter().map(|field| field.name().clone()).collect();
        let types = schema.fields().iter().map(|field| field.data_type().clone()).collect();
        Ok(Self { batches, types, headings })
    }

    /// Some of these rows.
    pub(crate) fn slice(&self, rows: &Range<usize>) -> Self {
        let mut start = 0;
        let mut batches = Vec::new();
        for batch in &self.batches {
            let end = start + batch.num_rows();
            let (from, to) = (rows.start.max(start), rows.end.min(end));
            if from < to {
                batches.push(batch.slice(from - start, to - from));
            }
            start = end;
        }
        Self { batches, types: self.types.clone(), headings: self.headings.clone() }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// What a column is kept as.
    pub(crate) fn kept(&self, field: usize) -> Kept {
        match self.types.get(field) {
            Some(dtype) if dtype.is_numeric() => Kept::Number,
            Some(DataType::Boolean) => Kept::Flag,
            Some(DataType::Date32 | DataType::Date64) => Kept::Day,
            Some(DataType::Timestamp(..)) => Kept::Moment,
            Some(DataType::Time32(_) | DataType::Time64(_)) => Kept::Clock,
            _ => Kept::Text,
        }
    }

    /// A column as cells of the type the contract asks for where it arrives so, else as text.
    pub(crate) fn cells(&self, field: usize, kind: &CellKind, zone: &Zone) -> Result<Cells, Fault> {
        let Some(dtype) = self.types.get(field) else { return Ok(Cells::Absent) };
        self.column(field, dtype).and_then(|column| typed(&column, dtype, kind, zone)).map_err(
            |error| {
                let name = self.headings.get(field).map(String::as_str).unwrap_or_default();
                Fault::new(format!("column `{name}` of type {dtype} cannot be read: {error}"))
            },
        )
    }

    fn column(&self, field: usize, dtype: &DataType) -> Result<ArrayRef, ArrowError> {
        let parts = self.batches.iter().map(|batch| batch.column(field).as_ref());
        let parts: Vec<&dyn Array> = parts.collect();
        if parts.is_empty() { Ok(new_empty_array(dtype)) } else { concat(&parts) }
    }
}

fn not_arrow(error: &ArrowError) -> Fault {
    Fault::new(format!("not an Arrow file that can be read: {error}"))
        .help("write it again as an Arrow IPC file or stream, or as Parquet or CSV")
}

fn typed(
    column: &ArrayRef,
    dtype: &DataType,
    kind: &CellKind,
    zone: &Zone,
) -> Result<Cells, ArrowError> {
    Ok(match kind {
        CellKind::Integer(_) if dtype.is_integer() => {
            let numbers = cast(column, &DataType::Int64)?;
            Cells::Integer(values::<Int64Type>(numbers.as_primitive() as &Int64Array))
        }
        CellKind::Decimal(_) if dtype.is_numeric() => {
            let numbers = cast(column, &DataType::Float64)?;
            Cells::Decimal(values::<Float64Type>(numbers.as_primitive() as &Float64Array))
        }
        CellKind::Flag { .. } if *dtype == DataType::Boolean => {
            let flags: &BooleanArray = column.as_boolean();
            Cells::Flag(flags.iter().collect())
        }
        CellKind::Date(_) if matches!(dtype, DataType::Date32 | DataType::Date64) => {
            Cells::Date(days(column)?)
        }
        CellKind::Date(_) if matches!(dtype, DataType::Timestamp(_, None)) => {
            Cells::Date(days(column)?)
        }
        CellKind::Time(_) if matches!(dtype, DataType::Date32 | DataType::Date64) => {
            Cells::Date(days(column)?)
        }
        CellKind::Time(_) => match dtype {
            DataType::Timestamp(unit, None) => Cells::Time(seconds(column, *unit)?),
            DataType::Timestamp(unit, Some(_)) => Cells::Instant(seconds(column, *unit)?),
            _ => text(column)?,
        },
        CellKind::Date(_) => match dtype {
            DataType::Timestamp(unit, Some(_)) => {
                let instants = seconds(column, *unit)?.into_iter();
                Cells::Date(instants.map(|at| zone.day(at?)).collect())
            }
            _ => text(column)?,
        },
        _ => text(column)?,
    })
}

fn text(column: &ArrayRef) -> Result<Cells, ArrowError> {
    let texts = cast(column, &DataType::Utf8)?;
    let texts: &StringArray = texts.as_string();
    Ok(Cells::Text(texts.iter().map(Option::unwrap_or_default).collect::<Texts>()))
}

/// Fails where a value does not fit, instead of giving none.
fn cast(column: &ArrayRef, dtype: &DataType) -> Result<ArrayRef, ArrowError> {
    cast_with_options(column, dtype, &CastOptions { safe: false, ..CastOptions::default() })
}

fn values<T: ArrowPrimitiveType>(numbers: &PrimitiveArray<T>) -> Vec<Option<T::Native>> {
    numbers.iter().collect()
}

fn days(column: &ArrayRef) -> Result<Vec<Option<i32>>, ArrowError> {
    Ok(values::<Date32Type>(cast(column, &DataType::Date32)?.as_primitive()))
}

/// Whole seconds; fractions are cut off.
fn seconds(column: &ArrayRef, unit: TimeUnit) -> Result<Vec<Option<i64>>, ArrowError> {
    let parts = match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    };
    let numbers = values::<Int64Type>(cast(column, &DataType::Int64)?.as_primitive());
    Ok(numbers.into_iter().map(|at| at.map(|at| at.div_euclid(parts))).collect())
}
