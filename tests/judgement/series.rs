//! Whole series to code, colour and facts: every file of `tests/cases/rating/series`.
//!
//! A series is written as words: `12`, `19/20` (events of cases), `-` (missing), `s` (withheld by the
//! source), `0/0` (no cases), `p12` (partial), `0?2` (two rows undecided), `0.93[0.90..0.97]` (bounds), and `(10 12)*6`
//! for repeating. The last is *t* unless `as_at` says otherwise.

use concordat::indicators::baseline::{Baseline, Rebase};
use concordat::indicators::charting::Charting;
use concordat::indicators::target::{Done, Goal, Path, Target};
use concordat::indicators::{Better, Indicator};
use concordat::judgement::facts::Facts;
use concordat::judgement::{Finding, judge};
use concordat::period::{Grain, Period};
use concordat::series::{Nature, Point, Series, Status};
use concordat::unit::Unit;
use serde::Deserialize;

use super::build::{feed, indicator, month, target};
use super::table::colour;

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    code: String,
    colour: String,
    target: Vec<Promised>,
    #[serde(default)]
    better: String,
    #[serde(default)]
    nature: String,
    first: String,
    series: String,
    as_at: Option<String>,
    baseline: Option<String>,
    #[serde(default)]
    rebase: Vec<String>,
    #[serde(default)]
    season: bool,
    #[serde(default)]
    years: bool,
    #[serde(default)]
    grain: String,
    #[serde(default)]
    expect: Expected,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Promised {
    at_most: Option<f64>,
    at_least: Option<f64>,
    between: Option<[f64; 2]>,
    reduce_by: Option<f64>,
    increase_by: Option<f64>,
    year_total: Option<f64>,
    profile: Vec<f64>,
    word: Option<String>,
    done: Option<String>,
    from: Option<String>,
    by: Option<String>,
    set: Option<String>,
    straight: bool,
    points: Vec<(String, f64)>,
    tolerance: Option<f64>,
    allowance: Option<u32>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Expected {
    period: Option<String>,
    target: Option<f64>,
    red: Option<f64>,
    tolerance: Option<f64>,
    basis: Option<String>,
    position: Option<String>,
    variation: Option<String>,
    assurance: Option<String>,
    points: Option<usize>,
    mean: Option<f64>,
    mean_miss: Option<[f64; 2]>,
    met_running: Option<usize>,
    year_events: Option<u64>,
    total: Option<[f64; 2]>,
    change: Option<[f64; 2]>,
    change_points: Option<[usize; 2]>,
    persistence: Option<f64>,
}

impl Promised {
    fn target(&self) -> Target {
        let date = |text: &Option<String>| text.as_deref().map(month);
        let path = if self.straight {
            Path::Straight
        } else if self.points.is_empty() {
            Path::None
        } else {
            Path::Points(self.points.iter().map(|(at, value)| (month(at), *value)).collect())
        };
        Target {
            from: date(&self.from),
            by: date(&self.by),
            set: date(&self.set),
            path,
            tolerance: self.tolerance,
            allowance: self.allowance,
            ..target(self.goal())
        }
    }

    fn goal(&self) -> Goal {
        let numbers = [
            self.at_most.map(Goal::AtMost),
            self.at_least.map(Goal::AtLeast),
            self.between.map(|[least, most]| Goal::Between(least, most)),
            self.reduce_by.map(Goal::ReduceBy),
            self.increase_by.map(Goal::IncreaseBy),
            self.year_total
                .map(|at_least| Goal::YearTotal { at_least, profile: self.profile.clone() }),
        ];
        if let Some(goal) = numbers.into_iter().flatten().next() {
            return goal;
        }
        match self.word.as_deref() {
            Some("never") => Goal::Never,
            Some("direction") => Goal::Direction,
            Some("monitor") => Goal::Monitor,
            Some("milestone") => Goal::Milestone {
                done: match self.done.as_deref() {
                    Some("no") => Done::No,
                    Some(text) => Done::In(month(text)),
                    None => Done::NotSaid,
                },
            },
            other => panic!("no goal {other:?}"),
        }
    }
}

impl Case {
    fn indicator(&self) -> Indicator {
        let better = match self.better.as_str() {
            "" | "lower" => Better::Lower,
            "higher" => Better::Higher,
            "neither" => Better::Neither,
            other => panic!("no way {other}"),
        };
        let rebase = |from: &String| Rebase { from: month(from), why: "changed".to_owned() };
        let baseline = |text: &str| match text.split_once('/') {
            Some((from, to)) => Baseline::Months { from: month(from), to: month(to) },
            None => Baseline::Value(text.parse().unwrap()),
        };
        Indicator {
            baseline: self.baseline.as_deref().map(baseline),
            rebases: self.rebase.iter().map(rebase).collect(),
            season: self.season,
            charting: Charting::default(),
            grain: self.grain(),
            ..indicator(better, self.target.iter().map(Promised::target).collect())
        }
    }

    fn grain(&self) -> Grain {
        match self.grain.as_str() {
            "week" => Grain::Week,
            "quarter" => Grain::Quarter,
            "calendar year" => Grain::CalendarYear,
            "financial year" => Grain::FinancialYear,
            "" if self.years => Grain::FinancialYear,
            "" => Grain::Month,
            other => panic!("no grain {other}"),
        }
    }

    fn series(&self) -> Series {
        let nature = match self.nature.as_str() {
            "" | "continuous" => Nature::Continuous,
            "count" => Nature::Count,
            "proportion" => Nature::Proportion,
            "stock" => Nature::Stock,
            other => panic!("no nature {other}"),
        };
        let day = self.first.parse().unwrap_or_else(|_| month(&self.first).first_day());
        let first = Period::holding(self.grain(), day);
        let words = words(&self.series);
        let points = words.iter().zip(0..).map(|(word, at)| point(word, first.plus(at))).collect();
        Series { nature, unit: Unit::Count, points, events: None }
    }

    fn finding(&self) -> Finding {
        let series = self.series();
        let last = series.points.last().unwrap().period.last_month();
        let as_at = self.as_at.as_deref().map_or(last.plus(1), month);
        judge(&self.indicator(), "testshire", None, series, &feed(), as_at)
    }
}

/// The words of a series, repeats written out.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix('(') {
            let (group, after) = inner.split_once(")*").unwrap();
            let digits = after.split_whitespace().next().unwrap();
            let group: Vec<String> = group.split_whitespace().map(str::to_owned).collect();
            (0..digits.parse().unwrap()).for_each(|_: i32| words.extend(group.iter().cloned()));
            rest = after[digits.len()..].trim_start();
        } else {
            let word = rest.split_whitespace().next().unwrap();
            words.push(word.to_owned());
            rest = rest[word.len()..].trim_start();
        }
    }
    words
}

