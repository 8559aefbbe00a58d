//! The sending trust's feed of stays out of area.

use chrono::{NaiveDate, TimeDelta};

use super::clock::{Course, along, at, first_day, written_day};
use super::county::{County, QUIET};
use super::delivery::{Shape, spelt};
use super::dice::{Dice, Spread};
use super::field::Field;
use super::people::{People, Who};

/// What its files look like.
pub(super) const SHAPE: Shape = Shape {
    feed: "placements",
    headings: &[
        &["Placement", "Placement ID"],
        &["Person", "Person ID"],
        &["Sending provider", "Sender"],
        &["Receiving provider", "Receiver"],
        &["CCG", "CCG code"],
        &["Bed type"],
        &["Reason"],
        &["Start date", "Started"],
        &["End date", "Ended"],
        &["Daily cost", "Cost per day"],
        &["Age"],
    ],
    times: &[],
    age: Some(10),
    end: ENDED,
};
const ENDED: usize = 8;

const DAYS: Spread = &[(0, 1), (200, 6), (500, 14), (800, 30), (950, 58), (1000, 130)];
/// Share of the bed types that is intensive care, in ten thousand.
const INTENSIVE: Course = &[(at(2014, 1), 2_200), (at(2017, 4), 3_600), (at(2018, 12), 3_000)];

/// A stay, and its row with the end filled in.
pub(super) struct Stay {
    /// Day of the end, which is not a night of the stay.
    pub(super) ended: NaiveDate,
    /// The row; its number comes later.
    pub(super) row: [Field; SHAPE.headings.len()],
}

impl Stay {
    /// The row as it is known on a day: without an end that is still to come.
    pub(super) fn known_on(&self, day: NaiveDate) -> [Field; SHAPE.headings.len()] {
        let mut row = self.row;
        if self.ended > day {
            row[ENDED].clear();
        }
        row
    }
}

/// The stays that start in a month. `open` holds the ends of those before, and is brought up.
pub(super) fn month(
    county: &County,
    when: i32,
    scale: u64,
    open: &mut Vec<NaiveDate>,
    people: &mut People,
    dice: &mut Dice,
) -> Vec<Stay> {
    let days = (first_day(when + 1) - first_day(when)).num_days();
    let monthly = u128::from(along(county.placements, when)) * u128::from(scale);
    let daily = u64::try_from(monthly / 30).unwrap_or(u64::MAX); // billionths of a start
    let mut stays = Vec::new();
    for day in 0..days {
        let today = first_day(when) + TimeDelta::days(day);
        open.retain(|end| *end > today);
        for _ in 0..dice.events(daily) {
            let most = county.most_placements(today).map(|most| (most * scale).div_ceil(1_000_000));
            let now = u64::try_from(open.len()).unwrap_or(u64::MAX);
            if most.is_some_and(|most| now >= most) {
                continue;
            }
            let mut ended = today + TimeDelta::days(dice.spread(DAYS) - 1);
            if let Some(quiet) = quiet_from(county, today) {
                ended = ended.min(quiet);
            }
            open.push(ended);
            stays.push(stay(county, when, today, ended, people, dice));
        }
    }
    stays
}

/// The day by which everybody is back, where the plan tells of weeks without a placement.
fn quiet_from(county: &County, today: NaiveDate) -> Option<NaiveDate> {
    let ((year, month, day), _) = QUIET;
    let quiet = NaiveDate::from_ymd_opt(year, month, day)?;
    (county.most_placements(quiet) == Some(0) && today < quiet).then_some(quiet)
}

fn stay(
    county: &County,
    when: i32,
    started: NaiveDate,
    ended: NaiveDate,
    people: &mut People,
    dice: &mut Dice,
) -> Stay {
    let person = people.meet(dice, when, Who::Adult);
    let intensive = along(INTENSIVE, when);
    let bed =
        dice.pick(&[(9_600 - intensive, ACUTE), (intensive, PICU), (300, OLDER), (100, OTHER)]);
    let reason = dice.pick(REASONS);
    let receiver =
        dice.pick(&[(5, "SYN-A"), (4, "SYN-B"), (3, "SYN-C"), (2, "SYN-D"), (1, "SYN-E")]);
    let pence = 35_000 + dice.below(500) * 100 + if bed == PICU { 25_000 } else { 0 };
    let cost = match dice.below(10_000) {
        0..1_500 => Field::BLANK,
        1_500..1_515 => Field::made(format!("{pence}.00")), // the decimal point lost
        _ => Field::made(format!("{}.{:02}", pence / 100, pence % 100)),
    };
    let back = if dice.chance(15) { started - TimeDelta::days(3) } else { ended };
    let row = [
        Field::BLANK,
        person.pseudonym(),
        Field::Word(county.provider),
        Field::Word(receiver),
        Field::Word(dice.pick(county.ccgs)),
        spelt(bed, when, dice),
        spelt(reason, when, dice),
        written_day(started),
        written_day(back),
        cost,
        Field::number("", 1, person.age),
    ];
    Stay { ended, row }
}

type Words = &'static [&'static str];

const ACUTE: Words = &["Acute", "Acute adult"];
const PICU: Words = &["PICU", "Intensive care"];
const OLDER: Words = &["Older adult", "Older"];
const OTHER: Words = &["Other"];
const REASONS: &[(u64, Words)] = &[
    (920, &["10", "No bed"]),
    (15, &["11", "Safeguarding"]),
    (10, &["12", "Offending"]),
    (8, &["13", "Staff member"]),
    (27, &["14", "Choice"]),
    (20, &["15", "Away from home"]),
];
