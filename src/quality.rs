//! What became of every row that was delivered: read, used, set aside and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::period::Month;

/// The state of one feed after reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    #[serde(with = "exact")]
    pub completeness: BTreeMap<String, f64>,
    /// The latest month that a used row belongs to.
    pub latest: Option<Month>,
    /// When it came, where `deliveries.csv` says so.
    pub delivered: Option<Delivered>,
    /// Months that it has rows of, used or not.
    pub months: BTreeSet<Month>,
    /// What it changed in rows of earlier files.
    pub revised: Vec<Revised>,
}

/// When a file came, as the feed's `deliveries.csv` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// The day.
    pub day: NaiveDate,
    /// Its sender will send its months again.
    pub provisional: bool,
}

/// A column that a file changed in rows of earlier files, whose key it has again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    /// The column.
    pub column: String,
    /// Rows in which its value is another than before.
    pub rows: u64,
    /// Of these, the rows in which it had no value before.
    pub filled: u64,
}

/// When a month first came, against when it was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// The month.
    pub month: Month,
    /// The day on which its first row came.
    pub day: NaiveDate,
    /// Days after it was due; negative before.
    pub days_late: i64,
}

impl FeedQuality {
    /// When each month first came, in order: those whose delivery has a day, where the contract says
    /// when they are due. In a month shorter than the due day its last day counts.
    pub fn arrivals(&self) -> Vec<Arrival> {
        let Some(due_day) = self.due_day else { return Vec::new() };
        let mut first: BTreeMap<Month, Option<NaiveDate>> = BTreeMap::new();
        for file in &self.files {
            for month in &file.months {
                first.entry(*month).or_insert(file.delivered.map(|delivered| delivered.day));
            }
        }
        let arrival = |(month, day): (Month, Option<NaiveDate>)| {
            let after = month.plus(1);
            let due = after.last_day().with_day(due_day).unwrap_or_else(|| after.last_day());
            let day = day?;
            Some(Arrival { month, day, days_late: day.signed_duration_since(due).num_days() })
        };
        first.into_iter().filter_map(arrival).collect()
    }
}

impl FileQuality {
    /// Rows that did not reach the measures.
    pub fn rows_set_aside(&self) -> u64 {
        self.set_aside.iter().map(|note| note.rows).sum()
    }
}

/// Rows that share a reason.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// Why, as words a reader can act on.
    pub reason: String,
    /// The column at fault.
    pub column: Option<String>,
    /// How many rows.
    pub rows: u64,
    /// The lines of the first few, counted from 1 in the file.
    pub lines: Vec<usize>,
    /// The line of every row that has one, as they were met.
    pub every: Vec<u32>,
    /// Whether each text at fault is to be named by itself: spellings of areas and codes, and areas.
    pub each: bool,
    /// The first few texts at fault. They may be about a person: for the people who mend the
    /// delivery, never for a pack.
    pub examples: Vec<Example>,
}

/// A text at fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Example {
    /// The text, cut short.
    pub text: String,
    /// What was perhaps meant.
    pub meant: Option<String>,
    /// Rows with it.
    pub rows: u64,
    /// The first of their lines.
    pub line: usize,
}

impl std::fmt::Display for Example {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.meant {
            Some(meant) => write!(f, "{} (did you mean `{meant}`?)", self.text),
            None => f.write_str(&self.text),
        }
    }
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
    /// Of the rows left out "in the area", those whose area is part of no plan on the row's own day, by
    /// its code.
    pub nowhere: BTreeMap<String, u64>,
}

/// Numbers kept to the last digit, which decimals read from JSON are not.
mod exact {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        numbers: &BTreeMap<String, f64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(numbers.iter().map(|(name, number)| (name, number.to_bits())))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, f64>, D::Error> {
        let bits = BTreeMap::<String, u64>::deserialize(deserializer)?;
        Ok(bits.into_iter().map(|(name, bits)| (name, f64::from_bits(bits))).collect())
    }
}
