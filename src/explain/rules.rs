//! Each row of the rating table written out: its conditions with the numbers of one finding.
//!
//! This is a second reading of the table, made for people. A test holds it to the first over
//! thousands of series: for every row that was tried both say the same.

use super::text::{maybe, six};
use crate::judgement::facts::{
    Certainty, Facts, Milestone, Position, Promise, Season, Variation, Verdict,
};
use crate::statistics::assurance::Assurance;

/// A condition, or several put together.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// One comparison, with its numbers, and whether it is true.
    Is(String, bool),
    /// All must hold; what follows the first that does not is not looked at.
    All(Vec<Clause>),
    /// One must hold; what follows the first that does is not looked at.
    Any(Vec<Clause>),
}

impl Clause {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        match self {
            Self::Is(_, holds) => *holds,
            Self::All(clauses) => clauses.iter().all(Self::holds),
            Self::Any(clauses) => clauses.iter().any(Self::holds),
        }
    }

    /// Each comparison in order: how deep it stands, its words, and whether it is true; `None`
    /// where it was not looked at. The words of several of which one must hold are "one of:".
    pub fn lines(&self) -> Vec<(usize, String, Option<bool>)> {
        let mut lines = Vec::new();
        self.write(0, true, &mut lines);
        lines
    }

    fn write(&self, depth: usize, looked: bool, lines: &mut Vec<(usize, String, Option<bool>)>) {
        match self {
            Self::Is(words, holds) => lines.push((depth, words.clone(), looked.then_some(*holds))),
            Self::All(clauses) => {
                let mut looked = looked;
                for clause in clauses {
                    clause.write(depth, looked, lines);
                    looked &= clause.holds();
                }
            }
            Self::Any(clauses) => {
                lines.push((depth, "one of:".to_owned(), looked.then_some(self.holds())));
                let mut looked = looked;
                for clause in clauses {
                    clause.write(depth + 1, looked, lines);
                    looked &= !clause.holds();
                }
            }
        }
    }
}

use Clause::{All, Any};

fn is(words: impl Into<String>, holds: bool) -> Clause {
    Clause::Is(words.into(), holds)
}

/// The conditions of a row of the table, by its code.
pub fn written(code: &str, facts: &Facts) -> Clause {
    match code.as_bytes().first() {
        Some(b'N') => not_rated(code, facts),
        Some(b'E' | b'Z') => events(code, facts),
        Some(b'M') => milestone(code, facts),
        Some(b'C') => total(code, facts),
        Some(b'D') => direction(code, facts),
        _ => numeric(code, facts),
    }
}

fn promised(facts: &Facts, promise: Promise, words: &str) -> Clause {
    is(words, facts.promise == promise)
}

fn not_rated(code: &str, facts: &Facts) -> Clause {
    match code {
        "N1" => {
            let waits = facts.promise != Promise::Milestone;
            Any(vec![
                is("something keeps the settled value from being judged", facts.absent.is_some()),
                All(vec![
                    is("the promise waits for figures (all but milestones do)", waits),
                    is("there is no settled value", facts.value.is_none()),
                    is("and not because there were no cases", !facts.no_cases),
                ]),
            ])
        }
        "N2" => promised(facts, Promise::Monitor, "the plan promises nothing"),
        "N4" => is("no cases in the latest settled period and the two before it", facts.no_cases),
        _ => {
            let year = facts.events.as_ref().map_or(0, |events| events.year);
            let unknown = facts.events.as_ref().map_or(0, |events| events.unknown);
            let incomplete = facts.events.as_ref().is_none_or(|events| !events.complete);
            All(vec![
                Any(vec![
                    promised(facts, Promise::Never, "it is a never event"),
                    promised(facts, Promise::Zero, "it is a count with target 0"),
                ]),
                is(format!("events in 12 months: {year} = 0"), year == 0),
                Any(vec![
                    is(format!("records that cannot be decided: {unknown} > 0"), unknown > 0),
                    is("the 12 months are not all known", incomplete),
                ]),
            ])
        }
    }
}

