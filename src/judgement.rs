//! What a series means: facts, then the first row of the rating table that applies.
//!
//! Everything here is a code or a number. Sentences are made in `wording`, from what disclosure
//! lets through.

use chrono::NaiveDate;

use crate::indicators::Indicator;
use crate::indicators::target::Path;
use crate::period::{Grain, Month, Period};
use crate::quality::FeedState;
use crate::series::{Nature, OtherReading, Point, Series, Status};
use crate::statistics::intervals::Interval;
use crate::statistics::limits::Limits;
use crate::statistics::signals::Signal;

pub mod actions;
mod assurance;
mod baseline;
pub mod before;
mod certainty;
mod change;
pub mod chart;
mod events;
pub mod facts;
mod feed;
pub mod gaps;
mod gather;
pub mod kind;
mod misses;
pub mod outlook;
pub mod proposal;
pub mod rating;
pub mod reconciled;
mod settling;
mod spread;
mod targets;
mod total;
mod variation;
pub mod working;

pub use feed::FeedFacts;

use facts::Absent;
use kind::Kind;
use settling::Sense;

/// Everything known about one indicator in one area as at one month.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What was asked.
    pub indicator: Indicator,
    /// Code of the area.
    pub area: String,
    /// The column and code it is narrowed to, when it is one of a split.
    pub split: Option<(String, String)>,
    /// Nothing after this month was looked at.
    pub as_at: Month,
    /// Every period, in order; empty when nothing can be reported.
    pub series: Series,
    /// The months behind a series that is judged by quarters.
    pub months: Option<Months>,
    /// The chart's phases: process limits of the values.
    pub phases: Vec<Phase>,
    /// For each point of the series, every special cause it takes part in.
    pub signals: Vec<Vec<Signal>>,
    /// The 95 % confidence interval of each point of the series: counts and shares only.
    pub intervals: Vec<Option<Interval>>,
    /// The target in force at each point of the series, in its own time, where there is one; of a
    /// range the end that the value is nearer to.
    pub targets: Vec<Option<f64>>,
    /// The way to the target that is in force or is to come, where it has a date.
    pub way: Option<Way>,
    /// Days between events, where they are rare and their days are known.
    pub gaps: Option<gaps::Gaps>,
    /// What the chart says at the latest settled period.
    pub icons: chart::Icons,
    /// What the rating rests on.
    pub facts: facts::Facts,
    /// The colour and the row of the table that gave it.
    pub rating: rating::Rating,
    /// A rebase that the values suggest; never applied. Only of the whole: the parts of a split have
    /// the plan's rebases in common.
    pub proposal: Option<proposal::Proposal>,
    /// What is to be expected, where there is a settled value to expect anything from; `None`
    /// until [`Finding::with_outlook`] was asked.
    pub outlook: Option<outlook::Outlook>,
    /// What it was a month earlier; `None` until [`Finding::with_before`] was asked.
    pub before: Option<before::Before>,
    /// What a reader must know besides.
    pub caveats: Vec<Caveat>,
}

/// The months behind quarters: shown, but neither charted nor judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Months {
    /// Every month, in order.
    pub series: Series,
    /// The 95 % confidence interval of each.
    pub intervals: Vec<Option<Interval>>,
}

impl Months {
    /// Of a series of months.
    pub fn of(series: Series) -> Self {
        Self { intervals: certainty::intervals(&series), series }
    }
}

/// A stretch of a chart with limits of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Position of its first point.
    pub first: usize,
    /// Position of its last point.
    pub last: usize,
    /// Which chart it is.
    pub kind: Kind,
    /// Centre line and process limits of each of its points; `None` without a reported point.
    pub limits: Vec<Option<Limits>>,
    /// Why it began, when it is not the first.
    pub why: Option<String>,
}

impl Phase {
    /// Centre line and process limits at a position of the series.
    pub fn at(&self, position: usize) -> Option<Limits> {
        self.limits.get(position.checked_sub(self.first)?).copied().flatten()
    }
}

