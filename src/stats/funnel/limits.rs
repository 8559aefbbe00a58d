//! The table of limits over an axis.

use super::sets::Set;
use super::{Options, Statistic};
use crate::statistics::funnel::axis::{self, Steps};
use crate::statistics::funnel::{self, limits};
use crate::stats::output::{Cell, Output};

const HEADINGS: [&str; 18] = [
    "set",
    "stat",
    "axis",
    "lower_2s_limit",
    "upper_2s_limit",
    "lower_3s_limit",
    "upper_3s_limit",
    "baseline",
    "statistic",
    "method",
    "lower_2s_exp_events",
    "upper_2s_exp_events",
    "lower_3s_exp_events",
    "upper_3s_exp_events",
    "lower_2s_population_1_year",
    "upper_2s_population_1_year",
    "lower_3s_population_1_year",
    "upper_3s_population_1_year",
];

/// Lower and upper at two sigma, lower and upper at three.
type Four = [f64; 4];

/// Limits at one place of the axis, and what they come from.
struct Place {
    limits: Four,
    baseline: Option<f64>,
    events: Option<Four>,
    people: Option<Four>,
}

pub(super) fn table(sets: &[Set<'_>], options: &Options) -> Output {
    let mut output = Output::new(&HEADINGS);
    for set in sets {
        let (name, method) = names(set);
        for size in sizes(set, options) {
            let place = place(set, size, options);
            let four = |four: Option<Four>, at: usize| Cell::Number(four.map(|four| four[at]));
            let mut row = vec![
                Cell::Text(set.name),
                Cell::Text(kind(set.statistic)),
                Cell::Number(Some(size)),
            ];
            row.extend((0..4).map(|at| four(Some(place.limits), at)));
            row.extend([Cell::Number(place.baseline), Cell::Text(&name), Cell::Text(method)]);
            row.extend((0..4).map(|at| four(place.events, at)));
            row.extend((0..4).map(|at| four(place.people, at)));
            output.row(&row);
        }
    }
    output
}

/// Standardised rates are rates in the tables; the column `statistic` tells them apart.
pub(super) fn kind(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Dsr => Statistic::Rate.name(),
        other => other.name(),
    }
}

fn names(set: &Set<'_>) -> (String, &'static str) {
    let per = thousands(set.multiplier);
    match set.statistic {
        Statistic::Proportion => ("proportion".to_owned(), "Wilson"),
        Statistic::Ratio => ("ratio (isr)".to_owned(), "Poisson"),
        Statistic::Rate => (format!("rate (crude per {per})"), "Poisson"),
        Statistic::Dsr => (format!("rate (dsr per {per})"), "Poisson"),
    }
}

/// 100000 as 100,000.
fn thousands(number: f64) -> String {
    let plain = number.to_string();
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), ""), |parts| parts);
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

fn sizes(set: &Set<'_>, options: &Options) -> Vec<f64> {
    let sizes = set.sizes();
    let smallest = sizes.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = sizes.iter().copied().fold(0.0, f64::max);
    match set.statistic {
        Statistic::Proportion | Statistic::Ratio => {
            let (from, to) = axis::ends(smallest, largest);
            let ratio = set.statistic == Statistic::Ratio;
            axis::sizes(from, to, if ratio { Steps::ShortOfTheEnd } else { Steps::ToTheEnd })
        }
        // The axis is of events: those that units of such populations have on average.
        Statistic::Rate | Statistic::Dsr => {
            let (from, to) = axis::ends(smallest / options.years, largest / options.years);
            let events = |people: f64| people * options.years * set.average;
            axis::sizes(events(from).floor(), events(to).ceil(), Steps::ToTheEnd)
        }
    }
}

fn place(set: &Set<'_>, size: f64, options: &Options) -> Place {
    let levels = funnel::levels();
    let both = |ends: &dyn Fn(_) -> Option<[f64; 2]>| -> Four {
        let ends = levels.map(|level| level.and_then(ends).unwrap_or([f64::NAN; 2]));
        let [inner, outer] = ends;
        [inner[0], inner[1], outer[0], outer[1]]
    };
    if set.statistic == Statistic::Proportion {
        let limits = both(&|level| {
            let limits = limits::proportion(set.average, size, level);
            Some([limits.lower.max(0.0), limits.upper.min(1.0)])
        });
        return Place {
            limits: limits.map(|limit| limit * set.multiplier),
            baseline: Some(set.average * set.multiplier),
            events: None,
            people: None,
        };
    }
    let expected = both(&|level| {
        limits::expected(size, level).map(|expected| [expected.most, expected.fewest])
    });
    if set.statistic == Statistic::Ratio {
        let limits = expected.map(|expected| size / expected * set.multiplier);
        return Place { limits, baseline: None, events: Some(expected), people: None };
    }
    let people = expected.map(|expected| expected / set.average);
    Place {
        limits: people.map(|people| size / people * set.multiplier),
        baseline: Some(set.average * set.multiplier),
        events: None,
        people: Some(people.map(|people| people / options.years)),
    }
}
