//! The facts of a finding by name: target, process, events, milestone, the year's total.

use chrono::NaiveDate;

use super::text::{maybe, named, six, table};
use super::workings;
use crate::judgement::Finding;
use crate::judgement::facts::{
    Facts, Milestone, Position, Promise, Season, ToleranceBasis, Total, Variation,
};
use crate::judgement::working::{Working, working};
use crate::period::{Month, Period};
use crate::series::{Point, Status};
use crate::statistics::assurance::Assurance;
use crate::unit::Unit;
use crate::wording::{self, terms};

/// Every fact that applies, section by section.
pub(super) fn sections(finding: &Finding, unit: Unit) -> String {
    let facts = &finding.facts;
    let mut out = String::new();
    if let Some(words) = in_unit(unit).filter(|_| facts.value.is_some()) {
        out = format!("\nNumbers below are {words}.\n");
    }
    let working = working(finding);
    if let Some(working) = &working {
        out += &workings::process(finding, working);
        out += &judged(facts);
    }
    if let Some(change) = &facts.change {
        let turned = working.as_ref().is_some_and(|working| working.turned);
        out += &workings::change(finding, change, turned);
    }
    out += &target(facts);
    out += &working.as_ref().map_or_else(String::new, |working| chance(finding, working));
    out += &events(finding);
    out += &facts.milestone.map_or_else(String::new, milestone);
    out += &facts.total.map_or_else(String::new, |one| total(finding, one));
    out
}

fn in_unit(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Proportion => Some("shares of 1: 0.25 is 25%"),
        Unit::Change => Some("shares of the year before: -0.05 is 5% less"),
        Unit::Seconds => Some("seconds"),
        Unit::Pounds => Some("pounds"),
        Unit::BedDaysPerDay => Some("bed days for each day of the period"),
        Unit::PeoplePerWeek => Some("people a week"),
        Unit::Days => Some("days"),
        Unit::WorkingDays => Some("working days"),
        Unit::Count | Unit::Placements | Unit::Ratio | Unit::Rate => None,
    }
}

/// How the latest stands to the points before it.
fn judged(facts: &Facts) -> String {
    let signal = facts.signal.map_or_else(String::new, |signal| {
        let fresh = if facts.fresh { "fresh" } else { "not fresh: longer than 12" };
        format!("{}, run of {} on that side ({fresh})", terms::signal(signal), facts.signal_run)
    });
    let variation = match facts.variation {
        Variation::Common if facts.phase_points < 6 => {
            "common cause (fewer than 6 points to tell by)"
        }
        other => terms::variation(other),
    };
    let mut out = named("signal at the latest", &signal);
    out += &named("variation", variation);
    if facts.promise == Promise::Numeric {
        out += &named("assurance", &assurance(facts));
    }
    out
}

fn assurance(facts: &Facts) -> String {
    let Some(assurance) = facts.assurance else {
        return "none: fewer than 12 points, or nothing varies".to_owned();
    };
    let why = match assurance {
        Assurance::Pass => format!("the upper limit {} < 0", maybe(facts.upper_limit)),
        Assurance::Fail => format!("the lower limit {} > 0", maybe(facts.lower_limit)),
        Assurance::HitOrMiss => format!(
            "0 lies between the limits {} and {}",
            maybe(facts.lower_limit),
            maybe(facts.upper_limit)
        ),
    };
    format!("{}: {why}", terms::assurance(assurance))
}

fn target(facts: &Facts) -> String {
    let month = |month: Option<Month>| month.map_or_else(String::new, wording::month);
    let shown = |value: Option<f64>| value.map_or_else(String::new, six);
    let mut out = String::new();
    if facts.promise == Promise::Direction {
        out += &named("target not in force yet", &shown(facts.goal));
        out += &named("target by", &month(facts.target_by));
    }
    let Some(target) = facts.target else { return headed("The target", out) };
    out += &named("target in force", &six(target));
    out += &named("printed at", facts.target_reference.as_deref().unwrap_or_default());
    out += &named("set", &month(facts.target_set));
    out += &named("in force from", &month(facts.target_from));
    out += &named("to be reached by", &month(facts.target_by));
    out += &named("previous period", &shown(facts.previous));
    let apart = facts.value.zip(facts.miss).map_or_else(String::new, |(value, miss)| {
        let lower_is_better = (value - target - miss).abs() <= (target - value - miss).abs();
        let sum = if lower_is_better { (value, target) } else { (target, value) };
        format!("{} − {} = {} (0 or below is met)", six(sum.0), six(sum.1), six(miss))
    });
    out += &named("miss", &apart);
    if facts.promise == Promise::Numeric {
        out += &tolerance(facts, target);
        out += &named("position", &position(facts));
        out += &named(
            "met running, the latest the last",
            &format!("{} (asked: {})", facts.met_running, facts.running_needed.max(1)),
        );
    }
    headed("The target", out)
}

