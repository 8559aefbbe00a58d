//! Theil and Sen's slope: the median of the slopes of all pairs.

/// Variance of Theil and Sen's slope over that of the least squares one, of normal values evenly
/// spaced in time: π/3 = 1.047 (Sen 1968, section 6).
pub(super) const LESS_EFFICIENT: f64 = std::f64::consts::PI / 3.0;

/// The median of the slopes between all pairs of points at different places, in units of `values`
/// per unit of `at`.
///
/// `None` without two points at different places. Of an even number of slopes the mean of the
/// middle two. Up to 29 % of the values can be wrong without limit and not carry it away.
///
/// Source: Sen (1968), *Journal of the American Statistical Association* 63, 1379–1389.
pub fn theil_sen(at: &[f64], values: &[f64]) -> Option<f64> {
    let mut slopes = Vec::new();
    for (first, (from, start)) in at.iter().zip(values).enumerate() {
        for (to, end) in at.iter().zip(values).skip(first + 1) {
            if (to - from).abs() > 0.0 {
                slopes.push((end - start) / (to - from));
            }
        }
    }
    slopes.sort_unstable_by(f64::total_cmp);
    let middle = slopes.len() / 2;
    let upper = *slopes.get(middle)?;
    if slopes.len() % 2 == 1 { Some(upper) } else { Some(f64::midpoint(slopes[middle - 1], upper)) }
}
