//! The feed of responses: besides ambulances at a detention, crisis teams, liaison teams and
//! approved mental-health professionals.

use super::clock::{along, arrivals, office_hours, written};
use super::county::County;
use super::delivery::{Shape, spelt};
use super::dice::{Dice, Spread};
use super::field::Field;
use super::rows::Rows;

/// What its files look like.
pub(super) const SHAPE: Shape = Shape {
    feed: "responses",
    headings: &[
        &["Response", "Response ID"],
        &["Area", "County"],
        &["Incident", "Service"],
        &["Priority"],
        &["Called", "Referred"],
        &["On scene", "Seen"],
    ],
    times: &[5],
    age: None,
    end: 5,
};

/// A kind of response: spellings, calls a month in thousandths, limit in minutes by priority.
struct Kind {
    words: Words,
    monthly: u64,
    priorities: &'static [(u64, Priority)],
}

type Words = &'static [&'static str];
/// Spellings of a priority, and the minutes in which somebody is to be there.
type Priority = (Words, i64);

const KINDS: [Kind; 3] = [
    Kind {
        words: &["CRHT", "Crisis team"],
        monthly: 17_000,
        priorities: &[
            (55, (&["VU", "Very urgent"], 240)),
            (35, (&["U", "Urgent"], 1_440)),
            (10, (&["R", "Routine"], 2_880)),
        ],
    },
    Kind {
        words: &["LIA", "ED liaison"],
        monthly: 15_000,
        priorities: &[(1, (&["U", "Urgent"], 60))],
    },
    Kind {
        words: &["AMHP", "AMHP request"],
        monthly: 7_000,
        priorities: &[(7, (&["U", "Urgent"], 180)), (3, (&["R", "Routine"], 1_440))],
    },
];

/// Part of the limit that a response in time takes, in thousandths.
const IN_TIME: Spread = &[(0, 40), (500, 480), (900, 880), (1000, 1_000)];
/// The same for one that comes too late.
const LATE: Spread = &[(0, 1_010), (600, 1_500), (950, 2_900), (1000, 6_000)];

/// Adds the calls of a month that are no detentions; their numbers come later.
pub(super) fn month(
    county: &County,
    when: i32,
    scale: u64,
    rows: &mut Rows<{ SHAPE.headings.len() }>,
    dice: &mut Dice,
) {
    for kind in &KINDS {
        for called in arrivals(dice, when, kind.monthly, scale) {
            let (priority, limit) = dice.pick(kind.priorities);
            let ease = if office_hours(called) { 300 } else { 0 };
            let in_time = dice.chance((along(county.in_time, when) + ease).min(9_800));
            let part = dice.spread(if in_time { IN_TIME } else { LATE });
            let seen = (!dice.chance(220)).then(|| written(called + (limit * part / 1000).max(1)));
            let row = [
                Field::BLANK,
                Field::Word(county.id),
                spelt(kind.words, when, dice),
                spelt(priority, when, dice),
                written(called),
                if dice.chance(12) { written(called - 15) } else { seen.unwrap_or(Field::BLANK) },
            ];
            rows.push(called, row);
        }
    }
}
