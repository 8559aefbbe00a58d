//! Things that change by date: limits in law, targets, areas, populations.

use chrono::NaiveDate;

/// A value in force over half-open stretches of time, `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    entries: Vec<Entry<T>>,
}

/// One value and the stretch it is in force; an open end is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T> {
    /// First day in force; `None` for "always before".
    pub from: Option<NaiveDate>,
    /// First day no longer in force; `None` for "until further notice".
    pub to: Option<NaiveDate>,
    /// What is in force.
    pub value: T,
}

/// Two entries that are in force on the same day, or one that ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Overlap {
    /// Entries of these positions share a day.
    #[error("entries {0} and {1} are both in force on {2}")]
    Shared(usize, usize, NaiveDate),
    /// The entry of this position ends before it begins.
    #[error("entry {0} ends before it begins")]
    Backwards(usize),
}

impl<T> Dated<T> {
    /// Orders the entries by their first day; positions in errors count from 1 in the order given.
    pub fn new(entries: Vec<Entry<T>>) -> Result<Self, Overlap> {
        let mut order: Vec<(usize, Entry<T>)> = entries.into_iter().enumerate().collect();
        order.sort_by_key(|(_, entry)| entry.from);
        for (position, entry) in &order {
            if let (Some(from), Some(to)) = (entry.from, entry.to)
                && to <= from
            {
                return Err(Overlap::Backwards(position + 1));
            }
        }
        for pair in order.windows(2) {
            let ((first, earlier), (second, later)) = (&pair[0], &pair[1]);
            let starts = later.from.unwrap_or(NaiveDate::MIN);
            if earlier.to.is_none_or(|to| to > starts) {
                return Err(Overlap::Shared(first + 1, second + 1, starts));
            }
        }
        Ok(Self { entries: order.into_iter().map(|(_, entry)| entry).collect() })
    }

    /// What is in force on a day, if anything is.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use concordat::dated::{Dated, Entry};
    ///
    /// let change = NaiveDate::from_ymd_opt(2017, 12, 11);
    /// let hours = Dated::new(vec![
    ///     Entry { from: None, to: change, value: 72 },
    ///     Entry { from: change, to: None, value: 24 },
    /// ])
    /// .unwrap();
    /// assert_eq!(hours.at(NaiveDate::from_ymd_opt(2017, 12, 10).unwrap()), Some(&72));
    /// assert_eq!(hours.at(NaiveDate::from_ymd_opt(2017, 12, 11).unwrap()), Some(&24));
    /// ```
    pub fn at(&self, day: NaiveDate) -> Option<&T> {
        self.entries
            .iter()
            .find(|entry| {
                entry.from.is_none_or(|from| from <= day) && entry.to.is_none_or(|to| day < to)
            })
            .map(|entry| &entry.value)
    }

    /// The entries, earliest first.
    pub fn entries(&self) -> &[Entry<T>] {
        &self.entries
    }
}
