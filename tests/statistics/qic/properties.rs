//! What holds of every chart, whatever the figures.

use concordat::statistics::limits::individuals::individuals;
use concordat::statistics::limits::p::{p, p_prime};
use concordat::statistics::runs::{Method, runs};
use proptest::prelude::*;

use crate::statistics::within;

fn values() -> impl Strategy<Value = Vec<Option<f64>>> {
    let value = prop_oneof![9 => (0..200_i32).prop_map(|n| Some(f64::from(n))), 1 => Just(None)];
    prop::collection::vec(value, 1..40)
}

fn methods() -> impl Strategy<Value = Method> {
    prop::sample::select(vec![Method::Anhoej, Method::BestBox, Method::CutBox])
}

proptest! {
    /// Multiples of eighths, so that no digit is lost on the way.
    #[test]
    fn limits_shift_and_stretch_with_the_values(
        values in values(), shift in -80..80_i32, stretch in 1..9_i32, screened: bool,
    ) {
        let (shift, stretch) = (f64::from(shift) / 8.0, f64::from(stretch) / 8.0);
        let moved: Vec<Option<f64>> =
            values.iter().map(|value| value.map(|value| value * stretch + shift)).collect();
        let (one, other) = (individuals(&values, None, screened), individuals(&moved, None, screened));
        for (one, other) in [(one.centre, other.centre), (one.upper, other.upper)] {
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!((one * stretch + shift - other).abs() < 1e-9 * (1.0 + other.abs()));
            }
        }
    }

    /// Upside down, and backwards, runs are as long and cross as often.
    #[test]
    fn runs_are_the_same_mirrored_and_backwards(values in values(), method in methods()) {
        let points: Vec<_> = values.iter().map(|value| value.map(|value| (value, 90.0))).collect();
        let mirrored: Vec<_> =
            points.iter().map(|point| point.map(|(value, centre)| (-value, -centre))).collect();
        let backwards: Vec<_> = points.iter().rev().copied().collect();
        let found = runs(&points, method);
        prop_assert_eq!(found, runs(&mirrored, method));
        prop_assert_eq!(found, runs(&backwards, method));
        if let Some(found) = found {
            prop_assert!(found.longest + found.crossings <= found.useful);
        }
    }

    /// Four times the events among four times the cases: the same shares, half the sigma by
    /// chance, twice Laney's factor.
    #[test]
    fn more_cases_narrow_the_limits_of_chance_only(
        events in prop::collection::vec(0..50_u32, 3..30),
    ) {
        let points = |times: f64| -> Vec<Option<(f64, f64)>> {
            events.iter().map(|n| Some((f64::from(*n) * times, 60.0 * times))).collect()
        };
        let (few, many) = (p(&points(1.0), None).unwrap(), p(&points(4.0), None).unwrap());
        prop_assert!(within(many.mean, few.mean, 1e-12));
        let sigmas = (few.sigma(60.0).unwrap(), many.sigma(240.0).unwrap());
        prop_assert!(within(2.0 * sigmas.1, sigmas.0, 1e-9));
        let prime = [1.0, 4.0].map(|times| p_prime(&points(times), None, false).unwrap().factor);
        if let [Some(few), Some(many)] = prime {
            prop_assert!(within(many, 2.0 * few, 1e-9));
        }
    }
}
