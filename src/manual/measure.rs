//! The measures: what is counted, once for everybody.

use super::index::{Index, measure_id};
use super::{defined, keys, meaning};
use crate::document::parts::{fact, heading, paragraph, text, words};
use crate::document::{Block, Cell, Table, TextStyle};
use crate::indicators::measure::Measure;
use crate::wording::{many, sentence};

/// Every block of the section.
pub(super) fn section(index: &Index<'_>) -> Vec<Block> {
    let measures = &index.catalogue.measures;
    let mut blocks = vec![
        heading(2, "Measures", "measures"),
        paragraph(
            TextStyle::Body,
            "A measure says once what is counted; the plans use it with an area, a direction and a \
             promise of their own. A record for which a condition is not known, because a value it \
             rests on is not given, is never dropped: it is counted apart and shown.",
        ),
        Block::Table(Table {
            caption: "Every measure".to_owned(),
            columns: ["Measure", "Kind", "Feed", "Used by"].map(words).to_vec(),
            rows: measures.values().map(|measure| row(measure, index)).collect(),
            folded: false,
        }),
    ];
    for measure in measures.values() {
        blocks.extend(part(measure, index));
    }
    blocks
}

fn row(measure: &Measure, index: &Index<'_>) -> Vec<Cell> {
    let users = index.indicators_of(&measure.id).len();
    vec![
        Cell::Stack(vec![text(&measure.id), index.to_measure(&measure.id)]),
        text(meaning::name(&measure.kind)),
        feeds(measure, index),
        text(if users == 0 { "No indicator".to_owned() } else { many(users, "indicator") }),
    ]
}

fn feeds(measure: &Measure, index: &Index<'_>) -> Cell {
    Cell::Stack(measure.feeds().into_iter().map(|feed| index.to_feed(feed)).collect())
}

fn part(measure: &Measure, index: &Index<'_>) -> Vec<Block> {
    // what is said by `meaning` and by `feeds` is not said here
    let Measure {
        id,
        title,
        feed: _,
        filter: _,
        kind,
        unit,
        stock,
        each: _,
        period_by: _,
        split_shares,
        source,
        place,
    } = measure;
    let carried = if *stock { "Yes: it carries over from period to period" } else { "" };
    let shares = if *split_shares { "Shares of the records whose part is known" } else { "" };
    let used = !index.indicators_of(id).is_empty() || !index.made_of(id).is_empty();
    let unused = if used { "" } else { "No indicator" };
    let mut facts = vec![fact("Kind", text(meaning::name(kind)))];
    facts.extend(keys::keys(measure, index).into_iter().map(Some));
    facts.extend([
        fact("Unit", text(sentence(unit.name()))),
        fact("A level", text(carried)),
        fact("Parts of a split", text(shares)),
        fact("Feed", feeds(measure, index)),
        fact("Made into", made_into(id, index)),
        fact("Used by", text(unused)),
        fact("Shown in the packs", stacked(index.packs_of(id))),
        fact("Source", text(source)),
        fact("Defined in", text(defined(place))),
    ]);
    let mut blocks = vec![
        Block::Heading {
            level: 3,
            text: title.clone(),
            id: measure_id(id),
            kicker: Some(id.clone()),
        },
        paragraph(TextStyle::Lead, meaning::sentence(measure, None, index)),
        Block::Terms(facts.into_iter().flatten().collect()),
    ];
    blocks.extend(keys::limits(measure, index));
    blocks.extend(used_by(measure, index));
    blocks
}

/// The measures that are made of it.
fn made_into(id: &str, index: &Index<'_>) -> Cell {
    stacked(index.made_of(id).into_iter().map(|measure| index.to_measure(&measure.id)).collect())
}

fn stacked(cells: Vec<Cell>) -> Cell {
    if cells.is_empty() { Cell::Empty } else { Cell::Stack(cells) }
}

/// Which indicators of which plans use it.
fn used_by(measure: &Measure, index: &Index<'_>) -> Option<Block> {
    let users = index.indicators_of(&measure.id);
    let rows: Vec<Vec<Cell>> = users
        .into_iter()
        .map(|(plan, one)| vec![index.to_indicator(plan, one), text(&one.title), text(&plan.title)])
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: format!("Indicators that use {}", measure.id),
            columns: ["Indicator", "Title", "Plan"].map(words).to_vec(),
            rows,
            folded: false,
        })
    })
}
