//! The actions of a plan: how many stand how, by whom they are led, and the register.

use super::parts::{heading, paragraph, text, whole, words};
use super::{Block, Cell, Column, Count, Icon, Table, TextStyle, parts, pictures};
use crate::disclosure::released::Released;
use crate::disclosure::released::actions::{Action, Actions, Rule, Standing, Tally};
use crate::wording::{self, actions as say};

/// Every block of the part; none for a plan without a register.
pub(super) fn section(released: &Released) -> Vec<Block> {
    let actions = &released.actions;
    if actions.rows.is_empty() {
        return Vec::new();
    }
    let counts = actions.tally.by.iter();
    let counts = counts.map(|(standing, figure)| Count { icon: sign(*standing), figure: *figure });
    let mut blocks = vec![
        heading(2, "Actions", "actions"),
        paragraph(TextStyle::Lead, say::headline(released)),
        Block::Counts(counts.collect()),
        paragraph(TextStyle::Note, say::basis(released)),
    ];
    let over_red: Vec<String> = actions.rows.iter().filter_map(say::over_red).collect();
    if !over_red.is_empty() {
        blocks.push(heading(3, "In hand or complete, over a red outcome", "actions-over-red"));
        blocks.push(Block::List(over_red));
    }
    blocks.extend([
        heading(3, "By lead organisation", "actions-leads"),
        Block::Table(leads(actions)),
        heading(3, "The register", "actions-register"),
    ]);
    blocks.extend(registers(actions, released).map(Block::Table));
    blocks.push(heading(3, "How actions are rated", "actions-rules"));
    blocks.push(Block::Table(rules(&actions.rules)));
    blocks
}

/// The sign of a standing.
fn sign(standing: Standing) -> Icon {
    match standing {
        Standing::Red => Icon::Red,
        Standing::Amber => Icon::Amber,
        Standing::Green => Icon::Green,
        Standing::Blue => Icon::Blue,
        Standing::NotRated => Icon::NotRated,
    }
}

fn leads(actions: &Actions) -> Table {
    let mut columns: Vec<Column> = vec![words("Led by"), parts::numbers("Actions")];
    columns.extend(actions.tally.by.iter().map(|(one, _)| parts::numbers(sign(*one).words())));
    let row = |(lead, tally): &(Option<String>, Tally)| {
        let mut cells = vec![text(lead.as_deref().unwrap_or("Lead not stated")), whole(tally.all)];
        cells.extend(tally.by.iter().map(|(_, figure)| whole(*figure)));
        cells
    };
    Table {
        caption: "Actions by lead organisation or role; one with several leads counts under each"
            .to_owned(),
        columns,
        rows: actions.leads.iter().map(row).collect(),
        folded: false,
    }
}

/// A table for each section of the plan, in its order.
fn registers<'a>(actions: &'a Actions, released: &Released) -> impl Iterator<Item = Table> + 'a {
    let as_at = wording::month(released.as_at);
    actions.rows.chunk_by(|one, next| one.section == next.section).map(move |rows| {
        let section = rows.first().map_or("", |row| row.section.as_str());
        let of = if section.is_empty() { "Actions" } else { section };
        Table {
            caption: format!("{of}: {}, as at {as_at}", wording::many(rows.len(), "action")),
            columns: ["Action", "Led by", "Due", "Status", "Rating", "Reason", "Indicators"]
                .map(words)
                .to_vec(),
            rows: rows.iter().map(row).collect(),
            folded: false,
        }
    })
}

fn row(action: &Action) -> Vec<Cell> {
    let due = action.due.map_or_else(|| "No date".to_owned(), wording::day);
    let printed = action.due_stated.as_deref().unwrap_or("not stated");
    let mut status = vec![text(wording::sentence(say::status(action.status)))];
    status.extend(action.status_stated.as_deref().map(text));
    status.push(text(say::stated_rag(action)));
    let mut reason = vec![text(say::reason(action))];
    if action.over_red().next().is_some() {
        reason.push(text("An outcome it should move is red."));
    }
    let links = action.links.iter().flat_map(|link| {
        let to = Cell::Link { text: format!("{} {}", link.id, link.title), to: link.id.clone() };
        [to, Cell::Icons(vec![pictures::rating(link.colour)])]
    });
    let links: Vec<Cell> = links.collect();
    vec![
        Cell::Stack(vec![text(action.action.clone()), text(action.reference.clone())]),
        text(if action.leads.is_empty() {
            "Not stated".to_owned()
        } else {
            action.leads.join("; ")
        }),
        Cell::Stack(vec![text(due), text(format!("Printed: {printed}"))]),
        Cell::Stack(status),
        Cell::Stack(vec![
            Cell::Icons(vec![sign(action.standing)]),
            text(format!("Rule {}", action.rule)),
        ]),
        Cell::Stack(reason),
        if links.is_empty() { Cell::Empty } else { Cell::Stack(links) },
    ]
}

/// The table of actions.
pub(crate) fn rules(rules: &[Rule]) -> Table {
    Table {
        caption: "The table of actions: the first row that applies decides".to_owned(),
        columns: vec![words("Code"), words("Rating"), words("Applies when")],
        rows: rules
            .iter()
            .map(|rule| {
                vec![text(rule.code), Cell::Icons(vec![sign(rule.standing)]), text(rule.when)]
            })
            .collect(),
        folded: false,
    }
}
