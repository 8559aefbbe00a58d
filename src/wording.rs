//! Released facts to sentences: the only place where words are made.
//!
//! British English, plain, one idea a sentence. Numbers are quoted from released figures and
//! rounded as `number` rounds, so that a sentence never disagrees with the table beside it.

use chrono::{Datelike, NaiveDate};

use crate::disclosure::{Figure, Why};
use crate::number;
use crate::period::{Grain, Month, Period};
use crate::unit::Unit;

pub mod actions;
pub mod changes;
pub mod chart;
pub mod commentary;
pub mod coverage;
pub mod gaps;
pub mod outlook;
pub mod pack;
pub mod plan;
pub mod proposal;
pub mod questions;
pub mod reason;
pub mod reconciliation;
pub mod standard;
pub mod terms;
pub mod views;

/// A number as words show it, with its unit where the number alone would not say.
pub fn value(value: f64, unit: Unit) -> String {
    let plain = |decimals: u8| {
        let whole = (value - value.round()).abs() < 1e-9;
        number::decimal(value, if whole { 0 } else { decimals })
    };
    match unit {
        Unit::Count | Unit::Placements | Unit::Rate => plain(1),
        Unit::Proportion | Unit::Change => number::percent(value, 1),
        Unit::Seconds => number::clock(value),
        Unit::Days => format!("{} days", plain(1)),
        Unit::WorkingDays => format!("{} working days", plain(1)),
        Unit::BedDaysPerDay => format!("{} a day", plain(1)),
        Unit::PeoplePerWeek => format!("{} a week", plain(1)),
        Unit::Pounds => number::pounds(value),
        Unit::Ratio => number::decimal(value, 2),
    }
}

/// A figure as words show it; a withheld one says why.
pub fn figure(figure: Figure, unit: Unit) -> String {
    match (figure.shown(), figure.withheld()) {
        (Some(number), _) => value(number, unit),
        (None, Some(Why::SuppressedAtSource)) => "suppressed at source".to_owned(),
        (None, _) => "not delivered".to_owned(),
    }
}

/// A target or a baseline: a number below 10 keeps the decimals it was stated with, up to three, where
/// a figure would be rounded to one.
pub fn stated_figure(stated: Figure, unit: Unit) -> String {
    stated.shown().map_or_else(|| figure(stated, unit), |number| stated_value(number, unit))
}

/// A number as a plan or a definition states it, as [`stated_figure`] shows it.
pub fn stated_value(number: f64, unit: Unit) -> String {
    let rounded = value(number, unit);
    let plain = !matches!(unit, Unit::Proportion | Unit::Change | Unit::Seconds | Unit::Pounds);
    match Some(number).filter(|number| plain && number.abs() < 10.0) {
        Some(number) if (number * 10.0 - (number * 10.0).round()).abs() > 1e-9 => {
            let full = number::decimal(number, 3);
            let full = full.trim_end_matches('0').trim_end_matches('.');
            rounded.replacen(&number::decimal(number, 1), full, 1)
        }
        _ => rounded,
    }
}

/// A figure, or a dash where there is none.
pub fn maybe(shown: Option<Figure>, unit: Unit) -> String {
    shown.map_or_else(|| "–".to_owned(), |shown| figure(shown, unit))
}

/// A whole figure, as a count of things.
pub fn count(shown: Figure) -> String {
    figure(shown, Unit::Count)
}

/// A difference of shares is in percentage points.
pub fn difference(of: Figure, unit: Unit) -> String {
    match (unit, of.shown()) {
        (Unit::Proportion | Unit::Change, Some(share)) => {
            format!("{} percentage points", number::decimal(share * 100.0, 1))
        }
        _ => figure(of, unit),
    }
}

/// `February 2019`.
pub fn month(month: Month) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = NAMES.get(month.month() as usize - 1).copied().unwrap_or_default();
    format!("{name} {}", month.year())
}

/// `4 September 2017`.
pub fn day(day: NaiveDate) -> String {
    format!("{} {}", day.day(), month(Month::containing(day)))
}

/// `week commencing 4 September 2017`, `February 2019`, `January to March 2019`, `2018/19`, `2018`.
pub fn period(period: Period) -> String {
    match period.grain {
        Grain::Day => day(period.start),
        Grain::Week => format!("week commencing {}", day(period.start)),
        Grain::Month => month(period.first_month()),
        Grain::Quarter => {
            let (first, last) = (period.first_month(), period.last_month());
            let name = month(first);
            let first = name.split(' ').next().unwrap_or_default();
            format!("{first} to {}", month(last))
        }
        Grain::FinancialYear | Grain::CalendarYear => period.to_string(),
    }
}

/// `week`, `month`, `quarter`, `financial year`, `calendar year`.
pub fn grain(grain: Grain) -> &'static str {
    grain.name()
}

/// A year's sense of a length of period, as the rating has it: `12 weeks`, `12 months`, `4 quarters`,
/// `3 financial years`.
pub fn year(length: Grain) -> String {
    let number = match length {
        Grain::Day | Grain::Week | Grain::Month => 12,
        Grain::Quarter => 4,
        Grain::FinancialYear | Grain::CalendarYear => 3,
    };
    many(number, grain(length))
}

/// `1 month`, `3 months`.
pub fn many(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// `24 hours`, `7 days`, `90 minutes`: whole days only from four on, since law and plans count
/// shorter times in hours.
pub fn duration(seconds: i64) -> String {
    const UNITS: [(i64, i64, &str); 4] =
        [(86_400, 4, "day"), (3_600, 1, "hour"), (60, 1, "minute"), (1, 0, "second")];
    let fits = |(each, least, _): &&(i64, i64, &str)| {
        seconds % each == 0 && (seconds / each).abs() >= *least
    };
    let (each, _, name) = UNITS.iter().find(fits).unwrap_or(&UNITS[3]);
    let number = seconds / each;
    if number == 1 { format!("1 {name}") } else { format!("{number} {name}s") }
}

/// Words in a row: `a`, `a and b`, `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Rows left out because their area is part of no plan on the row's own day, by its code.
pub fn nowhere(code: &str) -> String {
    format!("in no plan's area: {code}")
}

/// The first letter made large.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
