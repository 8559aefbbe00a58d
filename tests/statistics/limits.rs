//! Limits by hand, and the degenerate phases.

use concordat::statistics::limits::xmr::{Options, xmr};

use super::{agree, some};

const UNSCREENED: Options = Options { screen: false, baseline_points: None };

fn screened() -> Options {
    Options::default()
}

/// 10, 12, 11, 13: moving ranges 2, 1, 2, mean 5/3; limits 11.5 ∓ 2.66 · 5/3 = 11.5 ∓ 4.43333.
#[test]
fn limits_by_hand() {
    let limits = xmr(&some(&[10.0, 12.0, 11.0, 13.0]), screened()).unwrap();
    let lines = limits.lines.unwrap();
    assert!(agree(limits.mean, 11.5) && limits.screened == 0);
    assert!(agree(limits.average_moving_range.unwrap(), 5.0 / 3.0));
    assert!(agree(limits.sigma.unwrap(), 5.0 / 3.0 / 1.128));
    assert!(agree(lines.lower, 11.5 - 2.66 * 5.0 / 3.0));
    assert!(agree(lines.upper, 11.5 + 2.66 * 5.0 / 3.0));
    assert!(agree(lines.near_lower, 11.5 - 2.66 * 10.0 / 9.0));
    assert!(agree(lines.near_upper, 11.5 + 2.66 * 10.0 / 9.0));
}

/// The reference's rounded 2.66 and our sigma agree to 0.02 %.
#[test]
fn three_sigma_are_the_limits() {
    let limits = xmr(&some(&[10.0, 12.0, 11.0, 13.0]), screened()).unwrap();
    let half = limits.lines.unwrap().upper - limits.mean;
    assert!((half / (3.0 * limits.sigma.unwrap()) - 1.0).abs() < 2e-4);
}

/// Ranges 1 × 9 and 20: mean 2.9, 3.267 · 2.9 = 9.47, so 20 is left out and the mean range is 1.
#[test]
fn screening_leaves_out_a_jump_but_not_from_the_mean() {
    let mut values = [5.0, 6.0].repeat(5);
    values.push(26.0);
    let limits = xmr(&some(&values), screened()).unwrap();
    assert_eq!((limits.screened, limits.average_moving_range), (1, Some(1.0)));
    assert!(agree(limits.mean, 81.0 / 11.0));
    let all = xmr(&some(&values), UNSCREENED).unwrap();
    assert_eq!((all.screened, all.average_moving_range), (0, Some(2.9)));
}

#[test]
fn a_missing_value_voids_both_its_ranges() {
    let values = [Some(1.0), Some(3.0), None, Some(100.0), Some(104.0)];
    let limits = xmr(&values, screened()).unwrap();
    assert_eq!((limits.mean, limits.average_moving_range), (52.0, Some(3.0)));
}

#[test]
fn a_baseline_feeds_the_limits_alone_and_counts_missing_points() {
    let values = [Some(1.0), None, Some(3.0), Some(5.0), Some(999.0)];
    let options = Options { baseline_points: Some(4), ..screened() };
    let limits = xmr(&values, options).unwrap();
    assert_eq!((limits.mean, limits.average_moving_range), (3.0, Some(2.0)));
    let longer = Options { baseline_points: Some(9), ..screened() };
    assert_eq!(xmr(&values, longer), xmr(&values, screened()));
}

#[test]
fn without_values_there_is_nothing() {
    assert_eq!(xmr(&[], screened()), None);
    assert_eq!(xmr(&[None, None], screened()), None);
}

#[test]
fn what_cannot_be_known_is_none_and_what_does_not_vary_is_zero() {
    let parts = |values: &[Option<f64>], options| {
        let limits = xmr(values, options).unwrap();
        let width = limits.lines.map(|lines| lines.upper - lines.lower);
        (limits.mean, limits.average_moving_range, limits.sigma, width)
    };
    assert_eq!(parts(&[Some(4.0)], screened()), (4.0, None, None, None));
    assert_eq!(parts(&[Some(4.0), None, Some(6.0)], UNSCREENED), (5.0, None, None, None));
    assert_eq!(parts(&some(&[4.0; 9]), screened()), (4.0, None, Some(0.0), None));
    assert_eq!(parts(&some(&[4.0; 9]), UNSCREENED), (4.0, Some(0.0), Some(0.0), Some(0.0)));
    // Nine times 0, nine times 5: the only range that is not 0 is left out.
    let step = [[0.0; 9], [5.0; 9]].concat();
    assert_eq!(parts(&some(&step), screened()), (2.5, Some(0.0), Some(0.0), Some(0.0)));
}
