//! Which measures are returned, by whom and from when.

use super::clock::{Course, at};

/// How a figure comes about; courses are in thousandths unless it says otherwise.
#[derive(Debug)]
pub(super) enum Kind {
    /// So many in a month.
    Count,
    /// The part, in ten thousand, of so many cases in a month.
    Share(Course),
    /// The part, in ten thousand, of a body of staff or people that changes slowly.
    Standing(Course),
    /// So many at a time, added up over the month's weeks.
    Weekly,
    /// A level that somebody counts.
    Level,
    /// The same counts over and over.
    Cycle(&'static [u64]),
    /// Days of so many people, each this many days on average (whole days).
    Stay(Course),
}

/// One returned measure.
#[derive(Debug)]
pub(super) struct Return {
    /// Its code in the contract.
    pub(super) measure: &'static str,
    /// How its figures come about.
    pub(super) kind: Kind,
    /// Who returns it, and at what level.
    pub(super) parts: &'static [(&'static str, Course)],
    /// The area that the parts add up to, returned as well.
    pub(super) total: Option<&'static str>,
    /// First month.
    pub(super) from: i32,
    /// Last month.
    pub(super) to: i32,
    /// Counts of 1 and 2 come as `*`.
    pub(super) suppressed: bool,
}

const START: i32 = at(2014, 1);
const ALWAYS: i32 = i32::MAX;

const fn entry(
    measure: &'static str,
    kind: Kind,
    parts: &'static [(&'static str, Course)],
    from: i32,
    to: i32,
) -> Return {
    Return { measure, kind, parts, total: None, from, to, suppressed: false }
}

const fn split(
    measure: &'static str,
    kind: Kind,
    parts: &'static [(&'static str, Course)],
    from: i32,
) -> Return {
    Return { measure, kind, parts, total: Some("derbyshire"), from, to: ALWAYS, suppressed: false }
}

const fn hidden(
    measure: &'static str,
    kind: Kind,
    area: &'static [(&'static str, Course)],
) -> Return {
    Return {
        measure,
        kind,
        parts: area,
        total: None,
        from: at(2015, 4),
        to: ALWAYS,
        suppressed: true,
    }
}

/// Derby and Derbyshire county.
const DERBY: &str = "E06000015";
const COUNTY: &str = "E10000007";

