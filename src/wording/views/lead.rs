//! What an aggregate says, in a sentence or two.

use super::{code, length_of, of, window};
use crate::disclosure::Figure;
use crate::disclosure::sections::{Coded, Codes, Counted, Distribution, Grid, Made, Mix, What};
use crate::number;
use crate::unit::Unit;
use crate::wording::{count, figure, list, month};

/// The sentence to read if only one is read.
pub fn lead(made: &Made<Figure>) -> String {
    let span = || window(made.window);
    match &made.what {
        What::Nothing => match made.window {
            None => format!(
                "No figures: feed {} holds no settled month for {}, or was not delivered.",
                made.feed, made.area
            ),
            Some(_) => "No figures: nothing of this kind was there to count.".to_owned(),
        },
        What::Mix { mix, .. } => mixed(mix),
        What::Codes { codes, of, .. } => coded(codes, *of, &span()),
        What::Cross { grid, .. } => format!("{} in {}.", cases(grid.total), span()),
        What::Hours { grid, .. } => hours(grid, &span()),
        What::Distribution { lengths, .. } => took(lengths, &span()),
        What::Nights(lengths) => nights(lengths, &span()),
        What::People(people) => {
            let again = match people.again.shown() {
                Some(again) if again > 0.0 => format!(
                    "{} of them came more than once, and {} are theirs",
                    count(people.again),
                    cases(people.events_again)
                ),
                _ => "none of them came more than once".to_owned(),
            };
            format!(
                "In {}, {} of {} different people; {again}. People are counted here and never named.",
                span(),
                cases(people.events),
                count(people.people)
            )
        }
        What::Cost(cost) => match cost.total.share {
            Some(share) => format!(
                "In {}, the daily cost is known for {} of {} bed days ({}): they cost {}. What the others \
                 cost is in no figure: nothing is scaled up.",
                span(),
                count(cost.total.known),
                count(cost.total.bed_days),
                figure(share, Unit::Proportion),
                figure(cost.total.pounds, Unit::Pounds)
            ),
            None => format!("No bed days in {}.", span()),
        },
        What::WhatIf { flow, settings } => {
            let now = settings.first();
            let figures = now.map(|now| (now.starts, now.mean, now.long_run));
            let Some((starts, mean, level)) = figures else { return String::new() };
            format!(
                "At the end of {} {} were open. With {} starts a month that stay {} on average, as in {}, \
                 {} would be open in the long run.",
                made.window.map_or_else(String::new, |window| month(window.last)),
                count(flow.open),
                decimal(starts),
                days(mean),
                span(),
                decimal(level)
            )
        }
    }
}

fn decimal(of: Figure) -> String {
    of.shown().map_or_else(|| count(of), |value| number::decimal(value, 1))
}

fn days(of: Figure) -> String {
    format!("{} days", decimal(of))
}

fn cases(of: Figure) -> String {
    if of.shown() == Some(1.0) { "1 case".to_owned() } else { format!("{} cases", count(of)) }
}

fn mixed(mix: &Mix<Figure>) -> String {
    let settled = mix.months.iter().rev().find(|month| month.settled && month.shares.is_some());
    let Some(latest) = settled else { return "No settled month has a case.".to_owned() };
    let shares = latest.shares.iter().flatten().zip(latest.cases.iter().flatten());
    let mut said: Vec<(f64, String)> = mix
        .codes
        .iter()
        .zip(shares)
        .filter(|(_, (_, cases))| cases.shown() != Some(0.0))
        .map(|(name, (share, cases))| {
            let words = format!(
                "{} {} ({})",
                code(Some(name)),
                figure(*share, Unit::Proportion),
                count(*cases)
            );
            (share.shown().unwrap_or(0.0), words)
        })
        .collect();
    said.sort_by(|one, other| other.0.total_cmp(&one.0));
    let said: Vec<String> = said.into_iter().map(|(_, words)| words).collect();
    let unknown = latest.unknown.filter(|unknown| unknown.shown() != Some(0.0));
    let unknown = unknown.map_or_else(String::new, |unknown| {
        format!(" The code of {} more is not known; they are in no share.", count(unknown))
    });
    format!("In {}: {}.{unknown}", month(latest.month), list(&said))
}

