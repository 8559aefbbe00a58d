//! What one reader may see of the feeds: files, rows, reasons.

use crate::disclosure::Figure;
use crate::period::Month;

/// One feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it cannot be used, if it cannot.
    pub stopped: Option<String>,
    /// No file was delivered.
    pub missing: bool,
    /// Its rows were made, not recorded.
    pub synthetic: bool,
    /// Its files.
    pub files: Vec<File>,
    /// Day of the following month on which a month is due.
    pub due_day: Option<u32>,
    /// Months until figures no longer move.
    pub settles_after: u32,
    /// The latest month it reaches.
    pub latest: Option<Month>,
}

/// One delivered file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Its path in the workspace.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Rows below the headings.
    pub read: Figure,
    /// Rows that reached the measures.
    pub used: Figure,
    /// Rows that did not.
    pub set_aside: Figure,
    /// Why rows were set aside, and how many.
    pub reasons: Vec<Reason>,
    /// Doubts about rows that were used.
    pub warnings: Vec<Reason>,
    /// Headings no column claims.
    pub unknown_headings: Vec<String>,
    /// Share of used rows with a value, by column.
    pub completeness: Vec<(String, Figure)>,
    /// The latest month it reaches.
    pub latest: Option<Month>,
}

/// Rows that share a reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// Why.
    pub reason: String,
    /// The column at fault.
    pub column: Option<String>,
    /// How many rows.
    pub rows: Figure,
    /// The lines of the first few.
    pub lines: Vec<usize>,
}