/// The way to a target, straight between its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Month and planned value.
    pub points: Vec<(Month, f64)>,
    /// Each period is judged by it; else it is ours, for orientation.
    pub judged: bool,
}

/// What a reader must know besides the number.
#[derive(Debug, Clone, PartialEq)]
pub enum Caveat {
    /// The value is from a feed that has not settled.
    Provisional(Period),
    /// Only a part of the period is covered.
    Partial(Period),
    /// Rows whose deciding field is unknown.
    Unknown(u64),
    /// Rows whose condition cannot be told, and the figure under the other reading of them.
    OtherReading(OtherReading),
    /// Fewer points than limits deserve.
    ShortPhase(usize),
    /// The plan states no baseline: the first twelve settled periods are ours.
    OwnBaseline,
    /// The straight line to the target is ours, for orientation.
    OwnPath,
    /// Successive values are correlated; the sigma was widened by this r.
    Correlated(f64),
    /// The feed is late: its latest month.
    Late(Option<Month>),
    /// Of the stated baseline only the periods wholly inside it are taken: the first and the last.
    BaselineCut(Period, Period),
    /// The code of this part of a split began or ended within the series.
    Code(CodeChange),
}

/// The beginning and the end of an area's code, as far as they lie within a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChange {
    /// First day in force.
    pub began: Option<NaiveDate>,
    /// The areas whose place it took, by name and code.
    pub before: Vec<String>,
    /// First day no longer in force.
    pub ended: Option<NaiveDate>,
    /// The area that took its place.
    pub after: Option<String>,
}

/// What every part of the judgement looks at.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    indicator: &'a Indicator,
    points: &'a [Point],
    nature: Nature,
    sense: Sense,
    base: Option<baseline::Base>,
    as_at: Month,
}

impl<'a> Case<'a> {
    /// Of a series as known at a month.
    fn of(indicator: &'a Indicator, series: &'a Series, as_at: Month) -> Self {
        let sense = Sense::of(indicator.grain);
        let (points, nature) = (&series.points[..], series.nature);
        let base = baseline::base(indicator.baseline.as_ref(), points, nature, sense);
        Self { indicator, points, nature, sense, base, as_at }
    }
}

/// Judges one series as at one month.
///
/// Cannot fail: odd data become a fact or a caveat. Periods that begin after the as-at month are
/// cut off. A period is settled when its last month and the months the feed takes to settle are
/// over; what is not settled turns provisional, is charted hollow, and enters no limit, no signal
/// and no rating but that of a never event. The rating is of *t*, the latest settled period.
pub fn judge(
    indicator: &Indicator,
    area: &str,
    split: Option<(String, String)>,
    series: Series,
    feed: &FeedFacts,
    as_at: Month,
) -> Finding {
    let series = settling::as_known(series, as_at, feed.settles_after);
    let case = Case::of(indicator, &series, as_at);
    let facts = gather::facts(&case, feed);
    let rating = rating::rate(&facts);
    let (phases, signals) = chart::phases(&series, indicator);
    let gaps = gaps::gaps(&case, series.events.as_deref());
    let icons = chart::icons(&case, &facts, (&phases, &signals), gaps.as_ref());
    let targets = targets_in_force(&case);
    let way = way(&case);
    let caveats = caveats(&case, &facts, feed, way.as_ref());
    let whole = split.is_none();
    let proposal = whole.then(|| proposal::proposal(indicator, &series, &phases)).flatten();
    Finding {
        indicator: indicator.clone(),
        area: area.to_owned(),
        split,
        as_at,
        phases,
        signals,
        intervals: certainty::intervals(&series),
        targets,
        way,
        gaps,
        icons,
        facts,
        rating,
        proposal,
        outlook: None,
        before: None,
        caveats,
        series,
        months: None,
    }
}

impl Finding {
    /// The same finding with what is to be expected of it: forecast, back-test and chance of
    /// meeting the target. Apart from [`judge`], which is made of no forecast and much faster.
    #[must_use]
    pub fn with_outlook(self) -> Self {
        let case = Case::of(&self.indicator, &self.series, self.as_at);
        let outlook = outlook::outlook(&case, &self.facts);
        Self { outlook, ..self }
    }
}

