//! Cases by the codes of a column: the parts of a measure's split, month by month and over a year.

use crate::aggregate::{Coded, Codes, Mix, MixMonth, Window};
use crate::assess::Part;
use crate::error::Error;
use crate::indicators::measure::{Kind, Measure};
use crate::measures::{self, Request};
use crate::period::Month;
use crate::series::{Point, Series, Status};
use crate::statistics::intervals::{Confidence, events, proportion};

/// The parts of the measure's split by a column, as its indicators have them: each code in the
/// contract's order, last the rows without one.
fn parts(part: &Part<'_>, column: &str) -> Result<Vec<(Option<String>, Series)>, Error> {
    let request = Request { split: Some(column.to_owned()), ..part.request.clone() };
    // as counts, also where indicators show the parts as shares
    let measure = Measure { split_shares: false, ..part.measure.clone() };
    measures::collect(&part.plan, &measure, part.feed, &request)
}

/// How many cases a point has: those below the line of a share, else those counted.
fn cases(part: &Part<'_>, point: &Point) -> Option<i64> {
    match part.measure.kind {
        Kind::Proportion { .. } | Kind::Within { .. } => point.denominator,
        _ => point.numerator,
    }
}

fn at(series: &Series, month: Month) -> Option<&Point> {
    series.points.iter().find(|point| point.period == month.period())
}

#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^52")]
fn real(count: i64) -> f64 {
    count as f64
}

/// Cases by month and code, from the window's first month to the latest there is.
pub(super) fn mix(part: &Part<'_>, column: &str, window: Window) -> Result<Mix<f64>, Error> {
    let series = parts(part, column)?;
    let months = (0..=part.request.as_at.since(window.first)).map(|step| window.first.plus(step));
    let count = |series: &Series, month| at(series, month).and_then(|point| cases(part, point));
    let met = |series: &Series| months.clone().any(|month| count(series, month) > Some(0));
    let known: Vec<(&String, &Series)> = series
        .iter()
        .filter(|(_, series)| met(series))
        .filter_map(|(code, series)| Some((code.as_ref()?, series)))
        .collect();
    let without = series.iter().find(|(code, _)| code.is_none()).map(|(_, series)| series);
    let any = series.first().map(|(_, series)| series);
    let month = |month: Month| {
        let found: Option<Vec<i64>> = known.iter().map(|(_, one)| count(one, month)).collect();
        let found = found.filter(|_| any.is_some_and(|one| count(one, month).is_some()));
        let sum: i64 = found.iter().flatten().sum();
        let unknown = without.map_or(Some(0), |one| count(one, month));
        MixMonth {
            month,
            shares: found
                .as_ref()
                .filter(|_| sum > 0)
                .map(|found| found.iter().map(|one| real(*one) / real(sum)).collect()),
            unknown: unknown.filter(|_| found.is_some()).map(real),
            cases: found.map(|found| found.into_iter().map(real).collect()),
            settled: month <= window.last
                && any
                    .and_then(|one| at(one, month))
                    .is_some_and(|one| one.status == Status::Final),
        }
    };
    Ok(Mix {
        codes: known.iter().map(|(code, _)| (*code).clone()).collect(),
        months: months.clone().map(month).collect(),
    })
}

/// Cases of one code in a stretch of months and, of shares, those above the line.
#[derive(Clone, Copy)]
struct Sum {
    cases: i64,
    inside: i64,
}

/// The cases of one code in the window and in the months before it.
struct Held {
    code: Option<String>,
    now: Sum,
    before: Option<Sum>,
}

/// What months hold of one code; `None` where one of them was not delivered.
fn sum(part: &Part<'_>, series: &Series, mut months: impl Iterator<Item = Month>) -> Option<Sum> {
    months.try_fold(Sum { cases: 0, inside: 0 }, |sum, month| {
        let point = at(series, month)?;
        let cases = sum.cases + cases(part, point)?;
        Some(Sum { cases, inside: sum.inside + point.numerator? })
    })
}

/// Cases by code over the window and over as many months before; with `condition` the share of each
/// code's cases that are above the line.
pub(super) fn codes(
    part: &Part<'_>,
    column: &str,
    window: Window,
    condition: bool,
) -> Result<Codes<f64>, Error> {
    let series = parts(part, column)?;
    let length = window.last.since(window.first) + 1;
    let months = |from: Month| (0..length).map(move |step| from.plus(step));
    let start = window.first.plus(-length);
    let held = |(code, one): &(Option<String>, Series)| {
        // of the window what was delivered, of the months before all or nothing
        let there =
            months(window.first).filter(|month| sum(part, one, [*month].into_iter()).is_some());
        let now = sum(part, one, there).unwrap_or(Sum { cases: 0, inside: 0 });
        Held { code: code.clone(), now, before: sum(part, one, months(start)) }
    };
    let held: Vec<Held> = series.iter().map(held).collect();
    let whole = held.iter().all(|one| one.before.is_some());
    let known = || held.iter().filter(|one| one.code.is_some());
    let all = known().map(|one| one.now.cases).sum();
    let all_before = known().filter_map(|one| one.before).map(|before| before.cases).sum();
    let share = |sum: Sum, all: i64, known: bool| match (condition, known) {
        (true, _) => (sum.cases > 0).then(|| real(sum.inside) / real(sum.cases)),
        (false, true) => (all > 0).then(|| real(sum.cases) / real(all)),
        (false, false) => None,
    };
    // nights of one stay are no events of their own, and a month that was not delivered is no quiet one
    let events = !matches!(part.measure.kind, Kind::BedDays { .. });
    let comparable = events && whole && window.delivered == window.months();
    let row = |one: &Held| {
        let (now, before, known) = (one.now, one.before, one.code.is_some());
        Coded {
            code: one.code.clone(),
            cases: real(now.cases),
            inside: real(now.inside),
            share: share(now, all, known),
            interval: condition.then(|| interval(now)).flatten(),
            cases_before: before.map(|before| real(before.cases)),
            share_before: before.and_then(|before| share(before, all_before, known)),
            moved: comparable && before.is_some_and(|before| moved(now.cases, before.cases)),
        }
    };
    let met = |one: &&Held| one.now.cases > 0 || one.before.is_some_and(|before| before.cases > 0);
    Ok(Codes {
        rows: held.iter().filter(met).map(row).collect(),
        before: whole.then(|| (start, window.first.plus(-1))),
        condition,
    })
}

/// Whether two counts of events in as many months differ by more than chance explains: the exact 95 %
/// interval of their ratio excludes 1.
fn moved(now: i64, before: i64) -> bool {
    let ratio = events::ratio((real(now), 1.0), (real(before), 1.0), Confidence::NINETY_FIVE);
    ratio.is_some_and(|ratio| !ratio.holds(1.0))
}

fn interval(sum: Sum) -> Option<(f64, f64)> {
    let found = proportion::wilson(real(sum.inside), real(sum.cases), Confidence::NINETY_FIVE)?;
    Some((found.lower, found.upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 16 events 12 or more fall on one side by chance in 2 × 2,517 of 65,536 ways (7.7 %), of 17 in
    /// 13 or more in 2 × 3,214 of 131,072 (4.9 %); 5 of 5 in 2 of 32, 6 of 6 in 2 of 64.
    #[test]
    fn two_counts_differ_by_the_exact_test() {
        assert_eq!(
            [(12, 4), (4, 12), (0, 5), (0, 0), (7, 7)].map(|(a, b)| moved(a, b)),
            [false; 5]
        );
        assert_eq!([(13, 4), (4, 13), (0, 6), (6, 0)].map(|(a, b)| moved(a, b)), [true; 4]);
    }
}
