//! One test binary; a module a layer.

mod definitions;
mod filter;
