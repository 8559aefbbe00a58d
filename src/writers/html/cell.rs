//! What stands in a cell.

use maud::{Markup, PreEscaped, html};

use super::{picture, signs};
use crate::charts::sparkline;
use crate::disclosure::Figure;
use crate::document::{Cell, Format};
use crate::writers::number;

/// What a cell shows, wherever it stands.
pub(super) fn content(cell: &Cell) -> Markup {
    match cell {
        Cell::Number { figure, format } => html! {
            span class=(if figure.withheld().is_some() { "figure withheld" } else { "figure" })
                data-value=[exact(*figure, *format)] { (number::shown(*figure, *format)) }
        },
        Cell::Sparkline(chart) => html! {
            span.sparkline { (PreEscaped(picture::compact(&sparkline::draw(chart)))) }
        },
        Cell::Link { text, to } => html! { a href={ "#" (to) } { (text) } },
        Cell::Code(text) => html! { code { (text) } },
        Cell::Lines(lines) => {
            html! { ul.lines role="list" { @for line in lines { li { (line) } } } }
        }
        Cell::Icons(icons) => signs::stack(icons),
        Cell::Stack(cells) => stack(cells),
        Cell::Empty | Cell::Text(_) => bare(cell),
    }
}

/// The same in a cell of a grid, which is itself the number's place.
pub(super) fn bare(cell: &Cell) -> Markup {
    match cell {
        Cell::Empty => html! {},
        Cell::Text(text) => html! { (text) },
        Cell::Number { figure, format } => html! { (number::shown(*figure, *format)) },
        other => content(other),
    }
}

/// Of a cell that is a number: every digit, where what is shown is another number.
pub(super) fn value(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Number { figure, format } => exact(*figure, *format),
        _ => None,
    }
}

/// Every digit of a figure that is shown rounded or in another form; `None` where what is shown,
/// read without its commas, is the very same number.
pub(super) fn exact(figure: Figure, format: Format) -> Option<String> {
    let exact = number::exact(figure)?;
    let same = number::shown(figure, format).replace(',', "").parse() == exact.parse::<f64>();
    (!same).then_some(exact)
}

/// Whether a cell is a number that is not shown.
pub(super) fn withheld(cell: &Cell) -> bool {
    matches!(cell, Cell::Number { figure, .. } if figure.withheld().is_some())
}

/// Cells below each other: words and code are small beside something else, else all but the first are.
fn stack(cells: &[Cell]) -> Markup {
    let beside = |cell: &Cell| matches!(cell, Cell::Text(_) | Cell::Code(_));
    let main = cells.iter().position(|cell| !beside(cell)).unwrap_or(0);
    html! {
        span.stack {
            @for (at, cell) in cells.iter().enumerate() {
                @if at != main && beside(cell) { span.small { (content(cell)) } }
                @else if beside(cell) { span { (content(cell)) } }
                @else { (content(cell)) }
                " "
            }
        }
    }
}
