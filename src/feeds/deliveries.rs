//! One delivered file at a time: bytes to the rows that stay.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars::prelude::{DataFrame, PolarsResult};
use sha2::{Digest, Sha256};

use super::batch::{self, Batch};
use super::contract::Contract;
use super::convert::{Cells, Rules};
use super::csv::Csv;
use super::doubts::Doubts;
use super::fate::Fate;
use super::fault::Fault;
use super::files;
use super::headings::{self, Claims};
use super::large::Large;
use super::marks::Marking;
use super::order::Order;
use super::periods::{self, Said};
use super::records::Records;
use super::rows::spool::Spool;
use super::table::{Headings, Table};
use super::tally::{Tally, Why};
use crate::period::{Month, Period};
use crate::quality::Delivered;

mod arrived;
mod aside;
mod columns;
mod guard;
mod parts;
mod raw;
mod stretches;

pub(crate) use arrived::arrived;
pub(crate) use aside::as_delivered;
use guard::guarded;
pub(crate) use raw::{Raw, is_text};

/// How many rows are read at a time.
const BATCH: usize = 1 << 17;

/// What stands between fields in files that nobody declared.
pub(crate) const DELIMITERS: [(u8, &str); 4] =
    [(b',', ","), (b';', ";"), (b'\t', "\\t"), (b'|', "|")];

/// One delivered file and what became of its rows so far.
#[derive(Debug, Default)]
pub(crate) struct Delivery {
    /// Path relative to the workspace.
    pub(crate) file: String,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
    /// Rows below the headings.
    pub(crate) rows_read: u64,
    /// Rows set aside.
    pub(crate) set_aside: Tally,
    /// Doubts about rows.
    pub(crate) doubts: Doubts,
    /// Doubts about the file as a whole.
    pub(crate) doubts_of_file: Vec<Why>,
    /// What the dates of each column say about the order of day and month.
    pub(crate) orders: BTreeMap<String, Order>,
    /// Columns without a heading.
    pub(crate) absent: Vec<String>,
    /// Headings no column claims.
    pub(crate) unknown_headings: Vec<String>,
    /// The period of the whole file.
    pub(crate) period: Option<Period>,
    /// When it came.
    pub(crate) delivered: Option<Delivered>,
    /// Months that it has rows of.
    pub(crate) months: BTreeSet<Month>,
    /// By column, rows of earlier files whose value it changed, and those that had none.
    pub(crate) revised: BTreeMap<String, (u64, u64)>,
    /// Why it cannot be read.
    pub(crate) problems: Vec<Fault>,
}

impl Delivery {
    /// Adds what became of the rows of a later part of the file.
    fn join(&mut self, later: Self) {
        self.rows_read += later.rows_read;
        self.set_aside.join(later.set_aside);
        self.doubts.join(later.doubts);
        for (column, order) in later.orders {
            self.orders.entry(column).or_default().add(order);
        }
    }
}

/// What every file of a feed is read with.
#[derive(Debug)]
struct Reader<'a> {
    contract: &'a Contract,
    rules: &'a Rules<'a>,
    /// Columns without which nothing can be read.
    needed: Vec<&'a str>,
    /// Which file of the feed it is.
    position: u32,
    marking: Marking<'a>,
    /// The only lines whose rows are read.
    only: Option<&'a BTreeSet<u32>>,
}

/// A file that is about to be read.
enum Opened {
    /// In parts.
    Large(Large),
    /// All of it.
    Whole(Vec<u8>),
}

/// Reads one file; the rows that stay go into the spool, [marked](super::marks).
pub(crate) fn read(
    contract: &Contract,
    root: &Path,
    name: &str,
    (position, (rules, marking)): (u32, (&Rules, Marking<'_>)),
    spool: &mut Spool<'_>,
) -> Delivery {
    let file = format!("data/{}/{name}", contract.id);
    let mut delivery = Delivery { file, ..Delivery::default() };
    let reader = Reader { position, marking, ..Reader::new(contract, rules) };
    let read = reader.read(root, name, &mut delivery, spool);
    let contradictions =
        delivery.orders.iter().filter_map(|(column, order)| order.contradiction(column));
    delivery.problems.extend(contradictions.collect::<Vec<Fault>>());
    delivery.problems.extend(read.err());
    delivery
}

/// The rows on some lines of a file that was read before, with all their columns.
pub(crate) fn read_again(
    contract: &Contract,
    root: &Path,
    name: &str,
    position: u32,
    (rules, lines): (&Rules, &BTreeSet<u32>),
) -> Result<Vec<DataFrame>, Fault> {
    let reader = Reader { position, only: Some(lines), ..Reader::new(contract, rules) };
    let file = format!("data/{}/{name}", contract.id);
    let mut spool = Spool::held();
    reader.read(root, name, &mut Delivery { file, ..Delivery::default() }, &mut spool)?;
    Ok(spool.into_frames())
}

/// Bytes as they are written for people.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 0xF] {
            text.extend(char::from_digit(u32::from(digit), 16));
        }
    }
    text
}

/// The columns without which nothing can be read.
fn needed(contract: &Contract) -> Vec<&str> {
    let spread = contract.reading.spread.as_ref();
    let mut needed: Vec<&str> = contract.key.iter().map(String::as_str).collect();
    needed.extend(contract.area.as_deref());
    needed.extend(contract.event_time.as_deref());
    needed.extend(spread.into_iter().flat_map(|s| [s.names.as_str(), s.values.as_str()]));
    let required = contract.reading.columns.iter().filter(|source| source.required);
    needed.extend(required.map(|source| source.name.as_str()));
    needed
}

impl<'a> Reader<'a> {
    /// Reads the first file, whole.
    fn new(contract: &'a Contract, rules: &'a Rules<'a>) -> Self {
        let needed = needed(contract);
        Self { contract, rules, needed, position: 0, marking: Marking::default(), only: None }
    }

