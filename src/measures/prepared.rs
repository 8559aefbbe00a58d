//! The rows of a feed made ready for a plan's steps: what rows say of each other is worked out of all of
//! them once; the rest is read some rows at a time.

use std::collections::BTreeSet;

use polars::prelude::{Column, DataFrame, PolarsResult};

use crate::feeds::Feed;
use crate::feeds::rows::Stretch;
use crate::measures::plan::{Fold, Plan, timed};
use crate::measures::polars::{Stage, read_by, steps};
use crate::measures::stays::{self, Cuts, Window};
use crate::measures::{Request, repeats, working};
use crate::parallel;

/// A feed's rows as a plan needs them.
pub(super) struct Prepared<'a> {
    pub(super) plan: &'a Plan,
    feed: &'a Feed,
    request: &'a Request,
    stages: &'a [Stage<'a>],
    /// Whether there was an earlier event: one value for each row of the feed, worked out of all of them.
    pub(super) priors: Vec<Column>,
    /// Where a person's next stay ends the one before.
    cuts: Option<Cuts>,
    /// Windows of stays that are asked for.
    windows: Option<Vec<Window>>,
    /// The columns that are read.
    pub(super) reads: BTreeSet<String>,
}

impl<'a> Prepared<'a> {
    /// Works out what rows say of each other. Besides the columns that the plan reads those named are read.
    pub(super) fn new(
        plan: &'a Plan,
        stages: &'a [Stage<'a>],
        feed: &'a Feed,
        request: &'a Request,
        also: &[&str],
    ) -> PolarsResult<Self> {
        let contract = &feed.contract;
        let mut reads = read_by(plan, stages, feed, request);
        reads.extend(working::reads(plan));
        reads.extend(["@partial".to_owned()]);
        reads.extend(contract.status.clone());
        if let Fold::Distinct(of) = &plan.fold {
            reads.insert(of.clone());
        }
        reads.extend(also.iter().map(|column| (*column).to_owned()));
        let mut cuts = None;
        let mut windows = None;
        if let Fold::Census(stay, level) = &plan.fold {
            reads.extend(stays::reads(stay, contract));
            cuts = Cuts::new(feed, stay)?;
            let timed = timed(contract, &[&stay.from, &stay.to]);
            for stage in stages {
                if let Stage::Days(runs) = stage {
                    let window = |run: &(i32, i32)| Window::new(*level, timed, run.0, run.1);
                    windows = Some(runs.iter().map(window).collect());
                }
            }
        }
        let mut priors = Vec::new();
        repeats::add_priors(&mut priors, plan, feed)?;
        Ok(Self { plan, feed, request, stages, priors, cuts, windows, reads })
    }

    /// The rows of a stretch, ready for [`steps`](super::polars::steps).
    pub(super) fn read(&self, stretch: &Stretch) -> PolarsResult<DataFrame> {
        let reads: Vec<&str> = self.reads.iter().map(String::as_str).collect();
        self.ready(self.feed.rows.read(stretch, Some(&reads))?, stretch)
    }

    /// No row, ready.
    pub(super) fn none(&self) -> PolarsResult<DataFrame> {
        let reads: Vec<&str> = self.reads.iter().map(String::as_str).collect();
        self.ready(self.feed.rows.none(Some(&reads))?, &Stretch::default())
    }

    /// Makes the rows of a stretch ready.
    pub(super) fn ready(&self, rows: DataFrame, stretch: &Stretch) -> PolarsResult<DataFrame> {
        let mut rows = beside(rows, &self.priors, stretch)?;
        if let Fold::Census(stay, _) = &self.plan.fold {
            rows = stays::add(rows, stay, &self.feed.contract)?;
            if let Some(cuts) = &self.cuts {
                cuts.apply(&mut rows, stretch)?;
            }
            if let Some(windows) = &self.windows {
                stays::add_part(&mut rows, windows)?;
            }
        }
        working::add(&mut rows, self.plan, self.request)?;
        Ok(rows)
    }

    /// Some rows that are ready, each with the step it stops at, whatever the others are.
    pub(super) fn steps(&self, rows: DataFrame) -> PolarsResult<DataFrame> {
        steps(self.plan, self.stages, rows, &self.feed.contract, self.request)
    }

    /// What a function makes of the rows of each stretch, side by side; taken in their order.
    pub(super) fn each<R: Send>(
        &self,
        of: impl Fn(DataFrame) -> PolarsResult<R> + Sync,
        take: impl FnMut(R) -> PolarsResult<()> + Send,
    ) -> PolarsResult<()> {
        let of = |stretch: Stretch| of(self.read(&stretch)?);
        parallel::in_order(self.feed.rows.stretches(), of, take)
    }
}

/// The rows of a stretch with what was worked out of all rows.
pub(super) fn beside(
    mut rows: DataFrame,
    columns: &[Column],
    stretch: &Stretch,
) -> PolarsResult<DataFrame> {
    let from = i64::try_from(stretch.rows.start).unwrap_or(i64::MAX);
    for column in columns {
        rows.with_column(column.slice(from, stretch.rows.len()))?;
    }
    Ok(rows)
}
