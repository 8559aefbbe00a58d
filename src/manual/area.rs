//! The areas: by kind, what they are part of and when, how they are spelled, how many people live there.

use chrono::NaiveDate;

use super::index::{Index, area_kind_id, plan_id};
use crate::area::{Area, Estimate};
use crate::dated::Entry;
use crate::document::parts::{heading, numbers, paragraph, text, words};
use crate::document::{Block, Cell, Table, TextStyle};
use crate::number;
use crate::wording::day;

/// Every block of the section.
pub(super) fn section(index: &Index<'_>) -> Vec<Block> {
    let mut blocks = vec![
        heading(2, "Areas", "areas"),
        paragraph(
            TextStyle::Body,
            "An area is known by its code. It may be part of several others at once, always or from \
             one day to another, both counted. A row whose area is none of these is counted and \
             named, never guessed.",
        ),
    ];
    for kind in index.kinds_of_area() {
        blocks.push(heading(3, &format!("Kind: {kind}"), &area_kind_id(kind)));
        let own = index.areas.all().filter(|area| area.kind == kind);
        blocks.push(Block::Table(Table {
            caption: format!("Areas of the kind {kind}"),
            columns: ["Area", "Code", "Part of", "Also spelled"].map(words).to_vec(),
            rows: own.map(|area| row(area, index)).collect(),
            folded: false,
        }));
    }
    blocks.extend(people(index));
    blocks
}

fn row(area: &Area, index: &Index<'_>) -> Vec<Cell> {
    let Area { code, name, kind: _, from, to, successor } = area;
    let parents: Vec<String> = index
        .areas
        .parents(code)
        .flat_map(|(whole, links)| {
            let name = index.areas.get(whole).map_or(whole, |area| &area.name);
            links.entries().iter().map(move |entry| format!("{name}{}", stretch(entry)))
        })
        .collect();
    let spellings: Vec<String> = index.areas.spellings(area).map(str::to_owned).collect();
    let lines =
        |lines: Vec<String>| if lines.is_empty() { Cell::Empty } else { Cell::Lines(lines) };
    let name = if index.catalogue.plans.contains_key(code) {
        Cell::Link { text: name.clone(), to: plan_id(code) }
    } else {
        text(name)
    };
    let mut codes = vec![format!("{code}{}", stretch(&Entry { from: *from, to: *to, value: () }))];
    codes.extend(successor.iter().map(|after| format!("then {after}")));
    vec![name, Cell::Lines(codes), lines(parents), lines(spellings)]
}

/// When a code or a link is in force; always and still is not said.
fn stretch(entry: &Entry<()>) -> String {
    let last = |to: NaiveDate| day(to.pred_opt().unwrap_or(to));
    match (entry.from, entry.to) {
        (None, None) => String::new(),
        (Some(from), None) => format!(", from {}", day(from)),
        (None, Some(to)) => format!(", to {}", last(to)),
        (Some(from), Some(to)) => format!(", {} to {}", day(from), last(to)),
    }
}

/// The people that rates divide by.
fn people(index: &Index<'_>) -> Vec<Block> {
    let row = |(area, age, year, estimate): (&str, &str, i32, &Estimate)| {
        #[expect(clippy::cast_precision_loss, reason = "people lie far below 2^52")]
        let people = number::decimal(estimate.people as f64, 0);
        vec![
            index.to_area(area),
            text(age),
            text(year.to_string()),
            text(people),
            text(&estimate.source),
        ]
    };
    let rows: Vec<Vec<Cell>> = index.areas.estimates().map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![
        heading(3, "People", "people"),
        Block::Table(Table {
            caption: "Estimates of people, by area, age band and calendar year".to_owned(),
            columns: vec![
                words("Area"),
                words("Age band"),
                words("Year"),
                numbers("People"),
                words("Source"),
            ],
            rows,
            folded: false,
        }),
    ]
}
