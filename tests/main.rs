//! One test binary; a module a layer.

mod layers;
mod statistics;
mod writers;
