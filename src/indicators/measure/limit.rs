//! Reading limits on elapsed time: the first that applies to a clock is its limit.

use chrono::NaiveDate;

use super::Limit;
use super::columns::filter;
use crate::definition::{Spanned, Table};
use crate::error::Error;
use crate::feeds::contract::Contract;

/// A limit as read, and whether it applies whatever the day and the row.
struct Read {
    limit: Option<Limit>,
    for_all: bool,
}

/// A list of limits that leaves no clock without one, and no limit without a clock.
pub(super) fn all(
    list: Spanned<Vec<Table>>,
    contract: &Contract,
    errors: &mut Vec<Error>,
) -> Option<Vec<Limit>> {
    let before = errors.len();
    let place = list.place();
    let mut covered = false;
    let mut limits = Vec::new();
    for table in list.value {
        if covered {
            let said = "this limit is never reached: the one before it applies to every clock";
            errors.push(table.error(said).help("put the limit without `before` and `when` last"));
        }
        let read = one(table, contract, errors);
        covered = covered || read.for_all;
        limits.extend(read.limit);
    }
    if !covered {
        let error = Error::definition(place, "some clocks have no limit");
        errors.push(error.help("end with a limit without `before` and `when`"));
    }
    (errors.len() == before).then_some(limits)
}

/// `{ before = 2017-12-11, when = "extended", hours = 72 }`.
fn one(mut table: Table, contract: &Contract, errors: &mut Vec<Error>) -> Read {
    let for_all = !table.has("before") && !table.has("when");
    let before = table.take::<NaiveDate>("before", errors);
    let when = table.take::<Spanned<String>>("when", errors);
    let when = when.and_then(|sql| filter(&sql, contract, errors));
    let lengths: Vec<i64> = [("minutes", 60), ("hours", 3600), ("days", 86_400)]
        .into_iter()
        .filter_map(|(key, each)| Some(i64::from(table.take::<u32>(key, errors)?) * each))
        .collect();
    if lengths.len() != 1 || lengths == [0] {
        errors.push(table.error("a limit has one length").help("add minutes, hours or days"));
    }
    table.finish(errors);
    let limit = lengths.first().map(|seconds| Limit { before, when, seconds: *seconds });
    Read { limit, for_all }
}
