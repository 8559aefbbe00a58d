//! Counts, shares and rates: figures whose own chance is known.

use concordat::indicators::Indicator;
use concordat::period::Grain;

use super::super::asked::{at_least, at_most};
use super::super::law::{Law, PER};
use super::super::world::World;

type Name = (&'static str, &'static str);

/// A level, and another from a position on.
fn step(from: f64, to: f64, position: usize) -> impl Fn(usize) -> f64 {
    move |at| if at < position { from } else { to }
}

pub(super) fn counts() -> Vec<World> {
    let flat = |truth, target: f64, sigmas: f64| {
        let mean = target + sigmas * target.sqrt();
        World::new(("counts", truth), at_most(target), Law::Poisson, move |_| mean)
    };
    let change = |truth, target: f64| {
        let sigma = target.sqrt();
        let level = step(target - sigma, target + 2.0 * sigma, 24);
        World::new(("counts", truth), at_most(target), Law::Poisson, level).worsens()
    };
    vec![
        flat("10 a month, on target", 10.0, 0.0),
        flat("target 10 a month, one sigma better", 10.0, -1.0),
        flat("target 10 a month, one sigma worse", 10.0, 1.0),
        change("target 10 a month, a step from one sigma better to two worse", 10.0),
        flat("40 a month, on target", 40.0, 0.0),
        flat("target 40 a month, one sigma better", 40.0, -1.0),
        flat("target 40 a month, one sigma worse", 40.0, 1.0),
        change("target 40 a month, a step from one sigma better to two worse", 40.0),
    ]
}

/// Rare events whose target is small, but not 0.
pub(super) fn rare() -> Vec<World> {
    let world = |truth, target, from, to| {
        World::new(("rare events", truth), at_most(target), Law::Poisson, step(from, to, 24))
    };
    vec![
        world("one every two months, at most 0.5 a month", 0.5, 0.5, 0.5),
        world("one every two months, at most 1 a month", 1.0, 0.5, 0.5),
        world("one every two months, at most 0.25 a month", 0.25, 0.5, 0.5),
        world("one every four months, at most 0.5 a month", 0.5, 0.25, 0.25),
        world("one a month, at most 0.5 a month", 0.5, 1.0, 1.0),
        world("from one every four months to one a month, at most 0.5", 0.5, 0.25, 1.0).worsens(),
        world("from one every four months to two a month, at most 0.5", 0.5, 0.25, 2.0).worsens(),
        world("from one a month to one every four months, at most 0.5", 0.5, 1.0, 0.25),
    ]
}

/// One sigma of a share.
fn sigma(share: f64, cases: i32, wander: f64) -> f64 {
    (share * (1.0 - share) / f64::from(cases) + wander * wander).sqrt()
}

pub(super) fn shares() -> Vec<World> {
    let flat = |name: Name, target: f64, (cases, wander): (i32, f64), sigmas: f64| {
        let level = target - sigmas * sigma(target, cases, wander);
        World::new(name, at_least(target), Law::Share { cases, wander }, move |_| level)
    };
    let change = |name: Name, target: f64, cases: i32| {
        let one = sigma(target, cases, 0.0);
        let law = Law::Share { cases, wander: 0.0 };
        World::new(name, at_least(target), law, step(target + one, target - 2.0 * one, 24))
            .worsens()
    };
    let name = |truth| ("shares", truth);
    vec![
        flat(name("95% of 100, on target"), 0.95, (100, 0.0), 0.0),
        flat(name("target 95% of 100, one sigma better"), 0.95, (100, 0.0), -1.0),
        flat(name("target 95% of 100, one sigma worse"), 0.95, (100, 0.0), 1.0),
        change(name("target 95% of 100, a step from one sigma better to two worse"), 0.95, 100),
        flat(name("95% of 400, on target"), 0.95, (400, 0.0), 0.0),
        flat(name("target 95% of 400, one sigma worse"), 0.95, (400, 0.0), 1.0),
        change(name("target 95% of 400, a step from one sigma better to two worse"), 0.95, 400),
        flat(name("50% of 200, on target, over-dispersed"), 0.5, (200, 0.05), 0.0),
        flat(name("target 50% of 200, over-dispersed, one sigma worse"), 0.5, (200, 0.05), 1.0),
    ]
}

/// Months of 15 cases are judged by quarters of 45; the fourth to the sixth year, so that the
/// phase has 12 quarters.
pub(super) fn quarters() -> Vec<World> {
    let world = |truth, sigmas: [f64; 2]| {
        let asked = Indicator { grain: Grain::Quarter, ..at_least(0.8) };
        let one = sigma(0.8, 45, 0.0);
        let level = step(0.8 - sigmas[0] * one, 0.8 - sigmas[1] * one, 12);
        World::new(("quarters", truth), asked, Law::Share { cases: 45, wander: 0.0 }, level)
            .judged(12..24)
    };
    vec![
        world("80% of 45, on target", [0.0, 0.0]),
        world("target 80% of 45, one sigma better", [-1.0, -1.0]),
        world("target 80% of 45, one sigma worse", [1.0, 1.0]),
        world("target 80% of 45, a step from one sigma better to two worse", [-1.0, 2.0]).worsens(),
        world("80% of 45, on target, a new series: its quarters 3 to 12", [0.0, 0.0]).judged(2..12),
    ]
}

pub(super) fn rates() -> Vec<World> {
    let people = 250_000;
    // 20 events a month.
    let target = 8.0;
    let scale = f64::from(people) / f64::from(PER);
    let world = |truth, wander: f64, sigmas: [f64; 2]| {
        let one = (target / scale + (wander * target).powi(2)).sqrt();
        let level = step(target + sigmas[0] * one, target + sigmas[1] * one, 24);
        World::new(("rates", truth), at_most(target), Law::Rate { people, wander }, level)
    };
    vec![
        world("8 per 100,000, 20 events a month, on target", 0.0, [0.0, 0.0]),
        world("target 8 per 100,000, one sigma better", 0.0, [-1.0, -1.0]),
        world("target 8 per 100,000, one sigma worse", 0.0, [1.0, 1.0]),
        world("target 8 per 100,000, a step from one sigma better to two worse", 0.0, [-1.0, 2.0])
            .worsens(),
        world("8 per 100,000, on target, over-dispersed", 0.3, [0.0, 0.0]),
        world("target 8 per 100,000, over-dispersed, one sigma worse", 0.3, [1.0, 1.0]),
    ]
}
