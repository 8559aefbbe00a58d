//! Special causes by hand: what the reference answers cannot show, and each rule at its edge.

use concordat::statistics::limits::{Limits, Lines};
use concordat::statistics::signals::Side::{High, Low};
use concordat::statistics::signals::Signal::{Outside, Shift, Trend, TwoInThree};
use concordat::statistics::signals::{Rules, Side, Signal, labels, signals};

use super::some;

/// Mean 0, sigma 1 to the eye: two-sigma lines at ±2, limits at ±3.
const UNIT: Limits = Limits {
    mean: 0.0,
    sigma: Some(1.0),
    lines: Some(Lines { lower: -3.0, upper: 3.0, near_lower: -2.0, near_upper: 2.0 }),
    average_moving_range: Some(1.128),
    screened: 0,
};

const NONE: [usize; 0] = [];

fn found(values: &[f64]) -> Vec<Vec<Signal>> {
    signals(&some(values), &UNIT, Rules::default())
}

/// The points that carry a signal, by position.
fn carrying(found: &[Vec<Signal>], signal: Signal) -> Vec<usize> {
    (0..found.len()).filter(|at| found[*at].contains(&signal)).collect()
}

#[test]
fn outside_is_strict() {
    let found = found(&[3.0, 3.1, 0.0, -3.0, -3.1]);
    assert_eq!(carrying(&found, Outside(High)), [1]);
    assert_eq!(carrying(&found, Outside(Low)), [4]);
}

#[test]
fn seven_rising_points_are_a_trend_and_six_are_not() {
    let rise = [-0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0.1];
    assert_eq!(carrying(&found(&rise), Trend(High)), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(carrying(&found(&rise[..6]), Trend(High)), NONE);
    let rules = Rules { run: 6, ..Rules::default() };
    let six = signals(&some(&rise[..6]), &UNIT, rules);
    assert_eq!(carrying(&six, Trend(High)), [0, 1, 2, 3, 4, 5]);
    let tie = [-0.6, -0.5, -0.4, -0.4, -0.2, -0.1, 0.1, 0.2];
    assert_eq!(carrying(&found(&tie), Trend(High)), NONE);
}

#[test]
fn seven_points_on_a_side_are_a_shift_and_the_mean_is_no_side() {
    assert_eq!(carrying(&found(&[0.1; 7]), Shift(High)), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(carrying(&found(&[-0.1; 6]), Shift(Low)), NONE);
    assert_eq!(
        carrying(&found(&[-0.1, -0.1, -0.1, -0.1, -0.1, -0.1, 0.0, -0.1]), Shift(Low)),
        NONE
    );
}

#[test]
fn two_in_three_marks_the_points_that_count() {
    let near = [2.5, 0.5, 2.5, 0.0];
    assert_eq!(carrying(&found(&near), TwoInThree(High)), [0, 2]);
    assert_eq!(carrying(&found(&[2.5, -0.5, 2.5]), TwoInThree(High)), NONE, "other side between");
    assert_eq!(carrying(&found(&[2.5, 2.5]), TwoInThree(High)), NONE, "two are no three");
    assert_eq!(
        carrying(&found(&[2.0, 0.5, 2.5]), TwoInThree(High)),
        NONE,
        "on the line is not near"
    );
}

/// The two readings differ exactly on points beyond the limit.
#[test]
fn two_in_three_has_two_readings() {
    let values = some(&[2.5, 0.5, 3.5]);
    let or_beyond = Rules {
        two_in_three: concordat::statistics::signals::TwoInThree::OrBeyond,
        ..Rules::default()
    };
    assert_eq!(carrying(&signals(&values, &UNIT, Rules::default()), TwoInThree(High)), NONE);
    let found = signals(&values, &UNIT, or_beyond);
    assert_eq!(found, [vec![TwoInThree(High)], vec![], vec![Outside(High), TwoInThree(High)]]);
}

#[test]
fn no_rule_looks_across_a_gap() {
    let mut rise = some(&[-0.6, -0.5, -0.4, -0.3, -0.2, -0.1, 0.1, 0.2]);
    rise[3] = None;
    assert!(signals(&rise, &UNIT, Rules::default()).iter().all(Vec::is_empty));
    let mut side = some(&[0.5; 13]);
    side[6] = None;
    assert!(signals(&side, &UNIT, Rules::default()).iter().all(Vec::is_empty));
    let near = [Some(2.5), None, Some(2.5), Some(2.5)];
    assert!(signals(&near, &UNIT, Rules::default()).iter().all(Vec::is_empty));
}

#[test]
fn every_signal_is_kept_and_one_is_named() {
    // Rising above the mean to beyond the limit: the last point has all four.
    let values = some(&[0.1, 0.2, 0.3, 0.4, 2.1, 2.2, 2.3, 3.1]);
    let rules = Rules {
        two_in_three: concordat::statistics::signals::TwoInThree::OrBeyond,
        ..Rules::default()
    };
    let found = signals(&values, &UNIT, rules);
    assert_eq!(found[7], [Outside(High), Trend(High), TwoInThree(High), Shift(High)]);
    let labels = labels(&values, &found);
    assert_eq!(
        (labels[0], labels[6], labels[7]),
        (Some(Trend(High)), Some(Trend(High)), Some(Outside(High)))
    );
}

/// A rise to a peak, then a fall: the peak is in both, and is named by the step to come.
#[test]
fn a_peak_is_in_both_trends() {
    let up: Vec<f64> = (0..7).map(|step| f64::from(step) * 0.2 - 0.6).collect();
    let down: Vec<f64> = up.iter().rev().copied().skip(1).collect();
    let values = some(&[up.clone(), down.clone()].concat());
    let found = signals(&values, &UNIT, Rules::default());
    assert_eq!(found[6], [Trend(High), Trend(Low), Shift(High)]);
    assert_eq!(
        labels(&values, &found)[5..8],
        [Some(Trend(High)), Some(Trend(Low)), Some(Trend(Low))]
    );
    // With the peak twice, both are trends of seven; the first peak reads falling in the reference.
    let tied = some(&[up.clone(), up.iter().rev().copied().collect()].concat());
    let found = signals(&tied, &UNIT, Rules::default());
    assert_eq!(carrying(&found, Trend(High)), [0, 1, 2, 3, 4, 5, 6]);
    assert_eq!(carrying(&found, Trend(Low)), [7, 8, 9, 10, 11, 12, 13]);
    assert_eq!(labels(&tied, &found)[6], Some(Trend(Low)));
}

#[test]
fn without_lines_only_trends_and_shifts_are_found() {
    let bare = Limits { lines: None, ..UNIT };
    let found = signals(&some(&[9.0; 7]), &bare, Rules::default());
    assert!(found.iter().all(|signals| signals == &[Shift(High)]));
}

#[test]
fn sides_have_an_other() {
    assert_eq!((High.other(), Low.other(), Side::of(0.0)), (Low, High, None));
}
