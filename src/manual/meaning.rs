//! What a measure counts and over what: its kind in one sentence.

use super::condition;
use super::index::Index;
use crate::feeds::contract::Contract;
use crate::filter::{Filter, Schema};
use crate::indicators::measure::{Convention, Form, Interval, Kind, Measure, Quantity, Stay};
use crate::number;
use crate::wording;

/// The name of a kind, as definitions write it.
pub(super) fn name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Count => "count",
        Kind::Distinct { .. } => "distinct",
        Kind::Sum { .. } => "sum",
        Kind::Mean { .. } => "mean",
        Kind::Quantile { .. } => "quantile",
        Kind::Proportion { .. } => "proportion",
        Kind::Rate { .. } => "rate",
        Kind::Ratio { .. } => "ratio",
        Kind::Repeat { .. } => "repeat",
        Kind::Gap => "gap",
        Kind::Within { .. } => "within",
        Kind::BedDays { .. } => "bed-days",
        Kind::Open { .. } => "open",
        Kind::AverageOpen { .. } => "average-open",
        Kind::Peak { .. } => "peak",
        Kind::Given { .. } => "given",
        Kind::Derived(derived) => match derived.form {
            Form::Ratio { .. } => "ratio",
            Form::Sum(_) | Form::Change(_) => "derived",
        },
    }
}

/// What is counted and over what, in plain words, perhaps narrowed by an indicator's own filter.
pub(super) fn sentence(measure: &Measure, narrowed: Option<&Filter>, index: &Index<'_>) -> String {
    let contract = index.contracts.get(&measure.feed);
    let schema = contract.map(Contract::schema).unwrap_or_default();
    let words = |filter: &Filter| condition::words(filter, &schema);
    let below = match &measure.kind {
        Kind::Proportion { denominator, .. } => denominator.as_ref(),
        _ => None,
    };
    let kept = measure.filter.iter().chain(narrowed).chain(below);
    let kept: Vec<String> = kept.map(words).collect();
    let kept = if kept.is_empty() {
        String::new()
    } else {
        format!(" where {}", kept.join(", and of these those where "))
    };
    let feed = contract.map_or(measure.feed.as_str(), |contract| &contract.title);
    let of = of_kind(&measure.kind, &format!("records of “{feed}”{kept}"), &schema, index);
    let made = wording::chart::made_of(measure.each, "period");
    if made.is_empty() { of } else { format!("{of} Then {made}.") }
}

fn of_kind(kind: &Kind, records: &str, schema: &Schema, index: &Index<'_>) -> String {
    match kind {
        Kind::Count => format!("The number of {records}."),
        Kind::Distinct { of } => format!(
            "How many different values of {of} the {records} hold. Over a year it is those of the year, \
             never the sum of its months."
        ),
        Kind::Sum { of } => format!("The sum of {} over the {records}.", quantity(of)),
        Kind::Mean { of } => format!(
            "The mean of {} over the {records}: their sum over the number that have it.",
            quantity(of)
        ),
        Kind::Quantile { of, at } => format!(
            "Of the {records}, the least {} that at least {} of them are at or below{}.",
            quantity(of),
            percent(*at),
            if (*at - 0.5).abs() < f64::EPSILON { ": the median" } else { "" }
        ),
        Kind::Proportion { denominator: _, numerator, follow, .. } => {
            let waited = follow.map_or_else(String::new, |days| {
                format!(" Only those count whose {days} days after their own are over.")
            });
            let condition = condition::words(numerator, schema);
            format!("Of the {records}, the share for which {condition}.{waited}")
        }
        Kind::Rate { per, age, annualised } => rate(records, *per, age, *annualised),
        Kind::Ratio { numerator, denominator } => format!(
            "The sum of {numerator} divided by the sum of {denominator} over the {records}: sums are \
             divided, averages never averaged."
        ),
        Kind::Repeat { person, days, .. } => format!(
            "Of the {records}, the share whose {person} had another of the measure's records in the \
             {days} days before, in whatever area."
        ),
        Kind::Gap => format!(
            "Of the {records}, the mean number of days from the one before to each of the period."
        ),
        Kind::Within { clock: Interval { from, to, .. }, .. } => format!(
            "Of the {records}, the share whose clock, from {from} to {to}, stopped inside its limit. A \
             clock belongs to the period it starts in; one that is past its limit and has \
             not stopped is outside it."
        ),
        Kind::BedDays { stay, convention } => format!(
            "Of the {records}, the days of their stays that fall in the period, for each day of the \
             period. {}{}",
            days_counted(*convention),
            ends_early(stay)
        ),
        Kind::Open { stay } => format!(
            "Of the {records}, how many are open at the midnight that ends the period.{}",
            ends_early(stay)
        ),
        Kind::AverageOpen { stay } => format!(
            "Of the {records}, how many are open at the midnights of the period, on average.{}",
            ends_early(stay)
        ),
        Kind::Peak { stay } => format!(
            "Of the {records}, the most that are open at one instant of the period.{}",
            ends_early(stay)
        ),
        Kind::Given { numerator, denominator: None } => {
            format!("The figure in {numerator}, as its publisher made it, from the {records}.")
        }
        Kind::Given { numerator, denominator: Some(below) } => format!(
            "The figure in {numerator} divided by that in {below}, as their publisher made them, from \
             the {records}."
        ),
        Kind::Derived(derived) => of_others(&derived.form, index),
    }
}

fn rate(records: &str, per: u32, age: &str, annualised: bool) -> String {
    format!(
        "How many {records} there are for each {} people of the area (age band {age}), {}.",
        number::decimal(f64::from(per), 0),
        if annualised { "for a year of 365 days" } else { "for the period, whatever its length" }
    )
}

/// Made of other measures.
fn of_others(form: &Form, index: &Index<'_>) -> String {
    let title = |id: &str| {
        let found = index.catalogue.measures.get(id);
        format!("“{}”", found.map_or(id, |measure| measure.title.as_str()))
    };
    match form {
        Form::Sum(parts) => {
            let parts: Vec<String> = parts.iter().map(|id| title(id)).collect();
            format!(
                "The sum of {}; not known in a period in which one of them is not.",
                wording::list(&parts)
            )
        }
        Form::Change(of) => format!(
            "What {} has grown by since the same period a year before, as a share of that one.",
            title(of)
        ),
        Form::Ratio { above, below } => {
            format!("{} over {} of the same period.", title(above), title(below))
        }
    }
}

pub(super) fn quantity(quantity: &Quantity) -> String {
    match quantity {
        Quantity::Column(column) => column.clone(),
        Quantity::Elapsed(Interval { from, to, calendar: None, .. }) => {
            format!("time from {from} to {to}")
        }
        Quantity::Elapsed(Interval { from, to, .. }) => {
            format!("working days from {from} to {to}")
        }
    }
}

/// A share with the decimals it needs: 90%, 99.5%.
pub(super) fn percent(share: f64) -> String {
    let said = number::percent(share, 1);
    said.strip_suffix(".0%").map_or(said.clone(), |whole| format!("{whole}%"))
}

fn days_counted(convention: Convention) -> &'static str {
    match convention {
        Convention::Mhsds => {
            "The day a stay starts counts and the day it ends does not, so that each bed day is a \
             night begun."
        }
        Convention::Inclusive => "The day a stay starts and the day it ends both count.",
    }
}

fn ends_early(stay: &Stay) -> String {
    stay.person.as_ref().map_or_else(String::new, |person| {
        format!(" A stay ends at the latest where the next of the same {person} starts.")
    })
}
