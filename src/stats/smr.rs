//! `concordat stats smr`: indirectly standardised ratios.

use std::path::Path;

use super::{Answer, Settings, isr};
use crate::error::Error;

/// As expected is 100 unless something else is asked for.
pub const REFERENCE: f64 = 100.0;

const HEADINGS: [&str; 8] =
    ["area", "conf", "observed", "expected", "value", "lowercl", "uppercl", "method"];

/// Indirectly standardised ratios of areas: observed over expected events times a reference value
/// (the multiplier of the settings), which is therefore what an area as expected has.
///
/// Columns, missing values and problems as [`isr`](super::isr::isr), without `ref_rate`.
///
/// # Errors
/// The file cannot be read, has no rows, or lacks a column.
pub fn smr(input: &Path, settings: &Settings) -> Result<Answer, Error> {
    isr::answer(input, settings, &HEADINGS, |_, reference| (reference, Vec::new()))
}
