//! What is charted: what is known at the as-at month, phases, limits and signals of the values.

use concordat::indicators::baseline::Rebase;
use concordat::indicators::target::Goal;
use concordat::indicators::{Asked, Better, Indicator};
use concordat::judgement::facts::Absent;
use concordat::judgement::kind::Kind;
use concordat::judgement::{Caveat, FeedFacts, Finding, judge};
use concordat::period::{Grain, Period};
use concordat::quality::FeedState;
use concordat::series::{Nature, Point, Series, Status};
use concordat::statistics::signals::{Side, Signal};
use concordat::unit::Unit;

use super::build::{feed, indicator, judged, month, monthly, target};

fn swings(pairs: usize) -> Vec<Option<f64>> {
    [Some(10.0), Some(12.0)].repeat(pairs)
}

fn watched() -> Indicator {
    indicator(Better::Lower, vec![target(Goal::Monitor)])
}

fn as_at(text: &str, settles_after: u32, series: Series) -> Finding {
    let feed = FeedFacts { settles_after, ..feed() };
    judge(&watched(), "testshire", None, series, &feed, month(text))
}

#[test]
fn a_month_settles_after_the_months_its_feed_takes() {
    use Status::{Final, Provisional};
    let statuses = |settles_after| {
        let series = monthly(Nature::Count, "2019-01", &[Some(1.0); 5]);
        let found = as_at("2019-03", settles_after, series);
        found.series.points.iter().map(|point| point.status).collect::<Vec<_>>()
    };
    assert_eq!(statuses(0), [Final, Final, Final]);
    assert_eq!(statuses(1), [Final, Final, Provisional]);
    assert_eq!(statuses(2), [Final, Provisional, Provisional]);
}

#[test]
fn a_year_that_is_not_over_is_partial() {
    let first = Period::of(Grain::FinancialYear, month("2016-04"));
    let point = |at| Point { value: Some(1.0), ..Point::empty(first.plus(at), Status::Final) };
    let series = Series {
        nature: Nature::Count,
        unit: Unit::Count,
        points: vec![point(0), point(1), point(2)],
        events: None,
    };
    let asked = Indicator { grain: Grain::FinancialYear, ..watched() };
    let found = judge(&asked, "testshire", None, series, &feed(), month("2017-12"));
    let statuses: Vec<_> = found.series.points.iter().map(|point| point.status).collect();
    assert_eq!(statuses, [Status::Final, Status::Partial]);
    assert_eq!(found.caveats, [Caveat::Partial(first.plus(1))]);
}

/// Limits of 10 and 12 in turn are 11 ± 5.32; a provisional 30 neither moves nor breaks them.
#[test]
fn a_hollow_point_enters_no_limit_and_no_signal() {
    let mut values = swings(6);
    values.push(Some(30.0));
    let found = as_at("2018-01", 1, monthly(Nature::Continuous, "2017-01", &values));
    let [phase] = found.phases.as_slice() else { panic!("one phase") };
    let limits = phase.limits[0].unwrap();
    assert_eq!((phase.first, phase.last), (0, 12));
    assert!((limits.mean - 11.0).abs() < 1e-12);
    assert!((limits.lines.unwrap().upper - 16.32).abs() < 1e-12);
    assert!(found.signals.iter().all(Vec::is_empty));
    assert_eq!(found.caveats[0], Caveat::Provisional(month("2018-01").period()));
}

/// Settled, the same 30 is outside: mean 162/13, ranges 11·2 and 18, which screening drops.
#[test]
fn the_same_point_settled_is_a_signal() {
    let mut values = swings(6);
    values.push(Some(30.0));
    let found = as_at("2018-02", 1, monthly(Nature::Continuous, "2017-01", &values));
    assert_eq!(found.signals[12], [Signal::Outside(Side::High)]);
    assert!((found.phases[0].limits[0].unwrap().mean - 162.0 / 13.0).abs() < 1e-12);
}

