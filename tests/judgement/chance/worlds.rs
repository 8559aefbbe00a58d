//! Every world that is published, a family a function.

mod counts;
mod events;
mod plans;
mod values;

use super::world::World;

/// Every world, in the order in which they are published.
pub(crate) fn worlds() -> Vec<World> {
    let mut all = values::values();
    all.extend(values::season());
    all.extend(values::gaps());
    all.extend(values::stocks());
    all.extend(counts::counts());
    all.extend(counts::rare());
    all.extend(counts::shares());
    all.extend(counts::quarters());
    all.extend(counts::rates());
    all.extend(plans::replaced_targets());
    all.extend(plans::lines());
    all.extend(plans::directions());
    all.extend(plans::totals());
    all.extend(plans::milestones());
    all.extend(events::zero());
    all.extend(events::never());
    all
}
