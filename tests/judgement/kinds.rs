//! Which chart a series takes, and the limits it gets, each by hand.

use chrono::NaiveDate;
use concordat::indicators::charting::{Charting, Kind};
use concordat::indicators::target::Goal;
use concordat::indicators::{Better, Indicator};
use concordat::judgement::facts::{ToleranceBasis, Variation};
use concordat::judgement::{Finding, kind};
use concordat::series::{Nature, Point, Series, Status};
use concordat::statistics::signals::{Side, Signal};
use concordat::unit::Unit;

use super::build::{indicator, judged, month, monthly, target};

fn watched() -> Indicator {
    indicator(Better::Lower, vec![target(Goal::Monitor)])
}

/// Months of events out of cases.
fn shares(first: &str, months: &[(i64, i64)]) -> Series {
    let first = month(first).period();
    let points = months.iter().zip(0..).map(|(&(events, cases), at)| Point {
        numerator: Some(events),
        denominator: Some(cases),
        value: (cases > 0).then(|| events as f64 / cases as f64),
        ..Point::empty(first.plus(at), Status::Final)
    });
    Series {
        nature: Nature::Proportion,
        unit: Unit::Proportion,
        points: points.collect(),
        events: None,
    }
}

fn last_kind(found: &Finding) -> Kind {
    found.phases.last().unwrap().kind
}

fn near(ours: f64, by_hand: f64) {
    assert!((ours - by_hand).abs() < 1e-9, "{ours}, by hand {by_hand}");
}

#[test]
fn every_nature_has_its_chart() {
    let kinds = |nature, months: usize| {
        let values: Vec<Option<f64>> = [Some(10.0), Some(12.0)].repeat(months / 2);
        last_kind(&judged(&watched(), monthly(nature, "2015-01", &values)))
    };
    assert_eq!(kinds(Nature::Count, 12), Kind::Xmr);
    assert_eq!(kinds(Nature::Continuous, 12), Kind::Xmr);
    assert_eq!(kinds(Nature::Stock, 12), Kind::Stock);
    assert_eq!(kinds(Nature::Count, 10), Kind::Run, "fewer than 12");
    assert_eq!(kinds(Nature::Proportion, 12), Kind::Xmr, "a share without its cases");
    let found = judged(&watched(), shares("2015-01", &[(10, 40); 12]));
    assert_eq!(last_kind(&found), Kind::P);
    let half = [Some(0.0), Some(1.0)].repeat(6);
    assert_eq!(last_kind(&judged(&watched(), monthly(Nature::Count, "2015-01", &half))), Kind::G);
    let fewer: Vec<Option<f64>> = [vec![Some(0.0); 5], vec![Some(1.0); 7]].concat();
    assert_eq!(
        last_kind(&judged(&watched(), monthly(Nature::Count, "2015-01", &fewer))),
        Kind::Xmr
    );
}

/// Once a phase has 12 values, what comes later does not change its chart.
#[test]
fn a_chart_is_kept_as_long_as_its_phase_lasts() {
    let rare = [vec![Some(0.0); 12], vec![Some(9.0); 24]].concat();
    assert_eq!(last_kind(&judged(&watched(), monthly(Nature::Count, "2015-01", &rare))), Kind::G);
    let often = [vec![Some(9.0); 12], vec![Some(0.0); 24]].concat();
    assert_eq!(
        last_kind(&judged(&watched(), monthly(Nature::Count, "2015-01", &often))),
        Kind::Xmr
    );
    let few = [vec![(6, 19); 12], vec![(60, 190); 24]].concat();
    assert!(kind::by_quarters(&watched(), &shares("2015-01", &few)));
    let many = [vec![(60, 190); 12], vec![(6, 19); 24]].concat();
    assert!(!kind::by_quarters(&watched(), &shares("2015-01", &many)));
}

#[test]
fn months_with_few_cases_are_taken_by_quarters() {
    let quarters =
        |months: &[(i64, i64)]| kind::by_quarters(&watched(), &shares("2015-01", months));
    assert!(quarters(&[(9, 19); 12]), "median 19");
    assert!(!quarters(&[(9, 20); 12]), "median 20");
    assert!(quarters(&[[(9, 19); 6], [(9, 20); 6]].concat()), "median 19.5");
    assert!(quarters(&[(4, 200); 12]), "4 events expected");
    assert!(quarters(&[(196, 200); 12]), "4 without the outcome expected");
    assert!(!quarters(&[(5, 200); 12]) && !quarters(&[(195, 200); 12]));
    assert!(!quarters(&[]), "nothing is known");
    let stated = |quarters| Indicator {
        charting: Charting { quarters: Some(quarters), ..Charting::default() },
        ..watched()
    };
    assert!(!kind::by_quarters(&stated(false), &shares("2015-01", &[(1, 3); 12])));
    assert!(kind::by_quarters(&stated(true), &shares("2015-01", &[(50, 300); 12])));
}

