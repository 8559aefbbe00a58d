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
/// of 3 and 12 months end with *t*, whatever the grain; a week that begins before one and ends in it
/// is among it, and so are events before the target was in force.
pub(super) fn events(
    case: &Case<'_>,
    t: Option<usize>,
    allowance: Option<u32>,
    newly_reported: u64,
) -> Events {
    let allowance = allowance.unwrap_or(DEFAULT_ALLOWANCE);
    let too_many = |months: u32| beyond_chance(allowance, f64::from(months) / 12.0);
    let mut events =
        Events { allowance, newly_reported, too_many_year: too_many(12), ..Events::default() };
    let Some(t) = t else {
        events.later = total(case.points);
        events.unknown = unknown(case.points);
        return events;
    };
    let latest = case.points[t].period;
    let window = |months: u32| {
        let from = latest.months_to_its_end(months);
        let first = case.points[..=t].iter().position(|point| point.period.end() > from);
        &case.points[first.unwrap_or(t)..=t]
    };
    let year = window(12);
    let known = year.iter().filter(|point| settled_value(point).is_some());
    let days_known: i64 = known.map(|point| point.period.days()).sum();
    events.latest = total(&case.points[t..=t]);
    events.later = total(&case.points[t + 1..]);
    events.year = total(year);
    events.complete = days_known >= (latest.end() - latest.months_to_its_end(12)).num_days();
    events.unknown = unknown(year).saturating_add(unknown(&case.points[t + 1..]));
    let grain = latest.grain;
    let share = 1.0 / f64::from(grain.per_year());
    events.too_many_latest = (grain.per_year() > 1).then(|| beyond_chance(allowance, share));
    if grain.per_year() > 4 {
        events.quarter = Some(total(window(3)));
        events.too_many_quarter = Some(too_many(3));
    }
    events.last = case.points[..=t].iter().rev().find(|p| count(p) > 0).map(|p| p.period);
    events
}

/// The fewest events in a share of a year that are more than an allowance explains by chance. With
/// one allowed a year 2 in a month, 3 in 3 months, 4 in 12. Where some are allowed a single one never
/// is, however short the period: it may be the one.
fn beyond_chance(allowance: u32, share: f64) -> u64 {
    let fewest = chance::beyond(f64::from(allowance) * share, Confidence::NINETY_FIVE);
    fewest.max(if allowance > 0 { 2 } else { 1 })
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
