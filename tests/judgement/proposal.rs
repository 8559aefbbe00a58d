//! Suggested rebases on their way to the pack: proposed, never applied.

use concordat::indicators::baseline::{Baseline, Rebase};
use concordat::indicators::target::Goal;
use concordat::indicators::{Better, Indicator};
use concordat::judgement::judge;
use concordat::series::{Nature, Series};

use super::build::{feed, indicator, judged, month, monthly, target};

/// Two years: a mean of 20, then of 15 from January 2016 on.
fn stepped() -> Series {
    let level = |mean: f64| [mean - 1.0, mean, mean + 1.0, mean].repeat(3);
    let values: Vec<Option<f64>> =
        [level(20.0), level(15.0)].concat().into_iter().map(Some).collect();
    monthly(Nature::Continuous, "2015-01", &values)
}

fn asked() -> Indicator {
    indicator(Better::Lower, vec![target(Goal::AtMost(18.0))])
}

#[test]
fn a_step_that_held_a_year_is_proposed_with_its_month() {
    let proposal = judged(&asked(), stepped()).proposal.unwrap();
    assert_eq!(proposal.from.first_month(), month("2016-01"));
    assert_eq!(proposal.made.first_month(), month("2016-12"));
    assert_eq!((proposal.evidence.before, proposal.evidence.after), (20.0, 15.0));
    assert!(!proposal.across_baseline);
}

#[test]
fn what_has_not_settled_proposes_nothing() {
    let series = stepped();
    let last = series.points.last().unwrap().period.last_month();
    // As at December itself, December has not settled: there are eleven values since.
    let found = judge(&asked(), "testshire", None, series, &feed(), last);
    assert_eq!(found.proposal, None);
}

#[test]
fn a_proposal_is_never_applied() {
    let found = judged(&asked(), stepped());
    assert!(found.proposal.is_some());
    assert_eq!(found.phases.len(), 1, "the chart has the plan's phases and no others");
    assert_eq!(found.facts.phase_points, 23, "the rating has them too");
}

#[test]
fn where_the_plan_rebases_nothing_is_proposed() {
    for from in ["2016-01", "2015-11", "2016-03"] {
        let rebase = Rebase { from: month(from), why: "a new service".to_owned() };
        let asked = Indicator { rebases: vec![rebase], ..asked() };
        assert_eq!(judged(&asked, stepped()).proposal, None, "rebased from {from}");
    }
}

#[test]
fn a_part_of_a_split_has_the_plan_s_rebases_and_no_proposal_of_its_own() {
    let last = month("2017-01");
    let part = Some(("ccg".to_owned(), "03X".to_owned()));
    let found = judge(&asked(), "testshire", part, stepped(), &feed(), last);
    assert_eq!(found.proposal, None);
}

#[test]
fn a_baseline_that_runs_across_the_date_is_said() {
    let baseline = Some(Baseline::Months { from: month("2015-06"), to: month("2016-05") });
    let asked = Indicator { baseline, ..asked() };
    assert!(judged(&asked, stepped()).proposal.unwrap().across_baseline);
}

#[test]
fn rare_events_have_no_limits_to_make_anew() {
    let values: Vec<Option<f64>> =
        [vec![0.0; 20], vec![1.0; 20]].concat().into_iter().map(Some).collect();
    let series = monthly(Nature::Count, "2015-01", &values);
    assert_eq!(judged(&asked(), series).proposal, None);
}
