//! A plan lowered to polars: every row gets the step it stops at, and the numbers the fold needs.
//!
//! Nothing is filtered away here, so that counting rows by their last step accounts for each.

use polars::prelude::{
    DataFrame, DataType, Expr, IntoLazy, NULL, PolarsResult, coalesce, col, lit, when,
};

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::area::{Days, Members};
use crate::feeds::Feed;
use crate::feeds::coded;
use crate::feeds::contract::{Contract, Rows};
use crate::feeds::lowering::expression;
use crate::filter::ColumnType;
use crate::indicators::measure::{Interval, Quantity};
use crate::measures::calendar::{day_number, last_followed};
use crate::measures::clock;
use crate::measures::flaws::FLAW;
use crate::measures::plan::{Fold, Plan, Test, timed};
use crate::measures::working::WORKED;
use crate::measures::{Request, flaws, stays};

/// Where a row stops: the step's position doubled, and one more when it is undecided there.
pub(super) const LAST: &str = "@last";
/// The day that places a row in a month, in days since 1970.
pub(super) const DAY: &str = "@day";
/// The number above the line.
pub(super) const ABOVE: &str = "@above";
/// The number below the line.
pub(super) const BELOW: &str = "@below";
/// For shares: one of [`INSIDE`], [`OUTSIDE`] and, for clocks, the further outcomes.
pub(super) const OUTCOME: &str = "@outcome";
/// The row's split code.
pub(super) const SPLIT: &str = "@split";

/// The condition holds; the clock stopped inside its limit.
pub(super) const INSIDE: i32 = 0;
/// It does not.
pub(super) const OUTSIDE: i32 = 1;
/// Neither can be told.
pub(super) const UNDECIDED: i32 = 2;
/// The clock is still running inside its limit.
pub(super) const RUNNING: i32 = 3;
/// No limit was in force.
pub(super) const NO_LIMIT: i32 = 4;

/// A step as it is executed: one of the plan's, or the period that a trace asks for.
pub(super) enum Stage<'a> {
    /// The plan's own.
    Test(&'a Test),
    /// The row has a part in one of these runs of days, from the first to the last, both counted.
    Days(Vec<(i32, i32)>),
}

