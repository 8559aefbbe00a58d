//! Clocks with limits: inside, outside, still running, or not to be told.

use polars::prelude::{Expr, col, lit, when};

use crate::feeds::contract::Contract;
use crate::feeds::lowering::expression;
use crate::indicators::measure::{Length, Limit};
use crate::measures::Request;
use crate::measures::calendar;
use crate::measures::plan::{Clock, EmptyEnd, timed};
use crate::measures::polars::{INSIDE, NO_LIMIT, OUTSIDE, RUNNING, UNDECIDED, instant, local_day};
use crate::measures::working::WORKED;

/// What became of each row's clock.
///
/// The limit is the first that applies on the local day the clock starts. Where it is unknown
/// whether a limit applies, the answer stands only if that limit and those after it agree: an
/// end after 40 hours is outside 24 and 36 hours alike, one after 30 is not to be told.
pub(super) fn outcome(clock: &Clock, contract: &Contract, request: &Request) -> Expr {
    clock.limits.iter().rev().fold(lit(NO_LIMIT), |rest, limit| {
        let this = against(clock, limit.length, contract, request);
        let Some(applies) = applies(clock, limit) else {
            return this;
        };
        let agreed =
            when(this.clone().eq(rest.clone())).then(this.clone()).otherwise(lit(UNDECIDED));
        when(applies.clone()).then(this).otherwise(when(applies.not()).then(rest).otherwise(agreed))
    })
}

/// Whether a limit applies to a row; `None` when it always does.
fn applies(clock: &Clock, limit: &Limit) -> Option<Expr> {
    let dated = limit
        .before
        .map(|before| local_day(&clock.interval.from).lt(lit(calendar::day_number(before))));
    let asked = limit.when.as_ref().map(expression);
    [dated, asked].into_iter().flatten().reduce(Expr::and)
}

/// What became of the clock were this its limit; a clock that stops exactly on it is inside.
///
/// The cut-off is the midnight that ends the as-at month. A recorded end counts even when it is
/// later; a clock that stops before it starts, or later than can be true, is not to be told. A limit
/// in working days has passed at the cut-off where an end on the day after it would be too late.
fn against(clock: &Clock, limit: Length, contract: &Contract, request: &Request) -> Expr {
    let interval = &clock.interval;
    let timed = timed(contract, &[&interval.from, &interval.to]);
    let (from, to) = (|| instant(&interval.from, timed), || instant(&interval.to, timed));
    let elapsed = || to() - from();
    let (passed, running_for, limit) = match limit {
        Length::Seconds(seconds) => (elapsed(), lit(cut_off(timed, request)) - from(), seconds),
        Length::WorkingDays(days) => (col(WORKED), col(WORKED), days),
    };
    let unfinished = |overdue: i32| beside(running_for.clone(), limit, RUNNING, overdue);
    let not_stopped = match clock.empty_end {
        EmptyEnd::NotEnded => unfinished(OUTSIDE),
        EmptyEnd::NotEndedWhereBlank => when(col(format!("{}@blank", interval.to)))
            .then(unfinished(OUTSIDE))
            .otherwise(lit(UNDECIDED)),
        EmptyEnd::NotKnown => unfinished(UNDECIDED),
    };
    let longest = interval.longest.unwrap_or(i64::MAX);
    let true_length = elapsed().gt_eq(lit(0_i64)).and(elapsed().lt_eq(lit(longest)));
    let stopped =
        when(true_length).then(beside(passed, limit, INSIDE, OUTSIDE)).otherwise(lit(UNDECIDED));
    when(elapsed().is_not_null())
        .then(stopped)
        .otherwise(when(to().is_null()).then(not_stopped).otherwise(lit(UNDECIDED)))
}

/// The midnight that ends the as-at month.
pub(super) fn cut_off(timed: bool, request: &Request) -> i64 {
    let end = request.as_at.plus(1).first_day();
    if timed { calendar::midnight(end) } else { i64::from(calendar::day_number(end)) * 86_400 }
}

/// One answer up to the limit, another beyond it; neither where the time is not known.
fn beside(passed: Expr, limit: i64, up_to: i32, beyond: i32) -> Expr {
    when(passed.clone().lt_eq(lit(limit)))
        .then(lit(up_to))
        .otherwise(when(passed.gt(lit(limit))).then(lit(beyond)).otherwise(lit(UNDECIDED)))
}
