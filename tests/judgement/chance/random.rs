//! Numbers by chance, the same on every machine.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// A number between 0 and 1.
pub(crate) fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (f64::from(random.next_u32()) + 0.5) / (f64::from(u32::MAX) + 1.0)
}

/// A standard normal number (Box and Muller).
pub(crate) fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (first, second) = (uniform(random), uniform(random));
    (-2.0 * libm::log(first)).sqrt() * libm::cos(std::f64::consts::TAU * second)
}

/// A count whose mean is below about 500, by inversion.
pub(crate) fn poisson(mean: f64, random: &mut ChaCha8Rng) -> i64 {
    let mut rest = uniform(random);
    let mut chance = libm::exp(-mean);
    let mut count = 0;
    while rest > chance && count < 5000 {
        rest -= chance;
        count += 1;
        chance *= mean / f64::from(count);
    }
    i64::from(count)
}

/// How many of so many cases have an outcome of this chance, by inversion; up to about 1,000 cases.
pub(crate) fn binomial(cases: i32, chance: f64, random: &mut ChaCha8Rng) -> i64 {
    let chance = chance.clamp(0.0, 1.0);
    if chance > 0.5 {
        return i64::from(cases) - binomial(cases, 1.0 - chance, random);
    }
    let mut rest = uniform(random);
    let odds = chance / (1.0 - chance);
    let mut here = libm::pow(1.0 - chance, f64::from(cases));
    let mut count = 0;
    while rest > here && count < cases {
        rest -= here;
        here *= odds * f64::from(cases - count) / f64::from(count + 1);
        count += 1;
    }
    i64::from(count)
}
