//! What must not change a rating: a constant added to everything, and which side is called good;
//! and what must not make it worse: a better latest value, whatever was promised.

use concordat::indicators::baseline::{Baseline, Rebase};
use concordat::indicators::target::{Goal, Path, Target};
use concordat::indicators::{Better, Indicator};
use concordat::judgement::rating::Colour;
use concordat::series::{Nature, Series};
use proptest::prelude::*;

use super::build::{indicator, judged, month, monthly, target};

/// Quarters, so that adding and turning round are exact; gaps, and a step part of the way along.
fn history() -> impl Strategy<Value = Vec<Option<i32>>> {
    let noise = proptest::collection::vec(
        prop_oneof![12 => (-12_i32..=12).prop_map(Some), 1 => Just(None)],
        0..44,
    );
    (noise, 60_i32..140, -30_i32..30, 0_usize..44).prop_map(|(noise, level, step, at)| {
        let level = |position: usize| if position >= at { level + step } else { level };
        noise.iter().enumerate().map(|(at, noise)| noise.map(|noise| level(at) + noise)).collect()
    })
}

/// What a plan may say besides its goal, in quarters.
#[derive(Debug, Clone)]
struct Terms {
    tolerance: Option<i32>,
    baseline: Option<Based>,
    rebase: Option<i32>,
    season: bool,
    way: Way,
}

#[derive(Debug, Clone)]
enum Based {
    Value(i32),
    Year,
}

#[derive(Debug, Clone)]
enum Way {
    None,
    Straight,
    Points(i32, i32),
    ToCome,
}

fn terms() -> impl Strategy<Value = Terms> {
    let baseline = prop_oneof![(40_i32..160).prop_map(Based::Value), Just(Based::Year)];
    let way = prop_oneof![
        4 => Just(Way::None),
        1 => Just(Way::Straight),
        1 => (40_i32..160, 40_i32..160).prop_map(|(from, to)| Way::Points(from, to)),
        1 => Just(Way::ToCome),
    ];
    (
        proptest::option::of(0_i32..12),
        proptest::option::of(baseline),
        proptest::option::of(1_i32..36),
        any::<bool>(),
        way,
    )
        .prop_map(|(tolerance, baseline, rebase, season, way)| Terms {
            tolerance,
            baseline,
            rebase,
            season,
            way,
        })
}

fn quarters(number: i32) -> f64 {
    f64::from(number) / 4.0
}

/// An indicator whose levels are all passed through `level`.
fn asked(
    terms: &Terms,
    better: Better,
    aim: Option<i32>,
    level: &dyn Fn(i32) -> f64,
    step: f64,
) -> Indicator {
    let goal = match (aim, better) {
        (None, _) => Goal::Direction,
        (Some(aim), Better::Higher) => Goal::AtLeast(level(aim)),
        (Some(aim), _) => Goal::AtMost(level(aim)),
    };
    let mut promised =
        Target { tolerance: terms.tolerance.map(|t| quarters(t) * step), ..target(goal) };
    match terms.way {
        Way::None => {}
        Way::Straight => {
            (promised.path, promised.by) = (Path::Straight, Some(month("2017-06")));
        }
        Way::Points(from, to) => {
            let points = vec![(month("2015-07"), level(from)), (month("2016-10"), level(to))];
            (promised.path, promised.by) = (Path::Points(points), Some(month("2017-12")));
        }
        Way::ToCome => promised.by = Some(month("2020-06")),
    }
    let why = "changed".to_owned();
    let rebase = terms.rebase.map(|at| Rebase { from: month("2015-01").plus(at), why });
    Indicator {
        season: terms.season,
        rebases: rebase.into_iter().collect(),
        baseline: terms.baseline.as_ref().map(|baseline| match baseline {
            Based::Value(value) => Baseline::Value(level(*value)),
            Based::Year => Baseline::Months { from: month("2015-01"), to: month("2015-12") },
        }),
        ..indicator(better, vec![promised])
    }
}

