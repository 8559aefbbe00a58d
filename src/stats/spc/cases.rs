//! The cases: which series is charted how.

use std::collections::BTreeMap;

use super::super::table::{Row, Table};
use super::series::Series;
use super::{Direction, FEWEST_BASELINE_POINTS, Settings, date, too_few};
use crate::error::{Error, Place, nearest};

/// One series under one name with one set of settings.
pub(super) struct Case<'a> {
    /// Its name.
    pub(super) id: &'a str,
    /// `case`, or `series` where there are no cases.
    what: &'static str,
    /// The series it is of.
    pub(super) series: &'a str,
    /// Where it was asked for.
    place: Place,
    /// How it is judged, or what is wrong with what was asked.
    pub(super) settings: Result<Settings, Error>,
}

/// Every series under its own name.
pub(super) fn one_each<'a>(
    input: &Table,
    series: &BTreeMap<&'a str, Result<Series, Error>>,
    settings: &Settings,
) -> Vec<Case<'a>> {
    let case = |&name: &&'a str| Case {
        id: name,
        what: "series",
        series: name,
        place: Place::file(input.file()),
        settings: Ok(settings.clone()),
    };
    series.keys().map(case).collect()
}

/// Every case of a file in its order; those without a name of their own are problems.
pub(super) fn read<'a>(
    table: &'a Table,
    settings: &Settings,
    problems: &mut Vec<Error>,
) -> Vec<Case<'a>> {
    let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for row in table.rows() {
        let id = row.text("case_id");
        if id.is_empty() {
            problems.push(row.problem("`case_id` is empty").help("name the case"));
        } else if let Some(line) = lines.get(id) {
            let problem = format!("`case_id` {id} stands in line {line} already");
            problems.push(row.problem(problem).help("name each case once"));
        } else {
            lines.insert(id, row.line());
            let settings = asked(row, settings).map_err(|mut fault| {
                fault.problem = format!("case `{id}`: {}", fault.problem);
                fault
            });
            let series = row.text("series_id");
            cases.push(Case { id, what: "case", series, place: row.place(), settings });
        }
    }
    cases
}

impl Case<'_> {
    /// A note about what the case asks for.
    pub(super) fn note(&self, note: &str) -> Error {
        Error::note(self.place.clone(), format!("{} `{}`: {note}", self.what, self.id))
    }

    pub(super) fn no_series<'s>(
        &self,
        known: impl IntoIterator<Item = &'s str>,
        file: &str,
    ) -> Error {
        let problem = format!("case `{}`: `series_id` is `{}`, no series", self.id, self.series);
        let help = match nearest(self.series, known) {
            Some(near) => format!("is `{near}` meant?"),
            None => format!("give the name of a series of {file}"),
        };
        Error::definition(self.place.clone(), problem).help(help)
    }
}

/// The settings with what the row says instead.
fn asked(row: Row<'_>, settings: &Settings) -> Result<Settings, Error> {
    row.sound()?;
    let mut asked = settings.clone();
    let wrong = |heading: &str, what: &str, help: &str| {
        row.problem(format!("`{heading}` is `{}`, {what}", row.text(heading))).help(help)
    };
    match row.text("improvement_direction") {
        "" => {}
        name => {
            let found = Direction::ALL.into_iter().find(|direction| direction.name() == name);
            let help = "write increase, decrease or neutral";
            asked.direction =
                found.ok_or_else(|| wrong("improvement_direction", "no direction", help))?;
        }
    }
    asked.target = row.number("target")?.or(settings.target);
    match row.text("rebase") {
        "" => {}
        dates => {
            let dates: Option<_> = dates.split(';').map(|text| date(text.trim())).collect();
            asked.rebases = dates.ok_or_else(|| {
                wrong("rebase", "not a list of dates", "write 2023-04-01;2024-04-01")
            })?;
        }
    }
    match row.text("screen_outliers") {
        "" => {}
        "TRUE" => asked.screen = true,
        "FALSE" => asked.screen = false,
        _ => return Err(wrong("screen_outliers", "neither TRUE nor FALSE", "write one of them")),
    }
    match row.text("fix_after_n_points") {
        "" | "NA" => {}
        text => {
            let help = format!("write a whole number, {FEWEST_BASELINE_POINTS} or more");
            let points = text
                .parse::<usize>()
                .map_err(|_| wrong("fix_after_n_points", "not a number of points", &help))?;
            if points < FEWEST_BASELINE_POINTS {
                let (problem, help) = too_few("`fix_after_n_points` is", points);
                return Err(row.problem(problem).help(help));
            }
            asked.baseline_points = Some(points);
        }
    }
    Ok(asked)
}
