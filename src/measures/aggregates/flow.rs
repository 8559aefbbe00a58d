//! Stays: how long they last, how they come and go, and what they cost.

use polars::prelude::{DataType, PolarsResult};

use super::distribution::{Length, Over, fold};
use super::{Inside, Taken, real};
use crate::aggregate::stays::{Cost, CostMonth, Flow};
use crate::aggregate::{Distribution, Why, Window};
use crate::error::Error;
use crate::feeds::Feed;
use crate::measures::calendar::day_number;
use crate::measures::census::OPEN_DAY;
use crate::measures::plan::{Convention, Fold, Level, Plan};
use crate::measures::points::unsettled;
use crate::measures::stays::{Span, spans};
use crate::measures::tally::real as whole;
use crate::measures::{Request, broken};
use crate::period::Month;

const DAY: i64 = 86_400;

/// The stays of a measure that have a day in a window or end on its first: the counted ones, and how many
/// could not be decided.
fn stays(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
) -> Result<(Vec<Span>, u64), Error> {
    let read = || -> PolarsResult<(Vec<Span>, u64)> {
        let taken = Taken::new(plan, feed, request, Inside::Stay(window), &[])?;
        Ok((spans(&taken.frame)?.into_iter().flatten().collect(), taken.undecided))
    };
    read().map_err(|error| broken(plan, &error))
}

/// The nights of the stays that ended in a window: those open at its end are counted apart. `None` of a
/// measure that is not of stays.
pub fn lengths(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
) -> Result<Option<Distribution<f64>>, Error> {
    if !matches!(plan.fold, Fold::Census(..)) {
        return Ok(None);
    }
    let (stays, undecided) = stays(plan, feed, request, window)?;
    let (first, last) = ends(window);
    let lengths: Vec<Length> = stays
        .iter()
        .filter_map(|stay| {
            if (first..=last).contains(&stay.to_day) {
                let nights = i64::from(stay.to_day - stay.from_day);
                Some(Length::Known(nights * DAY, Over::No))
            } else {
                (stay.from_day <= last && stay.to_day > last).then_some(Length::Apart(Why::Open))
            }
        })
        .collect();
    Ok(Some(fold(&lengths, undecided, true, Vec::new())))
}

/// How stays come and go in a window: open at its end, starts, and the share that lasts each number
/// of nights. `None` of a measure that is not of stays, and where nothing was at risk in the window.
///
/// The share is by the life table of the window: on each day of a stay, of the stays there on that
/// day in the window, those that ended on it. So stays that began before the window and those still
/// open at its end count for the days on which they were seen and no others.
pub fn flow(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
) -> Result<Option<Flow<f64>>, Error> {
    if !matches!(plan.fold, Fold::Census(..)) {
        return Ok(None);
    }
    let (stays, undecided) = stays(plan, feed, request, window)?;
    Ok(come_and_go(&stays, undecided, ends(window)))
}

/// The first and the last day of a window.
fn ends(window: Window) -> (i32, i32) {
    (day_number(window.first.first_day()), day_number(window.last.last_day()))
}

fn come_and_go(stays: &[Span], undecided: u64, (first, last): (i32, i32)) -> Option<Flow<f64>> {
    let lengths = stays.iter().map(|stay| stay.to_day.min(last) - stay.from_day);
    let length = usize::try_from(lengths.max()?).ok()?;
    let (mut at_risk, mut ended) = (vec![0_u64; length + 1], vec![0_u64; length + 1]);
    for stay in stays {
        let from = (first - stay.from_day).max(0).unsigned_abs() as usize;
        let to = (stay.to_day.min(last) - stay.from_day).unsigned_abs() as usize;
        for day in &mut at_risk[from..=to] {
            *day += 1;
        }
        if stay.to_day <= last {
            ended[to] += 1;
        }
    }
    let (lasting, cut) = survival(&at_risk, &ended);
    let mean: f64 = lasting.iter().sum();
    let mut sum = 0.0;
    let mut within = vec![0.0];
    for share in &lasting {
        sum += share;
        within.push(if mean > 0.0 { sum / mean } else { 1.0 });
    }
    let number = |wanted: &dyn Fn(&Span) -> bool| {
        real(stays.iter().filter(|stay| wanted(stay)).count() as u64)
    };
    let started = number(&|stay| (first..=last).contains(&stay.from_day));
    let days = f64::from(last - first + 1);
    Some(Flow {
        open: number(&|stay| stay.from_day <= last && stay.to_day > last),
        started,
        days,
        ended: number(&|stay| (first..=last).contains(&stay.to_day)),
        a_day: started / days,
        mean,
        lasting,
        within,
        cut,
        undecided: real(undecided),
    })
}

