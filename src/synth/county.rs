//! The five plans' areas: who serves them and what tends to happen there.
//!
//! Derbyshire follows what its plan prints (falls, cell uses, placements); the others follow
//! theirs where it prints a figure and are plausible elsewhere.

use super::clock::{Course, at};

/// The area of one plan.
#[derive(Debug)]
pub(super) struct County {
    /// The plan's id, which is its area's code too.
    pub(super) id: &'static str,
    /// The police force, as it is written in earlier and in later files.
    pub(super) force: &'static [&'static str],
    /// ODS code of the mental-health trust.
    pub(super) provider: &'static str,
    /// ODS code of the ambulance trust.
    pub(super) service: &'static str,
    /// Clinical commissioning groups, with the weight of each.
    pub(super) ccgs: &'static [(u64, &'static str)],
    /// Detentions a month, in thousandths.
    pub(super) detentions: Course,
    /// Detentions taken to a police cell, in ten thousand.
    pub(super) cells: Course,
    /// First month in which no child is taken to a cell.
    pub(super) no_child_from: i32,
    /// Detentions taken to an emergency department, in ten thousand.
    pub(super) emergency: Course,
    /// Detentions conveyed by ambulance, in ten thousand.
    pub(super) by_ambulance: Course,
    /// Detentions that end in an admission, in ten thousand.
    pub(super) admitted: Course,
    /// Calls for an ambulance with mental health in them, a month, in thousandths.
    pub(super) calls: Course,
    /// Of those, dealt with without taking the person to hospital, in ten thousand.
    pub(super) not_conveyed: Course,
    /// Journeys between hospitals by police, a month, in thousandths.
    pub(super) police_transfers: Course,
    /// Crisis team and liaison responses in time, in ten thousand.
    pub(super) in_time: Course,
    /// Placements out of area a month, in thousandths.
    pub(super) placements: Course,
}

/// Every area, in the order in which rows are written.
pub(super) const COUNTIES: [County; 5] =
    [DERBYSHIRE, HERTFORDSHIRE, NOTTINGHAMSHIRE, CAMBRIDGESHIRE, OXFORDSHIRE];

const DERBYSHIRE: County = County {
    id: "derbyshire",
    force: &["Derbyshire Constabulary", "Derbyshire"],
    provider: "RXM",
    service: "RX9",
    ccgs: &[(10, "03X"), (12, "03Y"), (26, "04J"), (52, "04R")],
    // The triage pilot begins in November 2015; 40 to 50 % down by August 2017.
    detentions: &[
        (at(2015, 10), 45_000),
        (at(2016, 6), 33_000),
        (at(2017, 3), 24_500),
        (at(2018, 12), 26_000),
    ],
    cells: &[],
    no_child_from: at(2015, 12),
    emergency: &[(at(2014, 1), 600), (at(2018, 12), 900)],
    by_ambulance: &[(at(2014, 6), 3_400), (at(2016, 6), 5_000), (at(2018, 12), 6_200)],
    admitted: &[(at(2015, 10), 2_300), (at(2017, 8), 3_700)],
    calls: &[(at(2014, 1), 138_000), (at(2018, 12), 150_000)],
    not_conveyed: &[(at(2015, 6), 2_400), (at(2018, 1), 3_600)],
    // Police stop journeys between hospitals in February 2017.
    police_transfers: &[(at(2014, 1), 9_000), (at(2017, 1), 5_000), (at(2017, 2), 0)],
    in_time: &[(at(2015, 1), 7_000), (at(2017, 9), 9_000)],
    placements: &[
        (at(2014, 1), 13_500),
        (at(2014, 12), 11_000),
        (at(2015, 12), 5_500),
        (at(2016, 3), 2_600),
        (at(2016, 11), 2_600),
        (at(2016, 12), 9_000),
        (at(2017, 1), 5_000),
        (at(2017, 2), 9_000),
        (at(2017, 5), 33_000),
        (at(2017, 8), 36_000),
        (at(2017, 11), 32_000),
        (at(2018, 1), 27_000),
        (at(2018, 9), 10_000),
        (at(2018, 12), 8_000),
    ],
};

