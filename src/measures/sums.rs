//! What the rows of each series add up to, whatever their order.

use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::measures::bag::Bag;
use crate::measures::calendar::{Calendar, day_number};
use crate::measures::plan::{Fold, Plan};
use crate::measures::rows::{Parts, Stop, TakenRows};
use crate::measures::scan::Found;
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

impl Adding<'_> {
    /// Everything that the sums rest on, in words.
    pub(super) fn words(&self) -> String {
        format!("{:?} {} {}", self.request.split, self.live, self.rows_words())
    }

    /// Everything but the split.
    pub(super) fn rows_words(&self) -> String {
        let Request { areas, grain, as_at, first, .. } = self.request;
        // months, quarters and years are made of the same pieces
        let pieces = grain.months().map_or(Some(*grain), |_| None);
        format!("{:?} {areas:?} {pieces:?} {as_at:?} {first:?} {:?}", self.body, self.plan)
    }

    /// Before the first row.
    pub(super) fn start(&self) -> Found {
        let all = self.request.split.is_none().then(|| (None, self.nothing()));
        all.into_iter().collect()
    }

    /// Adds the sums of other rows.
    pub(super) fn join(&self, sums: &mut Found, more: Found) {
        for (code, more) in more {
            sums.entry(code).or_insert_with(|| self.nothing()).join(more, self.plan);
        }
    }

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

    /// Adds some rows, each to the part it belongs to.
    pub(super) fn add_up(
        &self,
        found: &mut Found,
        places: &Places,
        rows: &TakenRows,
        parts: &Parts,
    ) {
        let own = |code: &Option<String>| found.remove(code).unwrap_or_else(|| self.nothing());
        let mut sums: Vec<Sums> = parts.codes.iter().map(own).collect();
        for row in 0..rows.stops.len() {
            let part = parts.at.get(row).map_or(0, |part| *part as usize);
            if let Some(sums) = sums.get_mut(part) {
                self.add(sums, places, rows, row);
            }
        }
        found.extend(parts.codes.iter().cloned().zip(sums));
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
        if stop == Stop::Counted
            && self.asks_for_events()
            && let Some(day) = rows.days[row]
        {
            sums.events.add(day.into());
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
pub(super) struct Places {
    first: i32,
    pieces: Vec<Option<usize>>,
}

impl Places {
    pub(super) fn new(calendar: &Calendar, request: &Request) -> Self {
        let (first, last) = (day_number(calendar.first()), day_number(request.as_at.last_day()));
        Self { first, pieces: (first..=last).map(|day| calendar.position_of_day(day)).collect() }
    }

    /// Whether a day lies in the calendar.
    pub(super) fn holds(&self, day: i32) -> bool {
        self.of(day).is_some()
    }

    fn of(&self, day: i32) -> Option<usize> {
        let at = usize::try_from(i64::from(day) - i64::from(self.first)).ok()?;
        self.pieces.get(at).copied().flatten()
    }
}
