//! Whether the process can be expected to meet its target.

use super::rating::ENOUGH_POINTS;
use super::targets::less;
use crate::statistics::assurance::{self, Assurance};
use crate::statistics::limits::{Limits, Lines};
use crate::statistics::signals::Side;

/// Assurance from the limits of the misses before *t*, whose target is 0 and whose good side is low.
///
/// Pass: the upper limit is below 0. Fail: the lower limit is above 0. A limit on 0 is hit-or-miss.
/// `None` with fewer than 12 points, or where nothing varies.
pub(super) fn assurance(points: usize, limits: Option<Limits>) -> Option<Assurance> {
    let limits = limits.filter(|limits| limits.sigma.is_some_and(|sigma| sigma > 0.0))?;
    let lines = limits.lines.filter(|_| points >= ENOUGH_POINTS)?;
    // A limit that differs from 0 by rounding only lies on it.
    let exact = |line: f64| less(limits.mean, limits.mean - line);
    let lines = Lines { lower: exact(lines.lower), upper: exact(lines.upper), ..lines };
    Some(assurance::assurance(&Limits { lines: Some(lines), ..limits }, 0.0, Side::Low))
}
