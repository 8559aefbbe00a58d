//! Tables: grids of numbers, and cards where a phone has no room for words side by side.
//!
//! A page holds thousands of cells, so nothing is written that does nothing: roles and labels
//! stand only where style takes the table apart, and a number's full digits only where what is
//! shown is another number.

use maud::{Markup, html};

use super::cell::{self, content};
use super::index::Index;
use crate::document::{Cell, Column, Table};

/// What a page has to remember from table to table.
pub(super) struct Tables<'a> {
    /// The table that leads to the parts.
    pub(super) index: Index<'a>,
    written: usize,
}

impl<'a> Tables<'a> {
    pub(super) fn new(index: Index<'a>) -> Self {
        Self { index, written: 0 }
    }

    /// Ids of the page's own begin with `_`, which no heading's id does.
    fn next(&mut self) -> String {
        self.written += 1;
        format!("_t{}", self.written)
    }
}

/// A table in a frame that scrolls by itself, folded away if the document says so.
pub(super) fn table(table: &Table, tables: &mut Tables) -> Markup {
    let id = tables.next();
    let columns = columns(table);
    let index = tables.index.is(table);
    let body = if becomes_cards(&columns) {
        cards(table, &columns, &id, index.then_some(&tables.index))
    } else {
        grid(table, &columns, &id, index.then_some(&tables.index))
    };
    let framed = html! {
        div.frame role="region" tabindex="0" aria-labelledby=(id) { (body) }
    };
    if table.folded {
        html! { details.fold { summary { (table.caption) } (framed) } }
    } else {
        framed
    }
}

/// The columns shown, with their places. Behind a fold a column without a single entry is left
/// out: a chart's twin has one for everything a chart may have.
fn columns(table: &Table) -> Vec<(usize, &Column)> {
    let filled =
        |at: usize| table.rows.iter().any(|row| row.get(at).is_some_and(|c| *c != Cell::Empty));
    let kept = |at: usize| at == 0 || !table.folded || filled(at);
    table.columns.iter().enumerate().filter(|(at, _)| kept(*at)).collect()
}

/// On a phone a table of numbers keeps its grid and scrolls; one with more columns of words or
/// pictures than of numbers becomes a card a row.
fn becomes_cards(columns: &[(usize, &Column)]) -> bool {
    let words = columns.iter().skip(1).filter(|(_, column)| !column.numeric).count();
    columns.len() > 2 && 2 * words >= columns.len()
}

/// Numbers are set right by the style of every grid; which columns are words stands once.
fn grid(table: &Table, columns: &[(usize, &Column)], id: &str, index: Option<&Index>) -> Markup {
    let words = columns.iter().enumerate().skip(1).filter(|(_, (_, column))| !column.numeric);
    let classes: Vec<String> = words.map(|(at, _)| format!(" w{}", at + 1)).collect();
    html! {
        table class={ "grid" (classes.concat()) } {
            caption id=(id) { (table.caption) }
            thead { tr { @for (_, column) in columns { th scope="col" { (column.heading) } } } }
            tbody {
                @for cells in &table.rows {
                    tr id=[row_id(cells, index)] {
                        @for (place, (at, column)) in columns.iter().enumerate() {
                            @let cell = &cells[*at];
                            @if place == 0 {
                                th class=[number(column)] scope="row"
                                    data-value=[cell::value(cell)] { (cell::bare(cell)) }
                            } @else {
                                td class=[cell::withheld(cell).then_some("withheld")]
                                    data-value=[cell::value(cell)] { (cell::bare(cell)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Roles say again what style takes away, and each cell carries its column's heading.
fn cards(table: &Table, columns: &[(usize, &Column)], id: &str, index: Option<&Index>) -> Markup {
    html! {
        table class=(if index.is_some() { "cards index" } else { "cards" }) role="table" {
            caption id=(id) { (table.caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for (_, column) in columns {
                        th class=[number(column)] scope="col" role="columnheader" {
                            (column.heading)
                        }
                    }
                }
            }
            tbody role="rowgroup" {
                @for cells in &table.rows {
                    tr role="row" id=[row_id(cells, index)] {
                        @for (place, (at, column)) in columns.iter().enumerate() {
                            @let cell = &cells[*at];
                            @if place == 0 {
                                th class=[number(column)] scope="row" role="rowheader" {
                                    (content(cell))
                                }
                            } @else {
                                td class=[number(column)] role="cell" data-label=(column.heading) {
                                    (content(cell))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn number(column: &Column) -> Option<&'static str> {
    column.numeric.then_some("number")
}

fn row_id(cells: &[Cell], index: Option<&Index>) -> Option<String> {
    index?.row(cells)
}
