//! Small hands for composing documents: cells, columns, paragraphs.

use super::{Block, Cell, Column, Fact, Format, TextStyle};
use crate::disclosure::Figure;
use crate::disclosure::released::Indicator;
use crate::unit::Unit;

/// How an indicator's values are shown: days and placements without decimals where all are whole.
pub(super) fn format(indicator: &Indicator) -> Format {
    let whole = |value: f64| (value - value.round()).abs() < 1e-9;
    let mut values = indicator.points.iter().filter_map(|point| point.value?.shown());
    match indicator.unit {
        Unit::Days | Unit::WorkingDays | Unit::Placements if values.all(whole) => {
            Format::Decimal(0)
        }
        unit => usual(unit),
    }
}

fn usual(unit: Unit) -> Format {
    match unit {
        Unit::Count => Format::Decimal(0),
        Unit::Proportion | Unit::Change => Format::Percent(1),
        Unit::Seconds => Format::Clock,
        Unit::Days
        | Unit::WorkingDays
        | Unit::BedDaysPerDay
        | Unit::Placements
        | Unit::PeoplePerWeek
        | Unit::Rate => Format::Decimal(1),
        Unit::Pounds => Format::Pounds,
        Unit::Ratio => Format::Decimal(2),
    }
}

/// How limits and means of a unit are shown: counts need a decimal there.
pub(super) fn fine(unit: Unit) -> Format {
    match unit {
        Unit::Count => Format::Decimal(1),
        other => usual(other),
    }
}

/// Words in a cell; empty words are an empty cell.
pub(crate) fn text(words: impl Into<String>) -> Cell {
    let words = words.into();
    if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
}

/// A figure in a cell, or an empty cell.
pub(super) fn number(figure: Option<Figure>, format: Format) -> Cell {
    figure.map_or(Cell::Empty, |figure| Cell::Number { figure, format })
}

/// A whole number of rows or events.
pub(super) fn whole(figure: Figure) -> Cell {
    number(Some(figure), Format::Decimal(0))
}

/// A column of words.
pub(crate) fn words(heading: &str) -> Column {
    Column { heading: heading.to_owned(), numeric: false }
}

/// A column of numbers.
pub(crate) fn numbers(heading: &str) -> Column {
    Column { heading: heading.to_owned(), numeric: true }
}

/// A paragraph.
pub(crate) fn paragraph(style: TextStyle, text: impl Into<String>) -> Block {
    Block::Text { style, text: text.into() }
}

/// A heading without a line above it.
pub(crate) fn heading(level: u8, text: &str, id: &str) -> Block {
    Block::Heading { level, text: text.to_owned(), id: id.to_owned(), kicker: None }
}

/// A fact, left out when its cell is empty.
pub(crate) fn fact(name: impl Into<String>, value: Cell) -> Option<Fact> {
    (value != Cell::Empty).then(|| Fact { name: name.into(), value })
}
