//! Which months there are, and which of them were delivered: a gap is not a zero.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveTime, TimeZone};

use crate::area::Days;
use crate::feeds::Feed;
use crate::feeds::contract::Empty;
use crate::measures::Request;
use crate::period::{Month, Period};

/// How much of a month was delivered for the areas asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Delivered {
    /// Nothing.
    Nothing,
    /// Some of the areas that this feed reports.
    Partly,
    /// All of them.
    Wholly,
}

/// The months of a series, and how much of each was delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Calendar {
    /// The first month.
    pub(super) first: Month,
    /// One entry a month, to the as-at month.
    pub(super) delivered: Vec<Delivered>,
    /// Months whose latest delivery says that it is provisional.
    provisional: BTreeSet<Month>,
}

impl Calendar {
    /// From the first month asked for, else the first that was delivered, to the as-at month.
    /// Where nothing was delivered by then, the as-at month alone.
    ///
    /// With days to look back the first month is so much later than the first delivered, and a
    /// month is wholly delivered only where those days before it are as well.
    pub(super) fn new(feed: &Feed, request: &Request, look_back: u32) -> Self {
        let last = request.as_at;
        let known = Known::of(feed, request);
        let back = chrono::Days::new(u64::from(look_back));
        let earliest = known.first().map(|month| first_after(month, back));
        let first = request.first.or(earliest).unwrap_or(last).min(last);
        let months = last.since(first) + 1;
        Self {
            first,
            delivered: (0..months)
                .map(|step| known.delivered_after(first.plus(step), back))
                .collect(),
            provisional: feed.coverage.provisional.clone(),
        }
    }

    /// Whether the latest delivery of a month of the period says that it is provisional.
    pub(super) fn is_provisional(&self, period: Period) -> bool {
        self.provisional.range(period.first_month()..=period.last_month()).next().is_some()
    }

    /// Every month, in order.
    pub(super) fn months(&self) -> impl Iterator<Item = Month> {
        let first = self.first;
        (0_i32..).zip(&self.delivered).map(move |(step, _)| first.plus(step))
    }

    /// Position of a month, if it is in the calendar.
    pub(super) fn position(&self, month: Month) -> Option<usize> {
        usize::try_from(month.since(self.first)).ok().filter(|at| *at < self.delivered.len())
    }

    /// Whether something of every month from a day to another was delivered.
    pub(super) fn delivered_from(&self, from: i32, to: i32) -> bool {
        let place = |day| self.position_of_day(day);
        place(from).zip(place(to)).is_some_and(|(from, to)| {
            self.delivered[from..=to].iter().all(|month| *month != Delivered::Nothing)
        })
    }

    /// Position of the month of a day (days since 1970).
    pub(super) fn position_of_day(&self, day: i32) -> Option<usize> {
        self.position(Month::containing(date(day)?))
    }

    /// Every period of the grain that has a month of the calendar.
    pub(super) fn periods(&self, request: &Request) -> impl Iterator<Item = Period> + use<> {
        let of = |month| Period::of(request.grain, month);
        of(self.first).to(of(request.as_at))
    }

    /// The first and the last day, in days since 1970.
    pub(super) fn days(&self, request: &Request) -> (i32, i32) {
        (day_number(self.first.first_day()), day_number(request.as_at.last_day()))
    }
}

impl Calendar {
    /// The first and the last day of a period, held to the calendar; the calendar's own without.
    /// The last is before the first where the period lies outside.
    pub(super) fn days_within(&self, request: &Request, period: Option<Period>) -> (i32, i32) {
        let (first, last) = self.days(request);
        period.map_or((first, last), |period| {
            (day_number(period.start).max(first), day_number(period.last_day()).min(last))
        })
    }
}

/// What the feed's coverage says about the areas asked for.
struct Known<'a> {
    feed: &'a Feed,
    /// The months of each area asked for that the feed ever reports while it is part, and when that
    /// is; without days where the feed has no area.
    areas: Vec<(&'a BTreeSet<Month>, Option<&'a Days>)>,
}

