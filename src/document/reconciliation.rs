//! The part of a pack that puts several bodies' counts of the same thing side by side.

use super::parts::{heading, numbers, paragraph, text, whole, words};
use super::{Block, Cell, Table, TextStyle};
use crate::disclosure::Figure;
use crate::disclosure::released::Released;
use crate::disclosure::released::reconciliation::{Compared, Reconciliation};
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
    }
    // all the months that are summed up are there
    let summed = one
        .latest
        .as_ref()
        .and_then(|latest| one.months.iter().position(|month| month.month == latest.first));
    let latest = one.months.len().saturating_sub(LATEST);
    let shown = &one.months[summed.map_or(latest, |summed| summed.min(latest))..];
    // a column only where some month has such records
    let untold: Vec<String> = shown.iter().map(|month| untold(one, month)).collect();
    let has_untold = untold.iter().any(|said| !said.is_empty());
    if has_untold {
        columns.push(words("Cannot be told"));
    }
    columns.push(words("Coverage"));
    let row = |(month, untold): (&Compared, String)| {
        let untold = has_untold.then(|| text(untold));
        let coverage = text(say::reported(one, month));
        row(one, month).into_iter().chain(untold).chain([coverage]).collect()
    };
    Table {
        caption: format!("{}, month by month", one.title),
        columns,
        rows: shown.iter().zip(untold).map(row).collect(),
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
    }
    cells
}

/// The records of a month that cannot be told; nothing of a month that compares nothing.
fn untold(one: &Reconciliation, month: &Compared) -> String {
    let matched = month.matched.filter(|_| month.comparable);
    matched.map_or_else(String::new, |matched| say::untold(one, &matched))
}
