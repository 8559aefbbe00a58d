//! A pack defined by measures and views: its sections in order, then data quality and method.

mod made;

use std::collections::BTreeSet;

use super::parts::{fact, format, heading, number, numbers, paragraph, text, words};
use super::{
    Block, Cell, Count, Document, Fact, Format, Table, Tag, TextStyle, indicator, method, notes,
    outlook, pictures, quality, reconciliation, summary,
};
use crate::disclosure::Figure;
use crate::disclosure::released::{Indicator, Released};
use crate::disclosure::sections::{Made, Part, Promise, Section};
use crate::wording::questions::{self, Question};
use crate::wording::{self, outlook as said};

/// Composes a pack of sections.
pub fn sections(
    released: &Released,
    sections: &[Section<Figure>],
    title: &str,
    reader: &str,
) -> Document {
    let mut page = Page { released, sections, ids: BTreeSet::new() };
    let mut blocks = page.summary();
    for (at, section) in sections.iter().enumerate() {
        blocks.extend(page.section(section, at + 1));
    }
    blocks.extend(quality::section(released));
    blocks.extend(method::section(released));
    Document {
        title: format!("{}: {title}", released.title),
        subtitle: format!("As at {}, for the {reader}", wording::month(released.as_at)),
        notes: wording::pack::notes(released),
        blocks,
    }
}

struct Page<'a> {
    released: &'a Released,
    sections: &'a [Section<Figure>],
    /// Ids of headings that stand already.
    ids: BTreeSet<String>,
}

