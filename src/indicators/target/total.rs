//! Reading promises that are kept over a year or by a date: totals and milestones.

use super::read::Context;
use super::{Done, Goal};
use crate::definition::{Data, Read, Spanned, Table, Value};
use crate::error::Error;
use crate::indicators::amount::{Amount, in_unit};
use crate::period::Month;

impl Read for Done {
    const EXPECTED: &'static str = "the month in which it was done, such as \"2017-09\", or false";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Flag(false) => Some(Self::No),
            Data::Text(_) => Month::read(value, errors).map(Self::In),
            _ => {
                errors.push(value.mismatch(Self::EXPECTED));
                None
            }
        }
    }
}

/// `milestone = true`, and `done` where somebody has said.
pub(super) fn milestone(table: &mut Table, errors: &mut Vec<Error>) -> Option<Goal> {
    let open = table.require::<Spanned<bool>>("milestone", errors)?;
    let done = if table.has("done") { table.take("done", errors)? } else { Done::NotSaid };
    if !open.value {
        errors.push(open.error("`milestone` is true").help(
            "say that it is not done with done = false, or when it was with done = \"2017-09\"",
        ));
    }
    Some(Goal::Milestone { done })
}

/// `year_total = 300`, and perhaps `profile = [30, 90, 180, 300]`.
pub(super) fn year(
    table: &mut Table,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) -> Option<Goal> {
    let amount = table.require::<Spanned<Amount>>("year_total", errors)?;
    let at_least = in_unit(&amount, context.unit, errors)?;
    let profile = table.take::<Spanned<Vec<Spanned<Amount>>>>("profile", errors);
    let Some(profile) = profile else {
        return Some(Goal::YearTotal { at_least, profile: Vec::new() });
    };
    let place = profile.place();
    let numbers = profile.value.iter().map(|one| in_unit(one, context.unit, errors));
    let numbers = numbers.collect::<Option<Vec<f64>>>()?;
    if let Some((said, help)) = wrong(&numbers, at_least) {
        errors.push(Error::definition(place, said).help(help));
    }
    Some(Goal::YearTotal { at_least, profile: numbers })
}

/// What is wrong with a profile, and what to do.
fn wrong(profile: &[f64], whole: f64) -> Option<(&'static str, &'static str)> {
    let rises = profile.windows(2).all(|pair| pair[0] <= pair[1]);
    let ends = profile.last().is_some_and(|last| (last - whole).abs() <= 1e-9 * whole.abs());
    if !matches!(profile.len(), 4 | 12) {
        Some((
            "a profile has a number for each quarter or each month of the financial year",
            "write 4 or 12 numbers from April on, each the total to be there by then",
        ))
    } else if !rises || profile[0] < 0.0 {
        Some((
            "a profile is of totals to date, which never fall",
            "write what should be there by the end of each quarter or month, not what is added in it",
        ))
    } else if ends {
        None
    } else {
        Some(("the profile does not end at the year's total", "end it with `year_total`"))
    }
}
