//! One test binary; a module a layer.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops here")]
#![allow(clippy::print_stdout, reason = "a skipped check says why")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "numbers of cases are small"
)]

mod areas;
mod charts;
mod definitions;
mod derbyshire;
mod feeds;
mod filter;
mod judgement;
mod layers;
mod measures;
mod program;
mod published;
mod statistics;
mod synth;
mod writers;
