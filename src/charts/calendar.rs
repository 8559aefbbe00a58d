//! Scales of time: positions in months, and ticks that begin in April.

use chrono::{Datelike, NaiveDate};

use crate::period::Month;

/// Months between labels: the closest that leaves room is taken.
const INTERVALS: [i32; 10] = [1, 3, 6, 12, 24, 36, 60, 120, 240, 600];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A tick on a scale of time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeTick {
    /// Where it stands, in months as [`position`] counts them.
    pub(crate) at: f64,
    /// One or two lines of text; none at a tick between labels.
    pub(crate) lines: Vec<String>,
}

/// A date in months, the days of a month being fractions of it.
pub(crate) fn position(date: NaiveDate) -> f64 {
    let month = Month::containing(date);
    f64::from(index(month)) + f64::from(date.day0()) / f64::from(month.last_day().day())
}

/// `Apr 2017`.
pub(crate) fn month_and_year(date: NaiveDate) -> String {
    format!("{} {}", name(Month::containing(date)), date.year())
}

fn index(month: Month) -> i32 {
    month.year() * 12 + month.month().cast_signed() - 1
}

fn month_at(index: i32) -> Month {
    let month = index.rem_euclid(12).cast_unsigned() + 1;
    Month::new(index.div_euclid(12), month).unwrap_or(Month::containing(NaiveDate::MIN))
}

fn name(month: Month) -> &'static str {
    usize::try_from(month.month() - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

/// Ticks for months `from` to `to`, a month being `pixels` wide.
///
/// Labels begin in April: of every year, or every second, third, fifth… where years are narrow;
/// of half years, quarters or months where those have room, with the year below the first label of
/// each year. From three years on no label is closer than a year. Ticks without a label stand at months or quarters between.
pub(crate) fn ticks(from: f64, to: f64, pixels: f64, letter: f64) -> Vec<TimeTick> {
    let long = to - from >= 36.0;
    let room = |interval: i32| {
        if long && interval < 12 {
            return false;
        }
        let wide = if interval < 12 { 3.6 } else { 5.6 };
        f64::from(interval) * pixels >= wide * letter
    };
    let interval = INTERVALS.into_iter().find(|&every| room(every)).unwrap_or(1200);
    let between = match interval {
        1 => 1,
        _ if pixels >= 7.0 => 1,
        2..=12 => 3,
        _ => 12,
    };
    let (first, last) = (whole(from.ceil()), whole(to.floor()));
    let mut year_shown = None;
    let mut ticks = Vec::new();
    let step = if pixels * f64::from(between) < 2.0 { interval } else { between };
    let start = first + (APRIL - first).rem_euclid(step);
    let mut at = start;
    while at <= last {
        let month = month_at(at);
        let mut lines = Vec::new();
        if (at - APRIL).rem_euclid(interval) == 0 {
            if interval >= 12 {
                lines.push(format!("{} {}", name(month), month.year()));
            } else {
                lines.push(name(month).to_owned());
                if year_shown != Some(month.year()) {
                    lines.push(month.year().to_string());
                    year_shown = Some(month.year());
                }
            }
        }
        ticks.push(TimeTick { at: f64::from(at), lines });
        at += step;
    }
    ticks
}

/// April of year 0, from which labels are counted.
const APRIL: i32 = 3;

/// Ticks at yearly points: `2017/18` for years from April, `2017` for others.
pub(crate) fn yearly(starts: &[NaiveDate], pixels: f64, letter: f64) -> Vec<TimeTick> {
    let room = 4.6 * letter / (12.0 * pixels).max(1e-6);
    let every = (1..1000_u16).find(|&every| f64::from(every) >= room).unwrap_or(1000);
    starts
        .iter()
        .enumerate()
        .map(|(at, start)| {
            let year = start.year();
            let label = if start.month() == 4 {
                format!("{year}/{:02}", (year + 1).rem_euclid(100))
            } else {
                year.to_string()
            };
            let shown = (starts.len() - 1 - at).is_multiple_of(usize::from(every));
            TimeTick { at: position(*start), lines: if shown { vec![label] } else { Vec::new() } }
        })
        .collect()
}

/// Whether every two neighbouring points are a year or more apart.
pub(crate) fn is_yearly(starts: &[NaiveDate]) -> bool {
    starts.len() > 1 && starts.windows(2).all(|pair| position(pair[1]) - position(pair[0]) >= 12.0)
}

fn whole(months: f64) -> i32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "dates are within chrono's few million months"
    )]
    let whole = months as i32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Labels only, two lines joined by a bar.
    fn labels(from: &str, to: &str, pixels: f64) -> Vec<String> {
        ticks(position(day(from)), position(day(to)), pixels, 13.0)
            .into_iter()
            .filter(|tick| !tick.lines.is_empty())
            .map(|tick| tick.lines.join("|"))
            .collect()
    }

    #[test]
    fn positions_count_months() {
        assert!((position(day("2017-04-01")) - f64::from(2017 * 12 + 3)).abs() < 1e-12);
        assert!((position(day("2017-04-16")) - f64::from(2017 * 12 + 3) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn long_series_are_labelled_each_april() {
        assert_eq!(
            labels("2013-01-01", "2018-03-01", 9.5),
            ["Apr 2013", "Apr 2014", "Apr 2015", "Apr 2016", "Apr 2017"]
        );
        assert_eq!(labels("2000-01-01", "2010-01-01", 2.5), ["Apr 2001", "Apr 2004", "Apr 2007"]);
    }

    #[test]
    fn short_series_are_labelled_by_month_with_the_year_below() {
        assert_eq!(
            labels("2016-11-01", "2017-02-01", 60.0),
            ["Nov|2016", "Dec", "Jan|2017", "Feb"]
        );
        assert_eq!(
            labels("2016-05-01", "2017-08-01", 20.0),
            ["Jul|2016", "Oct", "Jan|2017", "Apr", "Jul"]
        );
        assert_eq!(labels("2017-03-01", "2017-03-01", 600.0), ["Mar|2017"]);
    }

    #[test]
    fn years_are_named_as_financial_years() {
        let starts: Vec<_> =
            (2014..2018).map(|y| NaiveDate::from_ymd_opt(y, 4, 1).unwrap()).collect();
        assert!(is_yearly(&starts));
        let names: Vec<_> =
            yearly(&starts, 20.0, 13.0).into_iter().map(|t| t.lines.join("")).collect();
        assert_eq!(names, ["2014/15", "2015/16", "2016/17", "2017/18"]);
        assert!(!is_yearly(&starts[..1]));
    }
}
