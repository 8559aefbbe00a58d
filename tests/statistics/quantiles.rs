//! Quantiles against 50-digit references.

use concordat::statistics::intervals::Confidence;
use concordat::statistics::quantiles::{
    beta_lower, beta_upper, gamma_lower, gamma_upper, normal_upper, student_below, student_beyond,
};

use super::{Table, own, within};

/// `quantiles.csv` was made by bisection of arbitrary-precision incomplete functions (mpmath 1.3,
/// 60 digits), not by the code under test.
#[test]
fn quantiles_agree_to_twelve_digits() {
    for row in Table::read(&own("quantiles.csv")).rows() {
        let cell = |heading: &str| row.number(heading).unwrap();
        let tail = cell("tail");
        let ours = match row.text("function") {
            "normal_upper" => normal_upper(tail),
            "student_beyond" => student_beyond(cell("a"), tail),
            "gamma_lower" => gamma_lower(cell("a"), tail),
            "gamma_upper" => gamma_upper(cell("a"), tail),
            "beta_lower" => beta_lower(cell("a"), cell("b"), tail),
            "beta_upper" => beta_upper(cell("a"), cell("b"), tail),
            other => panic!("no function {other}"),
        };
        let theirs = cell("value");
        // At the median the true value is 0, up to the rounding of 0.5 itself.
        let agrees = within(ours, theirs, 1e-12) || (theirs.abs() < 1e-15 && ours.abs() < 1e-15);
        assert!(agrees, "{:?}: {ours:e}", row.cells);
    }
}

#[test]
fn huge_counts_converge() {
    // The mean of a gamma or beta variable lies between its tails, a few deviations apart.
    let (count, tail) = (1e8, 0.025);
    let (low, high) = (gamma_lower(count, tail), gamma_upper(count, tail));
    assert!(((count - low) / 1e4 - 1.96).abs() < 0.01, "{low}");
    assert!(((high - count) / 1e4 - 1.96).abs() < 0.01, "{high}");
    let (low, high) = (beta_lower(1e7, 1e7, tail), beta_upper(1e7, 1e7, tail));
    assert!((low + high - 1.0).abs() < 1e-12);
    assert!(((high - 0.5) * 2.0 * 2e7_f64.sqrt() - 1.96).abs() < 0.01, "{high}");
}

/// The levels that are written down are those that are worked out.
#[test]
fn known_levels_are_their_quantiles() {
    for (known, level) in [(Confidence::NINETY_FIVE, 0.95), (Confidence::EIGHTY, 0.8)] {
        let found = Confidence::new(level).unwrap();
        assert!(within(known.z(), found.z(), 1e-15), "{} {}", known.z(), found.z());
        assert_eq!(known.tail(), found.tail());
    }
}

/// Student's t by hand: with one degree (Cauchy) 1/2 + arctan(t)/π, with two 1/2 + t/(2√(2 + t²));
/// next to the middle as well, where the tail is a half less next to nothing.
#[test]
fn students_tail_of_one_and_two_degrees() {
    for t in [-40.0, -1.5, -1e-9, 0.0, 1e-9, 0.3, 1.0, 2.5, 1e4] {
        let one = 0.5 + libm::atan(t) / std::f64::consts::PI;
        let two = 0.5 + t / (2.0 * (2.0_f64 + t * t).sqrt());
        let [ours_one, ours_two] = [1.0, 2.0].map(|freedom| student_below(t, freedom));
        assert!((ours_one - one).abs() < 1e-14, "{t}: {ours_one} is not {one}");
        assert!((ours_two - two).abs() < 1e-14, "{t}: {ours_two} is not {two}");
    }
}
