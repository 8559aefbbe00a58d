//! What the rows of one month add up to. Months are joined into longer periods by adding their
//! sums, never by averaging their values.

use std::collections::BTreeSet;

use crate::measures::bag::{Bag, from_decimal, to_decimal};
use crate::measures::people::Who;
use crate::measures::plan::{Fold, Plan, Test};
use crate::measures::polars::{INSIDE, OUTSIDE, UNDECIDED};
use crate::measures::rows::{Number, Stop, TakenRows};

/// A sum: whole numbers exactly, decimals kept apart so that their order cannot matter.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Total {
    exact: i64,
    decimals: Bag,
}

impl Total {
    pub(super) fn add(&mut self, number: Number) {
        match number {
            Number::Exact(number) => self.exact = self.exact.saturating_add(number),
            Number::Decimal(number) => self.decimals.add(from_decimal(number)),
        }
    }

    fn join(&mut self, other: &Self) {
        self.exact = self.exact.saturating_add(other.exact);
        self.decimals.join(&other.decimals);
    }

    /// The sum, when it is one of whole numbers.
    pub(super) fn exact(&self) -> Option<i64> {
        self.decimals.is_empty().then_some(self.exact)
    }

    /// The sum; decimals are added smallest first with the lost part carried along (Neumaier).
    pub(super) fn value(&self) -> f64 {
        let decimals = self.decimals.clone().counts();
        let each = |(key, times): (i64, u64)| (0..times).map(move |_| to_decimal(key));
        let (mut sum, mut lost) = (real(self.exact), 0.0);
        for number in decimals.into_iter().flat_map(each) {
            let next = sum + number;
            lost += if sum.abs() >= number.abs() {
                (sum - next) + number
            } else {
                (number - next) + sum
            };
            sum = next;
        }
        sum + lost
    }
}

/// What a source says of a month's rows, besides their figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Said {
    /// A figure was withheld.
    Suppressed,
    /// A row came without its figure.
    Blank,
    /// Two rows give the figure of one month.
    Twice,
    /// The figure covers a part of the month.
    Partial,
    /// The figure may still move.
    Provisional,
    /// The figure is final.
    Final,
    /// Nothing.
    Silent,
}

/// Sums of one month, or of several.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    /// Rows counted.
    pub(super) rows: i64,
    /// Above the line.
    pub(super) above: Total,
    /// Below the line.
    pub(super) below: Total,
    /// The numbers of the rows, for quantiles, as [`from_decimal`] gives them.
    pub(super) numbers: Bag,
    /// The people of the rows, as often as they come.
    pub(super) people: Bag<Who>,
    /// The people of rows that could not be decided, where they are known.
    pub(super) perhaps_people: Bag<Who>,
    /// How many such rows there are.
    pub(super) perhaps_named: i64,
    /// Rows that could not be decided.
    pub(super) unknown: u64,
    /// Of these, the ones that are above the line if they count.
    pub(super) perhaps_inside: i64,
    /// Of these, the ones that are below the line only if they count.
    pub(super) perhaps_outside: i64,
    /// Of these, the ones that may be either.
    pub(super) undecided: i64,
    /// Rows that count, but for a condition that cannot be told: among those counted, or among those
    /// that could not be decided, as the measure says.
    pub(super) untold: i64,
    /// What the source says.
    pub(super) said: BTreeSet<Said>,
}

impl Tally {
    /// Adds another month.
    pub(super) fn join(&mut self, other: &Self) {
        self.rows += other.rows;
        self.above.join(&other.above);
        self.below.join(&other.below);
        self.numbers.join(&other.numbers);
        self.people.join(&other.people);
        self.perhaps_people.join(&other.perhaps_people);
        self.perhaps_named += other.perhaps_named;
        self.unknown += other.unknown;
        self.perhaps_inside += other.perhaps_inside;
        self.perhaps_outside += other.perhaps_outside;
        self.undecided += other.undecided;
        self.untold += other.untold;
        self.said.extend(&other.said);
    }

