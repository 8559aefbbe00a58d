//! What must hold of every series.

use concordat::explain::rules::written;
use concordat::indicators::baseline::{Baseline, Rebase};
use concordat::indicators::target::{Done, Goal, Path, Target};
use concordat::indicators::{Better, Indicator};
use concordat::judgement::rating::{Colour, TABLE, rate, trace};
use concordat::judgement::working::working;
use concordat::judgement::{Finding, judge};
use concordat::period::{Grain, Month, Period};
use concordat::series::{Nature, Point, Series, Status};
use concordat::unit::Unit;
use proptest::prelude::*;

use super::build::{feed, indicator, judged, month, monthly, target};

/// A value in quarters, so that turning it round 100 is exact; sometimes a gap.
fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        9 => (0_i32..200).prop_map(|quarters| Some(f64::from(quarters) / 4.0)),
        1 => Just(None),
    ]
}

/// Values around a level, with a step part of the way along.
fn history() -> impl Strategy<Value = Vec<Option<f64>>> {
    let noise = proptest::collection::vec(
        prop_oneof![12 => (-12_i32..=12).prop_map(Some), 1 => Just(None)],
        0..40,
    );
    (noise, 60_i32..140, -30_i32..30, 0_usize..40).prop_map(|(noise, level, step, at)| {
        let value = |(position, noise): (usize, &Option<i32>)| {
            let level = if position >= at { level + step } else { level };
            noise.map(|noise| f64::from(level + noise) / 4.0)
        };
        noise.iter().enumerate().map(value).collect()
    })
}

fn nature() -> impl Strategy<Value = Nature> {
    prop_oneof![
        Just(Nature::Count),
        Just(Nature::Proportion),
        Just(Nature::Continuous),
        Just(Nature::Stock)
    ]
}

fn rated(asked: &Indicator, nature: Nature, values: &[Option<f64>]) -> Finding {
    let values: Vec<Option<f64>> = match nature {
        Nature::Count => values.iter().map(|value| value.map(f64::round)).collect(),
        _ => values.to_vec(),
    };
    let mut series = monthly(nature, "2015-01", &values);
    if nature == Nature::Proportion {
        for point in &mut series.points {
            let events = point.value.map(|value| (value * 4.0).round() as i64);
            point.numerator = events;
            point.denominator = events.map(|_| 200);
            point.value = events.map(|events| events as f64 / 200.0);
        }
    }
    judged(asked, series)
}

/// Targets in the unit of `rated`'s values: up to 50, shares up to 1.
fn scale(nature: Nature) -> f64 {
    if nature == Nature::Proportion { 50.0 } else { 1.0 }
}

