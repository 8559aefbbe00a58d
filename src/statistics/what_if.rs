//! What would be open if stays began and lasted otherwise.
//!
//! In the long run what is open is what starts a day times how long it stays (Little, 1961). On the way
//! there those open now leave as those of a long run would, and those that start build up behind them:
//!
//! open after *t* days = open now + (starts a day × mean stay − open now) × share(*t*)
//!
//! where share(*t*) is the share of the nights of all stays that are among the first *t* nights of a
//! stay. Where stays become longer or shorter, all do in proportion, those open now as well.

/// Days of a month: a twelfth of 365.
const DAYS_OF_MONTH: f64 = 365.0 / 12.0;

/// Starts a month of so many a day.
pub fn a_month(a_day: f64) -> f64 {
    a_day * DAYS_OF_MONTH
}

/// What is open in the long run with so many starts a month that stay so many days.
///
/// ```
/// // 6 a month that stay 73 days: 6 × 12 / 365 × 73
/// let open = concordat::statistics::what_if::in_the_long_run(6.0, 73.0);
/// assert!((open - 14.4).abs() < 1e-12);
/// ```
pub fn in_the_long_run(starts: f64, mean: f64) -> f64 {
    starts / DAYS_OF_MONTH * mean
}

/// What is open after so many months, with `starts` a month that stay `mean` days, where `open` are open
/// now, stays now last `usual` days, and `within` is the share of their nights among the first 0, 1, 2,
/// … nights.
pub fn open_after(
    months: f64,
    open: f64,
    (starts, mean): (f64, f64),
    (usual, within): (f64, &[f64]),
) -> f64 {
    let level = in_the_long_run(starts, mean);
    let days = months * DAYS_OF_MONTH;
    // nobody stays: those there are gone at once
    let share = if mean > 0.0 { share(within, days * usual / mean) } else { 1.0 };
    open + (level - open) * share
}

/// The share at a number of days, straight between whole ones; everything beyond the last.
fn share(within: &[f64], days: f64) -> f64 {
    let at = days.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 or more")]
    let place = at as usize;
    match (within.get(place), within.get(place + 1)) {
        (Some(low), Some(high)) => low + (high - low) * (days - at),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stays of one night or two, half each: of 3 nights 2 are first nights.
    const WITHIN: [f64; 3] = [0.0, 2.0 / 3.0, 1.0];

    #[test]
    fn between_now_and_the_long_run() {
        // 365/12 starts a month are one a day; staying 1.5 days 1.5 are open in the long run
        let starts = 365.0 / 12.0;
        let after = |days: f64| open_after(days * 12.0 / 365.0, 4.5, (starts, 1.5), (1.5, &WITHIN));
        assert!((after(0.0) - 4.5).abs() < 1e-12);
        // 4.5 + (1.5 - 4.5) × 2/3
        assert!((after(1.0) - 2.5).abs() < 1e-12);
        assert!((after(1.5) - 2.0).abs() < 1e-12, "halfway from 2.5 to 1.5");
        assert!((after(2.0) - 1.5).abs() < 1e-12);
        assert!((after(90.0) - 1.5).abs() < 1e-12);
    }

    #[test]
    fn stays_twice_as_long_take_twice_as_long() {
        let starts = 365.0 / 12.0;
        let after = |days: f64| open_after(days * 12.0 / 365.0, 0.0, (starts, 3.0), (1.5, &WITHIN));
        // 3 in the long run, two thirds of it after two days
        assert!((after(2.0) - 2.0).abs() < 1e-12);
        assert!((after(4.0) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn without_starts_or_stays_all_leave() {
        assert!(open_after(12.0, 7.0, (0.0, 1.5), (1.5, &WITHIN)).abs() < 1e-12);
        assert!(open_after(0.0, 7.0, (3.0, 0.0), (1.5, &WITHIN)).abs() < 1e-12);
    }
}
