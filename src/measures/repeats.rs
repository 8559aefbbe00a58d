//! Whether the person of an event had another within a window of days before.

use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy, NamedFrom, PolarsResult, Series, col, lit,
};

use crate::feeds::Feed;
use crate::feeds::lowering::expression;
use crate::filter::Prior;
use crate::measures::calendar::day_number;
use crate::measures::plan::{Plan, timed};
use crate::measures::polars::{instant, local_day};
use crate::measures::rows::keys;
use crate::measures::stays::ids;

/// An event of a person, as far as others may be repeats of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event<'a> {
    /// Tells people apart.
    pub person: u32,
    /// When it happened, in seconds or any other unit that grows.
    pub at: i64,
    /// Decides between events of one instant.
    pub id: &'a str,
    /// Its day, from any origin.
    pub day: i32,
    /// Whether others may be repeats of it; `None` where that is not known.
    pub counts: Option<bool>,
    /// Its position in the answer.
    pub row: usize,
}

/// For each row of `rows`, whether another event of the same person came before it, no more than
/// `days` days earlier: on the same day counts, and so does the day just `days` days before.
///
/// `None` where only an uncertain one did, and for rows without an event. The order is the
/// instant, then the id.
///
/// ```
/// use concordat::measures::repeats::{Event, repeats};
///
/// let event = |row, day: i32| Event { person: 7, at: day.into(), id: "", day, counts: Some(true), row };
/// let events = [event(0, 10), event(1, 100), event(2, 191)];
/// // 90 days after the first; 91 days after the second
/// assert_eq!(repeats(&events, 90, 3), [Some(false), Some(true), Some(false)]);
/// ```
pub fn repeats(events: &[Event<'_>], days: i32, rows: usize) -> Vec<Option<bool>> {
    let mut events = events.to_vec();
    events.sort_unstable();
    let mut found = vec![None; rows];
    let (mut person, mut known, mut possible) = (None, None, None);
    for event in events {
        if person != Some(event.person) {
            (person, known, possible) = (Some(event.person), None, None);
        }
        let near = |last: Option<i32>| {
            last.is_some_and(|last| i64::from(event.day) - i64::from(last) <= i64::from(days))
        };
        found[event.row] = match (near(known), near(possible)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        };
        match event.counts {
            Some(true) => known = Some(event.day),
            None => possible = Some(event.day),
            Some(false) => {}
        }
    }
    found
}

/// Adds a column for each [`Prior`] that the conditions of a plan ask for: true, false or unknown.
pub(super) fn add_priors(rows: &mut DataFrame, plan: &Plan, feed: &Feed) -> PolarsResult<()> {
    for prior in plan.priors() {
        let column = prior.column();
        if !rows.schema().contains(&column) {
            let found = answers(rows, prior, feed)?;
            rows.with_column(Column::from(Series::new(column.into(), found)))?;
        }
    }
    Ok(())
}

/// Whether each row's person had another within the window before, by the feed's event time.
fn answers(rows: &DataFrame, prior: &Prior, feed: &Feed) -> PolarsResult<Vec<Option<bool>>> {
    let contract = &feed.contract;
    let time = contract.event_time.as_deref().unwrap_or_default();
    let timed = timed(contract, &[time]);
    let among = prior.among.as_deref().map_or_else(|| lit(true), expression);
    let read = rows
        .clone()
        .lazy()
        .with_columns([
            col(prior.person.as_str()).cast(DataType::String).alias("@person"),
            local_day(time).alias("@day"),
            instant(time, timed).alias("@at"),
            among.alias("@among"),
        ])
        .select([col("@person"), col("@day"), col("@at"), col("@among")])
        .collect()?;
    let people = keys(read.column("@person")?)?;
    let ids = ids(rows, contract)?;
    let (at, days) = (read.column("@at")?.i64()?, read.column("@day")?.i32()?);
    let among = read.column("@among")?.bool()?;
    let events: Vec<Event<'_>> = people
        .iter()
        .zip(at.iter().zip(days.iter()))
        .zip(among.iter())
        .enumerate()
        .filter_map(|(row, ((person, (at, day)), counts))| {
            let id = ids.get(row).map_or("", String::as_str);
            Some(Event { person: (*person)?, at: at?, id, day: day?, counts, row })
        })
        .collect();
    let window = i32::try_from(prior.days).unwrap_or(i32::MAX);
    let mut found = repeats(&events, window, rows.height());
    let data = feed.coverage.months.first().map(|month| day_number(month.first_day()));
    for event in &events {
        // before the data there may have been another
        let reaches = data.is_some_and(|data| event.day.saturating_sub(window) >= data);
        if found[event.row] == Some(false) && !reaches {
            found[event.row] = None;
        }
    }
    Ok(found)
}
