//! The monthly pack: summary, one part an indicator, actions, data quality, method.

use super::parts::{heading, number, numbers, paragraph, text, words};
use super::{
    Block, Cell, Count, Document, Table, TextStyle, actions, indicator, method, parts, pictures,
    quality, reconciliation,
};
use crate::disclosure::released::{Absent, Colour, Indicator, Released};
use crate::wording;

/// Composes the monthly pack of a plan.
pub fn monthly(released: &Released, title: &str, reader: &str) -> Document {
    let mut blocks = summary(released);
    blocks.push(heading(2, "Indicators", "indicators"));
    for one in &released.indicators {
        blocks.extend(indicator::part(one, released));
    }
    blocks.extend(reconciliation::section(released));
    blocks.extend(actions::section(released));
    blocks.extend(quality::section(released));
    blocks.extend(method::section(released));
    Document {
        title: format!("{}: {}", released.title, title.to_lowercase()),
        subtitle: format!("As at {}, for the {reader}", wording::month(released.as_at)),
        notes: wording::pack::notes(released),
        blocks,
    }
}

fn summary(released: &Released) -> Vec<Block> {
    let counts = released
        .counts
        .iter()
        .map(|(colour, figure)| Count { icon: pictures::rating(*colour), figure: *figure })
        .collect();
    let attention: Vec<String> = wording::pack::whole(released)
        .filter(|indicator| indicator.colour == Colour::Red)
        .map(|indicator| {
            format!(
                "{} {}: {}",
                indicator.reference,
                indicator.title,
                wording::reason::reason(indicator)
            )
        })
        .collect();
    let mut blocks = vec![
        heading(2, "Summary", "summary"),
        paragraph(TextStyle::Lead, wording::pack::headline(released)),
        Block::Counts(counts),
    ];
    if !attention.is_empty() {
        blocks.push(heading(3, "What needs attention", "attention"));
        blocks.push(Block::List(attention));
    }
    blocks.push(heading(3, "Every indicator, in the plan's order", "grid"));
    blocks.push(Block::Table(Table {
        caption: format!("Indicators of the plan as at {}", wording::month(released.as_at)),
        columns: vec![
            words("Indicator"),
            words("Trend"),
            numbers("Latest"),
            words("Target or baseline"),
            words("Variation and assurance"),
            words("Rating"),
            words("The plan stated"),
        ],
        rows: wording::pack::whole(released).map(row).collect(),
        folded: false,
    }));
    blocks
}

fn row(indicator: &Indicator) -> Vec<Cell> {
    let facts = &indicator.facts;
    let latest = match (facts.value, facts.period) {
        (Some(value), Some(period)) => Cell::Stack(vec![
            number(Some(value), parts::format(indicator)),
            text(wording::period(period)),
        ]),
        _ if matches!(facts.absent, Some(Absent::NotReportable(_))) => text("Not yet reportable"),
        _ => Cell::Empty,
    };
    let signs = pictures::judgement(indicator);
    vec![
        Cell::Stack(vec![
            text(indicator.reference.clone()),
            Cell::Link { text: indicator.title.clone(), to: pictures::id(indicator) },
        ]),
        pictures::sparkline(indicator)
            .map_or(Cell::Empty, |chart| Cell::Sparkline(Box::new(chart))),
        latest,
        text(wording::plan::promise(indicator)),
        if signs.is_empty() { Cell::Empty } else { Cell::Icons(signs) },
        Cell::Stack(vec![
            Cell::Icons(vec![pictures::rating(indicator.colour)]),
            text(format!("Rule {}", indicator.rule)),
        ]),
        text(wording::plan::stated(indicator)),
    ]
}
