//! What there is to know of the codes that an indicator is shown by.

use crate::area::{Areas, Members};
use crate::judgement::{Caveat, CodeChange, Finding};
use crate::period::Month;

/// When the codes that come or go are in force.
pub(super) fn in_force(areas: &Areas) -> Members {
    let mut found = Members::default();
    for area in areas.all().filter(|area| area.from.is_some() || area.to.is_some()) {
        found.insert(&area.code, area.in_force());
    }
    found
}

/// Says of a part of a split by areas when its code began or ended within its series, and what was
/// before and after.
pub(super) fn tell_of_code(areas: &Areas, finding: &mut Finding, as_at: Month) {
    let Some(area) = areas.get(&finding.area).filter(|_| finding.split.is_some()) else { return };
    let first = finding.series.points.first().map(|point| point.period.start);
    let began = area.from.filter(|day| first.is_some_and(|first| first < *day));
    let ended = area.to.filter(|day| *day <= as_at.last_day());
    if began.is_none() && ended.is_none() {
        return;
    }
    let named = |code: &str| areas.get(code).map(|area| format!("{} ({code})", area.name));
    finding.caveats.push(Caveat::Code(CodeChange {
        began,
        before: areas.before(&area.code).filter_map(|area| named(&area.code)).collect(),
        ended,
        after: area.successor.as_deref().and_then(named),
    }));
}
