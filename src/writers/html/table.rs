//! Tables and what stands in their cells.

use maud::{Markup, PreEscaped, html};

use super::signs;
use crate::charts::sparkline;
use crate::document::{Cell, Column, Table};
use crate::writers::number;

/// Counts the tables of a page, so that each has an id of its own.
#[derive(Default)]
pub(super) struct Numbers(usize);

impl Numbers {
    /// Ids of the page's own begin with `_`, which no heading's id does.
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("_table-{}", self.0)
    }
}

/// A table in a frame that scrolls by itself, folded away if the document says so.
pub(super) fn table(table: &Table, numbers: &mut Numbers) -> Markup {
    let id = numbers.next();
    let class = if becomes_cards(table) { "cards" } else { "grid" };
    let framed = html! {
        div.frame role="region" tabindex="0" aria-labelledby=(id) {
            table class=(class) role="table" {
                caption id=(id) { (table.caption) }
                thead role="rowgroup" {
                    tr role="row" {
                        @for column in &table.columns {
                            th.number[column.numeric] scope="col" role="columnheader" {
                                (column.heading)
                            }
                        }
                    }
                }
                tbody role="rowgroup" { @for cells in &table.rows { (row(&table.columns, cells)) } }
            }
        }
    };
    if table.folded {
        html! { details.fold { summary { (table.caption) } (framed) } }
    } else {
        framed
    }
}

/// On a phone a table of numbers keeps its grid and scrolls; a wide one with words or pictures
/// becomes a card a row.
fn becomes_cards(table: &Table) -> bool {
    table.columns.len() > 3 && table.columns.iter().skip(1).any(|column| !column.numeric)
}

fn row(columns: &[Column], cells: &[Cell]) -> Markup {
    html! {
        tr role="row" {
            @for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
                @if at == 0 {
                    th.number[column.numeric] scope="row" role="rowheader"
                        data-value=[value(cell)] { (content(cell)) }
                } @else {
                    td.number[column.numeric] .empty[matches!(cell, Cell::Empty)] role="cell"
                        data-label=(column.heading) data-value=[value(cell)] { (content(cell)) }
                }
            }
        }
    }
}

/// The number of a cell in full; of a stack, its first number.
fn value(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Number { figure, .. } => number::exact(*figure),
        Cell::Stack(cells) => cells.iter().find_map(value),
        _ => None,
    }
}

/// What a cell shows.
pub(super) fn content(cell: &Cell) -> Markup {
    match cell {
        Cell::Empty => html! {},
        Cell::Text(text) => html! { (text) },
        Cell::Number { figure, format } => html! {
            span.figure .withheld[figure.withheld().is_some()] data-value=[number::exact(*figure)] {
                (number::shown(*figure, *format))
            }
        },
        Cell::Link { text, to } => html! { a href={ "#" (to) } { (text) } },
        Cell::Code(text) => html! { code { (text) } },
        Cell::Lines(lines) => {
            html! { ul.lines role="list" { @for line in lines { li { (line) } } } }
        }
        Cell::Sparkline(chart) => {
            html! { span.sparkline { (PreEscaped(sparkline::draw(chart))) } }
        }
        Cell::Icons(icons) => signs::stack(icons),
        Cell::Stack(cells) => stack(cells),
    }
}

/// Cells below each other: words and code are small beside something else, else all but the first are.
fn stack(cells: &[Cell]) -> Markup {
    let beside = |cell: &Cell| matches!(cell, Cell::Text(_) | Cell::Code(_));
    let main = cells.iter().position(|cell| !beside(cell)).unwrap_or(0);
    html! {
        span.stack {
            @for (at, cell) in cells.iter().enumerate() {
                span.small[at != main && beside(cell)] { (content(cell)) }
                " "
            }
        }
    }
}
