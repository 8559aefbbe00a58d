//! Time: months since January 2014, minutes since 1970, and when things tend to happen.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Europe::London;

use super::dice::{BILLION, Dice};
use super::field::{Field, figure};

/// A quantity that changes from month to month: (months since January 2014, value), straight
/// between them and level outside.
pub(super) type Course = &'static [(i32, u64)];

/// Months from January 2014 to a month.
pub(super) const fn at(year: i32, month: i32) -> i32 {
    (year - 2014) * 12 + month - 1
}

/// A course's value in a month; 0 for an empty course.
pub(super) fn along(course: Course, when: i32) -> u64 {
    let Some(&(_, first)) = course.first() else { return 0 };
    let mut before = (i32::MIN, first);
    for &(month, value) in course {
        if when < month {
            if before.0 == i32::MIN {
                return value;
            }
            let (part, whole) = (i64::from(when - before.0), i64::from(month - before.0));
            let (low, high) = (before.1.cast_signed(), value.cast_signed());
            return (low + (high - low) * part / whole).cast_unsigned();
        }
        before = (month, value);
    }
    before.1
}

/// The first day of a month.
pub(super) fn first_day(when: i32) -> NaiveDate {
    let (year, month) = (2014 + when.div_euclid(12), when.rem_euclid(12).cast_unsigned() + 1);
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

/// The year in which the financial year of a month begins.
pub(super) fn financial_year(when: i32) -> i32 {
    2014 + (when - 3).div_euclid(12)
}

/// The last Sunday of a month: the night when the clocks change, in March and October.
pub(super) fn last_sunday(when: i32) -> NaiveDate {
    let last = first_day(when + 1).pred_opt().unwrap_or_default();
    let back = i64::from(last.weekday().num_days_from_sunday());
    last - TimeDelta::days(back)
}

/// Midnight at the start of a local day, in minutes since 1970.
pub(super) fn midnight(day: NaiveDate) -> i64 {
    let local = day.and_time(NaiveTime::MIN);
    London.from_local_datetime(&local).earliest().map_or(0, |time| time.timestamp() / 60)
}

/// A minute as London's clocks count it.
fn on_clocks(minute: i64) -> i64 {
    let years = minute.div_euclid(A_YEAR) - FIRST_YEAR;
    let summer = usize::try_from(years).ok().and_then(|year| SUMMERS.get(year));
    minute + if summer.is_some_and(|(from, to)| (*from..*to).contains(&minute)) { 60 } else { 0 }
}

/// Minutes in which clocks are an hour ahead, a year each: from 01:00 UTC on the last Sunday of March
/// to the same on that of October. The tables of time zones, asked for each of a hundred million
/// times, take a good part of a run.
static SUMMERS: LazyLock<Vec<(i64, i64)>> = LazyLock::new(|| {
    let change = |year, month| {
        let day = last_sunday(at(year, month));
        day.and_time(NaiveTime::MIN).and_utc().timestamp() / 60 + 60
    };
    (2013..2080).map(|year| (change(year, 3), change(year, 10))).collect()
});
/// The mean year of the calendar in minutes; years that begin with it are never a day off.
const A_YEAR: i64 = 525_949;
/// 2013, counted in these from 1970.
const FIRST_YEAR: i64 = 43;

/// A time as a clerk writes it: `12/03/2016 14:05`, on London's clocks.
pub(super) fn written(minute: i64) -> Field {
    written_unchanged(on_clocks(minute))
}

/// The same on a clock that nobody put forward in spring.
pub(super) fn written_unchanged(minute: i64) -> Field {
    let time = DateTime::from_timestamp(minute * 60, 0).unwrap_or_default().naive_utc();
    let mut text = *b"00/00/0000 00:00";
    put_day(&mut text, time.date());
    put(&mut text, 11, time.hour());
    put(&mut text, 14, time.minute());
    Field::made(text)
}

/// A day as a clerk writes it: `12/03/2016`.
pub(super) fn written_day(day: NaiveDate) -> Field {
    let mut text = *b"00/00/0000";
    put_day(&mut text, day);
    Field::made(text)
}

fn put_day(text: &mut [u8], day: NaiveDate) {
    let year = day.year().cast_unsigned();
    put(text, 0, day.day());
    put(text, 3, day.month());
    put(text, 6, year / 100);
    put(text, 8, year);
}

/// The last two figures of a number.
fn put(text: &mut [u8], place: usize, number: u32) {
    text[place] = figure(u64::from(number / 10));
    text[place + 1] = figure(u64::from(number));
}

/// Whether a minute falls on a weekday from 9:00 to 19:00.
pub(super) fn office_hours(minute: i64) -> bool {
    let (day, hour) = day_and_hour(minute);
    day < 5 && (9..19).contains(&hour)
}

/// Day of the week, 0 for Monday, and hour on London's clocks.
fn day_and_hour(minute: i64) -> (usize, usize) {
    let local = on_clocks(minute);
    let day = (local.div_euclid(24 * 60) + 3).rem_euclid(7); // 1970 began on a Thursday
    let hour = local.rem_euclid(24 * 60) / 60;
    (usize::try_from(day).unwrap_or_default(), usize::try_from(hour).unwrap_or_default())
}

/// How many times the usual each hour of the day sees, in thousandths; evenings are busiest.
const HOURS: [u64; 24] = [
    940, 790, 670, 560, 480, 420, 420, 480, 580, 710, 830, 940, 1040, 1110, 1170, 1230, 1310, 1400,
    1480, 1570, 1630, 1570, 1420, 1250,
];
/// The same for days, Monday first.
const DAYS: [u64; 7] = [1010, 960, 950, 960, 1020, 1070, 1030];
/// The same for months, January first; summer is busiest.
const SEASON: [u64; 12] = [950, 930, 980, 1000, 1040, 1060, 1080, 1060, 1010, 990, 960, 940];

/// The minutes at which events of a month happen, in order.
///
/// `monthly` is how many are expected in thirty ordinary days, in thousandths; `scale` multiplies
/// it, in millionths. The month as a whole moves by up to a tenth.
pub(super) fn arrivals(dice: &mut Dice, when: i32, monthly: u64, scale: u64) -> Vec<i64> {
    let noise = 900 + dice.below(201);
    let season = SEASON[usize::try_from(when.rem_euclid(12)).unwrap_or_default()];
    let hourly = u128::from(monthly) * u128::from(scale) * u128::from(noise * season) / 720;
    let mut minutes = Vec::new();
    let (mut hour, end) = (midnight(first_day(when)), midnight(first_day(when + 1)));
    while hour < end {
        let (of_week, of_day) = day_and_hour(hour);
        let weight = DAYS[of_week] * HOURS[of_day];
        let expected = hourly * u128::from(weight) / u128::from(BILLION * 1000);
        let count = dice.events(u64::try_from(expected).unwrap_or(u64::MAX));
        let from = minutes.len();
        for _ in 0..count {
            minutes.push(hour + dice.below(60).cast_signed());
        }
        minutes[from..].sort_unstable();
        hour += 60;
    }
    minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(text: &str) -> i64 {
        let time = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        time.and_utc().timestamp() / 60
    }

    #[test]
    fn a_course_is_straight_between_its_points_and_level_outside() {
        const POINTS: Course = &[(at(2014, 3), 100), (at(2014, 7), 60)];
        let values: Vec<u64> = [0, 2, 3, 4, 6, 40].map(|when| along(POINTS, when)).to_vec();
        assert_eq!(values, [100, 100, 90, 80, 60, 60]);
        assert_eq!(along(&[], 5), 0);
    }

    #[test]
    fn the_repeated_hour_is_written_twice() {
        assert_eq!(written(minute("2016-10-30 00:30")).text(), "30/10/2016 01:30");
        assert_eq!(written(minute("2016-10-30 01:30")).text(), "30/10/2016 01:30");
    }

    #[test]
    fn a_clock_not_put_forward_shows_the_skipped_hour() {
        assert_eq!(written(minute("2016-03-27 01:10")).text(), "27/03/2016 02:10");
        assert_eq!(written_unchanged(minute("2016-03-27 01:10")).text(), "27/03/2016 01:10");
    }

    /// By the tables of the time zone, all through what can be made, at every minute of an hour.
    #[test]
    fn clocks_are_londons() {
        let (from, to) = (minute("2013-12-01 00:00"), minute("2065-01-01 00:00"));
        for now in (from..to).step_by(59) {
            let time = DateTime::from_timestamp(now * 60, 0).unwrap().with_timezone(&London);
            assert_eq!(on_clocks(now), time.naive_local().and_utc().timestamp() / 60);
            let (day, hour) = (time.weekday().num_days_from_monday(), time.hour());
            assert_eq!(day_and_hour(now), (day as usize, hour as usize));
        }
    }

    #[test]
    fn clocks_change_on_the_last_sunday() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        assert_eq!(last_sunday(at(2016, 3)), day(2016, 3, 27));
        assert_eq!(last_sunday(at(2016, 10)), day(2016, 10, 30));
        assert_eq!(last_sunday(at(2017, 12)), day(2017, 12, 31));
    }

    #[test]
    fn financial_years_begin_in_april() {
        let years = [at(2014, 1), at(2014, 3), at(2014, 4), at(2015, 3)].map(financial_year);
        assert_eq!(years, [2013, 2013, 2014, 2014]);
    }

    #[test]
    fn a_summer_month_begins_at_local_midnight() {
        assert_eq!(midnight(first_day(at(2016, 7))), minute("2016-06-30 23:00"));
    }
}
