//! Limits in law and national standards: what holds, from when, by which source, and who names it.

use super::defined;
use super::index::{Index, standard_id};
use super::keys::length;
use crate::document::parts::{fact, heading, paragraph, text, words};
use crate::document::{Block, Cell, Table, TextStyle};
use crate::indicators::measure::limit::Term;
use crate::indicators::standards::{Rule, Standard};
use crate::wording::day;

/// Every block of the section; none where there are no standards.
pub(super) fn section(index: &Index<'_>) -> Vec<Block> {
    let standards = &index.catalogue.standards;
    if standards.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        heading(2, "Limits in law and standards", "standards"),
        paragraph(
            TextStyle::Body,
            "A limit or standard stands here once, with its source, and is named by measures and \
             filters. What holds for a record is what is in force on its own day.",
        ),
    ];
    blocks.extend(standards.values().flat_map(|standard| part(standard, index)));
    blocks
}

fn part(standard: &Standard, index: &Index<'_>) -> Vec<Block> {
    let Standard { id, title, source, rule, used_by, place } = standard;
    let (from, limits) = match rule {
        Rule::Limit(terms) => (String::new(), Some(limits(id, terms))),
        Rule::From(Some(from)) => (format!("From {}", day(*from)), None),
        Rule::From(None) => ("Not yet: it was made, but no day is known".to_owned(), None),
    };
    let users: Vec<Cell> = used_by.iter().map(|id| user(id, index)).collect();
    let users = if users.is_empty() { text("Nothing") } else { Cell::Stack(users) };
    let facts = [
        fact("In force", text(from)),
        fact("Named by", users),
        fact("Source", text(source)),
        fact("Defined in", text(defined(place))),
    ];
    let mut blocks = vec![
        Block::Heading {
            level: 3,
            text: title.clone(),
            id: standard_id(id),
            kicker: Some(id.clone()),
        },
        Block::Terms(facts.into_iter().flatten().collect()),
    ];
    blocks.extend(limits.map(Block::Table));
    blocks
}

/// The measure or indicator of an id.
fn user(id: &str, index: &Index<'_>) -> Cell {
    let indicator = index.indicators().find(|(_, one)| one.id == id);
    match indicator {
        Some((plan, one)) => index.to_indicator(plan, one),
        None => index.to_measure(id),
    }
}

fn limits(id: &str, terms: &[Term]) -> Table {
    let row = |term: &Term| {
        let Term { before, when, length: long } = term;
        let when = when.as_ref().map_or(Cell::Empty, |when| Cell::Code(when.value.clone()));
        let (limit, clocks) = length(*long, *before);
        vec![limit, clocks, when]
    };
    Table {
        caption: format!("Limits of {id}: the first that applies"),
        columns: ["Limit", "Clocks that start", "Only where"].map(words).to_vec(),
        rows: terms.iter().map(row).collect(),
        folded: false,
    }
}
