//! One match over the blocks.

use maud::{Markup, PreEscaped, html};

use super::table::{self, Tables};
use super::{cell, drawn, picture, signs, what_if};
use crate::charts::svg;
use crate::document::{Block, Count, Fact, Format, Tag, TextStyle};
use crate::error::Error;
use crate::writers::number;

/// Everything in reading order, a `section` around each heading and what belongs to it.
pub(super) fn blocks(blocks: &[Block], tables: &mut Tables) -> Result<Markup, Error> {
    let (before, mut rest) = split(blocks, 2);
    let before = run(before, tables)?;
    let mut sections = Vec::new();
    while !rest.is_empty() {
        let (own, after) = split_after_first(rest, 2);
        sections.push(section(own, tables)?);
        rest = after;
    }
    Ok(html! { (before) @for section in &sections { section.section { (section) } } })
}

/// A level 2 heading, what belongs to it, and its parts.
fn section(blocks: &[Block], tables: &mut Tables) -> Result<Markup, Error> {
    let (own, mut rest) = split_after_first(blocks, 3);
    let own = run(own, tables)?;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (found, after) = split_after_first(rest, 3);
        parts.push(part(found, tables)?);
        rest = after;
    }
    Ok(html! { (own) @for part in &parts { (part) } })
}

/// A level 3 heading, what belongs to it, the way back to its row, and its own parts, folded away.
fn part(blocks: &[Block], tables: &mut Tables) -> Result<Markup, Error> {
    let (own, pieces) = split_after_first(blocks, 4);
    let said = own.iter().any(|block| matches!(block, Block::Terms(_)));
    let (class, row) = match own.first() {
        Some(Block::Heading { kicker, id, .. }) => {
            let class = match kicker {
                // words alone run on; a chart and its facts have a printed page of their own
                Some(_) if said => "part entry",
                Some(_) => "part indicator",
                None => "part",
            };
            (class, tables.index.row_to(id))
        }
        _ => ("part", None),
    };
    let own = run(own, tables)?;
    let pieces = self::pieces(pieces, tables)?;
    Ok(html! {
        section class=(class) {
            (own)
            (pieces)
            @if let Some(row) = row {
                p.back { a href={ "#" (row) } { "Back to its row in the summary" } }
            }
        }
    })
}

/// The parts of a part behind a fold that names them.
fn pieces(blocks: &[Block], tables: &mut Tables) -> Result<Markup, Error> {
    let mut rest = blocks;
    let (mut pieces, mut names) = (Vec::new(), Vec::new());
    while let Some(Block::Heading { text, .. }) = rest.first() {
        let (piece, after) = split_after_first(rest, 4);
        names.push(text.as_str());
        pieces.push(run_narrow(piece, tables)?);
        rest = after;
    }
    Ok(html! {
        @if !pieces.is_empty() {
            details.pieces {
                summary { (parts(pieces.len())) ": " (names.join(", ")) }
                @for piece in &pieces { section.piece { (piece) } }
            }
        }
    })
}

/// How many parts there are, in words.
pub(super) fn parts(count: usize) -> String {
    if count == 1 { "1 part".to_owned() } else { format!("{count} parts") }
}

fn split(blocks: &[Block], level: u8) -> (&[Block], &[Block]) {
    let starts =
        |block: &Block| matches!(block, Block::Heading { level: found, .. } if *found == level);
    blocks.split_at(blocks.iter().position(starts).unwrap_or(blocks.len()))
}

fn split_after_first(blocks: &[Block], level: u8) -> (&[Block], &[Block]) {
    let (_, rest) = blocks.split_at(1.min(blocks.len()));
    let (own, _) = split(rest, level);
    blocks.split_at(own.len() + 1)
}

fn run(blocks: &[Block], tables: &mut Tables) -> Result<Markup, Error> {
    let blocks =
        blocks.iter().map(|block| one(block, tables)).collect::<Result<Vec<_>, Error>>()?;
    Ok(html! { @for block in &blocks { (block) } })
}

/// Blocks beside each other: charts stand in their narrow form alone.
fn run_narrow(blocks: &[Block], tables: &mut Tables) -> Result<Markup, Error> {
    let one = |block: &Block| match block {
        Block::Chart(chart) => {
            let narrow = svg::draw_narrow(&**chart)?;
            Ok(html! { figure.chart { (PreEscaped(picture::compact(&narrow))) } })
        }
        other => self::one(other, tables),
    };
    let blocks = blocks.iter().map(one).collect::<Result<Vec<_>, Error>>()?;
    Ok(html! { @for block in &blocks { (block) } })
}

fn one(block: &Block, tables: &mut Tables) -> Result<Markup, Error> {
    Ok(match block {
        Block::Heading { level, text, id, kicker } => heading(*level, text, id, kicker.as_deref()),
        Block::Text { style, text } => paragraph(*style, text),
        Block::List(items) => html! { ul.list { @for item in items { li { (item) } } } },
        Block::Tags(tags) => self::tags(tags),
        Block::Facts(facts) => self::facts("facts", facts),
        Block::Terms(terms) => self::facts("terms", terms),
        Block::Table(table) => table::table(table, tables),
        Block::Chart(chart) => drawn::figure(&**chart)?,
        Block::Heatmap(heat) => drawn::figure(&**heat)?,
        Block::Distribution(bars) => drawn::figure(&**bars)?,
        Block::WhatIf(tried) => what_if::what_if(tried),
        Block::Icons(icons) => signs::row(icons),
        Block::Counts(counts) => self::counts(counts),
    })
}

fn heading(level: u8, text: &str, id: &str, kicker: Option<&str>) -> Markup {
    let words = html! {
        @if let Some(kicker) = kicker { span.kicker { (kicker) } " " }
        (text)
    };
    html! {
        @match level {
            2 => { h2 id=(id) { (words) } }
            3 => { h3 id=(id) { (words) } }
            _ => { h4 id=(id) { (words) } }
        }
    }
}

fn paragraph(style: TextStyle, text: &str) -> Markup {
    match style {
        TextStyle::Lead => html! { p.lead { (text) } },
        TextStyle::Body => html! { p { (text) } },
        TextStyle::Note => html! { p.note { (text) } },
        TextStyle::Quote => html! { blockquote { p { (text) } } },
        TextStyle::Code => html! { pre { code { (text) } } },
    }
}

/// What a part can be found by, in small.
fn tags(tags: &[Tag]) -> Markup {
    html! {
        dl.tags { @for Tag { name, value } in tags { div { dt { (name) } " " dd { (value) } } } }
    }
}

/// Names and values, `facts` side by side or `terms` one below the other.
fn facts(class: &str, facts: &[Fact]) -> Markup {
    html! {
        dl class=(class) {
            @for Fact { name, value } in facts {
                div { dt { (name) } dd { (cell::content(value)) } }
            }
        }
    }
}

fn counts(counts: &[Count]) -> Markup {
    html! {
        ul.counts role="list" {
            @for Count { icon, figure } in counts {
                li class=[signs::tint(*icon)] {
                    strong data-value=[cell::exact(*figure, Format::Decimal(0))] {
                        (number::shown(*figure, Format::Decimal(0)))
                    }
                    " "
                    (signs::sign(*icon))
                }
            }
        }
    }
}
