//! The table of units with over-dispersion allowed for.

use super::Statistic;
use super::limits::kind;
use super::sets::{Set, Unit};
use super::significance::label;
use crate::error::Error;
use crate::statistics::dispersion::{self, Dispersion, Kind, dispersion};
use crate::statistics::funnel::{self, Significance};
use crate::stats::output::{Cell, Output};

const HEADINGS: [&str; 16] = [
    "set",
    "stat",
    "id",
    "num",
    "den",
    "value",
    "z",
    "z_winsorised",
    "phi",
    "tau2",
    "z_adjusted",
    "lower_2s_limit",
    "upper_2s_limit",
    "lower_3s_limit",
    "upper_3s_limit",
    "significance",
];

/// How figures are compared: their kind, what their sizes are multiplied by to be cases or
/// expected events, the average figure, and what a figure is multiplied by to be shown.
struct Scale {
    kind: Kind,
    size: f64,
    average: f64,
    shown: f64,
}

impl Scale {
    fn of(set: &Set<'_>) -> Self {
        let (average, shown) = (set.average, set.multiplier);
        match set.statistic {
            Statistic::Proportion => Self { kind: Kind::Proportion, size: 1.0, average, shown },
            Statistic::Ratio => Self { kind: Kind::Events, size: 1.0, average: 1.0, shown },
            Statistic::Rate | Statistic::Dsr => {
                Self { kind: Kind::Events, size: average, average: 1.0, shown: shown * average }
            }
        }
    }

    fn unit(&self, unit: &Unit<'_>) -> Option<dispersion::Unit> {
        let size = unit.size? * self.size;
        Some(dispersion::Unit { figure: unit.events / size, size })
    }
}

pub(super) fn table(sets: &[Set<'_>], problems: &mut Vec<Error>) -> Output {
    let mut output = Output::new(&HEADINGS);
    for set in sets {
        let scale = Scale::of(set);
        let sized: Vec<_> =
            set.units.iter().filter_map(|unit| Some((unit, scale.unit(unit)?))).collect();
        let units: Vec<_> = sized.iter().map(|(_, unit)| *unit).collect();
        let Some(found) = dispersion(scale.kind, &units, scale.average) else {
            problems.push(
                set.units[0]
                    .row
                    .problem(format!("set `{}`: one unit has no dispersion", set.name))
                    .help("give the figures of two units or more"),
            );
            continue;
        };
        for (at, (unit, figure)) in sized.iter().enumerate() {
            output.row(&row(set, unit, *figure, &scale, (at, &found)));
        }
    }
    output
}

fn row<'a>(
    set: &Set<'a>,
    unit: &Unit<'a>,
    figure: dispersion::Unit,
    scale: &Scale,
    (at, found): (usize, &Dispersion),
) -> Vec<Cell<'a>> {
    let number = |number: f64| Cell::Number(Some(number));
    let adjusted = found.adjusted(figure);
    let mut row = vec![
        Cell::Text(set.name),
        Cell::Text(kind(set.statistic)),
        Cell::Text(unit.row.text("id")),
        number(unit.events),
        Cell::Number(unit.denominator),
        number(figure.figure * scale.shown),
        number(found.distances[at]),
        number(found.winsorised[at]),
        number(found.phi),
        number(found.between),
        number(adjusted),
    ];
    for level in funnel::levels() {
        let limits = level.map(|level| found.limits(figure.size, level.z()));
        row.push(Cell::Number(limits.map(|limits| limits.0 * scale.shown)));
        row.push(Cell::Number(limits.map(|limits| limits.1 * scale.shown)));
    }
    row.push(Cell::Text(label(Significance::distance(adjusted))));
    row
}
