//! Aggregates beside series, from the rows that a measure counts: the same steps, the same areas.
//!
//! A row belongs to the months of its day, as in the measure's series. What cannot take part is
//! counted apart and never guessed.

use std::collections::BTreeSet;

use polars::prelude::{BooleanChunked, DataFrame, DataType, PolarsResult};

use crate::aggregate::{Apart, Why, Window};
use crate::feeds::Feed;
use crate::feeds::contract::Contract;
use crate::filter::ColumnType;
use crate::measures::Request;
use crate::measures::calendar::{Calendar, Delivered, day_number};
use crate::measures::plan::Plan;
use crate::measures::points::unsettled;
use crate::measures::polars::{DAY, OUTCOME, Stage};
use crate::measures::prepared::Prepared;
use crate::measures::rows::{Stop, stops};
use crate::measures::stays::{FROM, FROM_DAY, Span, TO, TO_DAY, spans};
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

/// Which rows lie in a window.
#[derive(Debug, Clone, Copy)]
enum Inside {
    /// Those whose day does.
    Day(Window),
    /// Stays that have a day in it or end on its first.
    Stay(Window),
}

impl Inside {
    fn rows(self, frame: &DataFrame) -> PolarsResult<Vec<bool>> {
        let days = |window: Window| {
            (day_number(window.first.first_day()), day_number(window.last.last_day()))
        };
        Ok(match self {
            Self::Day(window) => {
                let (first, last) = days(window);
                let inside =
                    |day: Option<i32>| day.is_some_and(|day| (first..=last).contains(&day));
                frame.column(DAY)?.i32()?.iter().map(inside).collect()
            }
            Self::Stay(window) => {
                let (first, last) = days(window);
                let seen = |stay: Span| stay.from_day <= last && stay.to_day >= first;
                spans(frame)?.into_iter().map(|stay| stay.is_some_and(seen)).collect()
            }
        })
    }
}

/// The rows of a window that a measure counts.
struct Taken {
    /// With what the plan makes of each, and the columns asked for.
    frame: DataFrame,
    /// How many of the window's rows could not be decided.
    undecided: u64,
}

impl Taken {
    fn new(
        plan: &Plan,
        feed: &Feed,
        request: &Request,
        inside: Inside,
        columns: &[&str],
    ) -> PolarsResult<Self> {
        let stages: Vec<Stage<'_>> =
            plan.steps.iter().map(|step| Stage::Test(&step.test)).collect();
        let prepared = Prepared::new(plan, &stages, feed, request, columns)?;
        let of = |rows: DataFrame| {
            let frame = prepared.steps(rows)?;
            let stops = stops(&frame, stages.len())?;
            let inside = inside.rows(&frame)?;
            let rows = || stops.iter().zip(&inside);
            let counted: BooleanChunked =
                rows().map(|(stop, inside)| *inside && *stop == Stop::Counted).collect();
            let undecided =
                rows().filter(|(stop, inside)| **inside && matches!(stop, Stop::Unknown(_)));
            let asked = [DAY, OUTCOME, FROM_DAY, TO_DAY, FROM, TO];
            let asked = asked.into_iter().chain(columns.iter().copied());
            let asked: BTreeSet<&str> =
                asked.filter(|name| frame.schema().contains(name)).collect();
            Ok((frame.select(asked)?.filter(&counted)?, undecided.count() as u64))
        };
        let (mut all, mut undecided): (Option<DataFrame>, u64) = (None, 0);
        prepared.each(of, |(found, more)| {
            undecided += more;
            match &mut all {
                Some(all) => {
                    all.vstack_mut_owned(found)?;
                }
                None => all = Some(found),
            }
            Ok(())
        })?;
        let mut frame = match all {
            Some(frame) => frame,
            // of a feed without rows there are the columns
            None => prepared.steps(prepared.none()?)?,
        };
        frame.rechunk_mut();
        Ok(Self { frame, undecided })
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
    let met: BTreeSet<&String> = met.iter().flatten().collect();
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