    /// Adds a row of its month.
    pub(super) fn add(&mut self, plan: &Plan, rows: &TakenRows, row: usize) {
        match rows.stops[row] {
            Stop::Counted => {
                if self.rows > 0 && matches!(plan.fold, Fold::Given(..)) {
                    self.said.insert(Said::Twice);
                }
                self.count(plan, rows, row);
                self.hear(rows, row);
            }
            Stop::Unknown(step) => {
                self.untold += i64::from(plan.lacks_condition(step.into()));
                self.doubt(plan, rows, row);
            }
            Stop::Failed(step) => {
                let said = plan.steps.get(usize::from(step)).and_then(|step| failing(&step.test));
                self.said.extend(said);
            }
        }
    }

    fn count(&mut self, plan: &Plan, rows: &TakenRows, row: usize) {
        self.rows += 1;
        match plan.fold {
            Fold::Count | Fold::Rate { .. } => self.above.add(Number::Exact(1)),
            Fold::Distinct(_) => {
                if let Some(person) = rows.people[row] {
                    self.people.add(person);
                }
            }
            Fold::Share(..) | Fold::Within(_) | Fold::Repeat(..) => {
                let inside = rows.outcomes[row] == INSIDE;
                self.untold += i64::from(rows.outcomes[row] == UNDECIDED);
                self.above.add(Number::Exact(i64::from(inside)));
                self.below.add(Number::Exact(1));
            }
            Fold::Quantile(..) => match rows.above.get(row) {
                Some(Number::Exact(number)) => self.numbers.add(from_decimal(real(number))),
                Some(Number::Decimal(number)) => self.numbers.add(from_decimal(number)),
                None => {}
            },
            Fold::Sum(_) | Fold::Mean(_) | Fold::Ratio(..) | Fold::Given(..) => {
                if let (Some(above), Some(below)) = (rows.above.get(row), rows.below.get(row)) {
                    self.above.add(above);
                    self.below.add(below);
                }
            }
            Fold::Gap | Fold::Census(..) => {}
        }
    }

    /// Adds the days since the event before; `None` where something between was not delivered.
    pub(super) fn gap(&mut self, days: Option<i32>) {
        match days {
            Some(days) => {
                self.above.add(Number::Exact(days.into()));
                self.below.add(Number::Exact(1));
            }
            None => self.unknown += 1,
        }
    }

    /// How many different people there are, and the most there could be were every unknown row
    /// known: a row without a person may be a further one.
    pub(super) fn distinct(&self) -> (i64, i64) {
        let sure: BTreeSet<Who> = people(&self.people).collect();
        let perhaps = people(&self.perhaps_people).filter(|person| !sure.contains(person)).count();
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let nameless = i64::try_from(self.unknown).unwrap_or(i64::MAX) - self.perhaps_named;
        let least = whole(sure.len());
        (least, least + whole(perhaps) + nameless)
    }

    fn doubt(&mut self, plan: &Plan, rows: &TakenRows, row: usize) {
        self.unknown += 1;
        if let Some(person) = rows.people.get(row).copied().flatten() {
            self.perhaps_people.add(person);
            self.perhaps_named += 1;
        }
        match rows.outcomes.get(row).copied() {
            Some(INSIDE) => self.perhaps_inside += 1,
            Some(OUTSIDE) => self.perhaps_outside += 1,
            Some(UNDECIDED) if plan.fold.counts_unknown() => self.perhaps_outside += 1,
            _ => self.undecided += 1,
        }
    }

    fn hear(&mut self, rows: &TakenRows, row: usize) {
        if rows.partial.is_empty() && rows.status.is_empty() {
            return;
        }
        if rows.partial.get(row).copied().flatten() == Some(true) {
            self.said.insert(Said::Partial);
        }
        let said = match rows.status.get(row).and_then(Option::as_deref) {
            Some("final") => Said::Final,
            Some("provisional") => Said::Provisional,
            Some("partial") => Said::Partial,
            _ => Said::Silent,
        };
        self.said.insert(said);
    }
}

/// Different people.
fn people(bag: &Bag<Who>) -> impl Iterator<Item = Who> {
    bag.clone().counts().into_iter().map(|(person, _)| person)
}

/// What it says of a month that a row of its figures fails a step.
fn failing(test: &Test) -> Option<Said> {
    match test {
        Test::NotSuppressed(_) => Some(Said::Suppressed),
        Test::FigureGiven(_) => Some(Said::Blank),
        _ => None,
    }
}

/// A whole number as a real one; exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "sums of events, seconds and days stay below 2^53")]
pub(super) fn real(number: i64) -> f64 {
    number as f64
}