/// Every return. The city falls and the county rises slowly in each section of the Act, so that
/// Derbyshire as a whole is stable; eleven people a week in step-down beds in August 2017; 80 %
/// of police trained then; 40 courses in the two years from April 2015.
pub(super) const RETURNS: &[Return] = &[
    split(
        "step_down_people",
        Kind::Weekly,
        &[
            ("03X", &[(at(2015, 4), 600), (at(2017, 8), 1_300)]),
            ("03Y", &[(at(2015, 4), 800), (at(2017, 8), 1_600)]),
            ("04J", &[(at(2015, 4), 1_700), (at(2017, 8), 2_900)]),
            ("04R", &[(at(2015, 4), 2_900), (at(2017, 8), 5_200)]),
        ],
        at(2015, 4),
    ),
    split(
        "mha_uses_s2",
        Kind::Count,
        &[
            (DERBY, &[(START, 17_000), (at(2018, 12), 15_500)]),
            (COUNTY, &[(START, 27_000), (at(2018, 12), 33_000)]),
        ],
        START,
    ),
    split(
        "mha_uses_s3",
        Kind::Count,
        &[
            (DERBY, &[(START, 9_500), (at(2018, 12), 8_200)]),
            (COUNTY, &[(START, 14_000), (at(2018, 12), 16_000)]),
        ],
        START,
    ),
    split(
        "mha_uses_s4",
        Kind::Count,
        &[(DERBY, &[(START, 300)]), (COUNTY, &[(START, 500)])],
        START,
    ),
    split(
        "mha_uses_s5_2",
        Kind::Count,
        &[
            (DERBY, &[(START, 5_500), (at(2018, 12), 4_800)]),
            (COUNTY, &[(START, 8_000), (at(2018, 12), 9_000)]),
        ],
        START,
    ),
    split(
        "mha_uses_s136",
        Kind::Count,
        &[
            (DERBY, &[(at(2015, 10), 17_000), (at(2017, 8), 9_000)]),
            (COUNTY, &[(at(2015, 10), 27_000), (at(2017, 8), 15_500)]),
        ],
        START,
    ),
    entry("police_trained", Kind::Standing(POLICE), TRAINED, START, ALWAYS),
    entry("police_trained", Kind::Standing(&[(START, 1_200_000)]), OFFICERS, at(2014, 12), ALWAYS),
    entry("control_room_trained", Kind::Standing(CONTROL_ROOM), IN_ROOM, at(2015, 3), ALWAYS),
    entry("amb_trained", Kind::Standing(CREWS), CREWS_TRAINED, at(2016, 4), ALWAYS),
    entry("mh_awareness_trained", Kind::Count, AWARENESS, at(2015, 1), ALWAYS),
    entry("awareness_courses", Kind::Cycle(&[2, 2, 1]), DERBYSHIRE, at(2015, 4), at(2017, 3)),
    entry("triage_calls", Kind::Count, TRIAGE, at(2015, 11), ALWAYS),
    entry("nhs111_mh_calls", Kind::Count, LINE_111, at(2016, 1), ALWAYS),
    entry("nhs111_needs_met", Kind::Share(&[(0, 34_000)]), MET_111, at(2015, 6), at(2016, 1)),
    entry("nhs111_community", Kind::Share(&[(0, 31_000)]), PLACE_111, at(2015, 6), at(2016, 1)),
    entry("self_help_groups", Kind::Level, GROUPS, at(2018, 1), ALWAYS),
    entry("ed_mh_attendances", Kind::Count, ATTENDANCES, START, ALWAYS),
    entry("ed_mh_12h_breaches", Kind::Share(&[(0, 210_000)]), BREACHES, at(2016, 4), ALWAYS),
    entry(
        "acute_stay_days",
        Kind::Stay(&[(at(2016, 4), 41), (at(2018, 12), 34)]),
        DISCHARGED,
        at(2016, 4),
        ALWAYS,
    ),
    hidden("bed_not_found", Kind::Share(&[(0, 26_000)]), NO_BED),
    entry("cyp_out_of_area", Kind::Count, CHILDREN, at(2014, 4), ALWAYS),
    entry("police_restraint", Kind::Count, POLICE_RESTRAINT, at(2018, 4), ALWAYS),
    entry("ward_restraints", Kind::Count, WARD_RESTRAINT, at(2015, 4), ALWAYS),
    entry("reviews_completed", Kind::Share(&[(0, 12_500)]), REVIEWS, at(2015, 10), ALWAYS),
    hidden("staff_assaults", Kind::Count, &[("nottinghamshire", &[(at(2015, 4), 9_500)])]),
    entry("si_reports_60_days", Kind::Share(&[(0, 7_000)]), REPORTS, at(2015, 4), ALWAYS),
    entry("crisis_offered_4h", Kind::Share(&[(0, 92_000)]), OFFERED, at(2015, 4), ALWAYS),
    entry("crisis_uptake", Kind::Share(&[(0, 81_000)]), UPTAKE, at(2015, 4), ALWAYS),
    entry("crisis_house_nights", Kind::Share(&[(0, 180_000)]), NIGHTS, at(2015, 1), ALWAYS),
    entry("crisis_house_heard", Kind::Share(&[(0, 22_000)]), HEARD, at(2015, 1), ALWAYS),
    entry("crisis_house_places", Kind::Level, PLACES, at(2015, 4), ALWAYS),
    entry("crisis_plans", Kind::Share(&[(0, 120_000)]), PLANS, at(2015, 8), ALWAYS),
    entry("crisis_presentations", Kind::Count, CRISIS, at(2015, 4), ALWAYS),
    entry("out_of_hours", Kind::Share(&[(0, 410_000)]), NIGHT, at(2015, 4), ALWAYS),
    entry("repeat_presentations", Kind::Share(&[(0, 160_000)]), AGAIN, at(2015, 4), ALWAYS),
    entry("carers_identified", Kind::Share(&[(0, 150_000)]), CARERS, at(2015, 4), ALWAYS),
    entry("named_contact", Kind::Share(&[(0, 24_000)]), NAMED, at(2016, 1), ALWAYS),
    entry("debrief_offered", Kind::Share(&[(0, 24_000)]), DEBRIEF, at(2016, 1), ALWAYS),
    entry("crisis_card", Kind::Count, CARD, at(2015, 9), ALWAYS),
    entry("suite_full", Kind::Count, FULL, at(2015, 4), ALWAYS),
];

/// Who returns a measure, and its course.
type Parts = &'static [(&'static str, Course)];

const POLICE: Course = &[(START, 2_060_000), (at(2018, 12), 1_940_000)];
const TRAINED: Parts = &[
    (
        "derbyshire",
        &[(START, 3_900), (at(2016, 1), 5_600), (at(2017, 8), 8_000), (at(2018, 12), 8_600)],
    ),
    ("hertfordshire", &[(START, 3_000), (at(2018, 12), 7_200)]),
    ("cambridgeshire", &[(START, 2_500), (at(2018, 12), 6_800)]),
    ("oxfordshire", &[(START, 3_400), (at(2018, 12), 7_900)]),
];
const OFFICERS: Parts = &[("nottinghamshire", &[(at(2014, 12), 2_100), (at(2015, 6), 10_000)])];
const CONTROL_ROOM: Course = &[(START, 239_000)];
const IN_ROOM: Parts = &[("nottinghamshire", &[(at(2015, 3), 3_100), (at(2015, 5), 10_000)])];
const CREWS: Course = &[(START, 640_000), (at(2018, 12), 690_000)];
const CREWS_TRAINED: Parts = &[("derbyshire", &[(at(2016, 4), 900), (at(2018, 12), 6_400)])];
const AWARENESS: Parts = &[("cambridgeshire", &[(at(2015, 1), 24_000), (at(2018, 12), 27_000)])];
const DERBYSHIRE: Parts = &[("derbyshire", &[])];
const TRIAGE: Parts =
    &[("derbyshire", &[(at(2015, 11), 95_000), (at(2017, 7), 210_000), (at(2018, 12), 340_000)])];