const HERTFORDSHIRE: County = County {
    id: "hertfordshire",
    force: &["Hertfordshire Constabulary", "Hertfordshire"],
    provider: "RWR",
    service: "RYC",
    ccgs: &[(46, "06K"), (54, "06N")],
    detentions: &[(at(2015, 1), 31_000), (at(2015, 12), 26_000), (at(2018, 12), 29_000)],
    cells: &[(at(2014, 1), 1_800), (at(2015, 6), 800), (at(2017, 6), 120), (at(2017, 12), 30)],
    no_child_from: at(2016, 4),
    emergency: &[(at(2014, 1), 1_400), (at(2018, 12), 2_400)],
    by_ambulance: &[(at(2014, 1), 3_000), (at(2018, 12), 4_600)],
    admitted: &[(at(2014, 1), 2_600), (at(2018, 12), 3_000)],
    calls: &[(at(2014, 1), 24_000), (at(2018, 12), 28_000)],
    not_conveyed: &[(at(2014, 1), 2_200), (at(2018, 12), 2_800)],
    police_transfers: &[(at(2014, 1), 2_000), (at(2018, 12), 600)],
    in_time: &[(at(2014, 1), 7_600), (at(2018, 12), 8_400)],
    placements: &[(at(2014, 1), 5_000), (at(2016, 12), 6_500), (at(2018, 12), 8_000)],
};

const NOTTINGHAMSHIRE: County = County {
    id: "nottinghamshire",
    force: &["Nottinghamshire Police", "Nottinghamshire"],
    provider: "RHA",
    service: "RX9",
    ccgs: &[(45, "04K"), (15, "04N"), (25, "04E"), (15, "02Q")],
    detentions: &[(at(2014, 3), 27_000), (at(2015, 10), 16_000), (at(2018, 12), 17_000)],
    // No child since April 2015; adults not to be taken there from October 2015.
    cells: &[(at(2014, 1), 2_300), (at(2015, 3), 1_100), (at(2015, 10), 160), (at(2017, 1), 30)],
    no_child_from: at(2015, 4),
    emergency: &[(at(2014, 1), 1_000), (at(2018, 12), 1_500)],
    by_ambulance: &[(at(2014, 1), 2_800), (at(2018, 12), 5_200)],
    admitted: &[(at(2014, 1), 2_700), (at(2018, 12), 3_400)],
    calls: &[(at(2014, 1), 26_000), (at(2018, 12), 25_000)],
    not_conveyed: &[(at(2014, 1), 2_500), (at(2016, 2), 3_300)],
    police_transfers: &[(at(2014, 1), 2_000), (at(2018, 12), 300)],
    in_time: &[(at(2014, 1), 7_900), (at(2015, 11), 8_900)],
    placements: &[(at(2014, 1), 22_000), (at(2016, 12), 38_000), (at(2018, 12), 24_000)],
};

const CAMBRIDGESHIRE: County = County {
    id: "cambridgeshire",
    force: &["Cambridgeshire Constabulary", "Cambridgeshire"],
    provider: "RT1",
    service: "RYC",
    ccgs: &[(1, "06H")],
    detentions: &[(at(2014, 1), 16_000), (at(2018, 12), 19_000)],
    cells: &[(at(2014, 1), 2_500), (at(2016, 3), 900), (at(2017, 12), 140), (at(2018, 12), 60)],
    no_child_from: at(2016, 12),
    emergency: &[(at(2014, 1), 1_800), (at(2018, 12), 2_900)],
    by_ambulance: &[(at(2014, 1), 2_600), (at(2018, 12), 4_000)],
    admitted: &[(at(2014, 1), 2_900), (at(2018, 12), 3_100)],
    calls: &[(at(2014, 1), 20_000), (at(2018, 12), 24_000)],
    not_conveyed: &[(at(2014, 1), 2_000), (at(2018, 12), 2_900)],
    police_transfers: &[(at(2014, 1), 1_500), (at(2018, 12), 500)],
    in_time: &[(at(2014, 1), 7_400), (at(2018, 12), 8_300)],
    placements: &[(at(2014, 1), 2_500), (at(2018, 12), 3_500)],
};

