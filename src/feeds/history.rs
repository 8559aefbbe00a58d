//! A feed over time, for the people who look after its deliveries: how long its months move, which it
//! lacks, how complete its columns are, and which codes are new.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use polars::prelude::Column;

use super::coded::{self, Codes};
use super::contract::Empty;
use super::days::Days;
use super::{Feed, account, marks};
use crate::area::{self, Area, Areas};
use crate::filter::ColumnType;
use crate::period::{Grain, Month, Period};
use crate::quality::Delivered;

/// Months that must lie behind a month before it is asked how long it moved.
const WAITED: i32 = 12;

/// The share of rows that must stand as they stay.
const STANDING: (u64, u64) = (99, 100);

/// The day of the month by which deliveries come that the contract gives no day for.
const ANY_DAY: u32 = 31;

/// How long the rows of a month still came or changed after its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settling {
    /// Rows by the months after their own in which they first stood as they stay.
    pub rows: BTreeMap<i32, u64>,
}

impl Settling {
    /// Of the rows of months that are a year old or more; only those whose delivery has a day count.
    ///
    /// A row stands in the pack of a month if it came by the feed's due day of the next one: 0 is the
    /// pack of its own month.
    ///
    /// ```
    /// use concordat::feeds::history::Settling;
    ///
    /// let settling = Settling { rows: [(0, 980), (1, 15), (2, 5)].into() };
    /// assert_eq!(settling.settles_after(), Some(1));
    /// ```
    pub fn of(feed: &Feed) -> Self {
        let by = feed.contract.due_day.unwrap_or(ANY_DAY);
        let shown: Vec<Option<Month>> = feed
            .quality
            .files
            .iter()
            .map(|file| file.delivered.map(|delivered| pack(delivered, by)))
            .collect();
        let mut settling = Self::default();
        let Some(last) = shown.iter().flatten().max() else { return settling };
        let days = Days::new(&feed.contract, &feed.rows);
        for (file, span) in account::numbers(&feed.rows, "@file").into_iter().zip(days.spans()) {
            let Some(shown) = shown.get(file).copied().flatten() else { continue };
            let Some((_, month)) = span.filter(|(_, month)| last.since(*month) >= WAITED) else {
                continue;
            };
            *settling.rows.entry(shown.since(month).max(0)).or_default() += 1;
        }
        settling
    }

    /// The months after which 99 in 100 rows stand as they stay; `None` without rows.
    pub fn settles_after(&self) -> Option<i32> {
        let all: u64 = self.rows.values().sum();
        let mut standing = 0;
        self.rows.iter().find_map(|(after, rows)| {
            standing += rows;
            (standing * STANDING.1 >= all * STANDING.0).then_some(*after)
        })
    }
}

/// The first month whose pack has what was delivered on a day.
fn pack(delivered: Delivered, by: u32) -> Month {
    let month = Month::containing(delivered.day);
    if delivered.day.day() <= by { month.plus(-1) } else { month }
}

/// Months without a row between the first and the last of the feed: of the feed as a whole (`None`)
/// where nobody has one, else of each area that lacks it between its own first and the feed's last, as
/// long as its code is in force. None where the contract says that a month without a row is zero.
pub fn gaps(feed: &Feed, areas: &Areas) -> Vec<(Option<String>, Vec<Month>)> {
    if feed.contract.empty == Empty::Zero {
        return Vec::new();
    }
    let whole = lacking(&feed.coverage.months, feed.coverage.months.last());
    let mut found = vec![(None, whole.clone())];
    for (area, months) in &feed.coverage.by_area {
        let mut own = lacking(months, feed.coverage.months.last());
        let in_force = areas.get(area).map(Area::in_force);
        let is_in_force = |month: &Month| {
            let meets = |days: &area::Days| days.meets(month.first_day(), month.last_day());
            in_force.as_ref().is_none_or(meets)
        };
        own.retain(|month| !whole.contains(month) && is_in_force(month));
        found.push((Some(area.clone()), own));
    }
    found.retain(|(_, months)| !months.is_empty());
    found
}

fn lacking(months: &BTreeSet<Month>, last: Option<&Month>) -> Vec<Month> {
    let (Some(first), Some(last)) = (months.first(), last) else { return Vec::new() };
    let all = (0..=last.since(*first)).map(|step| first.plus(step));
    all.filter(|month| !months.contains(month)).collect()
}

/// Rows with a value, and all rows.
pub type Filled = (u64, u64);

/// By column and financial year, how many of the used rows have a value.
pub fn completeness(feed: &Feed) -> BTreeMap<String, BTreeMap<Period, Filled>> {
    let years: Vec<Option<Period>> = Days::new(&feed.contract, &feed.rows)
        .spans()
        .map(|span| span.map(|(first, _)| Period::of(Grain::FinancialYear, first)))
        .collect();
    let of = |column: &Column| {
        let mut found: BTreeMap<Period, Filled> = BTreeMap::new();
        let known = column.is_not_null();
        for (year, known) in years.iter().zip(known.iter()) {
            let Some(year) = year else { continue };
            let filled = found.entry(*year).or_default();
            filled.0 += u64::from(known == Some(true));
            filled.1 += 1;
        }
        found
    };
    let columns = feed.contract.columns.iter();
    columns
        .filter_map(|(name, _)| Some((name.clone(), of(marks::known(&feed.rows, name)?))))
        .collect()
}

/// Codes that the used rows of a file have and no file before it: by file (its position), the column
/// and the codes. Nothing is new in the first file.
pub fn new_codes(feed: &Feed) -> BTreeMap<usize, BTreeMap<String, BTreeSet<String>>> {
    let files = account::numbers(&feed.rows, "@file");
    let first = files.iter().min().copied();
    let mut found: BTreeMap<usize, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (name, kind) in &feed.contract.columns {
        let codes = feed.rows.column(name).ok().and_then(Codes::new);
        let (ColumnType::Code(_), Some(codes)) = (kind, codes) else { continue };
        let mut met: BTreeMap<u32, usize> = BTreeMap::new();
        for (code, file) in codes.numbers().zip(&files) {
            let Some(code) = code else { continue };
            met.entry(code).and_modify(|least| *least = (*least).min(*file)).or_insert(*file);
        }
        let met = met.into_iter().filter_map(|(code, file)| Some((coded::text(code)?, file)));
        for (code, file) in met.filter(|(_, file)| Some(*file) != first) {
            let of_file = found.entry(file).or_default();
            of_file.entry(name.clone()).or_default().insert(code.to_owned());
        }
    }
    found
}
