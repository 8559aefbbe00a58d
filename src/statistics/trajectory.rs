//! Where a plan should be, where it is, what is left to do, and whether it will get there.

use super::sums::sum;

/// From this probability of meeting the target on, a plan is on course: four chances in five.
pub const ON_COURSE_FROM: f64 = 0.8;

/// Up to this probability of meeting the target, a plan is off course: one chance in five.
pub const OFF_COURSE_TO: f64 = 0.2;

/// What the probability of meeting a target means for its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outlook {
    /// It will meet its target unless something changes: probability 0.8 or more.
    OnCourse,
    /// It may or may not.
    Uncertain,
    /// It will miss its target unless something changes: probability 0.2 or less.
    OffCourse,
}

impl Outlook {
    /// The outlook of a probability between 0 and 1; both bounds belong to the clear answers.
    ///
    /// ```
    /// use concordat::statistics::trajectory::Outlook;
    /// let of = Outlook::of;
    /// assert_eq!((of(0.8), of(0.5), of(0.2)), (Outlook::OnCourse, Outlook::Uncertain, Outlook::OffCourse));
    /// ```
    pub fn of(probability: f64) -> Self {
        if probability >= ON_COURSE_FROM {
            Self::OnCourse
        } else if probability <= OFF_COURSE_TO {
            Self::OffCourse
        } else {
            Self::Uncertain
        }
    }
}

/// A series held against its plan, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Actual less planned, in the latest period that has both.
    pub latest: f64,
    /// The sum of actual less planned over all periods that have both.
    pub cumulative: f64,
    /// How many periods have both.
    pub periods: usize,
}

/// How far the values are from their plan, period by period.
///
/// `actual` and `planned` are of the same periods; a period that lacks either is left out, and
/// nothing is filled in for it. `None` when no period has both. Above 0 means above the plan,
/// whether that is good or bad. The cumulative gap means something of amounts only (counts, days),
/// never of shares or levels.
pub fn gap(actual: &[Option<f64>], planned: &[Option<f64>]) -> Option<Gap> {
    let gaps: Vec<f64> = actual
        .iter()
        .zip(planned)
        .filter_map(|(actual, planned)| Some((*actual)? - (*planned)?))
        .collect();
    Some(Gap { latest: *gaps.last()?, cumulative: sum(&gaps), periods: gaps.len() })
}

/// The change each period from here that reaches a goal after so many periods, going straight.
///
/// `from` is where the process is, not its latest single value: its level as a forecast sees it,
/// so that chance in one period does not ask for a different effort. `None` without a period left.
pub fn required_change(from: f64, goal: f64, periods: u32) -> Option<f64> {
    (periods > 0).then(|| (goal - from) / f64::from(periods))
}
