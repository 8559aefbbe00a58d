//! The interval of repeat events: by hand, and how often it holds the truth.

use concordat::statistics::intervals::repeats::Repeats;
use concordat::statistics::intervals::{Confidence, Method, events};
use concordat::statistics::standardised::{Stratum, direct};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::super::agree;

const LEVEL: Confidence = Confidence::NINETY_FIVE;

fn poisson(random: &mut ChaCha8Rng, mean: f64) -> u32 {
    let (mut left, mut count) = (mean, 0);
    loop {
        left += libm::log(1.0 - random.random::<f64>());
        if left < 0.0 {
            return count;
        }
        count += 1;
    }
}

#[test]
fn coverage_probe() {
    for lambda in [10.0, 20.0, 50.0, 200.0, 1000.0] {
        for (name, law) in [
            ("mild", vec![(1.0, 0.85), (2.0, 0.10), (3.0, 0.05)]),
            ("s136", vec![(1.0, 0.80), (2.0, 0.11), (3.0, 0.05), (5.0, 0.03), (10.0, 0.01)]),
        ] {
            let mut random = ChaCha8Rng::seed_from_u64(136);
            let truth: f64 = law.iter().map(|(k, p)| k * p * lambda).sum();
            let runs = 4000;
            let (mut a, mut b, mut plain) = (0, 0, 0);
            for _ in 0..runs {
                let persons: Vec<(f64, f64)> = law
                    .iter()
                    .map(|&(k, p)| (k, f64::from(poisson(&mut random, p * lambda))))
                    .collect();
                let found = Repeats::of(&persons).unwrap();
                if found.rate(1.0, LEVEL).is_some_and(|i| i.holds(truth)) {
                    a += 1;
                }
                let d = found.variance / found.events;
                if found.events > 0.0
                    && events::rate(found.events / d, 1.0, LEVEL)
                        .is_some_and(|i| i.times(d).holds(truth))
                {
                    b += 1;
                }
                if events::rate(found.events, 1.0, LEVEL).is_some_and(|i| i.holds(truth)) {
                    plain += 1;
                }
            }
            let share = |n: i32| f64::from(n) / f64::from(runs) * 100.0;
            println!(
                "{lambda} {name}: dobson {:.2} effective {:.2} plain {:.2}",
                share(a),
                share(b),
                share(plain)
            );
        }
    }
}
