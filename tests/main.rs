//! One test binary; a module a layer.

mod charts;
mod writers;
