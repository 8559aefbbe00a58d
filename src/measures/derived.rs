//! Figures made of the figures of other measures.

use crate::indicators::measure::Form;
use crate::measures::points::over;
use crate::measures::tally::real;
use crate::period::Period;
use crate::series::{Nature, Point, Series, Status};
use crate::unit::Unit;

/// The series of a derived measure, from those of its parts in the order of [`Form::parts`], over
/// the same periods or some of them.
///
/// It begins where all parts have begun (the change a year later) and ends with the shortest. A
/// period is as reliable as the least reliable of its parts; where one of them has no figure there
/// is none. A change between a period and a part of one is no figure either.
///
/// - *sum*: above the line the sum of what is above theirs; bounds are the sums of their bounds.
/// - *change*: above the line this period less the same one a year before (of weeks the one 52 weeks
///   before), below it that one; without a figure where the year before had nothing.
/// - *ratio*: the figure of the one over that of the other; without a figure over nothing. Of two
///   counts the counts themselves stand above and below the line.
pub fn derived(form: &Form, unit: Unit, parts: &[Series]) -> Series {
    let nature = match form {
        Form::Sum(_) => parts.first().map_or(Nature::Count, |part| part.nature),
        Form::Change(_) | Form::Ratio { .. } => Nature::Continuous,
    };
    let points = match form {
        Form::Sum(_) => periods(parts).map(|period| sum(period, &at(parts, period))).collect(),
        Form::Ratio { .. } => {
            periods(parts).map(|period| ratio(period, &at(parts, period))).collect()
        }
        Form::Change(_) => parts.first().map_or_else(Vec::new, changes),
    };
    Series { nature, unit, points, events: None }
}

/// Every period in which all parts have a point.
fn periods(parts: &[Series]) -> impl Iterator<Item = Period> {
    let inside = |period: &Period| {
        parts.iter().all(|part| part.points.iter().any(|point| point.period == *period))
    };
    let first = parts.first().map_or(&[][..], |part| &part.points);
    first.iter().map(|point| point.period).filter(inside).collect::<Vec<_>>().into_iter()
}

fn at(parts: &[Series], period: Period) -> Vec<&Point> {
    let of = |part: &'_ Series| part.points.iter().position(|point| point.period == period);
    parts.iter().filter_map(|part| part.points.get(of(part)?)).collect()
}

/// The least reliable of some statuses.
fn least(points: &[&Point]) -> Status {
    points.iter().map(|point| point.status).max().unwrap_or(Status::Missing)
}

fn sum(period: Period, parts: &[&Point]) -> Point {
    let ends = |point: &Point| point.bounds.or_else(|| Some((point.value?, point.value?)));
    let unknown = parts.iter().map(|point| point.unknown).sum();
    let value = parts.iter().map(|point| point.value).sum::<Option<f64>>();
    let bounds = parts.iter().try_fold((0.0, 0.0), |(low, high), point| {
        let (lower, upper) = ends(point)?;
        Some((low + lower, high + upper))
    });
    Point {
        numerator: parts.iter().map(|point| point.numerator).sum(),
        unknown,
        value,
        bounds: bounds.filter(|_| unknown > 0 && value.is_some()),
        ..Point::empty(period, least(parts))
    }
}

fn ratio(period: Period, parts: &[&Point]) -> Point {
    let [above, below] = parts else { return Point::empty(period, Status::Missing) };
    let whole = |point: &Point| point.numerator.filter(|_| point.denominator.is_none());
    let (numerator, denominator) = whole(above).zip(whole(below)).unzip();
    Point {
        numerator,
        denominator,
        unknown: above.unknown + below.unknown,
        value: above.value.zip(below.value).and_then(|(above, below)| over(above, below)),
        ..Point::empty(period, least(parts))
    }
}

/// The change of every period that has one a year before it in the series.
fn changes(part: &Series) -> Vec<Point> {
    let back = part.points.first().map_or(1, |point| point.period.grain.per_year());
    let back = usize::try_from(back).unwrap_or(1);
    let pairs = part.points.iter().zip(part.points.iter().skip(back));
    pairs.map(|(before, now)| change(before, now)).collect()
}

fn change(before: &Point, now: &Point) -> Point {
    let empty = Point {
        unknown: before.unknown + now.unknown,
        ..Point::empty(now.period, least(&[before, now]))
    };
    let (Some(old), Some(new)) = (before.value, now.value) else { return empty };
    if empty.status == Status::Partial {
        return empty;
    }
    // whole totals are subtracted before they become decimals
    let whole = |point: &Point| point.numerator.filter(|_| point.denominator.is_none());
    let (above, below) = (whole(now).zip(whole(before)), whole(before));
    let grown = above.map_or(new - old, |(new, old)| real(new - old));
    Point {
        numerator: above.map(|(new, old)| new - old),
        denominator: below.filter(|_| above.is_some()),
        value: over(grown, old),
        ..empty
    }
}
