//! The monthly returns: counts that a partner keeps and sends, a row a measure, area and month.

use chrono::{Datelike, TimeDelta, Weekday};

use super::clock::{Course, along, financial_year, first_day};
use super::delivery::Shape;
use super::dice::Dice;
use super::field::Field;
use super::returned::{Kind, RETURNS, Return};

/// What its files look like.
pub(super) const SHAPE: Shape = Shape {
    feed: "returns",
    headings: &[
        &["Measure"],
        &["Area"],
        &["Period"],
        &["Numerator", "Count"],
        &["Denominator", "Out of"],
        &["Status"],
    ],
    times: &[],
    age: None,
    end: NUMERATOR,
};
const NUMERATOR: usize = 3;
const STATUS: usize = 5;

/// A returned figure: the numerator, and what it is out of.
type Figure = (u64, Option<u64>);

/// A row, and the corrected one that the next file brings.
pub(super) struct Returned {
    /// The row as first sent.
    pub(super) row: [Field; SHAPE.headings.len()],
    /// The row that replaces it.
    pub(super) later: Option<[Field; SHAPE.headings.len()]>,
}

/// Everything returned for a month. The last month of a file is provisional.
pub(super) fn month(when: i32, provisional: bool, seed: u64) -> Vec<Returned> {
    let mut rows = Vec::new();
    for entry in RETURNS.iter().filter(|entry| (entry.from..=entry.to).contains(&when)) {
        let mut dice = Dice::new(seed, 0, entry.measure, "returns", when);
        let mut figures: Vec<(&'static str, Figure)> = Vec::new();
        for &(area, course) in entry.parts {
            figures.push((area, figure(entry, course, when, &mut dice)));
        }
        if let Some(total) = entry.total {
            let sum = figures.iter().map(|(_, (count, _))| count).sum();
            let out_of = match entry.kind {
                Kind::Weekly => Some(mondays(when)),
                _ => figures.iter().map(|(_, (_, out_of))| *out_of).sum(),
            };
            figures.push((total, (sum, out_of)));
        }
        for (area, figure) in figures {
            // Derbyshire's own totals always come: its plan quotes single months.
            let (unsent, unknown) = (dice.chance(100), dice.chance(40));
            if area == "derbyshire" {
                rows.push(returned(entry, area, when, figure, provisional));
            } else if !unsent {
                let mut returned = returned(entry, area, when, figure, provisional);
                if unknown {
                    returned.row[NUMERATOR] = Field::Word("NK");
                }
                rows.push(returned);
            }
        }
    }
    rows
}

fn figure(entry: &Return, course: Course, when: i32, dice: &mut Dice) -> Figure {
    let level = along(course, when);
    match entry.kind {
        Kind::Count => (dice.events(level * 1_000_000), None),
        Kind::Share(out_of) => {
            let cases = dice.events(along(out_of, when) * 1_000_000);
            (dice.successes(cases, level), Some(cases))
        }
        Kind::Standing(out_of) => {
            let all = along(out_of, when) / 1000;
            (all * level / 10_000, Some(all))
        }
        Kind::Weekly => {
            let weeks = mondays(when);
            ((0..weeks).map(|_| dice.round(level)).sum(), Some(weeks))
        }
        Kind::Level => (level / 1000, None),
        Kind::Cycle(counts) => {
            let place =
                usize::try_from(when - entry.from).unwrap_or_default() % counts.len().max(1);
            (counts.get(place).copied().unwrap_or_default(), None)
        }
        Kind::Stay(days) => {
            let people = dice.events(level * 1_000_000);
            let average = along(days, when);
            let total = (0..people).map(|_| dice.below(2 * average + 1)).sum();
            (total, Some(people))
        }
    }
}

/// Mondays of a month: its weeks.
fn mondays(when: i32) -> u64 {
    let (mut day, end) = (first_day(when), first_day(when + 1));
    let mut count = 0;
    while day < end {
        count += u64::from(day.weekday() == Weekday::Mon);
        day += TimeDelta::days(1);
    }
    count
}

fn returned(
    entry: &Return,
    area: &'static str,
    when: i32,
    (count, out_of): Figure,
    provisional: bool,
) -> Returned {
    let first = first_day(when);
    let short = financial_year(when) >= 2017;
    let suppressed = entry.suppressed && (1..3).contains(&count);
    let number = |number| Field::number("", 1, number);
    let mut row = [
        Field::Word(entry.measure),
        Field::Word(area),
        Field::made(format!("{}-{:02}", first.year(), first.month())),
        if suppressed { Field::Word("*") } else { number(count) },
        out_of.map_or(Field::BLANK, number),
        Field::Word(if short { "F" } else { "final" }),
    ];
    if !provisional {
        return Returned { row, later: None };
    }
    let later = row;
    if !matches!(entry.kind, Kind::Weekly | Kind::Level | Kind::Cycle(_)) && !suppressed {
        row[NUMERATOR] = number(count - count / 25); // a few still to come
    }
    row[STATUS] = Field::Word(if short { "P" } else { "provisional" });
    Returned { row, later: Some(later) }
}
