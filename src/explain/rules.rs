//! Each row of the rating table written out: its conditions with the numbers of one finding.
//!
//! This is a second reading of the table, made for people. A test holds it to the first over
//! thousands of series: for every row that was tried both say the same.

use crate::judgement::facts::{Facts, Promise};

mod events;
mod process;

/// A condition, or several put together.
#[derive(Debug, Clone, PartialEq)]
pub enum Clause {
    /// One comparison, with its numbers, and whether it is true.
    Is(String, bool),
    /// All must hold; what follows the first that does not is not looked at.
    All(Vec<Clause>),
    /// One must hold; what follows the first that does is not looked at.
    Any(Vec<Clause>),
}

impl Clause {
    /// Whether it holds.
    pub fn holds(&self) -> bool {
        match self {
            Self::Is(_, holds) => *holds,
            Self::All(clauses) => clauses.iter().all(Self::holds),
            Self::Any(clauses) => clauses.iter().any(Self::holds),
        }
    }

    /// Each comparison in order: how deep it stands, its words, and whether it is true; `None`
    /// where it was not looked at. Several of which one must hold stand under "one of:", and several
    /// that are one of these under "all of:".
    pub fn lines(&self) -> Vec<(usize, String, Option<bool>)> {
        let mut lines = Vec::new();
        self.write(0, true, &mut lines);
        lines
    }

    fn write(&self, depth: usize, looked: bool, lines: &mut Vec<(usize, String, Option<bool>)>) {
        match self {
            Self::Is(words, holds) => lines.push((depth, words.clone(), looked.then_some(*holds))),
            Self::All(clauses) => {
                let mut looked = looked;
                for clause in clauses {
                    clause.write(depth, looked, lines);
                    looked &= clause.holds();
                }
            }
            Self::Any(clauses) => {
                lines.push((depth, "one of:".to_owned(), looked.then_some(self.holds())));
                let mut looked = looked;
                for clause in clauses {
                    let several = matches!(clause, Self::All(_));
                    if several {
                        let said = looked.then_some(clause.holds());
                        lines.push((depth + 1, "all of:".to_owned(), said));
                    }
                    clause.write(depth + 1 + usize::from(several), looked, lines);
                    looked &= !clause.holds();
                }
            }
        }
    }
}

use Clause::{All, Any};

fn is(words: impl Into<String>, holds: bool) -> Clause {
    Clause::Is(words.into(), holds)
}

/// The conditions of a row of the table, by its code.
pub fn written(code: &str, facts: &Facts) -> Clause {
    match code.as_bytes().first() {
        Some(b'N') => not_rated(code, facts),
        Some(b'E' | b'Z') => events::events(code, facts),
        Some(b'M') => events::milestone(code, facts),
        Some(b'C') => events::total(code, facts),
        Some(b'D') => process::direction(code, facts),
        _ => process::numeric(code, facts),
    }
}

fn promised(facts: &Facts, promise: Promise, words: &str) -> Clause {
    is(words, facts.promise == promise)
}

fn not_rated(code: &str, facts: &Facts) -> Clause {
    match code {
        "N1" => {
            let waits = facts.promise != Promise::Milestone;
            Any(vec![
                is("something keeps the settled value from being judged", facts.absent.is_some()),
                All(vec![
                    is("the promise waits for figures (all but milestones do)", waits),
                    is("there is no settled value", facts.value.is_none()),
                    is("and not because there were no cases", !facts.no_cases),
                ]),
            ])
        }
        "N2" => promised(facts, Promise::Monitor, "the plan promises nothing"),
        "N4" => is("no cases in the latest settled period and the two before it", facts.no_cases),
        _ => {
            let year = facts.events.as_ref().map_or(0, |events| events.year);
            let unknown = facts.events.as_ref().map_or(0, |events| events.unknown);
            let incomplete = facts.events.as_ref().is_none_or(|events| !events.complete);
            All(vec![
                Any(vec![
                    promised(facts, Promise::Never, "it is a never event"),
                    promised(facts, Promise::Zero, "it is a count with target 0"),
                ]),
                is(format!("events in 12 months: {year} = 0"), year == 0),
                Any(vec![
                    is(format!("records that cannot be decided: {unknown} > 0"), unknown > 0),
                    is("the 12 months are not all known", incomplete),
                ]),
            ])
        }
    }
}
