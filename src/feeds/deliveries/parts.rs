//! The rows of a table, all of it or part by part, side by side.

use std::collections::BTreeMap;
use std::thread;

use polars::prelude::DataFrame;

use super::{BATCH, Delivery, Reader};
use crate::feeds::batch::Batch;
use crate::feeds::convert::Cells;
use crate::feeds::fault::Fault;
use crate::feeds::headings::{Claims, Pick};
use crate::feeds::large::Large;
use crate::feeds::limits;
use crate::feeds::periods;
use crate::feeds::rows::spool::Spool;
use crate::feeds::table::{Table, Wanted};
use crate::feeds::texts::matches;
use crate::parallel;
use crate::period::Period;

/// How many bytes of a text without quotes one thread reads at a time.
const PART: usize = 4 << 20;

/// How many bytes of memory a part takes, about, while it is read.
const READ: u64 = 32 << 20;

/// How many parts are read at a time, so that they take a quarter of the memory that may be used.
fn ahead(memory: u64) -> usize {
    let fit = usize::try_from(memory / 4 / READ).unwrap_or(usize::MAX);
    fit.clamp(2, 2 * parallel::threads())
}

/// Some rows of a table.
enum Rows<'a> {
    /// At hand.
    Here(Box<Table<'a>>),
    /// In a part of a large file.
    There(usize),
}

impl<'a> Rows<'a> {
    fn here(self) -> Option<Table<'a>> {
        match self {
            Self::Here(table) => Some(*table),
            Self::There(_) => None,
        }
    }
}

/// What some rows became.
struct Part {
    read: Result<(), Fault>,
    /// What became of them.
    delivery: Delivery,
    /// Fields without a heading, and rows in which they hold something.
    unnamed: BTreeMap<usize, u64>,
}

