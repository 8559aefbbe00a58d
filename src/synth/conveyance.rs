//! The ambulance trust's feed of journeys: besides detentions, calls with mental health in them,
//! and journeys between hospitals by police.

use super::clock::{along, arrivals, at, written};
use super::county::County;
use super::delivery::{Shape, flag, spelt};
use super::dice::{Dice, Spread};
use super::field::Field;
use super::rows::Rows;

/// What its files look like.
pub(super) const SHAPE: Shape = Shape {
    feed: "conveyance",
    headings: &[
        &["Journey", "Journey ID"],
        &["Service", "Trust"],
        &["County", "Area"],
        &["Primary MH", "MH primary"],
        &["Called", "Call time"],
        &["Left scene"],
        &["Method"],
        &["Destination"],
        &["s136"],
    ],
    times: &[5],
    age: None,
    end: 5,
};

const ON_SCENE: Spread = &[(0, 12), (500, 58), (900, 115), (1000, 300)];

const AMBULANCE: &[&str] = &["AMB", "Ambulance"];
const POLICE: &[&str] = &["POL", "Police"];
const CAR: &[&str] = &["HCP", "HCP car"];
const PRIVATE: &[&str] = &["PRI", "Private"];
const NOBODY: &[&str] = &["NIL", "Not conveyed"];
const ACUTE: &[&str] = &["ED", "Acute"];
const SAFE_PLACE: &[&str] = &["POS", "Place of safety"];
const COMMUNITY: &[&str] = &["COM", "Community"];
const HOME: &[&str] = &["HOM", "Home", "On scene"];
const ELSEWHERE: &[&str] = &["OTH", "Other"];

/// A row; its number comes later.
type Row = [Field; SHAPE.headings.len()];

/// Adds the calls of a month that are no detentions.
pub(super) fn month(
    county: &County,
    when: i32,
    scale: u64,
    rows: &mut Rows<{ SHAPE.headings.len() }>,
    dice: &mut Dice,
) {
    for called in arrivals(dice, when, along(county.calls, when), scale) {
        let (method, destination) = how(county, when, dice);
        let primary = dice.chance(8_600);
        rows.push(called, call(county, when, called, primary, method, destination, dice));
    }
    for called in arrivals(dice, when, along(county.police_transfers, when), scale) {
        let destination = dice.pick(&[(6, ACUTE), (4, SAFE_PLACE)]);
        rows.push(called, call(county, when, called, false, POLICE, destination, dice));
    }
}

/// How somebody travels, and where to.
fn how(county: &County, when: i32, dice: &mut Dice) -> (&'static [&'static str], Words) {
    if dice.chance(along(county.not_conveyed, when)) {
        return (NOBODY, dice.pick(&[(9, HOME), (1, COMMUNITY)]));
    }
    let car = if when >= at(2016, 1) { 6 } else { 2 };
    let method = dice.pick(&[(88, AMBULANCE), (car, CAR), (3, PRIVATE)]);
    (method, dice.pick(&[(80, ACUTE), (8, SAFE_PLACE), (9, COMMUNITY), (3, ELSEWHERE)]))
}

/// The spellings of a code.
type Words = &'static [&'static str];

fn call(
    county: &County,
    when: i32,
    called: i64,
    primary: bool,
    method: Words,
    destination: Words,
    dice: &mut Dice,
) -> Row {
    [
        Field::BLANK,
        Field::Word(county.service),
        Field::Word(county.id),
        if dice.chance(120) { Field::BLANK } else { flag(primary, when, dice) },
        written(called),
        written(called + dice.spread(ON_SCENE)),
        spelt(method, when, dice),
        if dice.chance(180) { Field::BLANK } else { spelt(destination, when, dice) },
        flag(false, when, dice),
    ]
}
