//! Feeds: delivered files, read through a contract into checked columns.
//!
//! A row is used or set aside with a reason; nothing disappears.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::area::Areas;
use crate::error::Error;
use crate::period::Month;
use crate::quality::FeedQuality;

mod account;
mod arrow;
mod batch;
mod cache;
mod check;
pub mod coded;
pub mod contract;
mod convert;
mod csv;
mod days;
mod decode;
mod deliveries;
mod derived;
mod doubts;
pub mod draft;
pub mod drift;
mod fate;
mod fault;
mod files;
pub mod form;
mod headings;
pub mod history;
mod keys;
mod large;
mod limits;
mod log;
pub mod lowering;
mod marks;
mod number;
mod ods;
mod open;
mod order;
mod parquet;
pub mod periods;
pub mod quarantine;
pub mod reading;
mod records;
mod rest;
mod rowkey;
pub mod rows;
mod serial;
mod sheet;
mod spread;
mod table;
mod tally;
mod texts;
mod times;
pub mod timestamp;
mod unmapped;
mod unpack;
mod written;
mod xlsx;
pub mod zone;

use cache::Cache;
pub use contract::load_contracts;
pub use derived::Derived;
pub(crate) use files::sha256 as sha256_of_file;
use open::Asked;
pub use rows::Rows;

/// Reads, converts and checks every delivered file of a contract.
///
/// The files lie in `data/<feed>` under `root` and are read in the order in which they came, as
/// `deliveries.csv` says, else in the order of their names. One bad
/// row is set aside with its reason; one file that cannot be read stops the feed, and
/// [`Opened::problems`] says where and what to do. For every file `rows_read` is `rows_used` plus
/// the rows set aside.
pub fn open(contract: &contract::Contract, root: &Path, areas: &Areas) -> Opened {
    open::open(contract, root, areas, Asked::default())
}

/// As [`open`], for whoever reads only some columns: of the others, codes and areas aside, `rows` has
/// `<name>@given` (Boolean, true or null), which rows have a value. The rows lie in a file of this process,
/// which goes with them, so that memory is bounded.
pub fn open_for(
    contract: &contract::Contract,
    root: &Path,
    areas: &Areas,
    (columns, how): (&BTreeSet<String>, How<'_>),
) -> Opened {
    let asked = Asked { columns: Some(columns), filed: Some(how), sparing: false };
    open::open(contract, root, areas, asked)
}

/// As [`open_for`], out of the workspace's cache where the files, the contract, the areas and the program
/// (given by its SHA-256) are what they were when they were read; else they are read, and kept. Codes and
/// areas that are not read are missing, and from the cache texts at fault.
pub fn open_kept(
    contract: &contract::Contract,
    root: &Path,
    areas: &Areas,
    (columns, program, how): (&BTreeSet<String>, &str, How<'_>),
) -> Opened {
    let cache = Cache::of(contract, root, columns, program);
    if let Some(kept) = cache.as_ref().and_then(|cache| cache.read(contract, how.memory)) {
        return kept;
    }
    let asked = Asked { columns: Some(columns), filed: Some(how), sparing: true };
    let opened = open::open(contract, root, areas, asked);
    if let Some(cache) = cache {
        cache.keep(&opened);
    }
    opened
}

/// How large feeds are opened.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// About how many bytes of memory may be used.
    pub memory: u64,
    /// Told how far it is, from any thread.
    pub progress: Option<&'a (dyn Fn(&Progress<'_>) + Sync)>,
}

impl Default for How<'_> {
    fn default() -> Self {
        Self { memory: u64::MAX, progress: None }
    }
}

impl std::fmt::Debug for How<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("How").field("memory", &self.memory).finish_non_exhaustive()
    }
}

/// How far reading a feed is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The feed.
    pub feed: &'a str,
    /// Bytes delivered.
    pub bytes: u64,
    /// Of these, bytes read.
    pub read: u64,
    /// Rows that stay so far.
    pub rows: u64,
}

/// How many bytes of a contract's feed were delivered, as they lie there.
pub fn bytes(contract: &contract::Contract, root: &Path) -> u64 {
    let folder = root.join("data").join(&contract.id);
    let names = files::delivered(&folder, &contract.reading.files);
    let size = |name: &String| folder.join(name).metadata().map_or(0, |about| about.len());
    names.iter().map(size).sum()
}

/// A feed, or why there is none.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The feed; `None` when it is stopped or nothing was delivered.
    pub feed: Option<Feed>,
    /// What became of every row that was delivered.
    pub quality: FeedQuality,
    /// What stopped it, or that nothing was delivered.
    pub problems: Vec<Error>,
}

/// A feed that has been read and checked.
///
/// `rows` has one column for each column of the contract, named as there:
///
/// | type | stored as |
/// |---|---|
/// | text | String |
/// | code, area | Categorical (codes are the contract's own, spellings already mapped) |
/// | integer | Int64 |
/// | decimal | Float64 |
/// | flag | Boolean |
/// | date | Date |
/// | time | Datetime (microseconds, local, no zone), and `<name>@utc`: Int64 seconds since 1970 |
///
/// Besides: `period` (Date, the first day) in feeds of totals; `<name>@suppressed` (Boolean) for
/// number columns of totals; `@partial` (Boolean) in totals; `<name>@blank` (Boolean, never null)
/// for time columns declared `empty = "not ended"`: the cell was delivered blank (white space, or
/// null in Parquet), and not as a marker, a date alone or without a heading; `@file` (`UInt32`,
/// position in `quality.files`) and `@line` (`UInt32`, counted from 1).
#[derive(Debug, Clone)]
pub struct Feed {
    /// The contract it was read through.
    pub contract: contract::Contract,
    /// The rows that passed.
    pub rows: Rows,
    /// What became of every row.
    pub quality: FeedQuality,
    /// Which months were delivered.
    pub coverage: Coverage,
    /// What was worked out of all rows.
    pub derived: Derived,
}

/// Which months were delivered: a month without a row of any area is a gap, not zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Months with at least one used row.
    pub months: BTreeSet<Month>,
    /// The same by area code.
    pub by_area: BTreeMap<String, BTreeSet<Month>>,
    /// Months whose latest delivery says that it is provisional.
    pub provisional: BTreeSet<Month>,
}
