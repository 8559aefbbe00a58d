//! Detentions: what happens to one person under section 135 or 136, as it truly was.
//!
//! Three feeds tell of them (the force's, the custody suite's, the ambulance trust's), each with
//! its own gaps; so they are made once.

use super::clock::{along, arrivals, at, last_sunday, midnight, office_hours};
use super::county::County;
use super::dice::{Dice, Spread};
use super::people::{People, Person, Who};

/// The section of the Act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Power {
    /// Section 136: found in public.
    S136,
    /// Section 135(1): at home, by warrant.
    S135,
}

/// Where the person was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Taken {
    /// A health-based place of safety.
    #[default]
    Hospital,
    /// An emergency department.
    Emergency,
    /// A police cell.
    Cell,
    /// Elsewhere.
    Other,
}

/// How the person was taken there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Vehicle {
    /// An ambulance.
    #[default]
    Ambulance,
    /// A police vehicle.
    Police,
    /// Something else.
    Other,
}

/// One detention; times are minutes since 1970.
#[derive(Debug)]
pub(super) struct Detention {
    /// Who.
    pub(super) person: Person,
    /// Under which section.
    pub(super) power: Power,
    /// Police called, if they were.
    pub(super) called: Option<i64>,
    /// Detained.
    pub(super) detained: i64,
    /// Ambulance asked for, if one was.
    pub(super) requested: Option<i64>,
    /// Ambulance there, if one came.
    pub(super) ambulance: Option<i64>,
    /// Left the scene.
    pub(super) departed: i64,
    /// Arrived at the place of safety.
    pub(super) arrived: i64,
    /// Police handed over.
    pub(super) handover: i64,
    /// Approved mental-health professional there, if one came.
    pub(super) amhp: Option<i64>,
    /// Doctor there.
    pub(super) doctor: i64,
    /// Assessed.
    pub(super) assessed: i64,
    /// Detention ended.
    pub(super) ended: i64,
    /// Held longer under section 136B.
    pub(super) extended: bool,
    /// Where.
    pub(super) taken: Taken,
    /// How.
    pub(super) vehicle: Vehicle,
    /// Intoxicated when detained.
    pub(super) intoxicated: bool,
    /// The plan's own sentences fix this one: it is delivered without disorder.
    pub(super) told: bool,
}

/// December 2017: 24 hours, no child in a cell, and advice before detaining.
pub(super) const NEW_LAW: i32 = at(2017, 12);

/// The detentions of an area in a month, in order of time.
pub(super) fn month(
    county: &County,
    when: i32,
    scale: u64,
    people: &mut People,
    dice: &mut Dice,
) -> Vec<Detention> {
    let mut minutes = arrivals(dice, when, along(county.detentions, when), scale);
    // One each on the nights when the clocks change, to span the skipped or the repeated hour.
    let after_midnight = match when.rem_euclid(12) {
        2 => Some(20),
        9 => Some(80),
        _ => None,
    };
    if let Some(after) = after_midnight {
        minutes.push(midnight(last_sunday(when)) + after + dice.below(30).cast_signed());
        minutes.sort_unstable();
    }
    let cells = cells(county, when, minutes.len(), scale, dice);
    let mut detentions = Vec::with_capacity(minutes.len());
    for (place, minute) in minutes.into_iter().enumerate() {
        detentions.push(one(
            county,
            when,
            minute,
            cells.get(place).copied().flatten(),
            people,
            dice,
        ));
    }
    detentions
}

/// Who is taken to a cell; told numbers are spread evenly over the month's detentions.
fn cells(
    county: &County,
    when: i32,
    count: usize,
    scale: u64,
    dice: &mut Dice,
) -> Vec<Option<(Who, bool)>> {
    let Some((adults, children)) = county.told_cells(when) else {
        let share = along(county.cells, when);
        return (0..count).map(|_| dice.chance(share).then_some((Who::Anyone, false))).collect();
    };
    let scaled = |number: u64| (number * scale).div_ceil(1_000_000);
    let (adults, children) = (scaled(adults), scaled(children));
    let told = usize::try_from(adults + children).unwrap_or_default().min(count);
    let mut cells = vec![None; count];
    let offset = dice.index(count);
    for number in 0..told {
        let who = if number < usize::try_from(children).unwrap_or_default() {
            Who::Child
        } else {
            Who::Adult
        };
        cells[(offset + number * count / told) % count] = Some((who, true));
    }
    cells
}

