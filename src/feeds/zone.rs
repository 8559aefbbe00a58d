//! Local times to points in time: the hour that is skipped and the hour that comes twice.

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use chrono_tz::Tz;

/// Years for which clock changes are worked out; outside them the nearest offset holds.
const YEARS: std::ops::Range<i32> = 1900..2100;

/// A time zone's clock changes, worked out once.
#[derive(Debug, Clone)]
pub struct Zone {
    /// Stretches of local time in order; each lasts until the next begins.
    stretches: Vec<(i64, Reading)>,
    /// Points in time from which an offset holds.
    offsets: Vec<(i64, i64)>,
}

/// How local times of a stretch are read: offsets are local time minus UTC, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Once(i64),
    Never,
    Twice { earlier: i64, later: i64 },
}

/// The point in time that a local time names, in seconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instant {
    /// As on almost every day.
    Once(i64),
    /// The clocks skipped it.
    Never,
    /// The clocks showed it twice: the first and the second time.
    Twice(i64, i64),
}

impl Zone {
    /// Works out the clock changes of a zone.
    pub fn new(zone: Tz) -> Self {
        let mut before = offset(zone, start_of(YEARS.start, 1));
        let mut stretches = vec![(i64::MIN, Reading::Once(before))];
        let mut offsets = vec![(i64::MIN, before)];
        for year in YEARS {
            for month in 1..=12 {
                let next =
                    if month == 12 { start_of(year + 1, 1) } else { start_of(year, month + 1) };
                let after = offset(zone, next);
                if after != before {
                    let at = change(zone, start_of(year, month), next, before);
                    push(&mut stretches, at, before, after);
                    offsets.push((at, after));
                    before = after;
                }
            }
        }
        Self { stretches, offsets }
    }

    /// The point in time of a local time, given as seconds since 1970-01-01 00:00 local.
    ///
    /// ```
    /// use concordat::feeds::zone::{Instant, Zone};
    ///
    /// let london = Zone::new(chrono_tz::Europe::London);
    /// let midsummer = 1_498_003_200; // 2017-06-21 00:00
    /// assert_eq!(london.instant(midsummer), Instant::Once(midsummer - 3_600));
    /// ```
    pub fn instant(&self, local: i64) -> Instant {
        let after = self.stretches.partition_point(|(from, _)| *from <= local);
        match self.stretches.get(after.saturating_sub(1)) {
            Some((_, Reading::Once(offset))) => Instant::Once(local - offset),
            Some((_, Reading::Twice { earlier, later })) => {
                Instant::Twice(local - earlier, local - later)
            }
            Some((_, Reading::Never)) | None => Instant::Never,
        }
    }

    /// The local day of a point in time, counted from 1970; `None` far outside the calendar.
    pub(crate) fn day(&self, utc: i64) -> Option<i32> {
        i32::try_from(self.local(utc).div_euclid(super::timestamp::DAY)).ok()
    }

    /// The local time that the clocks show at a point in time.
    pub fn local(&self, utc: i64) -> i64 {
        let after = self.offsets.partition_point(|(from, _)| *from <= utc);
        let offset = self.offsets.get(after.saturating_sub(1)).map_or(0, |(_, offset)| *offset);
        utc.saturating_add(offset)
    }
}

fn push(stretches: &mut Vec<(i64, Reading)>, at: i64, before: i64, after: i64) {
    let (from, to) = (at + before.min(after), at + before.max(after));
    let reading = if after > before {
        Reading::Never
    } else {
        Reading::Twice { earlier: before, later: after }
    };
    stretches.push((from, reading));
    stretches.push((to, Reading::Once(after)));
}

/// The first second of a month, as if it were UTC.
fn start_of(year: i32, month: u32) -> i64 {
    let first = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default();
    (i64::from(first.num_days_from_ce()) - 719_163) * super::timestamp::DAY
}

fn offset(zone: Tz, utc: i64) -> i64 {
    let at = DateTime::from_timestamp(utc, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&at).fix().local_minus_utc())
}

/// The second in which the offset stops being `before`, between two points in time.
fn change(zone: Tz, mut from: i64, mut to: i64, before: i64) -> i64 {
    while to - from > 1 {
        let middle = from + (to - from) / 2;
        if offset(zone, middle) == before {
            from = middle;
        } else {
            to = middle;
        }
    }
    to
}

#[cfg(test)]
mod tests {
    use chrono::{LocalResult, NaiveDateTime};
    use proptest::prelude::*;

    use super::*;

    fn london(text: &str) -> Instant {
        let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        Zone::new(chrono_tz::Europe::London).instant(local.and_utc().timestamp())
    }

    fn utc(text: &str) -> i64 {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc().timestamp()
    }

    #[test]
    fn the_clocks_of_2017() {
        // Forward on 26 March at 01:00 to 02:00, back on 29 October at 02:00 to 01:00.
        assert_eq!(london("2017-03-26 00:59"), Instant::Once(utc("2017-03-26 00:59")));
        assert_eq!(london("2017-03-26 01:00"), Instant::Never);
        assert_eq!(london("2017-03-26 01:59"), Instant::Never);
        assert_eq!(london("2017-03-26 02:00"), Instant::Once(utc("2017-03-26 01:00")));
        assert_eq!(london("2017-10-29 00:59"), Instant::Once(utc("2017-10-28 23:59")));
        let (first, second) = (utc("2017-10-29 00:00"), utc("2017-10-29 01:00"));
        assert_eq!(london("2017-10-29 01:00"), Instant::Twice(first, second));
        assert_eq!(london("2017-10-29 02:00"), Instant::Once(utc("2017-10-29 02:00")));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn agrees_with_chrono_tz(local in -1_500_000_000i64..4_000_000_000) {
            let zone = Zone::new(chrono_tz::Europe::London);
            let naive = DateTime::from_timestamp(local, 0).unwrap().naive_utc();
            let expected = match chrono_tz::Europe::London.from_local_datetime(&naive) {
                LocalResult::Single(time) => Instant::Once(time.timestamp()),
                LocalResult::Ambiguous(first, second) => {
                    Instant::Twice(first.timestamp(), second.timestamp())
                }
                LocalResult::None => Instant::Never,
            };
            prop_assert_eq!(zone.instant(local), expected);
        }

        #[test]
        fn local_time_comes_back(utc in -1_500_000_000i64..4_000_000_000) {
            let zone = Zone::new(chrono_tz::Europe::London);
            let local = zone.local(utc);
            match zone.instant(local) {
                Instant::Once(back) => prop_assert_eq!(back, utc),
                Instant::Twice(first, second) => prop_assert!(first == utc || second == utc),
                Instant::Never => prop_assert!(false, "{} shows a skipped time", utc),
            }
        }
    }
}
