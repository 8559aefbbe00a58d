//! How one chart is drawn.

use std::str::FromStr;

use super::chart::{Chart, Unknown, named};
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
    type Err = Unknown;

    fn from_str(name: &str) -> Result<Self, Unknown> {
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
pub fn method(name: &str) -> Result<Method, Unknown> {
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
        let mut refuse = |Unknown { problem, help }: Unknown| {
            problems.push(row.problem(format!("{about}: {problem}")).help(help));
        };
        let freeze = positions(row, "freeze", &mut refuse);
        if freeze.len() > 1 {
            let problem = format!("`freeze` is `{}`", row.text("freeze"));
            refuse(Unknown { problem, help: "give one point".to_owned() });
        }
        if matches!(row.text("chart"), "" | "NA") {
            let names = Chart::ALL.map(|(name, _)| name).join(", ");
            let problem = "`chart` is empty".to_owned();
            refuse(Unknown { problem, help: format!("name one of {names}") });
        }
        let settings = Self {
            chart: chosen(row, "chart", Chart::from_str, &mut refuse),
            freeze: freeze.first().copied(),
            part: positions(row, "part", &mut refuse),
            exclude: positions(row, "exclude", &mut refuse),
            cl: number(row, "cl", &mut refuse),
            method: chosen(row, "method", method, &mut refuse),
            multiply: number(row, "multiply", &mut refuse).unwrap_or(usual.multiply),
            screening: chosen(row, "screenedmr", logical, &mut refuse).unwrap_or(usual.screening),
            aggregate: chosen(row, "agg_fun", Aggregate::from_str, &mut refuse),
        };
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    /// What of them does not fit a series of so many points, said of the row that asks for them.
    pub(super) fn faults(&self, about: &str, points: usize, row: Row<'_>) -> Vec<Error> {
        let mut found = Vec::new();
        let mut fault = |problem: String, help: &str| {
            found.push(row.problem(format!("{about}: {problem}")).help(help));
        };
        let freeze = self.freeze.filter(|_| self.part.is_empty());
        let before_last = points.saturating_sub(1);
        let positions = [
            ("freeze", freeze.as_slice(), points, "give the last point of the baseline"),
            ("part", &self.part, before_last, "give the last point of each part but the last"),
            ("exclude", &self.exclude, points, "give points as they are counted from 1"),
        ];
        for (what, given, last, help) in positions {
            for at in given.iter().filter(|at| !(1..=last).contains(*at)) {
                fault(format!("`{what}` is {at}, but the series has {points} points"), help);
            }
        }
        let centre_fault = |centre| Some((centre, self.chart.centre_fault(centre)?));
        if let Some((centre, help)) = self.cl.and_then(centre_fault) {
            fault(format!("`cl` is {centre} on a {} chart", self.chart.name()), help);
        }
        if !(self.multiply.is_finite() && self.multiply > 0.0) {
            let help = "give a number above 0, such as 100 for percentages";
            fault(format!("`multiply` is {}", self.multiply), help);
        }
        found
    }
}

/// What a cell chooses by name; the usual where it is empty.
fn chosen<T: Default>(
    row: Row<'_>,
    heading: &str,
    parse: impl Fn(&str) -> Result<T, Unknown>,
    refuse: &mut impl FnMut(Unknown),
) -> T {
    match row.text(heading) {
        "" | "NA" => T::default(),
        text => parse(text).unwrap_or_else(|unknown| {
            refuse(unknown);
            T::default()
        }),
    }
}

fn logical(text: &str) -> Result<Option<bool>, Unknown> {
    match text {
        "TRUE" => Ok(Some(true)),
        "FALSE" => Ok(Some(false)),
        _ => Err(Unknown {
            problem: format!("`screenedmr` is `{text}`"),
            help: "write TRUE or FALSE".to_owned(),
        }),
    }
}

fn number(row: Row<'_>, heading: &str, refuse: &mut impl FnMut(Unknown)) -> Option<f64> {
    row.number(heading).unwrap_or_else(|Error { problem, help, .. }| {
        refuse(Unknown { problem, help: help.unwrap_or_default() });
        None
    })
}

/// Points given as `12` or `10;18`, ascending, each once.
fn positions(row: Row<'_>, heading: &str, refuse: &mut impl FnMut(Unknown)) -> Vec<usize> {
    let text = row.text(heading);
    let parts = text.split(';').map(str::trim).filter(|part| !matches!(*part, "" | "NA"));
    let read: Result<Vec<usize>, _> = parts.map(str::parse).collect();
    let mut found = read.unwrap_or_else(|_| {
        let help = "give points counted from 1, such as 12 or 10;18".to_owned();
        refuse(Unknown { problem: format!("`{heading}` is `{text}`"), help });
        Vec::new()
    });
    found.sort_unstable();
    found.dedup();
    found
}
