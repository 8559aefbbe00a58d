//! Feeds to findings: each indicator of a plan is measured and judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::Population;
use crate::error::Error;
use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::filter::ColumnType;
use crate::indicators::measure::{Kind, Measure};
use crate::indicators::{Asked, Indicator, Plan};
use crate::judgement::actions::Judged;
use crate::judgement::{self, FeedFacts, Finding, Months, kind};
use crate::measures::trace::trace;
use crate::measures::{self, Request, plan};
use crate::period::{Grain, Month};
use crate::quality::{FeedState, RowSteps};
use crate::series::{Nature, Series};
use crate::unit::Unit;
use crate::workspace::{Opened, Workspace};

/// What an indicator is measured by, once its feed is open.
#[derive(Debug)]
pub struct Measured<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// The feed.
    pub feed: &'a Feed,
    /// How its rows are counted.
    pub plan: plan::Plan,
    /// Areas, calendar and cut-off.
    pub request: Request,
}

impl Workspace {
    /// Every finding of a plan as at a month, in the plan's order; the parts of a split follow
    /// their whole.
    ///
    /// Findings cannot fail; the errors are of definitions that ask a feed for what it cannot give,
    /// and their indicators stand as not rated.
    pub fn assess(&self, opened: &Opened, plan: &Plan, as_at: Month) -> (Vec<Finding>, Vec<Error>) {
        let mut findings = Vec::new();
        let mut errors = Vec::new();
        for indicator in &plan.indicators {
            match self.assess_one(opened, indicator, as_at) {
                Ok(found) => findings.extend(found),
                Err(error) => {
                    let facts = FeedFacts {
                        state: FeedState::Stopped { why: error.problem.clone() },
                        ..FeedFacts::missing()
                    };
                    errors.push(error);
                    findings.push(judge(indicator, None, nothing(), &facts, as_at));
                }
            }
        }
        (findings, errors)
    }

    fn assess_one(
        &self,
        opened: &Opened,
        indicator: &Indicator,
        as_at: Month,
    ) -> Result<Vec<Finding>, Error> {
        let Some(measured) = self.measured(opened, indicator, as_at) else {
            let quality = self.measure_of(indicator).and_then(|m| opened.quality.get(&m.feed));
            let facts = quality.map_or_else(FeedFacts::missing, FeedFacts::of);
            return Ok(vec![judge(indicator, None, nothing(), &facts, as_at)]);
        };
        let facts = FeedFacts::of(&measured.feed.quality);
        let mut findings = Vec::new();
        for (_, series) in measured.collect(None)? {
            findings.push(measured.judge(indicator, None, series, &facts)?);
        }
        for column in &indicator.splits {
            for (code, series) in measured.collect(Some(column))? {
                let name = code.clone().unwrap_or_else(|| "not known".to_owned());
                let part = self.part(indicator, measured.feed, column, &name);
                let split = Some((column.clone(), code, name));
                findings.push(measured.judge(&part, split, series, &facts)?);
            }
        }
        Ok(findings)
    }

    /// The indicator for one part of a split: its area is the part where the column holds areas.
    fn part(&self, indicator: &Indicator, feed: &Feed, column: &str, code: &str) -> Indicator {
        let areas = feed.contract.schema().get(column) == Some(&ColumnType::Area);
        let area = if areas && self.areas.get(code).is_some() { code } else { &indicator.area };
        Indicator { area: area.to_owned(), ..indicator.clone() }
    }

    /// Every action of the plan's register, in its order, as it stands at the end of a month; none
    /// where the plan has no register.
    pub fn judged_actions(&self, plan: &Plan, as_at: Month) -> Vec<Judged> {
        let register = self.catalogue.actions.get(&plan.id);
        let rows = register.iter().flat_map(|register| &register.actions);
        rows.map(|action| judgement::actions::judge(action, as_at.last_day())).collect()
    }

    /// For each indicator of a plan that is measured, its feed's rows by the step they stop at, over
    /// the whole calendar. One whose feed cannot give what it asks is left out: [`Self::assess`]
    /// reports it, and the rest is made all the same.
    pub fn row_steps(
        &self,
        opened: &Opened,
        plan: &Plan,
        as_at: Month,
    ) -> BTreeMap<String, RowSteps> {
        let mut found = BTreeMap::new();
        for indicator in &plan.indicators {
            let Some(measured) = self.measured(opened, indicator, as_at) else { continue };
            let Ok(traced) = trace(&measured.plan, measured.feed, &measured.request, None) else {
                continue;
            };
            let steps = traced.steps.iter();
            let steps = steps.map(|step| (step.name.to_owned(), step.failed, step.unknown));
            let rows = RowSteps { steps: steps.collect(), counted: traced.counted };
            found.insert(indicator.id.clone(), rows);
        }
        found
    }

