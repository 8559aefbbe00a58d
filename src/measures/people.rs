//! Who is who, and the rows of the same people together, some people at a time.

use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use foldhash::quality::FixedState;
use foldhash::{HashMap, HashMapExt};
use polars::prelude::{
    Column, DataFrame, Expr, IntoColumn, IntoLazy, IntoSeries, NewChunkedArray, PolarsError,
    PolarsResult, UInt32Chunked,
};

use crate::feeds::Feed;
use crate::feeds::coded;
use crate::feeds::rows::Stretch;
use crate::measures::ids::Ids;
use crate::measures::polars::named;
use crate::measures::prepared::beside;
use crate::parallel;

/// Bytes that a person takes, about, while people are numbered.
const PERSON: usize = 64;

/// Bytes that a row takes, about, while the rows of people are put together.
const ROW: usize = 64;

/// How many rows people are taken of at a time, about.
const SHARE: usize = 1 << 19;

/// Which people are numbered together.
const HASHER: FixedState = FixedState::with_seed(7);

/// No number of anybody.
const NOBODY: u32 = u32::MAX;

/// A number for each row that tells people apart by a column, worked out once for a feed; which number
/// somebody has says nothing.
///
/// People are numbered in tables, each with a share of them, side by side, and where memory asks for it
/// in several rounds.
pub(super) fn numbers(feed: &Feed, column: &str) -> PolarsResult<Column> {
    feed.derived.column(&format!("who is who by {column}"), || numbered(feed, column))
}

fn numbered(feed: &Feed, column: &str) -> PolarsResult<Column> {
    let mut found = vec![NOBODY; feed.rows.height()];
    let rounds = feed.rows.rounds(PERSON);
    let tables = 4 * parallel::threads() as u64;
    for round in 0..rounds {
        let known: Vec<Mutex<HashMap<Box<str>, u64>>> =
            (0..tables).map(|_| Mutex::new(HashMap::new())).collect();
        let read = |stretch: Stretch| {
            let rows = feed.rows.read(&stretch, Some(&[column]))?;
            let texts = coded::texts(rows.column(column)?)?;
            let mut shares = vec![Vec::new(); known.len()];
            for (row, text) in texts.str()?.iter().enumerate() {
                let Some(text) = text else { continue };
                let hash = HASHER.hash_one(text);
                if hash % rounds == round {
                    let table = usize::try_from(hash / rounds % tables).unwrap_or_default();
                    shares[table].push((row, text));
                }
            }
            let mut own = Vec::with_capacity(shares.iter().map(Vec::len).sum());
            for (table, (known, share)) in (0..).zip(known.iter().zip(shares)) {
                let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
                for (row, text) in share {
                    let next = known.len() as u64;
                    let number = match known.get(text) {
                        Some(number) => *number,
                        None => *known.entry(text.into()).or_insert(next),
                    };
                    let number = (number * tables + table) * rounds + round;
                    let number = u32::try_from(number).ok().filter(|number| *number != NOBODY);
                    let number = number.ok_or_else(|| {
                        PolarsError::from(std::io::Error::other("more people than numbers"))
                    })?;
                    own.push((stretch.rows.start + row, number));
                }
            }
            Ok(own)
        };
        parallel::in_order(feed.rows.stretches(), read, |own| {
            for (row, number) in own {
                found[row] = number;
            }
            PolarsResult::Ok(())
        })?;
    }
    let numbers = found.into_iter().map(|number| (number != NOBODY).then_some(number));
    Ok(UInt32Chunked::from_iter_options("".into(), numbers).into_series().into_column())
}

/// What puts a row of a person in order among the others, and what is asked of it.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) person: u32,
    /// Its position in the feed.
    row: u32,
    /// When it begins.
    pub(super) at: i64,
    /// When it ends.
    pub(super) until: i64,
    /// The day on which it begins.
    pub(super) day: i32,
    /// Whether a condition holds.
    pub(super) holds: Option<bool>,
    /// Where the text that tells it from others of its instant ends.
    id: u32,
}

/// Some records.
#[derive(Debug, Default)]
pub(super) struct Block {
    records: Vec<Record>,
    ids: String,
}

