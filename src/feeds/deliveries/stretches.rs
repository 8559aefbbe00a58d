//! The rows of a file that comes as columns, a stretch of them after the other.

use std::ops::Range;

use polars::prelude::{BooleanChunked, DataFrame};

use super::columns::{ColumnFile, Columns};
use super::{BATCH, Delivery, Reader, guarded};
use crate::feeds::batch::Batch;
use crate::feeds::convert::Cells;
use crate::feeds::fault::Fault;
use crate::feeds::headings::Claims;
use crate::feeds::rows::spool::Spool;
use crate::feeds::table::Headings;
use crate::parallel;
use crate::period::Period;

/// How many rows are read at a time; each stretch is then converted side by side.
const STRETCH: usize = 1 << 20;

impl Reader<'_> {
    pub(super) fn columns(
        &self,
        file: &ColumnFile,
        delivery: &mut Delivery,
        spool: &mut Spool<'_>,
    ) -> Result<(), Fault> {
        let headings = Headings { texts: file.headings(), ..Headings::default() };
        let Some(claims) = self.claims(&headings, delivery) else { return Ok(()) };
        let reading = &self.contract.reading;
        // what one row says may depend on any other
        let whole = reading.spread.is_some() || reading.columns.iter().any(|source| source.fill);
        let rows = file.rows();
        let (stretch, batch) = if whole { (rows, rows) } else { (STRETCH, BATCH) };
        for stretch in ranges(0..rows, stretch) {
            let columns = file.read(stretch.clone())?;
            let period = delivery.period;
            let read = |rows: Range<usize>| {
                let part = columns.slice(&rows);
                self.some(&part, stretch.start + rows.start, &claims, period)
            };
            for part in parallel::map(ranges(0..stretch.len(), batch), read) {
                let (frame, of_part) = part?;
                delivery.join(of_part);
                spool.add(frame)?;
            }
        }
        Ok(())
    }

    /// Reads some rows, which stand below so many others.
    fn some(
        &self,
        columns: &Columns,
        above: usize,
        claims: &Claims,
        period: Option<Period>,
    ) -> Result<(DataFrame, Delivery), Fault> {
        let zone = self.rules.zone;
        let sources = self.contract.reading.columns.iter().zip(&claims.columns);
        let cells = sources
            .map(|(source, pick)| guarded(|| columns.cells(pick.as_ref(), source, zone)))
            .collect::<Result<Vec<Cells>, Fault>>()?;
        let periods = claims.period.iter().map(|pick| guarded(|| columns.texts(pick, zone)));
        let periods = periods.collect::<Result<Vec<Cells>, Fault>>()?;
        let first = u32::try_from(above).unwrap_or(u32::MAX).saturating_add(1);
        let lines: Vec<u32> = (first..).take(columns.rows()).collect();
        let periods = self.periods(period, &periods, &lines);
        let rows_read = u64::try_from(columns.rows()).unwrap_or(u64::MAX);
        let mut delivery = Delivery { rows_read, period, ..Delivery::default() };
        let batch = Batch { lines, cells, periods };
        let frame = self.typed(&batch, &mut delivery)?;
        let Some(only) = self.only else { return Ok((frame, delivery)) };
        let cannot = |error: polars::prelude::PolarsError| Fault::new(error.to_string());
        let lines = frame.column("@line").and_then(|lines| lines.u32()).map_err(cannot)?;
        let wanted: BooleanChunked =
            lines.iter().map(|line| line.is_some_and(|line| only.contains(&line))).collect();
        Ok((frame.filter(&wanted).map_err(cannot)?, delivery))
    }
}

/// A range of rows, so many at a time; one of none where there are none.
fn ranges(rows: Range<usize>, most: usize) -> Vec<Range<usize>> {
    if rows.is_empty() {
        return vec![rows];
    }
    let starts = rows.clone().step_by(most);
    starts.map(|start| start..rows.end.min(start.saturating_add(most))).collect()
}