/// Values in their unit: shares of 200 cases, whole counts, rates of 4,000 for each 1,000, quarters.
fn series(nature: Nature, values: &[Option<i32>]) -> Series {
    let plain: Vec<Option<f64>> = values.iter().map(|v| v.map(quarters)).collect();
    let mut series = monthly(nature, "2015-01", &plain);
    for (point, value) in series.points.iter_mut().zip(values) {
        match nature {
            Nature::Count => {
                point.value = value.map(f64::from);
                point.numerator = value.map(i64::from);
            }
            Nature::Proportion => {
                point.value = value.map(|value| f64::from(value) / 200.0);
                point.numerator = value.map(i64::from);
                point.denominator = value.map(|_| 200);
            }
            Nature::Rate { .. } => {
                point.numerator = value.map(i64::from);
                point.denominator = value.map(|_| 4000);
            }
            Nature::Continuous | Nature::Stock => {}
        }
    }
    series
}

/// A level in the unit of a nature's values, and what a quarter is there.
fn in_unit(nature: Nature) -> (fn(i32) -> f64, f64) {
    match nature {
        Nature::Count => (|level| f64::from(level), 4.0),
        Nature::Proportion => (|level| f64::from(level) / 200.0, 1.0 / 50.0),
        Nature::Rate { .. } | Nature::Continuous | Nature::Stock => (quarters, 1.0),
    }
}

fn nature() -> impl Strategy<Value = Nature> {
    prop_oneof![
        Just(Nature::Count),
        Just(Nature::Proportion),
        Just(Nature::Rate { per: 1000 }),
        Just(Nature::Continuous),
        Just(Nature::Stock)
    ]
}

