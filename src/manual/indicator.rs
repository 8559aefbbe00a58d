//! One indicator's part of the manual: what is counted, over what, against what promise.

use super::index::Index;
use super::promise::{self, Said};
use super::{defined, keys, meaning};
use crate::document::parts::{fact, paragraph, text};
use crate::document::{Block, Cell, Fact, TextStyle};
use crate::feeds::contract::Contract;
use crate::indicators::baseline::Rebase;
use crate::indicators::charting::Charting;
use crate::indicators::measure::Measure;
use crate::indicators::target::{Goal, Target};
use crate::indicators::{Asked, Better, Indicator, Plan, Stated};
use crate::wording::{self, month, terms};

/// Every block of the part.
pub(super) fn part(plan: &Plan, indicator: &Indicator, index: &Index<'_>) -> Vec<Block> {
    let Indicator {
        id,
        reference,
        title,
        asked,
        area,
        splits,
        better,
        grain,
        baseline,
        rebases,
        targets,
        season,
        charting,
        owner,
        stated,
        beside,
        choices,
        place,
    } = indicator;
    let measure = index.measure(indicator);
    let said = Said {
        unit: measure.map(|measure| measure.unit),
        share: index.written.is_share(place, "target"),
    };
    let mut blocks = vec![
        Block::Heading {
            level: 3,
            text: title.clone(),
            id: index.indicator_id(plan, indicator),
            kicker: Some(format!("{reference} · {id}")),
        },
        paragraph(TextStyle::Lead, lead(asked, measure, index)),
    ];
    let mut facts = counted(indicator, measure, index);
    facts.extend([
        fact("Area", index.to_area(area)),
        fact("Also shown by", text(splits.join(", "))),
        fact("Periods", text(wording::sentence(&format!("{}s", wording::grain(*grain))))),
        fact("Which way is good", text(wording::sentence(terms::better(*better)))),
    ]);
    let base = baseline.as_ref().map(|baseline| promise::baseline(baseline, said));
    facts.push(fact("Baseline", text(base.unwrap_or_else(|| no_baseline(targets).to_owned()))));
    facts.extend(promises(targets, *better, said));
    facts.push(fact(
        "Seasons",
        text(if *season { "Each month is compared with its own of the year before" } else { "" }),
    ));
    facts.extend(rebases.iter().map(rebase));
    facts.extend([
        fact("Chart", text(chart(charting))),
        fact("Answers for it", text(owner.clone().unwrap_or_default())),
        fact("The plan stated", text(value_stated(stated))),
        fact("Beside it", others(plan, beside, index)),
        fact("Actions for it", text(actions(plan, id, index))),
        fact("Defined in", text(defined(place))),
    ]);
    blocks.push(Block::Terms(facts.into_iter().flatten().collect()));
    blocks.extend(in_words(stated, choices));
    blocks
}

/// The plan's own words, and what it leaves open.
fn in_words(stated: &Stated, choices: &[String]) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(quote) = &stated.quote {
        blocks.push(paragraph(TextStyle::Note, "The plan's own words:"));
        blocks.push(paragraph(TextStyle::Quote, quote));
    }
    if !choices.is_empty() {
        blocks.push(paragraph(TextStyle::Note, "What the plan leaves open, and we decided:"));
        blocks.push(Block::List(choices.to_vec()));
    }
    blocks
}

/// What is counted, or the feed that would carry it.
fn counted(
    indicator: &Indicator,
    measure: Option<&Measure>,
    index: &Index<'_>,
) -> Vec<Option<Fact>> {
    match (&indicator.asked, measure) {
        (Asked::NotReportable { feed, .. }, _) => {
            let feed = if feed.is_empty() { Cell::Empty } else { index.to_feed(feed) };
            vec![fact("Would come from", feed)]
        }
        (Asked::Measured { .. }, Some(measure)) => measured(indicator, measure, index),
        (Asked::Measured { measure, .. }, None) => vec![fact("Measure", text(measure))],
    }
}

fn lead(asked: &Asked, measure: Option<&Measure>, index: &Index<'_>) -> String {
    match (asked, measure) {
        (Asked::NotReportable { why, .. }, _) => format!("Not yet reportable. {why}"),
        (Asked::Measured { filter, .. }, Some(measure)) => {
            meaning::sentence(measure, filter.as_ref(), index)
        }
        (Asked::Measured { .. }, None) => String::new(),
    }
}

