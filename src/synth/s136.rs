//! The force's feed of detentions: a row each, with what the force knows of it.

use super::clock::{self, at, financial_year, written};
use super::county::County;
use super::delivery::{Shape, flag, no_such_day, spelt};
use super::detention::{Detention, NEW_LAW, Power, Taken, Vehicle, clock_not_changed};
use super::dice::Dice;
use super::field::Field;

/// What its files look like.
pub(super) const SHAPE: Shape = Shape {
    feed: "s136",
    headings: &[
        &["Detention ID", "s136 ref"],
        &["Force", "Police force"],
        &["Provider", "Trust code"],
        &["Person", "Person ID"],
        &["Power", "MHA power"],
        &["Called"],
        &["Detained at", "Detained"],
        &["Ambulance requested", "Amb requested"],
        &["Ambulance arrived", "Amb arrived"],
        &["Left scene"],
        &["Arrived PoS", "Arrived at place of safety"],
        &["Police handover"],
        &["AMHP arrived"],
        &["Doctor arrived", "s12 doctor arrived"],
        &["Assessed"],
        &["Detention ended", "Ended"],
        &["Extended"],
        &["Place of safety", "PoS"],
        &["Cell reason"],
        &["Intoxicated"],
        &["Offence", "Arrestable offence"],
        &["Conveyed by", "Conveyance"],
        &["Why police vehicle"],
        &["Outcome"],
        &["Age"],
        &["Professional consulted", "Consulted"],
    ],
    times: &[5, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    age: Some(24),
    end: ENDED,
};

const DETAINED: usize = 6;
const ARRIVED: usize = 10;
const ENDED: usize = 15;

/// A detention as the force writes it down.
pub(super) fn row(
    county: &County,
    when: i32,
    id: Field,
    told: &Detention,
    dice: &mut Dice,
) -> [Field; SHAPE.headings.len()] {
    let unchanged = clock_not_changed(county, when, told.detained);
    let time = |minute: Option<i64>| match minute {
        None => Field::BLANK,
        Some(minute) if unchanged => clock::written_unchanged(minute),
        Some(minute) => written(minute),
    };
    let power: &[&str] = match told.power {
        Power::S135 => &["135(1)", "s.135(1)", "s135(1)"],
        Power::S136 => &["136", "s.136", "s136"],
    };
    let first = [
        id,
        spelt(county.force, when, dice),
        Field::Word(county.provider),
        told.person.pseudonym(),
        spelt(power, when, dice),
        time(told.called),
        time(Some(told.detained)),
        time(told.requested),
        time(told.ambulance),
        time(Some(told.departed)),
        time(Some(told.arrived)),
        time(Some(told.handover)),
        time(told.amhp),
        time(Some(told.doctor)),
        time(Some(told.assessed)),
        time(Some(told.ended)),
    ];
    let mut row = [Field::BLANK; SHAPE.headings.len()];
    row[..first.len()].copy_from_slice(&first);
    row[first.len()..].copy_from_slice(&circumstances(county, when, told, dice));
    if !told.told {
        slip(&mut row, when, dice);
    }
    row
}

/// The columns after the times.
fn circumstances(county: &County, when: i32, told: &Detention, dice: &mut Dice) -> [Field; 10] {
    let new_law = when >= NEW_LAW;
    let since = |yes: bool, dice: &mut Dice| {
        if new_law { flag(yes, when, dice) } else { Field::Word("n/a") }
    };
    let in_cell = told.taken == Taken::Cell;
    let place: &[&str] = match told.taken {
        Taken::Hospital => &["HBPOS", "Suite", "s136 suite"],
        Taken::Emergency => &["A&E", "ED"],
        Taken::Cell => &["Custody", "Police cell"],
        Taken::Other => &["Other", "Other place"],
    };
    let unknown_place = !told.told && !in_cell && dice.chance(90);
    let vehicle: &[&str] = match told.vehicle {
        Vehicle::Ambulance => &["Ambulance", "AMB"],
        Vehicle::Police => &["Police", "Police vehicle"],
        Vehicle::Other => &["Other"],
    };
    [
        since(told.extended, dice),
        if unknown_place { Field::BLANK } else { spelt(place, when, dice) },
        if in_cell { cell_reason(when, told, dice) } else { Field::BLANK },
        if dice.chance(200) { Field::BLANK } else { flag(told.intoxicated, when, dice) },
        flag(in_cell && dice.chance(2_500), when, dice),
        spelt(vehicle, when, dice),
        if told.vehicle == Vehicle::Police {
            police_reason(when, told, dice)
        } else {
            Field::BLANK
        },
        outcome(county, when, dice),
        Field::number("", 1, told.person.age),
        consulted(new_law, when, dice),
    ]
}

fn consulted(new_law: bool, when: i32, dice: &mut Dice) -> Field {
    if !new_law {
        return Field::Word("n/a");
    }
    let yes = dice.chance(6_800);
    flag(yes, when, dice)
}

fn cell_reason(when: i32, told: &Detention, dice: &mut Dice) -> Field {
    let reasons: &[(u64, &[&str])] = if told.told && when >= at(2016, 1) {
        &[(1, &["Behaviour", "Risk to others"])]
    } else if told.intoxicated {
        &[(1, &["Intoxicated"])]
    } else {
        &[
            (45, &["Behaviour", "Risk to others"]),
            (35, &["No capacity", "Suite full"]),
            (12, &["Begun in station"]),
            (8, &["Other"]),
        ]
    };
    let reason = dice.pick(reasons);
    spelt(reason, when, dice)
}

fn police_reason(when: i32, told: &Detention, dice: &mut Dice) -> Field {
    let reasons: &[(u64, &[&str])] = if told.requested.is_some() {
        &[(85, &["No amb in 30 min", "No ambulance within 30 minutes"]), (15, &["Risk"])]
    } else {
        &[(70, &["Not requested"]), (20, &["Risk"]), (6, &["Other"]), (4, &[""])]
    };
    let reason = dice.pick(reasons);
    spelt(reason, when, dice)
}

fn outcome(county: &County, when: i32, dice: &mut Dice) -> Field {
    let outcomes: &[(u64, &[&str])] = if dice.chance(clock::along(county.admitted, when)) {
        &[
            (48, &["Informal admission", "Admitted informally"]),
            (52, &["Section 2/3", "Admitted s2/s3"]),
        ]
    } else {
        &[
            (50, &["Community follow-up", "Community"]),
            (42, &["Discharged", "No further action"]),
            (5, &["Other"]),
            (3, &[""]),
        ]
    };
    let outcome = dice.pick(outcomes);
    spelt(outcome, when, dice)
}

/// A slip of the pen: arrival before detention, or the wrong day of the month for the detention.
fn slip(row: &mut [Field], when: i32, dice: &mut Dice) {
    match dice.below(10_000) {
        0..15 => row.swap(DETAINED, ARRIVED),
        15..22 => no_such_day(&mut row[DETAINED]),
        22..26 => row[DETAINED] = clock::written_day(clock::first_day(when)),
        26..30 if financial_year(when) >= 2015 => {
            let year = financial_year(when);
            let (wrong, right) = (format!("/{} ", year + 1), format!("/{year} "));
            row[ENDED] = Field::made(row[ENDED].text().replace(&right, &wrong));
        }
        _ => {}
    }
}
