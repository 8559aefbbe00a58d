//! Why an indicator has its rating: one or two sentences from the facts.

mod caveats;

pub use caveats::caveats;

use super::{
    count, day, difference, figure, list, many, maybe, month, period, stated_figure, terms, year,
};
use crate::disclosure::Figure;
use crate::disclosure::released::{
    Absent, Assurance, Change, Colour, Events, Facts, Indicator, Milestone, Position, Promise,
    Verdict,
};
use crate::period::{Grain, Period};

/// The reason of the rating, without the colour's word.
pub fn reason(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    match indicator.rule {
        "N1" => absent(indicator),
        "N2" => watched(indicator),
        "N4" => format!("No cases in {} and the two periods before.", latest(facts)),
        "E1" | "E2" | "E3" | "N3" | "Z1" | "Z2" | "Z3" => events(indicator),
        "M1" | "M2" | "M3" => milestone(facts),
        "C1" | "C2" | "C3" => total(indicator),
        "D1" | "D2" | "D3" | "D4" => direction(indicator),
        _ => numeric(indicator),
    }
}

/// The latest settled period in words.
fn latest(facts: &Facts) -> String {
    facts.period.map_or_else(|| "the latest period".to_owned(), period)
}

fn absent(indicator: &Indicator) -> String {
    let unit = indicator.unit;
    match &indicator.facts.absent {
        Some(Absent::NotReportable(why)) => {
            let feed = match indicator.feed.as_str() {
                "" => String::new(),
                feed => format!("; feed {feed} does not carry it"),
            };
            format!("Not yet reportable{feed}. {why}")
        }
        Some(Absent::FeedMissing) => {
            format!("Feed {} was not delivered.", indicator.feed)
        }
        Some(Absent::FeedStopped(why)) => {
            format!("Feed {} was stopped: {why}.", indicator.feed)
        }
        Some(Absent::Late) => {
            format!(
                "Too old to rate: the latest figure is of {}, more than a {} before the newest due.",
                latest(&indicator.facts),
                indicator_grain(indicator)
            )
        }
        Some(Absent::Suppressed) => "The source withholds the figure.".to_owned(),
        Some(Absent::BoundsStraddle(least, most)) => format!(
            "Records that lack a deciding field could put the value anywhere from {} to {}, on \
             either side of the target.",
            figure(*least, unit),
            figure(*most, unit)
        ),
        Some(Absent::YearIncomplete) => {
            "The year's total is below what it should be, but months of the year are missing."
                .to_owned()
        }
        Some(Absent::NotSaid(by)) => {
            format!("It was due by {}, and nobody has said whether it was done.", month(*by))
        }
        Some(Absent::NoValue) | None => "No settled period has a value.".to_owned(),
    }
}

fn watched(indicator: &Indicator) -> String {
    format!(
        "{} in {}. Watched only: the plan sets no direction or target.",
        maybe(indicator.facts.value, indicator.unit),
        latest(&indicator.facts)
    )
}

fn events(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    let Some(found) = &facts.events else { return absent(indicator) };
    let until = latest(facts);
    let year = format!(
        "12 months to {}",
        facts.period.map_or_else(|| "the latest period".to_owned(), last)
    );
    let in_year = format!("{} in the {year}", count(found.year));
    let last = found.last.map_or(String::new(), |last| format!(", the last in {}", period(last)));
    match indicator.rule {
        "E1" => format!("{} This must never happen.", recent(found, &until)),
        "E2" => format!("{in_year}{last}. This must never happen; none since {until} began."),
        "E3" => format!("None in the {}.", year.replacen("12 ", "12 complete ", 1)),
        "N3" if found.unknown.shown() != Some(0.0) => format!(
            "None is known since the {year} began, but it cannot be ruled out: {} lack \
             the field that decides.",
            records(found.unknown)
        ),
        "N3" => format!("None is known, but it cannot be ruled out: the {year} are not all known."),
        "Z1" => format!("None in the {year}."),
        "Z2" => format!(
            "{in_year}{last}: more than chance explains where {} a year is allowed.",
            found.allowance
        ),
        _ => format!(
            "{in_year}{last}: no more than the {} a year allowed explains.",
            found.allowance
        ),
    }
}

/// The end of a period: of a week its last day, else its name.
fn last(of: Period) -> String {
    if of.grain == Grain::Week { day(of.last_day()) } else { period(of) }
}

/// `1 record`, `3 records`.
fn records(number: Figure) -> String {
    let thing = if number.shown() == Some(1.0) { "record" } else { "records" };
    format!("{} {thing}", count(number))
}

fn recent(found: &Events, until: &str) -> String {
    let mut parts = Vec::new();
    for (number, when) in [
        (found.latest, format!("in {until}")),
        (found.later, "since then, provisional figures included".to_owned()),
        (found.newly_reported, "first reported since the previous pack".to_owned()),
    ] {
        if number.shown() != Some(0.0) {
            parts.push(format!("{} {when}", count(number)));
        }
    }
    format!("{}.", list(&parts))
}

fn milestone(facts: &Facts) -> String {
    match facts.milestone {
        Some(Milestone::Done(done)) => format!("Done in {}.", month(done)),
        Some(Milestone::Due(Some(by))) => format!("Not known to be done; due by {}.", month(by)),
        Some(Milestone::Due(None)) | None => "Not done; no date was set.".to_owned(),
        Some(Milestone::Overdue(by)) => format!("Not done; it was due by {}.", month(by)),
    }
}

