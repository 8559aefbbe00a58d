//! How long something took: bands, median and 90th percentile, and what was over its limit.

use polars::prelude::{IntoLazy, PolarsResult};

use super::{Inside, Taken, apart, real};
use crate::aggregate::{Band, Distribution, Why, Window};
use crate::error::Error;
use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::indicators::measure::{self, Interval, Limit, Quantity};
use crate::measures::plan::{Fold, Plan, Test, timed};
use crate::measures::points::nearest_rank;
use crate::measures::polars::{OUTCOME, OUTSIDE, UNDECIDED, instant, named};
use crate::measures::{Request, broken};

const DAY: i64 = 86_400;

/// Widths of bands in seconds, narrowest first.
const WIDTHS: [i64; 10] = [300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

/// Widths of bands of whole days: by the day, the week, and four weeks.
const WIDTHS_OF_DAYS: [i64; 3] = [DAY, 7 * DAY, 28 * DAY];

/// Bands that have an end, at most.
const MOST: i64 = 16;

/// What became of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// Its length in seconds, 0 or more, and whether it is over its limit.
    Known(i64, Over),
    /// It cannot be in a band.
    Apart(Why),
    /// Not ended, and past its limit at the cut-off.
    OpenOver,
}

/// Whether a length is over the limit in force on the row's own day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Exactly on the limit is inside.
    No,
    /// It is.
    Yes,
    /// Which limit holds is not known, and it matters.
    Untold,
}

/// How long the clock of a measure ran in each row of a window: of kind `within`, or a mean or quantile
/// of elapsed time. `None` of other measures, and of those in working days.
///
/// The rows are those of the measure with or without a clock that can be read: what has no start or end
/// time, ends before it starts, is longer than can be true, or has not ended is counted apart. A limit is the one in force on the
/// day the row's own clock started. Bands end with the limits, so that "up to 24 hours" holds just
/// what is inside a limit of 24 hours.
pub fn distribution(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
) -> Result<Option<Distribution<f64>>, Error> {
    let (interval, limits) = match &plan.fold {
        Fold::Within(clock) => (&clock.interval, clock.limits.as_slice()),
        Fold::Mean(Quantity::Elapsed(interval))
        | Fold::Quantile(Quantity::Elapsed(interval), _) => (interval, [].as_slice()),
        _ => return Ok(None),
    };
    if interval.calendar.is_some() {
        return Ok(None);
    }
    let of_clock = |test: &Test| {
        matches!(test, Test::LimitInForce | Test::NotRunning | Test::Sound(_) | Test::ClockKnown)
    };
    let steps = plan.steps.iter().filter(|step| !of_clock(&step.test)).cloned().collect();
    let whole = Plan { steps, ..plan.clone() };
    let read = lengths(&whole, feed, request, window, interval);
    let (lengths, undecided) = read.map_err(|error| broken(plan, &error))?;
    let first = window.first.first_day();
    let in_force = |limit: &&Limit| limit.before.is_none_or(|before| before > first);
    let seconds = |limit: &Limit| match limit.length {
        measure::Length::Seconds(seconds) => Some(seconds),
        measure::Length::WorkingDays(_) => None,
    };
    let mut limits: Vec<i64> = limits.iter().filter(in_force).filter_map(seconds).collect();
    limits.sort_unstable();
    limits.dedup();
    let days = !timed(&feed.contract, &[&interval.from, &interval.to]);
    Ok(Some(fold(&lengths, undecided, days, limits)))
}

fn lengths(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    interval: &Interval,
) -> PolarsResult<(Vec<Length>, u64)> {
    let Interval { from, to, longest, .. } = interval;
    let timed = timed(&feed.contract, &[from, to]);
    let asked = [
        instant(from, timed).alias("from"),
        instant(to, timed).alias("to"),
        (instant(to, timed) - instant(from, timed)).alias("elapsed"),
    ];
    let blank = format!("{to}@blank");
    let reads: Vec<String> = asked.iter().flat_map(named).chain([blank.clone()]).collect();
    let reads: Vec<&str> = reads.iter().map(String::as_str).collect();
    let taken = Taken::new(plan, feed, request, Inside::Day(window), &reads)?;
    let clock = taken.frame.clone().lazy().select(asked).collect()?;
    let column = |name: &str| -> PolarsResult<Vec<Option<i64>>> {
        Ok(clock.column(name)?.cast(&polars::prelude::DataType::Int64)?.i64()?.iter().collect())
    };
    let (starts, ends, elapsed) = (column("from")?, column("to")?, column("elapsed")?);
    let has = |name: &str| taken.frame.schema().contains(name);
    let outcomes: Vec<Option<i32>> = if has(OUTCOME) {
        taken.frame.column(OUTCOME)?.i32()?.iter().collect()
    } else {
        vec![None; starts.len()]
    };
    let open: Vec<bool> = if has(&blank) {
        taken.frame.column(&blank)?.bool()?.iter().map(|blank| blank == Some(true)).collect()
    } else {
        vec![feed.contract.rows == Rows::Stays; starts.len()]
    };
    let length = |row: usize| match (elapsed[row], starts[row], ends[row]) {
        (Some(elapsed), ..) if elapsed < 0 => Length::Apart(Why::Negative),
        (Some(elapsed), ..) if longest.is_some_and(|longest| elapsed > longest) => {
            Length::Apart(Why::TooLong)
        }
        (Some(elapsed), ..) => Length::Known(
            elapsed,
            match outcomes[row] {
                Some(OUTSIDE) => Over::Yes,
                Some(UNDECIDED) => Over::Untold,
                _ => Over::No,
            },
        ),
        (None, Some(_), None) if open[row] && outcomes[row] == Some(OUTSIDE) => Length::OpenOver,
        (None, Some(_), None) if open[row] => Length::Apart(Why::Open),
        _ => Length::Apart(Why::NotKnown),
    };
    Ok(((0..starts.len()).map(length).collect(), taken.undecided))
}

