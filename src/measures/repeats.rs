//! Whether the person of an event had another within a window of days before.

use polars::prelude::{Column, DataType, IntoColumn, NamedFrom, PolarsResult, Series, lit};

use crate::feeds::Feed;
use crate::feeds::lowering::expression;
use crate::filter::Prior;
use crate::measures::calendar::day_number;
use crate::measures::people::{Reads, Record, by_person};
use crate::measures::plan::{Plan, timed};
use crate::measures::polars::{instant, local_day};

/// An event of a person, as far as others may be repeats of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Tells people apart: a number in two halves.
    pub person: [u64; 2],
    /// Its day, from any origin.
    pub day: i32,
    /// Whether others may be repeats of it; `None` where that is not known.
    pub counts: Option<bool>,
}

/// For each of some events, those of one person together and in order, whether another of the same person
/// came before it, no more than `days` days earlier: on the same day counts, and so does the day just
/// `days` days before. `None` where only an uncertain one did.
///
/// ```
/// use concordat::measures::repeats::{Event, repeats};
///
/// let event = |day| Event { person: [7, 0], day, counts: Some(true) };
/// let events = [event(10), event(100), event(191)];
/// // 90 days after the first; 91 days after the second
/// let found: Vec<_> = repeats(events.into_iter(), 90).collect();
/// assert_eq!(found, [Some(false), Some(true), Some(false)]);
/// ```
pub fn repeats(
    events: impl Iterator<Item = Event>,
    days: i32,
) -> impl Iterator<Item = Option<bool>> {
    let (mut person, mut known, mut possible) = (None, None, None);
    events.map(move |event| {
        if person != Some(event.person) {
            (person, known, possible) = (Some(event.person), None, None);
        }
        let near = |last: Option<i32>| {
            last.is_some_and(|last| i64::from(event.day) - i64::from(last) <= i64::from(days))
        };
        let found = match (near(known), near(possible)) {
            (true, _) => Some(true),
            (false, true) => None,
            (false, false) => Some(false),
        };
        match event.counts {
            Some(true) => known = Some(event.day),
            None => possible = Some(event.day),
            Some(false) => {}
        }
        found
    })
}

/// Adds a column for each [`Prior`] that the conditions of a plan ask for: true, false or unknown.
pub(super) fn add_priors(columns: &mut Vec<Column>, plan: &Plan, feed: &Feed) -> PolarsResult<()> {
    for prior in plan.priors() {
        let name = prior.column();
        if columns.iter().all(|column| column.name().as_str() != name) {
            let found = feed.derived.column(&name, || answers(columns, prior, feed))?;
            columns.push(found.with_name(name.into()));
        }
    }
    Ok(())
}

/// Whether each row's person had another within the window before, by the feed's event time.
fn answers(known: &[Column], prior: &Prior, feed: &Feed) -> PolarsResult<Column> {
    let time = feed.contract.event_time.as_deref().unwrap_or_default();
    let timed = timed(&feed.contract, &[time]);
    let reads = Reads {
        at: instant(time, timed),
        until: lit(0_i64).cast(DataType::Int64),
        day: local_day(time),
        holds: prior.among.as_deref().map_or_else(|| lit(true), expression),
    };
    let window = i32::try_from(prior.days).unwrap_or(i32::MAX);
    let data = feed.coverage.months.first().map(|month| day_number(month.first_day()));
    // before the data there may have been another
    let reaches = |day: i32| data.is_some_and(|data| day.saturating_sub(window) >= data);
    let of_share = |records: &[Record]| -> Vec<(u32, Option<bool>)> {
        let events = records.iter().map(|record| {
            let Record { person, day, holds, .. } = *record;
            Event { person, day, counts: holds }
        });
        let answer = |(record, again): (&Record, Option<bool>)| {
            (record.row, again.filter(|again| *again || reaches(record.day)))
        };
        records.iter().zip(repeats(events, window)).map(answer).collect()
    };
    let mut found = vec![None; feed.rows.height()];
    by_person(feed, (&prior.person, known), reads, of_share, |answers| {
        for (row, answer) in answers {
            found[row as usize] = answer;
        }
    })?;
    Ok(Series::new(prior.column().into(), found).into_column())
}
