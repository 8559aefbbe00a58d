//! Numbers as often as they come, in little room: equal ones are kept once, with how many there are.

/// How many numbers are kept as they come, at least, before equal ones are put together.
const FEW: usize = 1 << 11;

/// Some whole numbers, in no order.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag<T = i64> {
    /// Each number once, in order, with how often it came.
    counted: Vec<(T, u64)>,
    /// Further ones, as they came.
    further: Vec<T>,
}

impl<T: Copy + Ord> Bag<T> {
    pub(super) fn add(&mut self, number: T) {
        self.further.push(number);
        if self.further.len() >= FEW.max(self.counted.len()) {
            self.count();
        }
    }

    /// Adds those of another.
    pub(super) fn join(&mut self, other: &Self) {
        self.merge(&other.counted);
        other.further.iter().for_each(|number| self.add(*number));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.counted.is_empty() && self.further.is_empty()
    }

    /// How many there are.
    pub(super) fn len(&self) -> u64 {
        self.counted.iter().map(|(_, times)| times).sum::<u64>() + self.further.len() as u64
    }

    /// The number at a position in their order, counted from 0.
    pub(super) fn nth(mut self, at: usize) -> Option<T> {
        if self.counted.is_empty() {
            let found = (at < self.further.len()).then(|| self.further.select_nth_unstable(at).1);
            return found.copied();
        }
        let mut rest = at as u64;
        let found = self.counts().into_iter().find(|(_, times)| {
            let here = rest < *times;
            rest = rest.saturating_sub(*times);
            here
        });
        found.map(|(number, _)| number)
    }

    /// Each number once, in order, with how often it came.
    pub(super) fn counts(mut self) -> Vec<(T, u64)> {
        self.count();
        self.counted
    }

    fn count(&mut self) {
        let mut further = std::mem::take(&mut self.further);
        further.sort_unstable();
        let runs = further.chunk_by(|one, other| one == other);
        let counts: Vec<(T, u64)> = runs.map(|run| (run[0], run.len() as u64)).collect();
        self.merge(&counts);
        further.clear();
        self.further = further;
    }

    /// Adds numbers that are each there once, in order.
    fn merge(&mut self, others: &[(T, u64)]) {
        if others.is_empty() {
            return;
        }
        let own = std::mem::take(&mut self.counted);
        self.counted.reserve_exact(own.len().max(others.len()));
        let (mut own, mut others) = (own.into_iter().peekable(), others.iter().copied().peekable());
        while let Some(mut next) = match (own.peek(), others.peek()) {
            (Some(one), Some(other)) if one.0 <= other.0 => own.next(),
            (_, Some(_)) => others.next(),
            (_, None) => own.next(),
        } {
            if let Some(same) = others.next_if(|other| other.0 == next.0) {
                next.1 = next.1.saturating_add(same.1);
            }
            self.counted.push(next);
        }
    }
}

impl<T: Copy + Ord> PartialEq for Bag<T> {
    fn eq(&self, other: &Self) -> bool {
        self.clone().counts() == other.clone().counts()
    }
}

impl FromIterator<i64> for Bag {
    fn from_iter<I: IntoIterator<Item = i64>>(numbers: I) -> Self {
        let mut bag = Self::default();
        numbers.into_iter().for_each(|number| bag.add(number));
        bag
    }
}

/// A decimal as a whole number, in the same order (that of `f64::total_cmp`).
pub(super) fn from_decimal(number: f64) -> i64 {
    turned(number.to_bits().cast_signed())
}

/// The decimal of such a number.
pub(super) fn to_decimal(number: i64) -> f64 {
    f64::from_bits(turned(number).cast_unsigned())
}

/// Negative decimals count downwards.
fn turned(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_numbers_are_put_together() {
        let mut bag: Bag = [3, -1, 3, 3].into_iter().collect();
        bag.join(&[7, -1].into_iter().collect());
        assert_eq!(bag.clone().counts(), [(-1, 2), (3, 3), (7, 1)]);
        assert_eq!((bag.len(), bag.is_empty()), (6, false));
    }

    #[test]
    fn decimals_keep_their_order_and_value() {
        let numbers = [f64::NEG_INFINITY, -1.5, -0.0, 0.0, f64::MIN_POSITIVE, 2.25, f64::INFINITY];
        let keys = numbers.map(from_decimal);
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(keys.map(to_decimal).map(f64::to_bits), numbers.map(f64::to_bits));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_however_many_there_are(
            seed in 1_i64..1_000, most in 1_i64..30_000, rows in 0_i64..60_000, parts in 1_usize..4,
        ) {
            let numbers: Vec<i64> =
                (0..rows).map(|row| row.wrapping_mul(seed * 7_919).rem_euclid(most)).collect();
            let mut bag = Bag::default();
            for part in numbers.chunks(numbers.len() / parts + 1) {
                bag.join(&part.iter().copied().collect());
            }
            let mut sorted = numbers;
            sorted.sort_unstable();
            for at in [0, sorted.len() / 2, sorted.len()] {
                prop_assert_eq!(bag.clone().nth(at), sorted.get(at).copied());
            }
            let again = bag.counts().into_iter();
            let again = again.flat_map(|(number, times)| (0..times).map(move |_| number));
            prop_assert!(again.eq(sorted));
        }
    }
}
