//! The facts of a rating and what a reader must know besides, released.

use super::Gate;
use crate::disclosure::released::{Absent, Caveat, Change, Events, Facts, MeanMiss, Total};
use crate::judgement::{self, facts};

impl Gate {
    pub(super) fn facts(self, facts: &facts::Facts) -> Facts {
        Facts {
            promise: facts.promise,
            period: facts.period,
            value: self.maybe(facts.value),
            numerator: self.whole(facts.numerator),
            denominator: self.whole(facts.denominator),
            previous: self.maybe(facts.previous),
            absent: facts.absent.as_ref().map(|absent| self.absent(absent)),
            target: self.maybe(facts.target),
            goal: self.maybe(facts.goal),
            target_set: facts.target_set,
            target_from: facts.target_from,
            target_by: facts.target_by,
            target_reference: facts.target_reference.clone(),
            green_threshold: self.maybe(facts.green_threshold),
            red_threshold: self.maybe(facts.red_threshold),
            tolerance: self.maybe(facts.tolerance),
            tolerance_basis: facts.tolerance_basis,
            miss: self.maybe(facts.miss),
            position: facts.position,
            met_running: facts.met_running,
            running_needed: facts.running_needed,
            kind: facts.kind,
            laney: self.maybe(facts.laney),
            phase_points: facts.phase_points,
            phase_start: facts.phase_start,
            mean: self.maybe(facts.mean),
            sigma: self.maybe(facts.sigma),
            lower_limit: self.maybe(facts.lower_limit),
            upper_limit: self.maybe(facts.upper_limit),
            variation: facts.variation,
            signal: facts.signal,
            signal_run: facts.signal_run,
            fresh: facts.fresh,
            assurance: facts.assurance,
            persistence: self.maybe(facts.persistence),
            baseline: self.maybe(facts.baseline),
            exact: facts.exact.map(|exact| self.certainty(exact)),
            pooled: facts.pooled.map(|pooled| self.certainty(pooled)),
            mean_miss: facts.mean_miss.map(|mean| MeanMiss {
                points: mean.points,
                mean: self.figure(mean.mean),
                interval: self.range(mean.interval),
            }),
            events: facts.events.as_ref().map(|events| self.events(events)),
            milestone: facts.milestone,
            total: facts.total.map(|total| Total {
                year: total.year,
                to_date: self.figure(total.to_date),
                profile: self.figure(total.profile),
                whole: self.figure(total.whole),
                year_end: total.year_end,
            }),
            change: facts.change.as_ref().map(|change| self.change(change)),
        }
    }

    fn absent(self, absent: &facts::Absent) -> Absent {
        match absent {
            facts::Absent::NotReportable(why) => Absent::NotReportable(why.clone()),
            facts::Absent::FeedMissing => Absent::FeedMissing,
            facts::Absent::FeedStopped(why) => Absent::FeedStopped(why.clone()),
            facts::Absent::NoValue => Absent::NoValue,
            facts::Absent::Late => Absent::Late,
            facts::Absent::Suppressed => Absent::Suppressed,
            facts::Absent::BoundsStraddle { least, most } => {
                Absent::BoundsStraddle(self.figure(*least), self.figure(*most))
            }
            facts::Absent::YearIncomplete => Absent::YearIncomplete,
            facts::Absent::NotSaid(by) => Absent::NotSaid(*by),
        }
    }

    pub(super) fn caveat(self, caveat: &judgement::Caveat) -> Caveat {
        match caveat {
            judgement::Caveat::Provisional(period) => Caveat::Provisional(*period),
            judgement::Caveat::Partial(period) => Caveat::Partial(*period),
            judgement::Caveat::Unknown(rows) => Caveat::Unknown(self.count(*rows)),
            judgement::Caveat::OtherReading(other) => Caveat::OtherReading {
                rows: self.count(other.rows),
                counted: other.counted,
                value: self.maybe(other.value),
            },
            judgement::Caveat::ShortPhase(points) => Caveat::ShortPhase(*points),
            judgement::Caveat::OwnBaseline => Caveat::OwnBaseline,
            judgement::Caveat::OwnPath => Caveat::OwnPath,
            judgement::Caveat::Correlated(r) => Caveat::Correlated(self.figure(*r)),
            judgement::Caveat::Late(latest) => Caveat::Late(*latest),
            judgement::Caveat::BaselineCut(first, last) => Caveat::BaselineCut(*first, *last),
            judgement::Caveat::Code(change) => Caveat::Code(change.clone()),
        }
    }

    fn events(self, events: &facts::Events) -> Events {
        Events {
            latest: self.count(events.latest),
            later: self.count(events.later),
            newly_reported: self.count(events.newly_reported),
            quarter: events.quarter.map(|quarter| self.count(quarter)),
            year: self.count(events.year),
            unknown: self.count(events.unknown),
            complete: events.complete,
            last: events.last,
            allowance: events.allowance,
        }
    }

    fn change(self, change: &facts::Change) -> Change {
        Change {
            baseline: self.figure(change.baseline),
            baseline_points: change.baseline_points,
            own: change.own,
            after: change.after,
            latest: self.figure(change.latest),
            latest_points: change.latest_points,
            same_months: change.same_months,
            interval: change.interval.map(|interval| self.range(interval)),
            verdict: change.verdict,
        }
    }
}