/// The distribution of lengths.
pub(super) fn fold(
    lengths: &[Length],
    undecided: u64,
    days: bool,
    limits: Vec<i64>,
) -> Distribution<f64> {
    let known: Vec<(i64, Over)> = lengths
        .iter()
        .filter_map(|length| match length {
            Length::Known(seconds, over) => Some((*seconds, *over)),
            _ => None,
        })
        .collect();
    let rank = |at: f64| {
        #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^52 seconds")]
        let mut seconds: Vec<f64> = known.iter().map(|(seconds, _)| *seconds as f64).collect();
        nearest_rank(&mut seconds, at)
    };
    let ninetieth = rank(0.9);
    let bands = bands(&known, width(days, &limits, ninetieth), &limits, ninetieth);
    let number = |wanted: &dyn Fn(&Length) -> bool| {
        lengths.iter().filter(|length| wanted(length)).count() as u64
    };
    let why = |why: Why| (why, number(&|length| *length == Length::Apart(why)));
    let over = |wanted: Over| {
        number(&|length| matches!(length, Length::Known(_, over) if *over == wanted))
    };
    let open_over = number(&|length| *length == Length::OpenOver);
    let open = (Why::Open, why(Why::Open).1 + open_over);
    Distribution {
        bands,
        days,
        known: real(known.len() as u64),
        median: rank(0.5),
        ninetieth,
        over: (!limits.is_empty()).then(|| real(over(Over::Yes))),
        untold: real(over(Over::Untold)),
        open_over: real(open_over),
        limits,
        apart: apart(&[
            (Why::Undecided, undecided),
            why(Why::NotKnown),
            why(Why::Negative),
            why(Why::TooLong),
            open,
        ]),
    }
}

/// How far the bands reach: past the longest limit, and a quarter past what nine in ten do not exceed.
fn reach(limits: &[i64], ninetieth: Option<f64>) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of a stay")]
    let usual = ninetieth.map_or(0, |seconds| (seconds * 1.25).ceil() as i64);
    limits.last().copied().unwrap_or(0).max(usual)
}

/// The narrowest width with few enough bands that divides every limit.
fn width(days: bool, limits: &[i64], ninetieth: Option<f64>) -> i64 {
    let widths = if days { WIDTHS_OF_DAYS.as_slice() } else { WIDTHS.as_slice() };
    let reach = reach(limits, ninetieth);
    let divides = |width: &&i64| limits.iter().all(|limit| limit % **width == 0);
    let few = |width: &&i64| reach <= **width * MOST;
    let widest = || widths.iter().rev().find(divides).or(widths.first());
    widths.iter().filter(divides).find(few).or_else(widest).copied().unwrap_or(DAY)
}

fn bands(
    known: &[(i64, Over)],
    width: i64,
    limits: &[i64],
    ninetieth: Option<f64>,
) -> Vec<Band<f64>> {
    let ended = (reach(limits, ninetieth) + width - 1) / width;
    let ended = ended.clamp(1, 4 * MOST);
    let place = |seconds: i64| ((seconds - 1).max(0) / width).min(ended);
    let band = |at: i64| {
        let inside = || known.iter().filter(move |(seconds, _)| place(*seconds) == at);
        Band {
            above: at * width,
            to: (at < ended).then_some((at + 1) * width),
            rows: real(inside().count() as u64),
            over: real(inside().filter(|(_, over)| *over == Over::Yes).count() as u64),
        }
    };
    (0..=ended).map(band).collect()
}
