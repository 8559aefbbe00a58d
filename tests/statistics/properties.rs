//! What must hold whatever the data.

use concordat::statistics::intervals::{Confidence, events, mean, proportion};
use concordat::statistics::limits::xmr::{Options, xmr};
use concordat::statistics::signals::{Rules, Signal, labels, signals};
use proptest::prelude::*;

/// Whole numbers, so that moving and stretching them by whole numbers rounds nothing.
fn series() -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![9 => (-50_i32..50).prop_map(|v| Some(f64::from(v))), 1 => Just(None)];
    prop::collection::vec(value, 1..40)
}

fn options() -> impl Strategy<Value = Options> {
    (any::<bool>(), prop::option::of(12_usize..20))
        .prop_map(|(screen, baseline_points)| Options { screen, baseline_points })
}

fn mirrored(signal: Signal) -> Signal {
    match signal {
        Signal::Outside(side) => Signal::Outside(side.other()),
        Signal::Trend(side) => Signal::Trend(side.other()),
        Signal::TwoInThree(side) => Signal::TwoInThree(side.other()),
        Signal::Shift(side) => Signal::Shift(side.other()),
    }
}

fn near(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-9 * (1.0 + theirs.abs())
}

proptest! {
    #[test]
    fn limits_shift_and_stretch_with_the_data(
        values in series(), options in options(), by in 1_i32..9, to in -99_i32..99,
    ) {
        let (by, to) = (f64::from(by), f64::from(to));
        let moved: Vec<Option<f64>> = values.iter().map(|v| v.map(|v| v * by + to)).collect();
        let (before, after) = (xmr(&values, options), xmr(&moved, options));
        prop_assert_eq!(before.is_some(), after.is_some());
        if let (Some(before), Some(after)) = (before, after) {
            prop_assert!(near(after.mean, before.mean * by + to));
            prop_assert_eq!(after.sigma.is_some(), before.sigma.is_some());
            prop_assert!(near(after.sigma.unwrap_or(0.0), before.sigma.unwrap_or(0.0) * by));
            prop_assert_eq!(after.screened, before.screened);
            prop_assert_eq!(after.lines.is_some(), before.lines.is_some());
            if let (Some(before), Some(after)) = (before.lines, after.lines) {
                prop_assert!(near(after.lower, before.lower * by + to));
                prop_assert!(near(after.upper, before.upper * by + to));
                prop_assert!(after.lower <= after.near_lower && after.near_upper <= after.upper);
            }
        }
    }

    #[test]
    fn mirrored_data_have_mirrored_signals(values in series(), options in options()) {
        let turned: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| -value)).collect();
        if let (Some(one), Some(other)) = (xmr(&values, options), xmr(&turned, options)) {
            let expected: Vec<Vec<Signal>> = signals(&values, &one, Rules::default())
                .into_iter()
                .map(|found| {
                    let mut found: Vec<Signal> = found.into_iter().map(mirrored).collect();
                    found.sort_unstable();
                    found
                })
                .collect();
            prop_assert_eq!(signals(&turned, &other, Rules::default()), expected);
        }
    }

    #[test]
    fn a_label_is_one_of_the_signals_and_no_gap_has_any(values in series()) {
        if let Some(limits) = xmr(&values, Options::default()) {
            let found = signals(&values, &limits, Rules::default());
            let labels = labels(&values, &found);
            for (at, value) in values.iter().enumerate() {
                prop_assert_eq!(labels[at].is_some(), !found[at].is_empty());
                prop_assert!(value.is_some() || found[at].is_empty());
            }
        }
    }

    #[test]
    fn intervals_of_a_proportion_hold_it_and_narrow_with_cases(
        cases in 1_u32..2_000, share in 0.0..=1.0_f64, times in 2_u32..20,
    ) {
        let events = (f64::from(cases) * share).floor();
        let (cases, times) = (f64::from(cases), f64::from(times));
        for interval in [proportion::wilson, proportion::exact] {
            let small = interval(events, cases, Confidence::NINETY_FIVE).unwrap();
            let large = interval(events * times, cases * times, Confidence::NINETY_FIVE).unwrap();
            let wider = interval(events, cases, Confidence::new(0.998).unwrap()).unwrap();
            prop_assert!(small.holds(events / cases) && large.holds(events / cases));
            prop_assert!(large.upper - large.lower < small.upper - small.lower);
            prop_assert!(wider.lower <= small.lower && small.upper <= wider.upper);
            prop_assert!(0.0 <= small.lower && small.upper <= 1.0);
        }
    }

    #[test]
    fn intervals_of_a_rate_hold_it_and_narrow_with_exposure(
        count in 0_u32..5_000, exposure in 1_u32..1_000_000, times in 2_u32..20,
    ) {
        let (count, exposure) = (f64::from(count), f64::from(exposure));
        let times = f64::from(times);
        let small = events::rate(count, exposure, Confidence::NINETY_FIVE).unwrap();
        let large = events::rate(count * times, exposure * times, Confidence::NINETY_FIVE).unwrap();
        prop_assert!(small.holds(count / exposure) && large.holds(count / exposure));
        prop_assert!(large.upper - large.lower < small.upper - small.lower);
    }

    #[test]
    fn a_ratio_turned_over_has_the_interval_turned_over(
        one in 1_u32..500, other in 1_u32..500, exposures in (1_u32..9_999, 1_u32..9_999),
    ) {
        let first = (f64::from(one), f64::from(exposures.0));
        let second = (f64::from(other), f64::from(exposures.1));
        let ratio = events::ratio(first, second, Confidence::NINETY_FIVE).unwrap();
        let turned = events::ratio(second, first, Confidence::NINETY_FIVE).unwrap();
        prop_assert!(ratio.holds(first.0 / first.1 / (second.0 / second.1)));
        prop_assert!(near(ratio.lower * turned.upper, 1.0));
    }

    #[test]
    fn intervals_of_a_mean_hold_it_and_narrow_with_values(
        values in prop::collection::vec(-1_000_i32..1_000, 2..40), times in 2_usize..6,
    ) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let centre = concordat::statistics::sums::mean(&values).unwrap();
        let small = mean::student(&values, 1.0, Confidence::NINETY_FIVE).unwrap();
        let large = mean::student(&values.repeat(times), 1.0, Confidence::NINETY_FIVE).unwrap();
        prop_assert!(small.holds(centre));
        prop_assert!(large.lower - 1e-9 <= centre && centre <= large.upper + 1e-9);
        let varies = values.iter().any(|value| *value != values[0]);
        prop_assert!(!varies || large.upper - large.lower < small.upper - small.lower);
    }

    #[test]
    fn exact_intervals_of_counts_cut_off_what_they_say(count in 0_u32..400, tail in 0.0005..0.2_f64) {
        // By the terms of the Poisson distribution, which no quantile is used for.
        let interval = events::exact(f64::from(count), Confidence::new(1.0 - 2.0 * tail).unwrap());
        let interval = interval.unwrap();
        let up_to = |most: u32, expected: f64| {
            let term = |number: u32| {
                let number = f64::from(number);
                libm::exp(number * libm::log(expected) - expected - libm::lgamma(number + 1.0))
            };
            (0..=most).map(term).sum::<f64>()
        };
        prop_assert!((up_to(count, interval.upper) - tail).abs() < 1e-11);
        if count > 0 {
            prop_assert!((1.0 - up_to(count - 1, interval.lower) - tail).abs() < 1e-11);
        }
    }
}
