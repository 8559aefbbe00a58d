//! How forecasts are made and how often their bands hold: the published simulation as a table.

use super::parts::{heading, paragraph, text, words};
use super::{Block, Cell, Table, TextStyle};
use crate::number;

/// What `benches/calibration` wrote.
const SIMULATED: &str = include_str!("../../benches/calibration.csv");

/// The length of the past that the table shows, and the periods ahead.
const HISTORY: &str = "24";
const HORIZONS: [&str; 2] = ["1", "12"];

const FORECASTS: [&str; 4] = [
    "A forecast rests on the settled values of the last two years (12 periods where they are longer \
     than months), 6 or more, and never crosses a rebase. Three lines are laid through them: their \
     mean, the level since the one change that fits best, and a straight slope that no single value \
     can bend. The better a line fits, the more it weighs. A fall of counts or shares that would pass \
     0 within a year is not drawn out as a slope. A level that carries over reverts to its mean or slope, as slowly as its values say. It goes on to \
     the target's date, else half a year, and no further than 60 periods.",
    "The 80% and 95% bands are of single values to come: they hold the variation of the process, the \
     doubt about the lines, and of counts and shares the chance of whole events. They are never below \
     0, and of shares never above 100%. Seasons and what the partners are about to do are not in them.",
    "The probability of meeting a target is that of the value of one period: the one of its date, \
     else half a year ahead. Of counts that are to be 0 it is that of a year like that period without \
     one, as the rating asks; for other targets below one a period none is given. From 80% the outlook is on course, up to 20% off course, else uncertain. \
     The change needed is from where the process is to the target, in equal steps. The gap is the \
     value less the plan's, period by period; it is added up for counts only.",
    "Forecasts in the past are made for every period of the same phase from what was known so many \
     periods before. Where fewer than two in three of them held inside the 80% band, bands and \
     probability are made as much wider as four in five of them needed, and the sentence says so. The \
     table shows how often the bands hold on simulated series of 24 periods whose \
     truth is known. What has just begun, or is to come, no forecast can know. Least sure is a trend \
     in a year of figures, carried on for another year: of 100 values about 73 lie in the 80% band.",
];

/// Every block of the part.
pub(super) fn section() -> Vec<Block> {
    let mut blocks = vec![heading(3, "Forecasts", "forecasts")];
    blocks.extend(FORECASTS.map(|said| paragraph(TextStyle::Body, said)));
    blocks.push(Block::Table(Table {
        caption: "How often the bands of forecasts hold, on simulated series of 24 periods"
            .to_owned(),
        columns: [
            "Figures",
            "Process",
            "Can be known",
            "80%, next period",
            "95%, next period",
            "80%, 12 ahead",
            "95%, 12 ahead",
        ]
        .map(words)
        .to_vec(),
        rows: rows(SIMULATED),
        folded: true,
    }));
    blocks
}

/// One row of figures and process, from the rows of each horizon.
fn rows(table: &str) -> Vec<Vec<Cell>> {
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let headings = lines.next().unwrap_or_default();
    let column = |name: &str| headings.iter().position(|heading| *heading == name);
    let cell = |line: &[&str], name: &str| {
        column(name).and_then(|at| line.get(at)).map_or_else(String::new, |cell| (*cell).to_owned())
    };
    let share = |line: &[&str], name: &str| {
        let shown = cell(line, name).parse().ok().map(|share: f64| number::percent(share, 0));
        text(shown.unwrap_or_default())
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for line in lines.filter(|line| cell(line, "history") == HISTORY) {
        let horizon = cell(&line, "horizon");
        let bands = ["coverage_80", "coverage_95"].map(|name| share(&line, name));
        if horizon == HORIZONS[0] {
            let known = ["nature", "process", "knowable"].map(|name| text(cell(&line, name)));
            rows.push(known.into_iter().chain(bands).collect());
        } else if horizon == HORIZONS[1]
            && let Some(row) = rows.last_mut()
        {
            row.extend(bands);
        }
    }
    rows
}