    /// The measure of an indicator, unless it is not yet reportable.
    pub fn measure_of(&self, indicator: &Indicator) -> Option<&Measure> {
        match &indicator.asked {
            Asked::Measured { measure, .. } => self.catalogue.measures.get(measure),
            Asked::NotReportable { .. } => None,
        }
    }

    /// The people of an area and of every other one, where a measure is a rate.
    fn populations(&self, measure: &Measure, area: &str) -> BTreeMap<Option<String>, Population> {
        let Kind::Rate { age, .. } = &measure.kind else { return BTreeMap::new() };
        let of = |code: &str| self.areas.population(code, age).cloned();
        let parts = self.areas.all().map(|part| (Some(part.code.clone()), of(&part.code)));
        let all = std::iter::once((None, of(area))).chain(parts);
        all.filter_map(|(code, people)| Some((code, people?))).collect()
    }

    /// How an indicator is measured; `None` when it is not yet reportable or its feed is not there.
    pub fn measured<'a>(
        &'a self,
        opened: &'a Opened,
        indicator: &Indicator,
        as_at: Month,
    ) -> Option<Measured<'a>> {
        let Asked::Measured { filter, .. } = &indicator.asked else { return None };
        let measure = self.measure_of(indicator)?;
        let feed = opened.feeds.get(&measure.feed)?;
        let areas: BTreeSet<String> = if feed.contract.rows == Rows::Totals {
            BTreeSet::from([indicator.area.clone()])
        } else {
            let within = self.areas.within(&indicator.area, as_at.last_day());
            within.into_iter().map(str::to_owned).collect()
        };
        let request = Request {
            areas,
            split: None,
            grain: indicator.grain,
            as_at,
            first: None,
            populations: self.populations(measure, &indicator.area),
        };
        let plan = plan::plan(measure, filter.as_ref(), &feed.contract);
        Some(Measured { measure, feed, plan, request })
    }
}

impl Measured<'_> {
    /// The series of the whole, or one for each code of a split.
    fn collect(&self, split: Option<&String>) -> Result<Vec<(Option<String>, Series)>, Error> {
        let request = Request { split: split.cloned(), ..self.request.clone() };
        measures::collect(&self.plan, self.measure, self.feed, &request)
    }

    /// Judges a series, by quarters where its months have too few cases; the split is given by its
    /// column, its code in the feed and its name.
    fn judge(
        &self,
        indicator: &Indicator,
        split: Option<(String, Option<String>, String)>,
        series: Series,
        facts: &FeedFacts,
    ) -> Result<Finding, Error> {
        let as_at = self.request.as_at;
        let named = split.as_ref().map(|(column, _, name)| (column.clone(), name.clone()));
        if !kind::by_quarters(indicator, &series) {
            return Ok(judge(indicator, named, series, facts, as_at));
        }
        let column = split.as_ref().map(|(column, ..)| column.clone());
        let code = split.and_then(|(_, code, _)| code);
        let request = Request { grain: Grain::Quarter, split: column, ..self.request.clone() };
        let all = measures::collect(&self.plan, self.measure, self.feed, &request)?;
        let quarters = all.into_iter().find(|(other, _)| *other == code).map(|(_, series)| series);
        let indicator = Indicator { grain: Grain::Quarter, ..indicator.clone() };
        let mut finding = judge(&indicator, named, quarters.unwrap_or_else(nothing), facts, as_at);
        finding.months = Some(Months::of(series));
        Ok(finding)
    }
}

fn judge(
    indicator: &Indicator,
    split: Option<(String, String)>,
    series: Series,
    facts: &FeedFacts,
    as_at: Month,
) -> Finding {
    judgement::judge(indicator, &indicator.area, split, series, facts, as_at).with_outlook()
}

/// A series about which nothing is known.
fn nothing() -> Series {
    Series { nature: Nature::Count, unit: Unit::Count, points: Vec::new(), events: None }
}
