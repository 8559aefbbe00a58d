//! What is to be expected: forecast, distance from the plan, and whether the target will be met.

use super::Case;
use super::facts::{Facts, Promise};
use super::misses::phase_starts;
use super::settling::settled_value;
use super::targets::{Aim, asked, governing, in_its_time, level, straight};
use crate::indicators::target::{Goal, Target};
use crate::period::{Grain, Month, Period};
use crate::series::{Nature, Point};
use crate::statistics::forecast::{self, Ahead, Backtest, Band, Because, Forecast, Model, Refusal};
use crate::statistics::trajectory::{self, Gap};

/// Periods further ahead than this are not forecast: five years of months, a year of weeks.
const FURTHEST: i32 = 60;

/// Latest periods whose cases say how many to expect.
const CASES_OF: usize = 12;

/// What is to be expected of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The first period of the phase that it rests on.
    pub since: Period,
    /// The forecast, or why there is none.
    pub course: Result<Course, Refusal>,
    /// How far the values are from the plan's line, or from ours where the plan has none.
    pub gap: Option<Gap>,
    /// Sums of gaps mean something: the values are counts.
    pub adds_up: bool,
    /// The gap is to the plan's own line or level, not to ours.
    pub judged: bool,
}

/// A forecast and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The line that leads.
    pub model: Model,
    /// Its weight among the lines.
    pub weight: f64,
    /// Why it leads.
    pub because: Because,
    /// The lines that were averaged, with their weights.
    pub lines: Vec<(f64, Model)>,
    /// Settled values that it rests on.
    pub points: usize,
    /// Where the process is in the latest settled period.
    pub level: f64,
    /// Every period from the one after the latest settled to the last that is asked for.
    pub ahead: Vec<(Period, Ahead)>,
    /// The last of them is the one that the target is to be reached by.
    pub dated: bool,
    /// What is aimed at in the last of them.
    pub goal: Option<Chance>,
    /// How good such forecasts of this series were.
    pub backtest: Option<Backtest>,
}

/// The chance of meeting a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The target, or the end of a range that the process is nearer to.
    pub target: f64,
    /// The probability of meeting it in the last period of the forecast.
    pub probability: f64,
    /// What that means.
    pub outlook: trajectory::Outlook,
    /// The change each period from here that meets it; `None` when the process already does.
    pub required: Option<f64>,
}

/// The outlook at the latest settled period; `None` where nothing can be expected of figures: no
/// settled value, never events, milestones, and a year's total, which is judged by its profile.
///
/// Only settled values since the last rebase are looked at, and none where the last rebase is
/// later than they are. The forecast reaches to the period by which the standing target is to be
/// met, else half a year of periods ahead (one of years). A probability is of the value in that
/// last period: of a target without a date, of one period half a year ahead.
pub(super) fn outlook(case: &Case<'_>, facts: &Facts) -> Option<Outlook> {
    let forecast = matches!(
        facts.promise,
        Promise::Numeric | Promise::Zero | Promise::Direction | Promise::Monitor
    );
    if !forecast || facts.absent.is_some() || facts.value.is_none() {
        return None;
    }
    let t = case.points.iter().position(|point| Some(point.period) == facts.period)?;
    let rebases = case.indicator.rebases.iter().map(|rebase| rebase.from);
    let phase = phase_starts(case.points, rebases).last().copied().unwrap_or(0);
    let start = phase.max((t + 1).saturating_sub(window(case)));
    let target = governing(&case.indicator.targets, case.as_at);
    let (gap, judged) = gap(case, t, target);
    Some(Outlook {
        since: case.points[start].period,
        course: course(case, (phase, start, t), target),
        gap,
        adds_up: case.nature == Nature::Count,
        judged,
    })
}

fn course(
    case: &Case<'_>,
    (phase, start, t): (usize, usize, usize),
    target: Option<&Target>,
) -> Result<Course, Refusal> {
    let points = case.points.get(phase..=t).unwrap_or_default();
    let values: Vec<Option<f64>> = points.iter().map(settled_value).collect();
    let cases: Vec<Option<f64>> = points.iter().map(cases).collect();
    let recent = start - phase;
    let forecast = forecast::forecast(&values[recent..], nature(case.nature, &cases[recent..]))?;
    let period = case.points[t].period;
    let by = target.and_then(|target| target.by).and_then(|by| horizon(period, by));
    let usual = usize::try_from(per_year(case) / 2).unwrap_or(1).max(1);
    let last = by.unwrap_or(usual);
    let steps = 1..=last;
    let backtest =
        forecast::backtest(&values, nature(case.nature, &cases), last.min(usual), window(case));
    let widen = backtest.map_or(1.0, |test| test.widen);
    let whole = case.nature == Nature::Count;
    let most = if case.nature == Nature::Proportion { 1.0 } else { f64::INFINITY };
    let ahead: Vec<(Period, Ahead)> = steps
        .map(|step| {
            let ahead = widened(forecast.ahead(step), widen, whole, most);
            (period.plus(i32::try_from(step).unwrap_or(FURTHEST)), ahead)
        })
        .collect();
    let goal = target
        .zip(ahead.last())
        .and_then(|(target, last)| goal(case, target, last, &forecast, (ahead.len(), widen)));
    Ok(Course {
        model: forecast.model,
        weight: forecast.weight,
        because: forecast.because,
        lines: forecast.lines(),
        points: forecast.points,
        level: forecast.level(),
        ahead,
        dated: by.is_some(),
        goal,
        backtest,
    })
}

/// Periods from one to that which holds a month (of weeks, its last day), where it is ahead and not
/// too far.
fn horizon(from: Period, by: Month) -> Option<usize> {
    let periods = Period::of(from.grain, by).since(from);
    usize::try_from(periods).ok().filter(|_| (1..=FURTHEST).contains(&periods))
}

