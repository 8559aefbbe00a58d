//! Whether a process will meet a target by itself.

use super::limits::Limits;
use super::signals::Side;

/// What can be expected of a process that goes on as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assurance {
    /// It will meet the target every time.
    Pass,
    /// It will meet and miss the target by chance.
    HitOrMiss,
    /// It will miss the target every time.
    Fail,
}

/// What can be expected of a process against a target, `good` being the side that is wanted.
///
/// With `good = High`, a target strictly above the upper process limit fails, one strictly below
/// the lower limit passes; with `Low` mirrored. A target on a limit is hit-or-miss, and so is any
/// target where the limits have no lines (the reference's NaN limits). Where the lines lie on the
/// mean because nothing varies, every target beside the mean passes or fails.
///
/// Source: NHSRplotthedots 0.2.2 (strict, where Making Data Count's text says "at or beyond").
pub fn assurance(limits: &Limits, target: f64, good: Side) -> Assurance {
    let Some(lines) = limits.lines else { return Assurance::HitOrMiss };
    let side = if target > lines.upper {
        Side::High
    } else if target < lines.lower {
        Side::Low
    } else {
        return Assurance::HitOrMiss;
    };
    if side == good { Assurance::Fail } else { Assurance::Pass }
}
