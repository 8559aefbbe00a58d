//! The rows set aside, as they were delivered: for the people who mend the delivery.
//!
//! They may be about a person. They are shown where their reader asks for them, and enter no pack.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::contract::Contract;
use super::deliveries::as_delivered;
use crate::error::Error;
use crate::quality::{FileQuality, Note};

/// The rows of a file that were set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The file's headings, trimmed.
    pub headings: Vec<String>,
    /// The rows by line, each as often as it has reasons.
    pub rows: Vec<Row>,
    /// Rows that have no line of their own: those of a file that was stopped.
    pub unnamed: u64,
}

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line on which it begins, counted from 1; in Parquet and Arrow its position.
    pub line: u32,
    /// Why, as words a reader can act on.
    pub reason: String,
    /// The column at fault.
    pub column: Option<String>,
    /// Its cells, as they stand there: of a torn row those it has.
    pub cells: Vec<String>,
}

/// The rows of a file that were set aside when it was opened; the error says why it cannot be read
/// again.
pub fn set_aside(contract: &Contract, root: &Path, file: &FileQuality) -> Result<SetAside, Error> {
    let mut reasons: BTreeMap<u32, Vec<&Note>> = BTreeMap::new();
    for note in &file.set_aside {
        for line in note.every.iter().copied().collect::<BTreeSet<u32>>() {
            reasons.entry(line).or_default().push(note);
        }
    }
    let unnamed = file.set_aside.iter().filter(|note| note.every.is_empty());
    let unnamed = unnamed.map(|note| note.rows).sum();
    if reasons.is_empty() {
        return Ok(SetAside { headings: Vec::new(), rows: Vec::new(), unnamed });
    }
    let lines = reasons.keys().copied().collect();
    let delivered = as_delivered(contract, root, &file.file, &lines)
        .map_err(|fault| fault.error(&file.file))?;
    let mut rows = Vec::new();
    for (line, notes) in reasons {
        // A row that cannot be read has no cells, and is named all the same.
        let cells = delivered.rows.get(&line).cloned().unwrap_or_default();
        rows.extend(notes.iter().map(|note| Row {
            line,
            reason: note.reason.clone(),
            column: note.column.clone(),
            cells: cells.clone(),
        }));
    }
    Ok(SetAside { headings: delivered.headings, rows, unnamed })
}
