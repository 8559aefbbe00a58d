//! The run chart: values about their median, judged by runs alone.

use super::drawn::Drawn;
use crate::statistics::sums;

/// Centre line of a run chart: the median of the baseline, or the centre that was `given`.
///
/// There are no limits. Missing values (`None`) enter nothing; without any reported value and
/// without a given centre there is no line.
///
/// Source: Anhøj and Olesen (2014), *Run Charts Revisited*, PLOS ONE 9(11).
///
/// ```
/// use concordat::statistics::limits::run::run;
/// assert_eq!(run(&[Some(3.0), None, Some(9.0), Some(4.0)], None).centre, Some(4.0));
/// ```
pub fn run(baseline: &[Option<f64>], given: Option<f64>) -> Drawn {
    let reported: Vec<f64> = baseline.iter().copied().flatten().collect();
    Drawn { centre: given.or_else(|| median(&reported)), ..Drawn::default() }
}

/// The middle value, or the mean of the two middle values, in their unit. `None` without values.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(half)) {
        (_, None) => None,
        (1, middle) => middle.copied(),
        (_, Some(_)) => sums::mean(&sorted[half - 1..=half]),
    }
}
