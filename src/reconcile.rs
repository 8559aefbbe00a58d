//! Feeds to reconciliations: each side is counted as its measure says, and records are matched.

use std::collections::BTreeMap;

use crate::assess::Part;
use crate::error::Error;
use crate::indicators::Plan;
use crate::indicators::reconciliation::{Key, Reconciliation, Side};
use crate::judgement::reconciled::{Compared, Counted, Matched, Reconciled};
use crate::measures;
use crate::measures::matching::{Record, pairs, records};
use crate::period::{Grain, Month};
use crate::series::{Series, Status};
use crate::workspace::{Opened, Workspace};

/// What there is of each of two sides.
type Sides<T> = [T; 2];

/// A counted record of one side, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Whose record it is, as a position among the sides.
    pub side: usize,
    /// Its own month.
    pub month: Month,
    /// The record.
    pub record: Record,
    /// What became of it.
    pub state: State,
}

/// What became of a record that is matched against another side's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A pair with this record of the other side.
    Paired(Record),
    /// Only this side has it.
    Only,
    /// A partner may lie where the other side did not report, or among its undecided records.
    Untold,
    /// It has no key.
    WithoutKey,
}

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
                Ok(one) => found.extend(one.map(|(one, _)| one).filter(Reconciled::has_figures)),
                Err(error) => errors.push(error),
            }
        }
        (found, errors)
    }

    /// One reconciliation for an area, and what became of each record of either side; no records
    /// without a key. `None` where the feed of a side is not there, or nobody reports.
    pub fn reconcile_one(
        &self,
        opened: &Opened,
        asked: &Reconciliation,
        area: &str,
        as_at: Month,
    ) -> Result<Option<(Reconciled, Vec<Met>)>, Error> {
        let Some(parts) = self.sides(opened, asked, area, as_at) else { return Ok(None) };
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
        let mut records = Vec::new();
        if let (Some(key), [one, other]) = (&asked.key, parts.as_slice()) {
            records = meet(&months, [one, other], key)?;
            count(&mut months, &records);
        }
        let feeds = parts.iter().map(|part| part.measure.feed.clone()).collect();
        Ok(Some((Reconciled { asked: asked.clone(), feeds, months }, records)))
    }

    /// How each side of a reconciliation is counted for an area; `None` where the feed of one is not
    /// there.
    pub fn sides<'a>(
        &'a self,
        opened: &'a Opened,
        asked: &Reconciliation,
        area: &str,
        as_at: Month,
    ) -> Option<Vec<Part<'a>>> {
        let part = |side: &Side| {
            let measure = self.catalogue.measures.get(&side.measure)?;
            self.part(opened, measure, None, (area, Grain::Month), as_at)
        };
        asked.sides.iter().map(part).collect()
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

/// What became of each record of both sides, in the months that are compared.
fn meet(months: &[Compared], parts: Sides<&Part<'_>>, key: &Key) -> Result<Vec<Met>, Error> {
    let of = |part: &Part<'_>| records(&part.plan, part.feed, &part.request, &key.column);
    let both = [of(parts[0])?, of(parts[1])?];
    let mut partners: Sides<BTreeMap<usize, usize>> = Sides::default();
    for (one, other) in pairs(&both[0], &both[1], key.days) {
        partners[0].insert(one, other);
        partners[1].insert(other, one);
    }
    let mut found = Vec::new();
    for (side, records) in both.iter().enumerate() {
        for (at, record) in records.iter().enumerate() {
            let Some(month) = month_of(record.day).filter(|month| at_of(months, *month).is_some())
            else {
                continue;
            };
            let partner = partners[side].get(&at).and_then(|at| both[1 - side].get(*at));
            let state = match (&record.key, partner) {
                (None, _) => State::WithoutKey,
                (Some(_), Some(partner)) => State::Paired(partner.clone()),
                (Some(_), None) if is_alone(months, record, 1 - side, key.days) => State::Only,
                (Some(_), None) => State::Untold,
            };
            found.push(Met { side, month, record: record.clone(), state });
        }
    }
    Ok(found)
}

/// Whether every month in which a partner may lie was reported by the other side, all of it decided.
fn is_alone(months: &[Compared], record: &Record, other: usize, days: i32) -> bool {
    let month = |shift: i32| month_of(record.day.saturating_add(shift));
    let (Some(from), Some(to)) = (month(-days), month(days)) else { return false };
    (0..=to.since(from)).map(|step| from.plus(step)).all(|month| {
        let counts = at_of(months, month).and_then(|at| months[at].counts.get(other));
        counts.is_some_and(|counts| counts.whole() && counts.unknown == 0)
    })
}

/// The month of a day, in days since 1970.
fn month_of(day: i32) -> Option<Month> {
    chrono::NaiveDate::from_epoch_days(day).map(Month::containing)
}

/// Position of a month among those that are compared.
fn at_of(months: &[Compared], month: Month) -> Option<usize> {
    let at = usize::try_from(month.since(months.first()?.month)).ok()?;
    (at < months.len()).then_some(at)
}

fn count(months: &mut [Compared], records: &[Met]) {
    let mut matched = vec![Matched::default(); months.len()];
    for Met { side, month, state, .. } in records {
        let Some(month) = at_of(months, *month).and_then(|at| matched.get_mut(at)) else {
            continue;
        };
        match state {
            State::Paired(_) if *side == 0 => month.both += 1,
            State::Paired(_) => {}
            State::Only => month.only[*side] += 1,
            State::Untold => month.untold[*side] += 1,
            State::WithoutKey => month.without_key[*side] += 1,
        }
    }
    for (month, matched) in months.iter_mut().zip(matched) {
        month.matched = Some(matched);
    }
}