impl Page<'_> {
    /// An id that no heading before has.
    fn id(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let mut more = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{wanted}--{more}");
            more += 1;
        }
        id
    }

    fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.released.whole().find(|one| one.id == id)
    }

    /// What the pack says in one sentence, how many have which rating, and what to ask.
    fn summary(&mut self) -> Vec<Block> {
        let counts = self.released.counts.iter();
        let counts = counts
            .map(|(colour, figure)| Count { icon: pictures::rating(*colour), figure: *figure });
        let mut blocks = vec![
            heading(2, "Summary", &self.id("summary")),
            paragraph(TextStyle::Lead, wording::pack::headline(self.released)),
            Block::Counts(counts.collect()),
        ];
        blocks.extend(notes::of_month(self.released));
        let rows = self.released.whole().map(indicator_row).collect();
        blocks.push(Block::Table(Table {
            caption: format!("What it shows, as at {}", wording::month(self.released.as_at)),
            columns: vec![
                words("Indicator"),
                words("Trend"),
                numbers("Latest"),
                words("Variation and assurance"),
                words("Rating"),
            ],
            rows,
            folded: false,
        }));
        blocks
    }

    fn section(&mut self, section: &Section<Figure>, number: usize) -> Vec<Block> {
        let mut blocks = vec![heading(2, &section.title, &self.id(&format!("section-{number}")))];
        blocks.extend(section.text.iter().map(|text| paragraph(TextStyle::Body, text.clone())));
        let before = blocks.len();
        let mut asked: Vec<Question> = Vec::new();
        for part in &section.parts {
            match part {
                Part::Indicator { id, .. } => {
                    let found = self.indicator(id).cloned();
                    let found = found.iter();
                    blocks.extend(found.flat_map(|one| self.of_indicator(one, part, section)));
                }
                Part::Made(made) => {
                    let id = self.id(&made.id);
                    blocks.push(heading(3, &wording::views::heading(made), &id));
                    blocks.extend(made::blocks(made));
                }
                Part::Reconciliation(id) => {
                    let all = &self.released.reconciliations;
                    let found = all.iter().find(|one| one.id == *id).cloned();
                    if let Some(found) = found {
                        let id = self.id(&format!("reconciliation-{id}"));
                        blocks.extend(reconciliation::one(&found, &id));
                    }
                }
                Part::Questions(measures) => {
                    let more: Vec<Question> = self
                        .questions(measures)
                        .into_iter()
                        .filter(|question| !asked.contains(question))
                        .collect();
                    asked.extend(more);
                }
            }
        }
        if section.parts.iter().any(|part| matches!(part, Part::Questions(_))) {
            blocks.extend(to_ask(&asked));
        } else if blocks.len() == before {
            blocks
                .push(paragraph(TextStyle::Body, "Nothing of this is there for the plan's area."));
        }
        blocks
    }

    fn of_indicator(
        &mut self,
        indicator: &Indicator,
        part: &Part<Figure>,
        section: &Section<Figure>,
    ) -> Vec<Block> {
        let Part::Indicator { asked, chart, forecast, days_between, targets, .. } = part else {
            return Vec::new();
        };
        let id = self.id(&pictures::id(indicator));
        let kicker = if *asked {
            format!("{} · {}", indicator.reference, indicator.id)
        } else {
            format!("{} · watched here without a target", indicator.reference)
        };
        let heading = Block::Heading {
            level: 3,
            text: wording::chart::name(indicator),
            id: id.clone(),
            kicker: Some(kicker),
        };
        let tag = Tag { name: "Section", value: section.title.clone() };
        let mut blocks = vec![heading, Block::Tags(vec![tag])];
        if *chart {
            blocks.push(Block::Icons(indicator::signs(indicator)));
        }
        blocks.push(paragraph(TextStyle::Lead, wording::reason::reason(indicator)));
        if *chart {
            let commentary = wording::commentary::commentary(indicator);
            blocks.extend((!commentary.is_empty()).then(|| paragraph(TextStyle::Body, commentary)));
        }
        blocks.extend(notes::of_indicator(indicator, self.released));
        if *chart {
            blocks.extend(renamed(indicator::trend(indicator), &pictures::id(indicator), &id));
        }
        if *days_between {
            let gaps = indicator::days_between(indicator);
            if gaps.is_empty() {
                let said = "No chart of the days between events: they are not rare, or there are fewer \
                            than two.";
                blocks.push(paragraph(TextStyle::Note, said));
            }
            blocks.extend(renamed(gaps, &pictures::id(indicator), &id));
            let facts = events(indicator);
            blocks.extend((!facts.is_empty()).then_some(Block::Facts(facts)));
        }
        if *forecast {
            blocks.extend(outlook::section(indicator));
        }
        blocks.extend(targets.iter().flat_map(|all| promises(indicator, all)));
        let caveats = wording::reason::caveats(indicator);
        blocks.extend((!caveats.is_empty()).then_some(Block::List(caveats)));
        blocks
    }

    /// One question for each signal of some measures, wherever the pack shows them.
    fn questions(&self, measures: &[String]) -> Vec<Question> {
        let made: Vec<&Made<Figure>> = self
            .sections
            .iter()
            .flat_map(|section| &section.parts)
            .filter_map(|part| match part {
                Part::Made(made) if measures.contains(&made.measure) => Some(&**made),
                _ => None,
            })
            .collect();
        let of_measures = self.released.whole().filter_map(|one| {
            let measure = one.measure.as_ref().filter(|measure| measures.contains(measure))?;
            let beside: Vec<&Made<Figure>> =
                made.iter().copied().filter(|made| made.measure == *measure).collect();
            questions::of_indicator(one, &beside)
        });
        let mut found: Vec<Question> = of_measures.collect();
        found.extend(made.iter().filter_map(|made| questions::of_made(made)));
        let compared = self
            .released
            .reconciliations
            .iter()
            .filter(|one| one.sides.iter().any(|side| measures.contains(&side.measure)));
        found.extend(compared.filter_map(questions::of_counts));
        found
    }
}

/// A chart that stands a second time in the pack takes the name of its heading.
fn renamed(mut blocks: Vec<Block>, from: &str, to: &str) -> Vec<Block> {
    for block in &mut blocks {
        if let Block::Chart(chart) = block
            && let Some(rest) = chart.id.strip_prefix(from)
        {
            chart.id = format!("{to}{rest}");
        }
    }
    blocks
}

