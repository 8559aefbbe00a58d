//! Dates as spreadsheets keep them: days since an epoch, the time of day as a fraction.

use super::timestamp::DAY;

/// Days from the epoch of 1900 to 1970-01-01, for dates from 1 March 1900 on: the spreadsheet
/// counts a 29 February 1900 that never was.
const EPOCH_1900: f64 = 25_569.0;

/// Days from 1904-01-01 to 1970-01-01.
const EPOCH_1904: f64 = 24_107.0;

/// The first number after the day that never was.
const FIRST: f64 = 61.0;

/// One past the number of 31 December 9999.
const END: f64 = 2_958_466.0;

/// Whether a declared format is one of these numbers, and then whether it counts from 1904.
pub(crate) fn declared(format: &str) -> Option<bool> {
    match format {
        "excel" => Some(false),
        "excel 1904" => Some(true),
        _ => None,
    }
}

/// Seconds from 1970-01-01 00:00 to the local time, to the nearest second; `None` before March
/// 1900 and after 9999, where the numbers stand for no date.
pub(crate) fn seconds(number: f64, from_1904: bool) -> Option<i64> {
    let (epoch, first) = if from_1904 { (EPOCH_1904, 0.0) } else { (EPOCH_1900, FIRST) };
    if !(first..END).contains(&number) {
        return None;
    }
    let days = number.floor();
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let of_day = ((number - days) * DAY as f64).round();
    #[expect(clippy::cast_possible_truncation, reason = "both are whole and small")]
    let (days, of_day) = ((days - epoch) as i64, of_day as i64);
    Some(days * DAY + of_day)
}

/// The time of day of a number below 1, in seconds; `None` for other numbers.
pub(crate) fn clock(number: f64) -> Option<i64> {
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let of_day = (number * DAY as f64).round();
    #[expect(clippy::cast_possible_truncation, reason = "whole and small")]
    (0.0..1.0).contains(&number).then_some(of_day as i64)
}
