//! The table that leads to the parts of a page, so that each part can lead back to its row.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Table};

/// The table with the most rows that lead to a part, and which row leads where.
#[derive(Default)]
pub(super) struct Index<'a> {
    table: Option<&'a Table>,
    rows: BTreeMap<&'a str, &'a [Cell]>,
}

impl<'a> Index<'a> {
    /// The index of a page; empty where no row of any table leads to a part.
    pub(super) fn of(blocks: &'a [Block]) -> Self {
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) if !table.folded => Some(table),
            _ => None,
        });
        let Some(table) = tables.max_by_key(|table| rows(table).len()) else {
            return Self::default();
        };
        Self { table: Some(table), rows: rows(table) }
    }

    /// Whether this is the table.
    pub(super) fn is(&self, table: &Table) -> bool {
        self.table.is_some_and(|index| std::ptr::eq(index, table)) && !self.rows.is_empty()
    }

    /// The id of a row of the table; none for a second row that leads to the same part.
    pub(super) fn row(&self, cells: &[Cell]) -> Option<String> {
        let to = leads_to(cells)?;
        self.rows.get(to).filter(|first| std::ptr::eq(**first, cells)).map(|_| row_id(to))
    }

    /// The id of the row that leads to a heading.
    pub(super) fn row_to(&self, heading: &str) -> Option<String> {
        self.rows.contains_key(heading).then(|| row_id(heading))
    }
}

fn row_id(heading: &str) -> String {
    format!("_row-{heading}")
}

fn rows(table: &Table) -> BTreeMap<&str, &[Cell]> {
    let mut rows = BTreeMap::new();
    for cells in &table.rows {
        if let Some(to) = leads_to(cells) {
            rows.entry(to).or_insert(cells.as_slice());
        }
    }
    rows
}

/// Where the first link of a row's heading leads.
fn leads_to(cells: &[Cell]) -> Option<&str> {
    fn link(cell: &Cell) -> Option<&str> {
        match cell {
            Cell::Link { to, .. } => Some(to),
            Cell::Stack(cells) => cells.iter().find_map(link),
            _ => None,
        }
    }
    link(cells.first()?)
}
