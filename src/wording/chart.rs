//! What charts say: titles that state the finding, captions, and the same for a screen reader.

use super::{figure, grain, list, many, maybe, period, sentence, stated_figure, terms};
use crate::disclosure::released::{
    Colour, Each, Indicator, Kind, Point, Position, Promise, Status, Then, Verdict,
};
use crate::number;
use crate::period::Period;
use crate::unit::Unit;

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
        stated_figure(change.baseline, indicator.unit)
    )
}

/// The last periods in a few words, for a picture that stands in a row with the indicator's name.
pub fn small(indicator: &Indicator, periods: usize) -> String {
    let from = indicator.points.len().saturating_sub(periods);
    let shown = indicator.points.get(from..).unwrap_or_default().iter();
    let known: Vec<_> = shown.filter_map(|point| Some((point.period, point.value?))).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return "No values".to_owned();
    };
    let say = |value| figure(value, indicator.unit);
    format!("{} in {}, {} in {}", say(first.1), period(first.0), say(last.1), period(last.0))
}

/// The title, and the part of a split it stands for.
pub fn name(indicator: &Indicator) -> String {
    match part(indicator) {
        None => indicator.title.clone(),
        Some(part) => format!("{}, {part}", indicator.title),
    }
}

/// The part of a split that it stands for; `None` for a whole.
pub fn part(indicator: &Indicator) -> Option<String> {
    let (column, code) = indicator.split.as_ref()?;
    Some(if *code == indicator.area {
        indicator.area_name.clone()
    } else {
        format!("{column} {code}")
    })
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
    let synthetic = if indicator.synthetic { ", synthetic data" } else { "" };
    format!("{} Source: feed {}{synthetic}.", method(indicator), indicator.feed)
}

/// Which chart it is, where its limits come from, and every setting that is not the usual one.
pub fn method(indicator: &Indicator) -> String {
    let Some(phase) = indicator.phases.last() else { return String::new() };
    let lines = indicator.points.iter().any(|point| point.upper_limit.is_some());
    let mut sentences = vec![match phase.kind {
        Kind::Run => format!(
            "Run chart: fewer than 12 settled values in this phase, so a median and no limits{}.",
            if lines { "; earlier phases have theirs" } else { "" }
        ),
        Kind::Stock => {
            "XmR chart of a level that carries over (r): limits are the mean ± 2.66 × the \
                        mean moving range / √(1 − r); runs and trends are not marked."
                .to_owned()
        }
        Kind::P => {
            "p′ chart: limits are the mean share ± 3 × √(p(1 − p)/cases) × Laney's factor, at \
                    least 1, held inside 0–100%."
                .to_owned()
        }
        Kind::U => {
            "u′ chart: limits are the mean rate ± 3 × √(rate/exposure) × Laney's factor, at \
                    least 1, held at 0."
                .to_owned()
        }
        Kind::G | Kind::T if indicator.gaps.is_some() => {
            "Events too rare for limits by period: see the days between them.".to_owned()
        }
        Kind::G | Kind::T => {
            "Events too rare for limits by period; their days are not known.".to_owned()
        }
        Kind::Xmr if !lines => "XmR chart: nothing varies, so there are no limits.".to_owned(),
        Kind::Xmr => "XmR chart: limits are the mean ± 2.66 × the mean moving range.".to_owned(),
    }];
    if let Some(shorter) = indicator.months.first()
        && indicator.charting.quarters.is_none()
        && phase.kind == Kind::P
    {
        let few = grain(shorter.period.grain);
        sentences.push(format!("By quarters: {few}s have too few cases to judge."));
    }
    sentences.extend(settings(indicator));
    let hollow = indicator.points.iter().any(|point| {
        matches!(point.status, Status::Provisional | Status::Partial) && point.value.is_some()
    });
    if hollow {
        sentences.push("Hollow points have not settled and enter no limit.".to_owned());
    }
    sentences.join(" ")
}

/// The kind of chart of the present phase, by the length of its periods.
pub fn kind(indicator: &Indicator) -> String {
    let Some(phase) = indicator.phases.last() else { return String::new() };
    match (phase.kind, &indicator.gaps) {
        (Kind::G | Kind::T, Some(gaps)) => terms::chart(gaps.kind).to_owned(),
        (Kind::G | Kind::T, None) => {
            format!("values by {}, too rare for limits", grain(indicator.grain))
        }
        (kind, _) => format!("{}, by {}", terms::chart(kind), grain(indicator.grain)),
    }
}

