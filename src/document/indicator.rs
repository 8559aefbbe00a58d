//! One indicator's part of a pack: rating and reason, facts, chart, table twin, definition.

use super::parts::{fact, fine, format, number, numbers, paragraph, text, whole, words};
use super::{Block, Cell, Fact, Table, Tag, TextStyle, notes, outlook, pictures};
use crate::disclosure::released::{
    Better, Gap, Indicator, Point, Promise, Released, Rows, ToleranceBasis,
};
use crate::wording::{self, terms};

/// Every block of an indicator's part.
pub(super) fn part(indicator: &Indicator, released: &Released) -> Vec<Block> {
    let split = indicator.split.as_ref();
    let mut blocks = vec![
        heading(indicator),
        Block::Tags(tags(indicator)),
        Block::Icons(signs(indicator)),
        paragraph(TextStyle::Lead, wording::reason::reason(indicator)),
    ];
    let commentary = wording::commentary::commentary(indicator);
    if !commentary.is_empty() {
        blocks.push(paragraph(TextStyle::Body, commentary));
    }
    blocks.extend(notes::of_indicator(indicator, released));
    blocks.extend(chart(indicator));
    blocks.push(Block::Facts(facts(indicator)));
    blocks.extend(outlook::section(indicator));
    blocks.extend(proposal(indicator, released));
    blocks.extend(against_the_plan(indicator, released));
    blocks.extend(indicator.rows.iter().map(|one| Block::Table(rows(indicator, one))));
    let caveats = wording::reason::caveats(indicator);
    if !caveats.is_empty() {
        blocks.push(Block::List(caveats));
    }
    if !indicator.choices.is_empty() && split.is_none() {
        blocks.push(paragraph(TextStyle::Note, "What the plan leaves open, and we decided:"));
        blocks.push(Block::List(indicator.choices.clone()));
    }
    blocks
}

/// The parts of a split stand under their whole, with its title above their own name.
fn heading(indicator: &Indicator) -> Block {
    let place = format!("{} · {}", indicator.reference, indicator.id);
    let (level, text, kicker) = match wording::chart::part(indicator) {
        None => (3, indicator.title.clone(), place),
        Some(part) => (4, part, format!("{place} · {}", indicator.title)),
    };
    Block::Heading { level, text, id: pictures::id(indicator), kicker: Some(kicker) }
}

fn tags(indicator: &Indicator) -> Vec<Tag> {
    let mut tags = vec![
        Tag { name: "Section", value: wording::plan::section(&indicator.reference) },
        Tag { name: "Area", value: indicator.area_name.clone() },
    ];
    if let Some((column, code)) = &indicator.split
        && *code != indicator.area
    {
        tags.push(Tag { name: "Part", value: format!("{column} {code}") });
    }
    tags
}

/// The signs of rating, variation and assurance.
pub(super) fn signs(indicator: &Indicator) -> Vec<super::Icon> {
    let mut signs = vec![pictures::rating(indicator.colour)];
    signs.extend(pictures::judgement(indicator));
    signs
}

fn chart(indicator: &Indicator) -> Vec<Block> {
    let mut blocks = trend(indicator);
    if !blocks.is_empty() {
        blocks.extend(days_between(indicator));
    }
    blocks
}

/// The chart with its table twin; none without a value.
pub(super) fn trend(indicator: &Indicator) -> Vec<Block> {
    let Some(chart) = pictures::chart(indicator) else { return Vec::new() };
    vec![Block::Chart(Box::new(chart)), Block::Table(twin(indicator))]
}

/// The chart of the days between events with its table twin; none where they are not rare.
pub(super) fn days_between(indicator: &Indicator) -> Vec<Block> {
    let Some(chart) = pictures::gaps(indicator) else { return Vec::new() };
    let twin = gaps(indicator).map(Block::Table);
    std::iter::once(Block::Chart(Box::new(chart))).chain(twin).collect()
}

