//! The cells of a column as they were delivered, whatever kind of file they come from.

use crate::feeds::texts::Texts;
use crate::feeds::written::Written;

/// The cells of a column as they were delivered.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// The file has no such column.
    Absent,
    /// As text.
    Text(Texts),
    /// As a workbook holds them: as text, and what each was entered as.
    Sheet(Texts, Vec<Written>),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Numbers with decimals.
    Decimal(Vec<Option<f64>>),
    /// Yes and no.
    Flag(Vec<Option<bool>>),
    /// Days since 1970.
    Date(Vec<Option<i32>>),
    /// Local seconds since 1970.
    Time(Vec<Option<i64>>),
    /// UTC seconds since 1970.
    Instant(Vec<Option<i64>>),
}

impl Cells {
    /// The texts, where the cells have any.
    pub(crate) fn texts(&self) -> Option<&Texts> {
        match self {
            Self::Text(texts) | Self::Sheet(texts, _) => Some(texts),
            _ => None,
        }
    }

    /// What the cell of a row was entered as.
    pub(crate) fn written(&self, row: usize) -> Written {
        match self {
            Self::Sheet(_, written) => written.get(row).copied().unwrap_or_default(),
            _ => Written::Text,
        }
    }

    /// Which of so many rows have a blank cell; none where there is no column.
    pub(super) fn blank(&self, rows: usize) -> Vec<bool> {
        match self {
            Self::Text(texts) | Self::Sheet(texts, _) => {
                texts.iter().map(|text| text.trim().is_empty()).collect()
            }
            Self::Time(values) | Self::Instant(values) => {
                values.iter().map(Option::is_none).collect()
            }
            Self::Date(values) => values.iter().map(Option::is_none).collect(),
            Self::Absent | Self::Integer(_) | Self::Decimal(_) | Self::Flag(_) => vec![false; rows],
        }
    }
}
