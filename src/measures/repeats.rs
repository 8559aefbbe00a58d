//! Whether the person of an event had another within a window of days before.

use polars::prelude::{Column, DataType, IntoColumn, NamedFrom, PolarsResult, Series, lit};

use crate::feeds::Feed;
use crate::feeds::lowering::expression;
use crate::filter::Prior;
use crate::measures::calendar::day_number;
use crate::measures::people::{self, Block, Reads, Record, by_person};
use crate::measures::plan::{Plan, timed};
use crate::measures::polars::{instant, local_day};

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

/// For each event, by its row, whether another of the same person came before it, no more than
/// `days` days earlier: on the same day counts, and so does the day just `days` days before.
///
/// `None` where only an uncertain one did. The order is the instant, then the id.
///
/// ```
/// use concordat::measures::repeats::{Event, repeats};
///
/// let event = |row, day: i32| Event { person: 7, at: day.into(), id: "", day, counts: Some(true), row };
/// let events = vec![event(0, 10), event(1, 100), event(2, 191)];
/// // 90 days after the first; 91 days after the second
/// assert_eq!(repeats(events, 90), [(0, Some(false)), (1, Some(true)), (2, Some(false))]);
/// ```
pub fn repeats(mut events: Vec<Event<'_>>, days: i32) -> Vec<(usize, Option<bool>)> {
    events.sort_unstable();
    let (mut person, mut known, mut possible) = (None, None, None);
    let answer = |event: Event<'_>| {
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
        (event.row, found)
    };
    events.into_iter().map(answer).collect()
}

/// Adds a column for each [`Prior`] that the conditions of a plan ask for: true, false or unknown.
pub(super) fn add_priors(columns: &mut Vec<Column>, plan: &Plan, feed: &Feed) -> PolarsResult<()> {
    for prior in plan.priors() {
        let name = prior.column();
        if columns.iter().all(|column| column.name().as_str() != name) {
            let people = people::numbers(feed, &prior.person)?;
            let made = || answers((&people, columns), prior, feed);
            let found = feed.derived.column(&name, made)?;
            columns.push(found.with_name(name.into()));
        }
    }
    Ok(())
}

/// Whether each row's person had another within the window before, by the feed's event time.
fn answers(known: (&Column, &[Column]), prior: &Prior, feed: &Feed) -> PolarsResult<Column> {
    let time = feed.contract.event_time.as_deref().unwrap_or_default();
    let timed = timed(&feed.contract, &[time]);
    let reads = Reads {
        at: instant(time, timed),
        until: lit(0_i64).cast(DataType::Int64),
        day: local_day(time),
        holds: prior.among.as_deref().map_or_else(|| lit(true), expression),
    };
    let window = i32::try_from(prior.days).unwrap_or(i32::MAX);
    let of_share = |blocks: &[Block]| -> Vec<(usize, Option<bool>)> {
        let records: Vec<_> = blocks.iter().flat_map(Block::records).collect();
        let events = records.iter().copied().enumerate().map(|(row, (_, id, record))| {
            let Record { person, at, day, holds, .. } = *record;
            Event { person, at, id, day, counts: holds, row }
        });
        let data = feed.coverage.months.first().map(|month| day_number(month.first_day()));
        let answer = |(at, answer): (usize, Option<bool>)| {
            let (row, _, record) = records[at];
            // before the data there may have been another
            let first = record.day.saturating_sub(window);
            let reaches = data.is_some_and(|data| first >= data);
            (row, answer.filter(|answer| *answer || reaches))
        };
        repeats(events.collect(), window).into_iter().map(answer).collect()
    };
    let mut found = vec![None; feed.rows.height()];
    by_person(feed, known, reads, of_share, |answers| {
        for (row, answer) in answers {
            found[row] = answer;
        }
    })?;
    Ok(Series::new(prior.column().into(), found).into_column())
}
