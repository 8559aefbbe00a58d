//! What stands in an indicator's part of a page beside its values and its finding: forecast, days
//! between events, and the facts of rating and outlook.

use super::course;
use crate::disclosure::Figure;
use crate::disclosure::released::Indicator;
use crate::disclosure::released::outlook::{Course, Expected, Model};

/// A number: the part of the page, the row it stands in, what it is, and itself.
pub(super) type Told = (&'static str, String, &'static str, f64);

/// Every number, in the indicator's own unit unless its name says otherwise; what is not known is
/// left out.
pub(super) fn numbers(one: &Indicator) -> Vec<Told> {
    let course = course(one);
    let row = one.facts.period.map_or_else(String::new, |period| period.to_string());
    let facts = judged(one).into_iter().chain(course.map(rests_on).unwrap_or_default());
    let facts = facts.filter_map(|(what, of)| Some(("facts", row.clone(), what, of?)));
    let ahead = course.iter().flat_map(|course| &course.ahead).flat_map(expected);
    facts.chain(ahead).chain(days_between(one)).collect()
}

fn shown(figure: Option<Figure>) -> Option<f64> {
    figure.and_then(Figure::shown)
}

#[expect(clippy::cast_precision_loss, reason = "counts of periods")]
fn counted(number: usize) -> f64 {
    number as f64
}

/// What the rating rests on, and the distance from the plan.
fn judged(one: &Indicator) -> Vec<(&'static str, Option<f64>)> {
    let facts = &one.facts;
    let gap = one.outlook.as_ref().and_then(|outlook| outlook.gap);
    let events = facts.events.as_ref();
    vec![
        ("target in the end", shown(facts.goal)),
        ("target of the year", shown(facts.total.map(|total| total.whole))),
        ("mean of the latest", shown(facts.change.as_ref().map(|change| change.latest))),
        ("mean miss before the latest", shown(facts.mean)),
        ("points of the phase before it", Some(counted(facts.phase_points))),
        ("events in 12 months", shown(events.map(|events| events.year))),
        ("events not to be decided", shown(events.map(|events| events.unknown))),
        ("days since the last event", shown(one.gaps.as_ref().map(|gaps| gaps.since))),
        ("gap", shown(gap.map(|gap| gap.latest))),
        ("gap added up", shown(gap.and_then(|gap| gap.cumulative))),
        ("periods with a gap", gap.map(|gap| counted(gap.periods))),
    ]
}

/// What a forecast rests on, and how good such forecasts were.
fn rests_on(course: &Course) -> Vec<(&'static str, Option<f64>)> {
    let [carried, level, slope] = match course.model {
        Model::Level | Model::LatestLevel(_) => [None; 3],
        Model::Slope(slope) => [None, None, Some(slope)],
        Model::Reverting { r, level, slope } => [r, level, slope].map(Some),
    };
    let test = course.backtest.as_ref();
    vec![
        ("change needed", shown(course.chance.and_then(|chance| chance.required))),
        ("weight of the leading line", shown(Some(course.weight))),
        ("carried over", shown(carried)),
        ("level reverted to", shown(level)),
        ("slope", shown(slope)),
        ("settled values", Some(counted(course.points))),
        ("periods ahead in the past", test.map(|test| counted(test.horizon))),
        ("off by in the past", shown(test.map(|test| test.error))),
        ("forecasts in the past", test.map(|test| counted(test.origins))),
        ("inside the 80% band", test.map(|test| counted(test.inside_eighty))),
        ("times as wide", shown(test.map(|test| test.widen))),
    ]
}

fn expected(one: &Expected) -> impl Iterator<Item = Told> {
    let row = one.period.to_string();
    let figures = [
        ("forecast", one.median),
        ("80% from", one.eighty.0),
        ("80% to", one.eighty.1),
        ("95% from", one.ninety_five.0),
        ("95% to", one.ninety_five.1),
    ];
    figures
        .into_iter()
        .filter_map(move |(what, of)| Some(("forecast", row.clone(), what, of.shown()?)))
}

fn days_between(one: &Indicator) -> Vec<Told> {
    let Some(gaps) = &one.gaps else { return Vec::new() };
    let of = |what, figure, row: String| Some(("days-between", row, what, shown(figure)?));
    let row = |gap: &crate::disclosure::released::Gap| {
        let day = || gap.day.to_string();
        [
            of("days", gap.days, day()),
            of("centre", gaps.centre, day()),
            of("lower limit", gaps.lower, day()),
            of("upper limit", gaps.upper, day()),
        ]
    };
    gaps.points.iter().flat_map(row).flatten().collect()
}
