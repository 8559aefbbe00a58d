//! Shaded cells: the number in each, names above and to the left.

use super::head::{Block, foot, titles};
use super::lines::letters;
use super::paint::{Anchor, Layer, Look, Shape, Spot};
use super::scene::Scene;
use crate::charts::font::{Weight, width};
use crate::charts::heat::Heat;
use crate::charts::text::shorten;
use crate::charts::theme::{Format, HEAT, INK, PAPER, QUIET};
use crate::disclosure::Figure;
use crate::number;

/// Levels from which on letters are white.
const DARK: usize = 3;

/// What is drawn, the way round that the format has room for.
struct Table<'a> {
    rows: Vec<&'a str>,
    columns: Vec<&'a str>,
    cells: Vec<Vec<Option<Figure>>>,
}

impl<'a> Table<'a> {
    /// Turned on its side where the columns have no room for their numbers.
    fn of(heat: &'a Heat, format: &Format) -> Self {
        let names = |names: &'a [String]| names.iter().map(String::as_str).collect::<Vec<_>>();
        let (rows, columns) = (names(&heat.rows), names(&heat.columns));
        if format.width >= 800.0 || columns.len() <= 8 || rows.len() > 8 {
            return Self { rows, columns, cells: heat.cells.clone() };
        }
        let cell = |row: usize, column: usize| heat.cells.get(row)?.get(column).copied().flatten();
        let turned = (0..columns.len())
            .map(|column| (0..rows.len()).map(|row| cell(row, column)).collect::<Vec<_>>());
        Self { cells: turned.collect(), rows: columns, columns: rows }
    }
}

/// Lays out shaded cells in a format.
pub(crate) fn lay_out(heat: &Heat, format: &Format) -> Scene {
    let table = Table::of(heat, format);
    let above = titles(&heat.title, &heat.subtitle, format);
    let longest = table.rows.iter().map(|name| width(name, format.label, Weight::Regular));
    let left = (longest.fold(0.0, f64::max) + 18.0).min(format.width * 0.4);
    let across = (format.width - left - 8.0) / count(table.columns.len().max(1));
    let down = if table.rows.len() > 12 { 21.0 } else { 27.0 };
    let top = above.bottom + format.label + 14.0;
    let place = Place { left, top, across, down };
    let mut layers = above.layers;
    layers.extend(names(&table, &place, format));
    layers.extend(cells(heat, &table, &place, format));
    let bottom = top + down * count(table.rows.len());
    let foot: Block = foot(&heat.caption, bottom + 12.0, format);
    layers.extend(foot.layers);
    Scene { width: format.width, height: (foot.bottom + 8.0).ceil(), layers }
}

/// Where the cells stand.
struct Place {
    left: f64,
    top: f64,
    across: f64,
    down: f64,
}

impl Place {
    fn corner(&self, row: usize, column: usize) -> Spot {
        (self.left + self.across * count(column), self.top + self.down * count(row))
    }
}

#[expect(clippy::cast_precision_loss, reason = "cells of a picture")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Names of rows and columns; of columns as many as have room.
fn names(table: &Table<'_>, place: &Place, format: &Format) -> Vec<Layer> {
    let size = format.label;
    let mut shapes = Vec::new();
    for (row, name) in table.rows.iter().enumerate() {
        let (_, y) = place.corner(row, 0);
        let name = shorten(name, size, Weight::Regular, place.left - 14.0);
        let spot = (place.left - 8.0, y + place.down / 2.0 + size * 0.35);
        shapes.push(Shape::Text(spot, Anchor::End, name));
    }
    let widest = table.columns.iter().map(|name| width(name, size, Weight::Regular));
    let widest = widest.fold(0.0, f64::max) + 6.0;
    // names of many columns are left out between others; of few they are shortened
    let every = if table.columns.len() > 8 { (widest / place.across).ceil().max(1.0) } else { 1.0 };
    for (column, name) in table.columns.iter().enumerate() {
        if count(column) % every > 0.5 {
            continue;
        }
        let (x, y) = place.corner(0, column);
        // a name wider than its cells never leaves the picture
        let room = (place.across * every).min(format.width) - 4.0;
        let name = shorten(name, size, Weight::Regular, room);
        let half = width(&name, size, Weight::Regular) / 2.0 + 2.0;
        let middle = (x + place.across / 2.0).min(format.width - half).max(half);
        shapes.push(Shape::Text((middle, y - 7.0), Anchor::Middle, name));
    }
    vec![Layer { name: "names", look: letters(QUIET, size), shapes }]
}

/// The cells, level by level, and their numbers.
fn cells(heat: &Heat, table: &Table<'_>, place: &Place, format: &Format) -> Vec<Layer> {
    let number = |cell: &Option<Figure>| cell.and_then(Figure::shown);
    let most = table.cells.iter().flatten().filter_map(number).fold(0.0, f64::max);
    let mut grounds: Vec<Vec<Shape>> = vec![Vec::new(); HEAT.len()];
    let (mut dark, mut light) = (Vec::new(), Vec::new());
    let size = format.small;
    for (row, cells) in table.cells.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let Some(value) = number(cell) else { continue };
            let (x, y) = place.corner(row, column);
            let (right, bottom) = (x + place.across, y + place.down);
            let level = level(value, most);
            grounds[level].push(Shape::Polygon(vec![
                (x, y),
                (right, y),
                (right, bottom),
                (x, bottom),
            ]));
            let words =
                if heat.percent { number::percent(value, 0) } else { number::decimal(value, 0) };
            if width(&words, size, Weight::Regular) > place.across - 2.0 {
                continue;
            }
            let spot = (x + place.across / 2.0, y + place.down / 2.0 + size * 0.36);
            let into = if level >= DARK { &mut light } else { &mut dark };
            into.push(Shape::Text(spot, Anchor::Middle, words));
        }
    }
    let grounds = grounds.into_iter().zip(HEAT).map(|(shapes, colour)| Layer {
        name: "cells",
        look: Look::Fill(colour, PAPER, 1.5),
        shapes,
    });
    let mut layers: Vec<Layer> = grounds.collect();
    layers.push(Layer { name: "numbers", look: letters(INK, size), shapes: dark });
    layers.push(Layer { name: "numbers", look: letters(PAPER, size), shapes: light });
    layers
}

/// The shade of a number: none of 0, else by fifths of the most, the lowest two as one.
fn level(value: f64, most: f64) -> usize {
    if value <= 0.0 || most <= 0.0 {
        return 0;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 5")]
    let fifth = (value / most * 5.0).ceil() as usize;
    fifth.saturating_sub(1).clamp(1, HEAT.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_are_fifths_of_the_most() {
        let levels = [0.0, 1.0, 20.0, 40.0, 41.0, 60.0, 61.0, 80.0, 81.0, 100.0];
        let found = levels.map(|value| level(value, 100.0));
        assert_eq!(found, [0, 1, 1, 1, 2, 2, 3, 3, 4, 4]);
        assert_eq!(level(0.0, 0.0), 0);
    }
}
