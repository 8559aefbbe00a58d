//! Where rows stop: each step in turn, from the last to the first.

use polars::prelude::PolarsResult;

use super::members::Belonging;
use super::{Asked, Truth};
use crate::feeds::coded::{self, Codes};
use crate::feeds::contract::Rows;
use crate::measures::calendar::last_followed;
use crate::measures::plan::{Fold, Test};
use crate::measures::polars::{NO_LIMIT, RUNNING, UNDECIDED};
use crate::measures::rows::{Stop, TakenRows};

impl Asked<'_, '_> {
    /// Where a step leaves each row that fails it, or cannot be decided there and fails none after it.
    pub(super) fn judge(
        &self,
        test: &Test,
        at: u16,
        taken: &mut TakenRows,
        flaws: &[i32],
    ) -> PolarsResult<()> {
        let Self { plan, batch, contract, request, .. } = *self;
        let TakenRows { stops, days, outcomes, above, below, spans, .. } = taken;
        match test {
            Test::Filter(filter) => {
                let truths = batch.truths(filter)?;
                mark(stops, at, |row| truths[row]);
            }
            Test::TimeKnown => mark(stops, at, |row| Truth::of(days[row].is_some())),
            Test::PlaceKnown(column) => {
                let known = batch.known(column)?;
                // what has not ended fails, what is only not known may still lie anywhere
                let fails = match (contract.rows, contract.open_ends.contains(column)) {
                    (Rows::Stays, _) => vec![true; known.len()],
                    (_, true) => batch.flags(&format!("{column}@blank"))?,
                    (_, false) => vec![false; known.len()],
                };
                mark(stops, at, |row| match (known[row], fails[row]) {
                    (true, _) => Truth::Yes,
                    (false, true) => Truth::No,
                    (false, false) => Truth::Unknown,
                });
            }
            Test::InArea => {
                let Some(column) = &contract.area else { return Ok(()) };
                let areas = Belonging::new(&request.areas);
                let codes = batch.rows.column(column)?.cast(&coded::kind())?;
                let codes = Codes::new(&codes);
                let codes: Vec<Option<u32>> = codes.iter().flat_map(Codes::numbers).collect();
                mark(stops, at, |row| areas.holds(codes[row], days[row]));
            }
            Test::NotSuppressed(columns) => {
                for column in columns {
                    let withheld = batch.flags(&format!("{column}@suppressed"))?;
                    mark(stops, at, |row| Truth::of(!withheld[row]));
                }
            }
            Test::FigureGiven(columns) => {
                for column in columns {
                    let known = batch.known(column)?;
                    mark(stops, at, |row| Truth::of(known[row]));
                }
            }
            Test::Ordered => {
                let ordered = |row: usize| spans[row].map(|span| span.to >= span.from);
                mark(stops, at, |row| Truth::perhaps(ordered(row)));
            }
            Test::KeyKnown(column) => {
                let known = batch.known(column)?;
                mark(stops, at, |row| Truth::known(known[row]));
            }
            Test::ValueKnown => mark(stops, at, |row| {
                Truth::known(above.get(row).is_some() && below.get(row).is_some())
            }),
            Test::FollowedUp(follow) => {
                let last = last_followed(request.as_at, *follow);
                mark(stops, at, |row| Truth::perhaps(days[row].map(|day| day <= last)));
            }
            Test::ConditionKnown | Test::ClockKnown => {
                mark(stops, at, |row| Truth::known(outcomes[row] != UNDECIDED));
            }
            Test::LimitInForce => mark(stops, at, |row| Truth::of(outcomes[row] != NO_LIMIT)),
            Test::NotRunning => mark(stops, at, |row| Truth::of(outcomes[row] != RUNNING)),
            Test::Sound(flaw) => {
                let clock = matches!(plan.fold, Fold::Within(_));
                let told = |row: usize| clock && outcomes[row] != UNDECIDED;
                mark(stops, at, |row| Truth::known(flaws[row] != flaw.number() || told(row)));
            }
        }
        Ok(())
    }
}

/// Steps come from the last to the first.
fn mark(stops: &mut [Stop], step: u16, truth: impl Fn(usize) -> Truth) {
    for (row, stop) in stops.iter_mut().enumerate() {
        match truth(row) {
            Truth::No => *stop = Stop::Failed(step),
            Truth::Unknown if !matches!(stop, Stop::Failed(_)) => *stop = Stop::Unknown(step),
            _ => {}
        }
    }
}
