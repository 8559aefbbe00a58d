//! A feed's contract: what its files promise.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::reading::Reading;
use crate::definition::Source;
use crate::error::{Error, Place, unreadable};
use crate::filter::{ColumnType, Filter, Schema};

mod columns;
mod layout;
mod period;
mod place;
mod read;
mod roles;

/// A feed's contract, read from `data/<feed>/feed.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// The folder's name.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What a row is.
    pub rows: Rows,
    /// Column with the area's code, if it has one.
    pub area: Option<String>,
    /// Time or date column by which an event belongs to a month; start of a stay.
    pub event_time: Option<String>,
    /// Columns that tell rows apart.
    pub key: Vec<String>,
    /// What a month without a row of an area means.
    pub empty: Empty,
    /// Months after which a month's figures no longer move.
    pub settles_after: u32,
    /// Its rows were made by a program, not recorded: every pack says so.
    pub synthetic: bool,
    /// Day of the following month on which a month is due.
    pub due_day: Option<u32>,
    /// Column that says `final`, `provisional` or `partial`, in feeds of totals.
    pub status: Option<String>,
    /// Time columns of events in which a blank cell means not ended; in others, not known.
    pub open_ends: BTreeSet<String>,
    /// Every column, with its type.
    pub columns: Vec<(String, ColumnType)>,
    /// Checks on each row.
    pub checks: Vec<Check>,
    /// How the delivered files are read.
    pub reading: Reading,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// One event.
    Events,
    /// One stay, open or ended.
    Stays,
    /// A published or returned figure: never added up across areas.
    Totals,
}

/// What a delivered month without a row of an area means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// Nothing was reported.
    Missing,
    /// Nothing happened.
    Zero,
}

/// A check on each row.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// A row for which this is true fails.
    pub fails: Filter,
    /// The same as the contract writes it.
    pub written: String,
    /// What then happens.
    pub then: Then,
    /// Why, as words a reader can act on.
    pub why: String,
}

/// What happens to a row that fails a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// The row is set aside.
    Quarantine,
    /// The row is used and counted.
    Warn,
    /// The whole feed is stopped.
    Stop,
}

/// Every contract of a workspace, `data/<feed>/feed.toml`, by the name of its folder.
///
/// A contract with a problem is left out; all problems of all contracts are given. A workspace
/// without a `data` folder has no contracts.
pub fn load_contracts(root: &Path) -> (BTreeMap<String, Contract>, Vec<Error>) {
    let (mut contracts, mut errors) = (BTreeMap::new(), Vec::new());
    if root.join("data/feed.toml").exists() {
        errors.push(
            Error::definition(
                Place::file("data/feed.toml"),
                "this contract has no feed of its own",
            )
            .help("move it into the folder of its deliveries, data/<feed>/feed.toml"),
        );
    }
    match std::fs::read_dir(root.join("data")) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => {
            errors.push(unreadable("data", &problem));
        }
        _ => {}
    }
    for id in super::files::folders(&root.join("data")) {
        let file = format!("data/{id}/feed.toml");
        let bytes = match std::fs::read(root.join(&file)) {
            Ok(bytes) => Ok(bytes),
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => continue,
            Err(problem) => Err(unreadable(&*file, &problem)),
        };
        match bytes.and_then(|bytes| Source::from_bytes(&file, bytes)) {
            Ok(source) => {
                let contract = Contract::parse(&id, &source, &mut errors);
                contracts.extend(contract.map(|contract| (id, contract)));
            }
            Err(error) => errors.push(error),
        }
    }
    (contracts, errors)
}

impl Contract {
    /// Reads a contract; `None` when anything is wrong with it, all of which is pushed.
    pub fn parse(id: &str, source: &Source, errors: &mut Vec<Error>) -> Option<Self> {
        read::contract(id, source, errors)
    }

    /// The columns filters may name.
    pub fn schema(&self) -> Schema {
        self.columns.iter().cloned().collect()
    }
}
