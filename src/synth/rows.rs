//! Rows of one feed, area and month, which are not made in order of time.

use super::field::Field;

/// Rows of so many columns, all in one piece of memory.
#[derive(Debug)]
pub(super) struct Rows<const COLUMNS: usize> {
    rows: Vec<([Field; COLUMNS], bool)>,
    /// The minute of each, and its place.
    order: Vec<(i64, usize)>,
}

impl<const COLUMNS: usize> Rows<COLUMNS> {
    /// None yet.
    pub(super) const fn new() -> Self {
        Self { rows: Vec::new(), order: Vec::new() }
    }

    /// One more, with its minute.
    pub(super) fn push(&mut self, minute: i64, row: [Field; COLUMNS]) {
        self.keep(minute, row, false);
    }

    /// One that the plan's own sentences may fix: it is delivered without disorder.
    pub(super) fn keep(&mut self, minute: i64, row: [Field; COLUMNS], told: bool) {
        self.order.push((minute, self.rows.len()));
        self.rows.push((row, told));
    }

    /// Them in order of time, those of a minute as they were made; and which are fixed.
    pub(super) fn in_order(mut self) -> impl Iterator<Item = ([Field; COLUMNS], bool)> {
        self.order.sort_unstable();
        self.order.into_iter().map(move |(_, at)| self.rows[at])
    }
}
