//! One indicator in plain sentences: what it was, compared with what, whether that is chance, whether
//! the target can be relied on, and what to do next.
//!
//! The questions are those of Making Data Count; the answers are the released facts and nothing else.

use super::{figure, grain, period, stated_figure, terms};
use crate::disclosure::released::{Assurance, Indicator, Kind, Phase, Promise, Signal, Variation};

/// The commentary; empty where there is no value to speak of.
pub fn commentary(indicator: &Indicator) -> String {
    let said = [
        what(indicator),
        chance(indicator).unwrap_or_default(),
        target(indicator).unwrap_or_default(),
        next(indicator).unwrap_or_default(),
    ];
    let said: Vec<String> = said.into_iter().filter(|sentence| !sentence.is_empty()).collect();
    said.join(" ")
}

/// The value, against the period before and the mean of its phase.
fn what(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    let (Some(value), Some(at)) = (facts.value, facts.period) else { return String::new() };
    let unit = indicator.unit;
    let before = facts.previous.map(|previous| {
        format!("{} the {} before", figure(previous, unit), grain(indicator.grain))
    });
    let of = |phase: &Phase| {
        let name = if phase.kind == Kind::Run { "median" } else { "mean" };
        Some(format!("a {name} of {} in this phase", figure(phase.centre?, unit)))
    };
    let compared: Vec<String> =
        before.into_iter().chain(indicator.phases.last().and_then(of)).collect();
    let against = if compared.is_empty() {
        String::new()
    } else {
        format!(", against {}", super::list(&compared))
    };
    format!("{} in {}{against}.", figure(value, unit), period(at))
}

/// Whether that is chance.
fn chance(indicator: &Indicator) -> Option<String> {
    indicator.facts.value?;
    let icons = indicator.icons;
    let signal = |signal: Signal| {
        format!(
            "That is special cause variation: the latest {} is {}",
            grain(indicator.grain),
            terms::signal_phrase(signal, indicator.charting.run)
        )
    };
    Some(match (icons.variation?, icons.signal) {
        (Variation::Common, None) => {
            "That is common cause variation: chance is enough to explain it.".to_owned()
        }
        (Variation::Common, Some(found)) => format!("{}.", signal(found)),
        (Variation::Improvement, Some(found)) => format!("{}, an improvement.", signal(found)),
        (Variation::Concern, Some(found)) => format!("{}, a concern.", signal(found)),
        (Variation::Improvement, None) => "It is an improvement beyond chance.".to_owned(),
        (Variation::Concern, None) => "It is a concern beyond chance.".to_owned(),
    })
}

/// Whether the target can be relied on.
fn target(indicator: &Indicator) -> Option<String> {
    let facts = &indicator.facts;
    if facts.promise != Promise::Numeric {
        return None;
    }
    let target = stated_figure(facts.target?, indicator.unit);
    Some(match indicator.icons.assurance? {
        Assurance::Pass => format!("Left as it is, it can be relied on to meet {target}."),
        Assurance::HitOrMiss => format!(
            "Left as it is, single {}s can meet {target} by chance; it cannot be relied on.",
            grain(indicator.grain)
        ),
        Assurance::Fail => format!(
            "Left as it is, it will go on missing {target}: only another way of working will meet it."
        ),
    })
}

/// What to do next.
fn next(indicator: &Indicator) -> Option<String> {
    let facts = &indicator.facts;
    facts.value?;
    if let (Promise::Never | Promise::Zero, Some(events)) = (facts.promise, &facts.events) {
        let some = [events.year, events.later].iter().any(|number| number.shown() != Some(0.0));
        return some.then(|| {
            "Review each case: what led to it, and what would have avoided it.".to_owned()
        });
    }
    let icons = indicator.icons;
    let changed = |then: &str| {
        let since = super::chart::since(indicator);
        let around = since.map_or_else(String::new, |at| format!(" around {}", period(at)));
        format!("Ask what changed{around}{then}.")
    };
    Some(match (icons.variation?, icons.assurance) {
        (Variation::Concern, _) => changed(", and put it right"),
        (Variation::Improvement, _) => changed(", and keep it"),
        (Variation::Common, _) if icons.signal.is_some() => changed(""),
        (Variation::Common, Some(Assurance::Fail | Assurance::HitOrMiss)) => {
            "Do not look for the cause of a single value: look at how the whole works.".to_owned()
        }
        (Variation::Common, Some(Assurance::Pass)) => "Go on watching.".to_owned(),
        (Variation::Common, None) => "Single values need no explanation.".to_owned(),
    })
}
