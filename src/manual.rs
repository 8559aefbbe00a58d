//! The definitions manual: everything that a workspace's definitions say, made from them and from
//! nothing else.
//!
//! For a new colleague or an auditor. It stands beside the way from rows to packs: no row, finding
//! or figure reaches it, so that it can be handed to anybody who may read the definitions, before
//! the first delivery as well.

mod area;
mod column;
pub mod condition;
mod feed;
mod glossary;
mod index;
mod indicator;
mod keys;
mod meaning;
mod measure;
pub mod pack;
mod plan;
mod promise;
mod reading;
mod standard;
mod written;

use std::collections::BTreeMap;

use crate::area::Areas;
use crate::disclosure::{action_rules, chart_rules, rating_rules};
use crate::document::parts::{heading, numbers, paragraph, text, words};
use crate::document::{Block, Cell, Document, Table, TextStyle, actions, method};
use crate::error::{Error, Place};
use crate::feeds::contract::Contract;
use crate::indicators::{Catalogue, Plan};
use crate::wording::many;
use index::{Index, plan_id};

/// The manual of a workspace's definitions. What is wrong with them stands in it too; whatever is not
/// touched by it is there all the same.
pub fn manual(
    catalogue: &Catalogue,
    contracts: &BTreeMap<String, Contract>,
    areas: &Areas,
    packs: &[pack::Pack],
    problems: &[Error],
) -> Document {
    let index = Index::new(catalogue, contracts, areas, packs);
    let mut blocks = at_a_glance(&index);
    blocks.extend(wrong(problems));
    for one in catalogue.plans.values() {
        blocks.extend(plan::section(one, &index));
    }
    blocks.extend(measure::section(&index));
    blocks.extend(standard::section(&index));
    blocks.extend(feed::section(&index));
    blocks.extend(area::section(&index));
    blocks.extend(pack::section(&index));
    blocks.extend(judging());
    blocks.extend(glossary::section());
    let mut notes =
        vec!["Made from the definitions alone. It holds no figure from any record.".to_owned()];
    if !problems.is_empty() {
        let is = if problems.len() == 1 { "is" } else { "are" };
        notes.push(format!(
            "The definitions have {}, which {is} listed first. What rests on them is left out or \
             stands as not reportable.",
            many(problems.len(), "problem")
        ));
    }
    Document { title: "Definitions manual".to_owned(), subtitle: counts(&index), notes, blocks }
}

fn counts(index: &Index<'_>) -> String {
    format!(
        "{} in {}, made of {} from {}",
        many(index.indicators().count(), "indicator"),
        many(index.catalogue.plans.len(), "plan"),
        many(index.catalogue.measures.len(), "measure"),
        many(index.contracts.len(), "feed")
    )
}

/// What is where, and the plans side by side.
fn at_a_glance(index: &Index<'_>) -> Vec<Block> {
    let row = |plan: &Plan| {
        let actions = index.catalogue.actions.get(&plan.id).map_or(0, |one| one.actions.len());
        vec![
            Cell::Link { text: plan.title.clone(), to: plan_id(&plan.id) },
            text(plan.indicators.len().to_string()),
            text(plan::waiting(plan).to_string()),
            text(actions.to_string()),
        ]
    };
    vec![
        heading(2, "At a glance", "glance"),
        paragraph(
            TextStyle::Lead,
            "Each plan asks for indicators. An indicator is a measure in an area, with a promise. A \
             measure counts the records of a feed. This manual says all of it, in that order, and \
             each part leads to the next and back; then what the packs show of it to whom.",
        ),
        Block::Table(Table {
            caption: "The plans".to_owned(),
            columns: vec![
                words("Plan"),
                numbers("Indicators"),
                numbers("Not yet reportable"),
                numbers("Actions"),
            ],
            rows: index.catalogue.plans.values().map(row).collect(),
            folded: false,
        }),
    ]
}

/// What is wrong with the definitions.
fn wrong(problems: &[Error]) -> Vec<Block> {
    if problems.is_empty() {
        return Vec::new();
    }
    let row = |error: &Error| {
        vec![
            text(error.place.to_string()),
            text(&error.problem),
            text(error.help.clone().unwrap_or_default()),
        ]
    };
    vec![
        heading(2, "Problems", "problems"),
        Block::Table(Table {
            caption: "What is wrong with the definitions".to_owned(),
            columns: ["Where", "What is wrong", "What to do"].map(words).to_vec(),
            rows: problems.iter().map(row).collect(),
            folded: false,
        }),
    ]
}

/// How figures become charts and ratings, as the method part of every pack says it.
fn judging() -> Vec<Block> {
    let mut blocks = vec![heading(2, "Charts and ratings", "method")];
    blocks.extend(method::limits(&chart_rules()));
    blocks.extend(method::ratings(&rating_rules()));
    blocks.push(heading(3, "How actions are rated", "actions-rules"));
    blocks.push(Block::Table(actions::rules(&action_rules())));
    blocks
}

/// Where a definition stands, to its line.
fn defined(place: &Place) -> String {
    match place.line {
        Some(line) => format!("{}, line {line}", place.file),
        None => place.file.clone(),
    }
}
