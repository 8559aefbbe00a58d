//! One test binary; a module a layer.

mod areas;
mod definitions;
mod filter;