impl Block {
    fn push(&mut self, id: &str, mut record: Record) {
        self.ids.push_str(id);
        record.id = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.records.push(record);
    }

    /// Each record with its position in the feed and the key of its row.
    pub(super) fn records(&self) -> impl Iterator<Item = (usize, &str, &Record)> {
        let mut from = 0;
        self.records.iter().map(move |record| {
            let id = self.ids.get(from..record.id as usize).unwrap_or_default();
            from = record.id as usize;
            (record.row as usize, id, record)
        })
    }
}

/// What is read of each row: when it begins and ends (Int64), its day (Int32) and whether a condition holds.
pub(super) struct Reads {
    pub(super) at: Expr,
    pub(super) until: Expr,
    pub(super) day: Expr,
    pub(super) holds: Expr,
}

/// Hands the rows whose person, day, begin and end are known to a function, all those of one person together
/// and some people at a time, side by side; what it makes of them is taken in no order that says anything.
pub(super) fn by_person<R: Send>(
    feed: &Feed,
    (people, known): (&Column, &[Column]),
    reads: Reads,
    of: impl Fn(&[Block]) -> R + Sync,
    mut take: impl FnMut(R) + Send,
) -> PolarsResult<()> {
    let asked = [
        reads.at.alias("@at"),
        reads.until.alias("@until"),
        reads.day.alias("@day"),
        reads.holds.alias("@holds"),
    ];
    let names: Vec<String> =
        asked.iter().flat_map(named).chain(feed.contract.key.iter().cloned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let people = [people.clone().with_name("@person".into())];
    let rounds = feed.rows.rounds(ROW);
    let shares = (feed.rows.height() as u64 / rounds / SHARE as u64 + 1).max(1);
    for round in 0..rounds {
        let read = |stretch: Stretch| {
            let rows = feed.rows.read(&stretch, Some(&names))?;
            let rows = beside(beside(rows, known, &stretch)?, &people, &stretch)?;
            let ids = Ids::of(&rows, &feed.contract)?;
            let rows = rows.lazy().with_columns(asked.clone()).collect()?;
            blocks(&rows, &ids, stretch.rows.start, (round, rounds, shares))
        };
        let mut all: Vec<Vec<Block>> = (0..shares).map(|_| Vec::new()).collect();
        parallel::in_order(feed.rows.stretches(), read, |blocks| {
            for (share, block) in all.iter_mut().zip(blocks) {
                if !block.records.is_empty() {
                    share.push(block);
                }
            }
            PolarsResult::Ok(())
        })?;
        let made = parallel::in_order(
            all,
            |blocks| Ok(of(&blocks)),
            |found| {
                take(found);
                PolarsResult::Ok(())
            },
        );
        made?;
    }
    Ok(())
}

/// The rows of a round, by the share of people that theirs is of.
fn blocks(
    rows: &DataFrame,
    ids: &Ids,
    from: usize,
    (round, rounds, shares): (u64, u64, u64),
) -> PolarsResult<Vec<Block>> {
    let mut blocks: Vec<Block> = (0..shares).map(|_| Block::default()).collect();
    let people = rows.column("@person")?.u32()?;
    let (at, until) = (rows.column("@at")?.i64()?, rows.column("@until")?.i64()?);
    let (days, holds) = (rows.column("@day")?.i32()?, rows.column("@holds")?.bool()?);
    let times = at.iter().zip(until.iter()).zip(days.iter()).zip(holds.iter());
    for (row, (person, (((at, until), day), holds))) in people.iter().zip(times).enumerate() {
        let own = person.filter(|person| u64::from(*person) % rounds == round);
        let (Some(person), Some(at), Some(until), Some(day)) = (own, at, until, day) else {
            continue;
        };
        let share = usize::try_from(u64::from(person) / rounds % shares).unwrap_or_default();
        let position = u32::try_from(from + row).unwrap_or(u32::MAX);
        let record = Record { person, row: position, at, until, day, holds, id: 0 };
        blocks[share].push(ids.get(row), record);
    }
    Ok(blocks)
}
