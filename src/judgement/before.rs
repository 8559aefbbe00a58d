//! What the same series said a month earlier, for "what changed".

use super::facts::Variation;
use super::rating::{self, Rating};
use super::{Case, FeedFacts, Finding, gather, settling};
use crate::period::{Month, Period};

/// A series judged a month earlier, from the records as they are known today: what then changed is
/// the month that was added, not what was corrected since.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// The month it is judged at.
    pub as_at: Month,
    /// The colour, and the row of the table that gave it.
    pub rating: Rating,
    /// The settled period that was then the latest.
    pub period: Option<Period>,
    /// Its value.
    pub value: Option<f64>,
    /// How it stood to the points before it.
    pub variation: Variation,
}

impl Finding {
    /// The same finding with what it would have been a month earlier, its feed being as known today.
    #[must_use]
    pub fn with_before(self, feed: &FeedFacts) -> Self {
        let as_at = self.as_at.plus(-1);
        let series = settling::as_known(self.series.clone(), as_at, feed.settles_after);
        let facts = gather::facts(&Case::of(&self.indicator, &series, as_at), feed);
        let before = Before {
            as_at,
            rating: rating::rate(&facts),
            period: facts.period,
            value: facts.value,
            variation: facts.variation,
        };
        Self { before: Some(before), ..self }
    }
}
