//! Feeds to findings: each indicator of a plan is measured and judged.

use std::collections::BTreeMap;

use crate::area::{Members, Population};
use crate::disclosure::released::Released;
use crate::disclosure::{self, Profile};
use crate::error::Error;
use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::filter::{ColumnType, Filter};
use crate::indicators::charting::Charting;
use crate::indicators::measure::{Kind, Measure};
use crate::indicators::target::Target;
use crate::indicators::{Asked, Better, Indicator, Plan};
use crate::judgement::actions::Judged;
use crate::judgement::{self, FeedFacts, Finding};
use crate::measures::trace::{nowhere, trace};
use crate::measures::{Request, plan};
use crate::parallel;
use crate::period::{Grain, Month};
use crate::quality::{FeedState, RowSteps};
use crate::workspace::{Opened, Workspace};

mod areas;
mod counted;
mod measured;

use measured::{judge, nothing};

/// What an indicator is measured by, once its feeds are open.
#[derive(Debug)]
pub struct Measured<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// The measures of rows that it rests on: itself, or the parts it is derived from.
    pub parts: Vec<Part<'a>>,
    /// By id.
    measures: &'a BTreeMap<String, Measure>,
    as_at: Month,
}

/// A measure of rows.
#[derive(Debug)]
pub struct Part<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// Its feed.
    pub feed: &'a Feed,
    /// How the feed's rows are counted.
    pub plan: plan::Plan,
    /// Areas, calendar and cut-off.
    pub request: Request,
    /// The parts of the area asked for that publish figures of their own, where the feed's rows are
    /// published figures.
    own: Vec<String>,
}

