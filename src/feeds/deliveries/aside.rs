//! Rows as they were delivered, told by their lines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::columns::Columns;
use super::raw::Raw;
use super::{Reader, guarded};
use crate::area::Areas;
use crate::feeds::contract::Contract;
use crate::feeds::convert::{Cells, Rules};
use crate::feeds::fault::Fault;
use crate::feeds::files;
use crate::feeds::headings::Pick;
use crate::feeds::records::Records;
use crate::feeds::table::Table;
use crate::feeds::zone::Zone;

/// Some rows of a file, as they stand there.
#[derive(Debug, Default)]
pub(crate) struct AsDelivered {
    /// The file's headings, trimmed.
    pub(crate) headings: Vec<String>,
    /// The cells of each row, by its line.
    pub(crate) rows: BTreeMap<u32, Vec<String>>,
}

/// The rows on some lines of a file; the fault says why the file cannot be read. Behind a place
/// that cannot be read on there are none.
pub(crate) fn as_delivered(
    contract: &Contract,
    root: &Path,
    file: &str,
    lines: &BTreeSet<u32>,
) -> Result<AsDelivered, Fault> {
    let bytes = files::bytes(root, file)?;
    let name = file.rsplit('/').next().unwrap_or(file);
    let (areas, zone) = (Areas::default(), Zone::new(contract.reading.zone));
    let rules = Rules {
        missing: &contract.reading.missing,
        areas: &areas,
        zone: &zone,
        key: &contract.key,
    };
    let reader = Reader::new(contract, &rules);
    match Raw::open(name, bytes, &contract.reading)? {
        Raw::Text(text) => Ok(of_table(reader.delimited(&text)?, lines)),
        Raw::Sheet(sheet) => Ok(of_table(reader.open(Records::Sheet(sheet))?, lines)),
        Raw::Columns(columns) => of_columns(columns.headings(), &columns.all()?, lines, &zone),
    }
}

fn of_table(mut table: Table, lines: &BTreeSet<u32>) -> AsDelivered {
    let headings = table.headings.texts.clone();
    let mut rows = BTreeMap::new();
    while let Ok(Some(line)) = table.advance() {
        if lines.contains(&line) {
            rows.insert(line, table.cells());
        }
    }
    AsDelivered { headings, rows }
}

fn of_columns(
    headings: Vec<String>,
    columns: &Columns,
    lines: &BTreeSet<u32>,
    zone: &Zone,
) -> Result<AsDelivered, Fault> {
    let text = |field| guarded(|| columns.texts(&Pick::Field(field), zone));
    let read = (0..headings.len()).map(text).collect::<Result<Vec<Cells>, Fault>>()?;
    let cells = |row: usize| {
        let text = |cells: &Cells| cells.texts().map_or("", |texts| texts.get(row)).to_owned();
        read.iter().map(text).collect()
    };
    let row = |line: &u32| usize::try_from(line.checked_sub(1)?).ok();
    let rows = lines.iter().filter_map(|line| Some((*line, cells(row(line)?))));
    Ok(AsDelivered { rows: rows.collect(), headings })
}
