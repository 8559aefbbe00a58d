//! One test binary; a module a layer.

mod statistics;

mod judgement;
