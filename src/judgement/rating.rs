//! THE table: from facts to a rating. The first row that applies decides.
//!
//! The rows are data: the method page and the manual print them, `explain` walks through them, and
//! [`rate`] takes the first that applies. Nothing else gives a colour.

use super::facts::{Facts, Milestone, Position, Promise, Variation, Verdict};
use crate::statistics::assurance::Assurance;

/// A rating and the row of the table that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The colour.
    pub colour: Colour,
    /// The row: `T6`.
    pub code: &'static str,
}

/// What a rating says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Green.
    Green,
    /// Not rated.
    NotRated,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its code.
    pub code: &'static str,
    /// The colour it gives.
    pub colour: Colour,
    /// When it applies, in words that do not change.
    pub when: &'static str,
    /// When it applies.
    pub applies: fn(&Facts) -> bool,
}

/// A row that was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Test {
    /// The row's code.
    pub code: &'static str,
    /// Whether it applied; only the last one tried did.
    pub applied: bool,
}

/// Settled periods after the baseline that a direction is judged from.
const FEWEST_AFTER_BASELINE: usize = 6;
/// Points of a phase from which its limits, its assurance and the year's mean are judged.
pub const ENOUGH_POINTS: usize = 12;
/// Points of a phase from which its mean is judged while it has fewer than 12.
pub const FEWEST_FOR_MEAN: usize = 3;

/// The rating: the first row of [`TABLE`] that applies.
pub fn rate(facts: &Facts) -> Rating {
    let row = TABLE.iter().find(|row| (row.applies)(facts)).unwrap_or(&LAST);
    Rating { colour: row.colour, code: row.code }
}

/// Every row that was tried, in order, up to the one that decided.
pub fn trace(facts: &Facts) -> Vec<Test> {
    let decided = TABLE.iter().position(|row| (row.applies)(facts)).unwrap_or(TABLE.len() - 1);
    TABLE[..=decided]
        .iter()
        .enumerate()
        .map(|(at, row)| Test { code: row.code, applied: at == decided })
        .collect()
}

const fn row(
    code: &'static str,
    colour: Colour,
    when: &'static str,
    applies: fn(&Facts) -> bool,
) -> Row {
    Row { code, colour, when, applies }
}

use Colour::{Amber, Green, NotRated, Red};

/// The last row, which always applies.
const LAST: Row = row(
    "T9",
    Amber,
    "The target was met this period, but not yet three running, or not over the year.",
    |_| true,
);