fn nature(of: Nature, cases: &[Option<f64>]) -> forecast::Nature<'_> {
    match of {
        Nature::Count => forecast::Nature::Counts,
        Nature::Continuous | Nature::Rate { .. } => forecast::Nature::Measured,
        Nature::Stock => forecast::Nature::Stock,
        Nature::Proportion => {
            let latest: Vec<f64> = cases.iter().rev().flatten().take(CASES_OF).copied().collect();
            let expected = crate::statistics::sums::mean(&latest).unwrap_or(0.0);
            forecast::Nature::Shares { cases, expected }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "cases lie far below 2^52")]
fn cases(point: &Point) -> Option<f64> {
    point.denominator.filter(|cases| *cases > 0).map(|cases| cases as f64)
}

/// The chance of meeting what a target asks of the last period of a forecast.
fn goal(
    case: &Case<'_>,
    target: &Target,
    (period, ahead): &(Period, Ahead),
    forecast: &Forecast,
    (steps, widen): (usize, f64),
) -> Option<Chance> {
    let base = case.base.as_ref();
    let aim = match target.goal {
        Goal::Never | Goal::YearTotal { .. } | Goal::Milestone { .. } => return None,
        _ => asked(target, base, period.last_month()).or_else(|| level(&target.goal, base))?,
    };
    let month = probability(ahead, aim, widen);
    let rare = case.nature == Nature::Count && aim.most.is_some_and(|most| most < 1.0);
    if rare && aim.most.is_some_and(|most| most > 0.0) {
        // A month without an event meets it whatever the process does: no single month can tell.
        return None;
    }
    // As the table has it: a count is at 0 when a year is without one.
    let probability = if rare { libm::pow(month, f64::from(per_year(case))) } else { month };
    let here = forecast.level();
    let (edge, _) = aim.edge(here)?;
    let required = || trajectory::required_change(here, edge, u32::try_from(steps).ok()?);
    Some(Chance {
        target: edge,
        probability,
        outlook: trajectory::Outlook::of(probability),
        required: if aim.miss(here) > 0.0 { required() } else { None },
    })
}

/// The periods that a forecast rests on: a year of weeks, two of months, 12 quarters or years. What
/// came before says little about how the process goes on.
fn window(case: &Case<'_>) -> usize {
    match case.indicator.grain {
        Grain::Day | Grain::Week => 52,
        Grain::Month => 24,
        Grain::Quarter | Grain::FinancialYear | Grain::CalendarYear => 12,
    }
}

fn per_year(case: &Case<'_>) -> u32 {
    case.indicator.grain.per_year()
}

/// A forecast whose bands are so many times wider about its median, held to what values can be.
fn widened(ahead: Ahead, times: f64, whole: bool, most: f64) -> Ahead {
    if times <= 1.0 {
        return ahead;
    }
    let median = ahead.median;
    let least = if ahead.ninety_five.lower < 0.0 { f64::NEG_INFINITY } else { 0.0 };
    let out = |band: Band| {
        let lower = median + (band.lower - median) * times;
        let upper = median + (band.upper - median) * times;
        let (lower, upper) = if whole { (lower.floor(), upper.ceil()) } else { (lower, upper) };
        Band { lower: lower.max(least), upper: upper.min(most) }
    };
    Ahead { eighty: out(ahead.eighty), ninety_five: out(ahead.ninety_five), ..ahead }
}

/// The probability of what is asked, under the law as wide as the bands are drawn.
fn probability(ahead: &Ahead, aim: Aim, widen: f64) -> f64 {
    let inside = |level: f64| ahead.median + (level - ahead.median) / widen;
    let below = aim.most.map_or(1.0, |most| ahead.law.at_or_below(inside(most)));
    let above = aim.least.map_or(1.0, |least| ahead.law.at_or_above(inside(least)));
    (below + above - 1.0).clamp(0.0, 1.0)
}

/// The distance to the plan up to *t*, and whether the plan is the plan's own.
///
/// On a way each settled period is held against its value on it; else against the level that was
/// in force. Where the plan gives an end date only, against our straight line.
fn gap(case: &Case<'_>, t: usize, target: Option<&Target>) -> (Option<Gap>, bool) {
    let targets = &case.indicator.targets;
    let base = case.base.as_ref();
    let actual: Vec<Option<f64>> = case.points[..=t].iter().map(settled_value).collect();
    let planned: Vec<Option<f64>> = case.points[..=t]
        .iter()
        .map(|point| {
            let aim = in_its_time(targets, base, point.period.last_month())?;
            Some(aim.edge(settled_value(point)?)?.0)
        })
        .collect();
    if planned.iter().any(Option::is_some) {
        return (trajectory::gap(&actual, &planned), true);
    }
    let ours = target.and_then(|target| {
        let aim = level(&target.goal, base)?;
        let goal = if aim.least.is_some() { aim.least } else { aim.most };
        Some(straight(target, base, goal?))
    });
    let way = ours.unwrap_or_default();
    let planned: Vec<Option<f64>> =
        case.points[..=t].iter().map(|point| on(&way, point.period.last_month())).collect();
    (trajectory::gap(&actual, &planned), false)
}

/// The value of a straight line of two points in a month after its beginning and up to its end.
fn on(way: &[(Month, f64)], month: Month) -> Option<f64> {
    let [(from, start), (to, end)] = *way else { return None };
    let share = f64::from(month.since(from)) / f64::from(to.since(from));
    (share > 0.0 && share <= 1.0).then_some(start + (end - start) * share)
}
