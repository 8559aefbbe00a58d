//! Events that should not be: counts with target 0, and never events.

use concordat::indicators::target::Goal;

use super::super::asked::{at_most, goal};
use super::super::law::Law;
use super::super::world::World;

/// Events a year, and from the third year on.
fn yearly(from: f64, to: f64) -> impl Fn(usize) -> f64 {
    move |at| if at < 24 { from / 12.0 } else { to / 12.0 }
}

pub(super) fn zero() -> Vec<World> {
    let world = |truth, from, to| {
        World::new(("target 0", truth), at_most(0.0), Law::Poisson, yearly(from, to))
    };
    vec![
        world("one in four years", 0.25, 0.25),
        world("one a year, as is allowed", 1.0, 1.0),
        world("two a year", 2.0, 2.0),
        world("four a year", 4.0, 4.0),
        world("twelve a year", 12.0, 12.0),
        world("from one a year to four", 1.0, 4.0).worsens(),
        world("from one a year to twelve", 1.0, 12.0).worsens(),
    ]
}

pub(super) fn never() -> Vec<World> {
    let world = |truth, from, to| {
        World::new(("never events", truth), goal(Goal::Never), Law::Poisson, yearly(from, to))
    };
    vec![
        world("one in five years", 0.2, 0.2),
        world("one a year", 1.0, 1.0),
        world("from one in five years to two a year", 0.2, 2.0).worsens(),
    ]
}
