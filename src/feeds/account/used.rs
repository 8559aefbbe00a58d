//! What the rows that are used say of their files and of the months they cover, some rows at a time.

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::{HashSet, HashSetExt};
use polars::prelude::{Column, DataFrame, PolarsResult};

use super::{numbers, of_files};
use crate::area::Areas;
use crate::feeds::Coverage;
use crate::feeds::coded::{self, Codes};
use crate::feeds::contract::Contract;
use crate::feeds::days::{Days, Span};
use crate::feeds::deliveries::Delivery;
use crate::feeds::doubts::Doubts;
use crate::feeds::marks;
use crate::feeds::rows::{Rows, Stretch};
use crate::feeds::tally::Tally;
use crate::feeds::unmapped::Mapped;
use crate::parallel;
use crate::period::Month;

/// What the used rows say.
#[derive(Debug)]
pub(super) struct Used {
    /// Of each file.
    pub(super) files: Vec<OfFile>,
    pub(super) coverage: Coverage,
}

/// What the used rows of a file say.
#[derive(Debug, Default)]
pub(super) struct OfFile {
    /// How many there are; of spread rows, how many were delivered.
    pub(super) rows: u64,
    /// How many stand in the table.
    height: usize,
    /// Doubts about them.
    pub(super) warnings: Tally,
    /// Rows of months that were delivered in part.
    pub(super) partial: BTreeMap<Month, u64>,
    /// The last month of all.
    pub(super) latest: Option<Month>,
    /// Rows without a value, by column.
    missing: BTreeMap<String, usize>,
}

impl OfFile {
    fn join(&mut self, later: Self) {
        self.rows += later.rows;
        self.height += later.height;
        self.warnings.join(later.warnings);
        for (month, rows) in later.partial {
            *self.partial.entry(month).or_default() += rows;
        }
        self.latest = self.latest.max(later.latest);
        for (column, rows) in later.missing {
            *self.missing.entry(column).or_default() += rows;
        }
    }

    /// Share of rows with a value, by column; none without rows.
    pub(super) fn completeness(&self) -> BTreeMap<String, f64> {
        #[expect(clippy::cast_precision_loss, reason = "a share of rows")]
        let share = |missing: usize| (self.height - missing) as f64 / self.height as f64;
        let columns = self.missing.iter().filter(|_| self.height > 0);
        columns.map(|(column, missing)| (column.clone(), share(*missing))).collect()
    }
}

/// Looks through the rows that are used.
pub(super) fn used(
    contract: &Contract,
    areas: &Areas,
    rows: &Rows,
    deliveries: &[Delivery],
) -> PolarsResult<Used> {
    let mapped = Mapped::new(areas);
    let doubts: Vec<ByLine> =
        deliveries.iter().map(|delivery| ByLine::new(&delivery.doubts)).collect();
    let mut used = Used {
        files: deliveries.iter().map(|_| OfFile::default()).collect(),
        coverage: Coverage::default(),
    };
    if contract.reading.spread.is_some() {
        // what a row is spread into stands on no line of its own
        for (file, delivery) in used.files.iter_mut().zip(deliveries) {
            (0..delivery.doubts.len()).for_each(|at| add(&delivery.doubts, at, &mut file.warnings));
        }
    }
    let of = |stretch: Stretch| {
        let some = rows.read(&stretch, None)?;
        let days = Days::new(contract, &some);
        let mut coverage = Coverage::default();
        cover(contract, &some, &days, &mut coverage);
        let files = of_files(&some).into_iter().map(|(file, range)| {
            let doubts = doubts.get(file).filter(|_| contract.reading.spread.is_none());
            (file, part(contract, &mapped, (&some, &days), &range, doubts))
        });
        PolarsResult::Ok((files.collect::<Vec<_>>(), coverage))
    };
    parallel::in_order(rows.stretches(), of, |(files, coverage)| {
        for (file, found) in files {
            if let Some(of) = used.files.get_mut(file) {
                of.join(found);
            }
        }
        used.coverage.months.extend(coverage.months);
        for (area, months) in coverage.by_area {
            used.coverage.by_area.entry(area).or_default().extend(months);
        }
        Ok(())
    })?;
    Ok(used)
}

