//! Which areas are part of another, and on which days.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// Days without end at either side, or some half-open stretches of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days(Vec<(NaiveDate, NaiveDate)>);

impl Days {
    /// Every day.
    pub const ALL: (NaiveDate, NaiveDate) = (NaiveDate::MIN, NaiveDate::MAX);

    /// From a day to the day before another; no day at an open end (`None`) is the first or last.
    pub fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Self {
        Self(vec![(from.unwrap_or(Self::ALL.0), to.unwrap_or(Self::ALL.1))])
    }

    /// Whether it is every day.
    pub fn is_always(&self) -> bool {
        self.0 == [Self::ALL]
    }

    /// Whether a day is among them.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.0.iter().any(|(from, to)| *from <= day && day < *to)
    }

    /// Whether any day from the first to the last, both counted, is among them.
    pub fn meets(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.0.iter().any(|(from, to)| *from <= last && first < *to)
    }

    /// The stretches, in order: first day, and first day no longer.
    pub fn stretches(&self) -> &[(NaiveDate, NaiveDate)] {
        &self.0
    }

    /// Adds a stretch; false where it brings no new day.
    pub(super) fn add(&mut self, from: NaiveDate, to: NaiveDate) -> bool {
        if from >= to || self.0.iter().any(|(start, end)| *start <= from && to <= *end) {
            return false;
        }
        self.0.push((from, to));
        self.0.sort_unstable();
        let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
        for (from, to) in self.0.drain(..) {
            match joined.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => joined.push((from, to)),
            }
        }
        self.0 = joined;
        true
    }
}

/// The areas that are part of one, the area itself included, each with the days on which it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    by_code: BTreeMap<String, Days>,
}

impl Members {
    /// Adds an area for some days.
    pub fn insert(&mut self, code: &str, days: Days) {
        self.by_code.insert(code.to_owned(), days);
    }

    /// Adds a stretch of an area; false where it brings no new day.
    pub(super) fn add(&mut self, code: &str, (from, to): (NaiveDate, NaiveDate)) -> bool {
        let days = self.by_code.entry(code.to_owned()).or_insert_with(|| Days(Vec::new()));
        days.add(from, to)
    }

    /// The days of an area; `None` where it never is.
    pub fn days(&self, code: &str) -> Option<&Days> {
        self.by_code.get(code)
    }

    /// Every area that ever is, by code, with its days.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Days)> {
        self.by_code.iter().map(|(code, days)| (code.as_str(), days))
    }

    /// How many areas ever are.
    pub fn len(&self) -> usize {
        self.by_code.len()
    }

    /// Whether none ever is.
    pub fn is_empty(&self) -> bool {
        self.by_code.is_empty()
    }
}

/// Areas that are always part.
impl<S: Into<String>> FromIterator<S> for Members {
    fn from_iter<T: IntoIterator<Item = S>>(codes: T) -> Self {
        let always = |code: S| (code.into(), Days(vec![Days::ALL]));
        Self { by_code: codes.into_iter().map(always).collect() }
    }
}
