//! The custody suite's feed: besides detentions in cells, arrests and warrants of people unwell.

use super::clock::{arrivals, written};
use super::county::County;
use super::delivery::{Shape, flag, spelt};
use super::dice::{Dice, Spread};
use super::field::Field;
use super::people::{People, Who};
use super::rows::Rows;

/// What its files look like.
pub(super) const SHAPE: Shape = Shape {
    feed: "custody",
    headings: &[
        &["Custody record", "Record"],
        &["Force", "Police force"],
        &["Person", "Person ID"],
        &["Booked in", "Booked"],
        &["Released"],
        &["Reason", "Reason for detention"],
        &["Age"],
        &["MH flag", "Mental health"],
    ],
    times: &[4],
    age: Some(6),
    end: 4,
};

/// Arrests and warrants a month that a suite's nurse looks at, in thousandths.
const MONTHLY: u64 = 11_000;
const STAY: Spread = &[(0, 60), (500, 640), (900, 1_200), (985, 1_440), (1000, 4_200)];

/// Adds the arrests and warrants of a month; the record's number comes later.
pub(super) fn month(
    county: &County,
    when: i32,
    scale: u64,
    people: &mut People,
    rows: &mut Rows<{ SHAPE.headings.len() }>,
    dice: &mut Dice,
) {
    for booked in arrivals(dice, when, MONTHLY, scale) {
        let person = people.meet(dice, when, Who::Anyone);
        let age = if dice.chance(20) { person.age % 10 } else { person.age }; // a digit lost
        let reason: &[&str] = dice.pick(&[(92, ARREST), (8, WARRANT)]);
        let released = booked + dice.spread(STAY);
        let unwell = dice.chance(6_200);
        let row = [
            Field::BLANK,
            spelt(county.force, when, dice),
            person.pseudonym(),
            written(booked),
            written(if dice.chance(15) { booked - 30 } else { released }),
            spelt(reason, when, dice),
            Field::number("", 1, age),
            if dice.chance(150) { Field::BLANK } else { flag(unwell, when, dice) },
        ];
        rows.push(booked, row);
    }
}

const ARREST: &[&str] = &["Arrest", "ARR"];
const WARRANT: &[&str] = &["Warrant", "WAR"];
