//! Which target judges which month, and what it asks.

use concordat::indicators::baseline::Baseline;
use concordat::indicators::target::{Goal, Path, Target};
use concordat::indicators::{Better, Indicator};
use concordat::judgement::facts::Promise;
use concordat::judgement::{Caveat, Finding};
use concordat::series::Nature;

use super::build::{indicator, judged, month, monthly, target};

fn dated(goal: Goal, by: &str, set: &str) -> Target {
    Target { by: Some(month(by)), set: Some(month(set)), ..target(goal) }
}

/// The targets in force, as `2018-09: 0`, in the months that have one.
fn in_force(finding: &Finding) -> Vec<String> {
    finding
        .series
        .points
        .iter()
        .zip(&finding.targets)
        .filter_map(|(point, target)| Some(format!("{}: {}", point.period, (*target)?)))
        .collect()
}

/// DER-005: out-of-area admissions are to be zero by September 2017 (set in December 2016); in
/// September that became December 2017, and in November it became September 2018.
fn der_005() -> Indicator {
    indicator(
        Better::Lower,
        vec![
            dated(Goal::AtMost(0.0), "2017-09", "2016-12"),
            dated(Goal::AtMost(0.0), "2017-12", "2017-09"),
            dated(Goal::AtMost(0.0), "2018-09", "2017-11"),
        ],
    )
}

/// Judged with the month as the latest settled one.
fn der_005_at(last: &str) -> Finding {
    let months = usize::try_from(month(last).since(month("2016-06"))).unwrap() + 1;
    judged(&der_005(), monthly(Nature::Count, "2016-06", &vec![Some(3.0); months]))
}

/// September 2017 is judged by the target set in that month, not by the one it should have met;
/// December 2017 by the one set in November. Only the last ever comes into force.
#[test]
fn a_target_that_moves_in_time_never_comes_into_force() {
    assert_eq!(in_force(&der_005_at("2018-11")), ["2018-09: 0", "2018-10: 0", "2018-11: 0"]);
}

#[test]
fn a_month_is_judged_by_the_last_target_set_by_its_end() {
    let judged_by = |last: &str| {
        let facts = der_005_at(last).facts;
        (facts.promise, facts.target_by.map(|by| by.to_string()))
    };
    let by = |by: &str| Some(by.to_owned());
    // While only the direction is judged, the date named is the one that stands at the as-at month,
    // which is the month after: in September 2017 it had moved to December.
    assert_eq!(judged_by("2016-11"), (Promise::Direction, by("2017-09")));
    assert_eq!(judged_by("2017-07"), (Promise::Direction, by("2017-09")));
    assert_eq!(judged_by("2017-08"), (Promise::Direction, by("2017-12")));
    assert_eq!(judged_by("2017-09"), (Promise::Direction, by("2017-12")));
    assert_eq!(judged_by("2017-11"), (Promise::Direction, by("2018-09")));
    assert_eq!(judged_by("2017-12"), (Promise::Direction, by("2018-09")));
    assert_eq!(judged_by("2018-08"), (Promise::Direction, by("2018-09")));
    assert_eq!(judged_by("2018-09"), (Promise::Zero, by("2018-09")));
    // Three a month against none: 36 in 12 months.
    assert_eq!(der_005_at("2018-09").rating.code, "Z2");
}

/// DER-026: a baseline of 90, 110 and 100 is 100 in November 2017; zero ten months later: ten less
/// a month. The line judges no month before it was set.
#[test]
fn a_straight_line_runs_from_the_baselines_end() {
    let straight =
        Target { path: Path::Straight, ..dated(Goal::AtMost(0.0), "2018-09", "2017-11") };
    let baseline = Baseline::Months { from: month("2017-09"), to: month("2017-11") };
    let asked = Indicator { baseline: Some(baseline), ..indicator(Better::Lower, vec![straight]) };
    let values: Vec<Option<f64>> =
        [90.0, 110.0, 100.0].into_iter().chain([75.0; 11]).map(Some).collect();
    let found = judged(&asked, monthly(Nature::Stock, "2017-09", &values));
    assert_eq!(
        in_force(&found).join(", "),
        "2017-12: 90, 2018-01: 80, 2018-02: 70, 2018-03: 60, 2018-04: 50, \
         2018-05: 40, 2018-06: 30, 2018-07: 20, 2018-08: 10, 2018-09: 0, 2018-10: 0"
    );
    let way = found.way.clone().unwrap();
    assert!(way.judged);
    assert_eq!(way.points, [(month("2017-11"), 100.0), (month("2018-09"), 0.0)]);
}