/// The measure and its keys, and the indicator's own filter.
fn measured(indicator: &Indicator, measure: &Measure, index: &Index<'_>) -> Vec<Option<Fact>> {
    let link = index.to_measure(&measure.id);
    let kind = text(format!("{}, kind {}", measure.id, meaning::name(&measure.kind)));
    let mut facts = vec![fact("Measure", Cell::Stack(vec![link, kind]))];
    facts.extend(keys::keys(measure, index).into_iter().map(Some));
    if let Asked::Measured { filter: Some(filter), .. } = &indicator.asked {
        let contract = index.contracts.get(&measure.feed);
        let schema = contract.map(Contract::schema).unwrap_or_default();
        let written = index.written.text(&indicator.place, "where");
        facts.push(fact("Of these, only", keys::said(filter, &schema, written)));
    }
    let feeds: Vec<Cell> = measure.feeds().into_iter().map(|feed| index.to_feed(feed)).collect();
    facts.push(fact("Feed", Cell::Stack(feeds)));
    facts.push(fact("Unit", text(wording::sentence(measure.unit.name()))));
    facts
}

/// What stands in for a baseline where a target needs one and the plan gives none.
fn no_baseline(targets: &[Target]) -> &'static str {
    if targets.iter().any(|target| target.goal == Goal::Direction) {
        "Not stated: the first 12 settled periods are ours"
    } else {
        ""
    }
}

/// One line for each target; where it moved, with the month in which it was set.
fn promises(targets: &[Target], better: Better, said: Said) -> Vec<Option<Fact>> {
    let moved = targets.len() > 1;
    let one = |(at, target): (usize, &Target)| {
        let name = match (target.set, at) {
            (Some(set), 0) => format!("Target set in {}", month(set)),
            (Some(set), _) => format!("Replaced in {}", month(set)),
            (None, 0) if moved => "Target first set".to_owned(),
            (None, 0) => "Target".to_owned(),
            (None, _) => "Replaced".to_owned(),
        };
        fact(name, text(promise::target(target, better, said)))
    };
    targets.iter().enumerate().map(one).collect()
}

fn rebase(rebase: &Rebase) -> Option<Fact> {
    let Rebase { from, why } = rebase;
    fact("New limits", text(format!("From {}: {why}", month(*from))))
}

/// How its chart is made where the plan says otherwise than the table of charts.
fn chart(charting: &Charting) -> String {
    let Charting { kind, quarters, screen, run, beyond_counts, why } = charting;
    let usual = Charting::default();
    let mut parts: Vec<String> =
        kind.map(|kind| terms::chart(kind).to_owned()).into_iter().collect();
    parts.extend(quarters.map(|by| if by { "by quarters" } else { "by months" }.to_owned()));
    if *screen != usual.screen {
        parts.push("large moving ranges stay in the limits".to_owned());
    }
    if *run != usual.run {
        parts.push(format!("runs and trends of {run} points"));
    }
    if *beyond_counts {
        parts.push("points beyond the limits count in two of three, as read in 2023".to_owned());
    }
    parts.extend(why.clone());
    wording::sentence(&parts.join("; "))
}

/// What the plan itself stated; a blank rating is not stated, never green.
fn value_stated(stated: &Stated) -> String {
    let Stated { value, quote: _, months, rag, as_at } = stated;
    if value.is_none() && rag.is_none() && as_at.is_none() && months.is_none() {
        return String::new();
    }
    let rated = rag.as_ref().map_or("rating not stated".to_owned(), |rag| format!("rated {rag}"));
    let mut parts = vec![value.clone().unwrap_or_else(|| "no value".to_owned()), rated];
    parts.extend(months.map(|(from, to)| format!("of {} to {}", month(from), month(to))));
    parts.extend(as_at.map(|at| format!("as at {}", month(at))));
    parts.join("; ")
}

/// The indicators that measure the same thing from another source.
fn others(plan: &Plan, beside: &[String], index: &Index<'_>) -> Cell {
    let own = |id: &String| {
        let other = plan.indicators.iter().find(|one| one.id == *id)?;
        Some(index.to_indicator(plan, other))
    };
    let cells: Vec<Cell> = beside.iter().filter_map(own).collect();
    if cells.is_empty() { Cell::Empty } else { Cell::Stack(cells) }
}

/// The references of the actions that lead to it.
fn actions(plan: &Plan, id: &String, index: &Index<'_>) -> String {
    let register = index.catalogue.actions.get(&plan.id);
    let rows = register.map_or(&[][..], |register| &register.actions);
    let leads = rows.iter().filter(|action| action.indicators.contains(id));
    leads.map(|action| action.reference.as_str()).collect::<Vec<_>>().join(", ")
}

/// What is asked in a few words, for the plan's table.
pub(super) fn in_short(indicator: &Indicator, index: &Index<'_>) -> String {
    let said = Said {
        unit: index.measure(indicator).map(|measure| measure.unit),
        share: index.written.is_share(&indicator.place, "target"),
    };
    let by =
        |target: &Target| target.by.map_or_else(String::new, |by| format!(" by {}", month(by)));
    let last = indicator.targets.last();
    last.map_or_else(String::new, |target| {
        promise::goal(&target.goal, indicator.better, said) + &by(target)
    })
}
