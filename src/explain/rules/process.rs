//! The rows of directions and numeric targets written out.

use super::super::text::{maybe, six};
use super::Clause::{self, All, Any};
use super::{is, promised};
use crate::judgement::facts::{Certainty, Facts, Position, Promise, Season, Variation, Verdict};
use crate::statistics::assurance::Assurance;

pub(super) fn direction(code: &str, facts: &Facts) -> Clause {
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

pub(super) fn numeric(code: &str, facts: &Facts) -> Clause {
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
                    All(vec![
                        is(format!("met running: {running} ≥ {needed}"), running >= needed),
                        over_the_year(facts),
                    ]),
                ]),
            ])
        }
        _ => is("otherwise", true),
    }
}

/// Asked only of a count that is to stay below one a period.
fn over_the_year(facts: &Facts) -> Clause {
    match (facts.below_one, facts.mean_miss) {
        (true, Some(missed)) => is(
            format!("below one a period, so the year's mean miss too: {} ≤ 0", six(missed.mean)),
            missed.mean <= 0.0,
        ),
        (true, None) => is("no mean miss of the year to ask", true),
        (false, _) => is("the target is not below one a period: no more is asked", true),
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
    let (lower, allowed) = (mean.interval.lower, facts.mean_allowed);
    let most = if allowed > 0.0 {
        format!("{} (the plan's tolerance, the target being 0 or 100%)", six(allowed))
    } else {
        "0".to_owned()
    };
    All(vec![
        is(
            format!("mean miss of the latest {}: {} > {most}", mean.points, six(mean.mean)),
            mean.mean > allowed,
        ),
        is(format!("lower end of its 95% interval: {} > {most}", six(lower)), lower > allowed),
    ])
}
