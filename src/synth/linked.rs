//! What other partners' feeds tell of a detention: the custody suite's and the ambulance trust's.
//! A row's number, its first column, comes later.

use super::clock::written;
use super::county::County;
use super::delivery::{flag, spelt};
use super::detention::{Detention, Taken, Vehicle};
use super::dice::Dice;
use super::field::Field;
use super::{conveyance, custody, responses};

/// The custody record of a detention in a police cell.
pub(super) fn custody_row(
    county: &County,
    when: i32,
    told: &Detention,
    dice: &mut Dice,
) -> [Field; custody::SHAPE.headings.len()] {
    [
        Field::BLANK,
        spelt(county.force, when, dice),
        told.person.pseudonym(),
        written(told.arrived),
        written(told.ended),
        spelt(&["136", "s136", "s.136"], when, dice),
        Field::number("", 1, told.person.age),
        flag(true, when, dice),
    ]
}

/// The journey of a detention.
pub(super) fn journey_row(
    county: &County,
    when: i32,
    told: &Detention,
    dice: &mut Dice,
) -> [Field; conveyance::SHAPE.headings.len()] {
    let method: &[&str] = match told.vehicle {
        Vehicle::Ambulance => &["AMB", "Ambulance"],
        Vehicle::Police => &["POL", "Police"],
        Vehicle::Other => &["PRI", "Private"],
    };
    let destination: &[&str] = match told.taken {
        Taken::Emergency => &["ED", "Acute"],
        Taken::Hospital => &["POS", "Place of safety"],
        Taken::Cell | Taken::Other => &["OTH", "Other"],
    };
    [
        Field::BLANK,
        Field::Word(county.service),
        Field::Word(county.id),
        flag(true, when, dice),
        written(told.called.unwrap_or(told.detained)),
        written(told.departed),
        spelt(method, when, dice),
        spelt(destination, when, dice),
        flag(true, when, dice),
    ]
}

/// The ambulance's response to a detention; `None` when none was asked for.
pub(super) fn response_row(
    county: &County,
    when: i32,
    told: &Detention,
    dice: &mut Dice,
) -> Option<[Field; responses::SHAPE.headings.len()]> {
    let requested = told.requested?;
    Some([
        Field::BLANK,
        Field::Word(county.id),
        spelt(&["136", "s136"], when, dice),
        spelt(&["VU", "Very urgent"], when, dice),
        written(requested),
        told.ambulance.map_or(Field::BLANK, written),
    ])
}
