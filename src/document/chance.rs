//! What the rating table does by chance: the published simulation, in the words of a pack's reader.

use super::parts::{heading, numbers, paragraph, text, words};
use super::{Block, Table, TextStyle};
use crate::disclosure::released::{Colour, Indicator, Kind, Promise, Released};
use crate::number;
use crate::period::Grain;

/// One row a simulated world, made by `cargo bench --profile dev --bench chance`.
const CSV: &str = include_str!("../../benches/chance.csv");
/// The worlds that false reds are reckoned from, a kind each: family and what is true.
const TARGET_0: (&str, &str) = ("target 0", "one a year, as is allowed");
const DIRECTIONS: (&str, &str) = ("directions", "unchanged, our own baseline");
const STOCKS_LONG: (&str, &str) = ("stocks", "on target, 0.8 carried over");
const STOCKS: (&str, &str) = ("stocks", "on target, 0.6 carried over");
const QUARTERS: (&str, &str) = ("quarters", "80% of 45, on target");
const SHARES: (&str, &str) = ("shares", "95% of 100, on target");
const RATES: (&str, &str) = ("rates", "8 per 100,000, 20 events a month, on target");
const VALUES: (&str, &str) = ("values", "on target");

/// A simulated world, as published.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
struct World {
    family: String,
    #[serde(rename = "world")]
    truth: String,
    red: f64,
    amber: f64,
    green: f64,
    not_rated: f64,
    changes_a_year: f64,
    delay_median: String,
    delay_p90: String,
    never_red: Option<f64>,
    target_red: f64,
    target_changes_a_year: f64,
    ten_percent_red: f64,
    ten_percent_changes_a_year: f64,
}

fn published() -> Vec<World> {
    csv::Reader::from_reader(CSV.as_bytes()).deserialize().filter_map(Result::ok).collect()
}

/// The part of the method page, with the false reds to expect in a pack of this size.
pub(super) fn section(released: &Released) -> Vec<Block> {
    let worlds = published();
    let mut blocks = vec![
        heading(3, "What the table does by chance", "chance"),
        paragraph(
            TextStyle::Body,
            "Series whose truth is known were simulated, 1,000 of each kind, and judged month by \
             month as this pack is. The table shows the share of months in each colour, and beside \
             it what two simple readings of the same figures say: red if this month misses its \
             target, and red if it misses it by more than 10% of the target. One sigma is one \
             standard deviation of a month's figure.",
        ),
    ];
    blocks.extend(expected(released, &worlds).map(|said| paragraph(TextStyle::Body, said)));
    blocks.push(Block::Table(table(&worlds)));
    blocks
}

/// The world that an indicator's false reds are reckoned from: its own kind, exactly on target or
/// unchanged; `None` where nothing could be red by chance.
fn world_of(one: &Indicator) -> Option<(&'static str, &'static str)> {
    if one.colour == Colour::NotRated {
        return None;
    }
    let carried = one.facts.persistence.and_then(crate::disclosure::Figure::shown);
    match (one.facts.promise, one.facts.kind) {
        (Promise::Zero, _) => Some(TARGET_0),
        (Promise::Direction, _) => Some(DIRECTIONS),
        (Promise::Numeric, Some(Kind::Stock)) if carried.is_some_and(|r| r > 0.7) => {
            Some(STOCKS_LONG)
        }
        (Promise::Numeric, Some(Kind::Stock)) => Some(STOCKS),
        (Promise::Numeric, _) if one.grain == Grain::Quarter => Some(QUARTERS),
        (Promise::Numeric, Some(Kind::P)) => Some(SHARES),
        (Promise::Numeric, Some(Kind::U)) => Some(RATES),
        (Promise::Numeric, _) => Some(VALUES),
        _ => None,
    }
}

/// The false reds to expect among the rated indicators, were they all exactly on target or
/// unchanged; `None` where there is no such indicator.
fn expected(released: &Released, worlds: &[World]) -> Option<String> {
    let of = |one: &Indicator| {
        let wanted = world_of(one)?;
        worlds.iter().find(|w| (w.family.as_str(), w.truth.as_str()) == wanted)
    };
    let found: Vec<&World> = released.whole().filter_map(of).collect();
    let many = found.len();
    let sum = |of: fn(&World) -> f64| found.iter().map(|world| of(world)).sum::<f64>();
    (many > 0).then(|| {
        format!(
            "This pack rates {many} indicators that chance could make red, parts of splits left \
             out. Were all of them stable, and exactly on target or as at their baseline, {} would \
             be red in an average month by chance alone, each by the row of its own kind; judged by \
             this month against target, {}.",
            number::decimal(sum(|world| world.red), 1),
            number::decimal(sum(|world| world.target_red), 1),
        )
    })
}

fn table(worlds: &[World]) -> Table {
    let cent = |share: f64| text(number::percent(share, 1));
    let number = |changes: f64| text(number::decimal(changes, 1));
    let row = |world: &World| {
        let months = |months: &str| text(months.replace('>', "over "));
        vec![
            text(format!("{}: {}", world.family, world.truth)),
            cent(world.red),
            cent(world.amber),
            cent(world.green),
            cent(world.not_rated),
            number(world.changes_a_year),
            months(&world.delay_median),
            months(&world.delay_p90),
            world.never_red.map_or_else(|| text(""), cent),
            cent(world.target_red),
            number(world.target_changes_a_year),
            cent(world.ten_percent_red),
            number(world.ten_percent_changes_a_year),
        ]
    };
    Table {
        caption:
            "What the rating table does by chance, and what two simple readings do. Months to \
                  the first red count from a real worsening; 0 is its first period"
                .to_owned(),
        columns: vec![
            words("What is true"),
            numbers("Red"),
            numbers("Amber"),
            numbers("Green"),
            numbers("Not rated"),
            numbers("Changes of colour a year"),
            numbers("Months to first red: half of the series"),
            numbers("Months to first red: nine in ten"),
            numbers("No red in 12 months"),
            numbers("This month against target: red"),
            numbers("This month against target: changes a year"),
            numbers("Target ± 10%: red"),
            numbers("Target ± 10%: changes a year"),
        ],
        rows: worlds.iter().map(row).collect(),
        folded: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_row_is_read() {
        let rows = csv::Reader::from_reader(CSV.as_bytes()).into_records().count();
        assert_eq!(published().len(), rows);
        assert!(rows > 100);
    }

    /// Every row that false reds are reckoned from is published.
    #[test]
    fn every_kind_has_its_row() {
        let worlds = published();
        for wanted in [TARGET_0, DIRECTIONS, STOCKS_LONG, STOCKS, QUARTERS, SHARES, RATES, VALUES] {
            let found = worlds.iter().any(|w| (w.family.as_str(), w.truth.as_str()) == wanted);
            assert!(found, "{wanted:?}");
        }
    }
}
