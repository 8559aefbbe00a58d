//! Puts the facts together: which promise is judged, and every number its rows look at.

use super::facts::{Absent, Facts, Milestone, Position, Promise, Season, ToleranceBasis};
use super::misses::Misses;
use super::settling::{Latest, due, latest, settled_value};
use super::spread::{Spread, rules, spread};
use super::targets::{Aim, asked, good_side, governing, in_force, in_its_time, less, level};
use super::variation::{turned, variation};
use super::{Case, FeedFacts, assurance, certainty, change, events, total};
use crate::indicators::Asked;
use crate::indicators::target::{Goal, Target};
use crate::period::Month;
use crate::quality::FeedState;
use crate::series::{Nature, Point};
use crate::statistics::intervals::Confidence;
use crate::statistics::signals::Side;
use crate::statistics::stocks::Persistence;

/// The facts of a series as at one month.
pub(super) fn facts(case: &Case<'_>, feed: &FeedFacts) -> Facts {
    let latest = latest(case.points, due(case.indicator.grain, case.as_at, feed.settles_after));
    let valued = case.points.iter().rposition(|point| settled_value(point).is_some());
    let (t, period) = match latest {
        Latest::Value(t) => (Some(t), Some(t)),
        Latest::NoCases(at) => (None, Some(at)),
        Latest::Absent(_) => (None, valued),
    };
    let month = period.map_or(case.as_at, |at| case.points[at].period.last_month());
    let (promise, target) = promise(case, month);
    let mut facts = Facts { promise, ..Facts::default() };
    // Until a target is in force its date is the one that stands now, which may have moved since t.
    let standing = governing(&case.indicator.targets, case.as_at);
    describe(&mut facts, case, if promise == Promise::Direction { standing } else { target });
    if promise == Promise::Milestone {
        match target.and_then(|target| milestone(target, case.as_at)) {
            Some(Ok(state)) => facts.milestone = Some(state),
            Some(Err(not_said)) => facts.absent = not_reportable(case).or(Some(not_said)),
            None => {}
        }
        return facts;
    }
    facts.absent = absent(case, feed, &latest);
    facts.no_cases = matches!(latest, Latest::NoCases(_));
    if let Some(at) = period {
        record(&mut facts, case, at);
    }
    if matches!(promise, Promise::Never | Promise::Zero) {
        let allowance = target.and_then(|target| target.allowance);
        facts.events = Some(events::events(case, t.or(valued), allowance, feed.newly_reported));
    }
    let Some(t) = t.filter(|_| facts.absent.is_none()) else { return facts };
    match (promise, target) {
        (Promise::Never | Promise::Zero | Promise::Numeric, Some(target)) => {
            numeric(&mut facts, case, t, target);
        }
        (Promise::YearTotal, Some(Target { goal: Goal::YearTotal { at_least, profile }, .. })) => {
            let (total, unclear) = total::total(case, t, (*at_least, profile));
            facts.total = Some(total);
            facts.absent = unclear;
        }
        (Promise::Direction, target) => direction(&mut facts, case, t, target),
        _ => {}
    }
    facts
}

/// Which rows judge a month, and the target behind them.
///
/// A target that is not set or not in force yet, or whose baseline is unknown, leaves a direction;
/// a direction without a good side is watched only, and so is an indicator without any target.
/// Milestones do not wait for figures: they are judged at the as-at month.
pub(super) fn promise<'a>(case: &Case<'a>, month: Month) -> (Promise, Option<&'a Target>) {
    let targets = &case.indicator.targets;
    if let Some(target) = governing(targets, case.as_at)
        && matches!(target.goal, Goal::Milestone { .. })
    {
        return (Promise::Milestone, Some(target));
    }
    let target = governing(targets, month);
    let direction = match good_side(target.map(|target| &target.goal), case.indicator.better) {
        Some(_) if !targets.is_empty() => Promise::Direction,
        _ => Promise::Monitor,
    };
    let Some(target) = target else { return (direction, None) };
    let base = case.base.as_ref();
    let promise = match &target.goal {
        Goal::Monitor => Promise::Monitor,
        _ if !in_force(target, base, month) => direction,
        Goal::Never => Promise::Never,
        Goal::YearTotal { .. } => Promise::YearTotal,
        Goal::Direction | Goal::Milestone { .. } => direction,
        _ => match asked(target, base, month) {
            Some(aim) if case.nature == Nature::Count && aim == Aim::at_most(0.0) => Promise::Zero,
            Some(_) => Promise::Numeric,
            None => direction,
        },
    };
    (promise, Some(target))
}

