//! The same thing counted by several bodies, to be put side by side.

use std::collections::BTreeMap;

use super::measure::{Kind, Measure};
use crate::definition::{Source, Spanned, Table};
use crate::error::{Error, Place, nearest};
use crate::feeds::contract::{Contract, Rows};
use crate::filter::ColumnType;

/// The longest time between two records of one event.
const MOST_DAYS: u32 = 366;

/// Counts of the same thing by several bodies. They are never added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// Its key in the file.
    pub id: String,
    /// What is counted.
    pub title: String,
    /// Who counts it, two or more.
    pub sides: Vec<Side>,
    /// What tells that two records are of one event; without it months are compared.
    pub key: Option<Key>,
    /// Where the question comes from.
    pub source: String,
    /// Where it is defined.
    pub place: Place,
}

/// One body's count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Who counts: "police".
    pub by: String,
    /// Id of the measure.
    pub measure: String,
}

/// Two records are of one event when they share a key and lie no more than some days apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// A text column that both feeds have.
    pub column: String,
    /// The most days between them.
    pub days: i32,
}

/// The reconciliations of a file, `indicators/reconciliations.toml`; one with a mistake is left out.
pub(super) fn read(
    source: &Source,
    measures: &BTreeMap<String, Measure>,
    feeds: &BTreeMap<String, Contract>,
    errors: &mut Vec<Error>,
) -> BTreeMap<String, Reconciliation> {
    let mut document = source.parse(errors);
    let tables = document.tables(errors);
    tables
        .into_iter()
        .filter_map(|(id, table)| {
            Some((id.value.clone(), one(&id, table, measures, feeds, errors)?))
        })
        .collect()
}

fn one(
    id: &Spanned<String>,
    mut table: Table,
    measures: &BTreeMap<String, Measure>,
    feeds: &BTreeMap<String, Contract>,
    errors: &mut Vec<Error>,
) -> Option<Reconciliation> {
    let before = errors.len();
    let title = table.require::<String>("title", errors);
    let source = table.require::<String>("source", errors);
    let place = table.place();
    let tables = table.require::<Vec<Table>>("sides", errors).unwrap_or_default();
    let number = tables.len();
    let mut sides = Vec::new();
    for table in tables {
        sides.extend(side(table, &sides, measures, errors));
    }
    if number == 1 {
        let error = Error::definition(place, "one count alone has nothing to be compared with");
        errors.push(error.help("add another side: sides = [{ by = …, measure = … }, …]"));
    }
    let key = table.take::<Table>("key", errors);
    let key = key.and_then(|table| key_of(table, &sides, measures, feeds, errors));
    table.finish(errors);
    (errors.len() == before).then_some(Reconciliation {
        id: id.value.clone(),
        title: title?,
        sides,
        key,
        source: source?,
        place: id.place(),
    })
}

/// `{ by = "police", measure = "s136_uses" }`.
fn side(
    mut table: Table,
    others: &[Side],
    measures: &BTreeMap<String, Measure>,
    errors: &mut Vec<Error>,
) -> Option<Side> {
    let by = table.require::<Spanned<String>>("by", errors);
    let name = table.require::<Spanned<String>>("measure", errors);
    table.finish(errors);
    let (by, name) = (by?, name?);
    if others.iter().any(|other| other.by == by.value) {
        let said = format!("`{}` counts twice", by.value);
        errors.push(by.error(said).help("each side has a name of its own"));
        return None;
    }
    let Some(measure) = measures.get(&name.value) else {
        let error = name.error(format!("there is no measure `{}`", name.value));
        errors.push(match nearest(&name.value, measures.keys().map(String::as_str)) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help("measures are defined in indicators/measures/*.toml"),
        });
        return None;
    };
    if !matches!(measure.kind, Kind::Count | Kind::Given { denominator: None, .. }) || measure.stock
    {
        let said = format!("`{}` is no count of events", name.value);
        errors.push(name.error(said).help("compare measures of kind `count`, or given counts"));
        return None;
    }
    Some(Side { by: by.value, measure: name.value })
}

/// `{ column = "person", days = 1 }`.
fn key_of(
    mut table: Table,
    sides: &[Side],
    measures: &BTreeMap<String, Measure>,
    feeds: &BTreeMap<String, Contract>,
    errors: &mut Vec<Error>,
) -> Option<Key> {
    let place = table.place();
    let column = table.require::<Spanned<String>>("column", errors);
    let days = table.require::<Spanned<u32>>("days", errors);
    table.finish(errors);
    let (column, days) = (column?, days?);
    if sides.len() > 2 {
        let error = Error::definition(place, "records are matched between two sides only");
        errors.push(error.help("write one reconciliation for each pair, or leave `key` out"));
        return None;
    }
    let contracts = sides.iter().filter_map(|side| feeds.get(&measures.get(&side.measure)?.feed));
    for contract in contracts {
        let known = contract.columns.iter().find(|(name, _)| *name == column.value);
        let said = match known {
            _ if contract.rows == Rows::Totals => {
                format!("feed `{}` holds totals, which have no records to match", contract.id)
            }
            None => format!("feed `{}` has no column `{}`", contract.id, column.value),
            Some((_, ColumnType::Text)) => continue,
            Some(_) => format!("`{}` of feed `{}` is not text", column.value, contract.id),
        };
        errors.push(column.error(said).help("name a text column that both feeds have"));
        return None;
    }
    match i32::try_from(days.value) {
        Ok(number) if days.value <= MOST_DAYS => Some(Key { column: column.value, days: number }),
        _ => {
            let said = format!("`days` is a number of days from 0 to {MOST_DAYS}");
            errors.push(days.error(said).help("0: both are of the same day"));
            None
        }
    }
}
