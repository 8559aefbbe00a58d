//! What is computed and what is not, why, and what would make it so.

use super::{many, period, reason};
use crate::disclosure::released::{Absent, Indicator, Released};

/// Whether an indicator is computed, or what keeps it from being.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// It has a value, or is done by a date.
    Computed,
    /// The whole has no value, but parts of its split have.
    InParts,
    /// Nobody delivers the data it needs, or the plan leaves open what is counted.
    NotReportable,
    /// Its feed has no files.
    NoFiles,
    /// Its feed was stopped by a check or an unreadable file.
    Stopped,
    /// Its latest figure is too old.
    Late,
    /// The source withholds the figure.
    Suppressed,
    /// No case fell into the latest settled period and the two before.
    NoCases,
    /// No settled period has a value.
    NoValue,
    /// Its date is past, and nobody has said whether it was done.
    NotSaid,
}

impl Answer {
    /// Every answer, in the order in which they are counted.
    pub const ALL: [Self; 10] = [
        Self::Computed,
        Self::InParts,
        Self::NotReportable,
        Self::NoFiles,
        Self::Stopped,
        Self::Late,
        Self::Suppressed,
        Self::NoCases,
        Self::NoValue,
        Self::NotSaid,
    ];

    /// Of an indicator as released.
    pub fn of(indicator: &Indicator) -> Self {
        match &indicator.facts.absent {
            Some(Absent::NotReportable(_)) => Self::NotReportable,
            Some(Absent::FeedMissing) => Self::NoFiles,
            Some(Absent::FeedStopped(_)) => Self::Stopped,
            Some(Absent::Late) => Self::Late,
            Some(Absent::Suppressed) => Self::Suppressed,
            Some(Absent::BoundsStraddle(..) | Absent::YearIncomplete) => Self::Computed,
            _ if indicator.rule == "N4" => Self::NoCases,
            Some(Absent::NoValue) => Self::NoValue,
            Some(Absent::NotSaid(_)) => Self::NotSaid,
            None => Self::Computed,
        }
    }

    /// Of an indicator of a plan, its parts looked at where the whole has no value.
    pub fn within(released: &Released, indicator: &Indicator) -> Self {
        let part = |one: &&Indicator| one.id == indicator.id && one.split.is_some();
        let computed = |one: &Indicator| Self::of(one) == Self::Computed;
        match Self::of(indicator) {
            Self::NoValue if released.indicators.iter().filter(part).any(computed) => Self::InParts,
            answer => answer,
        }
    }

    /// In words, as used in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::InParts => "computed in parts",
            Self::NotReportable => "not reportable",
            Self::NoFiles => "no files",
            Self::Stopped => "feed stopped",
            Self::Late => "late",
            Self::Suppressed => "suppressed",
            Self::NoCases => "no cases",
            Self::NoValue => "no settled value",
            Self::NotSaid => "not said",
        }
    }
}

/// Why it is not computed; empty where it is.
pub fn why(answer: Answer, indicator: &Indicator) -> String {
    match answer {
        Answer::Computed => String::new(),
        Answer::InParts => "Its parts are computed; the whole has no value.".to_owned(),
        Answer::NotReportable if indicator.feed.is_empty() => "Its definition is wrong.".to_owned(),
        Answer::NotReportable => {
            format!("No feed carries it yet: feed {} would.", indicator.feed)
        }
        _ => reason::reason(indicator),
    }
}

/// What would make it computed; empty where it is.
pub fn makes_it_so(answer: Answer, indicator: &Indicator) -> String {
    let feed = &indicator.feed;
    match (answer, &indicator.facts.absent) {
        (Answer::Computed, _) => String::new(),
        (Answer::InParts, _) => format!("Figures of the whole area in feed {feed}."),
        (_, Some(Absent::NotReportable(what))) => what.clone(),
        (Answer::NoFiles, _) => format!("Put the delivered files into data/{feed}."),
        (Answer::Stopped, _) => {
            format!("Mend what stopped feed {feed}: `concordat check` names file and line.")
        }
        (Answer::Late, _) => format!("Newer months of feed {feed}."),
        (Answer::NoValue, _) => {
            format!("Settled figures of this area in feed {feed}: it has none so far.")
        }
        (Answer::NotSaid, _) => {
            "The month in which it was done, or that it was not: `done` of its target.".to_owned()
        }
        (Answer::Suppressed, _) => {
            "Figures from the source that are not withheld, or a longer period.".to_owned()
        }
        _ => "Nothing is missing: it is computed as soon as there is a case.".to_owned(),
    }
}

/// One plan: how many of its indicators are computed, then each that is not.
pub fn lines(released: &Released) -> Vec<String> {
    let mut lines = vec![format!("{} ({}): {}", released.title, released.plan, counts([released]))];
    for indicator in released.whole() {
        let answer = Answer::within(released, indicator);
        if answer == Answer::Computed {
            let latest = indicator.facts.period.map_or_else(String::new, period);
            lines.push(format!(
                "  {:<12} computed, latest {latest}: {}",
                indicator.id, indicator.title
            ));
        } else {
            lines.push(format!("  {:<12} {}: {}", indicator.id, answer.name(), indicator.title));
            for words in [why(answer, indicator), makes_it_so(answer, indicator)] {
                lines.push(format!("  {:<12}   {words}", ""));
            }
        }
    }
    lines
}

/// `58 indicators: 30 computed, 27 not reportable, 1 late`.
pub fn counts<'a>(plans: impl IntoIterator<Item = &'a Released>) -> String {
    let of_plan = |plan: &'a Released| plan.whole().map(move |one| Answer::within(plan, one));
    let answers: Vec<Answer> = plans.into_iter().flat_map(of_plan).collect();
    let of = |answer: &Answer| answers.iter().filter(|one| *one == answer).count();
    let each = Answer::ALL.iter().map(|answer| (of(answer), answer.name()));
    let each: Vec<String> = each
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| format!("{number} {name}"))
        .collect();
    format!("{}: {}", many(answers.len(), "indicator"), each.join(", "))
}
