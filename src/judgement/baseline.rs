//! What later periods are compared with.

use super::settling::{Sense, settled_value};
use crate::indicators::baseline::Baseline;
use crate::period::Month;
use crate::series::{Nature, Point};
use crate::statistics::sums;

/// The baseline as it was found in a series.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Base {
    /// Its mean; for proportions the events of all its periods over their cases.
    pub mean: f64,
    /// Positions of its points; empty for a value the plan prints.
    pub points: Vec<usize>,
    /// Its first month; `None` for a value the plan prints.
    pub first: Option<Month>,
    /// Its last month; `None` for a value the plan prints.
    pub last: Option<Month>,
    /// The plan states none: the first 12 settled periods are ours.
    pub own: bool,
}

/// Finds the baseline among the settled points.
///
/// The stated months that have a value, or the stated value. Where none is stated, the first 12
/// settled values (3 for years), and nothing until there are as many. `None` until the stated
/// months are over and settled, and where they have no value.
pub(super) fn base(
    stated: Option<&Baseline>,
    points: &[Point],
    nature: Nature,
    sense: Sense,
) -> Option<Base> {
    let reported = |at: &usize| settled_value(&points[*at]).is_some();
    let (positions, last, own): (Vec<usize>, Option<Month>, bool) = match stated {
        Some(Baseline::Value(mean)) => {
            return Some(Base {
                mean: *mean,
                points: Vec::new(),
                first: None,
                last: None,
                own: false,
            });
        }
        Some(Baseline::Months { from, to }) => {
            let inside = |at: &usize| {
                let period = points[*at].period;
                *from <= period.first_month() && period.last_month() <= *to
            };
            let over = |at: usize| points[at].period.last_month() >= *to && reported(&at);
            if !(0..points.len()).any(over) {
                return None;
            }
            let found = (0..points.len()).filter(inside).filter(reported).collect();
            (found, Some(*to), false)
        }
        None => {
            let found: Vec<usize> = (0..points.len()).filter(reported).take(sense.year).collect();
            let last = found.last().map(|at| points[*at].period.last_month());
            if found.len() < sense.year {
                return None;
            }
            (found, last, true)
        }
    };
    let mean = mean(points, &positions, nature)?;
    let first = match stated {
        Some(Baseline::Months { from, .. }) => Some(*from),
        _ => positions.first().map(|at| points[*at].period.first_month()),
    };
    Some(Base { mean, points: positions, first, last, own })
}

/// The mean of some points: of shares and rates, all events over all cases where they are known.
pub(super) fn mean(points: &[Point], positions: &[usize], nature: Nature) -> Option<f64> {
    let per = match nature {
        Nature::Proportion => Some(1.0),
        Nature::Rate { per } => Some(f64::from(per)),
        Nature::Count | Nature::Continuous | Nature::Stock => None,
    };
    if let Some((per, (events, cases))) = per.zip(pooled(points, positions)) {
        return Some(per * events / cases);
    }
    let values: Vec<f64> = positions.iter().filter_map(|at| settled_value(&points[*at])).collect();
    sums::mean(&values)
}

/// Events and cases of some points together; `None` where one does not say, or without cases.
pub(super) fn pooled(points: &[Point], positions: &[usize]) -> Option<(f64, f64)> {
    let mut total = (0_i64, 0_i64);
    for at in positions {
        let point = &points[*at];
        total.0 = total.0.checked_add(point.numerator?)?;
        total.1 = total.1.checked_add(point.denominator?)?;
    }
    (total.1 > 0).then(|| (whole(total.0), whole(total.1)))
}

/// A counted number as a number to calculate with.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub(super) fn whole(number: i64) -> f64 {
    number as f64
}
