//! The columns of a feed: what they hold, under which headings they arrive, how they are written.

use crate::document::parts::{text, words};
use crate::document::{Block, Cell, Table};
use crate::feeds::contract::Contract;
use crate::feeds::reading::{CellKind, Dates, Number, Other, Repeat, Source, SpreadColumn};
use crate::number;
use crate::wording;

/// The columns as they arrive.
pub(super) fn table(contract: &Contract) -> Table {
    Table {
        caption: format!("Columns of {}", contract.id),
        columns: ["Column", "Holds", "Headings", "Written as", "Empty means"].map(words).to_vec(),
        rows: contract.reading.columns.iter().map(|column| row(column, contract)).collect(),
        folded: false,
    }
}

/// The columns made of the names in another.
pub(super) fn made_by_spreading(contract: &Contract) -> Option<Block> {
    let spread = contract.reading.spread.as_ref()?;
    let row = |made: &SpreadColumn| {
        vec![
            text(&made.column.name),
            text(holds(&made.column.kind)),
            Cell::Lines(made.from.clone()),
            written(&made.column.kind),
        ]
    };
    Some(Block::Table(Table {
        caption: format!("Columns of {} made of the names in {}", contract.id, spread.names),
        columns: ["Column", "Holds", "Names", "Written as"].map(words).to_vec(),
        rows: spread.columns.iter().map(row).collect(),
        folded: false,
    }))
}

fn row(column: &Source, contract: &Contract) -> Vec<Cell> {
    let Source { name, blank, open_end: _, required, fill, kind, .. } = column;
    let empty = if *required {
        "The row is set aside".to_owned()
    } else if let Some(blank) = blank {
        blank.clone()
    } else if contract.open_ends.contains(name) {
        "Not ended".to_owned()
    } else if *fill {
        "As the cell above".to_owned()
    } else {
        String::new()
    };
    vec![text(name), text(holds(kind)), found(column), written(kind), text(empty)]
}

/// Which field of a file it is.
fn found(column: &Source) -> Cell {
    let Source { headings, join, at, repeat, .. } = column;
    if !join.is_empty() {
        return Cell::Lines(vec![format!("{}, put together", join.join(" and "))]);
    }
    let which = repeat.map(|repeat| match repeat {
        Repeat::First => "the first of several",
        Repeat::Last => "the last of several",
    });
    let field = at.map(|at| format!("field {}", at + 1));
    let places = field.into_iter().chain(which.map(str::to_owned));
    Cell::Lines(headings.iter().cloned().chain(places).collect())
}

/// The type, in words.
fn holds(kind: &CellKind) -> String {
    match kind {
        CellKind::Text => "text".to_owned(),
        CellKind::Code { .. } => "a code".to_owned(),
        CellKind::Integer(number) => format!("a whole number{}", range(number)),
        CellKind::Decimal(number) if number.percent => format!("a share{}", range(number)),
        CellKind::Decimal(number) => format!("a number{}", range(number)),
        CellKind::Time(_) => "a time".to_owned(),
        CellKind::Date(_) => "a date".to_owned(),
        CellKind::Flag { .. } => "yes or no".to_owned(),
        CellKind::Area { kind: Some(kind) } => format!("an area: {kind}"),
        CellKind::Area { kind: None } => "an area".to_owned(),
    }
}

fn range(number: &Number) -> String {
    number.range.map_or_else(String::new, |(from, to)| {
        let shown = |value: f64| number::exact(value).unwrap_or_default();
        format!(" from {} to {}", shown(from), shown(to))
    })
}

fn numbers(number: &Number) -> Cell {
    let Number { range: _, thousands, percent, zero } = number;
    let thousands = thousands.then(|| "thousands parted by commas".to_owned());
    let percent = percent.then(|| "with a per cent sign".to_owned());
    let zero = (!zero.is_empty()).then(|| format!("0 as {}", zero.join(" or ")));
    let said: Vec<String> = [thousands, percent, zero].into_iter().flatten().collect();
    if said.is_empty() { Cell::Empty } else { Cell::Lines(said) }
}

fn dates(dates: &Dates) -> Cell {
    let Dates { format, range: (first, last) } = dates;
    let days = format!("from {} to {}", wording::day(*first), wording::day(*last));
    Cell::Stack(vec![Cell::Code(format.text().to_owned()), text(days)])
}

/// Formats, codes and their spellings.
fn written(kind: &CellKind) -> Cell {
    match kind {
        CellKind::Integer(number) | CellKind::Decimal(number) => numbers(number),
        CellKind::Text | CellKind::Area { .. } => Cell::Empty,
        CellKind::Time(dates) | CellKind::Date(dates) => self::dates(dates),
        CellKind::Flag { yes, no } => {
            Cell::Lines(vec![format!("yes: {}", yes.join(", ")), format!("no: {}", no.join(", "))])
        }
        CellKind::Code { codes, spellings, other } => {
            let spelled = |(at, code): (usize, &String)| {
                let own = spellings.iter().filter(|(_, of)| **of == at);
                let own: Vec<&str> = own.map(|(spelling, _)| spelling.as_str()).collect();
                format!("{code}: {}", own.join(", "))
            };
            let mut lines: Vec<String> = codes.iter().enumerate().map(spelled).collect();
            lines.push(match other {
                Other::Quarantine => "anything else: the row is set aside".to_owned(),
                Other::Drop => "anything else: the row is left out, as expected".to_owned(),
                Other::Code(at) => {
                    format!("anything else: {}", codes.get(*at).map_or("", String::as_str))
                }
            });
            Cell::Lines(lines)
        }
    }
}