fn events(code: &str, facts: &Facts) -> Clause {
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

fn milestone(code: &str, facts: &Facts) -> Clause {
    match code {
        "M1" => is("done", matches!(facts.milestone, Some(Milestone::Done(_)))),
        "M2" => is("not done, and not overdue", matches!(facts.milestone, Some(Milestone::Due(_)))),
        _ => promised(facts, Promise::Milestone, "it is a milestone"),
    }
}

fn total(code: &str, facts: &Facts) -> Clause {
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

fn direction(code: &str, facts: &Facts) -> Clause {
    let promised = promised(facts, Promise::Direction, "a direction is judged");
    let change = facts.change.as_ref();
    if code == "D1" {
        let after = change.map_or(0, |change| change.after);
        return All(vec![
            promised,
            Any(vec![
                is("there is no baseline yet, or nothing after it", change.is_none()),
                is(format!("settled periods after the baseline: {after} < 6"), after < 6),
            ]),
        ]);
    }
    let interval = change.and_then(|change| change.interval);
    let ends = interval
        .map_or_else(|| "none".to_owned(), |i| format!("{} to {}", six(i.lower), six(i.upper)));
    let verdict = |wanted: Verdict, words: &str| {
        is(
            format!("95% interval of the difference, {ends}, lies wholly on the {words} side of 0"),
            change.is_some_and(|change| change.verdict == wanted),
        )
    };
    let not = |variation: Variation, word: &str| {
        is(
            format!("variation is {}, not {word}", self::variation(facts)),
            facts.variation != variation,
        )
    };
    match code {
        "D2" => All(vec![
            promised,
            verdict(Verdict::Better, "good"),
            not(Variation::Concern, "concern"),
        ]),
        "D3" => All(vec![
            promised,
            verdict(Verdict::Worse, "bad"),
            not(Variation::Improvement, "improvement"),
        ]),
        _ => promised,
    }
}

fn numeric(code: &str, facts: &Facts) -> Clause {
    match code {
        "T1" => All(vec![missed(facts), fails(facts), no_fresh_improvement(facts)]),
        "T2" => All(vec![missed(facts), concern(facts), beyond_counting(facts), in_season(facts)]),
        "T3" => All(vec![
            Any(vec![missed(facts), near(facts)]),
            no_fresh_improvement(facts),
            over_a_year(facts),
        ]),
        "T4" => {
            let points = facts.phase_points;
            let few = All(vec![
                is(format!("points of the phase before: {points} ≥ 3"), points >= 3),
                beyond_chance(facts),
            ]);
            All(vec![
                missed(facts),
                is(format!("points of the phase before: {points} < 12"), points < 12),
                Any(vec![few, excludes("exact interval of the latest", facts.exact)]),
            ])
        }
        "T5" => missed(facts),
        "T6" => near(facts),
        "T7" => All(vec![
            met(facts),
            concern(facts),
            is(format!("fresh: its run is {} long, 12 at most", facts.signal_run), facts.fresh),
            is(
                format!("assurance is {}, not pass", assurance(facts)),
                facts.assurance != Some(Assurance::Pass),
            ),
        ]),
        "T8" => {
            let (running, needed) = (facts.met_running, facts.running_needed.max(1));
            All(vec![
                met(facts),
                Any(vec![
                    is(
                        format!("assurance is {}, and must be pass", assurance(facts)),
                        facts.assurance == Some(Assurance::Pass),
                    ),
                    is(format!("met running: {running} ≥ {needed}"), running >= needed),
                ]),
            ])
        }
        _ => is("otherwise", true),
    }
}

fn position(facts: &Facts, position: Position) -> bool {
    facts.promise == Promise::Numeric && facts.position == Some(position)
}

fn missed(facts: &Facts) -> Clause {
    let words = match facts.tolerance {
        Some(tolerance) => {
            format!("missed: miss {} > tolerance {}", maybe(facts.miss), six(tolerance))
        }
        None => format!("missed: miss {} > 0, there being no tolerance", maybe(facts.miss)),
    };
    is(words, position(facts, Position::Missed))
}

fn near(facts: &Facts) -> Clause {
    let words =
        format!("near: miss {} > 0 and ≤ tolerance {}", maybe(facts.miss), maybe(facts.tolerance));
    is(words, position(facts, Position::Near))
}

fn met(facts: &Facts) -> Clause {
    is(format!("met: miss {} ≤ 0", maybe(facts.miss)), position(facts, Position::Met))
}

fn assurance(facts: &Facts) -> &'static str {
    match facts.assurance {
        Some(Assurance::Pass) => "pass",
        Some(Assurance::HitOrMiss) => "hit or miss",
        Some(Assurance::Fail) => "fail",
        None => "none",
    }
}

fn variation(facts: &Facts) -> &'static str {
    match facts.variation {
        Variation::Improvement => "improvement",
        Variation::Common => "common cause",
        Variation::Concern => "concern",
    }
}

