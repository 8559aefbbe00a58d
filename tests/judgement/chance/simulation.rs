//! Simulated series whose truth is known, and what the rating table makes of them.
//!
//! Shared by the tests, which ask for bounds, and by `benches/chance.rs`, which publishes the table.

pub(crate) mod asked;
pub(crate) mod law;
pub(crate) mod outcome;
pub(crate) mod random;
pub(crate) mod table;
pub(crate) mod world;
pub(crate) mod worlds;
