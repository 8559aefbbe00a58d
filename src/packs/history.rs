//! What became of each target that was ever set: what was to be expected then, and what came.

use super::gather::Gather;
use crate::disclosure::sections::{Expected, Promise};
use crate::indicators::target::{Goal, Target};
use crate::indicators::{Indicator, Plan};
use crate::judgement::Finding;
use crate::period::{Month, Period};
use crate::series::{Point, Status};

/// The dated targets of an indicator in the order in which they were set.
///
/// For one that was set in a known month before it was due the forecast is made as it could have been
/// made then: from the periods that had settled when the month in which it was set had. The records
/// are those of today, so that what was corrected since is seen already. A target whose date has not
/// settled yet has the forecast of today instead.
pub(super) fn promises(gather: &Gather<'_>, indicator: &Indicator) -> Vec<Promise<f64>> {
    let dated = indicator.targets.iter().filter_map(|target| Some((target, target.by?)));
    let known = dated.filter_map(|(target, by)| Some((target, by, number(&target.goal)?)));
    let known: Vec<(&Target, Month, f64)> = known.collect();
    let today = if known.is_empty() { None } else { assessed(gather, indicator) };
    known
        .into_iter()
        .map(|(target, by, goal)| promise(gather, indicator, today.as_ref(), (target, by, goal)))
        .collect()
}

/// The number of a goal that is one.
fn number(goal: &Goal) -> Option<f64> {
    match goal {
        Goal::AtMost(value) | Goal::AtLeast(value) => Some(*value),
        _ => None,
    }
}

/// The indicator as it stands, without its parts.
fn assessed(gather: &Gather<'_>, indicator: &Indicator) -> Option<Finding> {
    let indicator = Indicator { splits: Vec::new(), ..indicator.clone() };
    let plan = Plan { indicators: vec![indicator], ..gather.plan.clone() };
    // what is wrong with the indicator is told where it is shown
    gather.workspace.assess(gather.opened, &plan, gather.as_at).0.into_iter().next()
}

fn promise(
    gather: &Gather<'_>,
    indicator: &Indicator,
    today: Option<&Finding>,
    (target, by, goal): (&Target, Month, f64),
) -> Promise<f64> {
    let due = Period::of(indicator.grain, by);
    let settled = |wanted: Period| {
        let points = today.into_iter().flat_map(|finding| &finding.series.points);
        let mut points = points.filter(|point| point.status == Status::Final);
        let point: &Point = points.find(|point| point.period == wanted)?;
        Some((wanted, point.value?))
    };
    let came = settled(due);
    let set = target.set;
    let then = set.map(|set| Period::of(indicator.grain, set)).and_then(settled);
    let settles = gather.workspace.measure_of(indicator).and_then(|measure| {
        let contract = gather.workspace.contracts.get(&measure.feed)?;
        i32::try_from(contract.settles_after).ok()
    });
    let from = match (came, set) {
        (None, _) => Some(gather.as_at),
        (Some(_), Some(set)) if set < by => Some(set.plus(settles.unwrap_or(1))),
        _ => None,
    };
    let judged = today
        .zip(from)
        .map(|(today, from)| gather.workspace.judged_then(gather.opened, today, target, from));
    Promise {
        target: goal,
        set,
        by,
        reference: target.reference.clone(),
        then,
        expected: judged.as_ref().and_then(|finding| expected(finding, due)),
        met: came.map(|(_, value)| match target.goal {
            Goal::AtLeast(least) => value >= least,
            _ => value <= goal,
        }),
        came,
    }
}

/// What a finding expects of a period.
fn expected(finding: &Finding, due: Period) -> Option<Expected<f64>> {
    let course = finding.outlook.as_ref()?.course.as_ref().ok()?;
    let (_, ahead) = course.ahead.iter().find(|(period, _)| *period == due)?;
    let goal = course.goal.filter(|_| course.dated);
    Some(Expected {
        median: ahead.median,
        eighty: (ahead.eighty.lower, ahead.eighty.upper),
        probability: goal.map(|goal| goal.probability),
        required: goal.and_then(|goal| goal.required),
    })
}
