//! The part of a pack that puts several bodies' counts of the same thing side by side.

use super::parts::{heading, numbers, paragraph, text, whole, words};
use super::{Block, Cell, Table, TextStyle};
use crate::disclosure::Figure;
use crate::disclosure::released::Released;
use crate::disclosure::released::reconciliation::{Compared, Matched, Reconciliation};
use crate::wording::{self, reconciliation as say};

/// Months shown at the least.
const LATEST: usize = 12;

/// Every block of the part; none where nothing is compared.
pub(super) fn section(released: &Released) -> Vec<Block> {
    if released.reconciliations.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        heading(2, "The same thing, counted by others", "reconciliation"),
        paragraph(
            TextStyle::Body,
            "Where two bodies record the same event, their counts stand side by side. A difference is \
             a question for the meeting, not an error of either.",
        ),
    ];
    for one in &released.reconciliations {
        blocks.extend(self::one(one, &format!("reconciliation-{}", one.id)));
    }
    blocks
}

/// One question, under a heading.
pub(super) fn one(one: &Reconciliation, id: &str) -> Vec<Block> {
    vec![
        heading(3, &one.title, id),
        paragraph(TextStyle::Lead, say::summary(one)),
        paragraph(TextStyle::Body, say::method(one)),
        Block::Table(table(one)),
    ]
}

fn table(one: &Reconciliation) -> Table {
    let mut columns = vec![words("Month")];
    columns.extend(one.sides.iter().map(|side| numbers(&wording::sentence(&side.by))));
    if let (Some(_), [first, second]) = (&one.key, one.sides.as_slice()) {
        columns.push(numbers("With both"));
        columns.push(numbers(&format!("Only {}", first.by)));
        columns.push(numbers(&format!("Only {}", second.by)));
        columns.push(numbers("Not to be told"));
        columns.push(numbers("Without a key"));
    }
    columns.push(words("Coverage"));
    // all the months that are summed up are there
    let summed = one
        .latest
        .as_ref()
        .and_then(|latest| one.months.iter().position(|month| month.month == latest.first));
    let latest = one.months.len().saturating_sub(LATEST);
    let latest = summed.map_or(latest, |summed| summed.min(latest));
    Table {
        caption: format!("{}, month by month", one.title),
        columns,
        rows: one.months[latest..].iter().map(|month| row(one, month)).collect(),
        folded: false,
    }
}

fn row(one: &Reconciliation, month: &Compared) -> Vec<Cell> {
    let count = |figure: Option<Figure>| figure.map_or(Cell::Empty, whole);
    let mut cells = vec![text(wording::month(month.month))];
    cells.extend(month.counts.iter().map(|side| count(side.counted)));
    if one.key.is_some() {
        // what one side has alone says nothing while the other has not reported
        let matched = month.matched.filter(|_| month.comparable);
        cells.push(count(matched.map(|matched| matched.both)));
        cells.push(count(matched.map(|matched| matched.only[0])));
        cells.push(count(matched.map(|matched| matched.only[1])));
        let pair = |read: fn(&Matched) -> [Figure; 2]| {
            let stack = |matched: &Matched| Cell::Stack(read(matched).map(whole).to_vec());
            matched.as_ref().map_or(Cell::Empty, stack)
        };
        cells.push(pair(|matched| matched.untold));
        cells.push(pair(|matched| matched.without_key));
    }
    cells.push(text(say::reported(one, month)));
    cells
}