fn worth(colour: Colour) -> Option<u8> {
    match colour {
        Colour::Red => Some(0),
        Colour::Amber => Some(1),
        Colour::Green => Some(2),
        Colour::NotRated => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    /// Counts and shares are left out: their counting error depends on where they lie.
    #[test]
    fn a_constant_added_to_values_and_levels_alike_changes_no_rating(
        nature in prop_oneof![Just(Nature::Continuous), Just(Nature::Stock)],
        values in history(),
        last in 0_i32..200,
        aim in proptest::option::of(40_i32..160),
        terms in terms(),
        higher: bool,
        constant in -4000_i32..4000,
    ) {
        let values: Vec<Option<i32>> = values.into_iter().chain([Some(last)]).collect();
        let moved: Vec<Option<i32>> = values.iter().map(|v| v.map(|v| v + constant)).collect();
        let better = if higher { Better::Higher } else { Better::Lower };
        let shifted = |level: i32| quarters(level + constant);
        let one = judged(&asked(&terms, better, aim, &quarters, 1.0), series(nature, &values));
        let two = judged(&asked(&terms, better, aim, &shifted, 1.0), series(nature, &moved));
        prop_assert_eq!(one.rating, two.rating, "{:?}\n{:?}", one.facts, two.facts);
        prop_assert_eq!(
            one.proposal.map(|p| (p.from, p.made)),
            two.proposal.map(|p| (p.from, p.made))
        );
    }

    /// Counts are left out: what is missing from a whole is no count. Shares are turned to the
    /// share of the others.
    #[test]
    fn the_mirror_image_has_the_same_rating_whatever_the_plan_says(
        nature in prop_oneof![
            Just(Nature::Proportion), Just(Nature::Continuous), Just(Nature::Stock)
        ],
        values in history(),
        last in 0_i32..200,
        aim in proptest::option::of(40_i32..160),
        terms in terms(),
    ) {
        let values: Vec<Option<i32>> = values.into_iter().chain([Some(last)]).collect();
        let mirrored: Vec<Option<i32>> = values.iter().map(|v| v.map(|v| 200 - v)).collect();
        let (level, step) = in_unit(nature);
        let turned = |of: i32| level(200 - of);
        let one = judged(&asked(&terms, Better::Lower, aim, &level, step), series(nature, &values));
        let two =
            judged(&asked(&terms, Better::Higher, aim, &turned, step), series(nature, &mirrored));
        prop_assert_eq!(one.rating, two.rating, "{:?}\n{:?}", one.facts, two.facts);
        prop_assert_eq!(one.icons.variation, two.icons.variation);
        prop_assert_eq!(one.icons.assurance, two.icons.assurance);
    }

    #[test]
    fn a_better_latest_value_never_worsens_any_promise(
        nature in nature(),
        values in history(),
        aim in proptest::option::of(40_i32..160),
        terms in terms(),
        higher: bool,
        one in 0_i32..=200,
        other in 0_i32..=200,
    ) {
        prop_assume!(one != other);
        let better = if higher { Better::Higher } else { Better::Lower };
        let (good, bad) = if higher == (one > other) { (one, other) } else { (other, one) };
        let (level, step) = in_unit(nature);
        let asked = asked(&terms, better, aim, &level, step);
        let with = |last: i32| {
            let values: Vec<Option<i32>> = values.iter().copied().chain([Some(last)]).collect();
            judged(&asked, series(nature, &values))
        };
        let (good, bad) = (with(good), with(bad));
        if let Some((good_worth, bad_worth)) = worth(good.rating.colour).zip(worth(bad.rating.colour)) {
            prop_assert!(
                good_worth >= bad_worth,
                "{:?} is worse than {:?}\n{:?}\n{:?}",
                good.rating, bad.rating, good.facts, bad.facts
            );
        }
    }

    /// Where the target is none, or the total of a year: fewer, or more, in the latest month.
    #[test]
    fn a_better_latest_count_never_worsens_events_and_totals(
        counts in proptest::collection::vec(
            prop_oneof![8 => Just(Some(0_i32)), 3 => (1_i32..5).prop_map(Some), 1 => Just(None)],
            0..30,
        ),
        kind in 0_u8..3,
        allowance in proptest::option::of(0_u32..4),
        whole in 1_i32..60,
        fewer in 0_i32..6,
        more in 1_i32..6,
    ) {
        let goal = match kind {
            0 => Goal::Never,
            1 => Goal::AtMost(0.0),
            _ => Goal::YearTotal { at_least: f64::from(whole), profile: vec![] },
        };
        let better = if kind == 2 { Better::Higher } else { Better::Lower };
        let asked = indicator(better, vec![Target { allowance, ..target(goal) }]);
        let with = |last: i32| {
            let values: Vec<Option<i32>> = counts.iter().copied().chain([Some(last)]).collect();
            judged(&asked, series(Nature::Count, &values))
        };
        let (low, high) = (with(fewer), with(fewer + more));
        let (good, bad) = if kind == 2 { (high, low) } else { (low, high) };
        if let Some((good_worth, bad_worth)) = worth(good.rating.colour).zip(worth(bad.rating.colour)) {
            prop_assert!(
                good_worth >= bad_worth,
                "{:?} is worse than {:?}\n{:?}\n{:?}",
                good.rating, bad.rating, good.facts, bad.facts
            );
        }
    }

    /// Inside a range that is asked for, or nearer to it, is never worse.
    #[test]
    fn a_value_nearer_to_a_range_never_worsens_the_colour(
        nature in prop_oneof![Just(Nature::Continuous), Just(Nature::Stock)],
        values in history(),
        least in 60_i32..100,
        width in 0_i32..40,
        near in 0_i32..60,
        further in 1_i32..40,
        above: bool,
    ) {
        let goal = Goal::Between(quarters(least), quarters(least + width));
        let asked = indicator(Better::Neither, vec![target(goal)]);
        let with = |distance: i32| {
            let last = if above { least + width + distance } else { least - distance };
            let values: Vec<Option<i32>> = values.iter().copied().chain([Some(last)]).collect();
            judged(&asked, series(nature, &values))
        };
        let (good, bad) = (with(near), with(near + further));
        if let Some((good_worth, bad_worth)) = worth(good.rating.colour).zip(worth(bad.rating.colour)) {
            prop_assert!(
                good_worth >= bad_worth,
                "{:?} is worse than {:?}\n{:?}\n{:?}",
                good.rating, bad.rating, good.facts, bad.facts
            );
        }
    }
}