impl<'a> Known<'a> {
    fn of(feed: &'a Feed, request: &'a Request) -> Self {
        let coverage = &feed.coverage;
        let areas = if feed.contract.area.is_none() {
            vec![(&coverage.months, None)]
        } else {
            let reported = |(code, days)| Some((coverage.by_area.get(code)?, Some(days)));
            let mut areas: Vec<_> = request.areas.iter().filter_map(reported).collect();
            areas.retain(|(months, days)| months.iter().any(|month| is_part(*days, *month)));
            areas
        };
        Self { feed, areas }
    }

    fn first(&self) -> Option<Month> {
        match self.feed.contract.empty {
            Empty::Zero => self.feed.coverage.months.first().copied(),
            Empty::Missing => {
                let own = |(months, days): &(&BTreeSet<Month>, Option<&Days>)| {
                    months.iter().find(|month| is_part(*days, **month)).copied()
                };
                self.areas.iter().filter_map(own).min()
            }
        }
    }

    /// How much of a month and of the days before it was delivered: nothing where the data do not
    /// reach back so far.
    fn delivered_after(&self, month: Month, back: chrono::Days) -> Delivered {
        let own = self.delivered(month);
        let from = month.first_day().checked_sub_days(back).unwrap_or(NaiveDate::MIN);
        let reaches = self.first().is_some_and(|first| first.first_day() <= from);
        if own == Delivered::Nothing || back == chrono::Days::new(0) {
            return own;
        }
        if !reaches {
            return Delivered::Nothing;
        }
        let first = Month::containing(from);
        let before = (0..month.since(first)).map(|step| self.delivered(first.plus(step)));
        if before.chain([own]).all(|one| one == Delivered::Wholly) {
            Delivered::Wholly
        } else {
            Delivered::Partly
        }
    }

    /// With `empty = "zero"` every month from the first delivered to the last is known; otherwise
    /// a month is known as far as the areas that are part in it and ever report have rows in it.
    fn delivered(&self, month: Month) -> Delivered {
        let months = &self.feed.coverage.months;
        if self.feed.contract.empty == Empty::Zero {
            let inside = months.first().is_some_and(|first| *first <= month)
                && months.last().is_some_and(|last| month <= *last);
            return if inside { Delivered::Wholly } else { Delivered::Nothing };
        }
        let part: Vec<_> = self.areas.iter().filter(|(_, days)| is_part(*days, month)).collect();
        match part.iter().filter(|(months, _)| months.contains(&month)).count() {
            0 => Delivered::Nothing,
            some if some < part.len() => Delivered::Partly,
            _ => Delivered::Wholly,
        }
    }
}

/// Whether an area is part on any day of a month; always where it has no days.
fn is_part(days: Option<&Days>, month: Month) -> bool {
    days.is_none_or(|days| days.meets(month.first_day(), month.last_day()))
}

/// The first month that has all the days looked back on, in data from a month on.
fn first_after(data: Month, back: chrono::Days) -> Month {
    let from = data.first_day().checked_add_days(back).unwrap_or(NaiveDate::MAX);
    let month = Month::containing(from);
    if month.first_day() < from { month.plus(1) } else { month }
}

/// A day as days since 1970.
pub(super) fn day_number(day: NaiveDate) -> i32 {
    i32::try_from(day.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

/// The day of a number of days since 1970.
pub(super) fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day)
}

/// The instant at which a local day begins in the United Kingdom, in seconds since 1970.
///
/// Clocks change at one in the morning, so that every day has one midnight.
pub(super) fn midnight(day: NaiveDate) -> i64 {
    let local = day.and_time(NaiveTime::MIN);
    chrono_tz::Europe::London
        .from_local_datetime(&local)
        .earliest()
        .map_or_else(|| local.and_utc().timestamp(), |instant| instant.timestamp())
}
