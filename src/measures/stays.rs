//! Stays as days and instants, each person's earlier stay ended where the next one starts.

use polars::prelude::{Column, DataFrame, Expr, IntoLazy, NamedFrom, PolarsResult, Series, lit};

use crate::feeds::Feed;
use crate::feeds::contract::Contract;
use crate::feeds::rows::Stretch;
use crate::indicators::measure::Stay;
use crate::measures::calendar::{date, midnight};
use crate::measures::census::{OPEN_DAY, OPEN_INSTANT};
use crate::measures::people::{Reads, Record, by_person};
use crate::measures::plan::{Convention, Level, timed};
use crate::measures::polars::{instant, local_day, named};

/// The day a stay starts, in days since 1970; null when not known.
pub(super) const FROM_DAY: &str = "@from_day";
/// The day it ends, [`OPEN_DAY`] when it has not; null when its start is not known.
pub(super) const TO_DAY: &str = "@to_day";
/// The instant it starts, in seconds.
pub(super) const FROM: &str = "@from";
/// The instant it ends, [`OPEN_INSTANT`] when it has not.
pub(super) const TO: &str = "@to";

/// Whether a stay takes part in the window asked for.
pub(super) const PART: &str = "@part";

/// The first four columns above.
fn ends(stay: &Stay, contract: &Contract) -> [Expr; 4] {
    let timed = timed(contract, &[&stay.from, &stay.to]);
    [
        local_day(&stay.from).alias(FROM_DAY),
        local_day(&stay.to).fill_null(lit(OPEN_DAY)).alias(TO_DAY),
        instant(&stay.from, timed).alias(FROM),
        instant(&stay.to, timed).fill_null(lit(OPEN_INSTANT)).alias(TO),
    ]
}

/// The columns that [`add`] reads.
pub(super) fn reads(stay: &Stay, contract: &Contract) -> Vec<String> {
    ends(stay, contract).iter().flat_map(named).collect()
}

/// Adds the first four columns above to some rows of a feed, with the ends that were recorded. Instants
/// are universal time when both columns carry a time of day, else whole days.
pub(super) fn add(rows: DataFrame, stay: &Stay, contract: &Contract) -> PolarsResult<DataFrame> {
    rows.lazy().with_columns(ends(stay, contract)).collect()
}

/// Which stays end where the same person's next one starts, and when: few as a rule.
#[derive(Debug, Clone)]
pub(super) struct Cuts(DataFrame);

/// Position of a row among all of the feed.
const ROW: &str = "@row";

impl Cuts {
    /// Of all rows of a feed; none where nobody is told apart.
    ///
    /// Every row takes part in ending earlier stays, whatever its area or the filters that follow.
    /// Rows without a person stand alone. A stay with an unknown start ends nobody's.
    pub(super) fn new(feed: &Feed, stay: &Stay) -> PolarsResult<Option<Self>> {
        let Some(person) = &stay.person else { return Ok(None) };
        let what = format!("stays from {} to {} of {person}", stay.from, stay.to);
        Ok(Some(Self(feed.derived.table(&what, || cuts(feed, stay, person))?)))
    }

    /// Ends the stays of a stretch of rows.
    pub(super) fn apply(&self, rows: &mut DataFrame, stretch: &Stretch) -> PolarsResult<()> {
        let at = self.0.column(ROW)?.u64()?;
        let at = at.cont_slice()?;
        let first = |row: usize| at.partition_point(|at| *at < row as u64);
        let own = first(stretch.rows.start)..first(stretch.rows.end);
        if own.is_empty() {
            return Ok(());
        }
        let mut days: Vec<Option<i32>> = rows.column(TO_DAY)?.i32()?.iter().collect();
        let mut ends: Vec<Option<i64>> = rows.column(TO)?.i64()?.iter().collect();
        let (cut_days, cut_ends) = (self.0.column(TO_DAY)?.i32()?, self.0.column(TO)?.i64()?);
        for cut in own {
            let row = usize::try_from(at[cut]).unwrap_or(usize::MAX) - stretch.rows.start;
            (days[row], ends[row]) = (cut_days.get(cut), cut_ends.get(cut));
        }
        rows.with_column(Column::from(Series::new(TO_DAY.into(), days)))?;
        rows.with_column(Column::from(Series::new(TO.into(), ends)))?;
        Ok(())
    }
}

