//! How many working days lie between two events.

use polars::prelude::{Column, DataFrame, IntoLazy, NamedFrom, PolarsResult, Series};

use crate::indicators::measure::Interval;
use crate::measures::Request;
use crate::measures::calendar::date;
use crate::measures::plan::Plan;
use crate::measures::polars::local_day;

/// The working days from the start to the end or, where there is no end, to the day after the as-at
/// month: an end on that day is the first that was not seen. Unknown outside the calendar's years.
pub(super) const WORKED: &str = "@worked";

/// The columns that [`add`] reads.
pub(super) fn reads(plan: &Plan) -> Vec<String> {
    match plan.fold.interval() {
        Some(Interval { from, to, calendar: Some(_), .. }) => vec![from.clone(), to.clone()],
        _ => Vec::new(),
    }
}

/// Adds [`WORKED`] where a plan counts in working days.
pub(super) fn add(rows: &mut DataFrame, plan: &Plan, request: &Request) -> PolarsResult<()> {
    let Some(Interval { from, to, calendar: Some(calendar), .. }) = plan.fold.interval() else {
        return Ok(());
    };
    let after = request.as_at.plus(1).first_day();
    let days = rows
        .clone()
        .lazy()
        .select([local_day(from).alias("from"), local_day(to).alias("to")])
        .collect()?;
    let (from, to) = (days.column("from")?.i32()?, days.column("to")?.i32()?);
    let worked: Vec<Option<i64>> = from
        .iter()
        .zip(to.iter())
        .map(|(from, to)| {
            let from = date(from?)?;
            // a clock that starts later than anything looked at has not run at all
            let to = to.map_or(Some(after.max(from)), date)?;
            calendar.elapsed(from, to)
        })
        .collect();
    rows.with_column(Column::from(Series::new(WORKED.into(), worked)))?;
    Ok(())
}
