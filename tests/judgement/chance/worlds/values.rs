//! Single values: independent, with a season, with gaps, and levels that carry over.

use concordat::indicators::Indicator;

use super::super::asked::{at_least, at_most, rebased};
use super::super::law::Law;
use super::super::world::World;

/// The target, and one sigma.
const TARGET: f64 = 50.0;
const SIGMA: f64 = 5.0;

/// A level some sigma worse than the target; below 0 better.
fn worse(sigmas: f64) -> f64 {
    TARGET + sigmas * SIGMA
}

/// One level before the third year, and another from then on.
fn step(from: f64, to: f64) -> impl Fn(usize) -> f64 {
    move |at| if at < 24 { worse(from) } else { worse(to) }
}

pub(super) fn values() -> Vec<World> {
    let law = Law::Normal(SIGMA);
    let world = |truth, level: Box<dyn Fn(usize) -> f64 + Send + Sync>| {
        World::new(("values", truth), at_most(TARGET), law, level)
    };
    let flat = |truth, sigmas: f64| world(truth, Box::new(move |_| worse(sigmas)));
    let change = |truth, from, to| world(truth, Box::new(step(from, to))).worsens();
    let drift = |at: usize| worse(0.1 * (at as f64 - 23.0).max(0.0));
    let asked = |world: World| World { asked: rebased(at_most(TARGET), 24), ..world };
    vec![
        flat("on target", 0.0),
        flat("one sigma better", -1.0),
        flat("two sigma better", -2.0),
        flat("half a sigma worse", 0.5),
        flat("one sigma worse", 1.0),
        change("a step from one sigma better to two worse", -1.0, 2.0),
        change("a step from one sigma better to one worse", -1.0, 1.0),
        change("a step from the target to one sigma worse", 0.0, 1.0),
        world("from the target 0.1 sigma worse every month", Box::new(drift))
            .judged(24..48)
            .worsens(),
        flat("on target, a new series: its months 4 to 12", 0.0).judged(3..12),
        flat("one sigma worse, a new series: its months 4 to 12", 1.0).judged(3..12),
        asked(flat("on target, the year after a rebase", 0.0)),
        asked(flat("one sigma worse, the year after a rebase", 1.0)),
        asked(World {
            law: Law::Widening { sigma: SIGMA, from: 24 },
            ..flat("on target, scattering twice as wide, the year after a rebase", 0.0)
        }),
    ]
}

pub(super) fn season() -> Vec<World> {
    let wave = |at: usize| 1.5 * libm::sin(std::f64::consts::TAU * at as f64 / 12.0);
    let world = |truth, season, shift: fn(usize) -> f64| {
        let asked = Indicator { season, ..at_most(TARGET) };
        let level = move |at| worse(shift(at) + wave(at));
        World::new(("seasonal values", truth), asked, Law::Normal(SIGMA), level)
    };
    let after = |at: usize| if at < 24 { -1.0 } else { 1.0 };
    vec![
        world("the year's mean on target, season stated", true, |_| 0.0),
        world("the year's mean on target, season not stated", false, |_| 0.0),
        world("one sigma worse, season stated", true, |_| 1.0),
        world("one sigma worse, season not stated", false, |_| 1.0),
        world("from one sigma better to one worse, season stated", true, after).worsens(),
        world("from one sigma better to one worse, season not stated", false, after).worsens(),
    ]
}

pub(super) fn gaps() -> Vec<World> {
    let law = Law::Normal(SIGMA);
    let missing = |truth, sigmas: f64| World {
        missing: 0.1,
        ..World::new(("gaps", truth), at_most(TARGET), law, move |_| worse(sigmas))
    };
    let unknown = |truth, chance: f64| World {
        unknown: 0.05,
        ..World::new(
            ("unknown records", truth),
            at_least(0.9),
            Law::Share { cases: 100, wander: 0.0 },
            move |_| chance,
        )
    };
    vec![
        missing("on target, one month in ten missing", 0.0),
        missing("one sigma worse, one month in ten missing", 1.0),
        unknown("target 90%, truly 90%, 5 of 100 outcomes unknown", 0.9),
        unknown("target 90%, truly 97%, 5 of 100 outcomes unknown", 0.97),
        unknown("target 90%, truly 80%, 5 of 100 outcomes unknown", 0.8),
    ]
}

pub(super) fn stocks() -> Vec<World> {
    let world = |truth, r, level: Box<dyn Fn(usize) -> f64 + Send + Sync>| {
        let law = Law::Carrying { sigma: SIGMA, r };
        World::new(("stocks", truth), at_most(TARGET), law, level)
    };
    let flat = |truth, r, sigmas: f64| world(truth, r, Box::new(move |_| worse(sigmas)));
    let change = |truth, r| world(truth, r, Box::new(step(-1.0, 2.0))).worsens();
    vec![
        flat("on target, 0.6 carried over", 0.6, 0.0),
        flat("one sigma better, 0.6 carried over", 0.6, -1.0),
        flat("one sigma worse, 0.6 carried over", 0.6, 1.0),
        flat("two sigma worse, 0.6 carried over", 0.6, 2.0),
        change("a step from one sigma better to two worse, 0.6 carried over", 0.6),
        flat("on target, 0.8 carried over", 0.8, 0.0),
        flat("one sigma worse, 0.8 carried over", 0.8, 1.0),
        flat("two sigma worse, 0.8 carried over", 0.8, 2.0),
        change("a step from one sigma better to two worse, 0.8 carried over", 0.8),
    ]
}