/// 18 months of 20 and 30 of 100 in turn, then 25 of 400: p 475/2200, the moving ranges of the
/// scores all 0.1/σ(100) but the last, which is left out; limits of the last by its own 400 cases.
#[test]
fn limits_of_a_share_are_those_of_its_own_cases() {
    let mut months = [(20, 100), (30, 100)].repeat(9);
    months.push((25, 400));
    let found = judged(&watched(), shares("2015-01", &months));
    let (p, n): (f64, f64) = (475.0 / 2200.0, 400.0);
    let unit = (p * (1.0 - p)).sqrt();
    // Ranges of 0.1 · 10/unit, 17 times, and of (0.30 − p) · 10 + (p − 0.0625) · 20 over unit.
    let long = ((0.30 - p) * 10.0 + (p - 0.0625) * 20.0) / unit;
    let short = 1.0 / unit;
    assert!(long > 3.267 * (17.0 * short + long) / 18.0, "the long range is screened");
    let factor = short / 1.128;
    let limits = found.phases[0].at(18).unwrap();
    near(limits.mean, p);
    near(limits.sigma.unwrap(), factor * unit / n.sqrt());
    near(limits.lines.unwrap().upper, p + 3.0 * factor * unit / 20.0);
    let earlier = found.phases[0].at(0).unwrap().lines.unwrap();
    near(earlier.upper, p + 3.0 * factor * unit / 10.0);
    assert!(earlier.lower >= 0.0);
}

/// 12 months of 15 and 25 of 100 in turn, then 4 of 25 against at most 10 %: mean miss 0.1, sigma of
/// 25 cases √(0.2 · 0.8/25) = 0.08 times Laney's factor, 0.1/0.04/1.128 = 2.2163.
#[test]
fn the_tolerance_of_a_share_is_its_sigma_at_its_own_cases() {
    let mut months = [(15, 100), (25, 100)].repeat(6);
    months.push((4, 25));
    let asked = indicator(Better::Lower, vec![target(Goal::AtMost(0.1))]);
    let facts = judged(&asked, shares("2015-01", &months)).facts;
    assert_eq!((facts.kind, facts.tolerance_basis), (Some(Kind::P), ToleranceBasis::Sigma));
    near(facts.laney.unwrap(), 2.5 / 1.128);
    near(facts.mean.unwrap(), 0.1);
    near(facts.tolerance.unwrap(), 0.08 * 2.5 / 1.128);
    // The latest 12: 11 months of 100 and one of 25, 224 and a half events... of 1,125 cases.
    let missed = facts.mean_miss.unwrap();
    let pooled = (6.0 * 25.0 + 5.0 * 15.0 + 4.0) / 1125.0 - 0.1;
    near(missed.mean, pooled);
    near(
        missed.interval.upper - missed.mean,
        1.959_963_984_540_054 * 0.4 * 2.5 / 1.128 / 1125_f64.sqrt(),
    );
}

/// Scatter below chance is not believed: Laney's factor of equal shares is 0, and used as 1.
#[test]
fn laneys_factor_is_never_below_1() {
    let asked = indicator(Better::Lower, vec![target(Goal::AtMost(0.1))]);
    let months = [[(20, 100), (21, 100)].repeat(6), vec![(20, 100)]].concat();
    let facts = judged(&asked, shares("2015-01", &months)).facts;
    assert!(facts.laney.unwrap() < 1.0);
    let p: f64 = 246.0 / 1200.0;
    near(facts.sigma.unwrap(), (p * (1.0 - p) / 100.0).sqrt());
}

