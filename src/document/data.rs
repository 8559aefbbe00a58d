//! Released findings as tidy tables for machines.

mod actions;
mod facts;
mod quality;
mod reconciliation;
mod views;

pub use actions::actions;
pub use quality::quality;
pub use reconciliation::reconciliation;
pub use views::views;

use super::frame::{Frame, Values};
use crate::disclosure::Figure;
use crate::disclosure::released::outlook::Course;
use crate::disclosure::released::{Indicator, Point, Promise, Released, Variation};
use crate::wording::{self, grain, terms};

/// One row an indicator, area, split and period: `values.csv` and `values.parquet`. Where quarters
/// are judged the months stand before them, without limits.
pub fn values(released: &Released) -> Frame {
    let rows: Vec<(&Indicator, &Point)> = released
        .indicators
        .iter()
        .flat_map(|indicator| {
            let periods = indicator.months.iter().chain(&indicator.points);
            periods.map(move |point| (indicator, point))
        })
        .collect();
    let text = |read: &dyn Fn(&Indicator, &Point) -> Option<String>| {
        Values::Text(rows.iter().map(|(indicator, point)| read(indicator, point)).collect())
    };
    let number = |read: &dyn Fn(&Indicator, &Point) -> Option<Figure>| {
        Values::Number(rows.iter().map(|(i, p)| read(i, p).and_then(Figure::shown)).collect())
    };
    let whole = |read: &dyn Fn(&Indicator, &Point) -> Option<Figure>| {
        Values::Integer(rows.iter().map(|(i, p)| read(i, p).and_then(integer)).collect())
    };
    let phase = |i: &Indicator, p: &Point| p.phase.and_then(|at| i.phases.get(at).cloned());
    Frame {
        columns: vec![
            ("plan", text(&|_, _| Some(released.plan.clone()))),
            ("indicator", text(&|i, _| Some(i.id.clone()))),
            ("measure", text(&|i, _| i.measure.clone())),
            ("area", text(&|i, _| Some(i.area.clone()))),
            ("split", text(&|i, _| split(i))),
            (
                "period_start",
                Values::Date(rows.iter().map(|(_, p)| Some(p.period.start)).collect()),
            ),
            (
                "period_end",
                Values::Date(rows.iter().map(|(_, p)| Some(p.period.last_day())).collect()),
            ),
            ("status", text(&|_, p| Some(terms::status(p.status).to_owned()))),
            ("numerator", whole(&|_, p| p.numerator)),
            ("denominator", whole(&|_, p| p.denominator)),
            ("unknown", whole(&|_, p| Some(p.unknown))),
            ("value", number(&|_, p| p.value)),
            ("unit", text(&|i, _| Some(i.unit.name().to_owned()))),
            ("ci_lower", number(&|_, p| p.interval.map(|range| range.lower))),
            ("ci_upper", number(&|_, p| p.interval.map(|range| range.upper))),
            ("ci_method", text(&|_, p| p.interval.map(|r| terms::method(r.method).to_owned()))),
            ("target", number(&|_, p| p.target)),
            ("mean", number(&|i, p| phase(i, p).and_then(|phase| phase.centre))),
            ("lower_limit", number(&|_, p| p.lower_limit)),
            ("upper_limit", number(&|_, p| p.upper_limit)),
            (
                "phase",
                Values::Integer(
                    rows.iter()
                        .map(|(_, p)| p.phase.and_then(|at| i64::try_from(at + 1).ok()))
                        .collect(),
                ),
            ),
            ("signals", text(&|_, p| signals(p))),
            ("grain", text(&|_, p| Some(grain(p.period.grain).to_owned()))),
        ],
    }
}

