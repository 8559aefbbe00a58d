//! One test binary; a module a layer.

mod areas;
mod definitions;
mod feeds;
mod filter;
mod layers;
mod measures;
mod statistics;
mod synth;
mod writers;
