//! What is to be expected of an indicator: a sentence, facts, and the forecast as a table.

use super::parts::{fact, fine, format, number, numbers, paragraph, text, words};
use super::{Block, Fact, Format, Table, TextStyle};
use crate::disclosure::released::Indicator;
use crate::disclosure::released::outlook::{Course, Gap};
use crate::unit::Unit;
use crate::wording::{self, outlook as said};

/// Every block; none where nothing can be expected.
pub(super) fn section(indicator: &Indicator) -> Vec<Block> {
    let Some(outlook) = &indicator.outlook else { return Vec::new() };
    let mut blocks = vec![paragraph(TextStyle::Body, said::sentence(indicator))];
    let course = outlook.course.as_ref().ok();
    let mut facts: Vec<Fact> =
        outlook.gap.iter().flat_map(|gap| distance(indicator, gap)).flatten().collect();
    facts.extend(course.iter().flat_map(|course| expected(indicator, course)).flatten());
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    blocks.extend(course.map(|course| Block::Table(table(indicator, course))));
    blocks
}

fn distance(indicator: &Indicator, gap: &Gap) -> [Option<Fact>; 2] {
    let plan = if gap.judged { "the plan" } else { "our line, for orientation" };
    let periods = wording::many(gap.periods, wording::grain(indicator.grain));
    [
        fact(format!("Gap to {plan}"), text(said::signed(gap.latest, indicator))),
        fact(
            format!("Gap added up over {periods}"),
            text(gap.cumulative.map_or_else(String::new, |sum| said::signed(sum, indicator))),
        ),
    ]
}

fn expected(indicator: &Indicator, course: &Course) -> Vec<Option<Fact>> {
    let Some(last) = course.ahead.last() else { return Vec::new() };
    let at = wording::period(last.period);
    let chance = course.chance.as_ref();
    let unit = wording::grain(indicator.grain);
    let outlook = chance.map_or("", |chance| said::word(chance.word));
    let required = chance.map_or_else(String::new, |chance| {
        chance.required.map_or_else(
            || "none: the process is there".to_owned(),
            |change| said::signed(change, indicator),
        )
    });
    let probability =
        chance.map_or_else(String::new, |chance| said::probability(chance.probability));
    let rests = format!(
        "{}; {}; {}",
        said::leading(indicator, course),
        said::because(course.because),
        wording::many(course.points, "settled value")
    );
    let test = course.backtest.as_ref();
    vec![
        fact(format!("Forecast for {at}"), number(Some(last.median), shown(indicator))),
        fact("80% band", text(said::band(last.eighty, indicator))),
        fact("95% band", text(said::band(last.ninety_five, indicator))),
        fact(format!("Probability of meeting the target in {at}"), text(probability)),
        fact("Outlook", text(wording::sentence(outlook))),
        fact(format!("Change needed each {unit}"), text(required)),
        fact("Forecast rests on", text(rests)),
        fact(
            "Such forecasts in the past",
            text(test.map_or_else(String::new, |test| said::backtest(indicator, test))),
        ),
    ]
}

/// Whole events of counts, as forecast; one place finer than values of anything else.
pub(super) fn shown(indicator: &Indicator) -> Format {
    if indicator.unit == Unit::Count { format(indicator) } else { fine(indicator.unit) }
}

/// The forecast's numbers.
fn table(indicator: &Indicator, course: &Course) -> Table {
    let format = shown(indicator);
    let rows = course.ahead.iter().map(|expected| {
        let figures = [
            expected.median,
            expected.eighty.0,
            expected.eighty.1,
            expected.ninety_five.0,
            expected.ninety_five.1,
        ];
        let cells = figures.into_iter().map(|figure| number(Some(figure), format));
        std::iter::once(text(wording::period(expected.period))).chain(cells).collect()
    });
    Table {
        caption: format!("{}: the forecast", wording::chart::name(indicator)),
        columns: vec![
            words("Period"),
            numbers("Forecast"),
            numbers("80% from"),
            numbers("80% to"),
            numbers("95% from"),
            numbers("95% to"),
        ],
        rows: rows.collect(),
        folded: true,
    }
}
