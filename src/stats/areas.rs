//! Figures of areas, each of several rows.

use std::collections::BTreeMap;

use super::Answer;
use super::output::{Cell, Output};
use super::settings::{Levels, level_of};
use super::table::{Row, Table};
use crate::error::Error;
use crate::statistics::intervals::Confidence;

/// The rows of one area, and the levels it is to be answered at.
pub(super) struct Area<'a> {
    pub(super) name: &'a str,
    pub(super) rows: Vec<Row<'a>>,
    levels: Vec<Confidence>,
}

/// The areas in the order in which the file first names them.
///
/// With a column `conf` the rows of an area are those with its level too; a row without a level is
/// a problem and belongs to no area.
pub(super) fn areas<'a>(
    table: &'a Table,
    levels: &Levels,
    problems: &mut Vec<Error>,
) -> Vec<Area<'a>> {
    let own_levels = table.has("conf");
    let mut found: Vec<Area<'a>> = Vec::new();
    let mut places = BTreeMap::new();
    for row in table.rows() {
        let levels = if own_levels {
            match level_of(row) {
                Ok(level) => vec![level],
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            }
        } else {
            levels.all().to_vec()
        };
        let own = if own_levels { row.text("conf") } else { "" };
        let place = *places.entry((row.text("area"), own)).or_insert_with(|| {
            found.push(Area { name: row.text("area"), rows: Vec::new(), levels });
            found.len() - 1
        });
        found[place].rows.push(row);
    }
    found
}

/// Writes the areas that have an answer: all at the first level, then all at the next.
pub(super) fn write<S>(
    headings: &[&str],
    answered: &[(&Area<'_>, S)],
    cells: impl Fn(&S, Confidence, &mut Vec<Cell<'_>>),
) -> Output {
    let mut output = Output::new(headings);
    let mut levels: Vec<Confidence> = Vec::new();
    for level in answered.iter().flat_map(|(area, _)| &area.levels) {
        if !levels.contains(level) {
            levels.push(*level);
        }
    }
    for level in levels {
        for (area, figure) in answered {
            if area.levels.contains(&level) {
                let mut row = vec![Cell::Text(area.name), Cell::Number(Some(level.probability()))];
                cells(figure, level, &mut row);
                output.row(&row);
            }
        }
    }
    output
}

/// The answer of a table of areas: each summed up by `figure`, which says what stops it.
pub(super) fn answer<S>(
    table: &Table,
    levels: &Levels,
    headings: &[&str],
    figure: impl Fn(&Area<'_>, &mut Vec<Error>) -> Option<S>,
    cells: impl Fn(&S, Confidence, &mut Vec<Cell<'_>>),
) -> Answer {
    let mut problems = Vec::new();
    let areas = areas(table, levels, &mut problems);
    let answered: Vec<_> = areas
        .iter()
        .filter_map(|area| Some((area, figure(area, &mut problems)?)))
        .collect();
    Answer { tables: vec![write(headings, &answered, cells)], problems }
}

/// The values `v` of an area; a missing one is `None` and a problem. `None` where a cell is no
/// number.
pub(super) fn values(area: &Area<'_>, problems: &mut Vec<Error>) -> Option<Vec<Option<f64>>> {
    let mut values = Vec::with_capacity(area.rows.len());
    let mut sound = true;
    for row in &area.rows {
        match row.number("v") {
            Ok(value) => {
                if value.is_none() {
                    problems.push(missing(area, *row, "v").help(
                        "a mean or quantile of what is left could mislead, so none is given: \
                         give the value, or leave out the row if it is not to count",
                    ));
                }
                values.push(value);
            }
            Err(problem) => {
                problems.push(in_area(area, problem));
                sound = false;
            }
        }
    }
    sound.then_some(values)
}

/// The problem of an empty cell.
pub(super) fn missing(area: &Area<'_>, row: Row<'_>, heading: &str) -> Error {
    in_area(area, row.problem(format!("`{heading}` is empty")))
}

/// A problem with the area's name before it.
pub(super) fn in_area(area: &Area<'_>, mut problem: Error) -> Error {
    problem.problem = format!("area `{}`: {}", area.name, problem.problem);
    problem
}
