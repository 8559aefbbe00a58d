//! One delivered file at a time: bytes to the rows that stay.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars::prelude::{DataFrame, PolarsResult};
use sha2::{Digest, Sha256};

use super::batch::{self, Batch};
use super::contract::Contract;
use super::convert::{Cells, Rules};
use super::csv::Csv;
use super::fate::Fate;
use super::fault::Fault;
use super::files;
use super::headings::{self, Claims, Pick};
use super::limits;
use super::order::Order;
use super::periods::{self, Said};
use super::records::Records;
use super::table::{Headings, Table, Wanted};
use super::tally::{Tally, Why};
use crate::parallel;
use crate::period::{Month, Period};
use crate::quality::Delivered;

mod arrived;
mod aside;
mod columns;
mod guard;
mod raw;

pub(crate) use arrived::arrived;
pub(crate) use aside::as_delivered;
use columns::Columns;
use guard::guarded;
pub(crate) use raw::Raw;

/// How many rows are read at a time.
const BATCH: usize = 1 << 17;

/// How many bytes of a text without quotes one thread reads at a time.
const PART: usize = 4 << 20;

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
    /// Doubts about rows: line, why and column.
    pub(crate) doubts: Vec<(u32, Why, String)>,
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
        self.doubts.extend(later.doubts);
        for (column, order) in later.orders {
            self.orders.entry(column).or_default().add(order);
        }
    }
}

/// Some of a file's rows.
struct Part {
    frames: Result<Vec<DataFrame>, Fault>,
    /// What became of them.
    delivery: Delivery,
    /// Fields without a heading, and rows in which they hold something.
    unnamed: BTreeMap<usize, u64>,
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
}

