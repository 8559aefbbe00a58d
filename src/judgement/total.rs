//! Promises of a total over the financial year, and milestones.

use super::Case;
use super::facts::{Absent, Milestone, Total};
use super::settling::settled_value;
use crate::period::{Grain, Month, Period};
use crate::series::Nature;
use crate::statistics::intervals::{Confidence, events};
use crate::statistics::sums;

/// The total of the financial year that holds *t*, from its first month to *t*, against the year's
/// total shared out evenly by month.
///
/// Where periods of the year are missing, the total is the least it can be: at or above the
/// profile it stands, below it nothing can be said ([`Absent::YearIncomplete`]).
pub(super) fn total(case: &Case<'_>, t: usize, whole: f64) -> (Total, Option<Absent>) {
    let month = case.points[t].period.last_month();
    let year = Period::of(Grain::FinancialYear, month);
    let reported: Vec<(u32, f64)> = case.points[..=t]
        .iter()
        .filter(|point| point.period.start >= year.start)
        .filter_map(|point| Some((point.period.grain.months()?, settled_value(point)?)))
        .collect();
    let months = u32::try_from(month.since(year.first_month()) + 1).unwrap_or(0);
    let months_known: u32 = reported.iter().map(|(months, _)| months).sum();
    let values: Vec<f64> = reported.iter().map(|(_, value)| *value).collect();
    let to_date = sums::sum(&values);
    let total = Total {
        year,
        to_date,
        profile: whole * f64::from(months) / 12.0,
        whole,
        months,
        interval: (case.nature == Nature::Count)
            .then(|| events::exact(to_date, Confidence::NINETY_FIVE))
            .flatten(),
        year_end: months == 12,
    };
    let unclear = months_known < months && total.to_date < total.profile;
    (total, unclear.then_some(Absent::YearIncomplete))
}

/// The state of a milestone. It is overdue when the month by which it is due is over, so that in
/// that month itself it is still due; one without a date is never overdue.
pub(super) fn milestone(done: Option<Month>, by: Option<Month>, as_at: Month) -> Milestone {
    match (done.filter(|done| *done <= as_at), by) {
        (Some(done), _) => Milestone::Done(done),
        (None, Some(by)) if by < as_at => Milestone::Overdue(by),
        (None, by) => Milestone::Due(by),
    }
}
