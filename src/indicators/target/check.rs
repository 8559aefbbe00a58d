//! Targets that can be read and still make no sense.

use super::read::{Context, Placed};
use super::{Goal, Path, Target};
use crate::definition::Spanned;
use crate::error::{Error, Place};
use crate::indicators::baseline::Baseline;
use crate::period::Month;
use crate::unit::Unit;

/// A list of targets: set one after another, and never a never event among them.
pub(super) fn in_order(targets: &[Placed], errors: &mut Vec<Error>) {
    if targets.len() < 2 {
        return;
    }
    for (target, place) in targets {
        if matches!(target.goal, Goal::Never | Goal::Milestone { .. }) {
            let said = "this target stands alone, not in a list";
            errors.push(Error::definition(place.clone(), said).help(
                "write target = \"never\" or target = { milestone = … }; a list is of targets that moved",
            ));
        }
    }
    for pair in targets.windows(2) {
        let ((earlier, _), (later, place)) = (&pair[0], &pair[1]);
        let start = |target: &Target| target.set.or(target.from);
        let wrong = match (start(earlier), start(later)) {
            (_, None) => "it is not said when this target replaced the one before it",
            (Some(before), Some(after)) if after == before => "two targets begin in the same month",
            (Some(before), Some(after)) if after < before => {
                "this target is older than the one before it"
            }
            _ => continue,
        };
        errors.push(
            Error::definition(place.clone(), wrong)
                .help("targets stand in the order they were set, each with `set` (or `from`)"),
        );
    }
}

/// Dates that contradict each other or the baseline.
pub(super) fn dates(
    from: Option<&Spanned<Month>>,
    by: Option<&Spanned<Month>>,
    set: Option<&Spanned<Month>>,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) {
    if let (Some(from), Some(by)) = (from, by)
        && by.value < from.value
    {
        errors.push(
            by.error("the target is to be reached before it is in force")
                .help(format!("`by` is {} or later: from then on it is in force", from.value)),
        );
    }
    if let (Some(set), Some(by)) = (set, by)
        && by.value < set.value
    {
        errors.push(
            by.error("the target is to be reached before it was set")
                .help(format!("`by` is {} or later: it was set then", set.value)),
        );
    }
    if let Some(end) = context.baseline.and_then(Baseline::end) {
        for date in [from, by].into_iter().flatten().filter(|date| date.value <= end) {
            errors.push(
                date.error(format!("the target is dated before its baseline ends ({end})"))
                    .help("a target lies after what it is compared with"),
            );
        }
    }
}

/// A goal that its unit, dates or baseline do not bear.
pub(super) fn sense(
    target: &Target,
    place: &Place,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) {
    let mut wrong = |said: &str, help: &str| {
        errors.push(Error::definition(place.clone(), said).help(help));
    };
    let unit = context.unit;
    match target.goal {
        Goal::ReduceBy(_) | Goal::IncreaseBy(_) if context.baseline.is_none() => wrong(
            "a change is promised, but from nothing",
            "add baseline = …; a plan that gives none has target = \"direction\"",
        ),
        Goal::AtLeast(least)
            if unit == Some(Unit::Proportion)
                && least >= 1.0
                && target.tolerance.is_none()
                && target.allowance.is_none() =>
        {
            wrong(
                "a target of 100 % is missed by a single case",
                "add a tolerance or an allowance, and say in `choices` that it is ours",
            );
        }
        Goal::Milestone { .. } if target.by.is_none() => {
            wrong("a milestone has a date", "add by = \"2018-04\"");
        }
        Goal::YearTotal { .. } if unit.is_some_and(|unit| unit != Unit::Count) => {
            wrong("only counts are added up over a year", "use at_least");
        }
        _ => {}
    }
    if target.path == Path::Straight && context.baseline.is_none() {
        wrong("a straight line needs a place to begin", "add baseline = …");
    }
    let counts_failures = matches!(target.goal, Goal::AtLeast(_) if unit == Some(Unit::Proportion))
        || matches!(target.goal, Goal::AtMost(most) if most <= 0.0);
    if target.allowance.is_some() && !counts_failures {
        wrong(
            "an allowance is a number of events although none is the target",
            "it goes with at_most = 0 and with shares; elsewhere use tolerance",
        );
    }
}