/// The order of a person's stays is start, end, key.
fn cuts(feed: &Feed, stay: &Stay, person: &str) -> PolarsResult<DataFrame> {
    let [day, _, at, until] = ends(stay, &feed.contract);
    let reads = Reads { at, until, day, holds: lit(true) };
    let of_share = |records: &[Record]| -> Vec<(u32, i32, i64)> {
        let cut = |pair: &[Record]| {
            let (own, next) = (pair[0], pair[1]);
            let cut = own.person == next.person && next.at < own.until;
            cut.then_some((own.row, next.day, next.at))
        };
        records.windows(2).filter_map(cut).collect()
    };
    let mut all = Vec::new();
    by_person(feed, (person, &[]), reads, of_share, |cuts| all.extend(cuts))?;
    all.sort_unstable();
    let days: Vec<i32> = all.iter().map(|(_, day, _)| *day).collect();
    let ends: Vec<i64> = all.iter().map(|(_, _, end)| *end).collect();
    let rows: Vec<u64> = all.into_iter().map(|(row, _, _)| row.into()).collect();
    DataFrame::new(
        rows.len(),
        vec![
            Column::from(Series::new(ROW.into(), rows)),
            Column::from(Series::new(TO_DAY.into(), days)),
            Column::from(Series::new(TO.into(), ends)),
        ],
    )
}

/// A stay on one row, its end clipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// First day.
    pub(super) from_day: i32,
    /// Day of the end.
    pub(super) to_day: i32,
    /// First instant.
    pub(super) from: i64,
    /// Instant of the end.
    pub(super) to: i64,
}

/// The stay of each row; `None` where its start is not known.
pub(super) fn spans(rows: &DataFrame) -> PolarsResult<Vec<Option<Span>>> {
    let from_days = rows.column(FROM_DAY)?.i32()?;
    let to_days = rows.column(TO_DAY)?.i32()?;
    let (from, to) = (rows.column(FROM)?.i64()?, rows.column(TO)?.i64()?);
    Ok(from_days
        .iter()
        .zip(to_days.iter())
        .zip(from.iter().zip(to.iter()))
        .map(|((from_day, to_day), (from, to))| {
            Some(Span { from_day: from_day?, to_day: to_day?, from: from?, to: to? })
        })
        .collect())
}

/// A run of days in which stays take part, as a level of stays asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    level: Level,
    timed: bool,
    first: i32,
    last: i32,
    from: i64,
    to: i64,
}

impl Window {
    /// The days from the first to the last, both counted.
    pub(super) fn new(level: Level, timed: bool, first: i32, last: i32) -> Self {
        let at = |day: i32| date(day).map_or(i64::MAX, midnight);
        Self { level, timed, first, last, from: at(first), to: at(last.saturating_add(1)) }
    }

    /// A stay takes part where it has a bed day in the window; for `open` where it is open at the
    /// window's end; for the peak of timed stays where it is open at an instant of it. None takes
    /// part in a window that ends before it begins.
    pub(super) fn holds(&self, stay: Span) -> bool {
        if self.last < self.first {
            return false;
        }
        match self.level {
            Level::BedDays(Convention::Inclusive) => {
                stay.from_day <= self.last
                    && stay.to_day >= self.first
                    && stay.from_day <= stay.to_day
            }
            Level::Open => stay.from_day <= self.last && stay.to_day > self.last,
            Level::Peak if self.timed => {
                stay.from < self.to && stay.to > self.from && stay.from < stay.to
            }
            Level::BedDays(Convention::Mhsds) | Level::AverageOpen | Level::Peak => {
                stay.from_day <= self.last
                    && stay.to_day > self.first
                    && stay.from_day < stay.to_day
            }
        }
    }
}

/// Adds [`PART`]: in one of the windows; false where the start is not known.
pub(super) fn add_part(rows: &mut DataFrame, windows: &[Window]) -> PolarsResult<()> {
    let holds = |stay: Span| windows.iter().any(|window| window.holds(stay));
    let part: Vec<bool> = spans(rows)?.into_iter().map(|stay| stay.is_some_and(holds)).collect();
    rows.with_column(Column::from(Series::new(PART.into(), part)))?;
    Ok(())
}
