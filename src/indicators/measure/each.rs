//! A value of each inner period, then one of them: people a week, then the mean of the month.

use chrono::Days;

use crate::definition::{Spanned, Table};
use crate::error::{Error, nearest};
use crate::period::{Grain, Period};

/// An inner period, and what becomes of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Each {
    /// A day or a week.
    pub inner: Grain,
    /// The statistic of the values.
    pub then: Then,
}

/// A statistic of the values of inner periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Their mean.
    Mean,
    /// The value in the middle; of an even number the mean of the two.
    Median,
    /// The largest.
    Max,
    /// The smallest.
    Min,
}

const INNER: [(&str, Grain); 2] = [("day", Grain::Day), ("week", Grain::Week)];
const STATISTICS: [(&str, Then); 4] =
    [("mean", Then::Mean), ("median", Then::Median), ("max", Then::Max), ("min", Then::Min)];

impl Each {
    /// The inner periods that belong to a longer one. A week belongs where its Thursday lies, as in
    /// ISO 8601: so each belongs to one month, one quarter and one year only.
    ///
    /// ```
    /// use concordat::indicators::measure::each::{Each, Then};
    /// use concordat::period::{Grain, Month};
    ///
    /// let weeks = Each { inner: Grain::Week, then: Then::Mean };
    /// let march = Month::new(2018, 3).unwrap().period();
    /// let names: Vec<String> = weeks.periods(march).map(|week| week.to_string()).collect();
    /// // from Monday 26 February to Sunday 1 April
    /// assert_eq!(names, ["2018-W09", "2018-W10", "2018-W11", "2018-W12", "2018-W13"]);
    /// ```
    pub fn periods(self, outer: Period) -> impl Iterator<Item = Period> {
        let holding = |day| Period::holding(self.inner, day);
        let (first, end) = (outer.start, outer.end());
        holding(first).to(holding(outer.last_day())).filter(move |inner| {
            let before_middle = Days::new(inner.days().unsigned_abs() / 2);
            let middle = inner.start.checked_add_days(before_middle);
            middle.is_some_and(|middle| first <= middle && middle < end)
        })
    }
}

/// `each = "week"` and `then = "mean"`, for kinds whose values of a day or week are a number of their
/// own; `None` without them, and where something about them is wrong, which is pushed.
pub(super) fn read(
    table: &mut Table,
    kind: &Spanned<String>,
    errors: &mut Vec<Error>,
) -> Option<Each> {
    if unsuited(&kind.value).is_some() && !table.has("each") && !table.has("then") {
        return None; // not asked for, so that they are not among the keys known here
    }
    let each = table.take::<Spanned<String>>("each", errors);
    let then = table.take::<Spanned<String>>("then", errors);
    let (each, then) = match (each, then) {
        (None, None) => return None,
        (Some(each), Some(then)) => (each, then),
        (Some(one), None) | (None, Some(one)) => {
            let error = one.error("`each` and `then` are given together");
            errors.push(error.help("write each = \"week\" and then = \"mean\""));
            return None;
        }
    };
    if let Some(why) = unsuited(&kind.value) {
        let said = format!("`each` does not suit kind `{}`", kind.value);
        errors.push(each.error(said).help(why));
        return None;
    }
    let (inner, then) = (one_of(&each, INNER, errors), one_of(&then, STATISTICS, errors));
    Some(Each { inner: inner?, then: then? })
}

/// Why the values of days and weeks are not put together by a statistic.
fn unsuited(kind: &str) -> Option<&'static str> {
    match kind {
        "count" | "distinct" | "sum" | "bed-days" | "open" | "peak" => None,
        "average-open" => Some("it is the mean of days already: use `open`"),
        "given" => Some("published figures are of whole months"),
        _ => Some("averages are not averaged: a longer period divides its own sums; leave it out"),
    }
}

fn one_of<T: Copy, const N: usize>(
    word: &Spanned<String>,
    known: [(&'static str, T); N],
    errors: &mut Vec<Error>,
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word.value);
    if found.is_none() {
        let names = known.map(|(name, _)| name);
        let error = word.error(format!("`{}` is not one of {}", word.value, names.join(", ")));
        errors.push(match nearest(&word.value, names) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help("`each` is a day or a week, `then` what becomes of their values"),
        });
    }
    found.map(|(_, found)| *found)
}
