//! Each part's share of a split count.

use crate::measures::points::over;
use crate::measures::tally::real;
use crate::series::{Nature, Point, Series};
use crate::unit::Unit;

/// Counts by the codes of a split, as shares of all rows whose code is known.
///
/// Rows without a code belong to no part: in each part they are unknown, and so are rows that may
/// not count. Bounds: at the least they are all of other parts, at the most all that can be are of
/// this one. A period without rows has no share.
pub(super) fn shares(counts: &[(Option<String>, Series)]) -> Vec<(Option<String>, Series)> {
    let parts = counts.iter().filter(|(code, _)| code.is_some());
    let share = |(code, own): &(Option<String>, Series)| {
        let at = |at: usize| move |(_, one): &(Option<String>, Series)| Part::of(&one.points[at]);
        let points = own.points.iter().enumerate().map(|(position, point)| {
            let known: Vec<Part> =
                counts.iter().filter(|(code, _)| code.is_some()).map(at(position)).collect();
            let uncoded: Vec<Part> =
                counts.iter().filter(|(code, _)| code.is_none()).map(at(position)).collect();
            part(point, &known, &uncoded)
        });
        let series = Series {
            nature: Nature::Proportion,
            unit: Unit::Proportion,
            points: points.collect(),
            events: None,
        };
        (code.clone(), series)
    };
    parts.map(share).collect()
}

/// Rows of a part in a period.
#[derive(Clone, Copy, Default)]
struct Part {
    counted: i64,
    undecided: i64,
}

impl Part {
    fn of(point: &Point) -> Self {
        Self {
            counted: point.numerator.unwrap_or(0),
            undecided: i64::try_from(point.unknown).unwrap_or(i64::MAX),
        }
    }
}

fn part(own: &Point, known: &[Part], uncoded: &[Part]) -> Point {
    let Some(counted) = own.numerator else { return own.clone() };
    let all: i64 = known.iter().map(|part| part.counted).sum();
    let undecided: i64 = known.iter().map(|part| part.undecided).sum();
    let anywhere: i64 = uncoded.iter().map(|part| part.counted + part.undecided).sum();
    let mine = Part::of(own).undecided;
    let least = over(real(counted), real(all + undecided - mine + anywhere));
    let most = over(real(counted + mine + anywhere), real(all + mine + anywhere));
    Point {
        denominator: Some(all),
        unknown: (undecided + anywhere).cast_unsigned(),
        value: over(real(counted), real(all)),
        bounds: least.zip(most).filter(|_| undecided + anywhere > 0),
        ..own.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Month;
    use crate::series::Status;

    fn count(counted: i64, unknown: u64) -> Point {
        let month: Month = "2017-01".parse().unwrap();
        Point {
            numerator: Some(counted),
            unknown,
            value: Some(real(counted)),
            ..Point::empty(month.period(), Status::Final)
        }
    }

    fn made(parts: &[(i64, u64)], uncoded: (i64, u64)) -> Vec<Point> {
        let series = |(counted, unknown): (i64, u64)| Series {
            nature: Nature::Count,
            unit: Unit::Count,
            points: vec![count(counted, unknown)],
            events: None,
        };
        let coded = parts.iter().map(|part| (Some(String::new()), series(*part)));
        let all: Vec<_> = coded.chain([(None, series(uncoded))]).collect();
        shares(&all).into_iter().map(|(_, series)| series.points[0].clone()).collect()
    }

    /// Three at the hospital, one in a cell, one nobody knows where: 3 of 4, between 3 and 4 of 5.
    #[test]
    fn a_row_without_a_code_may_be_of_any_part() {
        let points = made(&[(3, 0), (1, 0), (0, 0)], (1, 0));
        assert_eq!((points[0].value, points[0].bounds), (Some(0.75), Some((0.6, 0.8))));
        assert_eq!((points[1].value, points[1].bounds), (Some(0.25), Some((0.2, 0.4))));
        assert_eq!((points[2].value, points[2].bounds), (Some(0.0), Some((0.0, 0.2))));
        assert_eq!((points[0].numerator, points[0].denominator), (Some(3), Some(4)));
        assert!(points.iter().all(|point| point.unknown == 1));
    }

    /// Every way in which the unknown rows may fall, tried.
    #[test]
    fn bounds_are_the_least_and_the_most_of_all_ways() {
        for code in 0..3_usize.pow(5) {
            let digit = |at: u32| code / 3_usize.pow(at) % 3;
            let [a, b, ua, ub, none] = [0, 1, 2, 3, 4].map(digit);
            let own = |n: usize| i64::try_from(n).unwrap();
            let points = made(&[(own(a), ua as u64), (own(b), ub as u64)], (own(none), 0));
            let mut ends: Option<(f64, f64)> = None;
            for (mine, other, here) in (0..=ua)
                .flat_map(|x| (0..=ub).flat_map(move |y| (0..=none).map(move |z| (x, y, z))))
            {
                let above = a + mine + here;
                let below = a + b + mine + other + none;
                if below > 0 {
                    let share = real(own(above)) / real(own(below));
                    let (low, high) = ends.unwrap_or((share, share));
                    ends = Some((low.min(share), high.max(share)));
                }
            }
            let known = points[0].bounds.filter(|_| a + b + none > 0);
            if let Some(known) = known {
                assert_eq!(Some(known), ends, "{a} {b} {ua} {ub} {none}");
            }
        }
    }
}
