//! Who is who, without keeping names; and the rows of the same people together, some people at a time.

use std::collections::BTreeMap;

use polars::prelude::{Column, DataFrame, Expr, IntoLazy, PolarsResult};
use xxhash_rust::xxh3::xxh3_128;

use crate::feeds::Feed;
use crate::feeds::coded;
use crate::feeds::rows::Stretch;
use crate::measures::ids::Ids;
use crate::measures::polars::named;
use crate::measures::prepared::beside;
use crate::parallel;

/// Bytes that a row takes, about, while the rows of people are put together.
const ROW: usize = 64;

/// Shares that people are told apart into: few enough rows each to be sorted quickly.
const SHARES: usize = 256;

/// Stands for the text that tells a person apart, wherever it stands. Of a thousand million people two
/// have the same with a probability of one in 10²⁰ (n²/2¹²⁹).
pub(super) type Who = [u64; 2];

/// Who each row is of; `None` where it is not known.
pub(super) fn who(column: &Column) -> PolarsResult<Vec<Option<Who>>> {
    #[expect(clippy::cast_possible_truncation, reason = "one half after the other")]
    let halves = |hash: u128| [(hash >> 64) as u64, hash as u64];
    let texts = coded::texts(column)?;
    Ok(texts.str()?.iter().map(|text| Some(halves(xxh3_128(text?.as_bytes())))).collect())
}

/// A row of a person: what puts it in order among the others, and what is asked of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    pub(super) person: Who,
    /// When it begins.
    pub(super) at: i64,
    /// When it ends.
    pub(super) until: i64,
    /// The day on which it begins.
    pub(super) day: i32,
    /// Its position in the feed.
    pub(super) row: u32,
    /// Whether a condition holds.
    pub(super) holds: Option<bool>,
}

impl Record {
    fn time(&self) -> (Who, i64, i64) {
        (self.person, self.at, self.until)
    }

    fn same_time(&self, other: &Self) -> bool {
        self.time() == other.time()
    }
}

/// What is read of each row: when it begins and ends (Int64), its day (Int32) and whether a condition holds.
pub(super) struct Reads {
    pub(super) at: Expr,
    pub(super) until: Expr,
    pub(super) day: Expr,
    pub(super) holds: Expr,
}

/// Hands the rows whose person, day, begin and end are known to a function, all those of one person
/// together and some people at a time, side by side. Those of a person are in order of begin, end and the
/// row's key. What the function makes of them is taken in no order that says anything.
pub(super) fn by_person<R: Send>(
    feed: &Feed,
    (person, known): (&str, &[Column]),
    reads: Reads,
    of: impl Fn(&[Record]) -> R + Sync,
    mut take: impl FnMut(R),
) -> PolarsResult<()> {
    let asked = [
        reads.at.alias("@at"),
        reads.until.alias("@until"),
        reads.day.alias("@day"),
        reads.holds.alias("@holds"),
    ];
    let reads: Vec<String> = asked.iter().flat_map(named).chain([person.to_owned()]).collect();
    let reads: Vec<&str> = reads.iter().map(String::as_str).collect();
    if u32::try_from(feed.rows.height()).is_err() {
        let said = "people are told apart in up to 4 billion rows, and there are more";
        return Err(std::io::Error::other(said).into());
    }
    let rounds = feed.rows.rounds(ROW);
    for round in 0..rounds {
        let start = || Ok(vec![Vec::new(); SHARES]);
        let threads = parallel::fold(feed.rows.stretches(), start, |shares, stretch| {
            let add = |shares: &mut Vec<Vec<Record>>| -> PolarsResult<()> {
                let rows = beside(feed.rows.read(&stretch, Some(&reads))?, known, &stretch)?;
                let people = who(rows.column(person)?)?;
                let rows = rows.lazy().with_columns(asked.clone()).collect()?;
                share_out(&rows, people, &stretch, (round, rounds), shares)
            };
            if let Ok(so_far) = shares
                && let Err(error) = add(so_far)
            {
                *shares = Err(error);
            }
        });
        let threads: Vec<Vec<Vec<Record>>> = threads.into_iter().collect::<PolarsResult<_>>()?;
        let shares = parallel::map(turned(threads), |threads| {
            let mut records = threads.concat();
            records.sort_unstable_by_key(Record::time);
            records
        });
        let ids = ids(feed, &shares)?;
        let made = parallel::map(shares, |mut records| {
            for same in records.chunk_by_mut(Record::same_time).filter(|same| same.len() > 1) {
                same.sort_unstable_by_key(|one| (ids.get(&one.row), one.holds, one.row));
            }
            of(&records)
        });
        made.into_iter().for_each(&mut take);
    }
    Ok(())
}

