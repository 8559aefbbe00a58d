//! What the plan promised and stated, in short.

use super::{figure, list, month, period, stated_figure, year};
use crate::disclosure::released::{Better, Indicator, Point, Promise, Status};

/// The section of the plan that a reference begins with: what stands before the first full stop,
/// space or letter after a number, such as `KPI`, `4` or `2017-19`.
///
/// ```
/// use concordat::wording::plan::section;
/// let found = ["KPI 10 (first)", "KPI17", "4.2 / 2017-19 item 2", "2017-19 item 6", "9a", "H23"].map(section);
/// assert_eq!(found, ["KPI", "KPI", "4", "2017-19", "9", "H"]);
/// ```
pub fn section(reference: &str) -> String {
    let number = reference.starts_with(|c: char| c.is_ascii_digit());
    let ends = |c: char| {
        if number {
            !c.is_ascii_digit() && c != '-'
        } else {
            c.is_whitespace() || c.is_ascii_digit()
        }
    };
    let found = reference.split(ends).next().unwrap_or_default();
    if found.is_empty() { reference.to_owned() } else { found.to_owned() }
}

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
        Promise::Never => "Must never happen".to_owned(),
        Promise::Monitor => "Monitored".to_owned(),
        Promise::Zero => "None allowed".to_owned(),
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
                    format!(" now, {} by {}", stated_figure(goal, unit), month(by))
                }
                (_, Some(by)) => format!(" by {}", month(by)),
                _ => String::new(),
            };
            let target =
                facts.target.map_or_else(|| "–".to_owned(), |one| stated_figure(one, unit));
            format!("{word} {target}{by}")
        }
        Promise::Direction => {
            let than = match &facts.change {
                Some(change) if change.own => {
                    format!(
                        "{toward} than {}, the first {}",
                        stated_figure(facts.baseline.unwrap_or(change.baseline), unit),
                        year(indicator.grain)
                    )
                }
                Some(change) => {
                    let baseline = facts.baseline.unwrap_or(change.baseline);
                    format!("{toward} than {}, the baseline", stated_figure(baseline, unit))
                }
                None => format!("{toward} than before"),
            };
            match (facts.goal, facts.target_by) {
                (Some(goal), Some(by)) => {
                    format!("{than}; {} by {}", stated_figure(goal, unit), month(by))
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

/// Months that are named one by one; a longer stretch is named by its total.
const FEW_MONTHS: i32 = 3;

/// What was computed for the months of which the plan stated something, from `one` source.
pub fn in_stated_months(one: &Indicator, stated_by: &Indicator) -> Option<String> {
    let stated = &stated_by.stated;
    let (from, to) = stated.months.or(stated.as_at.map(|at| (at, at)))?;
    let source = if one.id == stated_by.id {
        "Computed here".to_owned()
    } else {
        format!("{} ({})", one.title, one.id)
    };
    if to.since(from) >= FEW_MONTHS {
        let total = figure(one.in_stated_months.filter(|_| one.id == stated_by.id)?, one.unit);
        return Some(format!("{source}, {} to {}: {total} in all.", month(from), month(to)));
    }
    let inside =
        |point: &&Point| from <= point.period.first_month() && point.period.last_month() <= to;
    let values: Vec<String> = one
        .points
        .iter()
        .filter(inside)
        .filter_map(|point| {
            let settled = if point.status == Status::Provisional { ", not settled" } else { "" };
            let value = figure(point.value?, one.unit);
            Some(format!("{value} in {}{settled}", period(point.period)))
        })
        .collect();
    let alone = if stated.months.is_none() { " alone" } else { "" };
    (!values.is_empty()).then(|| format!("{source}: {}{alone}.", list(&values)))
}

/// The plan's own words.
pub fn quote(indicator: &Indicator) -> Option<&str> {
    indicator.stated.quote.as_deref()
}
