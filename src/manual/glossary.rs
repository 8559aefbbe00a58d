//! The terms that the manual and the packs use.

use crate::document::parts::{heading, text};
use crate::document::{Block, Fact};

/// In the order of the alphabet. Terms are the field's own: Making Data Count, the NHS data
/// dictionary, the Mental Health Act 1983.
const TERMS: [(&str, &str); 36] = [
    ("Annualised", "As if the period had lasted a year of 365 days."),
    ("As at", "The month a pack is made for: nothing that happened after it is looked at."),
    (
        "Assurance",
        "Whether the process can be expected to meet its target as it stands: pass, hit or miss, fail.",
    ),
    ("Baseline", "The periods, or the value, that later periods are compared with."),
    ("Bed day", "A day of a stay; by the usual convention each night begun."),
    (
        "Bounds",
        "The least and the most a figure can be, given the records that could not be decided.",
    ),
    ("Case", "A record below the line of a share or a rate: what could have had the outcome."),
    (
        "Code",
        "A value of a closed list in a feed's contract; each may arrive in several spellings.",
    ),
    ("Common cause", "Variation that the process always has; nothing particular explains it."),
    ("Contract", "What a feed's files promise: headings, types, formats, codes, checks."),
    (
        "Denominator",
        "What a figure is over: the records, people or days below the line. A count has none.",
    ),
    ("Event time", "The time by which a record belongs to its period."),
    ("Feed", "One kind of delivery from one kind of source."),
    (
        "Given",
        "A value that is in the record. A value that is not given may mean not known, not \
      applicable, or, for the end of a stay, not ended.",
    ),
    ("Indicator", "A measure in an area with a direction and a promise, asked for by a plan."),
    (
        "Level",
        "A figure that carries over from one period to the next, such as beds occupied: also called \
         a stock. Its limits are wider.",
    ),
    ("Measure", "What is counted and over what, defined once for every plan."),
    ("Median", "The value that half of the records are at or below."),
    ("Milestone", "Something that is done by its date or not."),
    ("Never event", "What must not happen once: one is red."),
    (
        "Not reportable",
        "Nobody delivers what the indicator needs, or the plan does not say what is counted.",
    ),
    ("Numerator", "What is counted or summed: what stands above the line."),
    ("Phase", "The periods between two rebases: one process, with limits of its own."),
    (
        "Process limits",
        "Three sigma on either side of the mean: the range in which the process varies by itself. \
         They are neither targets nor confidence intervals.",
    ),
    (
        "Provisional",
        "A period whose records may still change: it enters no limit and no rating but that of a \
         never event.",
    ),
    (
        "Rating",
        "Red, amber, green or not rated, by the first row of the rating table that applies.",
    ),
    ("Rebase", "New limits from a month on, because the process changed; the plan says why."),
    (
        "Set aside",
        "A row that breaks its feed's contract: not counted, and listed with file, line and reason.",
    ),
    (
        "Settled",
        "A period that is over, delivered, and past the months in which its feed may still change it.",
    ),
    ("Sigma", "How far the values of a stable process lie from their mean, as its chart has it."),
    ("Special cause", "A value or a run that chance does not explain: something changed."),
    ("Split", "The same figure for each part: each code of a column, or each area."),
    ("Suppressed", "Known to the source and withheld by it."),
    (
        "Target",
        "What a plan promises, with the month it was set and the month it is to be reached, where it \
         says so.",
    ),
    (
        "Tolerance",
        "How far from the target still counts as near it, because the process varies that much by \
         itself or because the plan says so.",
    ),
    (
        "Variation",
        "What the chart shows at the latest period: improvement, concern, or common cause.",
    ),
];

/// Every block of the section.
pub(super) fn section() -> Vec<Block> {
    let term =
        |(name, meaning): &(&str, &str)| Fact { name: (*name).to_owned(), value: text(*meaning) };
    vec![heading(2, "Glossary", "glossary"), Block::Terms(TERMS.iter().map(term).collect())]
}
