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

/// What some rows became.
struct Part {
    frames: Result<Vec<DataFrame>, Fault>,
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
        let columns = reading.columns.iter().zip(&claims.columns);
        let columns = columns.filter_map(|(source, pick)| Some((pick.clone()?, source.fill)));
        let periods = claims.period.iter().map(|pick| (pick.clone(), false));
        let wanted: Vec<Wanted> =
            columns.chain(periods).map(|(pick, fill)| Wanted::new(pick, fill)).collect();
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
        // nothing said of what has to be read whole
        let read = |rows| match (rows, large) {
            (Rows::Here(table), large) => {
                let bytes = large.map_or(0, |large| large.bytes(0));
                Ok((self.part(*table, &wanted, &claims, period), bytes))
            }
            (Rows::There(at), Some(large)) => {
                let (text, line) = large.text(at).ok_or(None)?;
                let table = pattern.over(&text, line).ok_or(None)?;
                Ok((self.part(table, &wanted, &claims, period), large.bytes(at)))
            }
            (Rows::There(_), None) => Err(None),
        };
        let mut unnamed: BTreeMap<usize, u64> = BTreeMap::new();
        let most = ahead(spool.memory());
        let joined = parallel::some_in_order(rows, most, read, |(part, bytes)| {
            delivery.join(part.delivery);
            for (field, rows) in part.unnamed {
                *unnamed.entry(field).or_default() += rows;
            }
            part.frames?.into_iter().try_for_each(|frame| spool.add(frame))?;
            if large.is_none() {
                limits::rows(delivery.rows_read)?;
            }
            spool.told(bytes);
            Ok::<(), Option<Fault>>(())
        });
        if let Err(error) = joined {
            return error.map(Err);
        }
        let read = |field: usize| claims.columns.contains(&Some(Pick::Field(field)));
        unnamed.retain(|field, _| !read(*field));
        let ignored = &reading.ignore;
        delivery.unknown_headings.extend(unnamed_fields(&unnamed, ignored));
        Some(Ok(()))
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
            frames.push(self.typed(&batch, delivery)?);
        }
        Ok(frames)
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
