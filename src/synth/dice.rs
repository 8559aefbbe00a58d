//! Chance, made of whole numbers only: the same seed throws the same dice on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A billion: shares of an expected event are counted in these.
pub(super) const BILLION: u64 = 1_000_000_000;

/// A distribution as its quantiles: (thousandths, value), rising, from 0 to 1000.
pub(super) type Spread = &'static [(u64, i64)];

/// One stream of chance; every feed, area and month has its own, so that none moves another.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of a feed (or a part of one), an area and a month of a world.
    pub(super) fn new(seed: u64, world: u32, feed: &str, area: &str, month: i32) -> Self {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&folded(feed).to_le_bytes());
        key[16..24].copy_from_slice(&folded(area).to_le_bytes());
        key[24..28].copy_from_slice(&month.to_le_bytes());
        key[28..].copy_from_slice(&world.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A whole number from 0 to one less than `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// A place in a list of this length; 0 for an empty one.
    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap_or_default())).unwrap_or_default()
    }

    /// True this many times in ten thousand.
    pub(super) fn chance(&mut self, in_ten_thousand: u64) -> bool {
        self.below(10_000) < in_ten_thousand
    }

    /// One of the values, each as often as its weight says.
    ///
    /// The list is one of ours and never empty; of an empty one the default is given.
    pub(super) fn pick<T: Copy + Default>(&mut self, weighted: &[(u64, T)]) -> T {
        let total = weighted.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for &(weight, value) in weighted {
            if left < weight {
                return value;
            }
            left -= weight;
        }
        T::default()
    }

    /// A value of a skewed distribution, straight between its quantiles.
    pub(super) fn spread(&mut self, quantiles: Spread) -> i64 {
        let at = self.below(1_000_000);
        for pair in quantiles.windows(2) {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            if at < to * 1000 {
                let part = i64::try_from(at - from * 1000).unwrap_or_default();
                let whole = i64::try_from((to - from) * 1000).unwrap_or(1);
                return low + (high - low) * part / whole;
            }
        }
        quantiles.last().map_or(0, |&(_, highest)| highest)
    }

    /// How many events happen where so many billionths of one are expected.
    ///
    /// Drawn in parts of at most a quarter each, which comes near to a Poisson count.
    pub(super) fn events(&mut self, billionths: u64) -> u64 {
        let parts = billionths / (BILLION / 4) + 1;
        let share = billionths / parts;
        (0..parts).map(|_| u64::from(self.below(BILLION) < share)).sum()
    }

    /// How many of `cases` succeed, each this many times in ten thousand.
    pub(super) fn successes(&mut self, cases: u64, in_ten_thousand: u64) -> u64 {
        (0..cases).map(|_| u64::from(self.chance(in_ten_thousand))).sum()
    }

    /// The whole part, and one more as often as the thousandths left over say.
    pub(super) fn round(&mut self, thousandths: u64) -> u64 {
        thousandths / 1000 + u64::from(self.below(1000) < thousandths % 1000)
    }
}

/// A name as a number: FNV-1a, 64 bits.
///
/// Source: Fowler, Noll, Vo, FNV-1a, offset basis and prime of the 64-bit form.
fn folded(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
