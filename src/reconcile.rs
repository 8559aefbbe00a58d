//! Feeds to reconciliations: each side is counted as its measure says, and records are matched.

use std::collections::BTreeSet;

use crate::assess::Part;
use crate::error::Error;
use crate::indicators::Plan;
use crate::indicators::reconciliation::{Key, Reconciliation};
use crate::judgement::reconciled::{Compared, Counted, Matched, Reconciled};
use crate::measures;
use crate::measures::matching::{Record, pairs, records};
use crate::period::{Grain, Month};
use crate::series::{Series, Status};
use crate::workspace::{Opened, Workspace};

/// Records of both sides of one month.
type Sides<T> = [T; 2];

impl Workspace {
    /// Every reconciliation of which two sides or more report for a plan's area, as at a month.
    pub fn reconcile(
        &self,
        opened: &Opened,
        plan: &Plan,
        as_at: Month,
    ) -> (Vec<Reconciled>, Vec<Error>) {
        let (mut found, mut errors) = (Vec::new(), Vec::new());
        for asked in self.catalogue.reconciliations.values() {
            match self.reconcile_one(opened, asked, &plan.area, as_at) {
                Ok(one) => found.extend(one.filter(Reconciled::has_figures)),
                Err(error) => errors.push(error),
            }
        }
        (found, errors)
    }

    /// `None` where the feed of a side is not there.
    fn reconcile_one(
        &self,
        opened: &Opened,
        asked: &Reconciliation,
        area: &str,
        as_at: Month,
    ) -> Result<Option<Reconciled>, Error> {
        let mut parts = Vec::new();
        for side in &asked.sides {
            let measure = self.catalogue.measures.get(&side.measure);
            let part = measure
                .and_then(|measure| self.part(opened, measure, None, (area, Grain::Month), as_at));
            let Some(part) = part else { return Ok(None) };
            parts.push(part);
        }
        let mut series = Vec::new();
        for part in &parts {
            let one = measures::collect(&part.plan, part.measure, part.feed, &part.request)?;
            series.extend(one.into_iter().map(|(_, series)| series));
        }
        let Some(first) = series.iter().filter_map(first).min() else { return Ok(None) };
        let mut months: Vec<Compared> = (0..=as_at.since(first))
            .map(|step| first.plus(step))
            .map(|month| Compared { month, counts: counts(&series, month), matched: None })
            .collect();
        if let (Some(key), [one, other]) = (&asked.key, parts.as_slice()) {
            match_up(&mut months, [one, other], key)?;
        }
        let feeds = parts.iter().map(|part| part.measure.feed.clone()).collect();
        Ok(Some(Reconciled { asked: asked.clone(), feeds, months }))
    }
}

fn first(series: &Series) -> Option<Month> {
    let reported = series.points.iter().find(|point| point.value.is_some());
    reported.map(|point| point.period.first_month())
}

fn counts(series: &[Series], month: Month) -> Vec<Counted> {
    let of = |series: &Series| {
        let point = series.points.iter().find(|point| point.period == month.period());
        point.map_or(Counted { status: Status::Missing, counted: None, unknown: 0 }, |point| {
            Counted { status: point.status, counted: point.numerator, unknown: point.unknown }
        })
    };
    series.iter().map(of).collect()
}

fn match_up(months: &mut [Compared], parts: Sides<&Part<'_>>, key: &Key) -> Result<(), Error> {
    let of = |part: &Part<'_>| records(&part.plan, part.feed, &part.request, &key.column);
    let both = [of(parts[0])?, of(parts[1])?];
    let paired = pairs(&both[0], &both[1], key.days);
    let in_pair: Sides<BTreeSet<usize>> = [
        paired.iter().map(|(one, _)| *one).collect(),
        paired.iter().map(|(_, other)| *other).collect(),
    ];
    let mut matched = vec![Matched::default(); months.len()];
    let first = months.first().map(|month| month.month);
    let place = |record: &Record| {
        let day = chrono::NaiveDate::from_epoch_days(record.day)?;
        let at = usize::try_from(Month::containing(day).since(first?)).ok()?;
        (at < months.len()).then_some(at)
    };
    let sure = |record: &Record, other: usize| {
        let day = |shift: i32| chrono::NaiveDate::from_epoch_days(record.day.saturating_add(shift));
        let month = |shift: i32| Some(Month::containing(day(shift)?));
        let (Some(from), Some(to)) = (month(-key.days), month(key.days)) else { return false };
        // every month in which a partner may lie was reported by the other side, all of it decided
        (0..=to.since(from)).map(|step| from.plus(step)).all(|month| {
            let at = first.and_then(|first| usize::try_from(month.since(first)).ok());
            let counts = at.and_then(|at| months.get(at)?.counts.get(other));
            counts.is_some_and(|counts| counts.whole() && counts.unknown == 0)
        })
    };
    for (side, records) in both.iter().enumerate() {
        for (at, record) in records.iter().enumerate() {
            let Some(month) = place(record) else { continue };
            match (&record.key, in_pair[side].contains(&at)) {
                (None, _) => matched[month].without_key[side] += 1,
                (Some(_), false) if sure(record, 1 - side) => matched[month].only[side] += 1,
                (Some(_), false) => matched[month].untold[side] += 1,
                (Some(_), true) if side == 0 => matched[month].both += 1,
                (Some(_), true) => {}
            }
        }
    }
    for (month, matched) in months.iter_mut().zip(matched) {
        month.matched = Some(matched);
    }
    Ok(())
}