#[test]
fn a_rebase_begins_a_phase_and_runs_do_not_cross_it() {
    let rebase = |from: &str| Rebase { from: month(from), why: format!("since {from}") };
    let asked = Indicator { rebases: vec![rebase("2017-06"), rebase("2019-01")], ..watched() };
    let values: Vec<Option<f64>> = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0].map(Some).to_vec();
    let found = judged(&asked, monthly(Nature::Continuous, "2017-01", &values));
    let phases: Vec<_> = found.phases.iter().map(|p| (p.first, p.last, p.why.as_deref())).collect();
    assert_eq!(phases, [(0, 4, None), (5, 8, Some("since 2017-06"))]);
    assert!(found.signals.iter().all(Vec::is_empty));
    assert_eq!(found.signals.len(), 9);
}

#[test]
fn a_single_point_has_no_limits() {
    let found = judged(&watched(), monthly(Nature::Continuous, "2017-01", &[Some(1.0)]));
    let [limits] = found.phases[0].limits.as_slice() else { panic!("one point") };
    assert_eq!(found.phases[0].kind, Kind::Run);
    assert_eq!(limits.map(|limits| (limits.mean, limits.lines)), Some((1.0, None)));
}

#[test]
fn an_empty_series_has_nothing() {
    let found = as_at("2018-01", 1, monthly(Nature::Count, "2017-01", &[]));
    assert!(found.phases.is_empty() && found.signals.is_empty() && found.targets.is_empty());
    assert_eq!(found.rating.code, "N1");
    assert_eq!(found.facts.absent, Some(Absent::NoValue));
}

/// Sigma of a stock is divided by √(1 − 0.4), and so are the distances of its limits.
#[test]
fn limits_of_a_stock_are_wider() {
    let found = judged(&watched(), monthly(Nature::Stock, "2017-01", &swings(7)));
    let upper = found.phases[0].limits[0].unwrap().lines.unwrap().upper;
    assert!((upper - (11.0 + 5.32 / 0.6_f64.sqrt())).abs() < 1e-12);
}

#[test]
fn why_there_is_no_value_is_kept() {
    let series = || monthly(Nature::Count, "2017-01", &[]);
    let with = |state| {
        let feed = FeedFacts { state, ..feed() };
        judge(&watched(), "testshire", None, series(), &feed, month("2018-01")).facts.absent
    };
    assert_eq!(with(FeedState::Missing), Some(Absent::FeedMissing));
    let why = "no key column".to_owned();
    assert_eq!(with(FeedState::Stopped { why: why.clone() }), Some(Absent::FeedStopped(why)));
    let why = "no feed carries overtime".to_owned();
    let asked = Asked::NotReportable { feed: "police".to_owned(), why: why.clone() };
    let asked = Indicator { asked, ..watched() };
    let found = judge(&asked, "testshire", None, series(), &feed(), month("2018-01"));
    assert_eq!(found.facts.absent, Some(Absent::NotReportable(why)));
}

#[test]
fn a_late_feed_is_a_caveat() {
    let latest = Some(month("2017-03"));
    let feed = FeedFacts { latest, ..feed() };
    let series = monthly(Nature::Count, "2017-01", &[Some(1.0); 3]);
    let found = judge(&watched(), "testshire", None, series, &feed, month("2017-05"));
    assert_eq!(found.rating.code, "N2");
    assert_eq!(found.caveats, [Caveat::Late(latest)]);
}

#[test]
fn an_event_first_reported_since_the_previous_pack_is_red_whatever_its_date() {
    let asked = indicator(Better::Lower, vec![target(Goal::Never)]);
    let series = monthly(Nature::Count, "2016-01", &[Some(0.0); 24]);
    let feed = FeedFacts { newly_reported: 1, ..feed() };
    let found = judge(&asked, "testshire", None, series, &feed, month("2018-01"));
    assert_eq!(found.rating.code, "E1");
}