/// Reads one file; the tables hold the rows that stay.
pub(crate) fn read(
    contract: &Contract,
    root: &Path,
    name: &str,
    position: u32,
    rules: &Rules,
) -> (Delivery, Vec<DataFrame>) {
    let file = format!("data/{}/{name}", contract.id);
    let mut delivery = Delivery { file, ..Delivery::default() };
    let frames = files::bytes(root, &delivery.file).and_then(|bytes| {
        delivery.sha256 = hexadecimal(&Sha256::digest(&bytes));
        if let Some(source) = &contract.reading.period {
            delivery.period = periods::in_name(source, name)?;
        }
        let reader = Reader { contract, rules, needed: needed(contract), position };
        reader.file(name, bytes, &mut delivery)
    });
    let contradictions =
        delivery.orders.iter().filter_map(|(column, order)| order.contradiction(column));
    delivery.problems.extend(contradictions.collect::<Vec<Fault>>());
    match frames {
        Ok(frames) if delivery.problems.is_empty() => (delivery, frames),
        failed => {
            delivery.problems.extend(failed.err());
            (delivery, Vec::new())
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
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

impl Reader<'_> {
    fn file(
        &self,
        name: &str,
        bytes: Vec<u8>,
        delivery: &mut Delivery,
    ) -> Result<Vec<DataFrame>, Fault> {
        match Raw::open(name, bytes, &self.contract.reading)? {
            Raw::Text(text) => self.rows(self.delimited(&text)?, delivery),
            Raw::Sheet(sheet) => self.rows(self.open(Records::Sheet(sheet))?, delivery),
            Raw::Columns(columns) => self.columns(&columns, delivery),
        }
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

    fn rows(&self, table: Table, delivery: &mut Delivery) -> Result<Vec<DataFrame>, Fault> {
        let reading = &self.contract.reading;
        if let Some(source) = &reading.period {
            delivery.period = delivery.period.or(periods::in_titles(source, &table.titles)?);
        }
        let Some(claims) = self.claims(&table.headings, delivery) else { return Ok(Vec::new()) };
        let columns = reading.columns.iter().zip(&claims.columns);
        let columns = columns.filter_map(|(source, pick)| Some((pick.clone()?, source.fill)));
        let periods = claims.period.iter().map(|pick| (pick.clone(), false));
        let wanted: Vec<Wanted> =
            columns.chain(periods).map(|(pick, fill)| Wanted::new(pick, fill)).collect();
        let whole = reading.spread.is_some() || wanted.iter().any(|wanted| wanted.fill);
        let tables = if whole { vec![table] } else { table.parts(PART) };
        let period = delivery.period;
        let read = |table| self.part(table, &wanted, &claims, period);
        let parts = parallel::map(tables, read);
        let mut frames = Vec::new();
        let mut unnamed: BTreeMap<usize, u64> = BTreeMap::new();
        for part in parts {
            delivery.join(part.delivery);
            for (field, rows) in part.unnamed {
                *unnamed.entry(field).or_default() += rows;
            }
            frames.extend(part.frames?);
            limits::rows(delivery.rows_read)?;
        }
        let read = |field: usize| claims.columns.contains(&Some(Pick::Field(field)));
        unnamed.retain(|field, _| !read(*field));
        delivery.unknown_headings.extend(unnamed_fields(&unnamed, &reading.ignore));
        Ok(frames)
    }

    /// Reads the rows of a table, or of a part of one.
    fn part(
        &self,
        mut table: Table,
        wanted: &[Wanted],
        claims: &Claims,
        period: Option<Period>,
    ) -> Part {
        let mut delivery = Delivery { period, ..Delivery::default() };
        let frames = self.batches(&mut table, wanted.to_vec(), claims, &mut delivery);
        delivery.rows_read = table.rows_read;
        Part { frames, delivery, unnamed: table.unnamed }
    }

    fn batches(
        &self,
        table: &mut Table,
        mut wanted: Vec<Wanted>,
        claims: &Claims,
        delivery: &mut Delivery,
    ) -> Result<Vec<DataFrame>, Fault> {
        // Rows of one spread row may stand anywhere in the file.
        let most = if self.contract.reading.spread.is_some() { usize::MAX } else { BATCH };
        let gathered = claims.gathered.as_deref();
        let mut frames = Vec::new();
        while let Some(rows) = table.next(&mut wanted, gathered, most, &mut delivery.set_aside)? {
            let mut columns = rows.columns.into_iter();
            let cells = claims.columns.iter().map(|pick| match pick {
                Some(_) => columns.next().unwrap_or(Cells::Absent),
                None => Cells::Absent,
            });
            let cells = cells.collect();
            let periods = self.periods(delivery.period, &columns.collect::<Vec<_>>(), &rows.lines);
            let batch = Batch { lines: rows.lines, cells, periods };
            frames.push(self.typed(&batch, delivery)?);
        }
        Ok(frames)
    }

    fn columns(&self, columns: &Columns, delivery: &mut Delivery) -> Result<Vec<DataFrame>, Fault> {
        let headings = Headings { texts: columns.headings(), ..Headings::default() };
        let Some(claims) = self.claims(&headings, delivery) else { return Ok(Vec::new()) };
        let zone = self.rules.zone;
        let sources = self.contract.reading.columns.iter().zip(&claims.columns);
        let cells = sources
            .map(|(source, pick)| guarded(|| columns.cells(pick.as_ref(), source, zone)))
            .collect::<Result<Vec<Cells>, Fault>>()?;
        let periods = claims.period.iter().map(|pick| guarded(|| columns.texts(pick, zone)));
        let periods = periods.collect::<Result<Vec<Cells>, Fault>>()?;
        let lines: Vec<u32> = (1..).take(columns.rows()).collect();
        let periods = self.periods(delivery.period, &periods, &lines);
        delivery.rows_read = u64::try_from(columns.rows()).unwrap_or(u64::MAX);
        let batch = Batch { lines, cells, periods };
        Ok(vec![self.typed(&batch, delivery)?])
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
        frame.map_err(|error| Fault::new(error.to_string()))
    }
}

/// What is said of fields without a heading that hold something, unless `ignore` covers them.
fn unnamed_fields(fields: &BTreeMap<usize, u64>, ignore: &[String]) -> Vec<String> {
    if ignore.iter().any(|pattern| super::texts::matches(pattern, "")) {
        return Vec::new();
    }
    let said = |(field, rows): (&usize, &u64)| {
        let rows = if *rows == 1 { "1 row holds".to_owned() } else { format!("{rows} rows hold") };
        format!("field {}, which has no heading ({rows} something there)", field + 1)
    };
    fields.iter().map(said).collect()
}

/// A table without rows that has the contract's columns.
pub(crate) fn nothing(contract: &Contract, rules: &Rules) -> PolarsResult<DataFrame> {
    let cells = vec![Cells::Absent; contract.reading.columns.len()];
    let batch = Batch { cells, ..Batch::default() };
    let mut fate = Fate {
        lines: &[],
        aside: Vec::new(),
        set_aside: &mut Tally::default(),
        doubts: &mut Vec::new(),
        orders: &mut BTreeMap::new(),
    };
    batch::frame(contract, rules, 0, &batch, &mut fate)
}
