//! Measures: worked cases, published figures, and a naive interpreter as the third opinion.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "helpers of tests stop at the first surprise; figures are small and compared exactly"
)]

mod aggregates;
mod ambulance;
mod cases;
mod derived;
mod frame;
mod naive;
mod random;
mod splits;
