//! One pass over the rows of a feed for everything that is asked of it: rows are read and judged some at a
//! time, side by side, and what they add up to is joined at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, PolarsResult};

use crate::feeds::Feed;
use crate::feeds::rows::Stretch;
use crate::measures::Body;
use crate::measures::kernel::batch::{Answers, Batch};
use crate::measures::kernel::{self, take};
use crate::measures::plan::{Fold, Test, timed};
use crate::measures::polars::Stage;
use crate::measures::prepared::{Prepared, beside};
use crate::measures::rows::{Stop, TakenRows, plainly};
use crate::measures::stays::Window;
use crate::measures::sums::{Adding, Places, Sums};
use crate::parallel;

/// How many rows are judged at a time.
const BATCH: usize = 1 << 14;

/// What the rows of each code of a split add up to; of all rows without one.
pub(super) type Found = BTreeMap<Option<String>, Sums>;

/// Where the rows of a plan stop, over the whole calendar: how many failed each stage of a
/// [trace](super::trace), could not be decided at it, and last how many were counted.
pub(super) type Stops = Vec<u64>;

/// The sums of each of these, each worked out once for a feed; and of each plan where its rows stop.
pub(super) fn sums(feed: &Feed, asked: &[Adding<'_>]) -> PolarsResult<Vec<Arc<Found>>> {
    let words: Vec<String> = asked.iter().map(Adding::words).collect();
    let known = |words: &String| feed.derived.known::<Found>(words);
    let missing: Vec<usize> = (0..asked.len()).filter(|at| known(&words[*at]).is_none()).collect();
    let mut found = BTreeMap::new();
    if !missing.is_empty() {
        let further: Vec<Adding<'_>> = missing.iter().map(|at| asked[*at]).collect();
        let (sums, stops) = scan(feed, &further)?;
        for (at, sums) in missing.into_iter().zip(sums) {
            found.insert(at, feed.derived.keep(&words[at], sums));
        }
        for (words, stops) in stops {
            feed.derived.keep(&stops_words(&words), stops);
        }
    }
    let of = |(at, words): (usize, &String)| found.get(&at).cloned().or_else(|| known(words));
    Ok(words.iter().enumerate().filter_map(of).collect())
}

/// Where the rows of a plan stop, over the whole calendar.
pub(super) fn stops(adding: Adding<'_>) -> PolarsResult<Arc<Stops>> {
    let words = stops_words(&adding.rows_words());
    let known = || adding.feed.derived.known(&words);
    if let Some(known) = known() {
        return Ok(known);
    }
    sums(adding.feed, &[adding])?;
    Ok(known().unwrap_or_default())
}

fn stops_words(rows_words: &str) -> String {
    format!("stops of {rows_words}")
}

/// What is asked of the same plan, areas and days, by one split and another.
struct Group<'a> {
    prepared: Prepared<'a>,
    places: Places,
    /// The calendar's days, as stays have a part in them.
    window: Option<Window>,
    /// By position among all that is asked.
    asked: Vec<(usize, Adding<'a>)>,
}

/// What some rows add up to.
struct Counted {
    found: Vec<Found>,
    /// By group.
    stops: Vec<Stops>,
}

/// The sums of each, and where the rows of each plan stop, by what these rest on.
type Scanned = (Vec<Found>, Vec<(String, Stops)>);

fn scan(feed: &Feed, asked: &[Adding<'_>]) -> PolarsResult<Scanned> {
    let mut same: BTreeMap<String, Vec<(usize, Adding<'_>)>> = BTreeMap::new();
    for (at, adding) in asked.iter().enumerate() {
        same.entry(adding.rows_words()).or_default().push((at, *adding));
    }
    let staged: Vec<_> = same
        .values()
        .filter_map(|asked| {
            let steps = asked.first()?.1.plan.steps.iter();
            let stages: Vec<Stage<'_>> = steps.map(|step| Stage::Test(&step.test)).collect();
            Some((asked.clone(), stages))
        })
        .collect();
    let groups: PolarsResult<Vec<Group<'_>>> = staged
        .iter()
        .filter_map(|(asked, stages)| Some(Group::new(asked.clone(), asked.first()?.1, stages)))
        .collect();
    let pass = Pass::new(feed, groups?);
    let start = || Counted {
        found: asked.iter().map(Adding::start).collect(),
        stops: pass.groups.iter().map(Group::no_stops).collect(),
    };
    let threads = parallel::fold(
        feed.rows.stretches(),
        || Ok(start()),
        |counted, stretch| {
            if let Ok(so_far) = counted
                && let Err(error) = pass.add(so_far, &stretch)
            {
                *counted = Err(error);
            }
        },
    );
    let mut all = start();
    for counted in threads {
        let Counted { found, stops } = counted?;
        for ((sums, more), adding) in all.found.iter_mut().zip(found).zip(asked) {
            adding.join(sums, more);
        }
        for (stops, more) in all.stops.iter_mut().flatten().zip(stops.into_iter().flatten()) {
            *stops += more;
        }
    }
    Ok((all.found, same.into_keys().zip(all.stops).collect()))
}

/// What is read of each stretch, for all groups together.
struct Pass<'a> {
    feed: &'a Feed,
    groups: Vec<Group<'a>>,
    reads: BTreeSet<String>,
    /// What was worked out of rows that came before.
    priors: Vec<Column>,
}

impl<'a> Pass<'a> {
    fn new(feed: &'a Feed, groups: Vec<Group<'a>>) -> Self {
        let reads = groups.iter().flat_map(|group| group.prepared.reads.iter().cloned()).collect();
        let mut priors: BTreeMap<String, Column> = BTreeMap::new();
        for column in groups.iter().flat_map(|group| &group.prepared.priors) {
            priors.entry(column.name().to_string()).or_insert_with(|| column.clone());
        }
        Self { feed, groups, reads, priors: priors.into_values().collect() }
    }

    /// Adds the rows of a stretch.
    fn add(&self, counted: &mut Counted, stretch: &Stretch) -> PolarsResult<()> {
        let reads: Vec<&str> = self.reads.iter().map(String::as_str).collect();
        let mut rows = beside(self.feed.rows.read(stretch, Some(&reads))?, &self.priors, stretch)?;
        rows.rechunk_mut();
        let conditions = self.groups.iter().flat_map(|group| group.prepared.plan.conditions());
        let answers = Answers::new(&rows, conditions)?;
        let own = self.groups.iter().map(|group| group.prepared.ready(rows.clone(), stretch));
        let own = own.collect::<PolarsResult<Vec<DataFrame>>>()?;
        for start in (0..rows.height()).step_by(BATCH) {
            let from = i64::try_from(start).unwrap_or(i64::MAX);
            let batch = Batch::new(&rows, &answers, from, BATCH);
            let Counted { found, stops } = &mut *counted;
            for ((group, own), stops) in self.groups.iter().zip(&own).zip(stops) {
                group.add((found, stops), &batch, &own.slice(from, BATCH))?;
            }
        }
        Ok(())
    }
}

impl<'a> Group<'a> {
    fn new(
        asked: Vec<(usize, Adding<'a>)>,
        first: Adding<'a>,
        stages: &'a [Stage<'a>],
    ) -> PolarsResult<Self> {
        let Adding { plan, feed, request, calendar, .. } = first;
        let splits: Vec<&str> =
            asked.iter().filter_map(|(_, adding)| adding.request.split.as_deref()).collect();
        let window = match &plan.fold {
            Fold::Census(stay, level) => {
                let timed = timed(&feed.contract, &[&stay.from, &stay.to]);
                let (first, last) = calendar.days(request);
                Some(Window::new(*level, timed, first, last))
            }
            _ => None,
        };
        let reads = kernel::reads(plan, &feed.contract);
        let also: Vec<&str> = reads.iter().map(String::as_str).chain(splits).collect();
        let prepared = Prepared::new(plan, stages, feed, request, &also)?;
        Ok(Self { prepared, places: Places::new(calendar, request), window, asked })
    }

    fn no_stops(&self) -> Stops {
        vec![0; 2 * (self.prepared.plan.steps.len() + 1) + 1]
    }

    fn add(
        &self,
        (found, stops): (&mut [Found], &mut Stops),
        batch: &Batch<'_>,
        own: &DataFrame,
    ) -> PolarsResult<()> {
        let Some((_, Adding { plan, feed, request, body, .. })) = self.asked.first() else {
            return Ok(());
        };
        let taken = match body {
            Body::Kernel => take(plan, (batch, own), &feed.contract, request)?,
            Body::Plain => plainly(plan, own, &feed.contract, request)?,
        };
        self.stop(stops, &taken);
        for (at, adding) in &self.asked {
            let parts = batch.parts(adding.request.split.as_ref())?;
            adding.add_up(&mut found[*at], &self.places, &taken, &parts);
        }
        Ok(())
    }

    /// Counts where rows stop; whether they lie in the calendar is asked after their area.
    fn stop(&self, stops: &mut Stops, taken: &TakenRows) {
        let passed = &self.prepared.plan.steps;
        let in_area = passed.iter().position(|step| step.test == Test::InArea);
        let in_area = in_area.unwrap_or(passed.len());
        let last = stops.len() - 1;
        for (row, stop) in taken.stops.iter().enumerate() {
            let inside = || match self.window {
                Some(window) => taken.spans[row].is_some_and(|stay| window.holds(stay)),
                None => taken.days[row].is_some_and(|day| self.places.holds(day)),
            };
            let later = |step: u16| usize::from(step) + usize::from(usize::from(step) > in_area);
            let code = match *stop {
                Stop::Failed(step) if usize::from(step) <= in_area => 2 * usize::from(step),
                _ if in_area < passed.len() && !inside() => 2 * (in_area + 1),
                Stop::Failed(step) => 2 * later(step),
                Stop::Unknown(step) => 2 * later(step) + 1,
                Stop::Counted => last,
            };
            stops[code.min(last)] += 1;
        }
    }
}
