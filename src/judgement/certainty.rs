//! Whether chance could explain a miss: exact intervals of counts and proportions, and the mean of
//! many misses.

use super::Case;
use super::baseline::{pooled, whole};
use super::facts::{Certainty, MeanMiss};
use super::kind::Kind;
use super::misses::Misses;
use super::rating::{ENOUGH_POINTS, FEWEST_FOR_MEAN};
use super::settling::settled_value;
use super::spread::{Process, Spread, size};
use super::targets::Aim;
use crate::period::Month;
use crate::series::{Nature, Point, Series};
use crate::statistics::intervals::{Confidence, Interval, Method, events, proportion};
use crate::statistics::limits::laney::{Laney, rate_variance, share_variance};
use crate::statistics::{quantiles, sums};

/// Exact 95 % interval of one figure: Poisson for counts and rates, Clopper-Pearson for proportions
/// with their events and cases; `None` for anything else.
pub(super) fn exact(nature: Nature, point: &Point) -> Option<Interval> {
    match nature {
        Nature::Count => events::exact(settled_value(point)?, Confidence::NINETY_FIVE),
        Nature::Proportion => proportion::exact(
            whole(point.numerator?),
            whole(point.denominator?),
            Confidence::NINETY_FIVE,
        ),
        Nature::Rate { per } => {
            let exposure = whole(point.denominator?);
            let counted = events::exact(whole(point.numerator?), Confidence::NINETY_FIVE)?;
            (exposure > 0.0).then(|| counted.times(f64::from(per) / exposure))
        }
        Nature::Continuous | Nature::Stock => None,
    }
}

/// The 95 % interval shown beside each point: for counts Byar's, exact below 10 events, as OHID
/// publishes them; for rates the same; for proportions Wilson's; none for anything else, nor where there is no value.
pub(super) fn intervals(series: &Series) -> Vec<Option<Interval>> {
    let one = |point: &Point| match series.nature {
        Nature::Count => events::rate(point.value?, 1.0, Confidence::NINETY_FIVE),
        Nature::Proportion => proportion::wilson(
            whole(point.numerator?),
            whole(point.denominator?),
            Confidence::NINETY_FIVE,
        ),
        Nature::Rate { per } => events::rate(
            whole(point.numerator?),
            whole(point.denominator?),
            Confidence::NINETY_FIVE,
        )
        .map(|interval| interval.times(f64::from(per))),
        Nature::Continuous | Nature::Stock => None,
    };
    series.points.iter().map(one).collect()
}

/// An interval against what is allowed.
pub(super) fn certainty(interval: Interval, aim: &Aim) -> Certainty {
    Certainty { interval, excludes: aim.excludes(interval.lower, interval.upper) }
}

/// The exact interval of the last `running` values of the phase together, as one period's mean,
/// against the mean of what was asked of them; `None` where there are fewer.
pub(super) fn last_pooled(
    case: &Case<'_>,
    (start, t): (usize, usize),
    aim: impl Fn(Month) -> Option<Aim>,
) -> Option<Certainty> {
    let reported = |at: &usize| settled_value(&case.points[*at]).is_some();
    let last: Vec<usize> = (start..=t).rev().filter(reported).take(case.sense.running).collect();
    if last.len() < case.sense.running {
        return None;
    }
    let number = sums::count(last.len());
    let interval = match case.nature {
        Nature::Count => {
            let values: Vec<f64> =
                last.iter().filter_map(|at| settled_value(&case.points[*at])).collect();
            events::exact(sums::sum(&values), Confidence::NINETY_FIVE)?.times(1.0 / number)
        }
        Nature::Proportion => {
            let (events, cases) = pooled(case.points, &last)?;
            proportion::exact(events, cases, Confidence::NINETY_FIVE)?
        }
        Nature::Rate { per } => {
            let (events, exposure) = pooled(case.points, &last)?;
            let counted = events::exact(events, Confidence::NINETY_FIVE)?;
            counted.times(f64::from(per) / exposure)
        }
        Nature::Continuous | Nature::Stock => return None,
    };
    let aims: Vec<Aim> =
        last.iter().map(|at| aim(case.points[*at].period.last_month())).collect::<Option<_>>()?;
    let mean = |end: fn(&Aim) -> Option<f64>| {
        sums::mean(&aims.iter().map(end).collect::<Option<Vec<f64>>>()?)
    };
    let asked = Aim { least: mean(|aim| aim.least), most: mean(|aim| aim.most) };
    Some(certainty(interval, &asked))
}

