//! Times of a row: local, and as points in time.

use std::collections::BTreeMap;

use polars::prelude::{
    Column, Int64Chunked, IntoColumn, IntoSeries, NamedFrom, NewChunkedArray, Series, TimeUnit,
};

use super::fate::Fate;
use super::tally::Why;

/// Local times and the points in time they name.
#[derive(Debug)]
pub(crate) struct Times {
    /// The column.
    pub(crate) name: String,
    /// Local seconds since 1970.
    pub(crate) local: Vec<Option<i64>>,
    /// UTC seconds since 1970; the first of two where the clocks showed the time twice.
    pub(crate) utc: Vec<Option<i64>>,
    /// Rows whose cell was blank, where the contract says what that means.
    pub(crate) blank: Option<Vec<bool>>,
    /// Rows whose time the clocks showed twice, and the second point in time.
    pub(crate) twice: Vec<(usize, i64)>,
}

/// Settles the times that the clocks showed twice: each is the earliest reading that is not before
/// the row's time in the column to its left. Every such time of a row still used is a doubt.
pub(crate) fn settle(columns: &mut [Times], fate: &mut Fate) {
    let mut flagged: BTreeMap<usize, Vec<(usize, i64)>> = BTreeMap::new();
    for (position, column) in columns.iter().enumerate() {
        for (row, second) in &column.twice {
            flagged.entry(*row).or_default().push((position, *second));
        }
    }
    for (row, seconds) in flagged {
        if fate.is_aside(row) {
            continue;
        }
        let mut before = None;
        for (position, column) in columns.iter_mut().enumerate() {
            let Some(utc) = column.utc.get_mut(row).and_then(Option::as_mut) else { continue };
            if let Some((_, second)) = seconds.iter().find(|(at, _)| *at == position) {
                if before.is_some_and(|before| *utc < before && before <= *second) {
                    *utc = *second;
                }
                fate.doubt(row, Why::Twice, &column.name);
            }
            before = Some(*utc);
        }
    }
}

impl Times {
    /// The local column, its `@utc` and, where blank cells have a meaning, its `@blank`.
    pub(crate) fn columns(self) -> impl Iterator<Item = Column> {
        const MICROSECONDS: i64 = 1_000_000;
        let local = self.local.into_iter().map(|local| local.map(|at| at * MICROSECONDS));
        let local = Int64Chunked::from_iter_options(self.name.as_str().into(), local)
            .into_datetime(TimeUnit::Microseconds, None)
            .into_series()
            .into_column();
        let utc = Series::new(format!("{}@utc", self.name).into(), self.utc).into_column();
        let mark = |blank| Series::new(format!("{}@blank", self.name).into(), blank).into_column();
        [local, utc].into_iter().chain(self.blank.map(mark))
    }
}
