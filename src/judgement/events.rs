//! Events where none should be: never events and counts with target 0.

use super::Case;
use super::facts::Events;
use super::settling::settled_value;
use crate::series::Point;
use crate::statistics::chance;
use crate::statistics::intervals::Confidence;

/// Events a year that are allowed where the plan states no allowance.
const DEFAULT_ALLOWANCE: u32 = 1;

/// Counts the events up to the as-at month.
///
/// `t` is the latest settled value, however old; without one every period counts as later. Windows
/// of 3 and 12 months are of calendar months, whatever the grain; events before the target was in
/// force are among them.
pub(super) fn events(
    case: &Case<'_>,
    t: Option<usize>,
    allowance: Option<u32>,
    newly_reported: u64,
) -> Events {
    let allowance = allowance.unwrap_or(DEFAULT_ALLOWANCE);
    let too_many = |months: u32| beyond_chance(allowance, months);
    let mut events =
        Events { allowance, newly_reported, too_many_year: too_many(12), ..Events::default() };
    let Some(t) = t else {
        events.later = total(case.points);
        events.unknown = unknown(case.points);
        return events;
    };
    let month = case.points[t].period.last_month();
    let length = case.points[t].period.grain.months();
    let window = |months: i32| {
        let inside = |point: &&Point| month.since(point.period.first_month()) < months;
        let first = case.points[..=t].iter().position(|point| inside(&point)).unwrap_or(t);
        &case.points[first..=t]
    };
    let year = window(12);
    let months_known: u32 = year
        .iter()
        .filter(|point| settled_value(point).is_some())
        .map(|point| point.period.grain.months())
        .sum();
    events.latest = total(&case.points[t..=t]);
    events.later = total(&case.points[t + 1..]);
    events.year = total(year);
    events.complete = months_known == 12;
    events.unknown = unknown(year).saturating_add(unknown(&case.points[t + 1..]));
    events.too_many_latest = (length < 12).then(|| too_many(length));
    if length < 3 {
        events.quarter = Some(total(window(3)));
        events.too_many_quarter = Some(too_many(3));
    }
    events.last = case.points[..=t].iter().rev().find(|p| count(p) > 0).map(|p| p.period);
    events
}

/// The fewest events in some months that are more than an allowance explains by chance. With one
/// allowed a year 2 in a month, 3 in 3 months, 4 in 12.
fn beyond_chance(allowance: u32, months: u32) -> u64 {
    chance::beyond(f64::from(allowance) * f64::from(months) / 12.0, Confidence::NINETY_FIVE)
}

/// Events known in some periods, hollow points included.
fn total(points: &[Point]) -> u64 {
    points.iter().map(count).fold(0, u64::saturating_add)
}

fn unknown(points: &[Point]) -> u64 {
    points.iter().map(|point| point.unknown).fold(0, u64::saturating_add)
}

/// Events of one period: its exact sum above the line, else its value, any part of one counting
/// as one.
fn count(point: &Point) -> u64 {
    let from_sum = point.numerator.and_then(|number| u64::try_from(number).ok());
    from_sum.unwrap_or_else(|| point.value.map_or(0, rounded_up))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held to what fits before"
)]
fn rounded_up(value: f64) -> u64 {
    value.ceil().clamp(0.0, 9.0e15) as u64
}
