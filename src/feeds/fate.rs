//! What becomes of rows while their cells are read.

use std::collections::BTreeMap;

use super::doubts::Doubts;
use super::order::Order;
use super::tally::{Tally, Why};

/// What becomes of some rows of one file.
#[derive(Debug)]
pub(crate) struct Fate<'a> {
    /// Line of each row.
    pub(crate) lines: &'a [u32],
    /// Whether each row is set aside; a row is set aside once, for the first reason found.
    pub(crate) aside: Vec<bool>,
    /// Reasons of the rows set aside.
    pub(crate) set_aside: &'a mut Tally,
    /// Doubts about rows.
    pub(crate) doubts: &'a mut Doubts,
    /// What the dates of each column say about the order of day and month.
    pub(crate) orders: &'a mut BTreeMap<String, Order>,
}

impl Fate<'_> {
    /// Sets a row aside, unless it is already.
    pub(crate) fn set_aside(&mut self, row: usize, why: Why, column: Option<&str>) {
        if let Some(aside) = self.aside.get_mut(row).filter(|aside| !**aside) {
            *aside = true;
            let line = self.lines.get(row).copied().unwrap_or_default();
            self.set_aside.add(why, column, line, 1);
        }
    }

    /// Sets a row aside for a text at fault, unless it is already.
    pub(crate) fn set_aside_text(
        &mut self,
        row: usize,
        why: Why,
        column: &str,
        text: &str,
        suggestion: impl FnOnce() -> Option<String>,
    ) {
        if let Some(aside) = self.aside.get_mut(row).filter(|aside| !**aside) {
            *aside = true;
            let line = self.lines.get(row).copied().unwrap_or_default();
            self.set_aside.add_text(why, column, line, text, suggestion);
        }
    }

    /// Whether a row is set aside.
    pub(crate) fn is_aside(&self, row: usize) -> bool {
        self.aside.get(row).copied().unwrap_or(true)
    }

    /// Doubts a row, in case it stays.
    pub(crate) fn doubt(&mut self, row: usize, why: Why, column: &str) {
        let line = self.lines.get(row).copied().unwrap_or_default();
        self.doubts.push(line, why, column);
    }
}