    fn read(
        &self,
        root: &Path,
        name: &str,
        delivery: &mut Delivery,
        spool: &mut Spool<'_>,
    ) -> Result<(), Fault> {
        let reading = &self.contract.reading;
        let opened = match Large::look(root, &delivery.file, reading)? {
            Some(large) => Opened::Large(large),
            None => Opened::Whole(files::bytes(root, &delivery.file)?),
        };
        if let Some(source) = &reading.period {
            delivery.period = periods::in_name(source, name)?;
        }
        let bytes = match opened {
            Opened::Whole(bytes) => bytes,
            Opened::Large(large) => {
                let mark = spool.mark();
                if let Some(read) = self.large(&large, delivery, spool) {
                    return read;
                }
                spool.back(mark);
                files::bytes(root, &delivery.file)?
            }
        };
        delivery.sha256 = hexadecimal(&Sha256::digest(&bytes));
        let length = bytes.len() as u64;
        self.file(name, bytes, delivery, spool)?;
        spool.told(length);
        Ok(())
    }

    fn file(
        &self,
        name: &str,
        bytes: Vec<u8>,
        delivery: &mut Delivery,
        spool: &mut Spool<'_>,
    ) -> Result<(), Fault> {
        match Raw::open(name, bytes, &self.contract.reading)? {
            Raw::Text(text) => self.table(self.delimited(&text)?, delivery, spool),
            Raw::Sheet(sheet) => self.table(self.open(Records::Sheet(sheet))?, delivery, spool),
            Raw::Columns(file) => self.columns(&file, delivery, spool),
        }
    }

    fn table(
        &self,
        table: Table,
        delivery: &mut Delivery,
        spool: &mut Spool<'_>,
    ) -> Result<(), Fault> {
        self.rows(table, None, delivery, spool).unwrap_or(Ok(()))
    }

    fn claim(&self, headings: &Headings) -> Claims {
        headings::claim(&self.contract.reading, &self.needed, headings)
    }

    fn open<'b>(&'b self, records: Records<'b>) -> Result<Table<'b>, Fault> {
        let complete = |headings: &Headings| self.claim(headings).complete;
        Table::open(records, &self.contract.reading.table, complete)
    }

    /// A text by the declared delimiter under which its headings are found.
    fn delimited<'b>(&'b self, text: &'b str) -> Result<Table<'b>, Fault> {
        let by = |delimiter| self.open(Records::Csv(Csv::new(text, delimiter)));
        let complete = |table: &Table| self.claim(&table.headings).complete;
        let declared = &self.contract.reading.delimiters;
        let mut found = Vec::new();
        for delimiter in declared {
            if let Ok(table) = by(*delimiter)
                && complete(&table)
            {
                found.push(table);
            }
        }
        match (found.pop(), found.is_empty()) {
            (Some(table), true) => return Ok(table),
            (Some(_), false) => {
                return Err(Fault::new("the headings are found by more than one delimiter")
                    .help("leave one in `delimiter` of the contract"));
            }
            (None, _) => {}
        }
        let others = DELIMITERS.iter().filter(|(byte, _)| !declared.contains(byte));
        for (delimiter, written) in others {
            if by(*delimiter).is_ok_and(|table| complete(&table)) {
                return Err(Fault::new(format!("the fields are parted by `{written}`"))
                    .help(format!("declare it in the contract: delimiter = \"{written}\"")));
            }
        }
        by(declared.first().copied().unwrap_or(b','))
    }

    /// Which field belongs to which column; `None` with problems where nothing can be read.
    fn claims(&self, headings: &Headings, delivery: &mut Delivery) -> Option<Claims> {
        let claims = self.claim(headings);
        delivery.unknown_headings.clone_from(&claims.unknown);
        delivery.problems.clone_from(&claims.problems);
        let sources = self.contract.reading.columns.iter();
        let absent = sources.zip(&claims.columns).filter(|(_, pick)| pick.is_none());
        delivery.absent = absent.map(|(source, _)| source.name.clone()).collect();
        claims.problems.is_empty().then_some(claims)
    }

    fn periods(&self, of_file: Option<Period>, cells: &[Cells], lines: &[u32]) -> Vec<Said> {
        match (&self.contract.reading.period, of_file) {
            (_, Some(period)) => vec![Said::Period(period); lines.len()],
            (Some(source), None) => periods::in_rows(source, cells),
            (None, None) => Vec::new(),
        }
    }

    fn typed(&self, batch: &Batch, delivery: &mut Delivery) -> Result<DataFrame, Fault> {
        let mut fate = Fate {
            lines: &batch.lines,
            aside: vec![false; batch.lines.len()],
            set_aside: &mut delivery.set_aside,
            doubts: &mut delivery.doubts,
            orders: &mut delivery.orders,
        };
        let frame = batch::frame(self.contract, self.rules, self.position, batch, &mut fate);
        let marked = frame.and_then(|frame| self.marking.mark(self.contract, frame));
        marked.map_err(|error| Fault::new(error.to_string()))
    }
}

/// A table without rows that has the contract's columns.
pub(crate) fn nothing(
    contract: &Contract,
    rules: &Rules,
    marking: Marking<'_>,
) -> PolarsResult<DataFrame> {
    let cells = vec![Cells::Absent; contract.reading.columns.len()];
    let batch = Batch { cells, ..Batch::default() };
    let mut fate = Fate {
        lines: &[],
        aside: Vec::new(),
        set_aside: &mut Tally::default(),
        doubts: &mut Doubts::default(),
        orders: &mut BTreeMap::new(),
    };
    marking.mark(contract, batch::frame(contract, rules, 0, &batch, &mut fate)?)
}