const LINE_111: Parts = &[("derbyshire", &[(at(2016, 1), 120_000), (at(2018, 12), 165_000)])];
const MET_111: Parts = &[("nottinghamshire", &[(0, 9_300)])];
const PLACE_111: Parts = &[("nottinghamshire", &[(0, 5_400)])];
const GROUPS: Parts = &[
    ("03X", &[(at(2018, 1), 3_000), (at(2018, 12), 4_000)]),
    ("03Y", &[(at(2018, 1), 4_000), (at(2018, 12), 4_000)]),
    ("04J", &[(at(2018, 1), 9_000), (at(2018, 12), 12_000)]),
    ("04R", &[(at(2018, 1), 14_000), (at(2018, 12), 19_000)]),
];
const ATTENDANCES: Parts = &[
    ("derbyshire", &[(START, 230_000), (at(2018, 12), 212_000)]),
    ("nottinghamshire", &[(START, 260_000), (at(2018, 12), 248_000)]),
    ("oxfordshire", &[(START, 150_000), (at(2018, 12), 158_000)]),
];
const BREACHES: Parts = &[("derbyshire", &[(at(2016, 4), 240), (at(2017, 11), 110)])];
const DISCHARGED: Parts = &[("derbyshire", &[(at(2016, 4), 58_000)])];
const NO_BED: Parts = &[("nottinghamshire", &[(at(2015, 4), 1_900), (at(2018, 12), 1_300)])];
const CHILDREN: Parts = &[
    ("04J", &[(at(2016, 3), 2_000), (at(2017, 3), 1_000)]),
    ("04R", &[(at(2014, 4), 2_300), (at(2018, 12), 2_100)]),
];
const POLICE_RESTRAINT: Parts = &[("derbyshire", &[(at(2018, 4), 13_000)])];
const WARD_RESTRAINT: Parts = &[
    ("nottinghamshire", &[(at(2015, 4), 46_000), (at(2018, 12), 37_000)]),
    ("hertfordshire", &[(at(2015, 4), 39_000), (at(2018, 12), 33_000)]),
];
const REVIEWS: Parts = &[("nottinghamshire", &[(at(2015, 10), 5_400), (at(2018, 12), 7_800)])];
const REPORTS: Parts = &[("nottinghamshire", &[(at(2015, 4), 8_700)])];
const OFFERED: Parts =
    &[("nottinghamshire", &[(at(2015, 4), 8_500), (at(2015, 11), 8_900), (at(2018, 12), 9_200)])];
const UPTAKE: Parts = &[("nottinghamshire", &[(at(2015, 4), 6_300), (at(2018, 12), 7_100)])];
const NIGHTS: Parts = &[("nottinghamshire", &[(at(2015, 1), 4_200), (at(2018, 12), 7_000)])];
const HEARD: Parts = &[("nottinghamshire", &[(at(2015, 1), 9_100)])];
const PLACES: Parts = &[("cambridgeshire", &[(at(2016, 1), 0), (at(2016, 6), 6_000)])];
const PLANS: Parts = &[
    ("hertfordshire", &[(at(2015, 8), 5_200), (at(2018, 12), 7_300)]),
    ("nottinghamshire", &[(at(2015, 8), 3_100), (at(2016, 12), 8_200)]),
    ("oxfordshire", &[(at(2015, 8), 6_000), (at(2018, 12), 8_800)]),
];
const CRISIS: Parts = &[("hertfordshire", &[(at(2015, 4), 390_000), (at(2018, 12), 430_000)])];
const NIGHT: Parts = &[("hertfordshire", &[(at(2015, 4), 5_600)])];
const AGAIN: Parts = &[
    ("derbyshire", &[(at(2015, 4), 1_700), (at(2018, 12), 1_400)]),
    ("hertfordshire", &[(at(2015, 4), 1_800), (at(2018, 12), 1_700)]),
    ("cambridgeshire", &[(at(2015, 4), 1_900), (at(2018, 12), 1_600)]),
    ("oxfordshire", &[(at(2015, 4), 1_600), (at(2018, 12), 1_500)]),
];
const CARERS: Parts = &[("hertfordshire", &[(at(2015, 4), 4_400), (at(2018, 12), 6_900)])];
const NAMED: Parts = &[("oxfordshire", &[(at(2016, 1), 8_100), (at(2018, 12), 9_400)])];
const DEBRIEF: Parts = &[("oxfordshire", &[(at(2016, 1), 5_000), (at(2018, 12), 7_700)])];
const CARD: Parts = &[("cambridgeshire", &[(at(2015, 9), 14_000), (at(2018, 12), 31_000)])];
const FULL: Parts = &[("oxfordshire", &[(at(2015, 4), 4_500), (at(2018, 12), 2_600)])];
