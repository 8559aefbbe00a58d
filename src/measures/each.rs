//! The values of days or weeks put together: people a week, then the mean of the month.

use crate::indicators::measure::each::{Each, Then};
use crate::measures::points::over;
use crate::measures::rows::Number;
use crate::measures::tally::{Total, real};
use crate::period::Period;
use crate::series::{Point, Status};

/// The point of a period, made of the points of its inner periods, which are consecutive.
///
/// Only inner periods that were wholly delivered count. Where not all of them were, the point is
/// partial: of those there are, or without a value where there are none. It is provisional as long
/// as one of them is, so that a month waits for its last week.
///
/// The mean of whole numbers is exact: their sum above the line, below it how many there are (the
/// days, where each is a figure a day). Bounds are the statistic of all lower and all upper ends.
pub(super) fn point(each: Each, period: Period, inner: &[Point], unsettled: bool) -> Point {
    let of = |wanted: Period| {
        let steps = wanted.since(inner.first()?.period);
        inner.get(usize::try_from(steps).ok()?)
    };
    let wanted: Vec<Option<&Point>> = each.periods(period).map(of).collect();
    let whole = |point: &&Point| matches!(point.status, Status::Final | Status::Provisional);
    let counted: Vec<&Point> = wanted.iter().copied().flatten().filter(whole).collect();
    let partly = || wanted.iter().flatten().any(|point| point.status == Status::Partial);
    let moves = || unsettled || counted.iter().any(|point| point.status == Status::Provisional);
    let status = match counted.len() {
        0 if !partly() => Status::Missing,
        some if some < wanted.len() => Status::Partial,
        _ if moves() => Status::Provisional,
        _ => Status::Final,
    };
    let unknown = counted.iter().map(|point| point.unknown).sum();
    let ends = |end: fn((f64, f64)) -> f64| {
        let ends =
            counted.iter().map(|point| Some(end(point.bounds.or(point.value.zip(point.value))?)));
        statistic(each.then, ends.collect::<Option<_>>()?)
    };
    let bounds = ends(|bounds| bounds.0).zip(ends(|bounds| bounds.1));
    Point {
        unknown,
        bounds: bounds.filter(|_| unknown > 0),
        ..filled(each.then, &counted, Point::empty(period, status))
    }
}

/// The figure and, where it has them, its exact sums.
fn filled(then: Then, points: &[&Point], empty: Point) -> Point {
    let sum =
        |of: fn(&Point) -> Option<i64>| points.iter().map(|point| of(point)).sum::<Option<i64>>();
    let Some(values) = points.iter().map(|point| point.value).collect::<Option<Vec<f64>>>() else {
        return empty;
    };
    if points.is_empty() {
        return empty;
    }
    let value = statistic(then, values);
    match then {
        Then::Mean => {
            let numerator = sum(|point| point.numerator);
            let denominator =
                sum(|point| point.denominator).or_else(|| i64::try_from(points.len()).ok());
            let exact = numerator.zip(denominator);
            let value = exact.map_or(value, |(above, below)| over(real(above), real(below)));
            let (numerator, denominator) = exact.unzip();
            Point { numerator, denominator, value, ..empty }
        }
        Then::Median => Point { value, ..empty },
        Then::Max | Then::Min => {
            let one = points.iter().find(|point| point.value == value);
            let (numerator, denominator) =
                one.map_or((None, None), |point| (point.numerator, point.denominator));
            Point { numerator, denominator, value, ..empty }
        }
    }
}

/// The statistic of some values; `None` of none.
fn statistic(then: Then, mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let (first, last) = (*values.first()?, *values.last()?);
    let number = values.len();
    Some(match then {
        Then::Mean => {
            let mut total = Total::default();
            for value in &values {
                total.add(Number::Decimal(*value));
            }
            total.value() / real(i64::try_from(number).ok()?)
        }
        Then::Median => f64::midpoint(values[(number - 1) / 2], values[number / 2]),
        Then::Max => last,
        Then::Min => first,
    })
}