impl Workspace {
    /// Every finding of a plan as at a month, in the plan's order; the parts of a split follow
    /// their whole.
    ///
    /// Findings cannot fail; the errors are of definitions that ask a feed for what it cannot give,
    /// and their indicators stand as not rated.
    pub fn assess(&self, opened: &Opened, plan: &Plan, as_at: Month) -> (Vec<Finding>, Vec<Error>) {
        self.count(opened, &[(plan, as_at)]);
        let mut findings = Vec::new();
        let mut errors = Vec::new();
        let assess = |indicator| self.assess_one(opened, indicator, as_at);
        let assessed = parallel::map(plan.indicators.iter().collect(), assess);
        for (indicator, found) in plan.indicators.iter().zip(assessed) {
            match found {
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

    /// A plan's findings as at a month, and all of it that may be released to the people inside, who
    /// see everything; with the errors of [`Self::assess`].
    pub fn inside(
        &self,
        opened: &Opened,
        plan: &Plan,
        as_at: Month,
    ) -> (Vec<Finding>, Released, Vec<Error>) {
        let (findings, errors) = self.assess(opened, plan, as_at);
        let subject = disclosure::Subject {
            plan,
            measures: &self.catalogue.measures,
            areas: &self.areas,
            findings: &findings,
            rows: &BTreeMap::new(),
            actions: &[],
            reconciled: &[],
            feeds: &opened.quality,
            notes: None,
            as_at,
        };
        let released = disclosure::release(&subject, Profile::Internal);
        (findings, released, errors)
    }

    fn assess_one(
        &self,
        opened: &Opened,
        indicator: &Indicator,
        as_at: Month,
    ) -> Result<Vec<Finding>, Error> {
        let facts = self.feed_facts(opened, indicator);
        let Some(measured) = self.measured(opened, indicator, as_at) else {
            return Ok(vec![judge(indicator, None, nothing(), &facts, as_at)]);
        };
        let facts = measured.waiting(facts);
        let mut findings = Vec::new();
        for (_, series) in measured.collect(None, indicator.grain)? {
            findings.push(measured.judge(indicator, None, series, &facts)?);
        }
        for column in &indicator.splits {
            for (code, series) in measured.collect(Some(column), indicator.grain)? {
                let name = code.clone().unwrap_or_else(|| "not known".to_owned());
                let part = self.split_part(indicator, &measured, column, &name);
                let split = Some((column.clone(), code, name));
                let mut finding = measured.judge(&part, split, series, &facts)?;
                areas::tell_of_code(&self.areas, &mut finding, as_at);
                findings.push(finding);
            }
        }
        Ok(findings)
    }

    /// A finding of a whole as it would have been as at another month, with one target only. Its
    /// records are those of today, as they were counted for it: nothing is counted again.
    pub fn judged_then(
        &self,
        opened: &Opened,
        today: &Finding,
        target: &Target,
        as_at: Month,
    ) -> Finding {
        let indicator = Indicator { targets: vec![target.clone()], ..today.indicator.clone() };
        let facts = self.feed_facts(opened, &indicator);
        let facts = match self.measured(opened, &indicator, as_at) {
            Some(measured) => measured.waiting(facts),
            None => facts,
        };
        judge(&indicator, None, today.series.clone(), &facts, as_at)
    }

    /// What is known of the feeds of an indicator, the worst of each.
    fn feed_facts(&self, opened: &Opened, indicator: &Indicator) -> FeedFacts {
        let feeds = self.measure_of(indicator).map_or_else(Vec::new, Measure::feeds);
        let of = |feed| opened.quality.get(feed).map_or_else(FeedFacts::missing, FeedFacts::of);
        FeedFacts::worst(feeds.into_iter().map(of))
    }

    /// The indicator for one part of a split: its area is the part where the column holds areas.
    /// What was promised of the whole is not promised of a part's share of it, which is watched.
    fn split_part(
        &self,
        indicator: &Indicator,
        measured: &Measured<'_>,
        column: &str,
        code: &str,
    ) -> Indicator {
        let of_areas =
            |part: &Part<'_>| part.feed.contract.schema().get(column) == Some(&ColumnType::Area);
        let areas = measured.parts.iter().all(of_areas);
        let area = if areas && self.areas.get(code).is_some() { code } else { &indicator.area };
        let part = Indicator { area: area.to_owned(), ..indicator.clone() };
        if !measured.measure.split_shares {
            return part;
        }
        let charting = Charting::default();
        Indicator { better: Better::Neither, targets: Vec::new(), baseline: None, charting, ..part }
    }

    /// Every action of the plan's register, in its order, as it stands at the end of a month; none
    /// where the plan has no register.
    pub fn judged_actions(&self, plan: &Plan, as_at: Month) -> Vec<Judged> {
        let register = self.catalogue.actions.get(&plan.id);
        let rows = register.iter().flat_map(|register| &register.actions);
        rows.map(|action| judgement::actions::judge(action, as_at.last_day())).collect()
    }

    /// For each indicator of a plan that is measured, its feeds' rows by the step they stop at, over
    /// the whole calendar. One whose feed cannot give what it asks is left out: [`Self::assess`]
    /// reports it, and the rest is made all the same.
    pub fn row_steps(
        &self,
        opened: &Opened,
        plan: &Plan,
        as_at: Month,
    ) -> BTreeMap<String, Vec<RowSteps>> {
        let plans = self.areas.of_plans();
        let rows = |indicator: &Indicator| {
            let measured = self.measured(opened, indicator, as_at)?;
            let of = |part: &Part<'_>| {
                let traced = trace(&part.plan, part.feed, &part.request, None)?;
                let steps = traced.steps.iter();
                let steps = steps.map(|step| (step.name.to_owned(), step.failed, step.unknown));
                Ok::<_, Error>(RowSteps {
                    measure: part.measure.id.clone(),
                    feed: part.measure.feed.clone(),
                    steps: steps.collect(),
                    counted: traced.counted,
                    nowhere: nowhere(&part.plan, part.feed, &part.request, None, &plans)?,
                })
            };
            let rows: Result<_, Error> = measured.parts.iter().map(of).collect();
            Some((indicator.id.clone(), rows.ok()?))
        };
        parallel::map(plan.indicators.iter().collect(), rows).into_iter().flatten().collect()
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

    /// How an indicator is measured; `None` when it is not yet reportable or one of its feeds is not
    /// there.
    pub fn measured<'a>(
        &'a self,
        opened: &'a Opened,
        indicator: &Indicator,
        as_at: Month,
    ) -> Option<Measured<'a>> {
        let Asked::Measured { filter, .. } = &indicator.asked else { return None };
        let measure = self.measure_of(indicator)?;
        let measures = &self.catalogue.measures;
        let place = (indicator.area.as_str(), indicator.grain);
        let part = |measure| self.part(opened, measure, filter.as_ref(), place, as_at);
        let parts = of_rows(measure, measures).into_iter().map(part).collect::<Option<_>>()?;
        Some(Measured { measure, parts, measures, as_at })
    }

    /// How a measure of rows is counted for an area, by periods of a grain; `None` when its feed is
    /// not there.
    pub fn part<'a>(
        &'a self,
        opened: &'a Opened,
        measure: &'a Measure,
        filter: Option<&Filter>,
        (area, grain): (&str, Grain),
        as_at: Month,
    ) -> Option<Part<'a>> {
        let feed = opened.feeds.get(&measure.feed)?;
        let areas = if feed.contract.rows == Rows::Totals {
            Members::from_iter([area])
        } else {
            self.areas.parts(area)
        };
        let populations = self.populations(measure, area);
        let request = Request {
            areas,
            split: None,
            in_force: areas::in_force(&self.areas),
            grain,
            as_at,
            first: None,
            populations,
        };
        let plan = plan::plan(measure, filter, &feed.contract)?;
        let own = self.publishing(feed, area);
        Some(Part { measure, feed, plan, request, own })
    }
}

impl Workspace {
    /// The areas that ever are part of an area and that a feed of published figures has figures of.
    fn publishing(&self, feed: &Feed, area: &str) -> Vec<String> {
        if feed.contract.rows != Rows::Totals {
            return Vec::new();
        }
        let parts = self.areas.parts(area);
        let reports = |code: &&str| *code != area && feed.coverage.by_area.contains_key(*code);
        parts.iter().map(|(code, _)| code).filter(reports).map(str::to_owned).collect()
    }
}

/// The measures of rows that a measure rests on, each once, in the order in which it names them.
fn of_rows<'a>(measure: &'a Measure, measures: &'a BTreeMap<String, Measure>) -> Vec<&'a Measure> {
    let Kind::Derived(derived) = &measure.kind else { return vec![measure] };
    let mut found: Vec<&Measure> = Vec::new();
    for part in derived.form.parts().into_iter().filter_map(|id| measures.get(id)) {
        for one in of_rows(part, measures) {
            if found.iter().all(|other| other.id != one.id) {
                found.push(one);
            }
        }
    }
    found
}
