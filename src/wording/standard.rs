//! Limits in law and national standards.

use chrono::NaiveDate;

use super::{day, duration, many};
use crate::disclosure::released::{Held, Indicator, Length, Standard};

/// The standard whose limit the indicator's clock is held to, with its source; empty without one.
pub fn limit(indicator: &Indicator) -> String {
    let Some(standard) = &indicator.standard else { return String::new() };
    format!("{}: {}. {}", standard.title, rule(standard), standard.source)
}

/// What a standard holds, and when: `72 hours before 11 December 2017; 36 hours where extended;
/// otherwise 24 hours`, or `from 11 December 2017`.
pub fn rule(standard: &Standard) -> String {
    let terms = match &standard.rule {
        Held::From(Some(from)) => return format!("from {}", day(*from)),
        Held::From(None) => return "not in force: no day is known".to_owned(),
        Held::Limit(terms) => terms,
    };
    let words = terms.iter().map(|term| {
        let length = length(term.length);
        let when = term.when.as_ref().map(|when| format!(" where {}", when.value));
        let before = term.before.map(|before: NaiveDate| format!(" before {}", day(before)));
        match (terms.len(), when, before) {
            (2.., None, None) => format!("otherwise {length}"),
            (_, when, before) => {
                format!("{length}{}{}", when.unwrap_or_default(), before.unwrap_or_default())
            }
        }
    });
    words.collect::<Vec<_>>().join("; ")
}

/// `30 minutes`, `24 hours`, `60 working days`.
pub fn length(length: Length) -> String {
    match length {
        Length::Seconds(seconds) => duration(seconds),
        Length::WorkingDays(days) => many(usize::try_from(days).unwrap_or(0), "working day"),
    }
}
