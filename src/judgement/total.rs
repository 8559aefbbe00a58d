//! Promises of a total over the financial year, and milestones.

use super::Case;
use super::facts::{Absent, Milestone, Total};
use super::settling::settled_value;
use crate::indicators::target::Done;
use crate::period::{Grain, Month, Period};
use crate::series::Nature;
use crate::statistics::intervals::{Confidence, events};
use crate::statistics::sums;

/// The total of the financial year that holds *t*, from its first month to *t*, against what the
/// plan's profile asks for by then.
///
/// Where periods of the year are missing, the total is the least it can be: at or above the
/// profile it stands, below it nothing can be said ([`Absent::YearIncomplete`]).
pub(super) fn total(
    case: &Case<'_>,
    t: usize,
    (whole, profile): (f64, &[f64]),
) -> (Total, Option<Absent>) {
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
        profile: by_now(whole, profile, months),
        even: profile.is_empty(),
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

/// What should be there after some months of the financial year: the profile's total at the end of a
/// quarter or month, straight by month between two; without a profile the year's total by twelfths.
fn by_now(whole: f64, profile: &[f64], months: u32) -> f64 {
    let parts = u32::try_from(profile.len()).unwrap_or(0);
    if parts == 0 {
        return whole * f64::from(months) / 12.0;
    }
    let length = (12 / parts).max(1);
    let (over, into) = ((months / length) as usize, months % length);
    let at = |parts: usize| parts.checked_sub(1).and_then(|at| profile.get(at)).copied();
    let before = at(over).unwrap_or(0.0);
    let after = at(over + 1).unwrap_or(before);
    before + (after - before) * f64::from(into) / f64::from(length)
}

/// The state of a milestone. It is overdue when the month by which it is due is over, so that in
/// that month itself it is still due; one without a date is never overdue. Where nobody has said
/// whether it was done it is not known to be overdue either ([`Absent::NotSaid`]).
pub(super) fn milestone(done: Done, by: Option<Month>, as_at: Month) -> Result<Milestone, Absent> {
    let over = by.filter(|by| *by < as_at);
    match (done, over) {
        (Done::In(done), _) if done <= as_at => Ok(Milestone::Done(done)),
        (Done::NotSaid, Some(by)) => Err(Absent::NotSaid(by)),
        (_, Some(by)) => Ok(Milestone::Overdue(by)),
        (_, None) => Ok(Milestone::Due(by)),
    }
}
