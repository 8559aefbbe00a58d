//! What a chart draws at one point.

/// Centre line and limits at one point, in the unit of the plotted values.
///
/// Each line is `None` where there is nothing to draw: the run chart has no limits, a phase in
/// which nothing could be measured has no centre, a point without cases has no limits of its own.
/// No line is ever NaN or infinite.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Drawn {
    /// The centre line.
    pub centre: Option<f64>,
    /// Lower limit, three sigma below the centre unless the chart says otherwise.
    pub lower: Option<f64>,
    /// Two-sigma line below the centre.
    pub near_lower: Option<f64>,
    /// Two-sigma line above the centre.
    pub near_upper: Option<f64>,
    /// Upper limit.
    pub upper: Option<f64>,
}

impl Drawn {
    /// A centre line with limits two and three sigma on both sides.
    ///
    /// Without a finite sigma there is a centre line only.
    pub fn around(centre: f64, sigma: Option<f64>) -> Self {
        let at = |sigmas: f64| sigma.and_then(|sigma| finite(centre + sigmas * sigma));
        Self {
            centre: finite(centre),
            lower: at(-3.0),
            near_lower: at(-2.0),
            near_upper: at(2.0),
            upper: at(3.0),
        }
    }

    /// The same with the limits, not the centre, held to what the values can be.
    #[must_use]
    pub fn held(self, least: f64, most: f64) -> Self {
        let hold = |line: Option<f64>| line.map(|line| line.max(least).min(most));
        Self {
            lower: hold(self.lower),
            near_lower: hold(self.near_lower),
            near_upper: hold(self.near_upper),
            upper: hold(self.upper),
            ..self
        }
    }

    /// The same in a unit so many times smaller: 100 turns shares into percentages.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        self.map(|line| finite(line * factor))
    }

    /// Every line that is there, changed.
    #[must_use]
    pub(super) fn map(self, change: impl Fn(f64) -> Option<f64>) -> Self {
        Self {
            centre: self.centre.and_then(&change),
            lower: self.lower.and_then(&change),
            near_lower: self.near_lower.and_then(&change),
            near_upper: self.near_upper.and_then(&change),
            upper: self.upper.and_then(&change),
        }
    }

    /// Whether a value lies strictly beyond a limit that is there.
    pub fn beyond(&self, value: f64) -> bool {
        self.lower.is_some_and(|line| value < line) || self.upper.is_some_and(|line| value > line)
    }
}

fn finite(line: f64) -> Option<f64> {
    line.is_finite().then_some(line)
}