fn coded(codes: &Codes<Figure>, counted: Counted, span: &str) -> String {
    let what = of(counted);
    if codes.rows.is_empty() {
        return format!("No {what} in {span}.");
    }
    let mut rows: Vec<_> = codes.rows.iter().filter(|row| row.code.is_some()).collect();
    let order = |row: &&Coded<Figure>| {
        let by =
            if codes.condition { row.share.and_then(Figure::shown) } else { row.cases.shown() };
        by.unwrap_or(-1.0)
    };
    rows.sort_by(|one, other| order(other).total_cmp(&order(one)));
    let said: Vec<String> = rows
        .iter()
        .map(|row| {
            let share = row.share.map_or_else(String::new, |share| figure(share, Unit::Proportion));
            let name = code(row.code.as_deref());
            if codes.condition {
                format!("{name} {share} ({} of {})", count(row.inside), count(row.cases))
            } else {
                format!("{name} {} ({share})", count(row.cases))
            }
        })
        .collect();
    let unknown = codes.rows.iter().find(|row| row.code.is_none());
    let unknown = unknown
        .filter(|row| row.cases.shown() != Some(0.0))
        .map_or_else(String::new, |row| format!(" The code of {} is not known.", count(row.cases)));
    let what = if codes.condition { String::new() } else { format!(", {what}") };
    format!("In {span}{what}: {}.{unknown}", list(&said))
}

/// The most, and where it is; the first of several.
fn most<'a>(names: &'a [String], counts: &[Figure]) -> Option<(&'a str, Figure)> {
    let all =
        names.iter().zip(counts).filter_map(|(name, count)| Some((count.shown()?, name, count)));
    let best = all.reduce(|best, one| if one.0 > best.0 { one } else { best })?;
    (best.0 > 0.0).then_some((best.1.as_str(), *best.2))
}

fn hours(grid: &Grid<Figure>, span: &str) -> String {
    let day = most(&grid.rows, &grid.by_row);
    let hour = most(&grid.columns, &grid.by_column);
    let (Some((day, on_day)), Some((hour, in_hour))) = (day, hour) else {
        return format!("No case with a time of day in {span}.");
    };
    format!(
        "Of {} in {span}, {day} had the most ({}), and of the hours of the day the one from {hour}:00 \
         ({}).",
        cases(grid.total),
        count(on_day),
        count(in_hour)
    )
}

fn took(lengths: &Distribution<Figure>, span: &str) -> String {
    let (Some(median), Some(ninetieth)) = (lengths.median, lengths.ninetieth) else {
        return format!("In {span} no case has both times.");
    };
    let mut said = vec![format!(
        "In {span}, half of {} took {} or less and nine in ten {} or less.",
        cases(lengths.known),
        length_of(median, lengths.days),
        length_of(ninetieth, lengths.days)
    )];
    said.extend(lengths.over.map(|over| match over.shown() {
        Some(0.0) => "None was over the limit in force on its own day.".to_owned(),
        Some(1.0) => "1 was over the limit in force on its own day.".to_owned(),
        _ => format!("{} were over the limit in force on their own day.", count(over)),
    }));
    if lengths.untold.shown() != Some(0.0) {
        said.push(format!(
            "Of {} it cannot be told: which limit was theirs is not recorded.",
            count(lengths.untold)
        ));
    }
    if lengths.open_over.shown() != Some(0.0) {
        said.push(format!("{} have not ended and are past it.", count(lengths.open_over)));
    }
    said.join(" ")
}

fn nights(lengths: &Distribution<Figure>, span: &str) -> String {
    let (Some(median), Some(ninetieth)) = (lengths.median, lengths.ninetieth) else {
        return format!("No stay ended in {span}.");
    };
    format!(
        "Of {} that ended in {span}, half lasted {} or less and nine in ten {} or less.",
        cases(lengths.known).replace("case", "stay"),
        length_of(median, true),
        length_of(ninetieth, true)
    )
}
