//! Rows of texts, whatever kind of file they come from.

use super::csv::{Csv, Row};
use super::fault::Fault;
use super::sheet::Sheet;
use super::written::Written;

/// The rows of a file, and the one that is looked at.
#[derive(Debug)]
pub(crate) enum Records<'a> {
    /// Of a text file.
    Csv(Csv<'a>),
    /// Of a sheet.
    Sheet(Sheet),
}

impl Records<'_> {
    /// Looks at the next row; `None` when there are no more.
    pub(crate) fn advance(&mut self) -> Result<Option<Row>, Fault> {
        match self {
            Self::Csv(csv) => csv.advance(),
            Self::Sheet(sheet) => {
                Ok(sheet.advance().map(|(line, gap)| Row { line, gap, open_quote: false }))
            }
        }
    }

    /// How many fields the row has.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Csv(csv) => csv.width(),
            Self::Sheet(sheet) => sheet.width(),
        }
    }

    /// The text of a field; empty where the row has none.
    pub(crate) fn text(&self, field: usize) -> &str {
        match self {
            Self::Csv(csv) => csv.text(field),
            Self::Sheet(sheet) => sheet.text(field),
        }
    }

    /// What a field was entered as.
    pub(crate) fn written(&self, field: usize) -> Written {
        match self {
            Self::Csv(_) => Written::Text,
            Self::Sheet(sheet) => sheet.written(field),
        }
    }

    /// Whether the row has nothing in it.
    pub(crate) fn is_blank(&self) -> bool {
        (0..self.width()).all(|field| self.text(field).trim().is_empty())
    }

    /// Whether a row that is shorter or longer than the headings is torn: in a text file, where
    /// fields are told apart by their number alone.
    pub(crate) fn counts_fields(&self) -> bool {
        matches!(self, Self::Csv(_))
    }
}
