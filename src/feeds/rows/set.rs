//! A set of rows, by their positions: one bit each.

use std::ops::Range;

use polars::prelude::BooleanChunked;

/// Some of so many rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RowSet {
    bits: Vec<u8>,
}

impl RowSet {
    /// None of so many rows.
    pub(crate) fn none(rows: usize) -> Self {
        Self { bits: vec![0; rows.div_ceil(8)] }
    }

    /// The set that these bytes stand for.
    pub(crate) fn from_bytes(bits: Vec<u8>) -> Self {
        Self { bits }
    }

    /// The bytes that stand for it.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bits
    }

    /// Adds a row.
    pub(crate) fn insert(&mut self, row: usize) {
        if let Some(bits) = self.bits.get_mut(row / 8) {
            *bits |= 1 << (row % 8);
        }
    }

    /// Whether a row is in it.
    pub(crate) fn contains(&self, row: usize) -> bool {
        self.bits.get(row / 8).is_some_and(|bits| bits & (1 << (row % 8)) != 0)
    }

    /// Whether no row is in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.bits.iter().all(|bits| *bits == 0)
    }

    /// How many of some rows are in it.
    pub(crate) fn among(&self, rows: &Range<usize>) -> usize {
        rows.clone().filter(|row| self.contains(*row)).count()
    }

    /// Which of some rows are not in it.
    pub(crate) fn others(&self, rows: &Range<usize>) -> BooleanChunked {
        rows.clone().map(|row| !self.contains(row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_apart_to_the_bit() {
        let mut set = RowSet::none(20);
        assert!(set.is_empty());
        for row in [3, 8, 19] {
            set.insert(row);
        }
        let found: Vec<usize> = (0..30).filter(|row| set.contains(*row)).collect();
        assert_eq!(found, [3, 8, 19]);
        assert_eq!((set.among(&(0..8)), set.among(&(3..9)), set.among(&(20..24))), (1, 2, 0));
        let others: Vec<Option<bool>> = set.others(&(2..5)).iter().collect();
        assert_eq!(others, [Some(true), Some(false), Some(true)]);
        assert_eq!(RowSet::from_bytes(set.bytes().to_vec()), set);
    }
}