/// Every row in the order they are tried.
pub static TABLE: [Row; 29] = [
    row(
        "E1",
        Red,
        "Never event: at least one in the latest settled period or since, provisional figures \
         included, or first reported since the previous pack whatever its date.",
        |f| is(f, Promise::Never) && recent_events(f) > 0,
    ),
    row(
        "N1",
        NotRated,
        "No settled value can be judged: the feed is missing, late or stopped, the source \
         withholds the figure, unknown records could decide whether the target was met, or nobody \
         has said whether a milestone was done by its date.",
        |f| {
            f.absent.is_some()
                || (f.promise != Promise::Milestone && f.value.is_none() && !f.no_cases)
        },
    ),
    row("N2", NotRated, "Watched only: the plan promises nothing.", |f| is(f, Promise::Monitor)),
    row("N4", NotRated, "No cases in the latest settled period and the two before it.", |f| {
        f.no_cases
    }),
    row(
        "E2",
        Amber,
        "Never event: none since the latest settled period began, but at least one in the 12 \
         months to its end.",
        |f| is(f, Promise::Never) && events_in_year(f) > 0,
    ),
    row(
        "N3",
        NotRated,
        "Never event or target 0: none is known, but it cannot be ruled out, because records \
         lack the field that decides or the 12 months are not all known.",
        |f| {
            (is(f, Promise::Never) || is(f, Promise::Zero))
                && events_in_year(f) == 0
                && f.events.as_ref().is_none_or(|e| e.unknown > 0 || !e.complete)
        },
    ),
    row("E3", Green, "Never event: none in 12 complete months.", |f| is(f, Promise::Never)),
    row("M1", Green, "Milestone: done.", |f| matches!(f.milestone, Some(Milestone::Done(_)))),
    row("M2", Amber, "Milestone: not done, and due later.", |f| {
        matches!(f.milestone, Some(Milestone::Due(_)))
    }),
    row("M3", Red, "Milestone: not done, and overdue.", |f| is(f, Promise::Milestone)),
    row("C1", Green, "Total over the financial year: at or above what it should be by now.", |f| {
        f.total.is_some_and(|total| total.to_date >= total.profile)
    }),
    row(
        "C2",
        Amber,
        "Total over the financial year: below what it should be by now, but by no more than \
         chance, and the year is not over.",
        |f| {
            f.total.is_some_and(|total| {
                !total.year_end && total.interval.is_some_and(|i| i.upper >= total.profile)
            })
        },
    ),
    row(
        "C3",
        Red,
        "Total over the financial year: below what it should be by now, or at the year's end.",
        |f| is(f, Promise::YearTotal),
    ),
    row(
        "Z1",
        Green,
        "Count with target 0: none in the 12 months to the latest settled period.",
        |f| is(f, Promise::Zero) && events_in_year(f) == 0,
    ),
    row(
        "Z2",
        Red,
        "Count with target 0: more in the latest period, in 3 months or in 12 months than the \
         allowance explains by chance (with one allowed a year: 2, 3 or 4).",
        |f| is(f, Promise::Zero) && too_many_events(f),
    ),
    row(
        "Z3",
        Amber,
        "Count with target 0: some in the 12 months, not more than the allowance explains.",
        |f| is(f, Promise::Zero),
    ),
    row(
        "D1",
        NotRated,
        "Direction only: fewer than 6 settled periods after the baseline, or no baseline yet.",
        |f| {
            is(f, Promise::Direction)
                && f.change.as_ref().is_none_or(|change| change.after < FEWEST_AFTER_BASELINE)
        },
    ),
    row(
        "D2",
        Green,
        "Direction only: the latest 12 periods are better than the baseline by more than chance, \
         and the latest signal is not one of concern.",
        |f| verdict(f) == Some(Verdict::Better) && f.variation != Variation::Concern,
    ),
    row(
        "D3",
        Red,
        "Direction only: the latest 12 periods are worse than the baseline by more than chance, \
         and the latest signal is not one of improvement.",
        |f| verdict(f) == Some(Verdict::Worse) && f.variation != Variation::Improvement,
    ),
    row(
        "D4",
        Amber,
        "Direction only, otherwise: no change that chance cannot explain, better but worsening, \
         or worse but improving.",
        |f| is(f, Promise::Direction),
    ),
    row(
        "T1",
        Red,
        "Missed by more than the tolerance, the process cannot be expected to meet the target, \
         and there is no fresh improvement.",
        |f| missed(f) && f.assurance == Some(Assurance::Fail) && !fresh_improvement(f),
    ),
    row(
        "T2",
        Red,
        "Missed by more than the tolerance with a signal of concern; for counts and shares the \
         exact interval of the latest period, or of the last three, excludes the target; with a \
         season the same month of last year was better too, or the year's mean misses.",
        |f| {
            missed(f) && f.variation == Variation::Concern && beyond_counting(f) && beyond_season(f)
        },
    ),
    row(
        "T3",
        Red,
        "Missed or near, no fresh improvement, and the mean of the latest 12 periods misses the \
         target (of a share that is to be 0 or 100%, its tolerance) by more than chance: missed over \
         a year.",
        |f| (missed(f) || near(f)) && !fresh_improvement(f) && missed_over_a_year(f),
    ),
    row(
        "T4",
        Red,
        "Missed by more than the tolerance with fewer than 12 points in the phase: the mean of 3 \
         or more (of a share that is to be 0 or 100%, less its tolerance), or the exact interval of \
         the latest period, excludes the target.",
        |f| {
            missed(f)
                && f.phase_points < ENOUGH_POINTS
                && (mean_of_few_missed(f) || f.exact.is_some_and(|exact| exact.excludes))
        },
    ),
    row("T5", Amber, "Missed otherwise: not beyond chance, or too few periods to tell.", missed),
    row("T6", Amber, "Near otherwise: missed by no more than the tolerance.", near),
    row(
        "T7",
        Amber,
        "Met, but with a fresh signal of concern in a process that cannot be relied on.",
        |f| {
            met(f)
                && f.variation == Variation::Concern
                && f.fresh
                && f.assurance != Some(Assurance::Pass)
        },
    ),
    row(
        "T8",
        Green,
        "Met, and the process can be expected to meet the target, or it was met three running; a \
         count that is to stay below one a period also over the latest 12 together.",
        |f| {
            let running = f.met_running >= f.running_needed.max(1);
            met(f) && (f.assurance == Some(Assurance::Pass) || running && met_over_a_year(f))
        },
    ),
    LAST,
];

