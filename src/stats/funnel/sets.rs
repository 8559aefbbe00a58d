//! The units of each funnel, checked.

use std::collections::BTreeMap;

use super::{Options, Statistic};
use crate::error::Error;
use crate::statistics::sums;
use crate::stats::single::{above_zero, at_least_zero};
use crate::stats::table::{Row, Table};

/// The units that are drawn in one funnel.
pub(super) struct Set<'a> {
    pub(super) name: &'a str,
    pub(super) statistic: Statistic,
    pub(super) multiplier: f64,
    pub(super) units: Vec<Unit<'a>>,
    /// All events over all sizes.
    pub(super) average: f64,
}

/// One unit of a funnel.
pub(super) struct Unit<'a> {
    pub(super) row: Row<'a>,
    pub(super) events: f64,
    /// As given: `NA` where the rate alone is.
    pub(super) denominator: Option<f64>,
    pub(super) rate: Option<f64>,
    /// What the unit counts for: cases, expected events, or population worked back from the rate;
    /// `None` for a standardised rate without events.
    pub(super) size: Option<f64>,
}

impl Set<'_> {
    /// The sizes of the units that have one.
    pub(super) fn sizes(&self) -> Vec<f64> {
        self.units.iter().filter_map(|unit| unit.size).collect()
    }
}

/// The sets in the order in which the file first names them.
pub(super) fn read<'a>(
    table: &'a Table,
    options: &Options,
    problems: &mut Vec<Error>,
) -> Vec<Set<'a>> {
    let mut order: Vec<(&str, Vec<Row<'_>>)> = Vec::new();
    let mut places = BTreeMap::new();
    for row in table.rows() {
        let name = row.text("set");
        let place = *places.entry(name).or_insert_with(|| {
            order.push((name, Vec::new()));
            order.len() - 1
        });
        order[place].1.push(row);
    }
    let sets = order.into_iter().filter_map(|(name, rows)| set(name, &rows, options, problems));
    sets.collect()
}

fn set<'a>(
    name: &'a str,
    rows: &[Row<'a>],
    options: &Options,
    problems: &mut Vec<Error>,
) -> Option<Set<'a>> {
    let statistic = match statistic(rows, options) {
        Ok(statistic) => statistic,
        Err(problem) => {
            problems.push(in_set(name, problem));
            return None;
        }
    };
    let multiplier = options.multiplier.unwrap_or(statistic.multiplier());
    let mut units = Vec::with_capacity(rows.len());
    for &row in rows {
        match unit(row, statistic, multiplier) {
            Ok(unit) => units.push(unit),
            Err(problem) => problems.push(in_set(name, problem)),
        }
    }
    let mut set = Set { name, statistic, multiplier, units, average: 0.0 };
    let events: Vec<f64> = set.units.iter().map(|unit| unit.events).collect();
    set.average = sums::sum(&events) / sums::sum(&set.sizes());
    if set.average > 0.0 && set.average.is_finite() {
        return Some(set);
    }
    let problem = rows[0]
        .problem("there are no events in it, so there is no average to compare with")
        .help("check the column `num`, and that the set's other rows are sound");
    problems.push(in_set(name, problem));
    None
}

fn in_set(name: &str, mut problem: Error) -> Error {
    if !name.is_empty() {
        problem.problem = format!("set `{name}`: {}", problem.problem);
    }
    problem
}

/// What the figures are: told, or by the rule that [`funnel`](super::funnel) states.
fn statistic(rows: &[Row<'_>], options: &Options) -> Result<Statistic, Error> {
    let first = rows[0].text("stat");
    if let Some(row) = rows.iter().find(|row| row.text("stat") != first) {
        return Err(row
            .problem(format!("`stat` is `{}`, and `{first}` before", row.text("stat")))
            .help("the units of one funnel are of one kind: give the others a set of their own"));
    }
    if !first.is_empty() {
        return first.parse().map_err(|problem: String| {
            rows[0].problem(problem).help("correct the column `stat`, or leave it out")
        });
    }
    if let Some(statistic) = options.statistic {
        return Ok(statistic);
    }
    let number = |row: &Row<'_>, heading| row.number(heading).ok().flatten();
    if rows.iter().any(|row| number(row, "rate").is_some()) {
        return Ok(Statistic::Rate);
    }
    let part_of_whole = rows.iter().all(|row| match (number(row, "num"), number(row, "den")) {
        (Some(num), Some(den)) => num <= den && den.fract().abs() <= 0.0,
        _ => true,
    });
    Ok(if part_of_whole { Statistic::Proportion } else { Statistic::Ratio })
}

fn unit(row: Row<'_>, statistic: Statistic, multiplier: f64) -> Result<Unit<'_>, Error> {
    let events = row.needed("num")?;
    at_least_zero(row, "num", events)?;
    let (denominator, rate) = (row.number("den")?, row.number("rate")?);
    if let Some(denominator) = denominator {
        above_zero(row, "den", denominator)?;
    }
    let worked_back =
        |rate: f64| above_zero(row, "rate", rate).map(|()| Some(multiplier * events / rate));
    let size = match (statistic, rate) {
        (Statistic::Dsr, _) if events <= 0.0 => None,
        (Statistic::Dsr, _) => worked_back(row.needed("rate")?)?,
        (Statistic::Rate, Some(rate)) if events > 0.0 => worked_back(rate)?,
        _ => Some(row.needed("den")?),
    };
    if statistic == Statistic::Proportion && denominator.is_some_and(|den| events > den) {
        return Err(row
            .problem(format!("`num` is {events}, more than `den`"))
            .help("a proportion is a part of its whole: correct the row, or set `stat` to ratio"));
    }
    if size.is_some_and(|size| !size.is_finite()) {
        return Err(row
            .problem("`rate` is too small for so many events")
            .help("check `num`, `rate` and the multiplier that the rate was made with"));
    }
    Ok(Unit { row, events, denominator, rate, size })
}