/// The columns of a feed that [`steps`] reads; also some that are only worked out, or are not there.
pub(super) fn read_by(
    plan: &Plan,
    stages: &[Stage<'_>],
    feed: &Feed,
    request: &Request,
) -> BTreeSet<String> {
    let has = |column: &str| feed.rows.has(column);
    let (numbers, tests) = expressions(plan, stages, &feed.contract, request, &has);
    numbers.iter().chain(&tests).flat_map(named).collect()
}

/// The columns that an expression names.
pub(super) fn named(expression: &Expr) -> impl Iterator<Item = String> {
    expression.into_iter().filter_map(|part| match part {
        Expr::Column(name) => Some(name.to_string()),
        _ => None,
    })
}

/// Some of the rows that [`Prepared`](super::prepared::Prepared) gives, each with the step it stops at,
/// whatever the others are: [`LAST`], [`DAY`], [`SPLIT`] and what the fold needs.
pub(super) fn steps(
    plan: &Plan,
    stages: &[Stage<'_>],
    rows: DataFrame,
    contract: &Contract,
    request: &Request,
) -> PolarsResult<DataFrame> {
    let has = |column: &str| rows.schema().contains(column);
    let (numbers, tests) = expressions(plan, stages, contract, request, &has);
    rows.lazy()
        .with_columns(numbers)
        .with_columns(tests)
        .with_columns([last_step(stages.len()).cast(DataType::UInt32).alias(LAST)])
        .collect()
}

/// What is worked out of each row, and then whether it passes each step.
fn expressions(
    plan: &Plan,
    stages: &[Stage<'_>],
    contract: &Contract,
    request: &Request,
    has: &impl Fn(&str) -> bool,
) -> (Vec<Expr>, Vec<Expr>) {
    let tests = stages
        .iter()
        .enumerate()
        .map(|(at, stage)| {
            let test = match stage {
                Stage::Test(test) => lower_test(test, plan, contract, request, has),
                Stage::Days(runs) => inside(plan, runs),
            };
            test.alias(format!("@step{at}"))
        })
        .collect();
    let split = request
        .split
        .as_ref()
        .map_or_else(|| lit(NULL).cast(DataType::String), |column| col(column.as_str()));
    let mut numbers = fold_columns(plan, contract, request);
    numbers.push(day(plan).alias(DAY));
    numbers.push(split.alias(SPLIT));
    (numbers, tests)
}

/// The first step that fails; where none does, the first that is undecided; else one past all.
fn last_step(steps: usize) -> Expr {
    let step = |at: usize| col(format!("@step{at}"));
    let code = |number: usize| lit(u32::try_from(number).unwrap_or(u32::MAX));
    let undecided = (0..steps).rev().fold(code(2 * steps), |rest, at| {
        when(step(at).is_null()).then(code(2 * at + 1)).otherwise(rest)
    });
    (0..steps)
        .rev()
        .fold(undecided, |rest, at| when(step(at).not()).then(code(2 * at)).otherwise(rest))
}

fn lower_test(
    test: &Test,
    plan: &Plan,
    contract: &Contract,
    request: &Request,
    has: &impl Fn(&str) -> bool,
) -> Expr {
    match test {
        Test::Filter(filter) => expression(filter),
        Test::TimeKnown => col(DAY).is_not_null(),
        Test::PlaceKnown(column) => place_known(column, contract),
        Test::FollowedUp(days) => col(DAY).lt_eq(lit(last_followed(request.as_at, *days))),
        Test::InArea => {
            let column = contract.area.as_ref();
            column.map_or_else(|| lit(true), |column| belongs(column, &request.areas))
        }
        Test::NotSuppressed(columns) => columns
            .iter()
            .map(|column| format!("{column}@suppressed"))
            .filter(|column| has(column))
            .map(|column| col(column).fill_null(lit(false)).not())
            .reduce(Expr::and)
            .unwrap_or_else(|| lit(true)),
        Test::FigureGiven(columns) => columns
            .iter()
            .map(|column| col(column.as_str()).is_not_null())
            .reduce(Expr::and)
            .unwrap_or_else(|| lit(true)),
        Test::Ordered => col(stays::TO).gt_eq(col(stays::FROM)),
        Test::KeyKnown(column) => known(col(column.as_str()).is_not_null()),
        Test::ValueKnown => known(col(ABOVE).is_not_null().and(col(BELOW).is_not_null())),
        Test::ConditionKnown | Test::ClockKnown => known(col(OUTCOME).neq(lit(UNDECIDED))),
        Test::Sound(flaw) => {
            let sound = flaw.absent();
            known(match plan.fold {
                Fold::Within(_) => sound.or(col(OUTCOME).neq(lit(UNDECIDED))),
                _ => sound,
            })
        }
        Test::LimitInForce => col(OUTCOME).neq(lit(NO_LIMIT)),
        Test::NotRunning => col(OUTCOME).neq(lit(RUNNING)),
    }
}

/// Whether a row's area is one of these on the row's own day. Unknown where the row has no area and
/// one of them counts on that day.
pub(super) fn belongs(column: &str, areas: &Members) -> Expr {
    let (always, dated): (Vec<_>, Vec<_>) = areas.iter().partition(|(_, days)| days.is_always());
    let always: Vec<&str> = always.into_iter().map(|(code, _)| code).collect();
    let always = (!always.is_empty()).then(|| coded::among(column, &always));
    let dated = dated.into_iter().map(|(code, days)| part_of(column, code, days));
    always.into_iter().chain(dated).reduce(Expr::or).unwrap_or_else(|| lit(false))
}

/// Whether a row is of an area, on a day on which it counts.
fn part_of(column: &str, code: &str, days: &Days) -> Expr {
    let inside = |(from, to): &(NaiveDate, NaiveDate)| {
        let (from, to) = (day_number(*from), day_number(*to));
        col(DAY).gt_eq(lit(from)).and(col(DAY).lt(lit(to)))
    };
    let on_day = days.stretches().iter().map(inside).reduce(Expr::or);
    coded::among(column, &[code]).and(on_day.unwrap_or_else(|| lit(false)))
}

/// True where the condition holds, unknown where it does not.
fn known(condition: Expr) -> Expr {
    when(condition).then(lit(true)).otherwise(lit(NULL))
}

/// Whether the time that places a row is known: false where it has not come yet (a stay that is open,
/// a blank end that means not ended), unknown where it is lacking otherwise.
fn place_known(column: &str, contract: &Contract) -> Expr {
    let has = || col(column).is_not_null();
    if contract.rows == Rows::Stays {
        return has();
    }
    if !contract.open_ends.contains(column) {
        return known(has());
    }
    let not_yet = col(format!("{column}@blank"));
    when(has()).then(lit(true)).otherwise(when(not_yet).then(lit(false)).otherwise(lit(NULL)))
}

/// The first known of the plan's time columns, as a day.
fn day(plan: &Plan) -> Expr {
    let days: Vec<Expr> = plan.time.iter().map(|column| local_day(column)).collect();
    coalesce(&days)
}

/// A date or local time as days since 1970.
pub(super) fn local_day(column: &str) -> Expr {
    col(column).cast(DataType::Date).cast(DataType::Int32)
}

/// A date or local time as seconds: universal time, or whole days when only days count.
pub(super) fn instant(column: &str, timed: bool) -> Expr {
    if timed {
        col(format!("{column}@utc"))
    } else {
        local_day(column).cast(DataType::Int64) * lit(86_400_i64)
    }
}

fn fold_columns(plan: &Plan, contract: &Contract, request: &Request) -> Vec<Expr> {
    let one = || lit(1_i64).cast(DataType::Int64);
    let pair = |above: Expr, below: Expr| vec![above.alias(ABOVE), below.alias(BELOW)];
    match &plan.fold {
        Fold::Count | Fold::Distinct(_) | Fold::Gap | Fold::Rate { .. } | Fold::Census(..) => {
            vec![]
        }
        Fold::Sum(of) | Fold::Mean(of) | Fold::Quantile(of, _) => {
            let mut columns = pair(quantity(of, contract), one());
            columns.extend(flaw(plan, contract));
            columns
        }
        Fold::Ratio(above, below) => pair(number(above, contract), number(below, contract)),
        Fold::Given(above, below) => pair(
            number(above, contract),
            below.as_ref().map_or_else(one, |below| number(below, contract)),
        ),
        Fold::Share(numerator, _) => vec![outcome(expression(numerator))],
        Fold::Repeat(prior, _) => vec![outcome(col(prior.column()))],
        Fold::Within(clock) => {
            let outcome = clock::outcome(clock, contract, request).cast(DataType::Int32);
            std::iter::once(outcome.alias(OUTCOME)).chain(flaw(plan, contract)).collect()
        }
    }
}

/// [`FLAW`] of the time between two events, where the fold measures one.
fn flaw(plan: &Plan, contract: &Contract) -> Option<Expr> {
    let interval = plan.fold.interval()?;
    let first = flaws::first(&plan.fold.flaws(contract), interval, contract);
    Some(first.cast(DataType::Int32).alias(FLAW))
}

/// [`OUTCOME`] of a condition.
fn outcome(holds: Expr) -> Expr {
    when(holds.clone())
        .then(lit(INSIDE))
        .otherwise(when(holds.not()).then(lit(OUTSIDE)).otherwise(lit(UNDECIDED)))
        .cast(DataType::Int32)
        .alias(OUTCOME)
}

fn number(column: &str, contract: &Contract) -> Expr {
    let decimal =
        contract.columns.iter().any(|(name, kind)| name == column && *kind == ColumnType::Decimal);
    col(column).cast(if decimal { DataType::Float64 } else { DataType::Int64 })
}

/// A number on the row; one that cannot be used stops at the step of its flaw.
fn quantity(of: &Quantity, contract: &Contract) -> Expr {
    match of {
        Quantity::Column(column) => number(column, contract),
        Quantity::Elapsed(Interval { calendar: Some(_), .. }) => col(WORKED),
        Quantity::Elapsed(Interval { from, to, .. }) => {
            let timed = timed(contract, &[from, to]);
            instant(to, timed) - instant(from, timed)
        }
    }
}

/// Whether a row has a part in neighbouring runs of days: an event is placed in one of them, a stay
/// takes part in one.
fn inside(plan: &Plan, runs: &[(i32, i32)]) -> Expr {
    let real = || runs.iter().filter(|(first, last)| first <= last);
    let (first, last) = (real().map(|run| run.0).min(), real().map(|run| run.1).max());
    match (&plan.fold, first.zip(last)) {
        (Fold::Census(..), _) => col(stays::PART),
        (_, Some((first, last))) => col(DAY).gt_eq(lit(first)).and(col(DAY).lt_eq(lit(last))),
        (_, None) => lit(false),
    }
}