fn fails(facts: &Facts) -> Clause {
    let lower = maybe(facts.lower_limit);
    is(
        format!("assurance is {}, and must be fail: lower limit {lower} > 0", assurance(facts)),
        facts.assurance == Some(Assurance::Fail),
    )
}

fn concern(facts: &Facts) -> Clause {
    is(
        format!("variation is {}, and must be concern", variation(facts)),
        facts.variation == Variation::Concern,
    )
}

fn no_fresh_improvement(facts: &Facts) -> Clause {
    let fresh = facts.variation == Variation::Improvement && facts.fresh;
    let run = match facts.variation {
        Variation::Improvement => format!(", its run {} long", facts.signal_run),
        Variation::Common | Variation::Concern => String::new(),
    };
    is(format!("no fresh improvement: variation is {}{run}", variation(facts)), !fresh)
}

fn excludes(name: &str, certainty: Option<Certainty>) -> Clause {
    let words = certainty.map_or_else(
        || format!("{name}: there is none"),
        |c| {
            let (lower, upper) = (six(c.interval.lower), six(c.interval.upper));
            format!("{name}, {lower} to {upper}, excludes the target")
        },
    );
    is(words, certainty.is_some_and(|certainty| certainty.excludes))
}

/// Counts and shares only: other figures have no counting interval to ask.
fn beyond_counting(facts: &Facts) -> Clause {
    Any(vec![
        is("neither a count nor a share of counts", facts.exact.is_none()),
        excludes("exact interval of the latest", facts.exact),
        excludes("the same of the last together", facts.pooled),
    ])
}

fn in_season(facts: &Facts) -> Clause {
    let Some(Season { worse_by, needed }) = facts.season else {
        return is("no season is stated, so last year is not asked", true);
    };
    let words = format!(
        "worse than the same month of last year by {} > {}",
        maybe(worse_by),
        maybe(needed)
    );
    let worse = worse_by.zip(needed).is_some_and(|(by, needed)| by > needed);
    Any(vec![is(words, worse), over_a_year(facts)])
}

fn over_a_year(facts: &Facts) -> Clause {
    let points = facts.phase_points;
    let enough = is(format!("points of the phase before: {points} ≥ 12"), points >= 12);
    All(vec![enough, beyond_chance(facts)])
}

fn beyond_chance(facts: &Facts) -> Clause {
    let Some(mean) = facts.mean_miss else { return is("mean miss: there is none", false) };
    let lower = mean.interval.lower;
    All(vec![
        is(
            format!("mean miss of the latest {}: {} > 0", mean.points, six(mean.mean)),
            mean.mean > 0.0,
        ),
        is(format!("lower end of its 95% interval: {} > 0", six(lower)), lower > 0.0),
    ])
}
