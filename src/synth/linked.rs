//! What other partners' feeds tell of a detention: the custody suite's and the ambulance trust's.
//! A row's number, its first column, comes later.

use super::clock::written;
use super::county::County;
use super::delivery::{flag, spelt};
use super::detention::{Detention, Taken, Vehicle};
use super::dice::Dice;

/// The custody record of a detention in a police cell.
pub(super) fn custody_row(
    county: &County,
    when: i32,
    told: &Detention,
    dice: &mut Dice,
) -> Vec<String> {
    vec![
        String::new(),
        spelt(county.force, when, dice),
        told.person.id.clone(),
        written(told.arrived),
        written(told.ended),
        spelt(&["136", "s136", "s.136"], when, dice),
        told.person.age.to_string(),
        flag(true, when, dice),
    ]
}

/// The journey of a detention.
pub(super) fn journey_row(
    county: &County,
    when: i32,
    told: &Detention,
    dice: &mut Dice,
) -> Vec<String> {
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
    vec![
        String::new(),
        county.service.to_owned(),
        county.id.to_owned(),
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
) -> Option<Vec<String>> {
    let requested = told.requested?;
    Some(vec![
        String::new(),
        county.id.to_owned(),
        spelt(&["136", "s136"], when, dice),
        spelt(&["VU", "Very urgent"], when, dice),
        written(requested),
        told.ambulance.map(written).unwrap_or_default(),
    ])
}
