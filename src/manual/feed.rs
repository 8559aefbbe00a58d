//! The feeds: what their files promise, and how they are read.

use super::index::{Index, feed_id};
use super::{column, keys, meaning, reading};
use crate::document::parts::{fact, heading, paragraph, text, words};
use crate::document::{Block, Fact, Table, TextStyle};
use crate::feeds::contract::{Check, Contract, Empty, Rows, Then};
use crate::indicators::Asked;
use crate::indicators::measure::Measure;
use crate::wording::{many, sentence};

/// Every block of the section.
pub(super) fn section(index: &Index<'_>) -> Vec<Block> {
    let mut blocks = vec![
        heading(2, "Feeds", "feeds"),
        paragraph(
            TextStyle::Body,
            "A feed is one kind of delivery from one kind of source. Its contract says how files \
             may be headed and written; nothing is guessed. A row that breaks the contract is set \
             aside with its file, line, column and reason, and the rest is used. Spellings are \
             compared without regard to capitals and runs of spaces.",
        ),
    ];
    for contract in index.contracts.values() {
        blocks.extend(part(contract, index));
    }
    blocks.extend(awaited(index));
    blocks
}

fn part(contract: &Contract, index: &Index<'_>) -> Vec<Block> {
    let Contract { id, title, checks, synthetic, .. } = contract;
    let made_up = if *synthetic {
        " Its records are made up: they were written by a program and describe nobody."
    } else {
        ""
    };
    let mut blocks = vec![
        Block::Heading { level: 3, text: title.clone(), id: feed_id(id), kicker: Some(id.clone()) },
        paragraph(TextStyle::Lead, format!("{}{made_up}", one_row(contract.rows))),
        Block::Terms(facts(contract)),
        Block::Table(column::table(contract)),
    ];
    blocks.extend(column::made_by_spreading(contract));
    if !checks.is_empty() {
        blocks.push(checks_of(contract));
    }
    let measures = index.measures_of(id);
    if !measures.is_empty() {
        let row = |measure: &&Measure| {
            vec![
                index.to_measure(&measure.id),
                text(meaning::name(&measure.kind)),
                text(many(index.indicators_of(&measure.id).len(), "indicator")),
            ]
        };
        blocks.push(Block::Table(Table {
            caption: format!("Measures that rest on {id}"),
            columns: ["Measure", "Kind", "Used by"].map(words).to_vec(),
            rows: measures.iter().map(row).collect(),
            folded: false,
        }));
    }
    blocks
}

fn one_row(rows: Rows) -> &'static str {
    match rows {
        Rows::Events => "One row is one event.",
        Rows::Stays => "One row is one stay, open or ended.",
        Rows::Totals => "One row is a figure that its publisher made: never added up across areas.",
    }
}

fn facts(contract: &Contract) -> Vec<Fact> {
    let Contract {
        id,
        title: _,
        rows: _,
        area,
        event_time,
        key,
        empty,
        settles_after,
        synthetic: _,
        due_day,
        status,
        open_ends: _,
        columns: _,
        checks: _,
        reading,
    } = contract;
    let empty = match empty {
        Empty::Missing => "Nothing was reported: not known",
        Empty::Zero => "Nothing happened: 0",
    };
    let due = due_day.map(|day| format!("By day {day} of the month after"));
    let mut facts = vec![
        fact("Rows are told apart by", text(key.join(", "))),
        fact("Falls into its period by", text(event_time.clone().unwrap_or_default())),
        fact("Area", text(area.clone().unwrap_or_default())),
        fact("A month without a row", text(empty)),
        fact("Due", text(due.unwrap_or_default())),
        fact("Settled after", text(many(*settles_after as usize, "month"))),
        fact("How final a row is", text(status.clone().unwrap_or_default())),
    ];
    facts.extend(reading::read_as(reading));
    facts.push(fact("Defined in", text(format!("data/{id}/feed.toml"))));
    facts.into_iter().flatten().collect()
}

fn checks_of(contract: &Contract) -> Block {
    let schema = contract.schema();
    let row = |check: &Check| {
        let Check { fails, written, then, why } = check;
        let then = match then {
            Then::Quarantine => "The row is set aside",
            Then::Warn => "The row is used and counted",
            Then::Stop => "The whole feed is stopped",
        };
        vec![text(sentence(why)), keys::said(fails, &schema, written), text(then)]
    };
    Block::Table(Table {
        caption: format!("Checks on each row of {}", contract.id),
        columns: ["Why", "Fails where", "What then happens"].map(words).to_vec(),
        rows: contract.checks.iter().map(row).collect(),
        folded: false,
    })
}

/// The feeds that nobody delivers yet, and what waits for them.
fn awaited(index: &Index<'_>) -> Vec<Block> {
    let awaited = index.awaited();
    if awaited.is_empty() {
        return Vec::new();
    }
    let rows = awaited.iter().flat_map(|(feed, waiting)| {
        waiting.iter().map(move |(plan, indicator)| {
            let why = match &indicator.asked {
                Asked::NotReportable { why, .. } => why.as_str(),
                Asked::Measured { .. } => "",
            };
            vec![text(*feed), index.to_indicator(plan, indicator), text(why)]
        })
    });
    vec![
        heading(3, "Not yet delivered", "feeds-awaited"),
        Block::Table(Table {
            caption: "What indicators wait for, by the feed that would carry it".to_owned(),
            columns: ["Feed", "Indicator", "What is missing"].map(words).to_vec(),
            rows: rows.collect(),
            folded: false,
        }),
    ]
}
