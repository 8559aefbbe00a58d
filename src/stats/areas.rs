//! Figures of areas, each of several rows.

use std::collections::BTreeMap;

use super::Answer;
use super::output::{Cell, Output};
use super::settings::{LevelColumn, Levels};
use super::table::{Row, Table};
use crate::error::Error;
use crate::statistics::intervals::Confidence;

/// The rows of one area, and the levels it is to be answered at.
pub(super) struct Area<'a> {
    pub(super) name: &'a str,
    pub(super) rows: Vec<Row<'a>>,
    levels: Vec<Confidence>,
}

/// The areas of a table in the order in which it first names them, and the rows that belong to
/// none.
pub(super) struct Areas<'a> {
    pub(super) all: Vec<Area<'a>>,
    pub(super) problems: Vec<Error>,
}

impl<'a> Areas<'a> {
    /// The areas by the column `area`; with a column `conf`, by area and level.
    pub(super) fn of(table: &'a Table, levels: &Levels) -> Self {
        let own_levels = table.has("conf");
        let (mut all, mut problems) = (Vec::<Area<'a>>::new(), Vec::new());
        let mut places = BTreeMap::new();
        let mut column = LevelColumn::default();
        for row in table.rows() {
            let name = row.text("area");
            let own = if own_levels { column.of(row).map(Some) } else { Ok(None) };
            let level = match own {
                Ok(level) => level,
                Err(problem) => {
                    problems.push(in_area(name, problem));
                    continue;
                }
            };
            let key = (name, level.map(|level| level.probability().to_bits()));
            let place = *places.entry(key).or_insert_with(|| {
                let levels = level.map_or_else(|| levels.all().to_vec(), |level| vec![level]);
                all.push(Area { name, rows: Vec::new(), levels });
                all.len() - 1
            });
            all[place].rows.push(row);
        }
        Self { all, problems }
    }

    /// The table of all areas that `figure` can sum up, and every problem it names. All areas
    /// stand at the first level, then all at the next; `cells` writes what follows `area` and
    /// `conf`.
    pub(super) fn answer<'c, S>(
        mut self,
        headings: &[&str],
        figure: impl Fn(&Area<'_>, &mut Vec<Error>) -> Option<S>,
        cells: impl Fn(&S, Confidence, &mut Vec<Cell<'c>>),
    ) -> Answer
    where
        'a: 'c,
    {
        let mut answered = Vec::new();
        for area in &self.all {
            let before = self.problems.len();
            match figure(area, &mut self.problems) {
                Some(figure) => answered.push((area, figure)),
                None if self.problems.len() == before => self.problems.push(in_area(
                    area.name,
                    area.rows[0]
                        .problem("its figures are too large to be added up")
                        .help("check the figures of its rows"),
                )),
                None => {}
            }
        }
        let mut levels: Vec<Confidence> = Vec::new();
        for level in self.all.iter().flat_map(|area| &area.levels) {
            if !levels.contains(level) {
                levels.push(*level);
            }
        }
        let mut output = Output::new(headings);
        for level in levels {
            for (area, figure) in answered.iter().filter(|(area, _)| area.levels.contains(&level)) {
                let mut row = vec![Cell::Text(area.name), Cell::Number(Some(level.probability()))];
                cells(figure, level, &mut row);
                output.row(&row);
            }
        }
        Answer { tables: vec![output], problems: self.problems }
    }
}

/// The values `v` of an area; a missing one is `None` and noted. `None` where a cell is no
/// number.
pub(super) fn values(area: &Area<'_>, problems: &mut Vec<Error>) -> Option<Vec<Option<f64>>> {
    let mut values = Vec::with_capacity(area.rows.len());
    let mut sound = true;
    for row in &area.rows {
        match row.number("v") {
            Ok(value) => {
                if value.is_none() {
                    problems.push(missing(area.name, *row, "v").help(
                        "a mean or quantile of what is left could mislead, so none is given: \
                         give the value, or leave out the row if it is not to count",
                    ));
                }
                values.push(value);
            }
            Err(problem) => {
                problems.push(in_area(area.name, problem));
                sound = false;
            }
        }
    }
    sound.then_some(values)
}

/// A note of an empty cell: the area is answered all the same.
pub(super) fn missing(area: &str, row: Row<'_>, heading: &str) -> Error {
    in_area(area, Error::note(row.place(), format!("`{heading}` is empty")))
}

/// A problem with the area's name before it.
pub(super) fn in_area(area: &str, mut problem: Error) -> Error {
    problem.problem = format!("area `{area}`: {}", problem.problem);
    problem
}
