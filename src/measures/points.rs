//! From a period's sums to its point: status, exact sums, value and bounds.

use chrono::{Datelike, NaiveDate};

use crate::area::Population;
use crate::feeds::contract::{Contract, Empty, Rows};
use crate::indicators::measure::Measure;
use crate::measures::Request;
use crate::measures::bag::to_decimal;
use crate::measures::calendar::{Calendar, Delivered, Piece, day_number, last_followed};
use crate::measures::plan::{Fold, Plan};
use crate::measures::tally::{Said, Tally, real};
use crate::period::{Month, Period};
use crate::series::{Nature, OtherReading, Point, Status};
use crate::unit::Unit;

/// What a point is made with, the same for all points of a series.
pub(super) struct Maker<'a> {
    pub(super) plan: &'a Plan,
    pub(super) measure: &'a Measure,
    pub(super) contract: &'a Contract,
    pub(super) request: &'a Request,
    pub(super) calendar: &'a Calendar,
    /// The people of the area, where the measure is a rate.
    pub(super) people: Option<&'a Population>,
}

/// Whether a period's figures may still move at the as-at month.
pub(super) fn unsettled(period: Period, as_at: Month, settles_after: u32) -> bool {
    let age = as_at.since(period.last_month());
    u32::try_from(age).map_or(true, |age| age < settles_after)
}

