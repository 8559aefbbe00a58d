//! What is said of the aggregates of a pack's sections: titles, sentences, captions, alternative texts.

mod lead;

pub use lead::lead;

use super::{count, figure, list, many, month};
use crate::disclosure::Figure;
use crate::disclosure::sections::{Apart, Counted, Distribution, Flow, Made, What, Why, Window};
use crate::number;
use crate::unit::Unit;

/// A code as a reader reads it; without one `not known`.
pub fn code(code: Option<&str>) -> String {
    let Some(code) = code else { return "not known".to_owned() };
    // short names of places and beds
    if ["ed", "picu"].contains(&code) { code.to_uppercase() } else { code.replace('_', " ") }
}

/// A column's name as a reader reads it.
pub fn column(column: &str) -> String {
    column.replace('_', " ")
}

/// What was made, as a heading.
pub fn heading(made: &Made<Figure>) -> String {
    let title = &made.title;
    match &made.what {
        What::Nothing => title.clone(),
        What::Mix { column: by, .. } => format!("{title}, by {} and month", column(by)),
        What::Codes { column: by, .. } => format!("{title}, by {}", column(by)),
        What::Cross { down, across, .. } => {
            format!("{title}, by {} and {}", column(down), column(across))
        }
        What::Hours { .. } => format!("{title}, by weekday and hour"),
        What::Distribution { .. } => format!("{title}: how long it took"),
        What::Nights(_) => "Length of the stays that ended".to_owned(),
        What::People(_) => format!("{title}: how often the same people came"),
        What::Cost(_) => format!("{title}: what they cost"),
        What::WhatIf { .. } => "What if fewer started, or stays were shorter".to_owned(),
    }
}

/// `March 2018 to February 2019`.
pub fn window(window: Option<Window>) -> String {
    let Some(window) = window else { return String::new() };
    if window.first == window.last {
        return month(window.last);
    }
    let span = format!("{} to {}", month(window.first), month(window.last));
    let lacking = window.months() - window.delivered;
    if lacking == 0 {
        span
    } else {
        format!("{span}, {} of it not delivered", many(lacking, "month"))
    }
}

/// What is counted, where and when.
pub fn subtitle(made: &Made<Figure>) -> String {
    let what = match &made.what {
        What::Mix { of, .. } => format!("Share of {} whose code is known", self::of(*of)),
        What::Hours { column: by, .. } => format!("Cases by local time of {}", column(by)),
        What::Nights(_) => "Stays that ended, by nights".to_owned(),
        _ => "Cases".to_owned(),
    };
    let when = match &made.what {
        What::Mix { mix, .. } => match (mix.months.first(), mix.months.last()) {
            (Some(first), Some(last)) => {
                format!("{} to {}", month(first.month), month(last.month))
            }
            _ => window(made.window),
        },
        _ => window(made.window),
    };
    format!("{what}, {}, {when}", made.area)
}

/// Method and source, with what stands apart.
pub fn caption(made: &Made<Figure>) -> String {
    let method = match &made.what {
        What::Hours { .. } => {
            "Each cell is the number of cases in that hour of that weekday; darker is more."
                .to_owned()
        }
        What::Mix { .. } => "Darker is more. Months marked * have not settled.".to_owned(),
        What::Cross { .. } => "Darker is more.".to_owned(),
        What::Distribution { lengths, .. } => bands(lengths),
        What::Nights(lengths) => {
            format!("{} The start day counts, the end day does not.", bands(lengths))
        }
        _ => String::new(),
    };
    let synthetic = if made.synthetic { ", synthetic data" } else { "" };
    let said = [method, apart_of(made), format!("Source: feed {}{synthetic}.", made.feed)];
    said.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is counted by month and code.
fn of(counted: Counted) -> &'static str {
    match counted {
        Counted::Cases => "cases",
        Counted::BedDays => "bed days",
        Counted::Open => "stays open at the month's end",
    }
}

fn bands(lengths: &Distribution<Figure>) -> String {
    let Some(width) = lengths.bands.first().and_then(|band| band.to) else { return String::new() };
    format!(
        "Each bar is {} wide and holds its upper end; the last holds all that is longer.",
        length(width, lengths.days)
    )
}

