//! One match over the blocks.

use maud::{Markup, PreEscaped, html};

use super::{signs, table};
use crate::charts::{Chart, svg};
use crate::document::{Block, Count, Fact, Format, TextStyle};
use crate::error::Error;
use crate::writers::number;

/// Everything in reading order, a `section` around each heading and what follows it.
pub(super) fn blocks(blocks: &[Block]) -> Result<Markup, Error> {
    let mut numbers = table::Numbers::default();
    let mut sections = Vec::new();
    let (before, mut rest) = split(blocks, 2);
    let before = run(before, &mut numbers)?;
    while !rest.is_empty() {
        let (own, after) = split_after_first(rest, 2);
        sections.push(section(own, &mut numbers)?);
        rest = after;
    }
    Ok(html! { (before) @for section in &sections { section.section { (section) } } })
}

/// A level 2 heading, what belongs to it, and its parts.
fn section(blocks: &[Block], numbers: &mut table::Numbers) -> Result<Markup, Error> {
    let (own, mut rest) = split_after_first(blocks, 3);
    let own = run(own, numbers)?;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = split_after_first(rest, 3);
        let said = part.iter().any(|block| matches!(block, Block::Terms(_)));
        let class = match part.first() {
            // words alone run on; a chart and its facts have a printed page of their own
            Some(Block::Heading { kicker: Some(_), .. }) if said => "part entry",
            Some(Block::Heading { kicker: Some(_), .. }) => "part indicator",
            _ => "part",
        };
        parts.push((class, run(part, numbers)?));
        rest = after;
    }
    Ok(html! { (own) @for (class, part) in &parts { section class=(class) { (part) } } })
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

fn run(blocks: &[Block], numbers: &mut table::Numbers) -> Result<Markup, Error> {
    let blocks =
        blocks.iter().map(|block| one(block, numbers)).collect::<Result<Vec<_>, Error>>()?;
    Ok(html! { @for block in &blocks { (block) } })
}

fn one(block: &Block, numbers: &mut table::Numbers) -> Result<Markup, Error> {
    Ok(match block {
        Block::Heading { level, text, id, kicker } => heading(*level, text, id, kicker.as_deref()),
        Block::Text { style, text } => paragraph(*style, text),
        Block::List(items) => html! { ul.list { @for item in items { li { (item) } } } },
        Block::Facts(facts) => self::facts("facts", facts),
        Block::Terms(terms) => self::facts("terms", terms),
        Block::Table(table) => table::table(table, numbers),
        Block::Chart(chart) => self::chart(chart)?,
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
        @if level == 2 { h2 id=(id) { (words) } } @else { h3 id=(id) { (words) } }
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

/// Names and values, `facts` side by side or `terms` one below the other.
fn facts(class: &str, facts: &[Fact]) -> Markup {
    html! {
        dl class=(class) {
            @for Fact { name, value } in facts {
                div { dt { (name) } dd { (table::content(value)) } }
            }
        }
    }
}

fn counts(counts: &[Count]) -> Markup {
    html! {
        ul.counts role="list" {
            @for Count { icon, figure } in counts {
                li class=[signs::tint(*icon)] {
                    strong data-value=[number::exact(*figure)] {
                        (number::shown(*figure, Format::Decimal(0)))
                    }
                    " "
                    (signs::sign(*icon))
                }
            }
        }
    }
}

/// The chart twice, wide and narrow; style shows the one that fits.
fn chart(chart: &Chart) -> Result<Markup, Error> {
    let (wide, narrow) = (svg::draw(chart)?, svg::draw_narrow(chart)?);
    Ok(html! {
        figure.chart {
            div.wide { (PreEscaped(wide)) }
            div.narrow { (PreEscaped(narrow)) }
        }
    })
}
