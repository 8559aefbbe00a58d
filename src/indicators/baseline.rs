//! Baselines and rebases: what later periods are compared with, and where a phase begins.

use super::amount::{Amount, in_unit};
use crate::definition::{Spanned, Table};
use crate::error::Error;
use crate::period::Month;
use crate::unit::Unit;

/// The periods, or the value, that later periods are compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Baseline {
    /// All periods from the first month to the last, both counted.
    Months {
        /// First month.
        from: Month,
        /// Last month.
        to: Month,
    },
    /// A value the plan prints, for which there are no periods.
    Value(f64),
}

/// A new phase of the chart: limits start afresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// First month of the new phase.
    pub from: Month,
    /// Why the process is thought to have changed.
    pub why: String,
}

impl Baseline {
    /// Its first and last month; `None` for a value.
    pub fn months(&self) -> Option<(Month, Month)> {
        match self {
            Self::Months { from, to } => Some((*from, *to)),
            Self::Value(_) => None,
        }
    }

    /// Its last month; `None` for a value.
    pub fn end(&self) -> Option<Month> {
        match self {
            Self::Months { to, .. } => Some(*to),
            Self::Value(_) => None,
        }
    }

    /// Reads `{ period = "2014-01/2014-12" }` or `{ value = 12 }`.
    pub(super) fn read(
        mut table: Table,
        unit: Option<Unit>,
        errors: &mut Vec<Error>,
    ) -> Option<Self> {
        let period = table.take::<Spanned<String>>("period", errors);
        let value = table.take::<Spanned<Amount>>("value", errors);
        let place = table.place();
        table.finish(errors);
        match (period, value) {
            (Some(period), None) => {
                stretch(&period, errors).map(|(from, to)| Self::Months { from, to })
            }
            (None, Some(value)) => in_unit(&value, unit, errors).map(Self::Value),
            _ => {
                let said = "a baseline is a period or a value, one of them";
                errors.push(
                    Error::definition(place, said)
                        .help("write { period = \"2014-01/2014-12\" } or { value = 12 }"),
                );
                None
            }
        }
    }
}

/// A stretch of months, `2014-01/2014-12`, both counted.
pub(super) fn stretch(text: &Spanned<String>, errors: &mut Vec<Error>) -> Option<(Month, Month)> {
    let months = |text: &str| {
        let (from, to) = text.split_once('/')?;
        Some((from.parse::<Month>().ok()?, to.parse::<Month>().ok()?))
    };
    match months(&text.value) {
        Some((from, to)) if from <= to => return Some((from, to)),
        Some(_) => errors.push(
            text.error(format!("`{}` ends before it begins", text.value))
                .help("the first month stands first, as in \"2014-01/2014-12\""),
        ),
        None => {
            let said = format!("`{}` is not a stretch of months", text.value);
            errors.push(text.error(said).help("write it as \"2014-01/2014-12\""));
        }
    }
    None
}

/// Reads `[{ from = "2015-11", why = "…" }]`, in order, none of them inside the baseline.
pub(super) fn rebases(
    tables: Vec<Table>,
    baseline: Option<&Baseline>,
    errors: &mut Vec<Error>,
) -> Vec<Rebase> {
    let mut read: Vec<Rebase> = Vec::new();
    for mut table in tables {
        let from = table.require::<Spanned<Month>>("from", errors);
        let why = table.require::<Spanned<String>>("why", errors);
        table.finish(errors);
        let (Some(from), Some(why)) = (from, why) else { continue };
        if why.value.trim().is_empty() {
            errors.push(
                why.error("a rebase needs its reason").help("say what changed, and who said so"),
            );
        }
        if read.last().is_some_and(|earlier| from.value <= earlier.from) {
            errors.push(
                from.error("rebases out of order").help("put the earliest first, one a month"),
            );
        }
        if let Some(Baseline::Months { from: first, to: last }) = baseline
            && *first < from.value
            && from.value <= *last
        {
            errors.push(
                from.error(format!("the baseline {first}/{last} runs across this rebase"))
                    .help("a baseline lies inside one phase: shorten it or move it"),
            );
        }
        read.push(Rebase { from: from.value, why: why.value });
    }
    read
}
