//! The packs: who reads each, and what it shows.

use super::index::{Index, pack_id};
use crate::disclosure::Profile;
use crate::document::parts::{fact, heading, paragraph, text, words};
use crate::document::{Block, Cell, Table, TextStyle};

/// A pack as its definition says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who reads it.
    pub reader: String,
    /// What is withheld.
    pub profile: Profile,
    /// What it shows, in order; without sections every indicator.
    pub sections: Vec<Section>,
}

/// A section of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What is said below it.
    pub text: Option<String>,
    /// Ids of its measures.
    pub measures: Vec<String>,
    /// What is shown of each, in words.
    pub views: Vec<String>,
}

/// Every block of the section; none where there are no packs.
pub(super) fn section(index: &Index<'_>) -> Vec<Block> {
    if index.packs.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        heading(2, "Packs", "packs"),
        paragraph(
            TextStyle::Body,
            "A pack is what a run writes of one plan and month for one kind of reader. Its figures \
             and ratings are those of the plan's indicators, whichever pack shows them.",
        ),
    ];
    blocks.extend(index.packs.iter().flat_map(|pack| part(pack, index)));
    blocks
}

fn part(pack: &Pack, index: &Index<'_>) -> Vec<Block> {
    let Pack { id, title, reader, profile, sections } = pack;
    let withheld = match profile {
        Profile::Internal => "nothing is withheld that the source shows",
    };
    let facts = [
        fact("Read by", text(reader)),
        fact("Disclosure", text(format!("{}: {withheld}", profile.name()))),
        fact("Made by", text(format!("concordat run --pack {id}"))),
    ];
    let mut blocks = vec![
        Block::Heading {
            level: 3,
            text: title.clone(),
            id: pack_id(id),
            kicker: Some(format!("Pack · {id}")),
        },
        paragraph(TextStyle::Lead, lead(sections)),
        Block::Terms(facts.into_iter().flatten().collect()),
    ];
    if !sections.is_empty() {
        blocks.push(Block::Table(Table {
            caption: format!("What {id} shows, in its order"),
            columns: ["Section", "Of the measures", "Shows of each"].map(words).to_vec(),
            rows: sections.iter().map(|one| row(one, index)).collect(),
            folded: false,
        }));
    }
    blocks
}

fn lead(sections: &[Section]) -> &'static str {
    if sections.is_empty() {
        return "Every indicator of the plan, in the plan's order: first what needs attention and what \
                changed since the month before, then each indicator with its value, target, chart, \
                rating and reason, its parts, definition and data quality; then other bodies' counts \
                of the same things, and the plan's actions.";
    }
    "A section names measures, so that one pack serves every plan. What is shown of indicators is \
     shown of each indicator of the plan that uses the measure; where none does, the measure is shown \
     for the plan's area without a rating. Everything else is of the measure's own records in the \
     plan's area, over the latest twelve months that have settled."
}

fn row(section: &Section, index: &Index<'_>) -> Vec<Cell> {
    let Section { title, text: said, measures, views } = section;
    let said = said.iter().map(text);
    vec![
        Cell::Stack([text(title)].into_iter().chain(said).collect()),
        Cell::Stack(measures.iter().map(|id| index.to_measure(id)).collect()),
        Cell::Stack(views.iter().map(text).collect()),
    ]
}
