//! Facts to code: every file of `tests/cases/rating` is a list of expectations.

use std::collections::BTreeSet;

use concordat::explain::rules::written;
use concordat::judgement::facts::{
    Absent, Certainty, Change, Events, Facts, MeanMiss, Milestone, Position, Promise, Season,
    Total, Variation, Verdict,
};
use concordat::judgement::rating::{Colour, TABLE, rate, trace};
use concordat::period::{Grain, Period};
use concordat::statistics::assurance::Assurance;
use concordat::statistics::intervals::{Interval, Method};
use serde::Deserialize;

use super::build::month;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

/// What is not said is as in [`Facts::default`], but that there is a value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    code: String,
    colour: String,
    promise: String,
    absent: Option<String>,
    #[serde(default)]
    no_cases: bool,
    events: Option<Counted>,
    milestone: Option<String>,
    total: Option<Cumulative>,
    change: Option<Changed>,
    position: Option<String>,
    variation: Option<String>,
    #[serde(default)]
    fresh: bool,
    assurance: Option<String>,
    #[serde(default)]
    points: usize,
    mean_miss: Option<[f64; 3]>,
    exact_excludes: Option<bool>,
    pooled_excludes: Option<bool>,
    season: Option<[f64; 2]>,
    #[serde(default)]
    met_running: usize,
    running_needed: Option<usize>,
    #[serde(default)]
    below_one: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Counted {
    latest: u64,
    later: u64,
    newly_reported: u64,
    quarter: u64,
    year: u64,
    unknown: u64,
    incomplete: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cumulative {
    to_date: f64,
    profile: f64,
    upper: Option<f64>,
    #[serde(default)]
    year_end: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    after: usize,
    verdict: String,
}

fn interval(lower: f64, upper: f64) -> Interval {
    Interval { lower, upper, method: Method::Normal }
}

impl Case {
    fn facts(&self) -> Facts {
        let certainty = |excludes| Certainty { interval: interval(0.0, 1.0), excludes };
        Facts {
            promise: self.promise(),
            value: (self.absent.is_none() && !self.no_cases).then_some(1.0),
            absent: self.absent.as_deref().map(absent),
            no_cases: self.no_cases,
            events: self.events.as_ref().map(Counted::events),
            milestone: self.milestone.as_deref().map(milestone),
            total: self.total.as_ref().map(Cumulative::total),
            change: self.change.as_ref().map(Changed::change),
            position: self.position.as_deref().map(|word| match word {
                "met" => Position::Met,
                "near" => Position::Near,
                "missed" => Position::Missed,
                other => panic!("no position {other}"),
            }),
            variation: match self.variation.as_deref() {
                None => Variation::Common,
                Some("improvement") => Variation::Improvement,
                Some("concern") => Variation::Concern,
                Some(other) => panic!("no variation {other}"),
            },
            fresh: self.fresh,
            assurance: self.assurance.as_deref().map(|word| match word {
                "pass" => Assurance::Pass,
                "hit-or-miss" => Assurance::HitOrMiss,
                "fail" => Assurance::Fail,
                other => panic!("no assurance {other}"),
            }),
            phase_points: self.points,
            mean_miss: self.mean_miss.map(|[mean, lower, upper]| MeanMiss {
                cases: None,
                points: 12,
                mean,
                sigma: 1.0,
                error: (upper - mean) / 2.0,
                factor: 2.0,
                interval: interval(lower, upper),
            }),
            exact: self.exact_excludes.map(certainty),
            pooled: self.pooled_excludes.map(certainty),
            season: self
                .season
                .map(|[by, needed]| Season { worse_by: Some(by), needed: Some(needed) }),
            met_running: self.met_running,
            running_needed: self.running_needed.unwrap_or(3),
            below_one: self.below_one,
            ..Facts::default()
        }
    }

    fn promise(&self) -> Promise {
        match self.promise.as_str() {
            "monitor" => Promise::Monitor,
            "never" => Promise::Never,
            "zero" => Promise::Zero,
            "numeric" => Promise::Numeric,
            "direction" => Promise::Direction,
            "milestone" => Promise::Milestone,
            "year total" => Promise::YearTotal,
            other => panic!("no promise {other}"),
        }
    }
}

fn absent(word: &str) -> Absent {
    match word {
        "missing" => Absent::FeedMissing,
        "stopped" => Absent::FeedStopped("no key".to_owned()),
        "late" => Absent::Late,
        "suppressed" => Absent::Suppressed,
        "straddle" => Absent::BoundsStraddle { least: 0.9, most: 0.97 },
        other => panic!("no such absence: {other}"),
    }
}

fn milestone(word: &str) -> Milestone {
    match word {
        "done" => Milestone::Done(month("2017-01")),
        "due" => Milestone::Due(Some(month("2018-01"))),
        "overdue" => Milestone::Overdue(month("2016-01")),
        other => panic!("no such milestone: {other}"),
    }
}

impl Counted {
    /// With the limits of an allowance of one a year: 2, 3 and 4.
    fn events(&self) -> Events {
        Events {
            latest: self.latest,
            later: self.later,
            newly_reported: self.newly_reported,
            quarter: Some(self.quarter),
            year: self.year,
            unknown: self.unknown,
            complete: !self.incomplete,
            last: None,
            allowance: 1,
            too_many_latest: Some(2),
            too_many_quarter: Some(3),
            too_many_year: 4,
        }
    }
}

impl Cumulative {
    fn total(&self) -> Total {
        Total {
            year: Period::of(Grain::FinancialYear, month("2017-04")),
            to_date: self.to_date,
            profile: self.profile,
            even: true,
            whole: self.profile,
            months: 6,
            interval: self.upper.map(|upper| interval(0.0, upper)),
            year_end: self.year_end,
        }
    }
}

impl Changed {
    fn change(&self) -> Change {
        Change {
            baseline: 10.0,
            baseline_points: 12,
            own: false,
            after: self.after,
            latest: 9.0,
            latest_points: 12,
            same_months: false,
            interval: None,
            baseline_periods: Vec::new(),
            latest_periods: Vec::new(),
            made_of: None,
            verdict: match self.verdict.as_str() {
                "better" => Verdict::Better,
                "unclear" => Verdict::Unclear,
                "worse" => Verdict::Worse,
                other => panic!("no verdict {other}"),
            },
        }
    }
}

pub(super) fn colour(word: &str) -> Colour {
    match word {
        "red" => Colour::Red,
        "amber" => Colour::Amber,
        "green" => Colour::Green,
        "not rated" => Colour::NotRated,
        other => panic!("no colour {other}"),
    }
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/rating");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let read: File =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            read.case
        })
        .collect()
}

