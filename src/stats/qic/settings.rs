//! How one chart is drawn.

use std::str::FromStr;

use super::chart::{Chart, named};
use crate::error::Error;
use crate::statistics::runs::Method;
use crate::stats::table::Row;

/// How the rows that share an `x` become one value, where it is not a share or a rate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Aggregate {
    /// Their mean.
    #[default]
    Mean,
    /// Their median.
    Median,
    /// Their sum.
    Sum,
    /// Their standard deviation.
    Deviation,
}

impl FromStr for Aggregate {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = [
            ("mean", Self::Mean),
            ("median", Self::Median),
            ("sum", Self::Sum),
            ("sd", Self::Deviation),
        ];
        named("way to put values together", name, &all)
    }
}

/// A method of runs analysis by its name: `anhoej`, `bestbox` or `cutbox`.
///
/// # Errors
/// There is no such method; says which there are.
pub fn method(name: &str) -> Result<Method, String> {
    let all =
        [("anhoej", Method::Anhoej), ("bestbox", Method::BestBox), ("cutbox", Method::CutBox)];
    named("method of runs analysis", name, &all)
}

/// How one chart is drawn. Points are counted from 1 in order of `x`, missing ones counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The kind of chart.
    pub chart: Chart,
    /// The last point of the baseline: later ones are drawn, but make no limits. Without effect
    /// where there are parts.
    pub freeze: Option<usize>,
    /// The last point of each part but the last; each part has limits and runs of its own.
    pub part: Vec<usize>,
    /// Points that are drawn and tested against the limits, but enter neither limits nor runs.
    pub exclude: Vec<usize>,
    /// A centre line to be used instead of the computed one, in the unit before `multiply`. On a
    /// g chart it is the mean, and the line is drawn at 0.693 times it.
    pub cl: Option<f64>,
    /// How runs are judged.
    pub method: Method,
    /// Everything drawn is multiplied by this.
    pub multiply: f64,
    /// Whether moving ranges too long to be of the process are left out once.
    pub screening: bool,
    /// How rows that share an `x` become one value.
    pub aggregate: Aggregate,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            chart: Chart::Run,
            freeze: None,
            part: Vec::new(),
            exclude: Vec::new(),
            cl: None,
            method: Method::Anhoej,
            multiply: 1.0,
            screening: true,
            aggregate: Aggregate::Mean,
        }
    }
}

impl Settings {
    /// The settings of a row of cases, or all that is wrong with them.
    pub(super) fn of(row: Row<'_>, about: &str) -> Result<Self, Vec<Error>> {
        let mut problems = Vec::new();
        let usual = Self::default();
        let mut problem = |words: String| problems.push(row.problem(format!("{about}: {words}")));
        let settings = Self {
            chart: chosen(row, "chart", Chart::from_str, &mut problem),
            freeze: positions(row, "freeze", &mut problem).first().copied(),
            part: positions(row, "part", &mut problem),
            exclude: positions(row, "exclude", &mut problem),
            cl: number(row, "cl", &mut problem),
            method: chosen(row, "method", method, &mut problem),
            multiply: number(row, "multiply", &mut problem).unwrap_or(usual.multiply),
            screening: chosen(row, "screenedmr", logical, &mut problem).unwrap_or(usual.screening),
            aggregate: chosen(row, "agg_fun", Aggregate::from_str, &mut problem),
        };
        if row.text("chart").is_empty() {
            problem("`chart` is empty".to_owned());
        }
        if positions(row, "freeze", &mut |_| ()).len() > 1 {
            problem(format!("`freeze` is `{}`; give one point", row.text("freeze")));
        }
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    /// What of them does not fit a series of so many points.
    pub(super) fn faults(
        &self,
        about: &str,
        points: usize,
        place: impl Fn(String) -> Error,
    ) -> Vec<Error> {
        let mut found = Vec::new();
        let mut outside = |what: &str, at: usize, last: usize, help: &str| {
            if !(1..=last).contains(&at) {
                let problem =
                    format!("{about}: `{what}` is {at}, but the series has {points} points");
                found.push(place(problem).help(help));
            }
        };
        if let Some(freeze) = self.freeze {
            outside("freeze", freeze, points, "give the last point of the baseline");
        }
        let before_last = points.saturating_sub(1);
        for part in &self.part {
            let help = "give the last point of each part but the last, counted from 1";
            outside("part", *part, before_last, help);
        }
        for exclude in &self.exclude {
            outside("exclude", *exclude, points, "give points as they are counted from 1");
        }
        let fault = self.cl.and_then(|centre| self.chart.centre_fault(centre).map(|f| (centre, f)));
        if let Some((centre, fault)) = fault {
            found.push(
                place(format!("{about}: `cl` is {centre} on a {} chart", self.chart.name()))
                    .help(fault),
            );
        }
        if !(self.multiply.is_finite() && self.multiply > 0.0) {
            found.push(
                place(format!("{about}: `multiply` is {}", self.multiply))
                    .help("give a number above 0, such as 100 for percentages"),
            );
        }
        found
    }
}

/// What a cell chooses by name; the usual where it is empty.
fn chosen<T: Default>(
    row: Row<'_>,
    heading: &str,
    parse: impl Fn(&str) -> Result<T, String>,
    problem: &mut impl FnMut(String),
) -> T {
    match row.text(heading) {
        "" | "NA" => T::default(),
        text => parse(text).unwrap_or_else(|words| {
            problem(words);
            T::default()
        }),
    }
}

fn logical(text: &str) -> Result<Option<bool>, String> {
    match text {
        "TRUE" => Ok(Some(true)),
        "FALSE" => Ok(Some(false)),
        _ => Err(format!("`screenedmr` is `{text}`, neither TRUE nor FALSE")),
    }
}

fn number(row: Row<'_>, heading: &str, problem: &mut impl FnMut(String)) -> Option<f64> {
    row.number(heading).unwrap_or_else(|error| {
        problem(error.problem);
        None
    })
}

/// Points given as `12` or `10;18`, ascending, each once.
fn positions(row: Row<'_>, heading: &str, problem: &mut impl FnMut(String)) -> Vec<usize> {
    let text = row.text(heading);
    let mut found = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !matches!(*part, "" | "NA")) {
        match part.parse() {
            Ok(position) => found.push(position),
            Err(_) => problem(format!(
                "`{heading}` is `{text}`; give points counted from 1, such as 12 or 10;18"
            )),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
