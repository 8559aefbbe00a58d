//! Reading limits on elapsed time: the first that applies to a clock is its limit.

use chrono::NaiveDate;

use super::columns::filter;
use super::{Length, Limit};
use crate::definition::{Spanned, Table};
use crate::error::Error;
use crate::feeds::contract::Contract;
use crate::indicators::standards::Asking;

/// One of a list of limits, as written: its condition is not yet read against a feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// Applies to clocks started before this day.
    pub before: Option<NaiveDate>,
    /// Applies where this row filter holds.
    pub when: Option<Spanned<String>>,
    /// The limit.
    pub length: Length,
}

/// A list of limits that leaves no clock without one, and no limit without a clock.
pub(in crate::indicators) fn terms(
    list: Spanned<Vec<Table>>,
    errors: &mut Vec<Error>,
) -> Option<Vec<Term>> {
    let before = errors.len();
    let place = list.place();
    // every clock, or every one before this day, has a limit already
    let (mut covered, mut until) = (false, None);
    let mut terms = Vec::new();
    for table in list.value {
        let unconditional = !table.has("when");
        let dated = table.has("before");
        let (whole, read) = one(table, errors);
        let day = read.as_ref().and_then(|term| term.before);
        if covered {
            let said = "this limit is never reached: the one before it applies to every clock";
            errors.push(whole.error(said).help("put the limit without `before` and `when` last"));
        } else if let (Some(day), Some(until)) = (day, until)
            && day <= until
        {
            let said = format!("this limit is never reached: one before it holds until {until}");
            errors.push(whole.error(said).help("put the limits in the order of their days"));
        }
        covered = covered || unconditional && !dated;
        until = until.max(day.filter(|_| unconditional));
        terms.extend(read);
    }
    if !covered {
        let error = Error::definition(place, "some clocks have no limit");
        errors.push(error.help("end with a limit without `before` and `when`"));
    }
    (errors.len() == before).then_some(terms)
}

/// `{ before = 2017-12-11, when = "extended", hours = 72 }`, and the table it was read from.
fn one(mut table: Table, errors: &mut Vec<Error>) -> (Table, Option<Term>) {
    let whole = table.clone();
    let before = table.take::<NaiveDate>("before", errors);
    let when = table.take::<Spanned<String>>("when", errors);
    let mut lengths = seconds(&mut table, errors);
    let working = table.take::<u32>("working_days", errors);
    lengths.extend(working.map(|days| Length::WorkingDays(days.into())));
    if !is_one(&lengths) {
        let error = table.error("a limit has one length");
        errors.push(error.help("add minutes, hours, days or working_days"));
    }
    table.finish(errors);
    let term = lengths.first().map(|length| Term { before, when, length: *length });
    (whole, term)
}

fn is_one(lengths: &[Length]) -> bool {
    matches!(lengths, [Length::Seconds(1..) | Length::WorkingDays(1..)])
}

/// Every length of time that a table gives in minutes, hours or days of 24 hours.
fn seconds(table: &mut Table, errors: &mut Vec<Error>) -> Vec<Length> {
    [("minutes", 60), ("hours", 3600), ("days", 86_400)]
        .into_iter()
        .filter_map(|(key, each)| Some(i64::from(table.take::<u32>(key, errors)?) * each))
        .map(Length::Seconds)
        .collect()
}

/// `longest = { hours = 168 }`: the longest time between two events that can be true, in seconds,
/// which is longer than every limit.
pub(in crate::indicators) fn longest(
    mut table: Table,
    limits: &[Limit],
    errors: &mut Vec<Error>,
) -> Option<i64> {
    let lengths = seconds(&mut table, errors);
    let place = table.place();
    if !is_one(&lengths) {
        let error = table.error("`longest` has one length");
        errors.push(error.help("add minutes, hours or days"));
    }
    table.finish(errors);
    let Some(Length::Seconds(longest)) = lengths.first().copied() else { return None };
    let within = |limit: &Limit| match limit.length {
        Length::Seconds(seconds) => longest <= seconds,
        // working days are never fewer than the days they lie in
        Length::WorkingDays(days) => longest < days.saturating_mul(86_400),
    };
    if limits.iter().any(within) {
        let said = "`longest` lies within the limit: nothing could be outside it";
        errors.push(Error::definition(place, said).help("make it longer than every limit"));
    }
    Some(longest)
}

/// The limits of a list, their conditions read against a feed.
pub(in crate::indicators) fn limits(
    terms: &[Term],
    contract: &Contract,
    asking: Asking<'_>,
    errors: &mut Vec<Error>,
) -> Option<Vec<Limit>> {
    let before = errors.len();
    let limits = terms
        .iter()
        .map(|term| Limit {
            before: term.before,
            when: term.when.as_ref().and_then(|sql| filter(sql, contract, asking, errors)),
            length: term.length,
        })
        .collect();
    (errors.len() == before).then_some(limits)
}