impl Maker<'_> {
    /// Positions of a period's pieces of which something was delivered, in order.
    pub(super) fn covered(&self, period: Period) -> Vec<usize> {
        let pieces = &self.calendar.pieces;
        let within = self.calendar.within(period);
        within.filter(|at| pieces[*at].delivered != Delivered::Nothing).collect()
    }

    /// Whether every day of a period was wholly delivered.
    pub(super) fn whole(&self, period: Period, covered: &[usize]) -> bool {
        let pieces = covered.iter().map(|at| &self.calendar.pieces[*at]);
        let wholly = pieces.filter(|piece| piece.delivered == Delivered::Wholly);
        wholly.map(Piece::days).sum::<i64>() == period.days()
    }

    /// Whether a period's figures may still move: it has not settled at the as-at month, its latest
    /// delivery is provisional, or the outcome of its last day is still waited for.
    pub(super) fn unsettled(&self, period: Period) -> bool {
        unsettled(period, self.request.as_at, self.contract.settles_after)
            || self.calendar.is_provisional(period)
            || self.still_followed(period)
    }

    fn still_followed(&self, period: Period) -> bool {
        let over = last_followed(self.request.as_at, self.plan.follow().unwrap_or(0));
        day_number(period.last_day()) > over
    }

    /// The point of a period, from the tallies of the calendar's pieces.
    pub(super) fn point(&self, period: Period, pieces: &[Tally]) -> Point {
        let mut covered = self.covered(period);
        if !covered.is_empty() {
            // a month whose row came without its figure is as good as not delivered
            covered.retain(|at| !pieces[*at].said.contains(&Said::Blank));
        }
        let stock = self.measure.stock && matches!(self.plan.fold, Fold::Given(_, None));
        if self.contract.rows == Rows::Totals && self.contract.empty == Empty::Missing {
            // nor is a month for which no figure came, though the feed has others for it
            let came = |at: &usize| {
                let tally = &pieces[*at];
                tally.rows > 0 || !tally.said.is_empty()
            };
            if !stock {
                covered.retain(came);
            } else if !covered.last().is_some_and(came) {
                // of a level the last month alone decides
                covered.clear();
            }
        }
        let mut tally = Tally::default();
        for at in if stock { last_only(&covered) } else { &covered } {
            tally.join(&pieces[*at]);
        }
        let mut status = self.status(period, &covered, &tally);
        let exposure = self.exposure(period, &covered);
        if matches!(self.plan.fold, Fold::Rate { .. }) && exposure.is_none() {
            status = Status::Missing;
        }
        let mut point = Point { unknown: tally.unknown, ..Point::empty(period, status) };
        if !matches!(status, Status::Missing | Status::Suppressed) {
            self.fill(&mut point, tally, exposure);
        }
        point
    }

    fn status(&self, period: Period, covered: &[usize], tally: &Tally) -> Status {
        let said = |what: Said| tally.said.contains(&what);
        if covered.is_empty() {
            Status::Missing
        } else if said(Said::Suppressed) {
            Status::Suppressed
        } else if said(Said::Twice) || (tally.rows > 1 && !self.adds_up()) {
            Status::Missing
        } else if !self.whole(period, covered) || said(Said::Partial) {
            Status::Partial
        } else if said(Said::Provisional)
            || (self.unsettled(period) && (said(Said::Silent) || !said(Said::Final)))
        {
            Status::Provisional
        } else {
            Status::Final
        }
    }

    /// Whether the figures of several months may be added: not when they are published means.
    fn adds_up(&self) -> bool {
        !matches!(self.plan.fold, Fold::Given(_, None))
            || matches!(self.measure.unit, Unit::Count | Unit::Days | Unit::Pounds)
    }

    fn fill(&self, point: &mut Point, tally: Tally, exposure: Option<i64>) {
        let (above, below) = (&tally.above, &tally.below);
        match &self.plan.fold {
            Fold::Count => {
                point.numerator = above.exact();
                point.value = Some(above.value());
                let most = above.value() + tally.unknown_rows();
                point.bounds = (tally.unknown > 0).then(|| (above.value(), most));
            }
            Fold::Distinct(_) => {
                let (least, most) = tally.distinct();
                point.numerator = Some(least);
                point.value = Some(real(least));
                point.bounds = (tally.unknown > 0).then(|| (real(least), real(most)));
            }
            Fold::Rate { per, annualised } => {
                point.numerator = above.exact();
                point.denominator = exposure;
                let rate = |events: f64| {
                    over(f64::from(whole_per(*per, *annualised)) * events, real(exposure?))
                };
                let most = above.value() + tally.unknown_rows();
                point.value = rate(above.value());
                let bounds = rate(above.value()).zip(rate(most));
                point.bounds = bounds.filter(|_| tally.unknown > 0);
            }
            Fold::Sum(_) | Fold::Given(_, None) => {
                point.numerator = above.exact();
                point.value = Some(above.value());
            }
            Fold::Mean(_) | Fold::Gap | Fold::Ratio(..) | Fold::Given(_, Some(_)) => {
                point.numerator = above.exact();
                point.denominator = below.exact();
                point.value = over(above.value(), below.value());
            }
            Fold::Share(..) | Fold::Within(_) | Fold::Repeat(..) => {
                point.numerator = above.exact();
                point.denominator = below.exact();
                point.value = over(above.value(), below.value());
                point.bounds = share_bounds(&tally);
                point.other_reading = other_reading(&tally, self.plan.fold.counts_unknown());
            }
            Fold::Quantile(_, at) => {
                point.denominator = Some(tally.rows);
                let at = place(i64::try_from(tally.numbers.len()).unwrap_or(i64::MAX), *at);
                point.value = at.and_then(|at| tally.numbers.nth(at)).map(to_decimal);
            }
            Fold::Census(..) => {}
        }
    }

    /// What events are divided by: the people of the year in which the period starts, or, for a
    /// rate a year, people times days, each delivered piece with the people of its own year.
    fn exposure(&self, period: Period, covered: &[usize]) -> Option<i64> {
        let Fold::Rate { annualised, .. } = self.plan.fold else { return None };
        let people = |day: NaiveDate| Some(self.people?.of(day.year())?.1.people);
        if !annualised {
            return people(period.start);
        }
        let days = |at: &usize| {
            let piece = &self.calendar.pieces[*at];
            Some(people(piece.first)?.saturating_mul(piece.days()))
        };
        covered.iter().map(days).sum()
    }

    /// What kind of number the measure gives.
    pub(super) fn nature(&self) -> Nature {
        let census = matches!(self.plan.fold, Fold::Census(..));
        match (&self.plan.fold, self.measure.unit) {
            _ if census || self.measure.stock => Nature::Stock,
            (Fold::Count | Fold::Distinct(_), _)
            | (Fold::Sum(_) | Fold::Given(_, None), Unit::Count) => Nature::Count,
            (Fold::Rate { per, annualised }, _) => {
                Nature::Rate { per: whole_per(*per, *annualised) }
            }
            (Fold::Share(..) | Fold::Within(_) | Fold::Repeat(..), _)
            | (Fold::Ratio(..) | Fold::Given(_, Some(_)), Unit::Proportion) => Nature::Proportion,
            _ => Nature::Continuous,
        }
    }
}

