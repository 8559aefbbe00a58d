//! What a plan asks: replaced targets, lines to a target, directions, yearly totals, milestones.

use concordat::indicators::baseline::Baseline;
use concordat::indicators::target::{Done, Goal, Target};
use concordat::indicators::{Better, Indicator};

use super::super::super::build::{indicator, target};
use super::super::asked::{at, direction, goal, line, replaced};
use super::super::law::Law;
use super::super::world::{Plain, World};

const SIGMA: f64 = 5.0;

/// The target moves at the start of the third year.
pub(super) fn replaced_targets() -> Vec<World> {
    let world = |truth, old, new| {
        let asked = replaced(old, new, 24);
        World::new(("replaced targets", truth), asked, Law::Normal(SIGMA), |_| 50.0)
    };
    vec![
        world("on the old target, tightened by one sigma", 50.0, 45.0),
        world("on the old target, tightened by two sigma", 50.0, 40.0),
        world("on the old target, loosened by one sigma", 50.0, 55.0),
        world("one sigma worse than the old target, loosened to where it is", 45.0, 50.0),
    ]
}

/// From 60 over the first year straight down to 40 three years later: four sigma.
pub(super) fn lines() -> Vec<World> {
    let plan = |at: usize, pace: f64| {
        let months = (at as f64 - 11.0).clamp(0.0, 36.0);
        60.0 - 20.0 * pace * months / 36.0
    };
    let world = |truth, level: Box<dyn Fn(usize) -> f64 + Send + Sync>| {
        World::new(("plan lines", truth), line(40.0, 47), Law::Normal(SIGMA), level)
    };
    vec![
        world("60 to 40 in three years, kept", Box::new(move |at| plan(at, 1.0))).judged(12..48),
        world("reached a year early", Box::new(move |at| plan(at, 1.5).max(40.0))).judged(12..48),
        world(
            "stalled half way, the year and a half after",
            Box::new(move |at| plan(at.min(29), 1.0)),
        )
        .judged(30..48)
        .worsens(),
        world("stalled at the start, the first year", Box::new(|_| 60.0)).judged(12..24).worsens(),
        world("stalled at the start, the second year", Box::new(|_| 60.0)).judged(24..36),
        world("falling at half speed, all three years", Box::new(move |at| plan(at, 0.5)))
            .judged(12..48)
            .worsens(),
        world("falling at half speed, the third year", Box::new(move |at| plan(at, 0.5)))
            .judged(36..48),
    ]
}

/// Better than the first year; the third is judged.
pub(super) fn directions() -> Vec<World> {
    let stated = || Some(Baseline::Months { from: at(0), to: at(11) });
    let world = |truth, baseline, changed: usize, sigmas: f64| {
        let level = move |at| if at < changed { 50.0 } else { 50.0 + sigmas * SIGMA };
        World::new(("directions", truth), direction(baseline), Law::Normal(SIGMA), level)
            .against(Plain::Baseline)
    };
    vec![
        world("unchanged, our own baseline", None, 12, 0.0),
        world("half a sigma better for a year, our own baseline", None, 12, -0.5),
        world("one sigma better for a year, our own baseline", None, 12, -1.0),
        world("half a sigma worse for a year, our own baseline", None, 12, 0.5),
        world("one sigma worse for a year, our own baseline", None, 12, 1.0),
        world("one sigma worse from now on, our own baseline", None, 24, 1.0).worsens(),
        world("two sigma worse from now on, our own baseline", None, 24, 2.0).worsens(),
        world("unchanged, baseline months stated", stated(), 12, 0.0),
        world("unchanged, the first year after the baseline", stated(), 12, 0.0).judged(12..24),
        world("one sigma worse from the baseline on, its first year", stated(), 12, 1.0)
            .judged(12..24)
            .worsens(),
        world("unchanged, a printed baseline", Some(Baseline::Value(50.0)), 12, 0.0),
        world(
            "one sigma worse for a year, a printed baseline",
            Some(Baseline::Value(50.0)),
            12,
            1.0,
        ),
    ]
}

/// At least 120 in the financial year, 10 a month: April to March is judged.
pub(super) fn totals() -> Vec<World> {
    let world = |truth, share: f64| {
        let asked = Indicator {
            better: Better::Higher,
            ..goal(Goal::YearTotal { at_least: 120.0, profile: vec![] })
        };
        World::new(("yearly totals", truth), asked, Law::Poisson, move |_| 10.0 * share)
            .judged(15..27)
            .against(Plain::Total)
    };
    vec![
        world("at least 120 a year, truly on the profile", 1.0),
        world("truly 10% above", 1.1),
        world("truly 10% below", 0.9).worsens(),
        world("truly 20% below", 0.8).worsens(),
    ]
}

/// No chance in them: due in the sixth of twelve months.
pub(super) fn milestones() -> Vec<World> {
    let world = |truth, done: Option<usize>| {
        let done = done.map_or(Done::No, |month| Done::In(at(month)));
        let promised = Target { by: Some(at(30)), ..target(Goal::Milestone { done }) };
        let asked = indicator(Better::Lower, vec![promised]);
        World::new(("milestones", truth), asked, Law::Normal(SIGMA), |_| 0.0).against(Plain::Date)
    };
    let late = |world: World| World { worse_from: Some(30), ..world };
    vec![
        world("done in the month it is due (no chance in it)", Some(30)),
        late(world("done three months late (no chance in it)", Some(33))),
        late(world("not done (no chance in it)", None)),
    ]
}
