//! Levels of stays by piece of the calendar: bed days, open at the end, and the peak.

use crate::indicators::measure::Stay;
use crate::measures::calendar;
use crate::measures::calendar::day_number;
use crate::measures::census::{occupancy, peaks};
use crate::measures::plan::{Convention, Level, timed};
use crate::measures::points::{Maker, over};
use crate::measures::stays::{Span, Window};
use crate::measures::sums::Sums;
use crate::measures::tally::real;
use crate::period::Period;
use crate::series::{Point, Status};
use crate::unit::Unit;

/// The levels of one series.
pub(super) struct Levels {
    level: Level,
    timed: bool,
    /// Of the stays that are counted.
    counted: Vec<PieceLevel>,
    /// Of these and the undecided ones.
    possible: Vec<PieceLevel>,
    /// The undecided ones.
    undecided: Vec<Span>,
}

/// The levels of one piece: a month, or the part of a week in one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct PieceLevel {
    /// Its days.
    days: i64,
    /// Bed days by the convention asked for, else nights begun.
    bed_days: i64,
    /// Open at the midnight that ends it.
    open: i64,
    /// The most at one instant, or at one midnight.
    peak: i64,
}

impl Levels {
    /// Counts the stays of a series over the whole calendar.
    pub(super) fn new(maker: &Maker<'_>, stay: &Stay, level: Level, sums: &Sums) -> Self {
        let timed = timed(maker.contract, &[&stay.from, &stay.to]);
        let Sums { counted, undecided, .. } = sums;
        let of_counted = pieces(maker, level, timed, counted);
        let possible = if undecided.is_empty() {
            of_counted.clone()
        } else {
            let all: Vec<Span> = counted.iter().chain(undecided).copied().collect();
            pieces(maker, level, timed, &all)
        };
        Self { level, timed, counted: of_counted, possible, undecided: undecided.clone() }
    }

    /// A point for each period.
    ///
    /// Bed days and their mean are of the delivered pieces; `open` is at the end of the last of
    /// them, `peak` the most in any.
    pub(super) fn points(&self, maker: &Maker<'_>) -> Vec<Point> {
        let periods = maker.calendar.periods(maker.request);
        periods.map(|period| self.point(maker, period)).collect()
    }

    fn point(&self, maker: &Maker<'_>, period: Period) -> Point {
        let covered = maker.covered(period);
        let (Some(first), Some(last)) = (covered.first(), covered.last()) else {
            return Point::empty(period, Status::Missing);
        };
        let status = if !maker.whole(period, &covered) {
            Status::Partial
        } else if maker.unsettled(period) {
            Status::Provisional
        } else {
            Status::Final
        };
        let days = &maker.calendar.pieces;
        let window = Window::new(
            self.level,
            self.timed,
            day_number(days[*first].first),
            day_number(days[*last].last),
        );
        let unknown = self.undecided.iter().filter(|stay| window.holds(**stay)).count();
        let (numerator, denominator) = self.figure(&self.counted, &covered, maker);
        let (most, _) = self.figure(&self.possible, &covered, maker);
        let value = |number: i64| match denominator {
            Some(days) => over(real(number), real(days)),
            None => Some(real(number)),
        };
        Point {
            numerator: Some(numerator),
            denominator,
            unknown: unknown as u64,
            value: value(numerator),
            bounds: value(numerator).zip(value(most)).filter(|_| unknown > 0),
            ..Point::empty(period, status)
        }
    }

    /// The exact figure of some pieces, and the days it is divided by.
    fn figure(
        &self,
        pieces: &[PieceLevel],
        covered: &[usize],
        maker: &Maker<'_>,
    ) -> (i64, Option<i64>) {
        let of = || covered.iter().map(|at| pieces[*at]);
        let days = of().map(|piece| piece.days).sum();
        let bed_days = of().map(|piece| piece.bed_days).sum();
        match self.level {
            Level::BedDays(_) if maker.measure.unit == Unit::BedDaysPerDay => {
                (bed_days, Some(days))
            }
            Level::BedDays(_) => (bed_days, None),
            Level::AverageOpen => (bed_days, Some(days)),
            Level::Open => (of().next_back().map_or(0, |piece| piece.open), None),
            Level::Peak => (of().map(|piece| piece.peak).max().unwrap_or(0), None),
        }
    }
}

fn pieces(maker: &Maker<'_>, level: Level, timed: bool, stays: &[Span]) -> Vec<PieceLevel> {
    let (first, last) = maker.calendar.days(maker.request);
    let extra = i32::from(level == Level::BedDays(Convention::Inclusive));
    let starts: Vec<i32> = stays.iter().map(|stay| stay.from_day).collect();
    let ends: Vec<i32> = stays.iter().map(|stay| stay.to_day.saturating_add(extra)).collect();
    let occupied = occupancy(&starts, &ends, first, last);
    let instants = (level == Level::Peak && timed).then(|| timed_peaks(maker, stays));
    let mut rest = occupied.as_slice();
    let mut found = Vec::with_capacity(maker.calendar.pieces.len());
    for (at, piece) in maker.calendar.pieces.iter().enumerate() {
        let days = piece.days();
        let length = usize::try_from(days).unwrap_or(0).min(rest.len());
        let (own, later) = rest.split_at(length);
        rest = later;
        let at_midnights = own.iter().copied().max().unwrap_or(0);
        found.push(PieceLevel {
            days,
            bed_days: own.iter().sum(),
            open: own.last().copied().unwrap_or(0),
            peak: instants.as_ref().map_or(at_midnights, |peaks| peaks[at]),
        });
    }
    found
}

fn timed_peaks(maker: &Maker<'_>, stays: &[Span]) -> Vec<i64> {
    let starts: Vec<i64> = stays.iter().map(|stay| stay.from).collect();
    let ends: Vec<i64> = stays.iter().map(|stay| stay.to).collect();
    let mut edges: Vec<i64> =
        maker.calendar.pieces.iter().map(|piece| calendar::midnight(piece.first)).collect();
    edges.push(calendar::midnight(maker.request.as_at.plus(1).first_day()));
    peaks(&starts, &ends, &edges)
}