/// The share that lasts longer than each number of nights, until none does or nothing was at risk, and
/// whether it broke off before none did.
fn survival(at_risk: &[u64], ended: &[u64]) -> (Vec<f64>, bool) {
    let mut share = 1.0;
    let mut lasting = Vec::new();
    for (here, gone) in at_risk.iter().zip(ended) {
        if *here == 0 {
            return (lasting, true);
        }
        share *= real(here - gone) / real(*here);
        lasting.push(share);
        if gone == here {
            return (lasting, false);
        }
    }
    (lasting, true)
}

/// What the bed days of each month of a window cost, as far as the daily cost of their stays is known:
/// whole pence, never scaled up to the others. `None` of a measure that is not of bed days.
pub fn cost(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    window: Window,
    column: &str,
) -> Result<Option<Cost<f64>>, Error> {
    let Fold::Census(_, Level::BedDays(convention)) = plan.fold else { return Ok(None) };
    let extra = i32::from(convention == Convention::Inclusive);
    let read = priced(plan, feed, request, (window, extra), column);
    let stays = read.map_err(|error| broken(plan, &error))?;
    let settles =
        |month: Month| !unsettled(month.period(), request.as_at, feed.contract.settles_after);
    let months = (0..window.months()).filter_map(|step| {
        let month = window.first.plus(i32::try_from(step).ok()?);
        Some(bill(&stays, month, (month, month), settles(month)))
    });
    let total = bill(&stays, window.last, (window.first, window.last), settles(window.last));
    Ok(Some(Cost { months: months.collect(), total }))
}

/// Days of a stay, from and to, the last not counted, and its daily cost in pence.
type Priced = (i32, i32, Option<i64>);

fn priced(
    plan: &Plan,
    feed: &Feed,
    request: &Request,
    (window, extra): (Window, i32),
    column: &str,
) -> PolarsResult<Vec<Priced>> {
    let taken = Taken::new(plan, feed, request, Inside::Stay(window), &[column])?;
    let costs = taken.frame.column(column)?.cast(&DataType::Float64)?;
    #[expect(clippy::cast_possible_truncation, reason = "pence a day")]
    let pence: Vec<Option<i64>> =
        costs.f64()?.iter().map(|cost| Some((cost? * 100.0).round() as i64)).collect();
    let end = |stay: Span| if stay.to_day == OPEN_DAY { OPEN_DAY } else { stay.to_day + extra };
    let stays = spans(&taken.frame)?.into_iter().zip(pence);
    Ok(stays.filter_map(|(stay, pence)| Some((stay?.from_day, end(stay?), pence))).collect())
}

fn bill(
    stays: &[Priced],
    month: Month,
    (from, to): (Month, Month),
    settled: bool,
) -> CostMonth<f64> {
    let (first, after) = (day_number(from.first_day()), day_number(to.last_day()) + 1);
    let (mut bed_days, mut known, mut pence) = (0_i64, 0_i64, 0_i64);
    for (start, end, cost) in stays {
        let nights = i64::from((*end).min(after) - (*start).max(first)).max(0);
        bed_days += nights;
        if let Some(cost) = cost {
            known += nights;
            pence += nights * cost;
        }
    }
    CostMonth {
        month,
        bed_days: whole(bed_days),
        known: whole(known),
        share: (bed_days > 0).then(|| whole(known) / whole(bed_days)),
        pounds: whole(pence) / 100.0,
        settled,
    }
}
