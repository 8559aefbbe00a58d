//! What people say of the month, signed by role and dated, beside what is computed.

use super::parts::{heading, paragraph};
use super::{Block, TextStyle};
use crate::disclosure::released::{Indicator, Notes, Passage, Released};
use crate::wording;

/// Of the month as a whole; nothing where nobody said anything.
pub(super) fn of_month(released: &Released) -> Vec<Block> {
    let Some(notes) = released.notes.as_ref().filter(|notes| !notes.general.is_empty()) else {
        return Vec::new();
    };
    let mut blocks = vec![heading(3, "Notes on the month", "notes")];
    blocks.extend(signed(notes, &notes.general));
    blocks
}

/// Of one indicator, its splits left out.
pub(super) fn of_indicator(indicator: &Indicator, released: &Released) -> Vec<Block> {
    let notes = released.notes.as_ref().filter(|_| indicator.split.is_none());
    let said = notes.and_then(|notes| Some((notes, notes.indicators.get(&indicator.id)?)));
    said.map_or_else(Vec::new, |(notes, passages)| signed(notes, passages))
}

fn signed(notes: &Notes, passages: &[Passage]) -> Vec<Block> {
    let block = |passage: &Passage| match passage {
        Passage::Paragraph(text) => paragraph(TextStyle::Quote, text.clone()),
        Passage::List(items) => Block::List(items.clone()),
    };
    let signature = format!("Note by the {}, {}", notes.role, wording::day(notes.date));
    let signature = paragraph(TextStyle::Note, signature);
    passages.iter().map(block).chain([signature]).collect()
}
