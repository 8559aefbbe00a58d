//! How much of a stock carries over.

use concordat::statistics::stocks::Persistence;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{agree, some};

/// Differences 3, −1 and back, twelve of them: their mean is 1, every product −4, every square 4,
/// so ρ is −1 and r is held to 0.4.
#[test]
fn a_saw_is_held_to_the_least() {
    let mut level = 0.0;
    let mut values = vec![level];
    for step in [3.0, -1.0].repeat(6) {
        level += step;
        values.push(level);
    }
    assert_eq!(Persistence::estimate(&some(&values)).map(Persistence::r), Some(0.4));
}

/// Twelve differences, so eleven pairs, of mean 0 each time:
///
/// - −1, −1, 2 in turn: mean square 2; the products 1, −2, −2 in turn add up to −10.
///   ρ = −5/11, r = 1/11, held to 0.4.
/// - −1, −1, −1, −1, 2, 2 twice: mean square 2; the products 1, 1, 1, −2, 4, −2 (the last one
///   between the turns) and 1, 1, 1, −2, 4 add up to 8. ρ = 4/11, r = 19/11, held to 0.8.
/// - 2, −2, −2, 2, 1, −1 twice: mean square 3; the products −4, 4, −4, 2, −1, −2 and −4, 4, −4,
///   2, −1 add up to −8. ρ = −8/33, r = 17/33, inside.
#[test]
fn correlations_by_hand() {
    let r = |steps: &[f64]| {
        let mut values = vec![100.0];
        for step in steps {
            values.push(values[values.len() - 1] + step);
        }
        Persistence::estimate(&some(&values)).unwrap().r()
    };
    assert_eq!(r(&[-1.0, -1.0, 2.0].repeat(4)), 0.4);
    assert_eq!(r(&[-1.0, -1.0, -1.0, -1.0, 2.0, 2.0].repeat(2)), 0.8);
    assert!(agree(r(&[2.0, -2.0, -2.0, 2.0, 1.0, -1.0].repeat(2)), 17.0 / 33.0));
}

#[test]
fn too_few_pairs_or_no_change_are_unknown() {
    let eleven: Vec<f64> = (0..11).map(|at| f64::from(at * at % 7)).collect();
    assert_eq!(Persistence::estimate(&some(&eleven)), None);
    assert_eq!(Persistence::estimate(&some(&[5.0; 30])), None);
    assert_eq!(Persistence::estimate(&[]), None);
    let mut twelve = some(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0, 8.0]);
    assert!(Persistence::estimate(&twelve).is_some());
    twelve[5] = None;
    assert_eq!(Persistence::estimate(&twelve), None, "a gap costs three pairs");
    assert_eq!(Persistence::UNKNOWN.r(), 0.6);
}

/// r = 0.6: 1/√0.4 = 1.581139, √(1.6/0.4) = 2.
#[test]
fn factors_by_hand() {
    assert!(agree(Persistence::UNKNOWN.sigma_factor(), 1.581_138_830_084_189_8));
    assert!(agree(Persistence::UNKNOWN.mean_factor(), 2.0));
}

/// A long first-order process gives its own r back, with and without a step in the middle.
#[test]
fn a_long_process_gives_its_r_back() {
    let mut random = ChaCha8Rng::seed_from_u64(20_140_218);
    for r in [0.5, 0.6, 0.7] {
        let mut deviation = 0.0;
        let values: Vec<Option<f64>> = (0..20_000)
            .map(|at| {
                // The sum of twelve uniform numbers less 6 is near enough to normal.
                let new: f64 = (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0;
                deviation = r * deviation + new;
                Some(deviation + if at < 10_000 { 0.0 } else { 25.0 })
            })
            .collect();
        let ours = Persistence::estimate(&values).unwrap().r();
        assert!((ours - r).abs() < 0.04, "{r}: {ours}");
    }
}