impl Reader<'_> {
    /// The rows of a large file; none where it has to be read whole after all.
    pub(super) fn large(
        &self,
        large: &Large,
        delivery: &mut Delivery,
        spool: &mut Spool<'_>,
    ) -> Option<Result<(), Fault>> {
        let (text, _) = large.text(0)?;
        let table = self.delimited(&text).ok()?;
        let mut made = Delivery {
            file: delivery.file.clone(),
            period: delivery.period,
            ..Delivery::default()
        };
        let (read, hash) = thread::scope(|scope| {
            let hash = scope.spawn(|| large.sha256());
            (self.rows(table, Some(large), &mut made, spool), hash.join())
        });
        let read = read?;
        made.sha256 = hash.ok()??;
        *delivery = made;
        Some(read)
    }

    /// The rows of a table, and of the parts of a large file that follow it; none where the file has to
    /// be read whole.
    pub(super) fn rows(
        &self,
        table: Table,
        large: Option<&Large>,
        delivery: &mut Delivery,
        spool: &mut Spool<'_>,
    ) -> Option<Result<(), Fault>> {
        let reading = &self.contract.reading;
        if let Some(source) = &reading.period {
            match periods::in_titles(source, &table.titles) {
                Ok(period) => delivery.period = delivery.period.or(period),
                Err(fault) => return Some(Err(fault)),
            }
        }
        let Some(claims) = self.claims(&table.headings, delivery) else {
            return Some(Ok(()));
        };
        let wanted = self.wanted(&claims);
        let whole = reading.spread.is_some() || wanted.iter().any(|wanted| wanted.fill);
        if large.is_some() && (whole || table.may_end()) {
            return None;
        }
        let pattern = table.bare();
        let tables = if whole { vec![table] } else { table.parts(PART) };
        let mut rows: Vec<Rows> =
            tables.into_iter().map(|table| Rows::Here(Box::new(table))).collect();
        rows.extend((1..large.map_or(1, Large::parts)).map(Rows::There));
        let period = delivery.period;
        let mut unnamed: BTreeMap<usize, u64> = BTreeMap::new();
        let joined = if large.is_none() && rows.len() == 1 {
            // handed on as it is read, however long it is
            rows.into_iter().filter_map(Rows::here).try_for_each(|table| {
                let mut each = |frame| spool.add(frame);
                let part = self.part(table, &wanted, &claims, period, &mut each);
                part.join(delivery, &mut unnamed)?;
                Ok(limits::rows(delivery.rows_read)?)
            })
        } else {
            // nothing said of what has to be read whole
            let read = |rows| {
                let mut frames = Vec::new();
                let mut each = |frame| {
                    frames.push(frame);
                    Ok(())
                };
                let (part, bytes) = match (rows, large) {
                    (Rows::Here(table), large) => {
                        let bytes = large.map_or(0, |large| large.bytes(0));
                        (self.part(*table, &wanted, &claims, period, &mut each), bytes)
                    }
                    (Rows::There(at), Some(large)) => {
                        let (text, line) = large.text(at).ok_or(None)?;
                        let table = pattern.over(&text, line).ok_or(None)?;
                        (self.part(table, &wanted, &claims, period, &mut each), large.bytes(at))
                    }
                    (Rows::There(_), None) => return Err(None),
                };
                Ok((part, frames, bytes))
            };
            let most = ahead(spool.memory());
            parallel::some_in_order(rows, most, read, |(part, frames, bytes)| {
                part.join(delivery, &mut unnamed)?;
                frames.into_iter().try_for_each(|frame| spool.add(frame))?;
                if large.is_none() {
                    limits::rows(delivery.rows_read)?;
                }
                spool.told(bytes);
                Ok::<(), Option<Fault>>(())
            })
        };
        if let Err(error) = joined {
            return error.map(Err);
        }
        let read = |field: usize| claims.columns.contains(&Some(Pick::Field(field)));
        unnamed.retain(|field, _| !read(*field));
        let ignored = &reading.ignore;
        delivery.unknown_headings.extend(unnamed_fields(&unnamed, ignored));
        Some(Ok(()))
    }

    /// What is read of each row, in the order of the columns, and last its period.
    fn wanted(&self, claims: &Claims) -> Vec<Wanted> {
        let columns = self.contract.reading.columns.iter().zip(&claims.columns);
        let columns = columns.filter_map(|(source, pick)| Some((pick.clone()?, source.fill)));
        let periods = claims.period.iter().map(|pick| (pick.clone(), false));
        columns.chain(periods).map(|(pick, fill)| Wanted::new(pick, fill)).collect()
    }

    /// Reads the rows of a table, or of a part of one, and hands them on.
    fn part(
        &self,
        mut table: Table,
        wanted: &[Wanted],
        claims: &Claims,
        period: Option<Period>,
        each: &mut dyn FnMut(DataFrame) -> Result<(), Fault>,
    ) -> Part {
        let mut delivery = Delivery { period, ..Delivery::default() };
        let read = self.batches(&mut table, wanted.to_vec(), claims, &mut delivery, each);
        delivery.rows_read = table.rows_read;
        Part { read, delivery, unnamed: table.unnamed }
    }

    fn batches(
        &self,
        table: &mut Table,
        mut wanted: Vec<Wanted>,
        claims: &Claims,
        delivery: &mut Delivery,
        each: &mut dyn FnMut(DataFrame) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        // Rows of one spread row may stand anywhere in the file.
        let most = if self.contract.reading.spread.is_some() { usize::MAX } else { BATCH };
        let gathered = claims.gathered.as_deref();
        let which = (most, self.only);
        while let Some(rows) = table.next(&mut wanted, gathered, which, &mut delivery.set_aside)? {
            let mut columns = rows.columns.into_iter();
            let cells = claims.columns.iter().map(|pick| match pick {
                Some(_) => columns.next().unwrap_or(Cells::Absent),
                None => Cells::Absent,
            });
            let cells = cells.collect();
            let periods = self.periods(delivery.period, &columns.collect::<Vec<_>>(), &rows.lines);
            let batch = Batch { lines: rows.lines, cells, periods };
            each(self.typed(&batch, delivery)?)?;
        }
        Ok(())
    }
}

impl Part {
    /// Adds what became of its rows, and says whether it could be read.
    fn join(
        self,
        delivery: &mut Delivery,
        unnamed: &mut BTreeMap<usize, u64>,
    ) -> Result<(), Fault> {
        delivery.join(self.delivery);
        for (field, rows) in self.unnamed {
            *unnamed.entry(field).or_default() += rows;
        }
        self.read
    }
}

/// What is said of fields without a heading that hold something, unless `ignore` covers them.
fn unnamed_fields(fields: &BTreeMap<usize, u64>, ignore: &[String]) -> Vec<String> {
    if ignore.iter().any(|pattern| matches(pattern, "")) {
        return Vec::new();
    }
    let said = |(field, rows): (&usize, &u64)| {
        let rows = if *rows == 1 { "1 row holds".to_owned() } else { format!("{rows} rows hold") };
        format!("field {}, which has no heading ({rows} something there)", field + 1)
    };
    fields.iter().map(said).collect()
}