fn one(
    county: &County,
    when: i32,
    detained: i64,
    cell: Option<(Who, bool)>,
    people: &mut People,
    dice: &mut Dice,
) -> Detention {
    let person = people.meet(dice, when, cell.map_or(Who::Anyone, |(who, _)| who));
    let told = cell.is_some_and(|(_, told)| told);
    let power = if !told && dice.chance(450) { Power::S135 } else { Power::S136 };
    let child_barred = person.age < 18 && when >= county.no_child_from;
    let taken = match cell {
        Some(_) if told || !child_barred => Taken::Cell,
        _ if dice.chance(along(county.emergency, when)) => Taken::Emergency,
        _ if dice.chance(80) => Taken::Other,
        _ => Taken::Hospital,
    };
    let vehicle = match dice.below(10_000) {
        share if share < along(county.by_ambulance, when) => Vehicle::Ambulance,
        9_700.. => Vehicle::Other,
        _ => Vehicle::Police,
    };
    let late = dice.chance(4_000);
    let wanted = vehicle == Vehicle::Ambulance || late;
    let requested = wanted.then(|| detained + 2 + dice.spread(REQUEST));
    let ambulance = match (vehicle, requested) {
        (Vehicle::Ambulance, Some(asked)) => Some(asked + dice.spread(AMBULANCE)),
        _ => None,
    };
    let departed =
        ambulance.map_or(detained + dice.spread(SCENE), |there| there + dice.spread(LOADING));
    let arrived = departed + dice.spread(JOURNEY);
    let mut times = at_place(when, arrived, taken, dice);
    if told {
        times.extended = false;
    }
    Detention {
        person,
        power,
        called: dice.chance(8_400).then(|| detained - dice.spread(CALL)),
        detained,
        requested,
        ambulance,
        departed,
        arrived,
        handover: times.handover,
        amhp: times.amhp,
        doctor: times.doctor,
        assessed: times.assessed,
        ended: times.ended,
        extended: times.extended,
        taken,
        vehicle,
        intoxicated: dice.chance(2_900),
        told,
    }
}

/// What happens at the place of safety.
struct Stay {
    handover: i64,
    amhp: Option<i64>,
    doctor: i64,
    assessed: i64,
    ended: i64,
    extended: bool,
}

fn at_place(when: i32, arrived: i64, taken: Taken, dice: &mut Dice) -> Stay {
    let handover =
        arrived + dice.spread(if taken == Taken::Emergency { HANDOVER_ED } else { HANDOVER });
    let usual = if office_hours(arrived) { ATTEND_DAY } else { ATTEND_NIGHT };
    let amhp = dice.chance(9_300).then(|| arrived + dice.spread(usual));
    let doctor = arrived + dice.spread(usual);
    let assessed = doctor.max(amhp.unwrap_or(doctor)) + dice.spread(ASSESSMENT);
    let new_law = when >= NEW_LAW;
    let extended = new_law && dice.chance(130);
    let stay = match (new_law, extended) {
        (false, _) => dice.spread(STAY_72),
        (true, false) => dice.spread(STAY_24),
        (true, true) => dice.spread(STAY_36),
    };
    let ended = (arrived + stay).max(assessed + 10).max(handover);
    Stay { handover, amhp, doctor, assessed, ended, extended }
}

/// The night on which nobody puts the station's clock forward: one area's, in March.
pub(super) fn clock_not_changed(county: &County, when: i32, detained: i64) -> bool {
    if county.id != "nottinghamshire" || when.rem_euclid(12) != 2 {
        return false;
    }
    let night = midnight(last_sunday(when));
    (night..night + 60).contains(&detained)
}

// Minutes.
const CALL: Spread = &[(0, 4), (500, 22), (900, 75), (1000, 240)];
const REQUEST: Spread = &[(0, 0), (700, 12), (1000, 45)];
const AMBULANCE: Spread = &[(0, 4), (250, 15), (560, 29), (850, 62), (980, 140), (1000, 290)];
const SCENE: Spread = &[(0, 8), (500, 35), (900, 95), (1000, 260)];
const LOADING: Spread = &[(0, 6), (600, 22), (950, 50), (1000, 110)];
const JOURNEY: Spread = &[(0, 5), (500, 24), (900, 48), (1000, 110)];
const HANDOVER: Spread = &[(0, 10), (450, 42), (800, 85), (970, 210), (1000, 480)];
const HANDOVER_ED: Spread = &[(0, 25), (450, 110), (800, 250), (970, 520), (1000, 900)];
const ATTEND_DAY: Spread = &[(0, 20), (500, 115), (850, 200), (970, 380), (1000, 700)];
const ATTEND_NIGHT: Spread = &[(0, 40), (500, 250), (850, 470), (970, 720), (1000, 1_000)];
const ASSESSMENT: Spread = &[(0, 25), (500, 70), (900, 140), (1000, 260)];
const STAY_72: Spread =
    &[(0, 70), (150, 210), (500, 560), (850, 1_080), (970, 1_900), (995, 3_600), (1000, 5_200)];
const STAY_24: Spread = &[(0, 70), (150, 200), (500, 520), (850, 980), (985, 1_400), (1000, 1_900)];
const STAY_36: Spread = &[(0, 1_445), (900, 2_100), (1000, 2_200)];
