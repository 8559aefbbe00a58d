//! A plan's section: what it is, its indicators at a glance and one by one, its actions.

use super::index::{Index, plan_id};
use super::{indicator, meaning};
use crate::document::parts::{fact, text, words};
use crate::document::{Block, Cell, Table};
use crate::indicators::actions::Action;
use crate::indicators::{Asked, Indicator, Plan};
use crate::wording::{day, many, sentence};

/// Every block of the section.
pub(super) fn section(plan: &Plan, index: &Index<'_>) -> Vec<Block> {
    let Plan { id, title, area, indicators } = plan;
    let actions = index.catalogue.actions.get(id).map_or(&[][..], |register| &register.actions);
    let waiting = waiting(plan);
    let facts = [
        fact("Area", index.to_area(area)),
        fact("Indicators", text(indicators.len().to_string())),
        fact("Of these not yet reportable", text(waiting.to_string())),
        fact("Actions", text(actions.len().to_string())),
    ];
    let mut blocks = vec![
        Block::Heading {
            level: 2,
            text: title.clone(),
            id: plan_id(id),
            kicker: Some(format!("Plan · {id}")),
        },
        Block::Facts(facts.into_iter().flatten().collect()),
    ];
    blocks.push(Block::Table(Table {
        caption: format!("The indicators of {title}, in the plan's own order"),
        columns: ["Indicator", "Measure", "Promise"].map(words).to_vec(),
        rows: indicators.iter().map(|one| row(plan, one, index)).collect(),
        folded: false,
    }));
    if !actions.is_empty() {
        blocks.push(Block::Table(register(plan, actions, index)));
    }
    for one in indicators {
        blocks.extend(indicator::part(plan, one, index));
    }
    blocks
}

/// How many of its indicators cannot be reported yet.
pub(super) fn waiting(plan: &Plan) -> usize {
    let waits = |one: &&Indicator| matches!(one.asked, Asked::NotReportable { .. });
    plan.indicators.iter().filter(waits).count()
}

fn row(plan: &Plan, indicator: &Indicator, index: &Index<'_>) -> Vec<Cell> {
    let measure = index.measure(indicator).map_or_else(
        || text("Not yet reportable"),
        |measure| {
            let kind = text(meaning::name(&measure.kind));
            Cell::Stack(vec![index.to_measure(&measure.id), kind])
        },
    );
    let title =
        Cell::Link { text: indicator.title.clone(), to: index.indicator_id(plan, indicator) };
    vec![
        Cell::Stack(vec![text(format!("{} · {}", indicator.reference, indicator.id)), title]),
        measure,
        text(indicator::in_short(indicator, index)),
    ]
}

/// The plan's actions, folded away: what was promised and by whom, without how it stands.
fn register(plan: &Plan, actions: &[Action], index: &Index<'_>) -> Table {
    let row = |action: &Action| {
        let of = |id: &String| {
            let found = plan.indicators.iter().find(|one| one.id == *id);
            found.map_or_else(|| text(id), |one| index.to_indicator(plan, one))
        };
        let links: Vec<Cell> = action.indicators.iter().map(of).collect();
        let leads = action.leads.join("; ");
        vec![
            Cell::Stack(vec![text(&action.reference), text(&action.action)]),
            text(if leads.is_empty() { "Not stated".to_owned() } else { leads }),
            text(action.due.map_or_else(|| "No date".to_owned(), day)),
            text(action.status.map_or_else(|| "Not stated".to_owned(), |s| sentence(s.name()))),
            if links.is_empty() { Cell::Empty } else { Cell::Stack(links) },
        ]
    };
    Table {
        caption: format!("The plan's register: {}", many(actions.len(), "action")),
        columns: ["Action", "Led by", "Due", "Status", "Indicators it should move"]
            .map(words)
            .to_vec(),
        rows: actions.iter().map(row).collect(),
        folded: true,
    }
}
