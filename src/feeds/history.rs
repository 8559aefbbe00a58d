//! A feed over time, for the people who look after its deliveries: how long its months move, which it
//! lacks, how complete its columns are, and which codes are new.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use polars::prelude::{Column, DataFrame, PolarsResult};

use super::coded::{self, Codes};
use super::contract::Empty;
use super::days::Days;
use super::rows::Stretch;
use super::{Feed, account, marks};
use crate::area::{self, Area, Areas};
use crate::error::{Error, Place};
use crate::filter::ColumnType;
use crate::parallel;
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
    pub fn of(feed: &Feed) -> Result<Self, Error> {
        let by = feed.contract.due_day.unwrap_or(ANY_DAY);
        let shown: Vec<Option<Month>> = feed
            .quality
            .files
            .iter()
            .map(|file| file.delivered.map(|delivered| pack(delivered, by)))
            .collect();
        let mut settling = Self::default();
        let Some(last) = shown.iter().flatten().max() else { return Ok(settling) };
        let of = |rows: &DataFrame, days: &Days| {
            let mut found: BTreeMap<i32, u64> = BTreeMap::new();
            for (file, span) in account::numbers(rows, "@file").into_iter().zip(days.spans()) {
                let Some(shown) = shown.get(file).copied().flatten() else { continue };
                let Some((_, month)) = span.filter(|(_, month)| last.since(*month) >= WAITED)
                else {
                    continue;
                };
                *found.entry(shown.since(month).max(0)).or_default() += 1;
            }
            found
        };
        each(feed, &["@file"], of, |found| {
            for (after, rows) in found {
                *settling.rows.entry(after).or_default() += rows;
            }
        })?;
        Ok(settling)
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
pub fn completeness(feed: &Feed) -> Result<BTreeMap<String, BTreeMap<Period, Filled>>, Error> {
    let columns: Vec<&str> = feed.contract.columns.iter().map(|(name, _)| name.as_str()).collect();
    let given: Vec<String> = columns.iter().map(|name| marks::given(name)).collect();
    let of = |rows: &DataFrame, days: &Days| {
        let years: Vec<Option<Period>> = days
            .spans()
            .map(|span| span.map(|(first, _)| Period::of(Grain::FinancialYear, first)))
            .collect();
        let known = columns.iter().filter_map(|name| Some((*name, marks::known(rows, name)?)));
        known.map(|(name, column)| (name, by_year(column, &years))).collect::<Vec<_>>()
    };
    let mut all: BTreeMap<String, BTreeMap<Period, Filled>> = BTreeMap::new();
    let reads: Vec<&str> =
        columns.iter().copied().chain(given.iter().map(String::as_str)).collect();
    each(feed, &reads, of, |found| {
        for (name, years) in found {
            let of_column = all.entry(name.to_owned()).or_default();
            for (year, (some, rows)) in years {
                let filled = of_column.entry(year).or_default();
                *filled = (filled.0 + some, filled.1 + rows);
            }
        }
    })?;
    Ok(all)
}

fn by_year(column: &Column, years: &[Option<Period>]) -> BTreeMap<Period, Filled> {
    let mut found: BTreeMap<Period, Filled> = BTreeMap::new();
    let known = column.is_not_null();
    for (year, known) in years.iter().zip(known.iter()) {
        let Some(year) = year else { continue };
        let filled = found.entry(*year).or_default();
        filled.0 += u64::from(known == Some(true));
        filled.1 += 1;
    }
    found
}

/// Codes that the used rows of a file have and no file before it: by file (its position), the column
/// and the codes. Nothing is new in the first file.
pub fn new_codes(
    feed: &Feed,
) -> Result<BTreeMap<usize, BTreeMap<String, BTreeSet<String>>>, Error> {
    let is_code = |(_, kind): &&(String, ColumnType)| matches!(kind, ColumnType::Code(_));
    let columns = feed.contract.columns.iter().filter(is_code);
    let columns: Vec<&str> = columns.map(|(name, _)| name.as_str()).collect();
    let of = |rows: &DataFrame, _: &Days| {
        let files = account::numbers(rows, "@file");
        let met = columns.iter().map(|name| {
            let codes = rows.column(name).ok().and_then(Codes::new);
            let codes = codes.iter().flat_map(Codes::numbers).zip(&files);
            let mut met: BTreeMap<u32, usize> = BTreeMap::new();
            for (code, file) in codes.filter_map(|(code, file)| Some((code?, *file))) {
                met.entry(code).and_modify(|least| *least = (*least).min(file)).or_insert(file);
            }
            met
        });
        (files.iter().min().copied(), met.collect::<Vec<_>>())
    };
    let (mut first, mut all) = (None, vec![BTreeMap::<u32, usize>::new(); columns.len()]);
    let reads: Vec<&str> = columns.iter().copied().chain(["@file"]).collect();
    each(feed, &reads, of, |(least, found)| {
        first = first.into_iter().chain(least).min();
        for (met, found) in all.iter_mut().zip(found) {
            for (code, file) in found {
                met.entry(code).and_modify(|least| *least = (*least).min(file)).or_insert(file);
            }
        }
    })?;
    let mut found: BTreeMap<usize, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (name, met) in columns.iter().zip(all) {
        let met = met.into_iter().filter_map(|(code, file)| Some((coded::text(code)?, file)));
        for (code, file) in met.filter(|(_, file)| Some(*file) != first) {
            let of_file = found.entry(file).or_default();
            of_file.entry((*name).to_owned()).or_default().insert(code.to_owned());
        }
    }
    Ok(found)
}

/// What a function makes of the rows of each stretch and their days, side by side; taken in their order.
fn each<R: Send>(
    feed: &Feed,
    columns: &[&str],
    of: impl Fn(&DataFrame, &Days) -> R + Sync,
    mut take: impl FnMut(R) + Send,
) -> Result<(), Error> {
    let mut names = columns.to_vec();
    names.extend(Days::column(&feed.contract));
    let of = |stretch: Stretch| -> PolarsResult<R> {
        let rows = feed.rows.read(&stretch, Some(&names))?;
        Ok(of(&rows, &Days::new(&feed.contract, &rows)))
    };
    let taken = parallel::in_order(feed.rows.stretches(), of, |made| {
        take(made);
        Ok(())
    });
    taken.map_err(|error| {
        let place = Place::file(format!("data/{}", feed.contract.id));
        Error::run(place, format!("the feed's rows could not be read: {error}"))
    })
}