fn is(facts: &Facts, promise: Promise) -> bool {
    facts.promise == promise
}

fn recent_events(facts: &Facts) -> u64 {
    facts.events.as_ref().map_or(0, |events| {
        events.latest.saturating_add(events.later).saturating_add(events.newly_reported)
    })
}

fn events_in_year(facts: &Facts) -> u64 {
    facts.events.as_ref().map_or(0, |events| events.year)
}

fn too_many_events(facts: &Facts) -> bool {
    let reached = |found: Option<u64>, limit: Option<u64>| {
        found.zip(limit).is_some_and(|(found, limit)| found >= limit)
    };
    facts.events.as_ref().is_some_and(|events| {
        reached(Some(events.latest), events.too_many_latest)
            || reached(events.quarter, events.too_many_quarter)
            || events.year >= events.too_many_year
    })
}

fn verdict(facts: &Facts) -> Option<Verdict> {
    facts.change.as_ref().filter(|_| is(facts, Promise::Direction)).map(|change| change.verdict)
}

fn position(facts: &Facts) -> Option<Position> {
    facts.position.filter(|_| is(facts, Promise::Numeric))
}

fn missed(facts: &Facts) -> bool {
    position(facts) == Some(Position::Missed)
}

fn near(facts: &Facts) -> bool {
    position(facts) == Some(Position::Near)
}

fn met(facts: &Facts) -> bool {
    position(facts) == Some(Position::Met)
}

fn fresh_improvement(facts: &Facts) -> bool {
    facts.variation == Variation::Improvement && facts.fresh
}

/// Counts and proportions only: other figures have no counting interval to ask.
fn beyond_counting(facts: &Facts) -> bool {
    let intervals = [facts.exact, facts.pooled];
    intervals.iter().flatten().any(|certainty| certainty.excludes) || facts.exact.is_none()
}

fn beyond_season(facts: &Facts) -> bool {
    facts.season.is_none_or(|season| {
        let worse = season.worse_by.zip(season.needed).is_some_and(|(by, needed)| by > needed);
        worse || missed_over_a_year(facts)
    })
}

fn missed_over_a_year(facts: &Facts) -> bool {
    facts.phase_points >= ENOUGH_POINTS
        && facts.mean_miss.is_some_and(|mean| mean.beyond_chance(facts.mean_allowed))
}

/// Asked only of a count that is to stay below one a period; true of anything else.
fn met_over_a_year(facts: &Facts) -> bool {
    !facts.below_one || facts.mean_miss.is_none_or(|mean| mean.mean <= 0.0)
}

fn mean_of_few_missed(facts: &Facts) -> bool {
    facts.phase_points >= FEWEST_FOR_MEAN
        && facts.mean_miss.is_some_and(|mean| mean.beyond_chance(facts.mean_allowed))
}
