//! `concordat stats qic`: the charts of qicharts2, by its rules, point by point.
//!
//! Each series is a chart: its rows are put together by `x`, the phases drawn, and every point
//! given with its centre line, limits, signals and the runs analysis of its phase. Where cases are
//! given, each says which series it is of and how it is drawn; without, every series is drawn by
//! the same settings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::table::{Row, Table};
use super::{Answer, Output};
use crate::error::{Error, nearest};

mod chart;
mod points;
mod series;
mod settings;

pub use chart::{Chart, Unknown};
pub use settings::{Aggregate, Settings, method};

use series::Series;

/// The columns of the points, in the order of the reference.
const COLUMNS: [&str; 20] = [
    "case_id",
    "x",
    "y",
    "n",
    "part",
    "baseline",
    "include",
    "cl",
    "lcl",
    "lcl_95",
    "ucl_95",
    "ucl",
    "sigma_signal",
    "runs_signal",
    "n_obs",
    "n_useful",
    "longest_run",
    "longest_run_max",
    "n_crossings",
    "n_crossings_min",
];

/// Draws every case, or every series where no cases are given, and gives its points.
///
/// `input` has the columns `series_id`, `x` (a number or a date), `y` and, where values are shares
/// or rates, `n`; several rows may share an `x`. `cases` has `case_id`, `series_id`, `chart` and,
/// where wanted, `freeze`, `part`, `exclude`, `cl`, `method`, `multiply`, `screenedmr` and
/// `agg_fun`. Without cases `settings` hold for every series, and its name is the case's.
///
/// A row that has only one of `y` and `n`, where the chart looks at both, is a missing one. The
/// limits of runs are Anhøj's by every method; `runs_signal` is the method's.
///
/// The one table has a row for each case and `x`, the cases in their order, `x` ascending. A case
/// that cannot be drawn is among the problems, and the others are drawn all the same.
///
/// # Errors
/// A file cannot be read, or lacks a needed column or any rows.
pub fn qic(input: &Path, cases: Option<&Path>, settings: &Settings) -> Result<Answer, Error> {
    let input = Table::read(input, &["series_id", "x", "y"])?;
    let cases =
        cases.map(|path| Table::read(path, &["case_id", "series_id", "chart"])).transpose()?;
    let mut work = Work { output: Output::new(&COLUMNS), problems: Vec::new() };
    let series = work.series(&input);
    match &cases {
        Some(cases) => work.cases(cases, &series),
        None => work.every(&series, settings),
    }
    Ok(Answer { tables: vec![work.output], problems: work.problems })
}

/// Series by name; `None` where the rows cannot be read.
struct All<'a> {
    by_name: BTreeMap<&'a str, Option<Series<'a>>>,
    /// In the order in which they first appear.
    names: Vec<&'a str>,
}

/// What is made, and what could not be.
struct Work {
    output: Output,
    problems: Vec<Error>,
}

impl Work {
    fn series<'a>(&mut self, input: &'a Table) -> All<'a> {
        let mut rows: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
        let mut names = Vec::new();
        for row in input.rows() {
            let name = row.text("series_id");
            if name.is_empty() {
                let problem = row.problem("`series_id` is empty");
                self.problems.push(problem.help("name the series that the row belongs to"));
                continue;
            }
            rows.entry(name)
                .or_insert_with(|| {
                    names.push(name);
                    Vec::new()
                })
                .push(row);
        }
        let mut by_name = BTreeMap::new();
        for name in &names {
            let read = Series::read(name, rows.get(name).map_or(&[], Vec::as_slice));
            let read = read.map_err(|problems| self.problems.extend(problems)).ok();
            by_name.insert(*name, read);
        }
        All { by_name, names }
    }

    fn every(&mut self, series: &All<'_>, settings: &Settings) {
        for name in &series.names {
            if let Some(Some(series)) = series.by_name.get(name) {
                let about = format!("series `{name}`");
                let faults = settings.faults(&about, series.length(), series.row);
                self.draw(name, &about, series, settings, faults);
            }
        }
    }

    fn cases(&mut self, cases: &Table, all: &All<'_>) {
        let mut seen = BTreeSet::new();
        for row in cases.rows() {
            let id = row.text("case_id");
            let about = format!("case `{id}`");
            let first = seen.insert(id);
            let asked = all.asked(row, &about, first).and_then(|series| {
                let settings = Settings::of(row, &about)?;
                Ok((series, settings))
            });
            match asked {
                Ok((series, settings)) => {
                    let faults = settings.faults(&about, series.length(), row);
                    self.draw(id, &about, series, &settings, faults);
                }
                Err(problems) => self.problems.extend(problems),
            }
        }
    }

    /// One chart: its points, or why there are none, the faults of its settings being known.
    fn draw(
        &mut self,
        id: &str,
        about: &str,
        series: &Series<'_>,
        settings: &Settings,
        mut faults: Vec<Error>,
    ) {
        faults.extend(series.faults(about, settings.chart));
        if faults.is_empty() {
            points::write(&mut self.output, id, &series.points(settings), settings);
        }
        self.problems.extend(faults);
    }
}

impl<'a> All<'a> {
    /// The series that a case is of. `first` says that no case before has its name.
    fn asked(&self, row: Row<'_>, about: &str, first: bool) -> Result<&Series<'a>, Vec<Error>> {
        let name = row.text("series_id");
        let refuse = |problem: String, help: &str| Err(vec![row.problem(problem).help(help)]);
        if row.text("case_id").is_empty() {
            return refuse("`case_id` is empty".to_owned(), "give the case a name");
        }
        if !first {
            let problem = format!("{about}: another case has the same name");
            return refuse(problem, "give each case its own");
        }
        match self.by_name.get(name) {
            Some(Some(series)) => Ok(series),
            Some(None) => refuse(
                format!("{about}: series `{name}` has rows that cannot be read"),
                "correct the rows that are named for it",
            ),
            None => refuse(
                format!("{about}: there is no series `{name}`"),
                &unknown_help(name, &self.names),
            ),
        }
    }
}

fn unknown_help(name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("is `{near}` meant?"),
        None => "name a series of the other file".to_owned(),
    }
}
