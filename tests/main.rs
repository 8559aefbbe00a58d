//! One test binary; a module a layer.

mod areas;
mod charts;
mod definitions;
mod feeds;
mod filter;
mod judgement;
mod layers;
mod measures;
mod statistics;
mod synth;
mod writers;
