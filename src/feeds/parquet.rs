//! Parquet: columns that arrive with a type of their own, or as text.

use std::io::Cursor;
use std::ops::Range;

use polars::prelude::{
    Column, DataFrame, DataType, ParquetReader, PolarsError, PolarsResult, SerReader, TimeUnit,
};

use super::convert::Cells;
use super::fault::Fault;
use super::form::Kept;
use super::limits;
use super::reading::CellKind;
use super::zone::Zone;

mod claims;

/// A Parquet file whose rows are not read yet.
#[derive(Debug)]
pub(crate) struct File {
    bytes: Vec<u8>,
    /// How many rows it has.
    pub(crate) rows: usize,
    /// The names of the columns.
    pub(crate) headings: Vec<String>,
}

/// Some rows of a Parquet file.
#[derive(Debug)]
pub(crate) struct Parquet {
    frame: DataFrame,
}

impl File {
    /// Looks at what a file says of itself; the fault says why it cannot be read.
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        let mut reader = ParquetReader::new(Cursor::new(bytes.as_slice()));
        let about = reader.get_metadata().map_err(not_parquet)?;
        let (unpacked, rows) =
            about.row_groups.iter().fold((0, 0), |(bytes, rows): (u64, u64), group| {
                let more = (group.total_byte_size() as u64, group.num_rows() as u64);
                (bytes.saturating_add(more.0), rows.saturating_add(more.1))
            });
        limits::bytes(unpacked)?;
        limits::rows(rows.max(about.num_rows as u64))?;
        limits::columns(about.schema().fields().len())?;
        for group in &about.row_groups {
            group.byte_ranges_iter().try_for_each(|column| claims::fit(&bytes, column))?;
        }
        let rows = about.num_rows;
        let schema = reader.schema().map_err(not_parquet)?;
        let headings = schema.iter_names().map(ToString::to_string).collect();
        Ok(Self { bytes, rows, headings })
    }

    /// Reads some rows.
    pub(crate) fn read(&self, rows: Range<usize>) -> Result<Parquet, Fault> {
        let reader = ParquetReader::new(Cursor::new(self.bytes.as_slice()));
        let frame = reader.with_slice(Some((rows.start, rows.len()))).finish();
        Ok(Parquet { frame: frame.map_err(not_parquet)? })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn not_parquet(error: PolarsError) -> Fault {
    Fault::new(format!("not a Parquet file that can be read: {error}"))
}

impl Parquet {
    /// Some of these rows.
    pub(crate) fn slice(&self, rows: &Range<usize>) -> Self {
        let from = i64::try_from(rows.start).unwrap_or(i64::MAX);
        Self { frame: self.frame.slice(from, rows.len()) }
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.frame.height()
    }

    /// What a column is kept as.
    pub(crate) fn kept(&self, field: usize) -> Kept {
        match self.frame.columns().get(field).map(Column::dtype) {
            Some(dtype) if dtype.is_primitive_numeric() => Kept::Number,
            Some(DataType::Boolean) => Kept::Flag,
            Some(DataType::Date) => Kept::Day,
            Some(DataType::Datetime(..)) => Kept::Moment,
            Some(DataType::Time) => Kept::Clock,
            _ => Kept::Text,
        }
    }

    /// A column as cells of the type the contract asks for where it arrives so, else as text.
    pub(crate) fn cells(&self, field: usize, kind: &CellKind, zone: &Zone) -> Result<Cells, Fault> {
        let Some(column) = self.frame.columns().get(field) else { return Ok(Cells::Absent) };
        typed(column, kind, zone).map_err(|error| {
            let (name, dtype) = (column.name(), column.dtype());
            Fault::new(format!("column `{name}` of type {dtype} cannot be read: {error}"))
        })
    }
}

fn typed(column: &Column, kind: &CellKind, zone: &Zone) -> PolarsResult<Cells> {
    let dtype = column.dtype();
    Ok(match kind {
        CellKind::Integer(_) if dtype.is_integer() => {
            Cells::Integer(column.strict_cast(&DataType::Int64)?.i64()?.iter().collect())
        }
        CellKind::Decimal(_) if dtype.is_primitive_numeric() => {
            Cells::Decimal(column.strict_cast(&DataType::Float64)?.f64()?.iter().collect())
        }
        CellKind::Flag { .. } if dtype.is_bool() => Cells::Flag(column.bool()?.iter().collect()),
        CellKind::Date(_) if matches!(dtype, DataType::Date | DataType::Datetime(_, None)) => {
            Cells::Date(days(column)?)
        }
        CellKind::Time(_) if matches!(dtype, DataType::Date) => Cells::Date(days(column)?),
        CellKind::Time(_) if matches!(dtype, DataType::Datetime(_, None)) => {
            Cells::Time(seconds(column)?)
        }
        CellKind::Time(_) if matches!(dtype, DataType::Datetime(_, Some(_))) => {
            Cells::Instant(seconds(column)?)
        }
        CellKind::Date(_) if matches!(dtype, DataType::Datetime(_, Some(_))) => {
            let instants = seconds(column)?.into_iter();
            Cells::Date(instants.map(|at| zone.day(at?)).collect())
        }
        _ => {
            let text = column.cast(&DataType::String)?;
            let text = text.str()?;
            // A dictionary may say a long text many times over.
            let bytes: u64 = text.iter().flatten().map(|text| text.len() as u64).sum();
            if bytes > limits::MOST_BYTES {
                return Err(PolarsError::ComputeError("its texts do not fit".into()));
            }
            Cells::Text(text.iter().map(Option::unwrap_or_default).collect())
        }
    })
}

fn days(column: &Column) -> PolarsResult<Vec<Option<i32>>> {
    let days = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
    Ok(days.i32()?.iter().collect())
}

/// Whole seconds; fractions are cut off. With a time zone they are points in time, else local.
fn seconds(column: &Column) -> PolarsResult<Vec<Option<i64>>> {
    let parts = match column.dtype() {
        DataType::Datetime(TimeUnit::Milliseconds, _) => 1_000,
        DataType::Datetime(TimeUnit::Nanoseconds, _) => 1_000_000_000,
        _ => 1_000_000,
    };
    let numbers = column.to_physical_repr().cast(&DataType::Int64)?;
    Ok(numbers.i64()?.iter().map(|at| at.map(|at: i64| at.div_euclid(parts))).collect())
}
