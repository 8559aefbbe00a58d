//! The keys of a measure: what was chosen where its kind leaves a choice, conditions in words and as
//! they are written.

use chrono::NaiveDate;

use super::condition;
use super::index::Index;
use super::meaning::{percent, quantity};
use crate::document::parts::{self, fact, text};
use crate::document::{Block, Cell, Fact, Table};
use crate::feeds::contract::Contract;
use crate::filter::{Filter, Schema};
use crate::indicators::measure::{Form, Interval, Kind, Length, Limit, Measure, Quantity, Unknown};
use crate::number;
use crate::wording::{self, day, duration};

/// Each key of the measure and of its kind: conditions in words and as they are written.
pub(super) fn keys(measure: &Measure, index: &Index<'_>) -> Vec<Fact> {
    let contract = index.contracts.get(&measure.feed);
    let schema = contract.map(Contract::schema).unwrap_or_default();
    let written = |key: &str| index.written.text(&measure.place, key);
    let asked = |name: &str, filter: Option<&Filter>, key: &str| {
        filter.and_then(|filter| fact(name, said(filter, &schema, written(key))))
    };
    let plain = |name: &str, value: &str| fact(name, text(value));
    let mut keys = vec![asked("Records", measure.filter.as_ref(), "where")];
    keys.extend(match &measure.kind {
        Kind::Count | Kind::Gap => vec![],
        Kind::Distinct { of } => vec![plain("Told apart by", of)],
        Kind::Sum { of } | Kind::Mean { of } => {
            vec![plain("Number", &quantity(of)), longest_of(of)]
        }
        Kind::Quantile { of, at } => vec![
            plain("Number", &quantity(of)),
            longest_of(of),
            plain("Quantile", &format!("{}, by nearest rank", percent(*at))),
        ],
        Kind::Proportion { denominator, numerator, follow, .. } => vec![
            asked("Denominator", denominator.as_ref(), "denominator"),
            asked("Numerator", Some(numerator), "numerator"),
            follow.and_then(|days| plain("Outcome waited for", &format!("{days} days"))),
        ],
        Kind::Rate { per, age, annualised } => vec![
            plain("For each", &format!("{} people", number::decimal(f64::from(*per), 0))),
            plain("Age band", age),
            plain("Annualised", if *annualised { "yes, to 365 days" } else { "no" }),
        ],
        Kind::Ratio { numerator, denominator } => {
            vec![plain("Numerator", numerator), plain("Denominator", denominator)]
        }
        Kind::Repeat { person, days, .. } => vec![
            plain("Told apart by", person),
            plain("Window", &format!("{days} days before; the first of them counts")),
        ],
        // the limits have a table of their own
        Kind::Within { clock, limits: _, standard, .. } => vec![
            plain("Clock starts", &clock.from),
            plain("Clock stops", &clock.to),
            longest(clock),
            standard.as_ref().and_then(|one| fact("Held to", index.to_standard(one))),
        ],
        Kind::BedDays { stay, .. }
        | Kind::Open { stay }
        | Kind::AverageOpen { stay }
        | Kind::Peak { stay } => vec![
            plain("Stay starts", &stay.from),
            plain("Stay ends", &stay.to),
            stay.person.as_ref().and_then(|person| plain("Told apart by", person)),
        ],
        Kind::Given { numerator, denominator } => vec![
            plain("Numerator", numerator),
            denominator.as_ref().and_then(|below| plain("Denominator", below)),
        ],
        Kind::Derived(derived) => vec![parts_of(&derived.form, index)],
    });
    keys.push(measure.period_by.as_ref().and_then(|column| plain("Placed in a period by", column)));
    keys.push(measure.unknown().and_then(|unknown| plain("Unknown condition", becomes(unknown))));
    keys.into_iter().flatten().collect()
}

fn becomes(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::Exclude => "left out, and counted apart",
        Unknown::Outside => "counts as not meeting it",
    }
}

/// From what length on the time between two events is a mistake of record.
fn longest(interval: &Interval) -> Option<Fact> {
    let said = format!("{}; longer is a mistake of record", duration(interval.longest?));
    fact("Longest", text(said))
}

fn longest_of(of: &Quantity) -> Option<Fact> {
    match of {
        Quantity::Elapsed(interval) => longest(interval),
        Quantity::Column(_) => None,
    }
}

/// The measures a measure is made of.
fn parts_of(form: &Form, index: &Index<'_>) -> Option<Fact> {
    let cells = form.parts().into_iter().map(|id| index.to_measure(id)).collect();
    fact("Made of", Cell::Stack(cells))
}

/// A condition in words, and as it is written.
pub(super) fn said(filter: &Filter, schema: &Schema, written: &str) -> Cell {
    let words = text(condition::words(filter, schema));
    if written.is_empty() {
        return words;
    }
    Cell::Stack(vec![words, Cell::Code(written.to_owned())])
}

/// A limit, and the clocks that it applies to.
pub(super) fn length(length: Length, before: Option<NaiveDate>) -> (Cell, Cell) {
    let clocks = before.map_or_else(|| "on any day".to_owned(), |at| format!("before {}", day(at)));
    (text(wording::standard::length(length)), text(clocks))
}

/// The limits of a clock by date, where the measure has any.
pub(super) fn limits(measure: &Measure, index: &Index<'_>) -> Option<Block> {
    let Kind::Within { limits, .. } = &measure.kind else { return None };
    let contract = index.contracts.get(&measure.feed);
    let schema = contract.map(Contract::schema).unwrap_or_default();
    let written = index.written.texts(&measure.place, "limit", "when");
    let row = |(at, limit): (usize, &Limit)| {
        let Limit { before, when, length: long } = limit;
        let when = when.as_ref().map_or(Cell::Empty, |when| {
            said(when, &schema, written.get(at).map_or("", String::as_str))
        });
        let (limit, clocks) = length(*long, *before);
        vec![limit, clocks, when]
    };
    Some(Block::Table(Table {
        caption: format!("Limits of {}: the first that applies", measure.id),
        columns: ["Limit", "Clocks that start", "Only where"].map(parts::words).to_vec(),
        rows: limits.iter().enumerate().map(row).collect(),
        folded: false,
    }))
}
