//! The feed behind a series, as far as judgement looks at it.

use chrono::Days;

use crate::period::Month;
use crate::quality::{FeedQuality, FeedState};

/// What judgement needs to know of the feed behind a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFacts {
    /// Whether its rows can be used.
    pub state: FeedState,
    /// Months after which a month's figures no longer move.
    pub settles_after: u32,
    /// The latest month that any used row belongs to.
    pub latest: Option<Month>,
    /// Rows that satisfy the measure and were first reported since the previous pack, whatever
    /// their date; 0 where there is no previous pack. Only never events look at it.
    pub newly_reported: u64,
}

impl FeedFacts {
    /// Of a feed that was opened.
    pub fn of(quality: &FeedQuality) -> Self {
        Self {
            state: quality.state.clone(),
            settles_after: quality.settles_after,
            latest: quality.latest,
            newly_reported: 0,
        }
    }

    /// Of several feeds that one figure rests on: as bad as the worst, as late as the latest. Of none
    /// as of one that is not there.
    pub fn worst(feeds: impl IntoIterator<Item = Self>) -> Self {
        let bad = |state: &FeedState| match state {
            FeedState::Ready => 0,
            FeedState::Stopped { .. } => 1,
            FeedState::Missing => 2,
        };
        let worse = |one: Self, other: Self| Self {
            settles_after: one.settles_after.max(other.settles_after),
            latest: one.latest.min(other.latest),
            newly_reported: one.newly_reported + other.newly_reported,
            state: if bad(&other.state) > bad(&one.state) { other.state } else { one.state },
        };
        feeds.into_iter().reduce(worse).unwrap_or_else(Self::missing)
    }

    /// Where an outcome is waited for so many days: a month settles once the days after its last are
    /// over at the end of the as-at month; shorter periods wait for their month.
    ///
    /// ```
    /// use concordat::judgement::FeedFacts;
    ///
    /// // 31 March and 61 days are 31 May, 30 April and 61 days are later
    /// let settles = |days| FeedFacts::missing().waiting(days, "2018-05".parse().unwrap()).settles_after;
    /// assert_eq!([30, 31, 61, 62].map(settles), [1, 1, 2, 3]);
    /// ```
    #[must_use]
    pub fn waiting(self, days: u32, as_at: Month) -> Self {
        let open = as_at.last_day() + Days::new(1) - Days::new(days.into());
        let months = as_at.since(Month::containing(open)) + 1;
        let months = u32::try_from(months).unwrap_or(0);
        Self { settles_after: self.settles_after.max(months), ..self }
    }

    /// Of a feed that is not there.
    pub fn missing() -> Self {
        Self { state: FeedState::Missing, settles_after: 0, latest: None, newly_reported: 0 }
    }
}
