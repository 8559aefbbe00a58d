//! One test binary; a module a layer.
#![allow(clippy::print_stdout, reason = "simulations say what they found")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops here")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "numbers of cases are small"
)]

mod actions;
mod areas;
mod broken;
mod catalogue;
mod charts;
mod coverage;
mod definitions;
mod derbyshire;
mod domain;
mod explain;
mod feeds;
mod filter;
mod grow;
mod judgement;
mod kept;
mod layers;
mod manual;
mod measures;
mod notes;
mod packs;
mod periods;
mod program;
mod published;
mod reconcile;
mod sample;
mod statistics;
mod summary;
mod synth;
mod what_if;
mod writers;

/// Says why a check is left out, past the test runner, which keeps what passing tests print.
pub(crate) fn skipped(why: &str) {
    use std::io::Write;
    let line = format!("skipped: {why}\n");
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}