fn point(word: &str, period: Period) -> Point {
    let mut point = Point::empty(period, Status::Final);
    let mut word = word;
    match word {
        "-" => return Point::empty(period, Status::Missing),
        "s" => return Point::empty(period, Status::Suppressed),
        _ => {}
    }
    if let Some(rest) = word.strip_prefix('p') {
        (point.status, word) = (Status::Partial, rest);
    }
    if let Some((value, unknown)) = word.split_once('?') {
        (point.unknown, word) = (unknown.parse().unwrap(), value);
    }
    if let Some((value, bounds)) = word.split_once('[') {
        let (low, high) = bounds.trim_end_matches(']').split_once("..").unwrap();
        point.bounds = Some((low.parse().unwrap(), high.parse().unwrap()));
        word = value;
    }
    if let Some((events, cases)) = word.split_once('/') {
        let (events, cases): (i64, i64) = (events.parse().unwrap(), cases.parse().unwrap());
        (point.numerator, point.denominator) = (Some(events), Some(cases));
        point.value = (cases > 0).then(|| events as f64 / cases as f64);
    } else {
        point.value = Some(word.parse().unwrap());
    }
    point
}

/// What is expected but not found.
fn differences(expected: &Expected, facts: &Facts) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut text = |name: &str, expected: &Option<String>, found: String| {
        if let Some(expected) = expected
            && *expected != found
        {
            wrong.push(format!("{name} is {found}, not {expected}"));
        }
    };
    text("period", &expected.period, facts.period.map_or_else(String::new, |p| p.to_string()));
    text("basis", &expected.basis, format!("{:?}", facts.tolerance_basis));
    text("position", &expected.position, format!("{:?}", facts.position));
    text("variation", &expected.variation, format!("{:?} fresh {}", facts.variation, facts.fresh));
    text("assurance", &expected.assurance, format!("{:?}", facts.assurance));
    let mut number = |name: &str, expected: Option<f64>, found: Option<f64>| {
        if let Some(expected) = expected
            && found.is_none_or(|found| (found - expected).abs() > 0.0006)
        {
            wrong.push(format!("{name} is {found:?}, not {expected}"));
        }
    };
    number("target", expected.target, facts.target);
    number("red", expected.red, facts.red_threshold);
    number("tolerance", expected.tolerance, facts.tolerance);
    number("mean", expected.mean, facts.mean);
    number("persistence", expected.persistence, facts.persistence);
    let mean = facts.mean_miss;
    number("mean miss", expected.mean_miss.map(|e| e[0]), mean.map(|m| m.mean));
    number("its lower end", expected.mean_miss.map(|e| e[1]), mean.map(|m| m.interval.lower));
    number("total", expected.total.map(|e| e[0]), facts.total.map(|t| t.to_date));
    number("profile", expected.total.map(|e| e[1]), facts.total.map(|t| t.profile));
    let interval = facts.change.as_ref().and_then(|change| change.interval);
    number("change from", expected.change.map(|e| e[0]), interval.map(|i| i.lower));
    number("change to", expected.change.map(|e| e[1]), interval.map(|i| i.upper));
    let mut counted = |name: &str, expected: Option<u64>, found: Option<u64>| {
        if expected.is_some() && expected != found {
            wrong.push(format!("{name} is {found:?}, not {expected:?}"));
        }
    };
    counted("points", expected.points.map(|n| n as u64), Some(facts.phase_points as u64));
    counted("met", expected.met_running.map(|n| n as u64), Some(facts.met_running as u64));
    counted("events", expected.year_events, facts.events.as_ref().map(|e| e.year));
    let change = facts.change.as_ref();
    let points = expected.change_points;
    counted("base", points.map(|p| p[0] as u64), change.map(|c| c.baseline_points as u64));
    counted("latest", points.map(|p| p[1] as u64), change.map(|c| c.latest_points as u64));
    wrong
}

#[test]
fn series_follow_the_cases() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/rating/series");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let read: File =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in read.case {
            let finding = case.finding();
            let rating = finding.rating;
            let mut found = differences(&case.expect, &finding.facts);
            if rating.code != case.code || rating.colour != colour(&case.colour) {
                found.push(format!("{rating:?}, not {} {}", case.code, case.colour));
            }
            if !found.is_empty() {
                wrong.push(format!("{}: {}\n    {:?}", case.name, found.join("; "), finding.facts));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
