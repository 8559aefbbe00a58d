//! Aggregates beside series, from the rows that a measure counts: the same steps, the same areas.
//!
//! A row belongs to the months of its day, as in the measure's series. What cannot take part is
//! counted apart and never guessed.

use polars::prelude::{DataFrame, DataType, PolarsResult};

use crate::aggregate::{Apart, Why, Window};
use crate::feeds::Feed;
use crate::feeds::contract::Contract;
use crate::filter::ColumnType;
use crate::measures::Request;
use crate::measures::calendar::{Calendar, Delivered, day_number};
use crate::measures::plan::Plan;
use crate::measures::points::unsettled;
use crate::measures::polars::{DAY, Stage, lower};
use crate::measures::rows::{Stop, stops};
use crate::period::Month;

mod distribution;
mod flow;
mod grid;
mod people;

pub use distribution::distribution;
pub use flow::{cost, flow, lengths};
pub use grid::{by_codes, by_hour};
pub use people::people;

/// The latest settled months of a measure, at most so many: the last is the latest that was delivered
/// and can no longer move at the as-at month. `None` where there is none.
pub fn window(plan: &Plan, feed: &Feed, request: &Request, most: i32) -> Option<Window> {
    let calendar = Calendar::new(feed, request, plan.look_back());
    let months: Vec<(Month, bool)> = calendar
        .pieces
        .iter()
        .map(|piece| (Month::containing(piece.first), piece.delivered != Delivered::Nothing))
        .collect();
    let settled = |month: Month| {
        let period = month.period();
        !unsettled(period, request.as_at, feed.contract.settles_after)
            && !calendar.is_provisional(period)
    };
    let last = months.iter().rev().find(|(month, there)| *there && settled(*month))?.0;
    let first = months.iter().find(|(_, there)| *there)?.0.max(last.plus(1 - most));
    let inside = months.iter().filter(|(month, there)| *there && (first..=last).contains(month));
    Some(Window { first, last, delivered: inside.count() })
}

/// A feed's rows with where each stopped, and the day of each.
struct Taken {
    frame: DataFrame,
    stops: Vec<Stop>,
    days: Vec<Option<i32>>,
}

impl Taken {
    fn new(plan: &Plan, feed: &Feed, request: &Request) -> PolarsResult<Self> {
        let stages: Vec<Stage<'_>> =
            plan.steps.iter().map(|step| Stage::Test(&step.test)).collect();
        let frame = lower(plan, &stages, feed, request)?;
        let stops = stops(&frame, stages.len())?;
        let days = frame.column(DAY)?.i32()?.iter().collect();
        Ok(Self { frame, stops, days })
    }

    /// The rows of the window that are counted, and how many of its rows could not be decided.
    fn inside(&self, window: Window) -> (Vec<usize>, u64) {
        let (first, last) =
            (day_number(window.first.first_day()), day_number(window.last.last_day()));
        let placed = |row: usize| self.days[row].is_some_and(|day| (first..=last).contains(&day));
        let rows = || (0..self.stops.len()).filter(|row| placed(*row));
        let counted = rows().filter(|row| self.stops[*row] == Stop::Counted).collect();
        let undecided = rows().filter(|row| matches!(self.stops[*row], Stop::Unknown(_))).count();
        (counted, undecided as u64)
    }

    /// A column of codes, areas or other texts.
    fn texts(&self, column: &str) -> PolarsResult<Vec<Option<String>>> {
        let texts = self.frame.column(column)?.cast(&DataType::String)?;
        Ok(texts.str()?.iter().map(|text| text.map(str::to_owned)).collect())
    }
}

/// The codes of a column in the contract's order; of other columns the values met, sorted.
fn codes(contract: &Contract, column: &str, met: &[Option<String>]) -> Vec<String> {
    let listed = contract.columns.iter().find_map(|(name, kind)| match kind {
        ColumnType::Code(codes) if name == column => Some(codes.clone()),
        _ => None,
    });
    let met: std::collections::BTreeSet<&String> = met.iter().flatten().collect();
    match listed {
        Some(listed) => listed.into_iter().filter(|code| met.contains(code)).collect(),
        None => met.into_iter().cloned().collect(),
    }
}

/// Counts by reason, those without a row left out.
fn apart(counts: &[(Why, u64)]) -> Apart<f64> {
    counts.iter().filter(|(_, rows)| *rows > 0).map(|(why, rows)| (*why, real(*rows))).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^52")]
fn real(count: u64) -> f64 {
    count as f64
}