/// Mean miss of the latest 12 points with its 95 % interval, the points ending with *t*; with
/// fewer than 12 before *t*, of all the phase's points, if there are 3 or more before *t*.
///
/// The spread never rests on *t*, so that a better *t* can only lower both ends:
///
/// - 12 points or more: sigma of the points before *t* (mean moving range / 1.128, which a step or a
///   drift hardly moves), but at least their counting error (√mean for counts, √(p(1 − p)/n) for
///   proportions, as in rows D2–D4), divided by √12. The factor is the normal 1.96, as in rows D2–D4:
///   simulated (`benches/chance.csv`), 3 % of months are red exactly on target and 80 % one sigma
///   worse. Student's 2.20, for a sigma that is an estimate, would give 2 % and 75 %.
/// - 12 points or more of shares, rates and rare events: the mean of all cases together, and Laney's
///   sigma of as many cases.
/// - fewer: the standard deviation of the points before *t*, Student's t with one degree of freedom
///   fewer than they are. The mean of those points and *t* is independent of that deviation, so
///   the interval is exact for independent normal values.
///
/// Stocks: the standard error is multiplied by √((1 + r)/(1 − r)).
pub(super) fn mean_miss(
    case: &Case<'_>,
    misses: &Misses,
    spread: &Spread,
    t: usize,
) -> Option<MeanMiss> {
    let before: Vec<f64> = misses.before.iter().copied().flatten().collect();
    if before.len() >= ENOUGH_POINTS
        && let Some(Process::Sized(laney)) = spread.process
    {
        return pooled_miss(case, misses, spread.kind, &laney, t);
    }
    let all = misses.reported();
    let (points, sigma, method) = if before.len() >= ENOUGH_POINTS {
        let points = &all[all.len().saturating_sub(case.sense.year)..];
        let counting = counting_error(case.nature, &case.points[misses.start..t]).unwrap_or(0.0);
        let sigma = spread.sigma.or_else(|| sums::deviation(&before))?.max(counting);
        (points, sigma, Method::Normal)
    } else {
        let deviation = sums::deviation(&before).filter(|_| before.len() >= FEWEST_FOR_MEAN)?;
        (all.as_slice(), deviation, Method::StudentT)
    };
    let factor = match method {
        Method::StudentT => quantiles::student_beyond(
            sums::count(before.len() - 1),
            2.0 * Confidence::NINETY_FIVE.tail(),
        ),
        _ => Confidence::NINETY_FIVE.z(),
    };
    let mean = sums::mean(points)?;
    let error = spread.mean_factor() * sigma / sums::count(points.len()).sqrt();
    let half = factor * error;
    let interval = Interval { lower: mean - half, upper: mean + half, method };
    Some(MeanMiss { points: points.len(), cases: None, mean, sigma, error, factor, interval })
}

