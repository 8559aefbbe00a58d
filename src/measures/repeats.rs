//! Whether the person of an event had another within a window of days before.

use polars::prelude::{Column, IntoColumn, IntoLazy, NamedFrom, PolarsResult, Series, lit};

use crate::feeds::Feed;
use crate::feeds::lowering::expression;
use crate::filter::Prior;
use crate::measures::calendar::day_number;
use crate::measures::ids::Ids;
use crate::measures::plan::{Plan, timed};
use crate::measures::polars::{instant, local_day, named};
use crate::measures::rows::keys;
use crate::parallel;

/// How many rows people are taken of at a time, about.
const SHARE: usize = 1 << 19;

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
            let found = feed.derived.column(&name, || answers(columns, prior, feed))?;
            columns.push(found.with_name(name.into()));
        }
    }
    Ok(())
}

/// Whether each row's person had another within the window before, by the feed's event time. People are
/// taken some at a time, side by side.
fn answers(known: &[Column], prior: &Prior, feed: &Feed) -> PolarsResult<Column> {
    let contract = &feed.contract;
    let time = contract.event_time.as_deref().unwrap_or_default();
    let timed = timed(contract, &[time]);
    let among = prior.among.as_deref().map_or_else(|| lit(true), expression);
    let asked =
        [local_day(time).alias("@day"), instant(time, timed).alias("@at"), among.alias("@among")];
    let reads: Vec<String> = asked.iter().flat_map(named).collect();
    let mut names: Vec<&str> = reads.iter().chain(&contract.key).map(String::as_str).collect();
    names.push(&prior.person);
    let mut rows = feed.rows.columns(&names)?;
    for column in known {
        rows.with_column(column.clone())?;
    }
    let mut read = rows.clone().lazy().select(asked).collect()?;
    read.rechunk_mut();
    let people = keys(rows.column(&prior.person)?)?;
    let people = people.u32()?;
    let ids = Ids::of(&rows, contract)?;
    let (at, days) = (read.column("@at")?.i64()?, read.column("@day")?.i32()?);
    // one answer for all rows where none is asked of the other
    let among = read.column("@among")?.as_materialized_series().clone();
    let among = among.bool()?;
    let counts = |row: usize| among.get(if among.len() == 1 { 0 } else { row });
    let window = i32::try_from(prior.days).unwrap_or(i32::MAX);
    let shares = u32::try_from(rows.height() / SHARE).unwrap_or(u32::MAX).saturating_add(1);
    let of_share = |share: u32| {
        let own = |(row, person): (usize, Option<u32>)| {
            let person = person.filter(|person| person % shares == share)?;
            let (at, day) = (at.get(row)?, days.get(row)?);
            Some(Event { person, at, id: ids.get(row), day, counts: counts(row), row })
        };
        repeats(people.iter().enumerate().filter_map(own).collect(), window)
    };
    let data = feed.coverage.months.first().map(|month| day_number(month.first_day()));
    let mut found = vec![None; rows.height()];
    for (row, answer) in parallel::map((0..shares).collect(), of_share).into_iter().flatten() {
        // before the data there may have been another
        let first = days.get(row).map(|day| day.saturating_sub(window));
        let reaches = data.zip(first).is_some_and(|(data, first)| first >= data);
        found[row] = answer.filter(|answer| *answer || reaches);
    }
    Ok(Series::new(prior.column().into(), found).into_column())
}
