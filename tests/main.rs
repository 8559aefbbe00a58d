//! One test binary; a module a layer.

mod writers;
