//! Parquet: columns that arrive with a type of their own, or as text.

use std::io::Cursor;

use polars::prelude::{
    Column, DataFrame, DataType, ParquetReader, PolarsResult, SerReader, TimeUnit,
};

use super::convert::Cells;
use super::fault::Fault;
use super::reading::CellKind;
use super::texts::Texts;

/// The rows of a Parquet file and the names of its columns.
#[derive(Debug)]
pub(crate) struct Parquet {
    frame: DataFrame,
    /// The names of the columns.
    pub(crate) headings: Vec<String>,
}

impl Parquet {
    /// Reads a file; the fault says why it cannot be read.
    pub(crate) fn open(bytes: Vec<u8>) -> Result<Self, Fault> {
        let frame = ParquetReader::new(Cursor::new(bytes))
            .finish()
            .map_err(|error| Fault::new(format!("not a Parquet file that can be read: {error}")))?;
        let headings = frame.get_column_names().iter().map(ToString::to_string).collect();
        Ok(Self { frame, headings })
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.frame.height()
    }

    /// A column as cells of the type the contract asks for where it arrives so, else as text.
    pub(crate) fn cells(&self, field: usize, kind: &CellKind) -> Result<Cells, Fault> {
        let Some(column) = self.frame.columns().get(field) else { return Ok(Cells::Absent) };
        typed(column, kind).map_err(|error| {
            let (name, dtype) = (column.name(), column.dtype());
            Fault::new(format!("column `{name}` of type {dtype} cannot be read: {error}"))
        })
    }

    /// A column as text.
    pub(crate) fn texts(&self, field: usize) -> Result<Texts, Fault> {
        match self.cells(field, &CellKind::Text)? {
            Cells::Text(texts) => Ok(texts),
            _ => Ok(Texts::default()),
        }
    }
}

fn typed(column: &Column, kind: &CellKind) -> PolarsResult<Cells> {
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
        _ => {
            let text = column.cast(&DataType::String)?;
            Cells::Text(text.str()?.iter().map(Option::unwrap_or_default).collect())
        }
    })
}

fn days(column: &Column) -> PolarsResult<Vec<Option<i32>>> {
    let days = column.cast(&DataType::Date)?.cast(&DataType::Int32)?;
    Ok(days.i32()?.iter().collect())
}

/// Whole seconds; fractions are cut off.
fn seconds(column: &Column) -> PolarsResult<Vec<Option<i64>>> {
    const MILLISECONDS: i64 = 1_000;
    let cut = column.cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?;
    let cut = cut.cast(&DataType::Int64)?;
    Ok(cut.i64()?.iter().map(|at| at.map(|at| at.div_euclid(MILLISECONDS))).collect())
}
