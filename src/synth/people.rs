//! Pseudonyms, some of whom come back.

use super::dice::{Dice, Spread};
use super::field::Field;

/// A person as a feed knows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    number: u64,
    /// Age in years.
    pub(super) age: u64,
}

impl Person {
    /// The pseudonym, as in `P0001234`.
    pub(super) fn pseudonym(self) -> Field {
        Field::number("P", 7, self.number)
    }
}

/// Whom an event needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Anybody, perhaps somebody met before.
    Anyone,
    /// Somebody of 18 or over, not met before.
    Adult,
    /// Somebody under 18, not met before.
    Child,
}

/// How many of the people met last may come back.
const REMEMBERED: usize = 120;
/// Detentions of somebody met before, in ten thousand.
const RETURNING: u64 = 1_700;

/// Everybody an area has met.
#[derive(Debug)]
pub(super) struct People {
    /// Place of the area among all, so that no two areas give the same pseudonym.
    area: u64,
    areas: u64,
    met: u64,
    recent: Vec<(Person, i32)>,
}

impl People {
    /// Nobody yet, in one of several areas.
    pub(super) fn new(area: usize, areas: usize) -> Self {
        let count = |number: usize| u64::try_from(number).unwrap_or_default();
        Self { area: count(area), areas: count(areas), met: 0, recent: Vec::new() }
    }

    /// Somebody, in the month counted from January 2014.
    pub(super) fn meet(&mut self, dice: &mut Dice, when: i32, who: Who) -> Person {
        if who == Who::Anyone && self.recent.len() == REMEMBERED && dice.chance(RETURNING) {
            let (person, met) = self.recent[dice.index(REMEMBERED)];
            let years = u64::from((when - met).cast_unsigned() / 12);
            return Person { age: person.age + years, ..person };
        }
        let age = dice.spread(match who {
            Who::Anyone => AGES,
            Who::Adult => ADULT_AGES,
            Who::Child => CHILD_AGES,
        });
        let number = self.met * self.areas + self.area;
        let person = Person { number, age: age.cast_unsigned() };
        self.met += 1;
        if self.recent.len() < REMEMBERED {
            self.recent.push((person, when));
        } else {
            self.recent[dice.index(REMEMBERED)] = (person, when);
        }
        person
    }
}

const AGES: Spread = &[(0, 12), (45, 18), (400, 29), (720, 44), (940, 63), (1000, 89)];
const ADULT_AGES: Spread = &[(0, 18), (400, 29), (720, 44), (940, 63), (1000, 80)];
const CHILD_AGES: Spread = &[(0, 14), (1000, 18)];
