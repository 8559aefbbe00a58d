//! What charts of the days between rare events say.

use super::chart::name;
use super::{day, figure, many};
use crate::disclosure::released::{Gaps, Indicator, Kind};
use crate::unit::Unit;

/// The finding as a title.
pub fn title(indicator: &Indicator, gaps: &Gaps) -> String {
    format!(
        "{}, days between: {} to {} since the last, on {}",
        name(indicator),
        figure(gaps.since, Unit::Days),
        day(gaps.until),
        day(gaps.last)
    )
}

/// What is measured, and how to read it.
pub fn subtitle(indicator: &Indicator) -> String {
    format!("Days since the event before, {}; longer is fewer", indicator.area_name)
}

/// Method and source.
pub fn caption(indicator: &Indicator, gaps: &Gaps) -> String {
    let method = match (gaps.upper, gaps.kind) {
        (None, _) => "Fewer than 12 gaps: a median and no limits.",
        (Some(_), Kind::T) => {
            "t chart: limits are those of the days to the power 1/3.6, turned back; the centre line is \
             its mean turned back."
        }
        (Some(_), _) => {
            "g chart: the upper limit is the mean + 3 × √(mean × (mean + 1)) of the days; the centre \
             line is the median."
        }
    };
    let hollow = if gaps.points.iter().all(|gap| gap.settled) {
        " The hollow point is the days since the last event."
    } else {
        " Hollow points are the days since the last settled event and gaps that have not settled."
    };
    let synthetic = if indicator.synthetic { ", synthetic data" } else { "" };
    format!("{method}{hollow} Source: feed {}{synthetic}.", indicator.feed)
}

/// The chart for somebody who cannot see it.
pub fn alt(indicator: &Indicator, gaps: &Gaps) -> String {
    let mut sentences = vec![format!(
        "Chart of the days between events of {}, {}: {}, the last on {}.",
        indicator.title,
        indicator.area_name,
        many(gaps.points.len() + 1, "event"),
        day(gaps.last)
    )];
    let centre =
        if gaps.kind == Kind::T && gaps.upper.is_some() { "centre line" } else { "median" };
    sentences
        .extend(gaps.centre.map(|one| format!("The {centre} is {}.", figure(one, Unit::Days))));
    sentences
        .extend(gaps.upper.map(|one| format!("The upper limit is {}.", figure(one, Unit::Days))));
    let special = gaps.points.iter().filter(|gap| !gap.signals.is_empty()).count();
    sentences.push(match special {
        0 => "No gap shows special cause variation.".to_owned(),
        some => format!("{} of special cause variation.", many(some, "gap")),
    });
    sentences.push("The table below holds every gap.".to_owned());
    sentences.join(" ")
}
