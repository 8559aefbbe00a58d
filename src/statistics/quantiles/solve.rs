//! Where a rising function is 0.

/// What is known of a function near a point.
pub(super) struct Near {
    /// The function.
    pub(super) value: f64,
    /// Its slope, above 0.
    pub(super) slope: f64,
    /// Its second derivative over its slope.
    pub(super) bend: f64,
}

/// Where to begin.
#[derive(Clone, Copy)]
pub(super) struct Start {
    pub(super) at: f64,
    /// The zero is not below.
    pub(super) low: f64,
    /// The zero is not above; may be infinite.
    pub(super) high: f64,
    /// Over what distance the function changes its shape.
    pub(super) spread: f64,
}

/// Halley's steps, and halving where a step leaves the bracket.
///
/// A step of 0.00001 spreads (near an end: of the distance to it) leaves about its cube, which is
/// less than a double tells apart: the last step needs no other to check it.
pub(super) fn solve(start: Start, rising: impl Fn(f64) -> Near) -> f64 {
    let Start { at: mut x, mut low, mut high, .. } = start;
    for _ in 0..200 {
        let near = rising(x);
        if near.value > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = near.value / near.slope;
        let halley = x - newton / (1.0 - newton * near.bend / 2.0).clamp(0.5, 2.0);
        let inside = halley > low && halley < high;
        let next = if inside {
            halley
        } else if high.is_finite() {
            low + (high - low) / 2.0
        } else {
            2.0 * x
        };
        let step = (next - x).abs();
        let scale = start.spread.min(x - start.low).min(start.high - x);
        if step <= 2.0 * f64::EPSILON * x.abs() || (inside && newton.abs() <= 1e-5 * scale) {
            return next;
        }
        x = next;
    }
    x
}
