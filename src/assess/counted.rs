//! The rows of a feed are read once for all indicators of all plans.

use std::collections::BTreeMap;

use super::{Measured, Part};
use crate::indicators::Plan;
use crate::measures::{self, Request};
use crate::parallel;
use crate::period::Month;
use crate::workspace::{Opened, Workspace};

impl Workspace {
    /// Counts the rows of each feed for the indicators of some plans, each as at its month: what
    /// [`Self::assess`] asks for afterwards is there. Nothing else depends on it.
    pub fn count(&self, opened: &Opened, plans: &[(&Plan, Month)]) {
        let indicators = plans.iter().flat_map(|(plan, as_at)| {
            plan.indicators.iter().map(move |indicator| (indicator, *as_at))
        });
        let measured: Vec<(Measured<'_>, Vec<Option<&String>>)> = indicators
            .filter_map(|(indicator, as_at)| {
                let splits = std::iter::once(None).chain(indicator.splits.iter().map(Some));
                Some((self.measured(opened, indicator, as_at)?, splits.collect()))
            })
            .collect();
        let mut asked: BTreeMap<&str, Vec<(&Part<'_>, Request)>> = BTreeMap::new();
        for (measured, splits) in &measured {
            for (part, split) in
                measured.parts.iter().flat_map(|part| splits.iter().map(move |split| (part, split)))
            {
                let request = Request { split: split.cloned(), ..part.request.clone() };
                asked.entry(&part.measure.feed).or_default().push((part, request));
            }
        }
        parallel::map(asked.into_values().collect(), |asked| {
            let Some((first, _)) = asked.first() else { return };
            let feed = first.feed;
            let asked: Vec<_> =
                asked.into_iter().map(|(part, request)| (&part.plan, request)).collect();
            measures::count(feed, &asked);
        });
    }
}