/// Two quiet years before the baseline say nothing of the line: the misses are those of September to
/// November 2017 against 100 and of the months after, 13 before October 2018. Against the quiet
/// years the process would seem to be far on the good side.
#[test]
fn what_came_before_the_baseline_is_not_measured_against_the_line() {
    let straight =
        Target { path: Path::Straight, ..dated(Goal::AtMost(0.0), "2018-09", "2017-11") };
    let baseline = Baseline::Months { from: month("2017-09"), to: month("2017-11") };
    let asked = Indicator { baseline: Some(baseline), ..indicator(Better::Lower, vec![straight]) };
    let values: Vec<Option<f64>> =
        [5.0; 24].into_iter().chain([90.0, 110.0, 100.0]).chain([75.0; 11]).map(Some).collect();
    let found = judged(&asked, monthly(Nature::Stock, "2015-09", &values));
    assert_eq!(found.facts.phase_points, 13);
    // −10, 10, 0, then 75 − 90 = −15, −5, 5, … 65 and 75: the sum is 300.
    assert!((found.facts.mean.unwrap() - 300.0 / 13.0).abs() < 1e-9, "{:?}", found.facts.mean);
}

/// 90 in March and 30 in June is 20 less a month, then 10 less a month to 0 in September.
#[test]
fn printed_points_are_joined_and_lead_to_the_goal() {
    let points = Path::Points(vec![(month("2018-06"), 30.0), (month("2018-03"), 90.0)]);
    let printed = Target { path: points, by: Some(month("2018-09")), ..target(Goal::AtMost(0.0)) };
    let asked = indicator(Better::Lower, vec![printed]);
    let found = judged(&asked, monthly(Nature::Stock, "2018-01", &[Some(50.0); 10]));
    assert_eq!(
        in_force(&found).join(", "),
        "2018-03: 90, 2018-04: 70, 2018-05: 50, 2018-06: 30, 2018-07: 20, 2018-08: 10, \
         2018-09: 0, 2018-10: 0"
    );
    // The misses begin with the way: March to September before October.
    assert_eq!(found.facts.phase_points, 7);
}

#[test]
fn a_replaced_target_changes_the_misses_but_no_month_that_was_judged() {
    let first = target(Goal::AtMost(20.0));
    let second = Target { set: Some(month("2018-01")), ..target(Goal::AtMost(10.0)) };
    let asked = indicator(Better::Lower, vec![first, second]);
    let before = judged(&asked, monthly(Nature::Continuous, "2017-10", &[Some(15.0); 3]));
    assert_eq!((before.facts.met_running, before.facts.mean), (3, Some(-5.0)));
    let after = judged(&asked, monthly(Nature::Continuous, "2017-10", &[Some(15.0); 4]));
    assert_eq!((after.facts.met_running, after.facts.mean), (0, Some(5.0)));
    assert_eq!(in_force(&after).join(", "), "2017-10: 20, 2017-11: 20, 2017-12: 20, 2018-01: 10");
}

/// A fifth less than a baseline of 100.
#[test]
fn a_share_of_the_baseline() {
    let asked = Indicator {
        baseline: Some(Baseline::Months { from: month("2017-01"), to: month("2017-02") }),
        ..indicator(Better::Lower, vec![target(Goal::ReduceBy(0.2))])
    };
    let found = judged(
        &asked,
        monthly(Nature::Continuous, "2017-01", &[Some(90.0), Some(110.0), Some(80.0)]),
    );
    assert_eq!(found.facts.target, Some(80.0));
    assert_eq!(found.facts.met_running, 1);
}

#[test]
fn a_share_of_an_unknown_baseline_is_a_direction() {
    let asked = indicator(Better::Lower, vec![target(Goal::ReduceBy(0.2))]);
    let found = judged(&asked, monthly(Nature::Continuous, "2017-01", &[Some(90.0); 11]));
    assert_eq!((found.facts.promise, found.rating.code), (Promise::Direction, "D1"));
}

/// Before its date a target without a path has our own thin line, from the first twelve months.
#[test]
fn the_line_to_a_date_without_a_path_is_ours() {
    let asked = indicator(Better::Lower, vec![dated(Goal::AtMost(10.0), "2018-12", "2018-01")]);
    let found = judged(&asked, monthly(Nature::Continuous, "2017-01", &[Some(40.0); 18]));
    let way = found.way.clone().unwrap();
    assert!(!way.judged);
    assert_eq!(way.points, [(month("2017-12"), 40.0), (month("2018-12"), 10.0)]);
    assert!(found.caveats.contains(&Caveat::OwnPath));
    assert!(found.caveats.contains(&Caveat::OwnBaseline));
    assert_eq!(found.facts.promise, Promise::Direction);
    assert_eq!(found.facts.goal, Some(10.0));
    assert!(in_force(&found).is_empty());
}
