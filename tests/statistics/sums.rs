//! Sums and means to the last digit.

use concordat::statistics::sums::{deviation, mean, sum};

#[test]
fn twenty_four_tenths_have_the_mean_of_a_tenth() {
    let values = [0.1; 24];
    let plain: f64 = values.iter().sum();
    assert_ne!(plain / 24.0, 0.1, "a plain sum misses it: that is what this guards against");
    assert_eq!(mean(&values), Some(0.1));
    for number in 1..200 {
        for value in [0.1, 0.7, 1.0 / 3.0, 2.675, -0.3] {
            assert_eq!(mean(&vec![value; number]), Some(value), "{value} × {number}");
        }
    }
}

#[test]
fn what_large_values_swallow_is_kept() {
    assert_eq!(sum(&[1e16, 1.0, 1.0, -1e16]), 2.0);
    assert_eq!(sum(&[1.0, 1e100, 1.0, -1e100]), 2.0);
    assert_eq!(mean(&[1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3]), Some(1e9 + 0.2));
}

#[test]
fn nothing_has_a_sum_but_no_mean() {
    assert_eq!(sum(&[]), 0.0);
    assert_eq!(mean(&[]), None);
    assert_eq!(deviation(&[1.0]), None);
}

#[test]
fn a_deviation_by_hand() {
    // 2, 4, 4, 4, 5, 5, 7, 9: squares about the mean of 5 add up to 32.
    let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
    assert_eq!(deviation(&values), Some((32.0_f64 / 7.0).sqrt()));
    assert_eq!(deviation(&[0.1; 24]), Some(0.0));
}