/// The numbers behind the chart of days between events.
fn gaps(indicator: &Indicator) -> Option<Table> {
    let gaps = indicator.gaps.as_ref()?;
    let row = |gap: &Gap| {
        vec![
            text(wording::day(gap.day)),
            number(gap.days, super::Format::Decimal(0)),
            number(gaps.centre, super::Format::Decimal(1)),
            number(gaps.lower, super::Format::Decimal(1)),
            number(gaps.upper, super::Format::Decimal(1)),
            text(if gap.settled { "final" } else { "provisional" }),
            text(gap.signals.iter().map(|s| terms::signal(*s)).collect::<Vec<_>>().join("; ")),
        ]
    };
    Some(Table {
        caption: format!("{}: the days between events", wording::chart::name(indicator)),
        columns: vec![
            words("Day of the event"),
            numbers("Days since the one before"),
            numbers("Centre"),
            numbers("Lower limit"),
            numbers("Upper limit"),
            words("Status"),
            words("Signals"),
        ],
        rows: gaps.points.iter().map(row).collect(),
        folded: true,
    })
}

/// The chart's numbers as a table.
fn twin(indicator: &Indicator) -> Table {
    let centre = |point: &Point| indicator.phases.get(point.phase?)?.centre;
    // A count is its own numerator.
    let above = |point: &Point| point.numerator.filter(|_| point.value != point.numerator);
    let fine = fine(indicator.unit);
    let row = |point: &Point| {
        vec![
            text(wording::period(point.period)),
            number(point.value, format(indicator)),
            number(above(point), super::Format::Decimal(0)),
            number(point.denominator, super::Format::Decimal(0)),
            number(point.interval.map(|range| range.lower), fine),
            number(point.interval.map(|range| range.upper), fine),
            number(point.target, fine),
            number(centre(point), fine),
            number(point.lower_limit, fine),
            number(point.upper_limit, fine),
            text(terms::status(point.status)),
            text(point.signals.iter().map(|s| terms::signal(*s)).collect::<Vec<_>>().join("; ")),
        ]
    };
    Table {
        caption: format!("{}: the numbers behind the chart", wording::chart::name(indicator)),
        columns: vec![
            words("Period"),
            numbers("Value"),
            numbers("Numerator"),
            numbers("Denominator"),
            numbers("95% from"),
            numbers("95% to"),
            numbers("Target"),
            numbers("Centre"),
            numbers("Lower limit"),
            numbers("Upper limit"),
            words("Status"),
            words("Signals"),
        ],
        rows: indicator.points.iter().map(row).collect(),
        folded: true,
    }
}

/// A feed's rows by the step they stopped at.
fn rows(indicator: &Indicator, rows: &Rows) -> Table {
    let mut lines: Vec<Vec<Cell>> = rows
        .steps
        .iter()
        .map(|(step, left_out, unknown)| {
            vec![text(step.clone()), whole(*left_out), whole(*unknown)]
        })
        .collect();
    lines.push(vec![text("counted"), whole(rows.counted), Cell::Empty]);
    lines.extend(
        rows.nowhere
            .iter()
            .map(|(code, rows)| vec![text(wording::nowhere(code)), whole(*rows), Cell::Empty]),
    );
    let part = if indicator.rows.len() > 1 { format!(", {}", rows.measure) } else { String::new() };
    Table {
        caption: format!(
            "{}{part}: rows counted, step by step, all months",
            wording::chart::name(indicator)
        ),
        columns: vec![words("Step"), numbers("Left out"), numbers("Could not be decided")],
        rows: lines,
        folded: true,
    }
}