fn tolerance(facts: &Facts, target: f64) -> String {
    let Some(tolerance) = facts.tolerance else {
        return named("tolerance", "none: no sigma and no exact interval");
    };
    let basis = match facts.tolerance_basis {
        ToleranceBasis::None => String::new(),
        basis => format!(" ({})", terms::basis(basis)),
    };
    let mut out = named("tolerance", &format!("{}{basis}", six(tolerance)));
    out += &named("green threshold", &format!("{}, the target", six(target)));
    let red = facts.red_threshold.map_or_else(String::new, |red| {
        let sign = if red >= target { '+' } else { '−' };
        format!("{} {sign} {} = {}", six(target), six(tolerance), six(red))
    });
    out + &named("red threshold", &red)
}

fn position(facts: &Facts) -> String {
    let (miss, tolerance) = (maybe(facts.miss), maybe(facts.tolerance));
    match facts.position {
        Some(Position::Met) => format!("met: {miss} ≤ 0"),
        Some(Position::Near) => format!("near: 0 < {miss} ≤ {tolerance}"),
        Some(Position::Missed) if facts.tolerance.is_some() => {
            format!("missed: {miss} > {tolerance}")
        }
        Some(Position::Missed) => format!("missed: {miss} > 0"),
        None => String::new(),
    }
}

fn chance(finding: &Finding, working: &Working) -> String {
    let mut out = workings::chance(finding, working);
    if let Some(Season { worse_by, needed }) = finding.facts.season {
        let sum = match (needed, finding.facts.sigma) {
            (Some(needed), Some(sigma)) => {
                format!("; asked: more than 1.96 × √2 × {} = {}", six(sigma), six(needed))
            }
            _ => String::new(),
        };
        out += &named("worse than a year before by", &format!("{}{sum}", maybe(worse_by)));
    }
    headed("Whether chance explains it", out)
}

fn events(finding: &Finding) -> String {
    let facts = &finding.facts;
    let Some(events) = &facts.events else { return String::new() };
    let of = |number: u64, limit: Option<u64>| match limit {
        Some(limit) if facts.promise == Promise::Zero => {
            format!("{number} (more than chance explains from {limit} on)")
        }
        _ => number.to_string(),
    };
    let year = facts.period.map(|period| period.months_to_its_end(12));
    let mut out = year.map_or_else(String::new, |first| periods(finding, first, None));
    out += &named("in the period", &of(events.latest, events.too_many_latest));
    if let Some(quarter) = events.quarter {
        out += &named("in 3 months", &of(quarter, events.too_many_quarter));
    }
    let complete = if events.complete { "" } else { "; not all of them are known" };
    let year = of(events.year, Some(events.too_many_year));
    out += &named("in 12 months", &format!("{year}{complete}"));
    out += &named("after it, provisional included", &events.later.to_string());
    out += &named("first reported since the last pack", &events.newly_reported.to_string());
    out += &named("the last", &events.last.map_or_else(String::new, wording::period));
    out += &named("records that cannot be decided", &events.unknown.to_string());
    if facts.promise == Promise::Zero {
        out += &named("allowed a year", &events.allowance.to_string());
    }
    headed("Events", out)
}

fn milestone(milestone: Milestone) -> String {
    let words = match milestone {
        Milestone::Done(done) => format!("done in {}", wording::month(done)),
        Milestone::Due(Some(by)) => format!("not known to be done; due by {}", wording::month(by)),
        Milestone::Due(None) => "not done; no date was set".to_owned(),
        Milestone::Overdue(by) => format!("not done; was due by {}", wording::month(by)),
    };
    headed("The milestone", named("state", &words))
}

fn total(finding: &Finding, total: Total) -> String {
    let latest = finding.facts.period.map(Period::end);
    let mut out = periods(finding, total.year.start, latest);
    out += &named("to date", &six(total.to_date));
    let by_now = if total.even {
        format!("{} × {} / 12 = {}", six(total.whole), total.months, six(total.profile))
    } else {
        format!("{}, the plan's profile after {} months", six(total.profile), total.months)
    };
    out += &named("should be by now", &by_now);
    let ends = total.interval.map_or_else(
        || "none: not a count".to_owned(),
        |i| format!("{} to {} ({})", six(i.lower), six(i.upper), terms::method(i.method)),
    );
    out += &named("exact interval of the total", &ends);
    headed(&format!("The year {}", wording::period(total.year)), out)
}

/// The periods that have a day from one on, up to another's eve where one is given, with what they
/// count.
fn periods(finding: &Finding, first: NaiveDate, end: Option<NaiveDate>) -> String {
    let inside = |point: &&Point| {
        point.period.end() > first && end.is_none_or(|end| point.period.end() <= end)
    };
    let row = |point: &Point| {
        let status = match point.status {
            Status::Final => "",
            other => terms::status(other),
        };
        vec![
            wording::period(point.period),
            maybe(point.value),
            point.unknown.to_string(),
            status.to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = finding.series.points.iter().filter(inside).map(row).collect();
    table(&["period", "counted", "undecided", ""], &rows) + "\n"
}

/// A section under its heading; nothing without lines.
fn headed(heading: &str, lines: String) -> String {
    if lines.is_empty() { lines } else { format!("\n{heading}\n{lines}") }
}
