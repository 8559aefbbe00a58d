//! What a plan promised, in words: targets, baseline, the way between them.

use super::meaning::percent;
use crate::indicators::Better;
use crate::indicators::baseline::Baseline;
use crate::indicators::target::{Done, Goal, Path, Target};
use crate::unit::Unit;
use crate::wording::{self, month};

/// How the values of an indicator are said: without a measure there is no unit, and a share is
/// known only by its % sign.
#[derive(Clone, Copy)]
pub(super) struct Said {
    pub(super) unit: Option<Unit>,
    pub(super) share: bool,
}

impl Said {
    fn value(self, value: f64) -> String {
        let plain = if self.share { Unit::Proportion } else { Unit::Count };
        match self.unit.unwrap_or(plain) {
            Unit::Proportion | Unit::Change => percent(value),
            unit => wording::stated_value(value, unit),
        }
    }

    fn distance(self, value: f64) -> String {
        match self.unit {
            Some(Unit::Proportion | Unit::Change) => {
                format!("{} percentage points", self.value(value).trim_end_matches('%'))
            }
            _ => self.value(value),
        }
    }
}

/// The goal alone: `At most 4`.
pub(super) fn goal(goal: &Goal, better: Better, said: Said) -> String {
    match goal {
        Goal::AtMost(most) => format!("At most {}", said.value(*most)),
        Goal::AtLeast(least) => format!("At least {}", said.value(*least)),
        Goal::Between(least, most) => {
            format!("From {} to {}", said.value(*least), said.value(*most))
        }
        Goal::ReduceBy(by) => format!("{} below the mean of the baseline", percent(*by)),
        Goal::IncreaseBy(by) => format!("{} above the mean of the baseline", percent(*by)),
        Goal::Never => "Must never happen: a never event".to_owned(),
        Goal::Direction => match better {
            Better::Lower => "Lower than the baseline; the plan gives no number".to_owned(),
            Better::Higher => "Higher than the baseline; the plan gives no number".to_owned(),
            Better::Neither => "Other than the baseline; the plan gives no number".to_owned(),
        },
        Goal::Monitor => "Watched only: nothing is promised, and nothing rated".to_owned(),
        Goal::Milestone { done: Done::In(done) } => {
            format!("Done or not; done in {}", month(*done))
        }
        Goal::Milestone { done: Done::No } => "Done or not; not done".to_owned(),
        Goal::Milestone { done: Done::NotSaid } => {
            "Done or not; nobody has said whether it is done".to_owned()
        }
        Goal::YearTotal { at_least, profile } => {
            let whole = format!("At least {} in each financial year", said.value(*at_least));
            let parts: Vec<String> = profile.iter().map(|part| said.value(*part)).collect();
            match parts.len() {
                0 => whole,
                4 => {
                    format!("{whole}; to date by the end of each quarter {}", wording::list(&parts))
                }
                _ => format!("{whole}; to date by the end of each month {}", wording::list(&parts)),
            }
        }
    }
}

/// A target with everything that was said of it, as one sentence.
pub(super) fn target(target: &Target, better: Better, said: Said) -> String {
    let Target { goal, from, by, set: _, path, tolerance, allowance, reference } = target;
    let mut parts = vec![self::goal(goal, better, said)];
    parts.extend(from.map(|from| format!("in force from {}", month(from))));
    parts.extend(by.map(|by| format!("to be reached by {}", month(by))));
    match path {
        Path::None => {}
        Path::Straight => parts.push("along a straight line from the baseline".to_owned()),
        Path::Points(points) => {
            let point =
                |(at, value): &(_, f64)| format!("{} in {}", said.value(*value), month(*at));
            let points: Vec<String> = points.iter().map(point).collect();
            parts.push(format!("along the points the plan prints: {}", wording::list(&points)));
        }
    }
    parts.extend(tolerance.map(|far| format!("near up to {} away", said.distance(far))));
    parts.extend(
        allowance
            .map(|events| format!("{} a year allowed", wording::many(events as usize, "event"))),
    );
    parts.extend(reference.as_ref().map(|printed| format!("printed in {printed}")));
    parts.join("; ")
}

/// What later periods are compared with.
pub(super) fn baseline(baseline: &Baseline, said: Said) -> String {
    match baseline {
        Baseline::Months { from, to } => {
            format!("The mean of {} to {}", month(*from), month(*to))
        }
        Baseline::Value(value) => format!("{}, as the plan prints it", said.value(*value)),
    }
}
