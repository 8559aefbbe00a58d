//! What became of every row that was delivered: read, used, set aside and why.

use std::collections::BTreeMap;

use crate::period::Month;

/// The state of one feed after reading.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedQuality {
    /// The feed's id.
    pub feed: String,
    /// Its title.
    pub title: String,
    /// Whether its rows can be used.
    pub state: FeedState,
    /// Each delivered file, by name.
    pub files: Vec<FileQuality>,
    /// Day of the following month on which a month is due.
    pub due_day: Option<u32>,
    /// Months after which a month's figures no longer move.
    pub settles_after: u32,
    /// Its rows were made by a program, not recorded.
    pub synthetic: bool,
    /// The latest month that any used row belongs to.
    pub latest: Option<Month>,
}

/// Whether a feed's rows can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedState {
    /// Read and checked.
    Ready,
    /// A check or an unreadable file stopped it.
    Stopped {
        /// Why, as a sentence.
        why: String,
    },
    /// A contract without files, or no contract.
    Missing,
}

/// What became of the rows of one file; `rows_read = rows_used + rows_set_aside()`, always.
#[derive(Debug, Clone, PartialEq)]
pub struct FileQuality {
    /// Path relative to the workspace.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Rows below the headings.
    pub rows_read: u64,
    /// Rows that reached the measures.
    pub rows_used: u64,
    /// Rows that did not, by reason.
    pub set_aside: Vec<Note>,
    /// Rows that were used although something about them is doubtful.
    pub warnings: Vec<Note>,
    /// Headings no column claims.
    pub unknown_headings: Vec<String>,
    /// Share of used rows with a value, by column.
    pub completeness: BTreeMap<String, f64>,
    /// The latest month that a used row belongs to.
    pub latest: Option<Month>,
}

impl FileQuality {
    /// Rows that did not reach the measures.
    pub fn rows_set_aside(&self) -> u64 {
        self.set_aside.iter().map(|note| note.rows).sum()
    }
}

/// Rows that share a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// Why, as words a reader can act on.
    pub reason: String,
    /// The column at fault.
    pub column: Option<String>,
    /// How many rows.
    pub rows: u64,
    /// The lines of the first few, counted from 1 in the file.
    pub lines: Vec<usize>,
    /// The first few texts at fault, cut short. They may be about a person: for the people who
    /// mend the delivery, never for a pack.
    pub examples: Vec<String>,
}

/// How many rows of a feed stopped at each step of counting; with those counted, all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowSteps {
    /// Id of the measure of rows: the indicator's own, or a part of it.
    pub measure: String,
    /// Id of the feed.
    pub feed: String,
    /// Step, rows left out there, rows that could not be decided there.
    pub steps: Vec<(String, u64, u64)>,
    /// Rows that passed every step.
    pub counted: u64,
}
