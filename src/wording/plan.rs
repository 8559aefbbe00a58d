//! What the plan promised and stated, in short.

use super::{figure, maybe, month};
use crate::disclosure::released::{Better, Indicator, Promise, Status};

/// The target or baseline in a few words.
pub fn promise(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    let unit = indicator.unit;
    let toward = match indicator.better {
        Better::Lower => "Lower",
        Better::Higher => "Higher",
        Better::Neither => "Other",
    };
    match facts.promise {
        Promise::Never => "Never".to_owned(),
        Promise::Monitor => "Monitored".to_owned(),
        Promise::Zero => "None".to_owned(),
        Promise::Milestone => facts
            .target_by
            .map_or_else(|| "To be done".to_owned(), |by| format!("Done by {}", month(by))),
        Promise::YearTotal => facts.total.map_or_else(
            || "A year's total".to_owned(),
            |total| format!("{} in the year", figure(total.whole, unit)),
        ),
        Promise::Numeric => {
            let word = match indicator.better {
                Better::Higher => "At least",
                Better::Lower | Better::Neither => "At most",
            };
            let by = match (facts.goal, facts.target_by) {
                (Some(goal), Some(by)) if Some(goal) != facts.target => {
                    format!(" now, {} by {}", figure(goal, unit), month(by))
                }
                (_, Some(by)) => format!(" by {}", month(by)),
                _ => String::new(),
            };
            format!("{word} {}{by}", maybe(facts.target, unit))
        }
        Promise::Direction => {
            let than = match &facts.change {
                Some(change) if change.own => {
                    format!("{toward} than {}, the first 12 months", figure(change.baseline, unit))
                }
                Some(change) => {
                    format!("{toward} than {}, the baseline", figure(change.baseline, unit))
                }
                None => format!("{toward} than before"),
            };
            match (facts.goal, facts.target_by) {
                (Some(goal), Some(by)) => {
                    format!("{than}; {} by {}", figure(goal, unit), month(by))
                }
                _ => than,
            }
        }
    }
}

/// What the plan itself stated: value, rating, as-at month; empty when it stated nothing.
pub fn stated(indicator: &Indicator) -> String {
    let stated = &indicator.stated;
    let rag = stated.rag.as_ref().map(|rag| format!("rated {rag}"));
    let parts: Vec<String> = stated.value.iter().cloned().chain(rag).collect();
    if parts.is_empty() {
        return String::new();
    }
    let at = stated.as_at.map_or(String::new(), |at| format!(" ({})", month(at)));
    parts.join("; ") + &at
}

/// What was computed for the month of which the plan stated something, from `one` source.
pub fn in_stated_month(one: &Indicator, stated_by: &Indicator) -> Option<String> {
    let at = stated_by.stated.as_at?;
    let point = one
        .points
        .iter()
        .find(|point| (point.period.first_month()..=point.period.last_month()).contains(&at))?;
    let value = figure(point.value?, one.unit);
    let beside = if one.id == stated_by.id {
        "Computed here".to_owned()
    } else {
        format!("{} ({})", one.title, one.id)
    };
    let settled = match point.status {
        Status::Final => "",
        _ => ", not settled",
    };
    Some(format!("{beside}, in {} alone: {value}{settled}.", month(at)))
}