fn targets_in_force(case: &Case<'_>) -> Vec<Option<f64>> {
    let target = |point: &Point| {
        let month = point.period.last_month();
        let aim = targets::in_its_time(&case.indicator.targets, case.base.as_ref(), month)?;
        let (edge, _) = aim.edge(point.value.or(aim.most).or(aim.least)?)?;
        Some(edge)
    };
    case.points.iter().map(target).collect()
}

/// The plan's way, or our straight line to a target that is still to come.
fn way(case: &Case<'_>) -> Option<Way> {
    let target = targets::governing(&case.indicator.targets, case.as_at)?;
    let base = case.base.as_ref();
    let points = targets::way(target, base);
    if !points.is_empty() {
        return Some(Way { points, judged: true });
    }
    let aim = targets::level(&target.goal, base)?;
    let goal =
        if aim.least.is_some() && aim.most.is_some() { None } else { aim.most.or(aim.least) };
    let points = targets::straight(target, base, goal?);
    let ahead = target.path == Path::None && target.by.is_some_and(|by| by > case.as_at);
    (ahead && !points.is_empty()).then_some(Way { points, judged: false })
}

fn caveats(
    case: &Case<'_>,
    facts: &facts::Facts,
    feed: &FeedFacts,
    way: Option<&Way>,
) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    for point in case.points {
        match point.status {
            Status::Provisional => caveats.push(Caveat::Provisional(point.period)),
            Status::Partial => caveats.push(Caveat::Partial(point.period)),
            Status::Final | Status::Missing | Status::Suppressed => {}
        }
    }
    let shown = case.points.iter().find(|point| Some(point.period) == facts.period);
    let unknown = match &facts.events {
        Some(events) => events.unknown,
        None => shown.map_or(0, |point| point.unknown),
    };
    if unknown > 0 {
        caveats.push(Caveat::Unknown(unknown));
    }
    caveats.extend(shown.and_then(|point| point.other_reading).map(Caveat::OtherReading));
    if gather::rests_on_spread(facts) && facts.phase_points < rating::ENOUGH_POINTS {
        caveats.push(Caveat::ShortPhase(facts.phase_points));
    }
    if gather::rests_on_own_baseline(case, facts) {
        caveats.push(Caveat::OwnBaseline);
    }
    caveats.extend(baseline_cut(case));
    if way.is_some_and(|way| !way.judged) {
        caveats.push(Caveat::OwnPath);
    }
    if let Some(r) = facts.persistence {
        caveats.push(Caveat::Correlated(r));
    }
    if feed.state == FeedState::Ready && needs_feed(facts) && !is_delivered(case, feed) {
        let latest = case.points.iter().rev().find(|point| point.value.is_some());
        caveats.push(Caveat::Late(latest.map(|point| point.period.last_month())));
    }
    caveats
}

/// A baseline stated in months of which the periods that are judged take only a part.
fn baseline_cut(case: &Case<'_>) -> Option<Caveat> {
    let (from, to) = case.indicator.baseline.as_ref()?.months()?;
    let base = case.base.as_ref()?;
    let (first, last) = (*base.points.first()?, *base.points.last()?);
    let (first, last) = (case.points[first].period, case.points[last].period);
    let whole = first.first_month() == from && last.last_month() == to;
    (first.grain != Grain::Month && !whole).then_some(Caveat::BaselineCut(first, last))
}

/// Whether the newest period that should be settled was delivered. One that its source calls
/// provisional was, and so was a month whose last week ends in the next.
fn is_delivered(case: &Case<'_>, feed: &FeedFacts) -> bool {
    let due = settling::due(case.indicator.grain, case.as_at, feed.settles_after);
    let said = |status| matches!(status, Status::Final | Status::Provisional | Status::Suppressed);
    case.points.iter().any(|point| point.period.start == due.start && said(point.status))
}

fn needs_feed(facts: &facts::Facts) -> bool {
    facts.promise != facts::Promise::Milestone
        && !matches!(facts.absent, Some(Absent::NotReportable(_)))
}
