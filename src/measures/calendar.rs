//! Which months there are, and which of them were delivered: a gap is not a zero.
//!
//! A calendar counts in pieces: months, and where weeks or days are asked for the parts of each
//! that lie in one month. A piece is delivered as its month is; a period is made of its pieces.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::{NaiveDate, NaiveTime, TimeZone};

use crate::area::Days;
use crate::feeds::Feed;
use crate::feeds::contract::Empty;
use crate::measures::Request;
use crate::period::{Grain, Month, Period};

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

/// A run of days of one month and of one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// The first day.
    pub(super) first: NaiveDate,
    /// The last day.
    pub(super) last: NaiveDate,
    /// How much of its month was delivered.
    pub(super) delivered: Delivered,
}

impl Piece {
    /// How many days it has.
    pub(super) fn days(&self) -> i64 {
        (self.last - self.first).num_days() + 1
    }
}

/// The days of a series from the first of a month to the last of the as-at month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Calendar {
    /// In order, without gaps; never empty.
    pub(super) pieces: Vec<Piece>,
    /// Months whose latest delivery says that it is provisional.
    provisional: BTreeSet<Month>,
}

impl Calendar {
    /// From the first month asked for, else the first that was delivered, to the as-at month.
    /// Where nothing was delivered by then, the as-at month alone.
    ///
    /// With days to look back the first month is so much later than the first delivered, and a
    /// piece is wholly delivered only where those days before it are as well.
    pub(super) fn new(feed: &Feed, request: &Request, look_back: u32) -> Self {
        let last = request.as_at;
        let known = Known::of(feed, request);
        let back = chrono::Days::new(u64::from(look_back));
        let earliest = known.first().map(|month| first_after(month, back));
        let first = request.first.or(earliest).unwrap_or(last).min(last);
        let months = (0..=last.since(first)).map(|step| first.plus(step));
        let pieces = months.flat_map(|month| parts(month, request.grain)).map(|(first, last)| {
            Piece { first, last, delivered: known.delivered_after(first, back) }
        });
        Self { pieces: pieces.collect(), provisional: feed.coverage.provisional.clone() }
    }

    /// Whether the latest delivery of a month of the period says that it is provisional.
    pub(super) fn is_provisional(&self, period: Period) -> bool {
        self.provisional.range(period.first_month()..=period.last_month()).next().is_some()
    }

    /// The first day.
    pub(super) fn first(&self) -> NaiveDate {
        self.pieces.first().map_or(NaiveDate::MIN, |piece| piece.first)
    }

    /// Positions of the pieces that lie in a period.
    pub(super) fn within(&self, period: Period) -> Range<usize> {
        let before = |day| self.pieces.partition_point(|piece| piece.first < day);
        before(period.start)..before(period.end())
    }

    /// Whether something of every month from a day to another was delivered.
    pub(super) fn delivered_from(&self, from: i32, to: i32) -> bool {
        let place = |day| self.position_of_day(day);
        place(from).zip(place(to)).is_some_and(|(from, to)| {
            self.pieces[from..=to].iter().all(|piece| piece.delivered != Delivered::Nothing)
        })
    }

    /// The same for a part of it whose code is in force on some days only: in other pieces, unless
    /// there are rows, nothing was delivered.
    pub(super) fn only(&self, days: &Days, with_rows: &[bool]) -> Self {
        let of = |(at, piece): (usize, &Piece)| {
            let known = days.meets(piece.first, piece.last) || with_rows.get(at) == Some(&true);
            Piece { delivered: if known { piece.delivered } else { Delivered::Nothing }, ..*piece }
        };
        Self { pieces: self.pieces.iter().enumerate().map(of).collect(), ..self.clone() }
    }

    /// Positions of the pieces from a day to another (days since 1970), as far as there are any.
    pub(super) fn positions(&self, from: i32, to: i32) -> Range<usize> {
        let day = |number| date(number).unwrap_or(NaiveDate::MAX);
        let start = self.pieces.partition_point(|piece| piece.last < day(from));
        start..self.pieces.partition_point(|piece| piece.first <= day(to))
    }

    /// Position of the piece of a day (days since 1970).
    pub(super) fn position_of_day(&self, day: i32) -> Option<usize> {
        let day = date(day)?;
        let at = self.pieces.partition_point(|piece| piece.last < day);
        self.pieces.get(at).filter(|piece| piece.first <= day).map(|_| at)
    }

    /// Every period of the grain that has a day of the calendar.
    pub(super) fn periods(&self, request: &Request) -> impl Iterator<Item = Period> + use<> {
        let holding = |day| Period::holding(request.grain, day);
        holding(self.first()).to(holding(request.as_at.last_day()))
    }

    /// The first and the last day, in days since 1970.
    pub(super) fn days(&self, request: &Request) -> (i32, i32) {
        (day_number(self.first()), day_number(request.as_at.last_day()))
    }
}

/// The first and last days of what periods of a grain have of a month: the month itself where it
/// lies in one of them.
fn parts(month: Month, grain: Grain) -> Vec<(NaiveDate, NaiveDate)> {
    let (first, last) = (month.first_day(), month.last_day());
    let holding = |day| Period::holding(grain, day);
    let periods = holding(first).to(holding(last));
    periods.map(|one| (one.start.max(first), one.last_day().min(last))).collect()
}

impl Calendar {
    /// The first and the last day of a run of days, held to the calendar; the calendar's own
    /// without. The last is before the first where the run lies outside.
    pub(super) fn days_within(
        &self,
        request: &Request,
        run: Option<(NaiveDate, NaiveDate)>,
    ) -> (i32, i32) {
        let (first, last) = self.days(request);
        run.map_or((first, last), |(from, to)| {
            (day_number(from).max(first), day_number(to).min(last))
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

    /// How much of the month of a day and of the days before that day was delivered: nothing where
    /// the data do not reach back so far.
    fn delivered_after(&self, day: NaiveDate, back: chrono::Days) -> Delivered {
        let month = Month::containing(day);
        let own = self.delivered(month);
        let from = day.checked_sub_days(back).unwrap_or(NaiveDate::MIN);
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

/// The last day, in days since 1970, of which so many days after it are over at the end of the as-at
/// month.
pub(super) fn last_followed(as_at: Month, days: u32) -> i32 {
    day_number(as_at.last_day()).saturating_sub_unsigned(days)
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
