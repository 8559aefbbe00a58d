//! What every writer relies on: headings in order, ids that are unique, links that lead somewhere.

use std::collections::BTreeSet;

use super::{Block, Cell, Document, Table};
use crate::error::{Error, Place};

impl Document {
    /// Checks that the document can be written.
    ///
    /// Headings begin at level 2 and skip none; ids begin with a letter, hold letters, digits,
    /// `-`, `_` and `.`, and are unique; every link leads to a heading; every row of a table has
    /// as many cells as there are columns. The first fault found is the error; a fault is a
    /// mistake in how the document was composed, never in the data.
    pub fn check(&self) -> Result<(), Error> {
        let mut ids = BTreeSet::new();
        let mut level_before = 1;
        for block in &self.blocks {
            if let Block::Heading { level, text, id, .. } = block {
                if !(2..=4).contains(level) || *level > level_before + 1 {
                    return Err(fault(format!("heading `{text}` has level {level} out of order")));
                }
                level_before = *level;
                if !is_id(id) {
                    return Err(fault(format!("heading `{text}` has the unusable id `{id}`")));
                }
                if !ids.insert(id.as_str()) {
                    return Err(fault(format!("two headings have the id `{id}`")));
                }
            }
        }
        for block in &self.blocks {
            match block {
                Block::Table(table) => check_table(table, &ids)?,
                Block::Facts(facts) | Block::Terms(facts) => {
                    facts.iter().try_for_each(|fact| check_cell(&fact.value, &ids))?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn check_table(table: &Table, ids: &BTreeSet<&str>) -> Result<(), Error> {
    let wanted = table.columns.len();
    for (at, row) in table.rows.iter().enumerate() {
        if row.len() != wanted {
            return Err(fault(format!(
                "row {} of table `{}` has {} cells, not {wanted}",
                at + 1,
                table.caption,
                row.len(),
            )));
        }
        row.iter().try_for_each(|cell| check_cell(cell, ids))?;
    }
    Ok(())
}

fn check_cell(cell: &Cell, ids: &BTreeSet<&str>) -> Result<(), Error> {
    match cell {
        Cell::Link { text, to } if !ids.contains(to.as_str()) => {
            Err(fault(format!("`{text}` links to `{to}`, which is no heading's id")))
        }
        Cell::Stack(cells) => cells.iter().try_for_each(|cell| check_cell(cell, ids)),
        _ => Ok(()),
    }
}

fn is_id(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn fault(problem: String) -> Error {
    Error::run(Place::file("pack"), problem)
        .help("this is a fault of the program, not of the data: please report it")
}