/// What is counted apart; empty where nothing is.
pub fn apart_of(made: &Made<Figure>) -> String {
    match &made.what {
        What::Hours { grid, .. } | What::Cross { grid, .. } => apart(&grid.apart),
        What::Distribution { lengths, .. } | What::Nights(lengths) => apart(&lengths.apart),
        What::People(people) => apart(&people.apart),
        _ => String::new(),
    }
}

fn apart(apart: &Apart<Figure>) -> String {
    let said: Vec<String> =
        apart.iter().map(|(why, rows)| format!("{} {}", count(*rows), self::why(*why))).collect();
    if said.is_empty() { String::new() } else { format!("Counted apart: {}.", list(&said)) }
}

/// Why a row stands apart.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Undecided => "of which it cannot be decided whether they count",
        Why::NoTime => "without a time of day",
        Why::Twice => "in the hour that the clocks show twice",
        Why::NotKnown => "without a start or end time",
        Why::Negative => "that end before they start",
        Why::TooLong => "longer than can be true",
        Why::Open => "not ended",
        Why::NoCode => "without a code",
        Why::NoPerson => "without a person",
    }
}

/// A length of time: `45 min`, `9 h 40 min`, `12 days`.
pub fn length(seconds: i64, days: bool) -> String {
    if days {
        return many(usize::try_from(seconds / 86_400).unwrap_or(0), "day");
    }
    match (seconds / 3_600, seconds % 3_600 / 60) {
        // a number and its unit stay together
        (0, minutes) => format!("{minutes}\u{a0}min"),
        (hours, 0) => format!("{hours}\u{a0}h"),
        (hours, minutes) => format!("{hours}\u{a0}h {minutes}\u{a0}min"),
    }
}

/// A released length.
pub fn length_of(seconds: Figure, days: bool) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "lengths are whole seconds")]
    let whole = seconds.shown().map(|seconds| seconds.round() as i64);
    whole.map_or_else(|| figure(seconds, Unit::Count), |seconds| length(seconds, days))
}

/// The same for somebody who cannot see the picture.
pub fn alt(made: &Made<Figure>) -> String {
    let kind = match &made.what {
        What::Hours { .. } => "Table of shaded cells, weekdays by hours of the day",
        What::Mix { .. } => "Table of shaded cells, codes by months",
        What::Cross { .. } => "Table of shaded cells, one code by the other",
        _ => "Bar chart of how long it took",
    };
    format!("{kind}: {}. {} The table below holds every number.", made.title, lead(made))
}

/// `as now`, or how much fewer start and how much shorter they stay.
pub fn setting(starts: f64, stay: f64) -> String {
    let less = |share: f64| number::percent(1.0 - share, 0);
    match (starts < 1.0, stay < 1.0) {
        (false, false) => "As now".to_owned(),
        (true, false) => format!("{} fewer starts", less(starts)),
        (false, true) => format!("Stays {} shorter", less(stay)),
        (true, true) => format!("{} fewer starts, stays {} shorter", less(starts), less(stay)),
    }
}

/// The formula of the what-if, and what it takes for granted.
pub fn assumptions(flow: &Flow<Figure>) -> Vec<String> {
    let mut said = vec![
        "In the long run: open = starts a day × mean length of stay in days (Little's law). A month is a \
         twelfth of 365 days."
            .to_owned(),
        "On the way: open after t days = open now + (open in the long run − open now) × share(t), where \
         share(t) is the share of all nights that are among the first t nights of a stay, from the stays \
         of these months."
            .to_owned(),
        "Taken for granted: starts come evenly and go on as set; stays become shorter or longer all in \
         proportion, those open now as well; those open now have been there as long as in a steady run. \
         It is arithmetic, no forecast: the forecast with its bands stands above."
            .to_owned(),
        "The lengths are from each day of a stay seen in these months, also of stays that began before \
         or have not ended: of those there on that day, the share that left."
            .to_owned(),
    ];
    if let Some(share) = flow.lasting.last().filter(|_| flow.cut) {
        said.push(format!(
            "{} of stays last longer than {} and were not seen to end: they count with so many, and the \
             mean is the least it can be.",
            figure(*share, Unit::Proportion),
            many(flow.lasting.len(), "night")
        ));
    }
    said
}