/// The days of the year that an annualised rate is for.
const DAYS_OF_YEAR: u32 = 365;

/// What events over exposure are multiplied by.
fn whole_per(per: u32, annualised: bool) -> u32 {
    per.saturating_mul(if annualised { DAYS_OF_YEAR } else { 1 })
}

impl Tally {
    fn unknown_rows(&self) -> f64 {
        real(i64::try_from(self.unknown).unwrap_or(i64::MAX))
    }
}

fn last_only(pieces: &[usize]) -> &[usize] {
    &pieces[pieces.len().saturating_sub(1)..]
}

/// One sum over another; `None` without cases.
pub(super) fn over(above: f64, below: f64) -> Option<f64> {
    (below != 0.0).then(|| above / below)
}

/// The least and the most a share could be, were every unknown row known.
///
/// Least: rows that would be inside are left out, rows that would be outside or could be either
/// are outside. Most: the other way round. `None` where no row is unknown, or where the share
/// could have no cases at all.
fn share_bounds(tally: &Tally) -> Option<(f64, f64)> {
    if tally.unknown == 0 {
        return None;
    }
    let (inside, cases) = (tally.above.exact()?, tally.below.exact()?);
    let (sure, either) = (tally.perhaps_outside, tally.undecided);
    let least = over(real(inside), real(cases + sure + either));
    let perhaps = tally.perhaps_inside + either;
    let most = over(real(inside + perhaps), real(cases + perhaps));
    match (least, most) {
        (Some(least), Some(most)) => Some((least, most)),
        // all unknown rows would fall on one side: the other end is that of no cases
        (Some(end), None) | (None, Some(end)) => Some((end, end)),
        (None, None) => None,
    }
}

/// The share were rows whose condition cannot be told taken the other way; `None` without such rows.
fn other_reading(tally: &Tally, counted: bool) -> Option<OtherReading> {
    let (inside, cases) = (tally.above.exact()?, tally.below.exact()?);
    let cases = if counted { cases - tally.untold } else { cases + tally.untold };
    let rows = u64::try_from(tally.untold).ok().filter(|rows| *rows > 0)?;
    Some(OtherReading { rows, counted, value: over(real(inside), real(cases)) })
}

/// The least value with at least the share `at` of the values at or below it.
///
/// The rank is n·at rounded up; a billionth is taken off before rounding, so that 0.55 of 100
/// rows is row 55 although 0.55 × 100 is a little more than 55 in binary.
pub(super) fn nearest_rank(values: &mut [f64], at: f64) -> Option<f64> {
    let at = place(i64::try_from(values.len()).ok()?, at)?;
    Some(*values.select_nth_unstable_by(at, f64::total_cmp).1)
}

/// The position of that value among so many in order, counted from 0.
fn place(values: i64, at: f64) -> Option<usize> {
    let rank = (real(values) * at - 1e-9).ceil().max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "at most the number of values")]
    let rank = (rank as i64).min(values);
    usize::try_from(rank - 1).ok()
}
