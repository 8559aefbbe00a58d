//! From findings to what one profile releases: every number passes [`Gate::figure`] and no other way.

mod actions;
mod facts;
mod feeds;
mod outlook;
mod proposal;
mod reconciliation;

pub use actions::action_rules;

use std::collections::BTreeMap;

use super::released::{
    Before, ChartRule, Colour, Gap, Gaps, Indicator, Phase, Point, Range, RateBasis, Released,
    Rows, Rule,
};
use super::{Content, Figure, Profile, Why};
use crate::area::Areas;
use crate::indicators::measure::{Kind, Measure};
use crate::indicators::notes::Notes;
use crate::indicators::{Asked, Plan};
use crate::judgement::actions::Judged;
use crate::judgement::facts::Certainty;
use crate::judgement::reconciled::Reconciled;
use crate::judgement::{self, Finding, Months, gaps, kind, rating};
use crate::period::Month;
use crate::quality::{FeedQuality, RowSteps};
use crate::series::{Nature, Status};
use crate::statistics::intervals::Interval;
use crate::unit::Unit;

/// What is to be released.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Every measure of the workspace.
    pub measures: &'a BTreeMap<String, Measure>,
    /// Names of areas.
    pub areas: &'a Areas,
    /// The plan's findings, in its order.
    pub findings: &'a [Finding],
    /// The plan's actions, in its order, judged at the end of the same month.
    pub actions: &'a [Judged],
    /// Counts of the same thing by several bodies.
    pub reconciled: &'a [Reconciled],
    /// The feeds they rest on.
    pub feeds: &'a BTreeMap<String, FeedQuality>,
    /// The rows of each measured indicator by the step they stopped at.
    pub rows: &'a BTreeMap<String, Vec<RowSteps>>,
    /// What people say of that month.
    pub notes: Option<&'a Notes>,
    /// The month they were made for.
    pub as_at: Month,
}

/// Releases a plan's findings to the readers of a profile.
pub fn release(subject: &Subject<'_>, profile: Profile) -> Released {
    let gate = Gate::of(profile);
    Released {
        profile: profile.name(),
        plan: subject.plan.id.clone(),
        title: subject.plan.title.clone(),
        as_at: subject.as_at,
        indicators: subject.findings.iter().map(|one| gate.indicator(subject, one)).collect(),
        counts: counts(subject.findings)
            .into_iter()
            .map(|(colour, number)| (colour, gate.count(number)))
            .collect(),
        actions: gate.actions(subject),
        reconciliations: subject.reconciled.iter().map(|one| gate.reconciliation(one)).collect(),
        feeds: subject.feeds.values().map(|feed| gate.feed(feed)).collect(),
        notes: gate.notes(subject.notes),
        rules: rating_rules(),
        charts: chart_rules(),
    }
}

/// The rating table, which anybody may see.
pub fn rating_rules() -> Vec<Rule> {
    let rule = |row: &rating::Row| Rule { code: row.code, colour: row.colour, when: row.when };
    rating::TABLE.iter().map(rule).collect()
}

/// The table of charts, which anybody may see.
pub fn chart_rules() -> Vec<ChartRule> {
    let rule = |row: &kind::Row| ChartRule {
        code: row.code,
        kind: row.kind,
        when: row.when,
        limits: row.limits,
    };
    kind::TABLE.iter().map(rule).collect()
}

/// How many findings, parts of splits left out, have each colour.
fn counts(findings: &[Finding]) -> [(Colour, u64); 4] {
    [Colour::Red, Colour::Amber, Colour::Green, Colour::NotRated].map(|colour| {
        let with = |one: &&Finding| one.split.is_none() && one.rating.colour == colour;
        (colour, findings.iter().filter(with).count() as u64)
    })
}

/// The one place where numbers become figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate {
    profile: Profile,
}

impl Gate {
    /// The gate of a profile.
    pub(super) fn of(profile: Profile) -> Self {
        Self { profile }
    }

    pub(super) fn figure(self, value: f64) -> Figure {
        match self.profile {
            Profile::Internal => Figure(Content::Shown(value)),
        }
    }