fn facts(indicator: &Indicator) -> Vec<Fact> {
    let facts = &indicator.facts;
    let (plain, fine) = (format(indicator), fine(indicator.unit));
    let period = facts.period.map_or_else(String::new, wording::period);
    let tolerance = match facts.tolerance {
        Some(tolerance) => Cell::Stack(vec![
            number(Some(tolerance), fine),
            text(terms::basis(facts.tolerance_basis)),
        ]),
        None if facts.tolerance_basis == ToleranceBasis::None => Cell::Empty,
        None => text(terms::basis(facts.tolerance_basis)),
    };
    let change = facts.change.as_ref();
    let numeric = facts.promise == Promise::Numeric;
    let compared = change.is_some() || !indicator.path.is_empty();
    let (green, red) = match indicator.better {
        Better::Higher => ("Green from", "Red below"),
        Better::Lower | Better::Neither => ("Green up to", "Red above"),
    };
    [
        fact(format!("Latest settled, {period}"), number(facts.value, plain)),
        fact("Period before", number(facts.previous, plain)),
        fact("Target or baseline", text(wording::plan::promise(indicator))),
        fact(green, number(facts.green_threshold, fine)),
        fact(red, number(facts.red_threshold, fine)),
        fact("Tolerance", tolerance),
        fact("Mean of the baseline", number(facts.baseline.filter(|_| compared), fine)),
        fact("Mean of the latest", number(change.map(|change| change.latest), fine)),
        fact("Mean miss before the latest", number(facts.mean.filter(|_| numeric), fine)),
        fact("Chart", text(wording::chart::kind(indicator))),
        fact("Rule", text(rule(indicator))),
        fact("Points of the phase before it", text(points(facts.phase_points))),
        fact("Answers for it", text(indicator.owner.clone().unwrap_or_default())),
        fact("Rate", text(wording::chart::rate(indicator))),
        fact("Limit", text(wording::standard::limit(indicator))),
        fact("Made of", text(wording::sentence(&made_of(indicator)))),
        fact("Feed and source", text(source(indicator))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn made_of(indicator: &Indicator) -> String {
    wording::chart::made_of(indicator.each, wording::grain(indicator.grain))
}

fn points(points: usize) -> String {
    if points == 0 { String::new() } else { points.to_string() }
}

fn rule(indicator: &Indicator) -> String {
    format!("{} ({})", indicator.rule, terms::colour(indicator.colour))
}

fn source(indicator: &Indicator) -> String {
    match &indicator.source {
        Some(source) => format!("{}; {source}", indicator.feed),
        None => indicator.feed.clone(),
    }
}

/// A suggested rebase, with the lines that would accept it.
fn proposal(indicator: &Indicator, released: &Released) -> Vec<Block> {
    let Some(proposal) = &indicator.proposal else { return Vec::new() };
    let how = wording::proposal::how(indicator, proposal, &released.plan);
    vec![
        paragraph(TextStyle::Body, wording::proposal::headline(indicator, proposal)),
        paragraph(TextStyle::Note, wording::proposal::evidence(indicator, proposal)),
        paragraph(TextStyle::Note, how),
        paragraph(TextStyle::Code, wording::proposal::lines(proposal)),
    ]
}

/// What the plan stated, and what was computed for that month, here and from other sources.
fn against_the_plan(indicator: &Indicator, released: &Released) -> Vec<Block> {
    if indicator.split.is_some() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    if let Some(quote) = wording::plan::quote(indicator) {
        blocks.push(paragraph(TextStyle::Note, "The plan's own words:"));
        blocks.push(paragraph(TextStyle::Quote, quote));
    }
    let stated = wording::plan::stated(indicator);
    if stated.is_empty() {
        return blocks;
    }
    blocks.push(paragraph(TextStyle::Body, format!("The plan stated: {stated}.")));
    let others = released
        .indicators
        .iter()
        .filter(|other| other.split.is_none() && indicator.beside.contains(&other.id));
    let sentences: Vec<String> = std::iter::once(indicator)
        .chain(others)
        .filter_map(|one| wording::plan::in_stated_months(one, indicator))
        .collect();
    if !sentences.is_empty() {
        blocks.push(Block::List(sentences));
    }
    blocks
}
