//! How often the same people came: people are counted and never named.

use std::collections::BTreeMap;

use polars::prelude::{DataType, PolarsResult};

use super::{Inside, Taken, apart, real};
use crate::aggregate::{Class, People, Why, Window};
use crate::error::Error;
use crate::feeds::Feed;
use crate::measures::plan::Plan;
use crate::measures::{Request, broken};

/// Times from which on people are one class.
const MOST: usize = 5;

/// The people of the counted rows of a window by how often they came in it. Rows without a person are
/// counted apart: they may be anybody's.
pub fn people(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    person: &str,
) -> Result<People<f64>, Error> {
    counted(plan, feed, request, window, person).map_err(|error| broken(plan, &error))
}

fn counted(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    person: &str,
) -> PolarsResult<People<f64>> {
    let taken = Taken::new(plan, feed, request, Inside::Day(window), &[person])?;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let mut nobody = 0;
    let persons = taken.frame.column(person)?.cast(&DataType::String)?;
    for person in persons.str()?.iter() {
        match person {
            Some(person) => *times.entry(person).or_default() += 1,
            None => nobody += 1,
        }
    }
    let class = |class: usize| {
        let of = |count: &usize| (*count).min(MOST) == class;
        let events = times.values().copied().filter(of);
        Class {
            times: class,
            or_more: class == MOST,
            people: real(times.values().filter(|count| of(count)).count() as u64),
            events: real(events.sum::<usize>() as u64),
        }
    };
    let again = || times.values().copied().filter(|count| *count > 1);
    Ok(People {
        again: real(again().count() as u64),
        events_again: real(again().sum::<usize>() as u64),
        classes: (1..=MOST).map(class).collect(),
        people: real(times.len() as u64),
        events: real(times.values().sum::<usize>() as u64),
        apart: apart(&[(Why::Undecided, taken.undecided), (Why::NoPerson, nobody)]),
    })
}