const OXFORDSHIRE: County = County {
    id: "oxfordshire",
    force: &["Thames Valley Police", "Thames Valley"],
    provider: "RNU",
    service: "RYE",
    ccgs: &[(1, "10Q")],
    detentions: &[(at(2014, 6), 23_000), (at(2016, 6), 17_500), (at(2018, 12), 19_000)],
    // 2.2 % of the force's detentions from May 2015 to May 2016, 72 % fewer than before.
    cells: &[(at(2014, 6), 800), (at(2015, 5), 240), (at(2016, 5), 200), (at(2018, 12), 40)],
    no_child_from: at(2015, 12),
    emergency: &[(at(2014, 1), 350), (at(2018, 12), 280)],
    by_ambulance: &[(at(2014, 1), 3_800), (at(2015, 9), 5_600), (at(2018, 12), 6_600)],
    admitted: &[(at(2014, 1), 3_000), (at(2018, 12), 3_500)],
    calls: &[(at(2014, 1), 21_000), (at(2018, 12), 23_000)],
    not_conveyed: &[(at(2014, 1), 2_600), (at(2018, 12), 3_800)],
    police_transfers: &[(at(2014, 1), 1_200), (at(2018, 12), 200)],
    in_time: &[(at(2014, 1), 8_000), (at(2018, 12), 9_100)],
    placements: &[(at(2014, 1), 3_500), (at(2018, 12), 4_000)],
};

/// Adults taken to a police cell in Derbyshire, by month from January 2014: a joint review begins
/// in March 2015.
const ADULTS_IN_CELLS: [u64; 24] =
    [7, 6, 7, 5, 6, 5, 6, 5, 4, 5, 4, 4, 3, 3, 2, 2, 2, 3, 2, 1, 2, 1, 1, 1];
/// Months of the two cell uses of the twenty months from January 2016, and of one later.
const LATER_ADULTS: [i32; 3] = [at(2016, 5), at(2017, 2), at(2018, 6)];
/// Months in which a child was taken to a cell in Derbyshire: two of them in 2015, none later.
const CHILDREN: [i32; 5] = [at(2014, 2), at(2014, 7), at(2014, 10), at(2015, 2), at(2015, 6)];

impl County {
    /// Adults and children taken to a police cell in a month where the plan's own sentences fix
    /// how many, which is Derbyshire's; `None` where chance decides.
    pub(super) fn told_cells(&self, when: i32) -> Option<(u64, u64)> {
        if self.id != DERBYSHIRE.id {
            return None;
        }
        let early = usize::try_from(when).ok().and_then(|month| ADULTS_IN_CELLS.get(month));
        let later = u64::from(LATER_ADULTS.contains(&when));
        let children = u64::from(CHILDREN.contains(&when));
        Some((early.copied().unwrap_or_default() + later, children))
    }

    /// Most placements open at one time on a day, where the plan says so: twelve in 2014, four in
    /// 2016, none in the ten weeks to mid-December 2016.
    pub(super) fn most_placements(&self, day: chrono::NaiveDate) -> Option<u64> {
        use chrono::Datelike;
        if self.id != DERBYSHIRE.id {
            return None;
        }
        if (QUIET.0..QUIET.1).contains(&(day.year(), day.month(), day.day())) {
            return Some(0);
        }
        match day.year() {
            2014 => Some(12),
            2015 => Some(9),
            2016 => Some(4),
            _ => None,
        }
    }
}

/// The ten weeks without a placement: first day, and first day after.
pub(super) const QUIET: ((i32, u32, u32), (i32, u32, u32)) = ((2016, 10, 6), (2016, 12, 15));
