//! The table of units and where they lie.

use super::Statistic;
use super::limits::kind;
use super::sets::{Set, Unit};
use crate::statistics::funnel::Significance;
use crate::statistics::standardised::FEWEST_EVENTS;
use crate::stats::output::{Cell, Output};

const HEADINGS: [&str; 7] = ["stat", "set", "id", "num", "den", "significance", "rate"];

pub(super) fn table(sets: &[Set<'_>]) -> Output {
    let mut output = Output::new(&HEADINGS);
    for set in sets {
        for unit in &set.units {
            output.row(&[
                Cell::Text(kind(set.statistic)),
                Cell::Text(set.name),
                Cell::Text(unit.row.text("id")),
                Cell::Number(Some(unit.events)),
                Cell::Number(unit.denominator),
                Cell::Text(said(set, unit)),
                Cell::Number(unit.rate),
            ]);
        }
    }
    output
}

fn said(set: &Set<'_>, unit: &Unit<'_>) -> &'static str {
    match (set.statistic, unit.size) {
        (Statistic::Dsr, _) if unit.events < FEWEST_EVENTS => {
            "Not applicable for events less than 10 for dsrs"
        }
        (_, None) => "NA",
        (Statistic::Proportion, Some(size)) => {
            label(Significance::proportion(unit.events / size, size, set.average))
        }
        (Statistic::Ratio, Some(size)) => label(Significance::events(unit.events, size, 1.0)),
        (_, Some(size)) => label(Significance::events(unit.events, size, set.average)),
    }
}

/// The words of the reference: the tail's probability in brackets.
pub(super) fn label(significance: Significance) -> &'static str {
    match significance {
        Significance::HighOuter => "High (0.001)",
        Significance::HighInner => "High (0.025)",
        Significance::LowOuter => "Low (0.001)",
        Significance::LowInner => "Low (0.025)",
        Significance::Within => "Not significant",
    }
}