    fn maybe(self, value: Option<f64>) -> Option<Figure> {
        value.map(|value| self.figure(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "counts lie far below 2^52")]
    fn count(self, value: u64) -> Figure {
        self.figure(value as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "sums lie far below 2^52")]
    fn whole(self, value: Option<i64>) -> Option<Figure> {
        value.map(|value| self.figure(value as f64))
    }

    fn range(self, interval: Interval) -> Range {
        Range {
            lower: self.figure(interval.lower),
            upper: self.figure(interval.upper),
            method: interval.method,
        }
    }

    fn certainty(self, certainty: Certainty) -> (Range, bool) {
        (self.range(certainty.interval), certainty.excludes)
    }

    fn indicator(self, subject: &Subject<'_>, finding: &Finding) -> Indicator {
        let asked = &finding.indicator;
        let (measure, feed) = match &asked.asked {
            Asked::Measured { measure, .. } => {
                let measure = subject.measures.get(measure);
                (measure, measure.map_or_else(Vec::new, |measure| measure.feeds()))
            }
            Asked::NotReportable { feed, .. } => (None, vec![feed.as_str()]),
        };
        let is_synthetic = |feed: &&str| subject.feeds.get(*feed).is_some_and(|one| one.synthetic);
        let synthetic = feed.iter().any(is_synthetic);
        let feed = feed.join(", ");
        Indicator {
            id: asked.id.clone(),
            reference: asked.reference.clone(),
            title: asked.title.clone(),
            measure: measure.map(|measure| measure.id.clone()),
            source: measure.map(|measure| measure.source.clone()),
            standard: measure.and_then(Measure::standard).cloned(),
            feed,
            area: finding.area.clone(),
            area_name: subject
                .areas
                .get(&finding.area)
                .map_or_else(|| finding.area.clone(), |area| area.name.clone()),
            split: finding.split.clone(),
            unit: match measure {
                Some(measure) if measure.split_shares && finding.split.is_some() => {
                    Unit::Proportion
                }
                Some(measure) => measure.unit,
                None => Unit::Count,
            },
            stock: finding.series.nature == Nature::Stock,
            grain: asked.grain,
            charting: asked.charting.clone(),
            better: asked.better,
            owner: asked.owner.clone(),
            stated: asked.stated.clone(),
            in_stated_months: self.whole(stated_months(finding)),
            synthetic,
            beside: asked.beside.clone(),
            rate: measure.and_then(|measure| rate(subject, finding, measure)),
            each: measure.and_then(|measure| measure.each),
            choices: asked.choices.clone(),
            points: self.points(finding),
            months: finding.months.as_ref().map_or(Vec::new(), |months| self.months(months)),
            phases: finding.phases.iter().map(|phase| self.phase(phase)).collect(),
            path: finding.way.as_ref().map_or(Vec::new(), |way| {
                way.points.iter().map(|(month, value)| (*month, self.figure(*value))).collect()
            }),
            gaps: finding.gaps.as_ref().map(|gaps| self.gaps(gaps)),
            path_judged: finding.way.as_ref().is_some_and(|way| way.judged),
            icons: finding.icons,
            rows: subject
                .rows
                .get(&asked.id)
                .filter(|_| finding.split.is_none())
                .map_or_else(Vec::new, |rows| rows.iter().map(|rows| self.rows(rows)).collect()),
            facts: self.facts(&finding.facts),
            colour: finding.rating.colour,
            rule: finding.rating.code,
            tests: rating::trace(&finding.facts),
            proposal: self.proposal(finding),
            outlook: finding.outlook.as_ref().map(|outlook| self.outlook(outlook)),
            before: finding.before.map(before),
            caveats: finding.caveats.iter().map(|caveat| self.caveat(caveat)).collect(),
        }
    }

    /// Words are not figures: a profile lets a note through whole, or not at all.
    fn notes(self, notes: Option<&Notes>) -> Option<Notes> {
        match self.profile {
            Profile::Internal => notes.cloned(),
        }
    }

    fn points(self, finding: &Finding) -> Vec<Point> {
        let phase_of = |at: usize| {
            finding.phases.iter().position(|phase| (phase.first..=phase.last).contains(&at))
        };
        let lines = |at: usize| finding.phases.get(phase_of(at)?)?.at(at)?.lines;
        let charted = |(at, point): (usize, &crate::series::Point)| Point {
            target: self.maybe(finding.targets.get(at).copied().flatten()),
            phase: phase_of(at),
            lower_limit: self.maybe(lines(at).map(|lines| lines.lower)),
            upper_limit: self.maybe(lines(at).map(|lines| lines.upper)),
            signals: finding.signals.get(at).cloned().unwrap_or_default(),
            ..self.point(point, finding.intervals.get(at).copied().flatten())
        };
        finding.series.points.iter().enumerate().map(charted).collect()
    }

    /// A period without anything that a chart adds to it.
    fn point(self, point: &crate::series::Point, interval: Option<Interval>) -> Point {
        Point {
            period: point.period,
            status: point.status,
            numerator: self.whole(point.numerator),
            denominator: self.whole(point.denominator),
            unknown: self.count(point.unknown),
            value: match point.status {
                Status::Suppressed => Some(Figure(Content::Withheld(Why::SuppressedAtSource))),
                Status::Missing => Some(Figure(Content::Withheld(Why::Missing))),
                _ => self.maybe(point.value),
            },
            interval: interval.map(|interval| self.range(interval)),
            target: None,
            phase: None,
            lower_limit: None,
            upper_limit: None,
            signals: Vec::new(),
        }
    }

    fn months(self, months: &Months) -> Vec<Point> {
        let intervals = months.intervals.iter().copied();
        months.series.points.iter().zip(intervals).map(|(p, i)| self.point(p, i)).collect()
    }

    fn gaps(self, gaps: &gaps::Gaps) -> Gaps {
        let days = |days: Option<i64>| self.whole(days);
        let gap = |gap: &gaps::Gap| Gap {
            day: gap.day,
            days: days(gap.days),
            settled: gap.settled,
            signals: gap.signals.clone(),
        };
        Gaps {
            kind: gaps.kind,
            points: gaps.points.iter().map(gap).collect(),
            centre: self.maybe(gaps.drawn.centre),
            lower: self.maybe(gaps.drawn.lower),
            upper: self.maybe(gaps.drawn.upper),
            last: gaps.last,
            until: gaps.until,
            since: self.count(gaps.since.unsigned_abs()),
            beyond: gaps.beyond(),
        }
    }

    fn rows(self, rows: &RowSteps) -> Rows {
        let step = |(name, failed, unknown): &(String, u64, u64)| {
            (name.clone(), self.count(*failed), self.count(*unknown))
        };
        Rows {
            measure: rows.measure.clone(),
            feed: rows.feed.clone(),
            steps: rows.steps.iter().map(step).collect(),
            counted: self.count(rows.counted),
            nowhere: rows
                .nowhere
                .iter()
                .map(|(code, rows)| (code.clone(), self.count(*rows)))
                .collect(),
        }
    }

    fn phase(self, phase: &judgement::Phase) -> Phase {
        let centre = phase.limits.iter().rev().find_map(|limits| *limits);
        Phase {
            first: phase.first,
            last: phase.last,
            kind: phase.kind,
            centre: self.maybe(centre.map(|limits| limits.mean)),
            why: phase.why.clone(),
        }
    }
}

/// Codes and periods alone: there is no number in it.
fn before(before: judgement::before::Before) -> Before {
    Before {
        colour: before.rating.colour,
        rule: before.rating.code,
        period: before.period,
        variation: before.variation,
    }
}

/// Of counts, the total of the months of which the plan stated something; `None` when one of them
/// is not known.
fn stated_months(finding: &Finding) -> Option<i64> {
    let (from, to) = finding.indicator.stated.months?;
    let inside = |point: &&crate::series::Point| {
        from <= point.period.first_month() && point.period.last_month() <= to
    };
    let points: Vec<_> = finding.series.points.iter().filter(inside).collect();
    let whole = usize::try_from(to.since(from) + 1).is_ok_and(|months| months == points.len());
    if finding.series.nature != Nature::Count || !whole {
        return None;
    }
    points.iter().map(|point| point.numerator).sum()
}

/// What a rate is of, as at its latest settled period.
fn rate(subject: &Subject<'_>, finding: &Finding, measure: &Measure) -> Option<RateBasis> {
    let Kind::Rate { per, age, annualised } = &measure.kind else { return None };
    let year = finding.facts.period.map_or(subject.as_at.year(), |period| {
        let month = if *annualised { period.last_month() } else { period.first_month() };
        month.year()
    });
    let people = subject.areas.population(&finding.area, age);
    let estimate = people.and_then(|people| people.of(year));
    Some(RateBasis {
        per: *per,
        age: age.clone(),
        annualised: *annualised,
        estimate: estimate.map(|(year, found)| (year, found.source.clone())),
    })
}
