//! What charts say: titles that state the finding, captions, and the same for a screen reader.

use super::{figure, grain, many, maybe, period, sentence, terms};
use crate::disclosure::released::{Colour, Indicator, Point, Position, Promise, Status, Verdict};

/// The finding as a title.
pub fn title(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    let latest = format!(
        "{} in {}",
        maybe(facts.value, indicator.unit),
        facts.period.map_or_else(String::new, period)
    );
    let finding = match (facts.promise, indicator.colour) {
        (_, Colour::NotRated) if facts.value.is_none() => return indicator.title.clone(),
        (Promise::Numeric, _) => match facts.position {
            Some(Position::Met) => "target met",
            Some(Position::Near) => "within ordinary variation of the target",
            _ => "target missed",
        },
        (Promise::Direction, _) => match facts.change.as_ref().map(|change| change.verdict) {
            Some(Verdict::Better) => "better than the baseline",
            Some(Verdict::Worse) => "worse than the baseline",
            _ => "no clear change from the baseline",
        },
        (Promise::Never | Promise::Zero, Colour::Green) => "none in 12 months",
        (Promise::Never | Promise::Zero, Colour::NotRated) => "none known, but not ruled out",
        (Promise::Never | Promise::Zero, _) => "not zero in the last 12 months",
        _ => return format!("{}: {latest}", indicator.title),
    };
    format!("{}: {latest}, {finding}", indicator.title)
}

/// What is measured, how often, where.
pub fn subtitle(indicator: &Indicator) -> String {
    let split = indicator
        .split
        .as_ref()
        .map_or(String::new(), |(column, code)| format!(", {column} {code}"));
    format!(
        "{}, {}, by {}{split}; {}",
        sentence(indicator.unit.name()),
        indicator.area_name,
        grain(indicator.grain),
        terms::better(indicator.better)
    )
}

/// Method and source, under the chart.
pub fn caption(indicator: &Indicator) -> String {
    format!(
        "XmR chart: limits are the mean ± 2.66 × the mean moving range. Hollow points have not \
         settled and enter no limit. Source: feed {}.",
        indicator.feed
    )
}

/// The chart for somebody who cannot see it.
pub fn alt(indicator: &Indicator) -> String {
    let known: Vec<&Point> = indicator
        .points
        .iter()
        .filter(|point| point.value.is_some_and(|value| value.shown().is_some()))
        .collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return format!("{}: no values.", indicator.title);
    };
    let mut sentences = vec![format!(
        "Line chart of {}, {}, by {} from {} to {}. The last value is {}{}.",
        indicator.title,
        indicator.area_name,
        grain(indicator.grain),
        period(first.period),
        period(last.period),
        maybe(last.value, indicator.unit),
        if last.status == Status::Final { "" } else { ", not settled yet" }
    )];
    sentences.extend(limits(indicator));
    if let Some(target) = indicator.facts.target {
        sentences.push(format!("The target is {}.", figure(target, indicator.unit)));
    }
    let special = indicator.points.iter().filter(|point| !point.signals.is_empty()).count();
    sentences.push(match special {
        0 => "No point shows special cause variation.".to_owned(),
        some => format!("{} of special cause variation.", many(some, "point")),
    });
    let gaps = indicator.points.len() - known.len();
    if gaps > 0 {
        sentences.push(format!("{} without a value.", many(gaps, grain(indicator.grain))));
    }
    sentences.push("The table below holds every value.".to_owned());
    sentences.join(" ")
}

/// Mean and limits of the present phase.
fn limits(indicator: &Indicator) -> Option<String> {
    let phase = indicator.phases.last()?;
    let mean = figure(phase.mean?, indicator.unit);
    let limits = match (phase.lower, phase.upper) {
        (Some(lower), Some(upper)) => format!(
            ", process limits {} to {}",
            figure(lower, indicator.unit),
            figure(upper, indicator.unit)
        ),
        _ => String::new(),
    };
    Some(format!("The mean of the present phase is {mean}{limits}."))
}
