//! A draft of a contract, made from a sample file: every guess is marked, for a person to settle.

use std::path::Path;

use super::fault::Fault;
use crate::error::Error;

mod kind;
mod sample;
mod write;

use sample::Sample;

/// Rows that are looked at.
const ROWS: usize = 20_000;

/// The draft of a `feed.toml` for a file's bytes; `name` is the file's name without folders, whose
/// ending says what it is. The error says why nothing can be read in it.
///
/// A contract says what a sender means, which no file can: the draft is where to begin, and what
/// it could not know it says.
pub fn draft(name: &str, bytes: Vec<u8>) -> Result<String, Error> {
    let sample = Sample::of(name, bytes).map_err(|fault| fault.error(name))?;
    Ok(write::contract(name, &sample))
}

/// The draft for a file, wherever it lies.
pub fn of_file(path: &Path) -> Result<String, Error> {
    let shown = path.display().to_string();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let size = path.metadata().map(|about| about.len());
    let bytes = size
        .map_err(|error| Fault::new(format!("the file cannot be read: {error}")))
        .and_then(super::limits::bytes)
        .and_then(|()| {
            let read = std::fs::read(path);
            read.map_err(|error| Fault::new(format!("the file cannot be read: {error}")))
        })
        .map_err(|fault| fault.error(&shown))?;
    draft(&name.unwrap_or_default(), bytes)
}