fn describe(facts: &mut Facts, case: &Case<'_>, target: Option<&Target>) {
    facts.baseline = case.base.as_ref().map(|base| base.mean);
    facts.running_needed = case.sense.running;
    let Some(target) = target else { return };
    let goal = level(&target.goal, case.base.as_ref());
    facts.goal = match (&target.goal, goal) {
        (Goal::YearTotal { at_least, .. }, _) => Some(*at_least),
        (_, Some(aim)) => aim.most.or(aim.least),
        _ => None,
    };
    facts.target_set = target.set;
    facts.target_from = target.from;
    facts.target_by = target.by;
    facts.target_reference.clone_from(&target.reference);
}

fn record(facts: &mut Facts, case: &Case<'_>, at: usize) {
    let point = &case.points[at];
    facts.period = Some(point.period);
    facts.value = settled_value(point);
    facts.numerator = point.numerator;
    facts.denominator = point.denominator;
    facts.previous = at.checked_sub(1).and_then(|before| settled_value(&case.points[before]));
}

fn milestone(target: &Target, as_at: Month) -> Option<Result<Milestone, Absent>> {
    match target.goal {
        Goal::Milestone { done } => Some(total::milestone(done, target.by, as_at)),
        _ => None,
    }
}

fn not_reportable(case: &Case<'_>) -> Option<Absent> {
    match &case.indicator.asked {
        Asked::NotReportable { why, .. } => Some(Absent::NotReportable(why.clone())),
        Asked::Measured { .. } => None,
    }
}

fn absent(case: &Case<'_>, feed: &FeedFacts, latest: &Latest) -> Option<Absent> {
    if let Some(absent) = not_reportable(case) {
        return Some(absent);
    }
    match (&feed.state, latest) {
        (FeedState::Missing, _) => Some(Absent::FeedMissing),
        (FeedState::Stopped { why }, _) => Some(Absent::FeedStopped(why.clone())),
        (FeedState::Ready, Latest::Absent(absent)) => Some(absent.clone()),
        (FeedState::Ready, _) => None,
    }
}

/// Everything about a number in force.
fn numeric(facts: &mut Facts, case: &Case<'_>, t: usize, target: &Target) {
    let point = &case.points[t];
    let aim_at = |month: Month| asked(target, case.base.as_ref(), month);
    let Some((value, aim)) = settled_value(point).zip(aim_at(point.period.last_month())) else {
        return;
    };
    let Some((edge, bad)) = aim.edge(value) else { return };
    facts.target = Some(edge);
    facts.green_threshold = Some(edge);
    facts.miss = Some(aim.miss(value));
    facts.met_running = met_running(case, t);
    facts.below_one = case.nature == Nature::Count && aim.most.is_some_and(|most| most < 1.0);
    if facts.promise != Promise::Numeric {
        facts.position = Some(position(facts, value));
        return;
    }
    if let Some((least, most)) = point.bounds
        && !aim.holds(least, most)
        && !aim.excludes(least, most)
    {
        facts.absent = Some(Absent::BoundsStraddle { least, most });
    }
    let otherwise = Aim::direction(bad.other());
    let Some(misses) = Misses::of(case, t, Some(target), aim_at, otherwise) else { return };
    let spread = spread(&misses, case.points, case.nature, &case.indicator.charting);
    phase(facts, case, &misses, &spread, bad);
    facts.assurance = assurance::assurance(misses.number(), spread.limits);
    facts.exact = certainty::exact(case.nature, point).map(|i| certainty::certainty(i, &aim));
    facts.pooled = certainty::last_pooled(case, (misses.start, t), aim_at);
    facts.mean_miss = certainty::mean_miss(case, &misses, &spread, t);
    let bound = case.nature == Nature::Proportion && (edge <= 0.0 || edge >= 1.0);
    facts.mean_allowed = target.tolerance.filter(|_| bound).map_or(0.0, f64::abs);
    facts.season = season(case, t, &aim_at, spread.sigma);
    tolerance(facts, target, value, bad);
    facts.position = Some(position(facts, value));
    if case.sense.running == 1 {
        let clear = facts.exact.is_some_and(|e| aim.holds(e.interval.lower, e.interval.upper));
        facts.running_needed = if clear { 1 } else { 3 };
    }
}

/// Everything about a direction: variation, and the change since the baseline.
fn direction(facts: &mut Facts, case: &Case<'_>, t: usize, target: Option<&Target>) {
    let Some(good) = good_side(target.map(|target| &target.goal), case.indicator.better) else {
        return;
    };
    let aim = Aim::direction(good);
    let Some(misses) = Misses::of(case, t, None, |_| Some(aim), aim) else { return };
    let spread = spread(&misses, case.points, case.nature, &case.indicator.charting);
    phase(facts, case, &misses, &spread, good.other());
    facts.change = change::change(case, t, &misses, &spread, good);
}