/// Adds the rows of a stretch whose people have their turn in this round, each to its share.
fn share_out(
    rows: &DataFrame,
    people: Vec<Option<Who>>,
    stretch: &Stretch,
    (round, rounds): (u64, u64),
    shares: &mut [Vec<Record>],
) -> PolarsResult<()> {
    let (at, until) = (rows.column("@at")?.i64()?, rows.column("@until")?.i64()?);
    let (days, holds) = (rows.column("@day")?.i32()?, rows.column("@holds")?.bool()?);
    let moments = at.iter().zip(until.iter()).zip(days.iter()).zip(holds.iter());
    for ((person, (((at, until), day), holds)), row) in
        people.into_iter().zip(moments).zip(stretch.rows.clone())
    {
        let own = person.filter(|person| person[1] % rounds == round);
        let (Some(person), Some(at), Some(until), Some(day)) = (own, at, until, day) else {
            continue;
        };
        let share = usize::try_from(person[0] % SHARES as u64).unwrap_or_default();
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        shares[share].push(Record { person, at, until, day, row, holds });
    }
    Ok(())
}

/// The shares of all threads, share by share.
fn turned<T>(threads: Vec<Vec<T>>) -> Vec<Vec<T>> {
    let mut shares: Vec<Vec<T>> = (0..SHARES).map(|_| Vec::new()).collect();
    for thread in threads {
        for (share, own) in shares.iter_mut().zip(thread) {
            share.push(own);
        }
    }
    shares
}

/// The key of each row that begins and ends with another of its person, by its position: few as a rule.
fn ids(feed: &Feed, shares: &[Vec<Record>]) -> PolarsResult<BTreeMap<u32, String>> {
    let mut found = BTreeMap::new();
    if feed.contract.key.is_empty() {
        return Ok(found);
    }
    let several = shares.iter().flat_map(|records| records.chunk_by(Record::same_time));
    let several = several.filter(|same| same.len() > 1).flatten();
    let mut wanted: Vec<usize> = several.map(|record| record.row as usize).collect();
    wanted.sort_unstable();
    let names: Vec<&str> = feed.contract.key.iter().map(String::as_str).collect();
    for stretch in feed.rows.stretches() {
        let before = |end: usize| wanted.partition_point(|row| *row < end);
        let own = &wanted[before(stretch.rows.start)..before(stretch.rows.end)];
        if own.is_empty() {
            continue;
        }
        let ids = Ids::of(&feed.rows.read(&stretch, Some(&names))?, &feed.contract)?;
        for row in own {
            let id = ids.get(row - stretch.rows.start).to_owned();
            found.insert(u32::try_from(*row).unwrap_or(u32::MAX), id);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoColumn, NamedFrom, Series};

    use super::*;

    #[test]
    fn a_text_is_the_same_person_wherever_it_stands() {
        // as published with the algorithm: XXH3, 128 bits, no seed, no text
        let nothing = [0x99aa_06d3_0147_98d8, 0x6001_c324_468d_497f];
        let people = Series::new("p".into(), [Some("P1"), None, Some("P2"), Some("P1"), Some("")]);
        let who = who(&people.into_column()).unwrap();
        assert_eq!((who[0], who[1], who[4]), (who[3], None, Some(nothing)));
        assert_ne!(who[0], who[2]);
    }
}