fn indicator_row(indicator: &Indicator) -> Vec<Cell> {
    vec![
        summary::named(indicator),
        summary::trend(indicator),
        summary::latest(indicator),
        summary::signs(indicator),
        summary::rated(indicator),
    ]
}

/// Rare events: how many, when the last was, how long ago.
fn events(indicator: &Indicator) -> Vec<Fact> {
    let events = indicator.facts.events.as_ref();
    let gaps = indicator.gaps.as_ref();
    let last = gaps.map(|gaps| wording::day(gaps.last));
    let last = last.or_else(|| events.and_then(|events| events.last).map(wording::period));
    [
        fact("In 12 months", number(events.map(|events| events.year), Format::Decimal(0))),
        fact("The last", text(last.unwrap_or_default())),
        fact(
            gaps.map_or_else(String::new, |gaps| {
                format!("Days since, to {}", wording::day(gaps.until))
            }),
            number(gaps.map(|gaps| gaps.since), Format::Decimal(0)),
        ),
        fact("Not to be decided", number(events.map(|events| events.unknown), Format::Decimal(0))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every dated target that was ever set, and what became of it.
fn promises(indicator: &Indicator, promises: &[Promise<Figure>]) -> Vec<Block> {
    if promises.is_empty() {
        return vec![paragraph(TextStyle::Note, "The plan sets no target with a date.")];
    }
    let plain = |figure: Option<Figure>| number(figure, format(indicator));
    let ahead = |figure: Option<Figure>| number(figure, outlook::shown(indicator));
    let row = |promise: &Promise<Figure>| {
        let expected = promise.expected.as_ref();
        let chance = expected.and_then(|expected| expected.probability);
        let name = format!("By {}", wording::month(promise.by));
        let required = expected.and_then(|expected| expected.required);
        vec![
            match &promise.reference {
                Some(reference) => Cell::Lines(vec![name, reference.clone()]),
                None => text(name),
            },
            text(promise.set.map_or_else(|| "not known".to_owned(), wording::month)),
            plain(Some(promise.target)),
            plain(promise.then.map(|then| then.1)),
            ahead(expected.map(|expected| expected.median)),
            text(expected.map_or_else(String::new, |all| said::band(all.eighty, indicator))),
            text(chance.map_or_else(String::new, said::probability)),
            text(required.map_or_else(String::new, |change| said::signed(change, indicator))),
            plain(promise.came.map(|came| came.1)),
            text(match promise.met {
                Some(true) => "met",
                Some(false) => "missed",
                None => "still to come",
            }),
        ]
    };
    let table = Table {
        caption: format!("{}: every date that was set", wording::chart::name(indicator)),
        columns: vec![
            words("Target"),
            words("Set in"),
            numbers("To reach"),
            numbers("Value then"),
            numbers("Expected then for its date"),
            words("80% band"),
            words("Probability then"),
            words(&format!("Change needed each {}", wording::grain(indicator.grain))),
            numbers("What came"),
            words("Outcome"),
        ],
        rows: promises.iter().map(row).collect(),
        folded: false,
    };
    let note = "What was to be expected is worked out now from the periods that had settled when the date \
                was set; for a date still to come, from those of today.";
    vec![Block::Table(table), paragraph(TextStyle::Note, note)]
}

/// The questions, or that there is none.
fn to_ask(questions: &[Question]) -> Vec<Block> {
    if questions.is_empty() {
        let none = "No signal, no rare event, no case over a limit and no difference between bodies: nothing \
                    in this pack asks for a question.";
        return vec![paragraph(TextStyle::Body, none)];
    }
    let row = |question: &Question| Fact {
        name: question.about.clone(),
        value: Cell::Lines(
            [question.seen.clone(), question.ask.clone()]
                .into_iter()
                .chain(question.of.iter().map(|of| format!("Ask: {of}")))
                .collect(),
        ),
    };
    vec![Block::Terms(questions.iter().map(row).collect())]
}