/// The mean miss of the latest points, each as often as it has cases.
fn pooled_miss(
    case: &Case<'_>,
    misses: &Misses,
    kind: Kind,
    laney: &Laney,
    t: usize,
) -> Option<MeanMiss> {
    let all = misses.all();
    let with_cases = |at: usize| {
        let size = size(&case.points[at], kind).filter(|size| *size > 0.0)?;
        Some((all[at - misses.start]?, size))
    };
    let latest: Vec<(f64, f64)> =
        (misses.start..=t).rev().filter_map(with_cases).take(case.sense.year).collect();
    let weighted: Vec<f64> = latest.iter().map(|(miss, size)| miss * size).collect();
    let cases = sums::sum(&latest.iter().map(|(_, size)| *size).collect::<Vec<f64>>());
    let mean = (cases > 0.0).then(|| sums::sum(&weighted) / cases)?;
    let before = &case.points[misses.start..t];
    let laney = Laney { unit_sigma: unit_sigma(laney, case.nature, before), ..*laney };
    let (sigma, error) = (laney.sigma(1.0), laney.sigma(cases));
    let factor = Confidence::NINETY_FIVE.z();
    let half = factor * error;
    let interval = Interval { lower: mean - half, upper: mean + half, method: Method::Normal };
    let cases = Some(cases);
    Some(MeanMiss { points: latest.len(), cases, mean, sigma, error, factor, interval })
}

/// Sigma of one case. Where the periods before hold no event, or nothing but events, the law has no
/// spread, and half an event (half a case without one) is added to all of them together (Jeffreys):
/// that none was seen does not make one impossible.
fn unit_sigma(laney: &Laney, nature: Nature, before: &[Point]) -> f64 {
    if laney.unit_sigma > 0.0 {
        return laney.unit_sigma;
    }
    let settled: Vec<usize> =
        (0..before.len()).filter(|at| settled_value(&before[*at]).is_some()).collect();
    let of_all = pooled(before, &settled);
    let variance = match (nature, of_all) {
        (Nature::Proportion, Some((events, cases))) => {
            share_variance((events + 0.5) / (cases + 1.0))
        }
        (Nature::Rate { per }, Some((_, exposure))) => {
            rate_variance(f64::from(per) * 0.5 / exposure, f64::from(per))
        }
        _ => 0.5 / sums::count(settled.len().max(1)),
    };
    variance.sqrt()
}

/// The counting error of one of several periods that hold no event (or nothing but events): such
/// that 1.96 standard errors of their mean reach to the upper end of the exact interval of none, in
/// figures of which one event makes `unit`.
fn of_none(unit: f64, periods: usize) -> Option<f64> {
    let exact = events::exact(0.0, Confidence::NINETY_FIVE)?.upper;
    let root = sums::count(periods.max(1)).sqrt();
    Some(unit * exact / root / Confidence::NINETY_FIVE.z())
}

/// One period's counting error over some points: what chance alone does to a count or a share.
/// `None` for other figures, or where events and cases are not known.
pub(super) fn counting_error(nature: Nature, points: &[Point]) -> Option<f64> {
    let positions: Vec<usize> =
        (0..points.len()).filter(|at| settled_value(&points[*at]).is_some()).collect();
    match nature {
        Nature::Count => {
            let values: Vec<f64> = points.iter().filter_map(settled_value).collect();
            let mean = sums::mean(&values)?;
            if mean > 0.0 { Some(mean.sqrt()) } else { of_none(1.0, positions.len()) }
        }
        Nature::Proportion => {
            let (events, cases) = pooled(points, &positions)?;
            let share = (events / cases).clamp(0.0, 1.0);
            let cases_each = cases / sums::count(positions.len());
            let error = (share * (1.0 - share) / cases_each).sqrt();
            if error > 0.0 { Some(error) } else { of_none(1.0 / cases_each, positions.len()) }
        }
        Nature::Rate { per } => {
            let (events, exposure) = pooled(points, &positions)?;
            let exposure_each = exposure / sums::count(positions.len());
            let rate = f64::from(per) * events / exposure;
            let error = (rate * f64::from(per) / exposure_each).sqrt();
            let unit = f64::from(per) / exposure_each;
            if error > 0.0 { Some(error) } else { of_none(unit, positions.len()) }
        }
        Nature::Continuous | Nature::Stock => None,
    }
}