fn worth(colour: Colour) -> u8 {
    match colour {
        Colour::Red => 0,
        Colour::Amber => 1,
        Colour::Green => 2,
        Colour::NotRated => 3,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_better_latest_value_never_worsens_the_colour(
        nature in nature(),
        mut values in history(),
        aim in 40_i32..160,
        better in 0_i32..200,
        more in 1_i32..60,
        season: bool,
        rebase in proptest::option::of(0_i32..30),
        path: bool,
    ) {
        let level = f64::from(aim) / 4.0 / scale(nature);
        let mut promised = target(Goal::AtMost(level));
        if path {
            promised.path = Path::Straight;
            promised.by = Some(month("2017-06"));
        }
        let rebases = rebase.map(|at| Rebase {
            from: month("2015-01").plus(at),
            why: "changed".to_owned(),
        });
        let asked = Indicator {
            season,
            rebases: rebases.into_iter().collect(),
            baseline: Some(Baseline::Value(35.0 / scale(nature))),
            ..indicator(Better::Lower, vec![promised])
        };
        values.push(Some(f64::from(better) / 4.0));
        let with_better = rated(&asked, nature, &values);
        values.pop();
        values.push(Some(f64::from((better + more).min(200)) / 4.0));
        let with_worse = rated(&asked, nature, &values);
        prop_assert!(
            worth(with_better.rating.colour) >= worth(with_worse.rating.colour),
            "{:?} is worse than {:?}\n{:?}\n{:?}",
            with_better.rating, with_worse.rating, with_better.facts, with_worse.facts
        );
    }

    #[test]
    fn a_better_latest_value_never_worsens_a_direction(
        nature in nature(),
        mut values in history(),
        better in 0_i32..200,
        more in 1_i32..60,
    ) {
        let asked = indicator(Better::Lower, vec![target(Goal::Direction)]);
        values.push(Some(f64::from(better) / 4.0));
        let with_better = rated(&asked, nature, &values);
        values.pop();
        values.push(Some(f64::from((better + more).min(200)) / 4.0));
        let with_worse = rated(&asked, nature, &values);
        prop_assert!(
            worth(with_better.rating.colour) >= worth(with_worse.rating.colour),
            "{:?} is worse than {:?}\n{:?}\n{:?}",
            with_better.rating, with_worse.rating, with_better.facts, with_worse.facts
        );
    }

    /// Counts that are to stay below one a period, of which row T8 asks the year's mean too.
    #[test]
    fn a_better_latest_value_never_worsens_a_rare_event(
        mut values in proptest::collection::vec(
            prop_oneof![6 => Just(Some(0.0)), 3 => Just(Some(1.0)), 1 => Just(Some(2.0)), 1 => Just(None)],
            0..40,
        ),
        aim in 1_i32..4,
        better in 0_i32..3,
        more in 1_i32..3,
    ) {
        let asked = indicator(Better::Lower, vec![target(Goal::AtMost(f64::from(aim) / 4.0))]);
        values.push(Some(f64::from(better)));
        let with_better = rated(&asked, Nature::Count, &values);
        values.pop();
        values.push(Some(f64::from(better + more)));
        let with_worse = rated(&asked, Nature::Count, &values);
        prop_assert!(
            worth(with_better.rating.colour) >= worth(with_worse.rating.colour),
            "{:?} is worse than {:?}\n{:?}\n{:?}",
            with_better.rating, with_worse.rating, with_better.facts, with_worse.facts
        );
    }

    /// Counts are left out: their interval is not symmetric.
    #[test]
    fn mirrored_values_and_aims_give_the_same_rating(
        nature in prop_oneof![
            Just(Nature::Proportion), Just(Nature::Continuous), Just(Nature::Stock)
        ],
        mut values in history(),
        last in 0_i32..200,
        aim in proptest::option::of(40_i32..160),
        tolerance in proptest::option::of(0_i32..8),
    ) {
        let scale = scale(nature);
        values.push(Some(f64::from(last) / 4.0));
        let tolerance = tolerance.map(|quarters| f64::from(quarters) / 4.0 / scale);
        let promised = |goal| vec![Target { tolerance, ..target(goal) }];
        let level = aim.map(|aim| f64::from(aim) / 4.0);
        let low = level.map_or(Goal::Direction, |level| Goal::AtMost(level / scale));
        let high = level.map_or(Goal::Direction, |level| Goal::AtLeast((50.0 - level) / scale));
        let mirrored: Vec<Option<f64>> = values.iter().map(|v| v.map(|v| 50.0 - v)).collect();
        let one = rated(&indicator(Better::Lower, promised(low)), nature, &values);
        let two = rated(&indicator(Better::Higher, promised(high)), nature, &mirrored);
        prop_assert_eq!(one.rating, two.rating, "{:?}\n{:?}", one.facts, two.facts);
    }

    /// A rebase in the first period, or before it, changes nothing.
    #[test]
    fn a_rebase_before_the_data_changes_nothing(values in history(), earlier in 0_i32..20) {
        prop_assume!(!values.is_empty());
        let asked = indicator(Better::Lower, vec![target(Goal::AtMost(25.0))]);
        let rebase = Rebase { from: month("2015-01").plus(-earlier), why: "begun".to_owned() };
        let rebased = Indicator { rebases: vec![rebase], ..asked.clone() };
        let one = rated(&asked, Nature::Continuous, &values);
        let two = rated(&rebased, Nature::Continuous, &values);
        prop_assert_eq!(one.facts, two.facts);
    }
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -50.0..50.0_f64,
        2 => (-3_i32..4).prop_map(f64::from),
        1 => any::<f64>(),
    ]
}

fn any_month() -> impl Strategy<Value = Month> {
    (-40_i32..60).prop_map(|months| month("2017-01").plus(months))
}

fn any_goal() -> impl Strategy<Value = Goal> {
    prop_oneof![
        any_number().prop_map(Goal::AtMost),
        any_number().prop_map(Goal::AtLeast),
        (any_number(), any_number()).prop_map(|(a, b)| Goal::Between(a, b)),
        any_number().prop_map(Goal::ReduceBy),
        any_number().prop_map(Goal::IncreaseBy),
        Just(Goal::Never),
        Just(Goal::Direction),
        Just(Goal::Monitor),
        prop_oneof![any_month().prop_map(Done::In), Just(Done::No), Just(Done::NotSaid),]
            .prop_map(|done| Goal::Milestone { done }),
        (any_number(), proptest::collection::vec(any_number(), 0..13))
            .prop_map(|(at_least, profile)| Goal::YearTotal { at_least, profile }),
    ]
}

