//! What the rows of each series add up to: rows are taken some at a time, side by side, and what they add
//! up to is joined in their order.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::measures::bag::Bag;
use crate::measures::calendar::{Calendar, day_number};
use crate::measures::kernel::{self, Stretch};
use crate::measures::plan::{Fold, Plan};
use crate::measures::polars::Stage;
use crate::measures::prepared::Prepared;
use crate::measures::rows::{Stop, TakenRows, plainly};
use crate::measures::stays::Span;
use crate::measures::tally::{Said, Tally};
use crate::measures::{Body, Request};

/// What the rows of one series add up to.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// By piece of the calendar; of stays nothing.
    pub(super) pieces: Vec<Tally>,
    /// Stays that are counted.
    pub(super) counted: Vec<Span>,
    /// Stays that could not be decided.
    pub(super) undecided: Vec<Span>,
    /// Days of counted rows, where single events are asked for.
    pub(super) events: Bag,
    /// Pieces with rows that count or may count, where they are asked for.
    pub(super) live: Vec<bool>,
    /// Whether there are such rows.
    pub(super) met: bool,
}

/// What rows are added up by.
#[derive(Clone, Copy)]
pub(super) struct Adding<'a> {
    pub(super) plan: &'a Plan,
    pub(super) feed: &'a Feed,
    pub(super) request: &'a Request,
    pub(super) calendar: &'a Calendar,
    /// Whether it is asked in which pieces there are rows.
    pub(super) live: bool,
    pub(super) body: Body,
}

/// The sums of each code of the split asked for; without one, of all rows.
pub(super) fn sums(adding: Adding<'_>) -> PolarsResult<BTreeMap<Option<String>, Sums>> {
    let Adding { plan, feed, request, .. } = adding;
    let stages: Vec<Stage<'_>> = plan.steps.iter().map(|step| Stage::Test(&step.test)).collect();
    let prepared = Prepared::new(plan, &stages, feed, request, &[])?;
    let places = Places::new(adding.calendar, request);
    let of = |chunk: DataFrame| {
        let taken = match adding.body {
            Body::Kernel => kernel::take(plan, &Stretch::new(&chunk), &feed.contract, request)?,
            Body::Plain => plainly(plan, &stages, &chunk, &feed.contract, request)?,
        };
        Ok(adding.add_up(&places, &taken))
    };
    let mut all: BTreeMap<Option<String>, Sums> = BTreeMap::new();
    if request.split.is_none() {
        all.insert(None, adding.nothing());
    }
    prepared.each(of, |found| {
        for (code, sums) in found {
            all.entry(code).or_insert_with(|| adding.nothing()).join(sums, plan);
        }
        Ok(())
    })?;
    Ok(all)
}

impl Adding<'_> {
    /// The sums of a series without rows.
    pub(super) fn nothing(&self) -> Sums {
        let pieces = self.calendar.pieces.len();
        let census = matches!(self.plan.fold, Fold::Census(..));
        Sums {
            pieces: vec![Tally::default(); if census { 0 } else { pieces }],
            live: vec![false; if self.live { pieces } else { 0 }],
            ..Sums::default()
        }
    }

    fn add_up(&self, places: &Places, rows: &TakenRows) -> BTreeMap<Option<String>, Sums> {
        let mut found: Vec<Sums> = rows.codes.iter().map(|_| self.nothing()).collect();
        for row in 0..rows.stops.len() {
            let code = rows.splits.get(row).map_or(0, |code| *code as usize);
            if let Some(sums) = found.get_mut(code) {
                self.add(sums, places, rows, row);
            }
        }
        rows.codes.iter().cloned().zip(found).collect()
    }

    fn add(&self, sums: &mut Sums, places: &Places, rows: &TakenRows, row: usize) {
        let stop = rows.stops[row];
        let span = rows.spans.get(row).copied().flatten();
        let census = matches!(self.plan.fold, Fold::Census(..));
        let place = rows.days[row].filter(|_| !census).and_then(|day| places.of(day));
        if !matches!(stop, Stop::Failed(_)) {
            sums.met = true;
            let days = span.filter(|_| census).map(|span| (span.from_day, span.to_day));
            if let (true, Some((from, to))) = (self.live, days) {
                sums.live[self.calendar.positions(from, to)].fill(true);
            }
            if let (true, Some(at)) = (self.live, place) {
                sums.live[at] = true;
            }
        }
        if census {
            match stop {
                Stop::Counted => sums.counted.extend(span),
                Stop::Unknown(_) => sums.undecided.extend(span),
                Stop::Failed(_) => {}
            }
            return;
        }
        if stop == Stop::Counted && self.asks_for_events() {
            if let Some(day) = rows.days[row] {
                sums.events.add(day.into());
            }
        }
        if let Some(at) = place {
            sums.pieces[at].add(self.plan, rows, row);
        }
    }

    fn asks_for_events(&self) -> bool {
        match self.plan.fold {
            Fold::Gap => true,
            Fold::Count => self.feed.contract.rows != Rows::Totals,
            _ => false,
        }
    }
}

impl Sums {
    /// Adds those of later rows.
    fn join(&mut self, later: Self, plan: &Plan) {
        for (piece, more) in self.pieces.iter_mut().zip(&later.pieces) {
            if matches!(plan.fold, Fold::Given(..)) && piece.rows > 0 && more.rows > 0 {
                piece.said.insert(Said::Twice);
            }
            piece.join(more);
        }
        self.counted.extend(later.counted);
        self.undecided.extend(later.undecided);
        self.events.join(&later.events);
        for (live, more) in self.live.iter_mut().zip(later.live) {
            *live |= more;
        }
        self.met |= later.met;
    }
}

/// The piece of each day of a calendar.
struct Places {
    first: i32,
    pieces: Vec<Option<usize>>,
}

impl Places {
    fn new(calendar: &Calendar, request: &Request) -> Self {
        let (first, last) = (day_number(calendar.first()), day_number(request.as_at.last_day()));
        Self { first, pieces: (first..=last).map(|day| calendar.position_of_day(day)).collect() }
    }

    fn of(&self, day: i32) -> Option<usize> {
        let at = usize::try_from(i64::from(day) - i64::from(self.first)).ok()?;
        self.pieces.get(at).copied().flatten()
    }
}
