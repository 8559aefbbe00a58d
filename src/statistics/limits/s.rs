//! The s chart: standard deviations of several measurements a point.

use super::drawn::Drawn;
use super::xbar::Subgroup;
use crate::statistics::sums;

/// Spread inside the subgroups of a baseline, the centre line of an s chart.
///
/// The mean of the standard deviations where all subgroups of the phase are of `one_size`, else
/// the root of the pooled variance. Subgroups of fewer than two enter nothing; `None` where all
/// are.
///
/// Source: Montgomery, equations 6.29 and 6.31.
pub fn spread(baseline: &[Subgroup], one_size: bool) -> Option<f64> {
    if one_size {
        let deviations: Vec<f64> = baseline.iter().filter_map(|group| group.deviation).collect();
        return sums::mean(&deviations);
    }
    let measured = || {
        baseline
            .iter()
            .filter_map(|group| Some((sums::count(group.number) - 1.0, group.deviation?)))
    };
    let squares: Vec<f64> = measured().map(|(freedom, spread)| freedom * spread * spread).collect();
    let freedom = sums::sum(&measured().map(|(freedom, _)| freedom).collect::<Vec<_>>());
    (freedom > 0.0).then(|| (sums::sum(&squares) / freedom).sqrt())
}

/// Centre line and limits of the standard deviation of so many measurements, held to 0 or more.
///
/// `centre` is that of [`spread`] or a given one. No limits with fewer than two measurements.
///
/// Source: Montgomery, equation 6.27 (B3 and B4).
pub fn s(centre: Option<f64>, number: usize) -> Drawn {
    let Some(centre) = centre else { return Drawn::default() };
    let sigma = c4(number).map(|c4| (1.0 - c4 * c4).max(0.0).sqrt() / c4 * centre);
    Drawn::around(centre, sigma).held(0.0, f64::INFINITY)
}

/// Mean standard deviation of so many normal values with sigma 1. `None` for fewer than two.
///
/// Source: Montgomery, appendix VI: 0.7979 for 2, 0.9400 for 5, 0.9896 for 25.
pub fn c4(number: usize) -> Option<f64> {
    let number = sums::count(number);
    (number > 1.0).then(|| {
        let ratio = libm::exp(libm::lgamma(number / 2.0) - libm::lgamma((number - 1.0) / 2.0));
        (2.0 / (number - 1.0)).sqrt() * ratio
    })
}