fn any_target() -> impl Strategy<Value = Target> {
    let path = prop_oneof![
        Just(Path::None),
        Just(Path::Straight),
        proptest::collection::vec((any_month(), any_number()), 0..4).prop_map(Path::Points),
    ];
    let month = || proptest::option::of(any_month());
    let tolerance = proptest::option::of(any_number());
    (any_goal(), month(), month(), month(), path, tolerance, proptest::option::of(0_u32..9))
        .prop_map(|(goal, from, by, set, path, tolerance, allowance)| Target {
            goal,
            from,
            by,
            set,
            path,
            tolerance,
            allowance,
            reference: None,
        })
}

fn any_point() -> impl Strategy<Value = (Status, Point)> {
    let status = prop_oneof![
        6 => Just(Status::Final),
        1 => Just(Status::Provisional),
        1 => Just(Status::Partial),
        1 => Just(Status::Missing),
        1 => Just(Status::Suppressed),
    ];
    let sum = || proptest::option::of(prop_oneof![4 => -2_i64..40, 1 => any::<i64>()]);
    let number = proptest::option::of(any_number());
    let bounds = proptest::option::of((any_number(), any_number()));
    (status, sum(), sum(), any::<u64>(), number, bounds).prop_map(
        |(status, numerator, denominator, unknown, value, bounds)| {
            let empty = Point::empty(month("2015-01").period(), status);
            (status, Point { numerator, denominator, unknown, value, bounds, ..empty })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn no_series_is_too_odd(
        nature in nature(),
        years: bool,
        points in proptest::collection::vec(any_point(), 0..30),
        targets in proptest::collection::vec(any_target(), 0..4),
        baseline in proptest::option::of(prop_oneof![
            any_number().prop_map(Baseline::Value),
            (any_month(), any_month()).prop_map(|(from, to)| Baseline::Months { from, to }),
        ]),
        rebases in proptest::collection::vec(any_month(), 0..3),
        way in 0_u8..3,
        season: bool,
        as_at in any_month(),
        settles_after in prop_oneof![4 => 0_u32..4, 1 => any::<u32>()],
    ) {
        let grain = if years { Grain::FinancialYear } else { Grain::Month };
        let first = Period::of(grain, month("2015-01"));
        let points = points
            .into_iter()
            .zip(0..)
            .map(|((_, point), at)| Point { period: first.plus(at), ..point })
            .collect();
        let series = Series { nature, unit: Unit::Count, points, events: None };
        let asked = Indicator {
            grain,
            season,
            baseline,
            rebases: rebases
                .into_iter()
                .map(|from| Rebase { from, why: String::new() })
                .collect(),
            ..indicator([Better::Lower, Better::Higher, Better::Neither][usize::from(way)], targets)
        };
        let feed = concordat::judgement::FeedFacts { settles_after, ..feed() };
        let found = judge(&asked, "testshire", None, series, &feed, as_at);
        let length = found.series.points.len();
        prop_assert_eq!(found.signals.len(), length);
        prop_assert_eq!(found.targets.len(), length);
        prop_assert_eq!(found.phases.iter().map(|p| p.last + 1 - p.first).sum::<usize>(), length);
        prop_assert!(found.series.points.iter().all(|p| p.period.first_month() <= as_at));
        prop_assert_eq!(rate(&found.facts), found.rating);
        prop_assert_eq!(trace(&found.facts).last().map(|test| test.code), Some(found.rating.code));
        for row in &TABLE {
            let says = (row.applies)(&found.facts);
            prop_assert_eq!(written(row.code, &found.facts).holds(), says, "{}", row.code);
        }
        working(&found);
        // Every green rests on a settled figure or on a milestone that was done.
        let rests = found.facts.value.is_some() || found.rating.code == "M1";
        prop_assert!(found.rating.colour != Colour::Green || rests);
    }

    #[test]
    fn a_gap_is_never_better_than_what_it_hides(values in proptest::collection::vec(value(), 3..20)) {
        let mut gapped = values.clone();
        let hidden = values.len() - 2;
        gapped[hidden] = None;
        prop_assume!(values.last().is_some_and(Option::is_some));
        let asked = indicator(Better::Lower, vec![target(Goal::AtMost(25.0))]);
        let whole = rated(&asked, Nature::Continuous, &values).facts.met_running;
        prop_assert!(rated(&asked, Nature::Continuous, &gapped).facts.met_running <= whole);
    }
}
