//! One delivered file at a time: bytes to the rows that stay.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use polars::prelude::{DataFrame, PolarsResult};
use sha2::{Digest, Sha256};

use super::batch::{self, Batch};
use super::contract::Contract;
use super::convert::{Cells, Rules};
use super::csv::{self, Csv};
use super::fate::Fate;
use super::fault::Fault;
use super::headings::{self, Claims};
use super::parquet::Parquet;
use super::periods;
use super::tally::{Tally, Why};
use super::texts::Texts;
use crate::period::{Month, Period};
use crate::quality::Delivered;

/// How many rows are read at a time.
const BATCH: usize = 1 << 17;

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
    /// Columns without a heading.
    pub(crate) absent: Vec<String>,
    /// Headings no column claims.
    pub(crate) unknown_headings: Vec<String>,
    /// The period in its name.
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
    let read = std::fs::read(root.join(&delivery.file));
    let read = read.map_err(|error| Fault::new(format!("the file cannot be read: {error}")));
    let frames = read.and_then(|bytes| {
        delivery.sha256 = hexadecimal(&Sha256::digest(&bytes));
        if let Some(source) = &contract.reading.period {
            delivery.period = periods::in_name(source, name)?;
        }
        if Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")) {
            parquet(contract, bytes, position, rules, &mut delivery)
        } else {
            let text = csv::decode(bytes, contract.reading.encoding)?;
            text_file(contract, &text, position, rules, &mut delivery)
        }
    });
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

fn text_file(
    contract: &Contract,
    text: &str,
    position: u32,
    rules: &Rules,
    delivery: &mut Delivery,
) -> Result<Vec<DataFrame>, Fault> {
    let mut csv = Csv::open(text, contract.reading.delimiter)?;
    let Some(claims) = claim(contract, &csv.headings, delivery) else { return Ok(Vec::new()) };
    let wanted: Vec<usize> =
        claims.columns.iter().flatten().chain(&claims.period).copied().collect();
    // Rows of one spread row may stand anywhere in the file.
    let most = if contract.reading.spread.is_some() { usize::MAX } else { BATCH };
    let mut frames = Vec::new();
    loop {
        let rows = csv.next(&wanted, most, &mut delivery.set_aside);
        delivery.rows_read = csv.rows_read;
        let Some(rows) = rows? else { return Ok(frames) };
        let mut columns = rows.columns.into_iter();
        let cells = claims
            .columns
            .iter()
            .map(|field| match field {
                Some(_) => columns.next().map_or(Cells::Absent, Cells::Text),
                None => Cells::Absent,
            })
            .collect();
        let periods: Vec<Texts> = columns.collect();
        let periods = periods_of(contract, delivery.period, &periods, rows.lines.len());
        let batch = Batch { lines: rows.lines, cells, periods };
        frames.push(typed(contract, rules, position, &batch, delivery)?);
    }
}

fn parquet(
    contract: &Contract,
    bytes: Vec<u8>,
    position: u32,
    rules: &Rules,
    delivery: &mut Delivery,
) -> Result<Vec<DataFrame>, Fault> {
    let parquet = Parquet::open(bytes)?;
    let Some(claims) = claim(contract, &parquet.headings, delivery) else { return Ok(Vec::new()) };
    let sources = contract.reading.columns.iter().zip(&claims.columns);
    let cells = sources
        .map(|(source, field)| match field {
            Some(field) => parquet.cells(*field, &source.kind),
            None => Ok(Cells::Absent),
        })
        .collect::<Result<Vec<Cells>, Fault>>()?;
    let texts = claims.period.iter().map(|field| parquet.texts(*field));
    let texts = texts.collect::<Result<Vec<Texts>, Fault>>()?;
    let periods = periods_of(contract, delivery.period, &texts, parquet.rows());
    let lines = (1..).take(parquet.rows()).collect();
    delivery.rows_read = u64::try_from(parquet.rows()).unwrap_or(u64::MAX);
    let batch = Batch { lines, cells, periods };
    Ok(vec![typed(contract, rules, position, &batch, delivery)?])
}

/// Which field belongs to which column; `None` with problems where nothing can be read.
fn claim(contract: &Contract, headings: &[String], delivery: &mut Delivery) -> Option<Claims> {
    let spread = contract.reading.spread.as_ref();
    let mut needed: Vec<&str> = contract.key.iter().map(String::as_str).collect();
    needed.extend(contract.area.as_deref());
    needed.extend(contract.event_time.as_deref());
    needed.extend(spread.into_iter().flat_map(|s| [s.names.as_str(), s.values.as_str()]));
    let sources = &contract.reading.columns;
    needed.extend(sources.iter().filter(|s| s.required).map(|s| s.name.as_str()));
    let claims = headings::claim(&contract.reading, &needed, headings);
    delivery.unknown_headings.clone_from(&claims.unknown);
    delivery.problems.clone_from(&claims.problems);
    let absent = sources.iter().zip(&claims.columns).filter(|(_, field)| field.is_none());
    delivery.absent = absent.map(|(source, _)| source.name.clone()).collect();
    claims.problems.is_empty().then_some(claims)
}

fn periods_of(
    contract: &Contract,
    in_name: Option<Period>,
    texts: &[Texts],
    rows: usize,
) -> Vec<Option<Period>> {
    match (&contract.reading.period, in_name) {
        (_, Some(period)) => vec![Some(period); rows],
        (Some(source), None) => periods::in_rows(source, texts),
        (None, None) => Vec::new(),
    }
}

fn typed(
    contract: &Contract,
    rules: &Rules,
    position: u32,
    batch: &Batch,
    delivery: &mut Delivery,
) -> Result<DataFrame, Fault> {
    let mut fate = Fate {
        lines: &batch.lines,
        aside: vec![false; batch.lines.len()],
        set_aside: &mut delivery.set_aside,
        doubts: &mut delivery.doubts,
    };
    let frame = batch::frame(contract, rules, position, batch, &mut fate);
    frame.map_err(|error| Fault::new(error.to_string()))
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
    };
    batch::frame(contract, rules, 0, &batch, &mut fate)
}
