//! The page a busy reader needs: headline, counts, what changed, what needs attention, variation
//! against assurance, one row an indicator.

use super::parts::{heading, number, numbers, paragraph, text, words};
use super::{Block, Cell, Count, Table, TextStyle, notes, parts, pictures};
use crate::disclosure::released::{
    Absent, Assurance, Before, Colour, Indicator, Released, Variation,
};
use crate::wording::changes::{self, Change};
use crate::wording::{self, pack};

/// Every block of the summary.
pub(super) fn section(released: &Released) -> Vec<Block> {
    let counts = released
        .counts
        .iter()
        .map(|(colour, figure)| Count { icon: pictures::rating(*colour), figure: *figure })
        .collect();
    let mut blocks = vec![
        heading(2, "Summary", "summary"),
        paragraph(TextStyle::Lead, pack::headline(released)),
        Block::Counts(counts),
    ];
    blocks.extend(notes::of_month(released));
    blocks.extend(attention(released));
    blocks.extend(changed(released));
    blocks.extend(grid(released));
    blocks.push(heading(3, "Every indicator, in the plan's order", "all"));
    blocks.push(Block::Table(Table {
        caption: format!("Indicators of the plan as at {}", wording::month(released.as_at)),
        columns: vec![
            words("Indicator"),
            words("Trend"),
            numbers("Latest"),
            words("Target or baseline"),
            words("Variation and assurance"),
            words("Rating"),
            words("Forecast"),
        ],
        rows: released.whole().map(row).collect(),
        folded: false,
    }));
    blocks
}

/// What is red, or getting worse by more than chance whatever its colour.
fn attention(released: &Released) -> Vec<Block> {
    let worse = |one: &&Indicator| {
        one.facts.variation == Variation::Concern && one.colour != Colour::NotRated
    };
    let red = |one: &&Indicator| one.colour == Colour::Red;
    let reds = released.whole().filter(red);
    let others = released.whole().filter(|one| !red(one) && worse(one));
    let rows: Vec<_> = reds
        .chain(others)
        .map(|one| vec![named(one), rated(one), text(wording::reason::reason(one))])
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let table = Table {
        caption: "Red, or of concern by more than chance".to_owned(),
        columns: vec![words("Indicator"), words("Rating"), words("Why")],
        rows,
        folded: false,
    };
    vec![heading(3, "What needs attention", "attention"), Block::Table(table)]
}

/// What changed since the month before, both months as they are known today.
fn changed(released: &Released) -> Vec<Block> {
    let then = wording::month(released.as_at.plus(-1));
    let mut blocks = vec![heading(3, &format!("What changed since {then}"), "changed")];
    let found = changes::changes(released);
    if found.is_empty() {
        let words = "No rating changed, and no value became a special cause.";
        blocks.push(paragraph(TextStyle::Body, words));
    } else {
        let row = |(change, before, one): &(Change, Before, &Indicator)| {
            let was = by_rule(before.colour, before.rule);
            let why = text(changes::why(*change, one));
            vec![named(one), was, rated(one), text(change.name()), why]
        };
        blocks.push(Block::Table(Table {
            caption: format!("Changes since {then}, the most pressing first"),
            columns: vec![
                words("Indicator"),
                words("Was"),
                words("Is"),
                words("Change"),
                words("Why"),
            ],
            rows: found.iter().map(row).collect(),
            folded: false,
        }));
    }
    let note = "Both months are judged from the records as they are known today: what changed is \
                the month that was added, not what was corrected since.";
    blocks.push(paragraph(TextStyle::Note, note));
    blocks
}

/// Which indicators stand where: what the values do, against what the target can expect of them.
fn grid(released: &Released) -> Vec<Block> {
    const ROWS: [(Variation, &str); 3] = [
        (Variation::Concern, "Concern: worse by more than chance"),
        (Variation::Common, "Common cause: no more than chance"),
        (Variation::Improvement, "Improvement: better by more than chance"),
    ];
    const COLUMNS: [(Option<Assurance>, &str); 4] = [
        (Some(Assurance::Pass), "Can be relied on to meet its target"),
        (Some(Assurance::HitOrMiss), "Meets and misses it by chance"),
        (Some(Assurance::Fail), "Will go on missing it"),
        (None, "No number to meet, or too few values"),
    ];
    let cell = |variation, assurance| {
        let there = |one: &&Indicator| {
            one.facts.value.is_some()
                && one.icons.variation == Some(variation)
                && one.icons.assurance == assurance
        };
        let links: Vec<Cell> = released.whole().filter(there).map(link).collect();
        if links.is_empty() { Cell::Empty } else { Cell::Stack(links) }
    };
    let row = |(variation, name): &(Variation, &str)| {
        let cells = COLUMNS.iter().map(|(assurance, _)| cell(*variation, *assurance));
        std::iter::once(text(*name)).chain(cells).collect()
    };
    let table = Table {
        caption: "Variation against assurance".to_owned(),
        columns: std::iter::once(words("The values show"))
            .chain(COLUMNS.iter().map(|(_, name)| words(name)))
            .collect(),
        rows: ROWS.iter().map(row).collect(),
        folded: false,
    };
    let note = "Of the values as charted. Indicators without enough values for limits or runs are \
                not here.";
    vec![
        heading(3, "What the values do, and whether targets can be relied on", "grid"),
        Block::Table(table),
        paragraph(TextStyle::Note, note),
    ]
}

fn link(indicator: &Indicator) -> Cell {
    Cell::Link { text: indicator.title.clone(), to: pictures::id(indicator) }
}

/// Its reference and its title, which leads to its part.
pub(super) fn named(indicator: &Indicator) -> Cell {
    Cell::Stack(vec![text(indicator.reference.clone()), link(indicator)])
}

/// Its last periods.
pub(super) fn trend(indicator: &Indicator) -> Cell {
    pictures::sparkline(indicator).map_or(Cell::Empty, |chart| Cell::Sparkline(Box::new(chart)))
}

/// Its latest settled value, and of when.
pub(super) fn latest(indicator: &Indicator) -> Cell {
    let facts = &indicator.facts;
    match (facts.value, facts.period) {
        (Some(value), Some(period)) => Cell::Stack(vec![
            number(Some(value), parts::format(indicator)),
            text(wording::period(period)),
        ]),
        _ if matches!(facts.absent, Some(Absent::NotReportable(_))) => text("Not yet reportable"),
        _ => Cell::Empty,
    }
}

/// Variation and assurance.
pub(super) fn signs(indicator: &Indicator) -> Cell {
    let signs = pictures::judgement(indicator);
    if signs.is_empty() { Cell::Empty } else { Cell::Icons(signs) }
}

/// Its rating, and the rule that gave it.
pub(super) fn rated(indicator: &Indicator) -> Cell {
    by_rule(indicator.colour, indicator.rule)
}

fn by_rule(colour: Colour, rule: &str) -> Cell {
    Cell::Stack(vec![Cell::Icons(vec![pictures::rating(colour)]), text(format!("Rule {rule}"))])
}

fn row(indicator: &Indicator) -> Vec<Cell> {
    vec![
        named(indicator),
        trend(indicator),
        latest(indicator),
        text(wording::plan::promise(indicator)),
        signs(indicator),
        rated(indicator),
        text(wording::outlook::short(indicator)),
    ]
}
