//! What is to be expected: which values it rests on, how far it reaches, and what it asks.

use concordat::indicators::baseline::{Baseline, Rebase};
use concordat::indicators::target::{Goal, Path, Target};
use concordat::indicators::{Better, Indicator};
use concordat::judgement::outlook::{Course, Outlook};
use concordat::series::{Nature, Point, Series, Status};
use concordat::statistics::forecast::Refusal;
use concordat::statistics::trajectory;
use concordat::unit::Unit;

use super::build::{indicator, judged, month, monthly, target};

/// 30 a month and one more or less in turn, for two years from January 2016.
fn about_thirty() -> Vec<Option<f64>> {
    [29.0, 31.0, 30.0].repeat(8).into_iter().map(Some).collect()
}

fn outlook(indicator: &Indicator, values: &[Option<f64>]) -> Outlook {
    let finding = judged(indicator, monthly(Nature::Count, "2016-01", values));
    finding.with_outlook().outlook.unwrap()
}

fn course(indicator: &Indicator, values: &[Option<f64>]) -> Course {
    outlook(indicator, values).course.unwrap()
}

/// At most 12 by September 2018, nine months after December 2017; the plan's line from 30.
fn at_most_twelve() -> Indicator {
    let by = Some(month("2018-09"));
    let set = Some(month("2016-12"));
    let one = Target { by, set, path: Path::Straight, ..target(Goal::AtMost(12.0)) };
    Indicator { baseline: Some(Baseline::Value(33.0)), ..indicator(Better::Lower, vec![one]) }
}

/// The line from 33 in December 2016 falls by 1 a month: 21 in December 2017. Thirteen months of it
/// have values: 30 and then 29, 31, 30 in turn, in all 390, against 33, 32, … 21, in all 351: 39 too
/// many, and the last gap is 30 − 21 = 9. The process is at 30: 18 fewer in nine months are two a
/// month.
#[test]
fn a_plan_that_is_not_followed_is_off_course() {
    let found = outlook(&at_most_twelve(), &about_thirty());
    let gap = found.gap.unwrap();
    assert!(found.judged && found.adds_up);
    assert_eq!((gap.latest, gap.periods), (9.0, 13));
    assert!((gap.cumulative - 39.0).abs() < 1e-9);
    let course = found.course.unwrap();
    assert_eq!((course.ahead.len(), course.dated), (9, true));
    assert_eq!(course.ahead[8].0, month("2018-09").period());
    let chance = course.goal.unwrap();
    assert_eq!((chance.target, chance.outlook), (12.0, trajectory::Outlook::OffCourse));
    assert!(chance.probability < 0.01);
    assert!((chance.required.unwrap() + 2.0).abs() < 0.05, "{:?}", chance.required);
    let test = course.backtest.unwrap();
    assert_eq!(test.horizon, 6);
    assert_eq!(test.origins, test.inside_eighty);
}

/// A target that the process meets already asks for no change, and without a date the forecast
/// reaches half a year.
#[test]
fn a_target_without_a_date_is_looked_at_half_a_year_ahead() {
    let course =
        course(&indicator(Better::Lower, vec![target(Goal::AtMost(60.0))]), &about_thirty());
    assert_eq!((course.ahead.len(), course.dated), (6, false));
    let chance = course.goal.unwrap();
    assert_eq!((chance.required, chance.outlook), (None, trajectory::Outlook::OnCourse));
}

/// Nothing before a rebase is looked at, and no forecast crosses one.
#[test]
fn a_forecast_never_crosses_a_rebase() {
    let rebased = |from: &str| {
        let rebase = Rebase { from: month(from), why: "a new service".to_owned() };
        Indicator { rebases: vec![rebase], ..at_most_twelve() }
    };
    let mut values = about_thirty();
    values[..12].fill(Some(500.0));
    let found = outlook(&rebased("2017-01"), &values);
    let course = found.course.unwrap();
    assert_eq!((found.since, course.points), (month("2017-01").period(), 12));
    assert!(course.ahead[8].1.ninety_five.upper < 60.0);
    let short = outlook(&rebased("2017-09"), &values);
    assert_eq!(short.course.unwrap_err(), Refusal::TooFew(4));
    assert!(short.gap.is_some());
}

/// A direction has no number to meet; a month that has not settled is forecast, not looked at.
#[test]
fn a_direction_has_a_forecast_and_no_chance() {
    let asked = indicator(Better::Lower, vec![target(Goal::Direction)]);
    let mut series = monthly(Nature::Count, "2016-01", &about_thirty());
    let next = month("2018-01").period();
    series.points.push(Point { value: Some(400.0), ..Point::empty(next, Status::Provisional) });
    let last = month("2018-01");
    let finding =
        concordat::judgement::judge(&asked, "testshire", None, series, &super::build::feed(), last);
    let course = finding.with_outlook().outlook.unwrap().course.unwrap();
    assert_eq!((course.points, course.goal), (24, None));
    assert_eq!(course.ahead[0].0, next);
    assert!(course.ahead[0].1.ninety_five.upper < 60.0);
}

/// Never events, and a series without a settled value, have no outlook.
#[test]
fn what_must_not_happen_is_not_forecast() {
    let values = [Some(0.0); 24];
    let never = indicator(Better::Lower, vec![target(Goal::Never)]);
    let finding = judged(&never, monthly(Nature::Count, "2016-01", &values));
    assert_eq!(finding.with_outlook().outlook, None);
    let none = judged(&at_most_twelve(), monthly(Nature::Count, "2016-01", &[None; 24]));
    assert_eq!(none.with_outlook().outlook, None);
}

/// Half of 40 cases a month: at least 90 % is far, at least 10 % near; bands are of whole cases.
#[test]
fn shares_are_forecast_from_their_cases() {
    let points = (0..24).map(|at| Point {
        value: Some(if at % 2 == 0 { 0.45 } else { 0.55 }),
        numerator: Some(if at % 2 == 0 { 18 } else { 22 }),
        denominator: Some(40),
        ..Point::empty(month("2016-01").period().plus(at), Status::Final)
    });
    let series = Series {
        nature: Nature::Proportion,
        unit: Unit::Proportion,
        points: points.collect(),
        events: None,
    };
    let chance = |share: f64| {
        let asked = indicator(Better::Higher, vec![target(Goal::AtLeast(share))]);
        let course = judged(&asked, series.clone()).with_outlook().outlook.unwrap().course.unwrap();
        let band = course.ahead[5].1.eighty;
        assert!(((band.lower * 40.0).round() - band.lower * 40.0).abs() < 1e-9);
        course.goal.unwrap().outlook
    };
    assert_eq!(chance(0.9), trajectory::Outlook::OffCourse);
    assert_eq!(chance(0.5), trajectory::Outlook::Uncertain);
    assert_eq!(chance(0.1), trajectory::Outlook::OnCourse);
}
