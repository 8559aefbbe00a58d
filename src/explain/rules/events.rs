//! The rows of events, milestones and totals written out.

use super::super::text::{maybe, six};
use super::Clause::{self, All, Any};
use super::{is, promised};
use crate::judgement::facts::{Facts, Milestone, Promise};

pub(super) fn events(code: &str, facts: &Facts) -> Clause {
    let never = promised(facts, Promise::Never, "it is a never event");
    let zero = promised(facts, Promise::Zero, "it is a count with target 0");
    let Some(events) = &facts.events else {
        let kind = if code.starts_with('E') { never } else { zero };
        return if matches!(code, "E1" | "E2" | "Z2") {
            All(vec![kind, is("events are counted", false)])
        } else {
            kind
        };
    };
    let some = |name: &str, number: u64| is(format!("{name}: {number} > 0"), number > 0);
    let many = |name: &str, number: Option<u64>, limit: Option<u64>| {
        let pair = number.zip(limit);
        let said = pair.map_or_else(
            || format!("{name}: periods are too long"),
            |(number, limit)| format!("{name}: {number} ≥ {limit}"),
        );
        is(said, pair.is_some_and(|(number, limit)| number >= limit))
    };
    match code {
        "E1" => All(vec![
            never,
            Any(vec![
                some("events in the latest settled period", events.latest),
                some("events since", events.later),
                some("first reported since the previous pack", events.newly_reported),
            ]),
        ]),
        "E2" => All(vec![never, some("events in 12 months", events.year)]),
        "E3" => never,
        "Z1" => All(vec![
            zero,
            is(format!("events in 12 months: {} = 0", events.year), events.year == 0),
        ]),
        "Z2" => All(vec![
            zero,
            Any(vec![
                many("events in the period", Some(events.latest), events.too_many_latest),
                many("events in 3 months", events.quarter, events.too_many_quarter),
                many("events in 12 months", Some(events.year), Some(events.too_many_year)),
            ]),
        ]),
        _ => zero,
    }
}

pub(super) fn milestone(code: &str, facts: &Facts) -> Clause {
    match code {
        "M1" => is("done", matches!(facts.milestone, Some(Milestone::Done(_)))),
        "M2" => is("not done, and not overdue", matches!(facts.milestone, Some(Milestone::Due(_)))),
        _ => promised(facts, Promise::Milestone, "it is a milestone"),
    }
}

pub(super) fn total(code: &str, facts: &Facts) -> Clause {
    let Some(total) = facts.total else {
        return match code {
            "C3" => promised(facts, Promise::YearTotal, "a year's total is promised"),
            _ => is("there is a year's total", false),
        };
    };
    let (so_far, profile) = (six(total.to_date), six(total.profile));
    match code {
        "C1" => is(format!("total {so_far} ≥ {profile} by now"), total.to_date >= total.profile),
        "C2" => {
            let upper = total.interval.map(|interval| interval.upper);
            All(vec![
                is("the year is not over", !total.year_end),
                is(
                    format!("exact interval's upper end {} ≥ {profile}", maybe(upper)),
                    upper.is_some_and(|upper| upper >= total.profile),
                ),
            ])
        }
        _ => promised(facts, Promise::YearTotal, "a year's total is promised"),
    }
}
