//! The method part of a pack: how numbers, limits and ratings are made, and what is not done yet.

use super::parts::{heading, paragraph, text, words};
use super::{Block, Cell, Table, TextStyle, calibration, chance, pictures};
use crate::disclosure::released::{ChartRule, Released, Rule};
use crate::wording::terms;

const LIMITS: [&str; 6] = [
    "The chart is chosen from the measure by the table below, when a phase starts, and kept while it \
     lasts: what decides are the phase's first 12 settled values. A plan can ask for another with a \
     reason, which stands under the chart. Moving ranges of 3.267 times their mean or more are left \
     out of the limits once, as NHSRplotthedots does and NHS England's workbooks do not. Laney's \
     factor is the same screened sigma of the shares or rates as multiples of their own sigma.",
    "Special causes: a point outside the limits; seven rising or falling; two of three between two \
     and three sigma on one side; seven on one side of the mean. No rule looks across a missing \
     period. Limits start afresh at each rebase, with its reason, and are drawn from 12 points on.",
    "Where a process has stepped to a new level and stayed, new limits are suggested and never applied: \
     12 values or more on each side, a difference of 1 sigma and 4 standard errors or more, 7 running \
     beyond the old mean, no run or trend since, and a step rather than a drift. The month suggested is \
     that of the first month in which all of this held, and does not move while the suggestion stands. \
     By simulation 3 in 1,000 stable series of three years ever have one; of steps of 1.5 and 2 sigma 76% \
     and 94% do, at the median 13 and 12 months after the step.",
    "A missing period is a gap, never zero. Provisional and partial periods are hollow; they enter \
     no limit and no rating but that of a never event. Rare events, half of whose first months or more are \
     0, have no limits by month: the days between them are charted, where each event's day is known.",
    "The 95% interval of a count is Byar's (exact below 10), of a share Wilson's. Means and ratios \
     have none.",
    "Bed days count the day a stay starts and not the day it ends, so each is a night begun; they \
     are charted for each day of the month. Levels that carry over from month to month (bed days, \
     open placements, peaks, people trained) are correlated: on the chart and for the rating sigma is \
     divided by √(1 − r), and runs and trends are not marked and do not rate.",
];

const RATING: [&str; 4] = [
    "The rating is made at the latest settled period: closed, delivered and past the months its \
     feed takes to settle. The first row of the table that applies decides, and its code stands \
     beside the colour.",
    "It rests on misses: how far each period was on the wrong side of its own target. Mean, sigma \
     and limits of the misses come from the points before the latest period, so that a better \
     month can never lower a colour. A level is asked of the whole phase, also of months before it \
     was in force; a plan's line only from the baseline it starts from. The chart's limits include \
     the latest period and are those of the values, and so are the signs of variation and assurance.",
    "The green threshold is the target, the red threshold the target and the tolerance. The \
     tolerance is the plan's; else one sigma of the phase (of the phase before while there are \
     fewer than 12 points; of the points there are from 6); else the exact 95% interval.",
    "What a plan states itself stands beside the computed figure and never changes it. A blank \
     rating in a plan is \"not stated\", never green.",
];

/// Every block of the part.
pub(super) fn section(released: &Released) -> Vec<Block> {
    let mut blocks = vec![heading(2, "Method", "method")];
    blocks.extend(limits(&released.charts));
    blocks.extend(calibration::section());
    blocks.extend(ratings(&released.rules));
    blocks.extend(chance::section(released));
    blocks
}

/// How charts and limits are made, with the table of charts.
pub(crate) fn limits(rules: &[ChartRule]) -> Vec<Block> {
    let row = |row: &ChartRule| {
        vec![text(row.code), text(terms::chart(row.kind)), text(row.when), text(row.limits)]
    };
    let mut blocks = vec![heading(3, "Charts and limits", "limits")];
    blocks.extend(LIMITS.map(|words| paragraph(TextStyle::Body, words)));
    blocks.push(Block::Table(Table {
        caption: "The table of charts: the first row that applies decides".to_owned(),
        columns: vec![words("Code"), words("Chart"), words("Applies when"), words("Limits")],
        rows: rules.iter().map(row).collect(),
        folded: false,
    }));
    blocks
}

/// How ratings are made, with the rating table.
pub(crate) fn ratings(rules: &[Rule]) -> Vec<Block> {
    let row = |rule: &Rule| {
        vec![text(rule.code), Cell::Icons(vec![pictures::rating(rule.colour)]), text(rule.when)]
    };
    let mut blocks = vec![heading(3, "Ratings", "ratings")];
    blocks.extend(RATING.map(|words| paragraph(TextStyle::Body, words)));
    blocks.push(Block::Table(Table {
        caption: "The rating table: the first row that applies decides".to_owned(),
        columns: vec![words("Code"), words("Rating"), words("Applies when")],
        rows: rules.iter().map(row).collect(),
        folded: false,
    }));
    blocks
}