/// Facts of the phase before *t*; `bad` is the side of the values that is high in the misses.
fn phase(facts: &mut Facts, case: &Case<'_>, misses: &Misses, spread: &Spread, bad: Side) {
    facts.phase_points = misses.number();
    facts.phase_start = case.points.get(misses.start).map(|point| point.period);
    facts.mean = spread.limits.map(|limits| limits.mean);
    facts.sigma = spread.sigma;
    facts.sigma_basis = spread.basis;
    let lines = spread.limits.and_then(|limits| limits.lines);
    facts.lower_limit = lines.map(|lines| lines.lower);
    facts.upper_limit = lines.map(|lines| lines.upper);
    facts.kind = Some(spread.kind);
    facts.laney = spread.process.and_then(|process| process.laney());
    facts.persistence = spread.persistence.map(Persistence::r);
    let rules = rules(&case.indicator.charting);
    let seen = variation(misses, spread, rules, case.sense.year);
    facts.variation = seen.variation;
    facts.signal =
        seen.signal.map(|signal| if bad == Side::High { signal } else { turned(signal) });
    facts.signal_run = seen.run;
    facts.fresh = seen.fresh;
}

/// The plan's tolerance, else one sigma, else the distance to the exact interval's end that faces
/// the target, else none.
fn tolerance(facts: &mut Facts, target: &Target, value: f64, bad: Side) {
    let facing = facts.exact.map(|exact| match bad {
        Side::High => value - exact.interval.lower,
        Side::Low => exact.interval.upper - value,
    });
    let (tolerance, basis) = match (target.tolerance, facts.sigma, facing) {
        (Some(stated), ..) => (Some(stated.abs()), ToleranceBasis::Plan),
        (None, Some(sigma), _) => (Some(sigma), facts.sigma_basis),
        (None, None, Some(facing)) => (Some(facing), ToleranceBasis::Interval),
        (None, None, None) => (None, ToleranceBasis::None),
    };
    facts.tolerance = tolerance;
    facts.tolerance_basis = basis;
    facts.red_threshold = facts.target.zip(tolerance).map(|(target, tolerance)| match bad {
        Side::High => target + tolerance,
        Side::Low => target - tolerance,
    });
}

/// Met at a miss of 0, near up to the tolerance, both without regard to rounding.
fn position(facts: &Facts, value: f64) -> Position {
    let (miss, tolerance) = (facts.miss.unwrap_or(0.0), facts.tolerance.unwrap_or(0.0));
    // The scale of what was subtracted: 0.92 − 0.90 is near where the tolerance is 0.02.
    let scale = value.abs().max(facts.target.unwrap_or(0.0).abs());
    if miss <= 0.0 {
        Position::Met
    } else if less(scale + miss, scale + tolerance) <= 0.0 {
        Position::Near
    } else {
        Position::Missed
    }
}

/// Periods running, *t* the last, that met the target in force in their own time. A gap ends them,
/// a rebase does not.
fn met_running(case: &Case<'_>, t: usize) -> usize {
    let met = |point: &Point| {
        let aim =
            in_its_time(&case.indicator.targets, case.base.as_ref(), point.period.last_month());
        settled_value(point).zip(aim).is_some_and(|(value, aim)| aim.miss(value) <= 0.0)
    };
    case.points[..=t].iter().rev().take_while(|point| met(point)).count()
}

/// *t* against the same period of last year, where the indicator has a season and its values
/// reach back 24 months.
fn season(
    case: &Case<'_>,
    t: usize,
    aim_at: &impl Fn(Month) -> Option<Aim>,
    sigma: Option<f64>,
) -> Option<Season> {
    let before = case.points[t].period.year_before();
    let first = case.points.iter().find(|point| settled_value(point).is_some())?;
    let reaches = case.points[t].period.last_month().since(first.period.first_month()) + 1;
    if !case.indicator.season || reaches < 24 {
        return None;
    }
    let miss = |point: &Point| Some(aim_at(point.period.last_month())?.miss(settled_value(point)?));
    let last_year = case.points[..t].iter().find(|point| point.period == before);
    let worse_by =
        last_year.and_then(miss).zip(miss(&case.points[t])).map(|(then, now)| now - then);
    let needed = sigma.map(|sigma| Confidence::NINETY_FIVE.z() * std::f64::consts::SQRT_2 * sigma);
    Some(Season { worse_by, needed })
}

/// Whether the baseline is ours and something rests on it.
pub(super) fn rests_on_own_baseline(case: &Case<'_>, facts: &Facts) -> bool {
    let own = case.base.as_ref().is_some_and(|base| base.own);
    let relative = case.indicator.targets.iter().any(|target| {
        matches!(target.goal, Goal::ReduceBy(_) | Goal::IncreaseBy(_))
            || target.path == crate::indicators::target::Path::Straight
    });
    own && (facts.promise == Promise::Direction || relative)
}

/// Whether the rows that judge a process by its spread were looked at, so that a short phase
/// matters.
pub(super) fn rests_on_spread(facts: &Facts) -> bool {
    matches!(facts.promise, Promise::Numeric | Promise::Direction)
        && facts.absent.is_none()
        && facts.value.is_some()
}