fn total(indicator: &Indicator) -> String {
    let Some(total) = &indicator.facts.total else { return absent(indicator) };
    let compared = match indicator.colour {
        Colour::Green => "at or above",
        Colour::Amber => "below, by no more than chance,",
        _ => "below",
    };
    format!(
        "{} in {} so far, {compared} the {} it should be by {} ({} for the year).",
        figure(total.to_date, indicator.unit),
        period(total.year),
        figure(total.profile, indicator.unit),
        latest(&indicator.facts),
        figure(total.whole, indicator.unit)
    )
}

fn direction(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    let Some(change) = &facts.change else {
        return "There is no baseline to compare with yet: its periods are not all over and settled."
            .to_owned();
    };
    if indicator.rule == "D1" {
        return format!(
            "{} settled after the baseline; a direction is judged from 6.",
            many(change.after, indicator_grain(indicator))
        );
    }
    let verdict = match (change.verdict, indicator.colour) {
        (Verdict::Better, Colour::Green) => "better, by more than chance",
        (Verdict::Better, _) => "better, by more than chance, but the latest signal is of concern",
        (Verdict::Worse, Colour::Red) => "worse, by more than chance",
        (Verdict::Worse, _) => {
            "worse, by more than chance, but the latest signal is of improvement"
        }
        (Verdict::Unclear, _) => "no change that chance cannot explain",
    };
    let later = match (facts.goal, facts.target_by) {
        (Some(goal), Some(by)) if facts.promise == Promise::Direction => format!(
            " The target of {} applies from {}; until then only the direction is judged.",
            figure(goal, indicator.unit),
            month(by)
        ),
        _ => String::new(),
    };
    format!("{}: {verdict}{}.{later}", comparison(indicator, change), interval(indicator, change))
}

fn indicator_grain(indicator: &Indicator) -> &'static str {
    super::grain(indicator.grain)
}

fn comparison(indicator: &Indicator, change: &Change) -> String {
    let grain = indicator_grain(indicator);
    let same = if change.same_months { " (same calendar months)" } else { "" };
    format!(
        "Mean of the latest {} {} against {}{}{same}",
        many(change.latest_points, grain),
        figure(change.latest, indicator.unit),
        if change.own {
            format!("our baseline of the first {}: ", year(indicator.grain))
        } else {
            "the baseline: ".to_owned()
        },
        stated_figure(change.baseline, indicator.unit)
    )
}

fn interval(indicator: &Indicator, change: &Change) -> String {
    change.interval.map_or(String::new(), |range| {
        format!(
            " (difference between {} and {} with 95% confidence)",
            difference(range.lower, indicator.unit),
            difference(range.upper, indicator.unit)
        )
    })
}

fn numeric(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    let unit = indicator.unit;
    let position = match facts.position {
        Some(Position::Met) => "met",
        Some(Position::Near) => "missed within ordinary variation",
        Some(Position::Missed) | None => "missed",
    };
    let mut text = format!(
        "{} in {} against a target of {}: {position}.",
        maybe(facts.value, unit),
        latest(facts),
        facts.target.map_or_else(|| "–".to_owned(), |one| stated_figure(one, unit))
    );
    let more = match indicator.rule {
        "T1" => "The process as it is cannot be expected to meet the target.".to_owned(),
        "T2" => format!("And it is getting worse: {}.", worse(indicator)),
        "T3" => {
            format!("The mean of the latest {} misses it by more than chance.", points(indicator))
        }
        "T4" => "The phase is young, but the miss is more than chance.".to_owned(),
        "T5" if facts.tolerance.is_none() => {
            "Too few periods to tell whether by chance.".to_owned()
        }
        "T5" => "Not a pattern that rules out chance.".to_owned(),
        "T6" => "Within one tolerance of the target.".to_owned(),
        "T7" => format!("But it is worsening: {}.", worse(indicator)),
        "T8" if facts.assurance != Some(Assurance::Pass) && facts.running_needed > 1 => {
            format!("Met in {} running.", many(facts.met_running, indicator_grain(indicator)))
        }
        "T8" if facts.assurance != Some(Assurance::Pass) => {
            "Its exact 95% interval lies wholly on the good side.".to_owned()
        }
        "T8" => "The process can be expected to go on meeting it.".to_owned(),
        _ if facts.met_running >= facts.running_needed.max(1) => {
            format!("But not over the latest {} together.", points(indicator))
        }
        _ if facts.running_needed == 2 => "Not yet two running.".to_owned(),
        _ => "Not yet three running.".to_owned(),
    };
    text.push(' ');
    text.push_str(&more);
    text
}

fn points(indicator: &Indicator) -> String {
    let number = indicator.facts.mean_miss.map_or(0, |mean| mean.points);
    many(number, indicator_grain(indicator))
}

/// The signal of concern: on a plan line it is of the distance to the line, not of the value.
fn worse(indicator: &Indicator) -> String {
    let facts = &indicator.facts;
    if indicator.path_judged && !indicator.path.is_empty() {
        return "it is further from the plan's line than the months before explain".to_owned();
    }
    let run = indicator.charting.run;
    let signal = facts
        .signal
        .map_or_else(|| "a special cause".to_owned(), |signal| terms::signal_phrase(signal, run));
    format!("the latest {} is {signal}", indicator_grain(indicator))
}
