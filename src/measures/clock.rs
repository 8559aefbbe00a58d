//! Clocks with limits: inside, outside, still running, or not to be told.

use polars::prelude::{Expr, col, lit, when};

use crate::feeds::contract::Contract;
use crate::feeds::lowering::expression;
use crate::indicators::measure::Limit;
use crate::measures::Request;
use crate::measures::calendar;
use crate::measures::plan::{Clock, EmptyEnd, timed};
use crate::measures::polars::{INSIDE, NO_LIMIT, OUTSIDE, RUNNING, UNDECIDED, instant, local_day};

/// What became of each row's clock.
///
/// The limit is the first that applies on the local day the clock starts. Where it is unknown
/// whether a limit applies, the answer stands only if that limit and those after it agree: an
/// end after 40 hours is outside 24 and 36 hours alike, one after 30 is not to be told.
pub(super) fn outcome(clock: &Clock, contract: &Contract, request: &Request) -> Expr {
    clock.limits.iter().rev().fold(lit(NO_LIMIT), |rest, limit| {
        let this = against(clock, limit.seconds, contract, request);
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
    let dated =
        limit.before.map(|before| local_day(&clock.from).lt(lit(calendar::day_number(before))));
    let asked = limit.when.as_ref().map(expression);
    [dated, asked].into_iter().flatten().reduce(Expr::and)
}

/// What became of the clock were this its limit; a clock that stops exactly on it is inside.
///
/// The cut-off is the midnight that ends the as-at month. A recorded end counts even when it is
/// later; a clock that stops before it starts is not to be told.
fn against(clock: &Clock, limit: i64, contract: &Contract, request: &Request) -> Expr {
    let timed = timed(contract, &[&clock.from, &clock.to]);
    let (from, to) = (|| instant(&clock.from, timed), || instant(&clock.to, timed));
    let end_of_period = request.as_at.plus(1).first_day();
    let cut_off = if timed {
        calendar::midnight(end_of_period)
    } else {
        i64::from(calendar::day_number(end_of_period)) * 86_400
    };
    let elapsed = || to() - from();
    let running_for = || lit(cut_off) - from();
    let unfinished = |overdue: i32| {
        when(running_for().lt_eq(lit(limit))).then(lit(RUNNING)).otherwise(
            when(running_for().gt(lit(limit))).then(lit(overdue)).otherwise(lit(UNDECIDED)),
        )
    };
    let not_stopped = match clock.empty_end {
        EmptyEnd::NotEnded => unfinished(OUTSIDE),
        EmptyEnd::NotEndedWhereBlank => when(col(format!("{}@blank", clock.to)))
            .then(unfinished(OUTSIDE))
            .otherwise(lit(UNDECIDED)),
        EmptyEnd::NotKnown => unfinished(UNDECIDED),
    };
    let stopped = when(elapsed().lt(lit(0_i64)))
        .then(lit(UNDECIDED))
        .otherwise(when(elapsed().gt(lit(limit))).then(lit(OUTSIDE)).otherwise(lit(INSIDE)));
    when(elapsed().is_not_null())
        .then(stopped)
        .otherwise(when(to().is_null()).then(not_stopped).otherwise(lit(UNDECIDED)))
}