/// One row an indicator, area and split: `findings.csv`.
///
/// `forecast` is the median for the period by which the standing target is to be met, else for half
/// a year after the latest settled period (one year after, where periods are years); `probability`
/// that of meeting the target in that period.
pub fn findings(released: &Released) -> Frame {
    let all = &released.indicators;
    let text =
        |read: &dyn Fn(&Indicator) -> Option<String>| Values::Text(all.iter().map(read).collect());
    let number = |read: &dyn Fn(&Indicator) -> Option<Figure>| {
        Values::Number(all.iter().map(|one| read(one).and_then(Figure::shown)).collect())
    };
    Frame {
        columns: vec![
            ("plan", text(&|_| Some(released.plan.clone()))),
            ("indicator", text(&|i| Some(i.id.clone()))),
            ("reference", text(&|i| Some(i.reference.clone()))),
            ("title", text(&|i| Some(i.title.clone()))),
            ("area", text(&|i| Some(i.area.clone()))),
            ("as_at", text(&|_| Some(released.as_at.to_string()))),
            ("period", text(&|i| i.facts.period.map(|period| period.to_string()))),
            ("value", number(&|i| i.facts.value)),
            ("previous", number(&|i| i.facts.previous)),
            ("baseline", number(&|i| i.facts.baseline)),
            ("target", number(&|i| i.facts.target)),
            ("target_set", text(&|i| i.facts.target_set.map(|month| month.to_string()))),
            ("green_threshold", number(&|i| i.facts.green_threshold)),
            ("red_threshold", number(&|i| i.facts.red_threshold)),
            ("tolerance", number(&|i| i.facts.tolerance)),
            (
                "tolerance_basis",
                text(&|i| {
                    i.facts.tolerance.map(|_| terms::basis(i.facts.tolerance_basis).to_owned())
                }),
            ),
            ("position", text(&|i| i.facts.position.map(|p| terms::position(p).to_owned()))),
            (
                "variation",
                text(&|i| variation(i).map(|variation| terms::variation(variation).to_owned())),
            ),
            ("assurance", text(&|i| i.facts.assurance.map(|a| terms::assurance(a).to_owned()))),
            ("rating", text(&|i| Some(terms::colour(i.colour).to_owned()))),
            ("rule", text(&|i| Some(i.rule.to_owned()))),
            ("reason", text(&|i| Some(wording::reason::reason(i)))),
            ("forecast", number(&|i| Some(course(i)?.ahead.last()?.median))),
            ("probability", number(&|i| Some(course(i)?.chance?.probability))),
            ("data_status", text(&data_status)),
            ("chart", text(&chart)),
            ("caveats", text(&|i| some(wording::reason::caveats(i).join(" ")))),
            ("stated_value", text(&|i| i.stated.value.clone())),
            ("stated_rag", text(&|i| i.stated.rag.clone())),
            ("stated_as_at", text(&|i| i.stated.as_at.map(|month| month.to_string()))),
            ("split", text(&split)),
        ],
    }
}

/// The rating's variation, of the misses; where the rating asks for none, the chart's.
fn variation(indicator: &Indicator) -> Option<Variation> {
    let facts = &indicator.facts;
    match facts.promise {
        Promise::Numeric | Promise::Direction => facts.value.map(|_| facts.variation),
        _ => indicator.icons.variation,
    }
}

fn course(indicator: &Indicator) -> Option<&Course> {
    indicator.outlook.as_ref()?.course.as_ref().ok()
}

fn split(indicator: &Indicator) -> Option<String> {
    indicator.split.as_ref().map(|(column, code)| format!("{column}={code}"))
}

fn signals(point: &Point) -> Option<String> {
    some(point.signals.iter().map(|signal| terms::signal(*signal)).collect::<Vec<_>>().join("; "))
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn data_status(indicator: &Indicator) -> Option<String> {
    let period = indicator.facts.period?;
    let point = indicator.points.iter().find(|point| point.period == period)?;
    Some(terms::status(point.status).to_owned())
}

fn chart(indicator: &Indicator) -> Option<String> {
    super::pictures::chart(indicator).map(|chart| format!("charts/{}.svg", chart.id))
}

#[expect(clippy::cast_possible_truncation, reason = "released counts are whole numbers below 2^53")]
fn integer(figure: Figure) -> Option<i64> {
    figure.shown().map(|value| value.round() as i64)
}