#[test]
fn ratings_follow_the_cases() {
    let mut wrong = Vec::new();
    for case in cases() {
        let rating = rate(&case.facts());
        if rating.code != case.code || rating.colour != colour(&case.colour) {
            wrong.push(format!("{}: {rating:?}, not {} {}", case.name, case.code, case.colour));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_row_has_a_case() {
    let tried: BTreeSet<String> = cases().into_iter().map(|case| case.code).collect();
    let rows: BTreeSet<String> = TABLE.iter().map(|row| row.code.to_owned()).collect();
    assert_eq!(tried, rows);
}

/// The contract's order and colours, written out once more.
#[test]
fn the_rows_are_those_of_the_contract() {
    let rows: Vec<String> =
        TABLE.iter().map(|row| format!("{} {:?}", row.code, row.colour)).collect();
    assert_eq!(
        rows.join(", "),
        "E1 Red, N1 NotRated, N2 NotRated, N4 NotRated, E2 Amber, N3 NotRated, E3 Green, \
         M1 Green, M2 Amber, M3 Red, C1 Green, C2 Amber, C3 Red, Z1 Green, Z2 Red, Z3 Amber, \
         D1 NotRated, D2 Green, D3 Red, D4 Amber, T1 Red, T2 Red, T3 Red, T4 Red, T5 Amber, \
         T6 Amber, T7 Amber, T8 Green, T9 Amber"
    );
    assert!(TABLE.iter().all(|row| row.when.ends_with('.')));
}

#[test]
fn a_trace_ends_with_the_row_that_decided() {
    for case in cases() {
        let facts = case.facts();
        let trace = trace(&facts);
        let last = trace.last().unwrap();
        assert_eq!((last.code, last.applied), (rate(&facts).code, true), "{}", case.name);
        assert_eq!(trace.iter().filter(|test| test.applied).count(), 1, "{}", case.name);
        let order: Vec<&str> = TABLE.iter().map(|row| row.code).take(trace.len()).collect();
        assert_eq!(trace.iter().map(|test| test.code).collect::<Vec<_>>(), order);
    }
}

/// `explain` reads the table a second time, in words and numbers: both must say the same.
#[test]
fn a_row_written_out_says_what_the_row_says() {
    for case in cases() {
        let facts = case.facts();
        for row in &TABLE {
            let written = written(row.code, &facts);
            assert_eq!(written.holds(), (row.applies)(&facts), "{} {}", case.name, row.code);
            assert!(!written.lines().is_empty(), "{}", row.code);
        }
    }
}
