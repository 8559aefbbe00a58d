//! What one reader may see of a suggested rebase.

use super::{Figure, Side};
use crate::period::{Month, Period};

/// A step that has held long enough for limits of its own: proposed, never applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// First period of the new phase.
    pub from: Period,
    /// The period with whose figure it was first proposed.
    pub made: Period,
    /// The latest settled period.
    pub latest: Period,
    /// Mean of the values before.
    pub before: Figure,
    /// How many they are.
    pub points_before: usize,
    /// Mean of the values since.
    pub after: Figure,
    /// How many they are.
    pub points_after: usize,
    /// Mean since less mean before.
    pub difference: Figure,
    /// Where the new mean lies.
    pub side: Side,
    /// One sigma of the phase.
    pub sigma: Figure,
    /// How much carries over from value to value.
    pub r: Figure,
    /// The difference in sigmas, without its sign.
    pub step: Figure,
    /// The difference in standard errors, without its sign.
    pub errors: Figure,
    /// Values running on the new side of the old mean.
    pub running: usize,
    /// The baseline runs across the date.
    pub across_baseline: bool,
    /// The rebases that the plan has.
    pub rebases: Vec<(Month, String)>,
}
