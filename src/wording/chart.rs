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
        (_, Colour::NotRated) if facts.value.is_none() => return name(indicator),
        (Promise::Numeric, _) => match facts.position {
            Some(Position::Met) => "target met",
            Some(Position::Near) => "within ordinary variation of the target",
            _ => "target missed",
        },
        (Promise::Direction, _) => return direction(indicator),
        (Promise::Never | Promise::Zero, Colour::Green) => "none in 12 months",
        (Promise::Never | Promise::Zero, Colour::NotRated) => "none known, but not ruled out",
        (Promise::Never | Promise::Zero, _) => "not zero in the last 12 months",
        _ => return format!("{}: {latest}", name(indicator)),
    };
    format!("{}: {latest}, {finding}", name(indicator))
}

/// A direction is judged by the mean of a year, so the title names that and not the latest month.
fn direction(indicator: &Indicator) -> String {
    let Some(change) = &indicator.facts.change else { return name(indicator) };
    let verdict = match change.verdict {
        Verdict::Better => "better than",
        Verdict::Worse => "worse than",
        Verdict::Unclear => "not clearly different from",
    };
    format!(
        "{}: {} over the latest {}, {verdict} the baseline of {}",
        name(indicator),
        figure(change.latest, indicator.unit),
        many(change.latest_points, grain(indicator.grain)),
        figure(change.baseline, indicator.unit)
    )
}

/// The title, and the part of a split it stands for.
pub fn name(indicator: &Indicator) -> String {
    match &indicator.split {
        None => indicator.title.clone(),
        Some((_, code)) if *code == indicator.area => {
            format!("{}, {}", indicator.title, indicator.area_name)
        }
        Some((column, code)) => format!("{}, {column} {code}", indicator.title),
    }
}

/// What is measured, how often, where.
pub fn subtitle(indicator: &Indicator) -> String {
    format!(
        "{}, {}, by {}; {}",
        sentence(indicator.unit.name()),
        indicator.area_name,
        grain(indicator.grain),
        terms::better(indicator.better)
    )
}

/// Method and source, under the chart.
pub fn caption(indicator: &Indicator) -> String {
    let lines = indicator.phases.iter().any(|phase| phase.lower.is_some());
    let method = match (lines, indicator.stock) {
        (true, false) => {
            "XmR chart: limits are the mean ± 2.66 × the mean moving range. Hollow points have not \
             settled and enter no limit."
        }
        (true, true) => {
            "XmR chart of a level that carries over (r): limits are the mean ± 2.66 × the mean \
             moving range / √(1 − r); runs and trends are not marked. Hollow points have not settled."
        }
        (false, _) => "Too few points, or events too rare, for process limits.",
    };
    let synthetic = if indicator.synthetic { ", synthetic data" } else { "" };
    format!("{method} Source: feed {}{synthetic}.", indicator.feed)
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
    let expected = super::outlook::sentence(indicator);
    if !expected.is_empty() {
        sentences.push(expected);
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