/// 12 months of 2 events in 1,000 bed days, then 9 in 1,000: a rate per 1,000 of 2, sigma √2, so
/// that 9 lies beyond 2 + 3 · 1.414.
#[test]
fn a_rate_has_poisson_limits() {
    let first = month("2015-01").period();
    let point = |at: i32, events: i64| Point {
        numerator: Some(events),
        denominator: Some(1000),
        value: Some(events as f64),
        ..Point::empty(first.plus(at), Status::Final)
    };
    let mut points: Vec<Point> = (0..12).map(|at| point(at, 2)).collect();
    points.push(point(12, 9));
    let nature = Nature::Rate { per: 1000 };
    let series = Series { nature, unit: Unit::Ratio, points, events: None };
    let asked = indicator(Better::Lower, vec![target(Goal::AtMost(3.0))]);
    let found = judged(&asked, series);
    assert_eq!(last_kind(&found), Kind::U);
    near(found.facts.sigma.unwrap(), 2_f64.sqrt());
    assert_eq!(found.facts.signal, Some(Signal::Outside(Side::High)));
    // Garwood: 9 events, 4.1154 to 17.0848.
    let exact = found.facts.exact.unwrap();
    assert!((exact.interval.lower - 4.1154).abs() < 5e-5 && exact.excludes);
    assert_eq!(found.rating.code, "T2");
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A count of events on some days, month by month.
fn events(first: &str, months: i32, days: &[&str]) -> Series {
    let days: Vec<NaiveDate> = days.iter().map(|text| day(text)).collect();
    let first = month(first).period();
    let point = |at| {
        let period = first.plus(at);
        let inside = |day: &&NaiveDate| period.start <= **day && **day <= period.last_day();
        let number = i64::try_from(days.iter().filter(inside).count()).unwrap();
        Point {
            numerator: Some(number),
            value: Some(number as f64),
            ..Point::empty(period, Status::Final)
        }
    };
    let points = (0..months).map(point).collect();
    Series { nature: Nature::Count, unit: Unit::Count, points, events: Some(days) }
}

/// 13 events ten days apart in 2015, then none: 12 gaps of 10, limit 10 + 3 · √110 = 41.46.
#[test]
fn days_between_rare_events_have_a_limit_and_the_time_since_is_tested() {
    let days: Vec<String> =
        (0..13).map(|at| (day("2016-01-01") + chrono::Days::new(10 * at)).to_string()).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let found = judged(&watched(), events("2015-01", 17, &days));
    let gaps = found.gaps.unwrap();
    assert_eq!((gaps.kind, gaps.points.len()), (Kind::G, 12));
    assert!(gaps.points.iter().all(|gap| gap.days == Some(10)));
    near(gaps.drawn.centre.unwrap(), 10.0);
    near(gaps.drawn.upper.unwrap(), 10.0 + 3.0 * 110_f64.sqrt());
    // 30 April 2016 is the last event; May ends 31 days later.
    assert_eq!((gaps.last, gaps.until, gaps.since), (day("2016-04-30"), day("2016-05-31"), 31));
    assert!(!gaps.beyond());
    assert_eq!(found.icons.variation, Some(Variation::Common));
    let later = judged(&watched(), events("2015-01", 18, &days));
    assert!(later.gaps.unwrap().beyond(), "61 days");
    assert_eq!(later.icons.signal, Some(Signal::Outside(Side::High)));
}

/// A long gap of a bad event is good, of a good one bad.
#[test]
fn a_long_gap_means_fewer() {
    let days: Vec<String> =
        (0..13).map(|at| (day("2016-01-01") + chrono::Days::new(10 * at)).to_string()).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let variation = |better| {
        let asked = indicator(better, vec![target(Goal::Direction)]);
        judged(&asked, events("2015-01", 18, &days)).icons.variation
    };
    assert_eq!(variation(Better::Lower), Some(Variation::Improvement));
    assert_eq!(variation(Better::Higher), Some(Variation::Concern));
}

#[test]
fn a_month_without_figures_hides_how_long_a_gap_was() {
    let mut series = events("2015-01", 14, &["2015-02-03", "2015-04-05", "2015-05-06"]);
    series.points[2].status = Status::Missing;
    series.points[2].value = None;
    let gaps = judged(&watched(), series).gaps.unwrap();
    let days: Vec<Option<i64>> = gaps.points.iter().map(|gap| gap.days).collect();
    assert_eq!(days, [None, Some(31)]);
    assert_eq!(gaps.drawn.upper, None, "fewer than 12 gaps");
}

#[test]
fn events_on_one_day_take_a_g_chart_also_where_a_t_chart_is_asked_for() {
    let asked = |kind| Indicator {
        charting: Charting {
            kind: Some(kind),
            why: Some("it fits".to_owned()),
            ..Charting::default()
        },
        ..watched()
    };
    let spread: Vec<String> =
        (0..14).map(|at| (day("2016-01-01") + chrono::Days::new(7 * at)).to_string()).collect();
    let mut days: Vec<&str> = spread.iter().map(String::as_str).collect();
    let kind =
        |days: &[&str]| judged(&asked(Kind::T), events("2015-01", 20, days)).gaps.unwrap().kind;
    assert_eq!(kind(&days), Kind::T);
    days.insert(3, "2016-01-22");
    assert_eq!(kind(&days), Kind::G);
}

/// None in 12 months does not show that 0.05 a month has come down: exactly 0 to 0.307 a month, so
/// that the difference from the printed 0.05 may be above 0.
#[test]
fn no_event_is_no_proof_of_none() {
    let asked = Indicator {
        baseline: Some(concordat::indicators::baseline::Baseline::Value(0.05)),
        ..indicator(Better::Lower, vec![target(Goal::Direction)])
    };
    let found = judged(&asked, monthly(Nature::Count, "2015-01", &[Some(0.0); 24]));
    let interval = found.facts.change.unwrap().interval.unwrap();
    assert!((interval.upper - (3.688_879_454 / 12.0 - 0.05)).abs() < 1e-9, "{interval:?}");
    assert_eq!(found.rating.code, "D4");
}

/// All of 24 months' cases in time, then 59 of 60, where 100 % is asked with a tolerance of 5 %:
/// one case in 720 is near, not a year missed.
#[test]
fn one_case_is_not_a_year_below_a_hundred_per_cent() {
    let asked = |tolerance| {
        let all = concordat::indicators::target::Target { tolerance, ..target(Goal::AtLeast(1.0)) };
        indicator(Better::Higher, vec![all])
    };
    let months = |last: (i64, i64)| [vec![(60, 60); 24], vec![last]].concat();
    let quarters = Indicator {
        charting: Charting {
            quarters: Some(false),
            why: Some("months".to_owned()),
            ..Charting::default()
        },
        ..asked(Some(0.05))
    };
    let found = judged(&quarters, shares("2015-01", &months((59, 60))));
    assert_eq!(found.rating.code, "T6", "{:?}", found.facts.mean_miss);
    // Half of the year's cases late is a year missed, tolerance and all.
    let late = [vec![(60, 60); 12], vec![(30, 60); 13]].concat();
    assert_eq!(judged(&quarters, shares("2015-01", &late)).rating.code, "T1");
    let interval = found.facts.mean_miss.unwrap().interval;
    assert!(interval.lower < interval.upper, "an interval has a width");
}

/// A change in November: October to December holds both sides of it and is not of the new phase.
#[test]
fn a_quarter_that_holds_a_change_begins_no_phase() {
    let rebase = |from: &str| concordat::indicators::baseline::Rebase {
        from: month(from),
        why: "a new service".to_owned(),
    };
    let first = concordat::period::Period::of(concordat::period::Grain::Quarter, month("2015-01"));
    let points = (0..12).map(|at| Point {
        value: Some(0.5),
        numerator: Some(20),
        denominator: Some(40),
        ..Point::empty(first.plus(at), Status::Final)
    });
    let series = Series {
        nature: Nature::Proportion,
        unit: Unit::Proportion,
        points: points.collect(),
        events: None,
    };
    let start = |from: &str| {
        let grain = concordat::period::Grain::Quarter;
        let asked = Indicator { rebases: vec![rebase(from)], grain, ..watched() };
        let found = judged(&asked, series.clone());
        let phase = found.phases.last().unwrap();
        assert_eq!(phase.why.as_deref(), Some("a new service"));
        found.series.points[phase.first].period.first_month()
    };
    assert_eq!(start("2015-11"), month("2016-01"));
    assert_eq!(start("2015-10"), month("2015-10"));
}

/// Seven months without an event are no improvement where most months have none.
#[test]
fn runs_do_not_rate_where_events_are_rare() {
    let values = [vec![1.0, 0.0, 0.0, 1.0, 0.0, 0.0], vec![0.0; 18]].concat();
    let values: Vec<Option<f64>> = values.into_iter().map(Some).collect();
    let asked = indicator(Better::Lower, vec![target(Goal::AtMost(0.5))]);
    let facts = judged(&asked, monthly(Nature::Count, "2015-01", &values)).facts;
    assert_eq!((facts.kind, facts.variation), (Some(Kind::G), Variation::Common));
}
