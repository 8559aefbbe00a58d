//! Whether the person of an event had another within a window of days before.

use polars::prelude::{
    Column, DataFrame, DataType, IntoLazy, NamedFrom, PolarsResult, Series, col, lit,
};

use crate::feeds::contract::Contract;
use crate::feeds::lowering::expression;
use crate::measures::plan::{Repeat, timed};
use crate::measures::polars::{INSIDE, OUTCOME, OUTSIDE, UNDECIDED, instant, local_day};
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
    /// False where it is not known whether it is such an event.
    pub certain: bool,
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
/// let event = |row, day: i32| Event { person: 7, at: day.into(), id: "", day, certain: true, row };
/// let events = vec![event(0, 10), event(1, 100), event(2, 191)];
/// // 90 days after the first; 91 days after the second
/// assert_eq!(repeats(events, 90, 3), [Some(false), Some(true), Some(false)]);
/// ```
pub fn repeats(mut events: Vec<Event<'_>>, days: i32, rows: usize) -> Vec<Option<bool>> {
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
        *(if event.certain { &mut known } else { &mut possible }) = Some(event.day);
    }
    found
}

/// Adds [`OUTCOME`]: inside where the row is a repeat, undecided where its person or time is not
/// known, or where only a row that may not count came before.
///
/// Events are the rows of the measure, whatever their area and the indicator's own filter.
pub(super) fn add_outcome(
    rows: &DataFrame,
    repeat: &Repeat,
    time: &str,
    contract: &Contract,
) -> PolarsResult<DataFrame> {
    let timed = timed(contract, &[time]);
    let among = repeat.among.as_ref().map_or_else(|| lit(true), expression);
    let mut rows = rows.clone();
    let read = rows
        .clone()
        .lazy()
        .select([
            col(repeat.person.as_str()).cast(DataType::String).alias("person"),
            local_day(time).alias("day"),
            instant(time, timed).alias("at"),
            among.alias("among"),
        ])
        .collect()?;
    let people = keys(&read, "person")?;
    let ids = ids(&rows, contract)?;
    // a condition without columns is one value for all rows
    let among = read.column("among")?.bool()?;
    let (at, days) = (read.column("at")?.i64()?, read.column("day")?.i32()?);
    let events = people
        .iter()
        .zip(at.iter().zip(days.iter()))
        .zip(among.iter())
        .enumerate()
        .filter_map(|(row, ((person, (at, day)), among))| {
            let certain = among == Some(true);
            let id = ids.get(row).map_or("", String::as_str);
            let counts = among != Some(false);
            counts.then_some(Event { person: (*person)?, at: at?, id, day: day?, certain, row })
        })
        .collect();
    let outcomes: Vec<i32> = repeats(events, repeat.days, rows.height())
        .into_iter()
        .map(|found| match found {
            Some(true) => INSIDE,
            Some(false) => OUTSIDE,
            None => UNDECIDED,
        })
        .collect();
    rows.with_column(Column::from(Series::new(OUTCOME.into(), outcomes)))?;
    Ok(rows)
}
