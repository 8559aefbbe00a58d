//! The data-quality part of a pack: what was delivered, what was used, what was set aside and why.

use super::parts::{heading, number, numbers, paragraph, text, whole, words};
use super::{Block, Cell, Format, Table, TextStyle};
use crate::disclosure::released::{Feed, File, Released};
use crate::wording;

/// Every block of the part.
pub(super) fn section(released: &Released) -> Vec<Block> {
    let mut blocks = vec![
        heading(2, "Data quality", "quality"),
        paragraph(
            TextStyle::Body,
            "Every row below the headings of every delivered file is either used or set aside with \
             a reason. For each file, rows read = rows used + rows set aside.",
        ),
        Block::Table(files(released)),
    ];
    let reasons = reasons(released);
    if !reasons.rows.is_empty() {
        blocks.push(Block::Table(reasons));
    }
    blocks.push(heading(3, "Completeness of each column", "completeness"));
    blocks.extend(released.feeds.iter().filter_map(completeness).map(Block::Table));
    blocks
}

fn files(released: &Released) -> Table {
    let mut rows = Vec::new();
    for feed in &released.feeds {
        if feed.files.is_empty() {
            rows.push(vec![
                text(feed.id.clone()),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                text(state(feed)),
            ]);
        }
        rows.extend(feed.files.iter().map(|file| {
            vec![
                text(feed.id.clone()),
                text(file.path.clone()),
                whole(file.read),
                whole(file.used),
                whole(file.set_aside),
                text(file.latest.map_or_else(String::new, wording::month)),
                text(state(feed)),
            ]
        }));
    }
    Table {
        caption: "Files delivered and rows used".to_owned(),
        columns: vec![
            words("Feed"),
            words("File"),
            numbers("Rows read"),
            numbers("Used"),
            numbers("Set aside"),
            words("Latest month"),
            words("State"),
        ],
        rows,
        folded: false,
    }
}

fn state(feed: &Feed) -> String {
    match (&feed.stopped, feed.missing) {
        (Some(why), _) => format!("stopped: {why}"),
        (None, true) => "not delivered".to_owned(),
        (None, false) => "ready".to_owned(),
    }
}

fn reasons(released: &Released) -> Table {
    let notes = |file: &File| {
        let aside = file.reasons.iter().map(|reason| ("set aside", reason.clone()));
        let warned = file.warnings.iter().map(|reason| ("used, with a warning", reason.clone()));
        aside.chain(warned).collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    for file in released.feeds.iter().flat_map(|feed| &feed.files) {
        for (fate, reason) in notes(file) {
            let lines: Vec<String> = reason.lines.iter().map(ToString::to_string).collect();
            rows.push(vec![
                text(file.path.clone()),
                text(fate),
                text(reason.reason),
                text(reason.column.unwrap_or_default()),
                whole(reason.rows),
                text(lines.join(", ")),
            ]);
        }
    }
    Table {
        caption: "Why rows were set aside or doubted".to_owned(),
        columns: vec![
            words("File"),
            words("Fate"),
            words("Reason"),
            words("Column"),
            numbers("Rows"),
            words("First lines"),
        ],
        rows,
        folded: true,
    }
}

/// Share of used rows with a value, over the whole feed, a row a file and a column a column.
fn completeness(feed: &Feed) -> Option<Table> {
    let names: Vec<String> =
        feed.files.first()?.completeness.iter().map(|(name, _)| name.clone()).collect();
    let mut columns = vec![words("File")];
    columns.extend(names.iter().map(|name| numbers(name)));
    let rows = feed
        .files
        .iter()
        .map(|file| {
            let mut row = vec![text(file.path.clone())];
            row.extend(names.iter().map(|name| {
                let share = file.completeness.iter().find(|(column, _)| column == name);
                number(share.map(|(_, share)| *share), Format::Percent(1))
            }));
            row
        })
        .collect();
    let caption = format!("{}: share of used rows with a value", feed.title);
    Some(Table { caption, columns, rows, folded: true })
}