/// What some rows of one file say.
fn part(
    contract: &Contract,
    mapped: &Mapped<'_>,
    (rows, days): (&DataFrame, &Days),
    range: &Range<usize>,
    doubts: Option<&ByLine<'_>>,
) -> OfFile {
    let own = rows.slice(i64::try_from(range.start).unwrap_or(i64::MAX), range.len());
    let days = days.slice(range);
    let lines = own.column("@line").and_then(Column::u32);
    let lines: Vec<u32> = lines
        .map(|lines| lines.iter().map(Option::unwrap_or_default).collect())
        .unwrap_or_default();
    let mut found = OfFile { height: own.height(), latest: days.latest(), ..OfFile::default() };
    let weights = numbers(&own, "@rows");
    let used = if weights.is_empty() { own.height() } else { weights.iter().sum() };
    found.rows = used as u64;
    if let Some(doubts) = doubts {
        doubts.among(&lines, &mut found.warnings);
    }
    mapped.note(contract, (&own, &days), &lines, &mut found.warnings);
    let partial = contract.reading.period.iter().flat_map(|period| period.partial.keys());
    for month in partial {
        let rows = days.spans().flatten().filter(|(first, _)| first == month).count();
        *found.partial.entry(*month).or_default() += rows as u64;
    }
    for (name, _) in &contract.columns {
        if let Some(column) = marks::known(&own, name) {
            found.missing.insert(name.clone(), column.null_count());
        }
    }
    found
}

/// Doubts about the rows of a file, by line.
struct ByLine<'a> {
    doubts: &'a Doubts,
    by_line: Vec<u32>,
}

impl<'a> ByLine<'a> {
    fn new(doubts: &'a Doubts) -> Self {
        let mut by_line: Vec<u32> = (0..u32::MAX).take(doubts.len()).collect();
        by_line.sort_by_key(|at| doubts.line(*at as usize));
        Self { doubts, by_line }
    }

    /// Adds those of some lines.
    fn among(&self, lines: &[u32], warnings: &mut Tally) {
        let line = |at: &u32| self.doubts.line(*at as usize);
        let mut sorted = lines.to_vec();
        sorted.sort_unstable();
        let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return };
        let from = self.by_line.partition_point(|at| line(at) < *first);
        let to = self.by_line.partition_point(|at| line(at) <= *last);
        for at in self.by_line.get(from..to).unwrap_or_default() {
            if sorted.binary_search(&line(at)).is_ok() {
                add(self.doubts, *at as usize, warnings);
            }
        }
    }
}

fn add(doubts: &Doubts, at: usize, warnings: &mut Tally) {
    if let Some((line, why, column)) = doubts.get(at) {
        let column = Some(column).filter(|column| !column.is_empty());
        warnings.add(why.clone(), column, line, 1);
    }
}

/// Which months were delivered, of which areas.
fn cover(contract: &Contract, rows: &DataFrame, days: &Days, coverage: &mut Coverage) {
    let area = contract.area.as_ref().and_then(|name| Codes::new(rows.column(name).ok()?));
    let mut codes = area.iter().flat_map(Codes::numbers);
    let mut known: HashSet<(Option<u32>, Span)> = HashSet::new();
    for span in days.spans() {
        let code = codes.next().flatten();
        let Some(span) = span else { continue };
        if !known.insert((code, span)) {
            continue;
        }
        let all = (0..=span.1.since(span.0)).map(|step| span.0.plus(step));
        coverage.months.extend(all.clone());
        if let Some(code) = code.and_then(coded::text) {
            coverage.by_area.entry(code.to_owned()).or_default().extend(all);
        }
    }
}
