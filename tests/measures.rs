//! Measures: worked cases, published figures, and a naive interpreter as the third opinion.

mod ambulance;
mod cases;
mod frame;
mod naive;
mod random;