/// Settings that a plan asks for in place of the usual ones, with its reason.
fn settings(indicator: &Indicator) -> Option<String> {
    let charting = &indicator.charting;
    let why = charting.why.as_ref()?;
    let mut said: Vec<String> = Vec::new();
    if charting.kind.is_some() {
        said.push("this chart".to_owned());
    }
    if !charting.screen {
        said.push("limits without screening of moving ranges".to_owned());
    }
    if charting.run != 7 {
        said.push(format!("runs and trends of {}", charting.run));
    }
    if charting.beyond_counts {
        said.push("the 2023 reading of two in three".to_owned());
    }
    let why = why.trim_end_matches('.');
    Some(format!("The plan asks for {}: {why}.", list(&said)))
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
        sentences.push(format!("The target is {}.", stated_figure(target, indicator.unit)));
    }
    let special = indicator.points.iter().filter(|point| !point.signals.is_empty()).count();
    sentences.push(match special {
        0 => "No point shows special cause variation.".to_owned(),
        some => format!("{} of special cause variation.", many(some, "point")),
    });
    let inside =
        |point: &&Point| (first.period.start..=last.period.start).contains(&point.period.start);
    let gaps = indicator.points.iter().filter(inside).count() - known.len();
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

/// Centre and limits of the present phase, at its last point.
fn limits(indicator: &Indicator) -> Option<String> {
    let phase = indicator.phases.last()?;
    let centre = figure(phase.centre?, indicator.unit);
    let name = if phase.kind == Kind::Run { "median" } else { "mean" };
    let points = indicator.points.get(phase.first..=phase.last)?;
    let last = points.iter().rev().find_map(|point| point.lower_limit.zip(point.upper_limit));
    let never_below = indicator.unit != Unit::Pounds
        && !points.iter().filter_map(|p| p.value?.shown()).any(|value| value < 0.0);
    let limits = last.map_or_else(String::new, |(lower, upper)| {
        let own = if matches!(phase.kind, Kind::P | Kind::U) { " at its last point" } else { "" };
        format!(
            ", process limits{own} {} to {}",
            match lower.shown() {
                Some(limit) if limit < 0.0 && never_below => "below 0".to_owned(),
                _ => figure(lower, indicator.unit),
            },
            figure(upper, indicator.unit)
        )
    });
    Some(format!("The {name} of the present phase is {centre}{limits}."))
}

/// What a value is made of: the statistic of its days or weeks; empty for others.
/// `outer` names the period.
pub fn made_of(each: Option<Each>, outer: &str) -> String {
    let Some(Each { inner, then }) = each else { return String::new() };
    let statistic = match then {
        Then::Mean => "mean",
        Then::Median => "median",
        Then::Max => "largest",
        Then::Min => "smallest",
    };
    let inner = grain(inner);
    let belongs = match inner {
        "week" => format!(", Monday to Sunday, each in the {outer} that holds its Thursday"),
        _ => String::new(),
    };
    format!(
        "the {statistic} of the {outer}'s {inner}s{belongs}; those delivered in part are left out"
    )
}

/// What a rate is of: how many people, of which age and year, and for how long; empty for others.
pub fn rate(indicator: &Indicator) -> String {
    let Some(rate) = &indicator.rate else { return String::new() };
    let people = number::decimal(rate.per.into(), 0);
    let age = if rate.age == "all" { "all ages".to_owned() } else { format!("aged {}", rate.age) };
    let length = if rate.annualised { "a year of 365 days" } else { "the period" };
    let of = match &rate.estimate {
        Some((year, source)) => format!("people of {year} ({source})"),
        None => "no estimate of the people".to_owned(),
    };
    format!("Events for {people} people, {age}, and {length}; {of}")
}

/// The first of the periods up to the latest settled one in all of which its special cause is marked;
/// `None` without a special cause, and where the chart marks it at none (days between rare events).
pub fn since(indicator: &Indicator) -> Option<Period> {
    let (signal, at) = (indicator.icons.signal?, indicator.facts.period?);
    let settled = indicator.points.iter().rev().skip_while(|point| point.period != at);
    let marked = settled.take_while(|point| point.signals.contains(&signal));
    marked.last().map(|point| point.period)
}
