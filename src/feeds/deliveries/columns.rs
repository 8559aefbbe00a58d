//! Files that come as columns, each with a type of its own, some rows at a time.

use std::ops::Range;

use super::guarded;
use crate::feeds::arrow::Arrow;
use crate::feeds::convert::Cells;
use crate::feeds::fault::Fault;
use crate::feeds::form::Kept;
use crate::feeds::headings::Pick;
use crate::feeds::parquet::{self, Parquet};
use crate::feeds::reading::{CellKind, Source};
use crate::feeds::texts::Texts;
use crate::feeds::zone::Zone;

/// A file that comes as columns.
#[derive(Debug)]
pub(crate) enum ColumnFile {
    Parquet(parquet::File),
    Arrow(Arrow),
}

/// The columns of some of its rows.
#[derive(Debug)]
pub(crate) enum Columns {
    Parquet(Parquet),
    Arrow(Arrow),
}

impl ColumnFile {
    /// The names of the columns.
    pub(super) fn headings(&self) -> Vec<String> {
        match self {
            Self::Parquet(file) => file.headings.clone(),
            Self::Arrow(file) => file.headings.clone(),
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        match self {
            Self::Parquet(file) => file.rows,
            Self::Arrow(file) => file.rows(),
        }
    }

    /// The columns of some rows.
    pub(super) fn read(&self, rows: Range<usize>) -> Result<Columns, Fault> {
        Ok(match self {
            Self::Parquet(file) => Columns::Parquet(guarded(|| file.read(rows))?),
            Self::Arrow(file) => Columns::Arrow(file.slice(&rows)),
        })
    }

    /// The columns of all rows.
    pub(super) fn all(&self) -> Result<Columns, Fault> {
        self.read(0..self.rows())
    }
}

impl Columns {
    /// The columns of some of these rows.
    pub(super) fn slice(&self, rows: &Range<usize>) -> Self {
        match self {
            Self::Parquet(file) => Self::Parquet(file.slice(rows)),
            Self::Arrow(file) => Self::Arrow(file.slice(rows)),
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        match self {
            Self::Parquet(file) => file.rows(),
            Self::Arrow(file) => file.rows(),
        }
    }

    /// What a column is kept as.
    pub(super) fn kept(&self, field: usize) -> Kept {
        match self {
            Self::Parquet(file) => file.kept(field),
            Self::Arrow(file) => file.kept(field),
        }
    }

    /// A column as the contract asks for it, in the type it comes in where that fits.
    pub(super) fn cells(
        &self,
        pick: Option<&Pick>,
        source: &Source,
        zone: &Zone,
    ) -> Result<Cells, Fault> {
        let cells = match pick {
            None => return Ok(Cells::Absent),
            Some(Pick::Field(field)) => self.field(*field, &source.kind, zone)?,
            Some(pick) => self.texts(pick, zone)?,
        };
        Ok(match cells {
            Cells::Text(texts) if source.fill => Cells::Text(filled(&texts)),
            cells => cells,
        })
    }

    /// A column as text.
    pub(super) fn texts(&self, pick: &Pick, zone: &Zone) -> Result<Cells, Fault> {
        let fields = match pick {
            Pick::Field(field) => std::slice::from_ref(field),
            Pick::Join(fields) => fields,
            Pick::Name(_) | Pick::Value => {
                return Err(Fault::new("[gather] is not done on files that come as columns")
                    .help("deliver it as CSV or as a workbook, or with a row for each value"));
            }
        };
        let columns = fields.iter().map(|field| self.field(*field, &CellKind::Text, zone));
        let columns = columns.collect::<Result<Vec<Cells>, Fault>>()?;
        let joined = |row: usize| {
            let texts = columns.iter().filter_map(Cells::texts);
            texts.map(|texts| texts.get(row).trim()).collect::<Vec<_>>().join(" ")
        };
        let mut texts = Texts::default();
        (0..self.rows()).for_each(|row| texts.push(joined(row).trim()));
        Ok(Cells::Text(texts))
    }

    fn field(&self, field: usize, kind: &CellKind, zone: &Zone) -> Result<Cells, Fault> {
        match self {
            Self::Parquet(file) => file.cells(field, kind, zone),
            Self::Arrow(file) => file.cells(field, kind, zone),
        }
    }
}

/// Texts in which an empty one says what the one above it says.
fn filled(texts: &Texts) -> Texts {
    let mut above = "";
    texts
        .iter()
        .map(|text| {
            if !text.trim().is_empty() {
                above = text;
            }
            above
        })
        .collect()
}
