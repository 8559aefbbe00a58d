//! Rows compared by their values in some columns.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;
use polars::prelude::{
    ChunkedArray, Column, DataFrame, DataType, Float64Chunked, Int64Chunked, PolarsDataType,
    PolarsResult, StringChunked,
};

/// The same on every machine.
const HASHER: FixedState = FixedState::with_seed(136);

/// Columns laid out so that a row's values are quickly at hand.
#[derive(Debug)]
pub(crate) struct RowKeys {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(StringChunked),
    Whole(Int64Chunked),
    Decimal(Float64Chunked),
}

impl RowKeys {
    /// Takes the named columns of a table.
    pub(crate) fn new<'a>(
        frame: &DataFrame,
        names: impl IntoIterator<Item = &'a str>,
    ) -> PolarsResult<Self> {
        let parts = names.into_iter().map(|name| part(frame.column(name)?));
        Ok(Self { parts: parts.collect::<PolarsResult<_>>()? })
    }

    /// Appends a row's values: two rows give the same bytes when all their values are the same,
    /// missing values included.
    pub(crate) fn write(&self, row: usize, bytes: &mut Vec<u8>) {
        for part in &self.parts {
            match part {
                Part::Text(column) => {
                    let text = column.get(row);
                    // The length parts a text from the next; a missing one has none.
                    let length = text
                        .map_or(u32::MAX, |text| u32::try_from(text.len()).unwrap_or(u32::MAX - 1));
                    bytes.extend(length.to_le_bytes());
                    bytes.extend(text.unwrap_or_default().as_bytes());
                }
                Part::Whole(column) => number(column.get(row).map(i64::to_le_bytes), bytes),
                Part::Decimal(column) => number(column.get(row).map(f64::to_le_bytes), bytes),
            }
        }
    }

    /// A hash of the values of each of so many rows.
    pub(crate) fn hashes(&self, rows: usize) -> Vec<u64> {
        let mut bytes = Vec::new();
        let hash = |row| {
            bytes.clear();
            self.write(row, &mut bytes);
            HASHER.hash_one(bytes.as_slice())
        };
        (0..rows).map(hash).collect()
    }

    /// Whether two rows have the same values.
    pub(crate) fn same(&self, one: usize, other: usize) -> bool {
        self.parts.iter().all(|part| part.same(one, other))
    }

    /// The columns, by position, in which a later row differs from an earlier one, and whether the
    /// earlier one had no value there.
    pub(crate) fn changed(
        &self,
        earlier: usize,
        later: usize,
    ) -> impl Iterator<Item = (usize, bool)> {
        let differ = move |(_, part): &(usize, &Part)| !part.same(earlier, later);
        let parts = self.parts.iter().enumerate().filter(differ);
        parts.map(move |(at, part)| (at, part.is_missing(earlier)))
    }
}

impl Part {
    fn same(&self, one: usize, other: usize) -> bool {
        match self {
            Self::Text(column) => column.get(one) == column.get(other),
            Self::Whole(column) => column.get(one) == column.get(other),
            Self::Decimal(column) => {
                column.get(one).map(f64::to_bits) == column.get(other).map(f64::to_bits)
            }
        }
    }

    fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Text(column) => column.get(row).is_none(),
            Self::Whole(column) => column.get(row).is_none(),
            Self::Decimal(column) => column.get(row).is_none(),
        }
    }
}

fn number(value: Option<[u8; 8]>, bytes: &mut Vec<u8>) {
    bytes.push(u8::from(value.is_some()));
    bytes.extend(value.unwrap_or_default());
}

fn part(column: &Column) -> PolarsResult<Part> {
    Ok(match column.dtype() {
        DataType::String => Part::Text(whole(column.str()?)),
        DataType::Float64 => Part::Decimal(whole(column.f64()?)),
        _ => {
            let numbers = column.to_physical_repr().cast(&DataType::Int64)?;
            Part::Whole(whole(numbers.i64()?))
        }
    })
}

fn whole<T: PolarsDataType>(column: &ChunkedArray<T>) -> ChunkedArray<T> {
    column.rechunk().into_owned()
}
